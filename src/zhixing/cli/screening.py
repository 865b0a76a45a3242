"""What the commands about advertising share: the rules of a day, and errors in one line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

if TYPE_CHECKING:
    from zhixing.engines.adlaw import Finding, Screen, Screened
    from zhixing.engines.tables import Reject

OUT = click.Path(dir_okay=False, path_type=Path)
FILE = click.Path(path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


def one_line_errors(command: Callable[..., None]) -> Callable[..., None]:
    """Unusable input ends the command with one line and status 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        from zhixing.engines.adlaw import PatternError
        from zhixing.engines.posters import ReaderMissing
        from zhixing.engines.tables import TableError
        from zhixing.law.errors import LawError

        try:
            command(*args, **kwargs)
        except (TableError, LawError, PatternError, ReaderMissing) as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(2)

    return run


def day_of(chosen: datetime | None) -> date:
    """The chosen day, or today."""
    # Statutory days are days of China, wherever the command runs.
    return (chosen or datetime.now(ZoneInfo("Asia/Shanghai"))).date()


def screen_of(chosen: datetime | None, threshold: float | None = None) -> Screen:
    """The screen with the rules in force on a day, raising from a probability on."""
    from zhixing.engines.adlaw import Screen
    from zhixing.law.advertising import advertising

    rules = advertising(day_of(chosen))
    return Screen(rules) if threshold is None else Screen(rules, threshold)


def screen_page(screen: Screen, text: str, category: str, medium: str, scope: str) -> Screened:
    """A page screened as a whole and, when its category is not given, by paragraphs too.

    One page may carry several ads, and the category found for all of it holds for one of them.
    What is missing is told of the whole only.
    """
    (whole,) = screen.many([text], [category], [medium], [scope])
    paragraphs = text.split("\n")
    if category or len(paragraphs) == 1:
        return whole
    count = len(paragraphs)
    alone = screen.many(paragraphs, [""] * count, [medium] * count, ["excerpt"] * count)
    found, begin = list(whole.findings), 0
    for paragraph, screened in zip(paragraphs, alone, strict=True):
        moved = [_moved(one, begin) for one in screened.findings]
        found += [one for one in moved if not _is_told(one, whole.findings)]
        begin += len(paragraph) + 1
    placed = sorted(found, key=lambda one: (one.start is None, one.start or 0))
    return replace(whole, findings=tuple(placed))


def _moved(found: Finding, by: int) -> Finding:
    """The finding as it stands in the page of which its text is a part."""
    if found.start is None or found.end is None:
        return found
    parts = tuple(replace(one, start=one.start + by, end=one.end + by) for one in found.parts)
    return replace(found, start=found.start + by, end=found.end + by, parts=parts)


def _is_told(found: Finding, others: Iterable[Finding]) -> bool:
    """Whether another finding says the same of the same place."""
    return any(
        found.family == other.family
        and None not in (found.start, found.end, other.start, other.end)
        and max(found.start or 0, other.start or 0) < min(found.end or 0, other.end or 0)
        for other in others
    )


def write_rows(out: Path, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write JSON objects line by line as they come; how many there were."""
    from zhixing.engines.tables import TableError

    count = 0
    try:
        with out.open("w", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += 1
    except OSError as error:
        raise TableError(f"{out}: cannot be written ({error.strerror or error})") from error
    return count


def report(done: str, count: int, refused: Sequence[Reject]) -> None:
    """Say what was done, and what was not and why."""
    for reject in refused:
        click.echo(f"Rejected: {reject.row}: {reject.reason}", err=True)
    click.echo(f"{count} {done}, {len(refused)} rejected", err=True)
