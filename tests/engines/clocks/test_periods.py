"""Ends of periods: whole columns, single accounts and a slow walk over the days agree."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhixing.engines.clocks import (
    Calendar,
    Deadline,
    Excluded,
    Rolls,
    StillStopped,
    Stop,
    account,
)
from zhixing.engines.clocks.account import Unit, same_day
from zhixing.engines.clocks.periods import NEVER, OPEN, ROLLS, UNITS, Stops, due_days
from zhixing.engines.clocks.stops import merged

ONE = timedelta(days=1)
FIRST = date(2024, 1, 1)
# A calendar of our own: a long holiday, single ones, and weekends that are worked for them.
HOLIDAYS = {date(2024, 5, 1) + ONE * n: "节" for n in range(5)} | {date(2024, 1, 1): "元旦"}
CALENDAR = Calendar(
    frozenset({2024, 2025}), HOLIDAYS, frozenset({date(2024, 4, 28), date(2024, 5, 11)})
)


def slow(start: date, amount: int, unit: str, rolls: str, stops: list[Stop]) -> date:
    """Walk from day to day with nothing but the calendar's answer about a day."""

    def stopped(day: date) -> bool:
        return any(stop.first <= day and (not stop.last or day <= stop.last) for stop in stops)

    if unit in ("month", "year"):
        amount = (same_day(start, amount * (12 if unit == "year" else 1)) - start).days
    day = start
    while amount:
        day += ONE
        if stopped(day) or (unit == "working_day" and not CALENDAR.day(day).is_working):
            continue
        amount -= 1
    what = CALENDAR.day(day)
    rests = not what.is_working if rolls == "rest_day" else what.kind == "holiday"
    if unit != "working_day" and rolls != "no" and rests:
        while stopped(day) or not CALENDAR.day(day).is_working:
            day += ONE
    return day


days = st.dates(FIRST, date(2024, 12, 31))
lengths = st.integers(0, 30)
a_stop = st.builds(lambda day, n: Stop(day, day + n * ONE), days, lengths)
a_period = st.tuples(
    days,
    st.integers(1, 40),
    st.sampled_from(UNITS[:3]),
    st.sampled_from(ROLLS),
    st.lists(a_stop, max_size=4),
)


def columns(
    periods: list[tuple[date, int, Unit, Rolls, list[Stop]]],
) -> tuple[list[int], list[bool]]:
    """The same periods through the columns."""
    spans = [
        merged((s.first.toordinal(), s.last.toordinal() if s.last else OPEN) for s in stops)
        for *_rest, stops in periods
    ]
    flat = np.array([span for row in spans for span in row], np.int32).reshape(-1, 2)
    offsets = np.concatenate([[0], np.cumsum([len(row) for row in spans])]).astype(np.int64)
    found = due_days(
        CALENDAR,
        np.array([row[0].toordinal() for row in periods], np.int32),
        np.array([row[1] for row in periods], np.int32),
        np.array([UNITS.index(row[2]) for row in periods], np.int32),
        np.array([ROLLS.index(row[3]) for row in periods], np.int32),
        Stops(offsets, flat[:, 0].copy(), flat[:, 1].copy()),
    )
    return found.due.tolist(), found.provisional.tolist()


@settings(max_examples=150, deadline=None)
@given(st.lists(a_period, min_size=1, max_size=8))
def test_columns_accounts_and_the_slow_walk_agree(
    periods: list[tuple[date, int, Unit, Rolls, list[Stop]]],
) -> None:
    """Same last day and same doubt, whatever unit, roll and stops."""
    due, provisional = columns(periods)
    for row, ordinal, doubt in zip(periods, due, provisional, strict=True):
        start, amount, unit, rolls, stops = row
        expected = slow(start, amount, unit, rolls, stops)
        found = account(CALENDAR, start, amount, unit, rolls=rolls, stops=stops)
        assert date.fromordinal(ordinal) == found.due == expected, row
        assert doubt == found.provisional, row


@settings(max_examples=100, deadline=None)
@given(a_period)
def test_every_day_is_accounted_for_once(
    period: tuple[date, int, Unit, Rolls, list[Stop]],
) -> None:
    """From the start to the due day each stands under counted or excluded."""
    start, amount, unit, rolls, stops = period
    found = account(CALENDAR, start, amount, unit, rolls=rolls, stops=stops)
    told = [*found.counted, *(row.day for row in found.excluded)]
    assert isinstance(found.due, date)
    last = max(told)
    every = [start + ONE * n for n in range((last - start).days + 1)]
    rolled = [row.day for row in found.excluded if row.why == "rolled"]
    assert sorted(set(told)) == every
    assert len(told) == len(every) + sum(day in found.counted for day in rolled)
    assert found.due == (last if not rolled else last + ONE)


def test_a_stop_without_end_holds_the_period_up() -> None:
    """Columns say never, the account says since when; a period over before it is not touched."""
    start, open_stop = date(2024, 3, 1), [Stop(date(2024, 3, 5))]
    assert columns([(start, 10, "calendar_day", "no", open_stop)])[0] == [NEVER]
    with pytest.raises(StillStopped, match="2024-03-05"):
        account(CALENDAR, start, 10, "calendar_day", rolls="no", stops=open_stop)
    assert account(CALENDAR, start, 3, "calendar_day", rolls="no", stops=open_stop) == Deadline(
        date(2024, 3, 4),
        False,
        (date(2024, 3, 2), date(2024, 3, 3), date(2024, 3, 4)),
        (Excluded(start, "start"),),
    )


def test_a_last_day_that_gives_way_does_not_land_in_a_stop() -> None:
    """Saturday gives way to Monday; Monday to Wednesday is stopped, so Thursday it is."""
    stops = [Stop(date(2024, 3, 4), date(2024, 3, 6))]
    found = account(CALENDAR, date(2024, 3, 1), 1, "calendar_day", stops=stops)
    assert found.due == date(2024, 3, 7)
    assert columns([(date(2024, 3, 1), 1, "calendar_day", "rest_day", stops)])[0] == [
        date(2024, 3, 7).toordinal()
    ]


def test_unusable_columns_are_refused() -> None:
    """Unequal lengths, and a period of nothing."""
    one, two = np.ones(1, np.int32), np.ones(2, np.int32)
    with pytest.raises(ValueError, match="one length"):
        due_days(CALENDAR, one, two, one, one, Stops.none(1))
    with pytest.raises(ValueError, match="at least 1; got 0"):
        due_days(CALENDAR, one, one - 1, one, one, Stops.none(1))
    with pytest.raises(ValueError, match="ends before it begins"):
        merged([(5, 4)])


def test_days_outside_the_calendar_have_no_answer() -> None:
    """Before its first year, or past its last: never, not a wrong day."""
    assert columns([(date(1900, 1, 1), 5, "working_day", "no", [])])[0] == [NEVER]
    assert columns([(date(2110, 12, 30), 40, "calendar_day", "no", [])])[0] == [NEVER]
