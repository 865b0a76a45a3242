"""One period, with every day of it accounted for: why this date."""

from __future__ import annotations

import calendar as plain_calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from zhixing.engines.clocks.calendar import Calendar, Day
from zhixing.engines.clocks.stops import Stop, merged

Unit = Literal["working_day", "calendar_day", "month", "year"]
Rolls = Literal["rest_day", "public_holiday", "no"]
Why = Literal["start", "weekend", "holiday", "stopped", "rolled"]
ONE_DAY = timedelta(days=1)
LAST = date.max


@dataclass(frozen=True, slots=True)
class Excluded:
    """A day that is not part of the count, and why.

    `why` is `start`, `weekend`, `holiday`, `stopped`, or `rolled` (the period would have ended on
    this day, and gives way); `name_zh` names the holiday.
    """

    day: date
    why: Why
    name_zh: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a period ends, and how that was counted.

    Attributes:
        due: the last day of the period; for a period in hours the instant at which it ends.
        provisional: a day was needed whose year the State Council has not announced. The plain
            week was used for it, so the date must be computed again when the list appears.
        counted: the days that make up the period, in order.
        excluded: the days in between, and the start, that do not count.
    """

    due: date | datetime
    provisional: bool
    counted: tuple[date, ...]
    excluded: tuple[Excluded, ...]


class StillStopped(ValueError):
    """A stop without end holds the period up: it has no last day yet."""


def account(
    calendar: Calendar,
    start: date,
    amount: int,
    unit: Unit,
    *,
    rolls: Rolls = "rest_day",
    stops: Sequence[Stop] = (),
) -> Deadline:
    """Count a period day by day; `due_days` gives the same last days for whole columns.

    Args:
        calendar: the announced working days.
        start: the day of the trigger; it is not counted.
        amount: how many of the unit, extensions included.
        rolls: on which last day a period in days, months or years runs on: any `rest_day`
            (weekend or holiday), a `public_holiday` only, or `no`.
        stops: days that do not count.

    Raises:
        ValueError: `amount` is below 1, or a stop ends before it begins.
        StillStopped: a stop without end holds the period up.
    """
    if amount < 1:
        raise ValueError(f"a period counts at least 1; got {amount}")
    stops = _joined(stops)
    by_work = unit == "working_day"
    left = amount if unit in ("working_day", "calendar_day") else _days_of(start, amount, unit)
    excluded, counted = [Excluded(start, "start")], []
    provisional, day = False, start
    while left:
        day += ONE_DAY
        if (stop := _stop_on(day, stops)) is not None:
            if stop.last is None:
                raise StillStopped(f"the period has been stopped since {stop.first}")
            excluded.append(Excluded(day, "stopped"))
            continue
        what = calendar.day(day) if by_work else None
        if what is not None:
            provisional |= not what.is_settled
        if what is None or what.is_working:
            counted.append(day)
            left -= 1
        else:
            excluded.append(_rest(day, what))
    if not by_work and rolls != "no":
        day, unsettled, given_way = _roll(calendar, day, rolls, stops)
        provisional |= unsettled
        excluded += given_way
    return Deadline(day, provisional, tuple(counted), tuple(excluded))


def account_hours(start: datetime, hours: int, stops: Sequence[Stop] = ()) -> Deadline:
    """The instant `hours` after `start`, without the days of stops (of the zone of `start`).

    Hours run over days of rest too.

    Raises:
        ValueError, StillStopped: see `account`.
    """
    if hours < 1:
        raise ValueError(f"a period counts at least 1; got {hours}")
    left, at, excluded = timedelta(hours=hours), start, []
    for stop in _joined(stops):
        begins = datetime.combine(stop.first, time(), start.tzinfo)
        if begins >= at + left:
            break
        if stop.last is None:
            raise StillStopped(f"the period has been stopped since {stop.first}")
        ends = datetime.combine(stop.last + ONE_DAY, time(), start.tzinfo)
        if ends <= at:
            continue
        left -= max(begins - at, timedelta(0))
        first = max(stop.first, at.date())
        days = (stop.last - first).days + 1
        excluded += [Excluded(first + timedelta(days=n), "stopped") for n in range(days)]
        at = ends
    return Deadline(at + left, False, (), tuple(excluded))


def same_day(start: date, months: int) -> date:
    """The day with the same number `months` later, or the last of that month."""
    month = start.year * 12 + start.month - 1 + months
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(start.day, plain_calendar.monthrange(year, month)[1]))


def _days_of(start: date, amount: int, unit: Unit) -> int:
    return (same_day(start, amount * 12 if unit == "year" else amount) - start).days


def _roll(
    calendar: Calendar, day: date, rolls: Rolls, stops: Sequence[Stop]
) -> tuple[date, bool, list[Excluded]]:
    """The day on which the period ends, whether one looked at is unsettled, days given way."""
    what = calendar.day(day)
    unsettled, given_way = not what.is_settled, []
    gives_way = what.kind == "holiday" if rolls == "public_holiday" else not what.is_working
    while gives_way:
        given_way.append(Excluded(day, "rolled", what.name_zh))
        day += ONE_DAY
        if (stop := _stop_on(day, stops)) is not None and stop.last is None:
            raise StillStopped(f"the period has been stopped since {stop.first}")
        what = calendar.day(day)
        unsettled |= not what.is_settled
        gives_way = not what.is_working or stop is not None
    return day, unsettled, given_way


def _joined(stops: Sequence[Stop]) -> list[Stop]:
    spans = [(stop.first.toordinal(), (stop.last or LAST).toordinal()) for stop in stops]
    return [
        Stop(date.fromordinal(first), None if last == LAST.toordinal() else date.fromordinal(last))
        for first, last in merged(spans)
    ]


def _stop_on(day: date, stops: Sequence[Stop]) -> Stop | None:
    return next((stop for stop in stops if day in stop), None)


def _rest(day: date, what: Day) -> Excluded:
    return Excluded(day, "holiday" if what.kind == "holiday" else "weekend", what.name_zh)
