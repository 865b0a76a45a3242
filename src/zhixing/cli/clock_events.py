"""Files of `zhixing clocks due`: events in, due days out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from zhixing import law
from zhixing.engines.tables import Reject, read_rows, write_table
from zhixing.law.clocks import BEIJING, cited
from zhixing.law.errors import ClockStopped, LawError

COLUMNS = ("id", "due", "provisional", "article", "why")


@dataclass(frozen=True, slots=True)
class Events:
    """The usable rows of a file, and the lines that were not."""

    ids: list[str]
    events: list[law.Event]
    lines: list[int]
    rejects: list[Reject]


def read_events(path: Path) -> Events:
    """Read the events; a row that is no event is a reject with what was expected.

    Raises:
        TableError: the file cannot be used as a whole.
    """
    rows = read_rows(
        path,
        required=["id", "clock", "trigger"],
        check=_problem,
        not_empty=["id", "clock", "trigger"],
        unique="id",
    )
    table = rows.table
    return Events(
        table["id"].to_pylist(),
        [_event(row) for row in table.to_pylist()],
        list(rows.lines),
        list(rows.rejects),
    )


def write_due(path: Path, found: Events, *, brief: bool) -> list[Reject]:
    """Write the due days; returns all rejects, those of reading and those of the law."""
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    rejects = list(found.rejects)
    answers = _columns(found.events) if brief else {}
    for place, (key, event) in enumerate(zip(found.ids, found.events, strict=True)):
        try:
            row = answers.get(place) or _answer(event, brief)
        except (LawError, ValueError) as error:
            rejects.append(Reject(found.lines[place], str(error), f"{key},{event.code}"))
            continue
        for name, value in zip(COLUMNS, (key, *row), strict=True):
            columns[name].append(value)
    names = COLUMNS[:-1] if brief else COLUMNS
    write_table(path, pa.table({name: pa.array(columns[name], pa.string()) for name in names}))
    return rejects


def _answer(event: law.Event, brief: bool) -> tuple[str, str, str, str]:
    article = cited(law.clock(event.code, law.day_of(event.trigger)))
    try:
        found = law.deadline(event.code, event.trigger, event.extensions, event.stops, event.region)
    except ClockStopped as error:
        return "", "0", article, str(error)
    said = "" if brief else law.why(event)
    return _iso(found.due), str(int(found.provisional)), article, said


def _columns(events: Sequence[law.Event]) -> dict[int, tuple[str, str, str, str]]:
    """The answers that whole columns give, by place; the rest is answered one by one."""
    import numpy as np

    from zhixing.law.clock_columns import due_column

    plain = [place for place, event in enumerate(events) if not event.stops and not event.region]
    codes = np.array([events[place].code for place in plain], dtype=str)
    days = np.array([law.day_of(events[place].trigger) for place in plain], "datetime64[D]")
    granted = np.array([events[place].extensions for place in plain], np.int32)
    found = due_column(codes, days, extensions=granted)
    dues = np.datetime_as_string(found.due)
    articles: dict[tuple[str, Any], str] = {}
    answers = {}
    for at, place in enumerate(plain):
        if at in found.problems:
            continue
        row = law.clock(events[place].code, days[at].item())
        key = (row.code, row.valid_from)
        article = articles.get(key) or articles.setdefault(key, cited(row))
        answers[place] = (str(dues[at]), str(int(found.provisional[at])), article, "")
    return answers


def read_moment(text: str) -> date | datetime:
    """An ISO date, or an ISO date-time, by Beijing time where it names no zone.

    Raises:
        ValueError: it is neither.
    """
    text = text.strip()
    try:
        if len(text) <= len("2026-01-01"):
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"expected a day such as 2026-09-18 or a time; found {text!r}") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)


def read_stops(pairs: object) -> tuple[law.Stop, ...]:
    """Stops from pairs of ISO days; the second may be empty or null for one that lasts.

    Raises:
        ValueError: no list of pairs, no days, or an end before its beginning.
    """
    stops = []
    if not isinstance(pairs, list):
        raise ValueError('expected stops as [["2026-03-02", "2026-03-09"], …]')
    for pair in pairs:
        if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[0], str):
            raise ValueError(f"expected a stop as [from, to]; found {pair!r}")
        first = law.day_of(read_moment(pair[0]))
        last = law.day_of(read_moment(pair[1])) if pair[1] else None
        if last is not None and last < first:
            raise ValueError(f"a stop ends before it begins: {first} to {last}")
        stops.append(law.Stop(first, last))
    return tuple(stops)


def _problem(row: Mapping[str, str]) -> str | None:
    try:
        _event(row)
    except ValueError as error:
        return str(error)
    return None


def _event(row: Mapping[str, str]) -> law.Event:
    told = (row.get("stops") or "").strip()
    granted = (row.get("extensions") or "").strip() or "0"
    if not granted.isdecimal():
        raise ValueError(f"expected the number of extensions granted; found {granted!r}")
    try:
        pairs = json.loads(told) if told else []
    except json.JSONDecodeError as error:
        raise ValueError(f"stops is no JSON: {told!r}") from error
    return law.Event(
        row["clock"].strip(),
        read_moment(row["trigger"]),
        read_stops(pairs),
        int(granted),
        (row.get("region") or "").strip(),
    )


def _iso(due: date | datetime) -> str:
    return due.isoformat(timespec="seconds") if isinstance(due, datetime) else due.isoformat()
