"""The rules of the lights, as the method page tabulates them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from zhixing.apps.programme.lights import (
    BAD,
    GOOD,
    LATE,
    UNKNOWN,
    UNMONITORED,
    Goal,
    Judgement,
    judge_cadence,
    judge_figure,
    judge_item,
    worst,
)
from zhixing.apps.programme.spans import Span
from zhixing.kit.indicators import Figure
from zhixing.law.programme import Cadence

PAGE = Path(__file__).parents[3] / "docs" / "methods" / "board-light.md"


def tables() -> list[list[dict[str, str]]]:
    """The tables of the method page, each a list of rows by heading."""
    found: list[list[dict[str, str]]] = []
    headings: list[str] = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            headings = []
        elif not headings:
            headings = cells
            found.append([])
        elif not set(line) <= set("|-"):
            found[-1].append(dict(zip(headings, cells, strict=True)))
    return found


ITEMS, TARGETS, BASES, ROUNDS = tables()


def span(day: str) -> Span:
    """The year 2026 against 2025, seen on a day."""
    return Span(2026, 2025, date.fromisoformat(day))


def number(text: str) -> float | None:
    """A figure of the table; an empty cell is none."""
    return float(text) if text else None


def figure(value: str, low: str = "", high: str = "") -> Figure:
    """A figure of the table."""
    interval = (float(low), float(high)) if low else None
    return Figure(number(value), "/rows/", date(2026, 11, 24), interval=interval)


def named(row: dict[str, str]) -> str:
    """The row as the name of its test."""
    return " ".join(filter(None, row.values()))


@pytest.mark.parametrize("row", TARGETS, ids=named)
def test_a_figure_against_its_target(row: dict[str, str]) -> None:
    """Good and missed only where the whole interval says so; behind only what can be made good."""
    goal = Goal(row["unit"], row["direction"], float(row["target"]))
    judged = judge_figure(figure(row["value"], row["low"], row["high"]), goal, span(row["day"]))
    assert judged.light == row["light"], judged.why
    assert judged.why


@pytest.mark.parametrize("row", BASES, ids=named)
def test_a_figure_against_the_base_year(row: dict[str, str]) -> None:
    """Without a target both intervals have to part."""
    base = figure(row["base"], row["base low"], row["base high"])
    goal = Goal(row["unit"], row["direction"], base=base)
    judged = judge_figure(figure(row["value"], row["low"], row["high"]), goal, span(row["day"]))
    assert judged.light == row["light"], judged.why


@pytest.mark.parametrize("row", ROUNDS, ids=named)
def test_rounds_against_those_due(row: dict[str, str]) -> None:
    """Rounds are due pro rata; what asks for no number has no good light of its own."""
    times = int(row["times"]) if row["times"] else None
    cadence = Cadence(kind=row["cadence"], times=times)  # type: ignore[arg-type]
    judged = judge_cadence(cadence, int(row["held"]), span(row["day"]))
    assert judged.light == row["light"], judged.why


def test_the_tables_try_every_light() -> None:
    """A table that lost a kind of row would pass in silence."""
    assert len(ITEMS) == 3
    for table in (TARGETS, BASES, ROUNDS):
        assert {row["light"] for row in table} >= {GOOD, LATE, BAD, UNKNOWN}


def test_what_nobody_counts_is_never_good() -> None:
    """Without a counted part there is no light but "not monitored"; a missing part spoils good."""
    good, late = Judgement(GOOD, "a"), Judgement(LATE, "b")
    for parts, light in (
        ([], UNMONITORED),
        ([None], UNMONITORED),
        ([None, None], UNMONITORED),
        ([good], GOOD),
        ([good, None], UNKNOWN),
        ([None, good], UNKNOWN),
        ([late, None], LATE),
        ([good, late], LATE),
    ):
        assert judge_item(parts)[0] == light, parts
        assert judge_item(parts)[1]


def test_the_worst_light_wins_and_unmonitored_ones_do_not_count() -> None:
    """A clause is as bad as its worst monitored item."""
    for lights, light in (
        ([], UNMONITORED),
        ([UNMONITORED, UNMONITORED], UNMONITORED),
        ([UNMONITORED, GOOD], GOOD),
        ([GOOD, UNKNOWN], UNKNOWN),
        ([UNKNOWN, LATE, GOOD], LATE),
        ([LATE, BAD, UNMONITORED], BAD),
    ):
        assert worst(lights) == light


def test_a_base_year_without_a_value_tells_nothing() -> None:
    """Nothing counted last year is no yardstick."""
    judged = judge_figure(figure("0.9"), Goal("share", "up", base=figure("")), span("2026-06-01"))
    assert judged.light == UNKNOWN


def test_spans_speak_of_the_right_days() -> None:
    """The year so far, a week ago, and the base year whole or its same days."""
    seen = span("2026-03-10")
    assert (seen.period.start, seen.period.end) == (date(2026, 1, 1), date(2026, 3, 10))
    week = seen.week_ago
    assert week is not None
    assert week.end == date(2026, 3, 3)
    assert seen.base(same_days=False).end == date(2025, 12, 31)
    assert seen.base(same_days=True).end == date(2025, 3, 10)
    assert span("2026-01-07").week_ago is None
    over = span("2027-02-01")
    assert (over.period.end, over.is_over, over.week_ago) == (date(2026, 12, 31), True, None)
    assert over.base(same_days=True).end == date(2025, 12, 31)
    assert over.rounds_due(4) == 4
    assert span("2025-12-01").rounds_due(4) == 0
