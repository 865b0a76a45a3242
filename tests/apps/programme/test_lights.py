"""The rules of the lights, one row of a table per case; the tables of the method page run too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.apps.programme import lights
from zhixing.apps.programme.lights import Goal, Judgement
from zhixing.apps.programme.spans import Span
from zhixing.kit.indicators import Figure, Period
from zhixing.law.programme import Cadence

NOVEMBER = Span(2026, 2025, date(2026, 11, 24))
NEW_YEARS_EVE = Span(2026, 2025, date(2026, 12, 31))
OVER = Span(2026, 2025, date(2027, 1, 1))
HALF = Span(2026, 2025, date(2026, 7, 1))  # day 182 of 365
PAGE = Path(__file__).parents[3] / "docs" / "methods" / "board-light.md"


def figure(value: float | None, interval: tuple[float, float] | None = None) -> Figure:
    return Figure(value, "/rows/", date(2026, 11, 24), interval=interval)


@pytest.mark.parametrize(
    ("value", "interval", "unit", "direction", "target", "span", "light"),
    [
        # a share that should rise: the whole interval decides
        (0.90, (0.85, 0.94), "share", "up", 0.80, NOVEMBER, "good"),
        (0.90, (0.80, 0.94), "share", "up", 0.80, NOVEMBER, "good"),
        (0.90, (0.79, 0.94), "share", "up", 0.80, NOVEMBER, "unknown"),
        (0.79, (0.70, 0.80), "share", "up", 0.80, NOVEMBER, "unknown"),
        (0.70, (0.60, 0.79), "share", "up", 0.80, NOVEMBER, "bad"),
        (0.70, (0.60, 0.79), "share", "up", 0.80, OVER, "bad"),
        # a share that should fall
        (0.03, (0.02, 0.05), "share", "down", 0.05, NOVEMBER, "good"),
        (0.03, (0.02, 0.06), "share", "down", 0.05, NOVEMBER, "unknown"),
        (0.08, (0.06, 0.11), "share", "down", 0.05, NOVEMBER, "bad"),
        # what should not get worse, held against a number, is at least that number
        (0.97, (0.96, 0.98), "share", "hold", 0.95, NOVEMBER, "good"),
        (0.94, (0.93, 0.949), "share", "hold", 0.95, NOVEMBER, "bad"),
        # without an interval the value decides
        (0.80, None, "share", "up", 0.80, NOVEMBER, "good"),
        (0.79, None, "share", "up", 0.80, NOVEMBER, "bad"),
        (71.0, None, "score", "up", 75.0, NOVEMBER, "bad"),
        (9.0, None, "days", "down", 10.0, NOVEMBER, "good"),
        # counts add up: a yearly target is due in proportion
        (3.0, None, "count", "up", 4.0, NOVEMBER, "good"),
        (2.0, None, "count", "up", 4.0, NOVEMBER, "late"),
        (3.0, None, "count", "up", 4.0, NEW_YEARS_EVE, "late"),
        (3.0, None, "count", "up", 4.0, OVER, "bad"),
        (4.0, None, "count", "up", 4.0, OVER, "good"),
        (1.0, None, "per_1000", "up", 3.0, HALF, "late"),
        (5.0, (4.0, 6.0), "count", "up", 10.0, HALF, "good"),
        (4.0, (3.0, 6.0), "count", "up", 10.0, HALF, "unknown"),
        # what should stay below a yearly number can be behind, or used up for good
        (5.0, None, "count", "down", 10.0, HALF, "good"),
        (8.0, None, "count", "down", 10.0, HALF, "late"),
        (11.0, None, "count", "down", 10.0, HALF, "bad"),
        # nothing to count
        (None, None, "share", "up", 0.80, NOVEMBER, "unknown"),
        (None, None, "count", "up", 4.0, OVER, "unknown"),
    ],
)
def test_a_figure_against_its_target(
    value: float | None,
    interval: tuple[float, float] | None,
    unit: str,
    direction: str,
    target: float,
    span: Span,
    light: str,
) -> None:
    """Good and bad need the whole interval on one side; straddling is cannot tell."""
    judged = lights.judge_figure(figure(value, interval), Goal(unit, direction, target), span)
    assert judged.light == light, judged.why
    assert judged.why


@pytest.mark.parametrize(
    ("now", "base", "unit", "direction", "span", "light"),
    [
        ((0.90, (0.88, 0.92)), (0.80, (0.77, 0.83)), "share", "up", NOVEMBER, "good"),
        ((0.82, (0.80, 0.84)), (0.80, (0.77, 0.83)), "share", "up", NOVEMBER, "unknown"),
        ((0.70, (0.66, 0.74)), (0.80, (0.77, 0.83)), "share", "up", NOVEMBER, "bad"),
        ((0.70, (0.66, 0.74)), (0.80, (0.77, 0.83)), "share", "down", NOVEMBER, "good"),
        ((0.90, (0.88, 0.92)), (0.80, (0.77, 0.83)), "share", "down", NOVEMBER, "bad"),
        # holding: a higher value alone does not prove it
        ((0.97, (0.95, 0.98)), (0.96, (0.94, 0.97)), "share", "hold", NOVEMBER, "unknown"),
        ((0.97, (0.97, 0.98)), (0.96, (0.94, 0.97)), "share", "hold", NOVEMBER, "good"),
        ((0.90, (0.88, 0.93)), (0.96, (0.94, 0.97)), "share", "hold", NOVEMBER, "bad"),
        # complete counts carry no interval
        ((0.96, None), (0.96, None), "share", "hold", NOVEMBER, "good"),
        ((0.96, None), (0.96, None), "share", "up", NOVEMBER, "unknown"),
        ((12.0, None), (9.0, None), "count", "up", NOVEMBER, "good"),
        ((7.0, None), (9.0, None), "count", "up", NOVEMBER, "late"),
        ((7.0, None), (9.0, None), "count", "up", OVER, "bad"),
        ((12.0, None), (9.0, None), "count", "down", NOVEMBER, "late"),
        # the base year was not counted
        ((0.90, (0.88, 0.92)), (None, None), "share", "up", NOVEMBER, "unknown"),
        ((0.90, (0.88, 0.92)), None, "share", "up", NOVEMBER, "unknown"),
    ],
)
def test_a_figure_without_a_target_is_held_against_the_base_year(
    now: tuple[float | None, tuple[float, float] | None],
    base: tuple[float | None, tuple[float, float] | None] | None,
    unit: str,
    direction: str,
    span: Span,
    light: str,
) -> None:
    """Better or worse only where the intervals do not overlap."""
    before = figure(*base) if base is not None else None
    judged = lights.judge_figure(figure(*now), Goal(unit, direction, None, before), span)
    assert judged.light == light, judged.why


@given(
    value=st.floats(0, 1),
    below=st.floats(0, 1),
    above=st.floats(0, 1),
    target=st.floats(0, 1),
    direction=st.sampled_from(["up", "down", "hold"]),
    unit=st.sampled_from(["share", "count", "score", "per_1000", "days"]),
    on=st.dates(date(2025, 12, 1), date(2027, 2, 1)),
)
def test_a_straddling_interval_is_never_good(
    value: float, below: float, above: float, target: float, direction: str, unit: str, on: date
) -> None:
    """Whatever unit, direction and day: good means that no end of the interval misses the due."""
    interval = (min(value, below), max(value, above))
    span = Span(2026, 2025, on)
    goal = Goal(unit, direction, target)
    judged = lights.judge_figure(figure(value, interval), goal, span)
    due = lights._due(target, goal, span)
    misses = interval[1] > due if direction == "down" else interval[0] < due
    assert (judged.light == lights.GOOD) is not misses


FOUR = Cadence(kind="per_year", times=4, at_least=True)
MONTHLY = Cadence(kind="per_year", times=12)
ONCE = Cadence(kind="once")
ALL_YEAR = Cadence(kind="continuous")


@pytest.mark.parametrize(
    ("cadence", "held", "on", "light"),
    [
        (FOUR, 0, date(2026, 1, 1), "good"),  # none is due yet
        (FOUR, 0, date(2026, 4, 1), "good"),
        (FOUR, 0, date(2026, 4, 2), "late"),  # the first quarter of the days is over
        (FOUR, 1, date(2026, 4, 2), "good"),
        (FOUR, 2, date(2026, 11, 24), "late"),
        (FOUR, 3, date(2026, 11, 24), "good"),
        (FOUR, 5, date(2026, 11, 24), "good"),
        (FOUR, 2, date(2026, 12, 30), "late"),  # two missing, two days left
        (FOUR, 1, date(2026, 12, 30), "bad"),  # three missing, two days left
        (FOUR, 3, date(2026, 12, 31), "late"),
        (FOUR, 2, date(2026, 12, 31), "bad"),
        (FOUR, 3, date(2027, 1, 1), "bad"),
        (FOUR, 4, date(2027, 1, 1), "good"),
        (MONTHLY, 9, date(2026, 11, 24), "late"),
        (MONTHLY, 10, date(2026, 11, 24), "good"),
        (ONCE, 0, date(2026, 11, 24), "unknown"),
        (ONCE, 1, date(2026, 11, 24), "good"),
        (ONCE, 0, date(2027, 1, 1), "bad"),
        (ALL_YEAR, 9, date(2026, 11, 24), "unknown"),  # held, but nothing to measure it by
    ],
)
def test_rounds_held_against_rounds_due(cadence: Cadence, held: int, on: date, light: str) -> None:
    """Behind is late; bad when the missing ones no longer fit or the year is over."""
    judged = lights.judge_cadence(cadence, held, Span(2026, 2025, on))
    assert judged.light == light, judged.why


@pytest.mark.parametrize(
    ("parts", "light"),
    [
        ([], "unmonitored"),
        ([None], "unmonitored"),
        ([None, None], "unmonitored"),
        (["good"], "good"),
        (["good", "good"], "good"),
        (["good", None], "unknown"),
        (["late", None], "late"),
        (["good", "bad"], "bad"),
        (["unknown", "late"], "late"),
    ],
)
def test_an_item_is_as_good_as_its_worst_part(parts: list[str | None], light: str) -> None:
    """A part that nobody counts keeps the item from good; all uncounted is not monitored."""
    judged = [None if part is None else Judgement(part, part) for part in parts]
    found, why = lights.judge_item(judged)
    assert found == light
    assert why


@pytest.mark.parametrize(
    ("items", "light"),
    [
        ([], "unmonitored"),
        (["unmonitored", "unmonitored"], "unmonitored"),
        (["good", "unmonitored"], "good"),
        (["good", "unknown", "unmonitored"], "unknown"),
        (["good", "late", "unknown"], "late"),
        (["late", "bad", "good"], "bad"),
    ],
)
def test_a_clause_is_as_good_as_its_worst_monitored_item(items: list[str], light: str) -> None:
    """What is not monitored neither helps nor harms; without anything else it is the light."""
    assert lights.worst(items) == light


@pytest.mark.parametrize(
    ("on", "period_end", "week_ago", "days_left", "over"),
    [
        (date(2025, 12, 31), date(2026, 1, 1), None, 365, False),
        (date(2026, 1, 7), date(2026, 1, 7), None, 359, False),
        (date(2026, 1, 8), date(2026, 1, 8), date(2026, 1, 1), 358, False),
        (date(2026, 12, 31), date(2026, 12, 31), date(2026, 12, 24), 1, False),
        (date(2027, 1, 1), date(2026, 12, 31), None, 0, True),
    ],
)
def test_the_days_the_board_speaks_of(
    on: date, period_end: date, week_ago: date | None, days_left: int, over: bool
) -> None:
    """The year so far ends on the day of looking and never leaves the year."""
    span = Span(2026, 2025, on)
    assert span.period == Period(date(2026, 1, 1), period_end)
    assert (span.week_ago.end if span.week_ago else None) == week_ago
    assert span.days_left == days_left
    assert span.is_over is over


def test_what_adds_up_is_held_against_the_same_days_of_the_base_year() -> None:
    """A share compares with the whole base year, a count with as many of its days."""
    assert NOVEMBER.base(same_days=False).end == date(2025, 12, 31)
    assert NOVEMBER.base(same_days=True).end == date(2025, 11, 24)
    assert OVER.base(same_days=True).end == date(2025, 12, 31)


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


_ITEMS, TARGETS, BASES, ROUNDS = tables()


def seen(row: dict[str, str]) -> Span:
    return Span(2026, 2025, date.fromisoformat(row["day"]))


def told(value: str, low: str, high: str) -> Figure:
    return figure(float(value) if value else None, (float(low), float(high)) if low else None)


def named(row: dict[str, str]) -> str:
    return " ".join(filter(None, row.values()))


@pytest.mark.parametrize("row", TARGETS, ids=named)
def test_the_pages_figures_against_targets(row: dict[str, str]) -> None:
    """Each row of the page's table gives the light that the page says."""
    goal = Goal(row["unit"], row["direction"], float(row["target"]))
    judged = lights.judge_figure(told(row["value"], row["low"], row["high"]), goal, seen(row))
    assert judged.light == row["light"], judged.why


@pytest.mark.parametrize("row", BASES, ids=named)
def test_the_pages_figures_against_the_base_year(row: dict[str, str]) -> None:
    """Each row of the page's table gives the light that the page says."""
    base = told(row["base"], row["base low"], row["base high"])
    goal = Goal(row["unit"], row["direction"], base=base)
    judged = lights.judge_figure(told(row["value"], row["low"], row["high"]), goal, seen(row))
    assert judged.light == row["light"], judged.why


@pytest.mark.parametrize("row", ROUNDS, ids=named)
def test_the_pages_rounds_against_those_due(row: dict[str, str]) -> None:
    """Each row of the page's table gives the light that the page says."""
    times = int(row["times"]) if row["times"] else None
    cadence = Cadence.model_validate({"kind": row["cadence"], "times": times})
    judged = lights.judge_cadence(cadence, int(row["held"]), seen(row))
    assert judged.light == row["light"], judged.why


def test_the_pages_tables_try_every_light() -> None:
    """A table that lost a kind of row would pass in silence."""
    for table in (TARGETS, BASES, ROUNDS):
        assert {row["light"] for row in table} >= set(lights.ORDER)
