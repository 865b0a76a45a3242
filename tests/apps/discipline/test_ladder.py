"""Which step the figures ask for: lines, bounds, focus trades, steps before; no database needed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from zhixing.apps.discipline import words
from zhixing.apps.discipline.ladder import Standing, assess, months_before
from zhixing.apps.discipline.rating import EMPTY, Day, Rates, by_domain, by_trade, whole
from zhixing.engines.rates import Ratio

DAY = date(2026, 11, 24)


def ratio(value: float, low: float, high: float, rows: int = 200) -> Ratio:
    return Ratio(value, (low, high), 0.0, 10, rows, round(value * rows), rows, False, 0)


def rates(**given: Ratio) -> Rates:
    empty = {name: getattr(EMPTY, name) for name in ("item", "time", "area", "serious", "focus")}
    return Rates(**(empty | given), suspected=0)


def standing(*, serious: int = 0, in_focus: int = 0, taken: Any = (), **given: Ratio) -> Standing:
    return Standing(rates(**given), serious, in_focus, taken)


@pytest.mark.parametrize(
    ("known", "step", "line"),
    [
        (standing(item=ratio(0.04, 0.02, 0.08)), None, None),
        (standing(item=ratio(0.05, 0.02, 0.10)), "warning", "warning_item"),
        (standing(time=ratio(0.06, 0.03, 0.10)), "warning", "warning_time"),
        (standing(focus=ratio(0.03, 0.01, 0.08)), "warning", "warning_focus"),
        # Few advertisements say nothing, however many are bad.
        (standing(item=ratio(0.40, 0.20, 0.60, rows=20)), None, None),
        # The estimate is above the line for rectifying, the sample is not sure of it.
        (standing(item=ratio(0.12, 0.07, 0.20)), "warning", "warning_item"),
        (standing(item=ratio(0.16, 0.11, 0.22)), "rectify", "rectify_item"),
        (standing(serious=1), "warning", "warning_serious"),
        (standing(serious=3, in_focus=3), "rectify", "rectify_serious"),
        # The same figures after a warning of three months ago, and of a year ago.
        (standing(item=ratio(0.05, 0.02, 0.10), taken=[("warning", date(2026, 8, 20))]),
         "rectify", "rectify_again"),
        (standing(item=ratio(0.05, 0.02, 0.10), taken=[("warning", date(2025, 11, 1))]),
         "warning", "warning_item"),
        (standing(item=ratio(0.16, 0.11, 0.22), taken=[("rectify", date(2026, 3, 1))]),
         "suspend", "suspend_again"),
        (standing(serious=4, in_focus=4, taken=[("suspend", date(2026, 3, 1))]),
         "revoke", "revoke_serious"),
    ],
)  # fmt: skip
def test_the_highest_step_that_a_line_asks_for_is_proposed(
    known: Standing, step: str | None, line: str | None
) -> None:
    """With every line met as its reasons, those of the step first."""
    found = assess(known, DAY)
    assert (found.step.code if found else None) == step
    if found is not None:
        assert found.met[0].line.code == line
        assert found.met[0].line.step == step


def test_reasons_say_figure_interval_line_and_step_before() -> None:
    """In words that can stand in a paper."""
    found = assess(
        standing(item=ratio(0.16, 0.11, 0.22), taken=[("rectify", date(2026, 3, 1))]), DAY
    )
    assert found is not None
    told = words.reason_text(found.met[0].as_record())
    assert told == (
        "全部广告条次违法率16.00%(11.00–22.00%),监测200条次,区间下限达到10%;"
        "此前12个月内已采取限期整改措施。"
    )
    serious = assess(standing(serious=3, in_focus=3), DAY)
    assert serious is not None
    assert "严重违法广告3条" in words.reason_text(serious.met[0].as_record())


def test_months_are_counted_back_to_a_day_that_exists() -> None:
    """The last of a shorter month."""
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 15), 13) == date(2024, 12, 15)


def day(number: int, medium: int, items: int, bad: int, **more: Any) -> Day:
    given: dict[str, Any] = {
        "stratum": 1, "frame": 60, "monitored": 4, "medium": medium,
        "day": date(2026, 6, number), "unit_path": "1/", "items": items, "seconds": items * 10,
        "area": 0, "bad_items": bad, "bad_seconds": bad * 30, "bad_area": 0,
        "serious_items": 0, "suspected_items": 1,
        "by_category": {"drug": (items // 2, bad, 0), "food": (items - items // 2, 0, 0)},
    }  # fmt: skip
    return Day(**(given | more))


DAYS = [day(1, 7, 20, 2), day(2, 7, 30, 1), day(3, 8, 50, 0), day(4, 8, 50, 0)]


def test_rates_of_media_and_of_all_come_from_the_same_days() -> None:
    """By item, time and focus; area is unknown where nobody measured it."""
    found = by_domain(DAYS, lambda row: row.medium)
    assert found[7].item.value == pytest.approx(3 / 50)
    assert found[7].time.value == pytest.approx(90 / 500)
    assert found[7].area.value is None
    assert found[7].focus.value == pytest.approx(3 / 25)
    assert found[8].item.value == 0
    assert found[8].item.interval is not None
    assert found[8].item.interval[1] > 0
    total = whole(DAYS)
    assert total.item.value == pytest.approx(3 / 150)
    assert (total.item.rows, total.item.bad_rows, total.suspected) == (150, 3, 4)
    assert whole([]) == EMPTY


def test_trades_add_up_to_the_whole() -> None:
    """Every trade of the ladder has its line, those not met are empty."""
    found = by_trade(DAYS)
    assert len(found) == 22
    drug, food = found["drug"][0], found["food"][0]
    assert (drug.rows + food.rows, drug.bad_rows + food.bad_rows) == (150, 3)
    assert found["car"][0].value is None


def test_a_month_that_was_monitored_less_than_drawn_widens_the_interval() -> None:
    """Two days of sixty tell less than four of sixty."""
    four = whole(DAYS).item
    two = whole([day(1, 7, 20, 2, monitored=2), day(2, 7, 30, 1, monitored=2)]).item
    assert four.interval is not None
    assert two.interval is not None
    assert two.interval[1] - two.interval[0] > four.interval[1] - four.interval[0]
