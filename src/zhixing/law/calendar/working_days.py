"""Counting periods in days, months and years, with every day accounted for.

Sources: Order 2 of SAMR art 80 (the day on which a period begins is not counted; a last day on a
statutory holiday gives way to the first day after it) and art 84 (a stated number includes itself);
Civil Code art 202 (a month or year ends on the day of the same number, or else on the last day of
the month). See docs/methods/working-days.md.
"""

from __future__ import annotations

import calendar as plain_calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from zhixing.law.calendar.days import ONE_DAY, Day, current

Rolls = Literal["rest_day", "public_holiday", "no"]


@dataclass(frozen=True, slots=True)
class Excluded:
    """A day that is not part of the count, and why.

    `why` is `start`, `weekend`, `holiday`, or `rolled` (the period would have ended on this day of
    rest); `name_zh` names the holiday.
    """

    day: date
    why: Literal["start", "weekend", "holiday", "rolled"]
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


def add_working_days(start: date, n: int) -> Deadline:
    """The `n`th working day after `start`, which itself is not counted.

    Raises:
        ValueError: `n` is not positive.
    """
    _positive(n)
    calendar = current()
    counted: list[date] = []
    excluded = [Excluded(start, "start")]
    provisional = False
    day = start
    while len(counted) < n:
        day += ONE_DAY
        what = calendar.day(day)
        provisional |= not what.is_settled
        if what.is_working:
            counted.append(day)
        else:
            excluded.append(_rest(day, what))
    return Deadline(day, provisional, tuple(counted), tuple(excluded))


def add_calendar_days(start: date, n: int, *, rolls: Rolls = "rest_day") -> Deadline:
    """The `n`th day after `start`, or the first working day after it if it is a day of rest.

    Args:
        start: the day on which the period begins; it is not counted.
        n: number of days.
        rolls: on which last day the period runs on: any `rest_day` (weekend or holiday), a
            `public_holiday` only, or `no`.

    Raises:
        ValueError: `n` is not positive.
    """
    _positive(n)
    return _until(start, date.fromordinal(start.toordinal() + n), rolls)


def add_months(start: date, n: int, *, rolls: Rolls = "rest_day") -> Deadline:
    """The day `n` months after `start` with the same number, or the last day of that month.

    It runs on over days of rest as `add_calendar_days` says; a year is twelve months.

    Raises:
        ValueError: `n` is not positive.
    """
    _positive(n)
    month = start.year * 12 + start.month - 1 + n
    year, month = month // 12, month % 12 + 1
    last = plain_calendar.monthrange(year, month)[1]
    return _until(start, date(year, month, min(start.day, last)), rolls)


def _until(start: date, last: date, rolls: Rolls) -> Deadline:
    """All days after `start` to `last`, moved to the next working day where it must."""
    calendar = current()
    must_roll: Callable[[Day], bool] = {
        "rest_day": lambda day: not day.is_working,
        "public_holiday": lambda day: day.kind == "holiday",
        "no": lambda day: False,
    }[rolls]
    excluded = [Excluded(start, "start")]
    due, what = last, calendar.day(last)
    provisional = not what.is_settled
    if must_roll(what):
        while not what.is_working:
            excluded.append(Excluded(due, "rolled", what.name_zh))
            due += ONE_DAY
            what = calendar.day(due)
            provisional |= not what.is_settled
    days = range(start.toordinal() + 1, last.toordinal() + 1)
    counted = tuple(map(date.fromordinal, days))
    return Deadline(due, provisional and rolls != "no", counted, tuple(excluded))


def _rest(day: date, what: Day) -> Excluded:
    return Excluded(day, "holiday" if what.kind == "holiday" else "weekend", what.name_zh)


def _positive(n: int) -> None:
    if n < 1:
        raise ValueError(f"a period counts at least 1; got {n}")
