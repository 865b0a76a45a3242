"""Working days: the State Council's lists, and counting that accounts for every day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.engines.clocks import Deadline, Excluded, Rolls, account
from zhixing.law import calendar
from zhixing.law.calendar import is_working_day
from zhixing.law.errors import TableInvalid, YearNotAnnounced

Write = Callable[[str, str], Path]
ONE = timedelta(days=1)
known_days = st.dates(date(2004, 1, 1), date(2026, 12, 31))
# A year the package will not know for long to come, so that the tests do not age with it.
YEAR_2150 = """
[[year]]
year = 2150
document = "国办发明电〔2149〕1号"
holidays = [
  { from = 2150-01-01, to = 2150-01-03, name_zh = "元旦" },
  { from = 2150-10-01, to = 2150-10-07, name_zh = "国庆节" },
]
workdays = [2150-01-04, 2150-10-10]
"""


def add_working_days(start: date, n: int) -> Deadline:
    return account(calendar.current(), start, n, "working_day")


def add_calendar_days(start: date, n: int, rolls: Rolls = "rest_day") -> Deadline:
    return account(calendar.current(), start, n, "calendar_day", rolls=rolls)


def add_months(start: date, n: int, rolls: Rolls = "rest_day") -> Deadline:
    return account(calendar.current(), start, n, "month", rolls=rolls)


@given(known_days)
def test_announced_days_are_what_the_state_council_said(day: date) -> None:
    """Every day of the announced years agrees with the package the calendar is seeded from."""
    assert is_working_day(day) == chinese_calendar.is_workday(day)


def test_2026_has_33_days_off_and_6_make_up_workdays() -> None:
    """Counted independently in the lists of 2026."""
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    weekdays_off = [d for d in days if calendar.current().day(d).kind == "holiday"]
    worked_weekends = [d for d in days if d.weekday() > 4 and is_working_day(d)]
    assert (len(weekdays_off), len(worked_weekends)) == (33, 6)


def test_a_year_not_announced_is_refused_not_guessed() -> None:
    """No answer is given for a year without a list."""
    with pytest.raises(YearNotAnnounced, match="no calendar of 2150: lists are held for 2004 to"):
        is_working_day(date(2150, 1, 4))


def slow_working_days(start: date, n: int) -> date:
    day = start
    while n:
        day += ONE
        n -= chinese_calendar.is_workday(day)
    return day


@given(st.dates(date(2004, 1, 1), date(2026, 8, 31)), st.integers(1, 60))
def test_working_days_agree_with_counting_one_by_one(start: date, n: int) -> None:
    """The result, and the account of every day between start and end, are complete."""
    found = add_working_days(start, n)
    assert found.due == slow_working_days(start, n)
    assert not found.provisional
    assert len(found.counted) == n
    assert found.counted[-1] == found.due
    assert found.excluded[0] == Excluded(start, "start")
    every = sorted([*found.counted, *(excluded.day for excluded in found.excluded)])
    assert every == [start + timedelta(days=i) for i in range((found.due - start).days + 1)]


@given(st.dates(date(2004, 1, 1), date(2026, 8, 31)), st.integers(1, 60))
def test_calendar_days_end_on_a_working_day(start: date, n: int) -> None:
    """The last day, if offices rest on it, gives way to the next working day and says so."""
    found = add_calendar_days(start, n)
    nominal = start + timedelta(days=n)
    expected = nominal
    while not chinese_calendar.is_workday(expected):
        expected += ONE
    assert found.due == expected
    rolled = [excluded.day for excluded in found.excluded if excluded.why == "rolled"]
    assert rolled == [nominal + timedelta(days=i) for i in range((expected - nominal).days)]
    assert len(found.counted) == n
    assert found.counted[-1] == nominal


def test_what_a_last_day_gives_way_to_depends_on_the_clock() -> None:
    """A Saturday ends a period that runs on only over public holidays, or not at all."""
    friday = date(2026, 11, 20)
    assert add_calendar_days(friday, 1).due == date(2026, 11, 23)
    assert add_calendar_days(friday, 1, rolls="public_holiday").due == date(2026, 11, 21)
    assert add_calendar_days(date(2026, 9, 30), 1, rolls="public_holiday").due == date(2026, 10, 8)
    assert add_calendar_days(date(2026, 9, 30), 1, rolls="no").due == date(2026, 10, 1)


def test_months_end_on_the_same_day_or_the_last_of_the_month() -> None:
    """31 August and six months is the last of February; a year is twelve months."""
    assert add_months(date(2023, 8, 31), 6).due == date(2024, 2, 29)
    assert add_months(date(2025, 1, 20), 12).due == date(2026, 1, 20)
    assert add_months(date(2025, 12, 3), 1, rolls="no").due == date(2026, 1, 3)
    assert add_months(date(2025, 12, 3), 1).due == date(2026, 1, 4)  # a make-up workday


@pytest.mark.parametrize("add", [add_working_days, add_calendar_days, add_months])
@pytest.mark.parametrize("n", [0, -1])
def test_a_period_has_at_least_one_day(add: Callable[[date, int], object], n: int) -> None:
    """Nothing and less are refused."""
    with pytest.raises(ValueError, match=f"at least 1; got {n}"):
        add(date(2026, 1, 5), n)


def test_a_date_in_an_unannounced_year_is_provisional() -> None:
    """The plain week is counted, the date says so, and the start day costs nothing."""
    found = add_working_days(date(2150, 3, 2), 5)
    assert (found.due, found.provisional) == (date(2150, 3, 9), True)
    assert add_calendar_days(date(2150, 3, 2), 4).provisional


def test_the_last_days_of_december_wait_for_the_next_list(local_law: Write) -> None:
    """They have been moved by the next year's list before, so they are provisional until then."""
    local_law("calendar/state_council.toml", YEAR_2150)
    assert not add_working_days(date(2150, 12, 24), 2).provisional
    assert add_working_days(date(2150, 12, 24), 3).provisional
    assert not add_working_days(date(2018, 12, 24), 5).provisional


def test_a_local_list_announces_a_year(local_law: Write) -> None:
    """Once the list is given, the year counts as announced, holidays named."""
    local_law("calendar/state_council.toml", YEAR_2150)
    assert not is_working_day(date(2150, 10, 5))
    assert is_working_day(date(2150, 10, 10))
    found = add_working_days(date(2150, 9, 30), 1)
    assert (found.due, found.provisional) == (date(2150, 10, 8), False)
    assert found.excluded[1] == Excluded(date(2150, 10, 1), "holiday", "国庆节")


def test_a_local_list_replaces_a_known_year_as_a_whole(local_law: Write) -> None:
    """What the package said of the year is gone, also its last days of the December before."""
    local_law(
        "calendar/state_council.toml",
        """
[[year]]
year = 2019
document = "test"
holidays = [{ from = 2019-01-01, to = 2019-01-01, name_zh = "元旦" }]
""",
    )
    assert is_working_day(date(2018, 12, 31))
    assert not is_working_day(date(2018, 12, 29))
    assert is_working_day(date(2019, 10, 1))
    assert not is_working_day(date(2018, 10, 1))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("to = 2150-01-03", "to = 2149-12-31", "2150: expected from ≤ to within 31 days"),
        ("workdays = [2150-01-04", "workdays = [2150-01-03", "2150-01-03 is both holiday and"),
        ("workdays = [2150-01-04", "workdays = [2150-01-06", "2150-01-06 is no Saturday or"),
        ("workdays = [2150-01-04", "workdays = [2151-01-03", "2151-01-03 does not belong to"),
        ("workdays =", "makeup =", "2150: unknown key makeup"),
        ("year = 2150", "year = 2150\nfrom = 1", "2150: unknown key from"),
    ],
)
def test_a_list_that_does_not_hold_is_refused(
    local_law: Write, old: str, new: str, sentence: str
) -> None:
    """Days of another year, days of both kinds and unknown keys are refused at load."""
    local_law("calendar/state_council.toml", YEAR_2150.replace(old, new))
    with pytest.raises(TableInvalid, match=sentence):
        is_working_day(date(2026, 1, 5))


def test_a_year_given_twice_is_refused(local_law: Write) -> None:
    """Two lists of one year in a file cannot both be right."""
    local_law("calendar/state_council.toml", YEAR_2150 + YEAR_2150)
    with pytest.raises(TableInvalid, match="the year 2150 stands there twice"):
        is_working_day(date(2026, 1, 5))


def test_a_region_rests_on_its_own_days_too(local_law: Write) -> None:
    """Local holidays count for offices of the region alone; a national make-up day stays worked."""
    local_law(
        "calendar/regions.toml",
        """
[[region]]
code = "45"
holidays = [{ from = 2026-04-20, to = 2026-04-21, name_zh = "三月三" }]
""",
    )
    start = date(2026, 4, 17)
    assert calendar.current("450102").day(date(2026, 4, 20)).name_zh == "三月三"
    assert account(calendar.current("450102"), start, 1, "working_day").due == date(2026, 4, 22)
    assert account(calendar.current("370102"), start, 1, "working_day").due == date(2026, 4, 20)
    assert account(calendar.current(), start, 1, "working_day").due == date(2026, 4, 20)
