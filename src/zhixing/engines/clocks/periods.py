"""When periods end: millions of them at once.

Rules (see docs/methods/working-days.md): the day of the trigger is not counted; days of a stop are
not counted; a last day on which offices rest, or that falls into a stop, gives way to the next
working day outside stops (Order 2 of SAMR art 80; Civil Code art 203); months and years end on the
day of the same number or the last of the month (Civil Code art 202).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from zhixing.engines.clocks.calendar import Arrays, Calendar

UNITS: Final = ("working_day", "calendar_day", "month", "year")
ROLLS: Final = ("rest_day", "public_holiday", "no")
WORKING_DAY, CALENDAR_DAY, MONTH, YEAR = range(len(UNITS))
REST_DAY, PUBLIC_HOLIDAY, NO_ROLL = range(len(ROLLS))
# `due` of a period that a stop without end holds up, or that ends outside the calendar.
NEVER: Final = -1
OPEN: Final = np.iinfo(np.int32).max

Ints = NDArray[np.int32]
kernel = njit(cache=True, nogil=True)


@dataclass(frozen=True, slots=True)
class Stops:
    """Days that do not count, of all periods one after the other.

    Attributes:
        offsets: where the stops of each period begin, one longer than the periods.
        first, last: ordinals of both ends, which belong to the stop; `OPEN` for one that lasts.
            Within a period they are in order and do not touch (`stops.merged`).
    """

    offsets: NDArray[np.int64]
    first: Ints
    last: Ints

    @classmethod
    def none(cls, n: int) -> Stops:
        """No stop in any of `n` periods."""
        nothing = np.empty(0, np.int32)
        return cls(np.zeros(n + 1, np.int64), nothing, nothing)


@dataclass(frozen=True, slots=True)
class Due:
    """The ends of periods.

    Attributes:
        due: ordinal of the last day, or `NEVER`.
        provisional: whether a day was needed whose year is not announced.
    """

    due: Ints
    provisional: NDArray[np.bool_]


def due_days(
    calendar: Calendar, start: Ints, amount: Ints, unit: Ints, rolls: Ints, stops: Stops
) -> Due:
    """The last day of each period.

    Args:
        calendar: the announced working days.
        start: ordinals of the trigger days.
        amount: how many of the unit, extensions included; at least 1.
        unit, rolls: places in `UNITS` and `ROLLS`.
        stops: days that do not count.

    Raises:
        ValueError: columns of unequal length, or an amount below 1.
    """
    n = len(start)
    if not n == len(amount) == len(unit) == len(rolls) == len(stops.offsets) - 1:
        raise ValueError("the columns of periods must be of one length")
    if n and int(amount.min()) < 1:
        raise ValueError(f"a period counts at least 1; got {int(amount.min())}")
    days: Arrays = calendar.arrays
    due, provisional = np.empty(n, np.int32), np.empty(n, np.bool_)
    _due_days(
        start, amount, unit, rolls, stops.offsets, stops.first, stops.last, days.first,
        days.worked, days.workdays, days.next_working, days.is_holiday, days.unsettled,
        due, provisional,
    )  # fmt: skip
    return Due(due, provisional)


@kernel
def _due_days(
    start: Ints, amount: Ints, unit: Ints, rolls: Ints, offsets: Any, stop_first: Ints,
    stop_last: Ints, first: int, worked: Ints, workdays: Ints, next_working: Ints,
    is_holiday: Any, unsettled: Ints, due: Ints, provisional: Any,
) -> None:  # fmt: skip
    size = len(is_holiday)
    for row in range(len(start)):
        begin = start[row] - first
        due[row], provisional[row] = NEVER, True
        if begin < 0 or begin >= size:
            continue
        left: Any = np.int64(amount[row])
        if unit[row] == MONTH:
            left = _same_day(start[row], left) - start[row]
        elif unit[row] == YEAR:
            left = _same_day(start[row], 12 * left) - start[row]
        by_work = unit[row] == WORKING_DAY
        at, stop, last_stop, doubtful = begin, offsets[row], offsets[row + 1], 0
        # `at` is the last place dealt with; whole stretches between stops are counted at once.
        while stop < last_stop:
            off = stop_first[stop] - first
            if off > at:
                stretch = min(off, size) - 1 - at
                if by_work:
                    stretch = worked[min(off, size)] - worked[at + 1]
                if stretch >= left:
                    break
                left -= stretch
                doubtful += unsettled[min(off, size)] - unsettled[at + 1]
            if stop_last[stop] - first > at:
                at = stop_last[stop] - first
            stop += 1
        if at >= size:
            continue
        if by_work:
            place = worked[at + 1] + left - 1
            end = size if place >= len(workdays) else np.int64(workdays[place])
            counted_to = end
        else:
            end = at + left
            counted_to = end
            while end < size:
                gives_way = rolls[row] == REST_DAY or (
                    rolls[row] == PUBLIC_HOLIDAY and is_holiday[end]
                )
                if gives_way and next_working[end] != end:
                    end = np.int64(next_working[end])
                    continue
                while stop < last_stop and stop_last[stop] - first < end:
                    stop += 1
                if end > counted_to and stop < last_stop and stop_first[stop] - first <= end:
                    end = np.int64(stop_last[stop]) - first + 1
                    if end < size:
                        end = np.int64(next_working[end])
                    continue
                break
        if end >= size:
            continue
        due[row] = end + first
        if by_work:
            provisional[row] = doubtful + unsettled[end + 1] > unsettled[at + 1]
        else:
            provisional[row] = rolls[row] != NO_ROLL and unsettled[end + 1] > unsettled[counted_to]


@kernel
def _same_day(ordinal: int, months: int) -> int:
    """Ordinal of the day `months` later with the same number, or of the last of that month."""
    year, month, day = _civil(ordinal)
    month = year * 12 + month - 1 + months
    year, month = month // 12, month % 12 + 1
    length = 31
    if month in (4, 6, 9, 11):
        length = 30
    elif month == 2:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        length = 29 if leap else 28
    return _ordinal(year, month, min(day, length))


@kernel
def _civil(ordinal: int) -> tuple[int, int, int]:
    """Year, month and day of an ordinal, counted in eras of 400 years that begin in March."""
    z = ordinal + 305
    era = z // 146097
    of_era = z - era * 146097
    year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * of_year + 2) // 153
    day = of_year - (153 * shifted + 2) // 5 + 1
    month = shifted + 3 if shifted < 10 else shifted - 9
    return year_of_era + era * 400 + (1 if month <= 2 else 0), month, day


@kernel
def _ordinal(year: int, month: int, day: int) -> int:
    """The inverse of `_civil`."""
    y = year - 1 if month <= 2 else year
    era = y // 400
    year_of_era = y - era * 400
    of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + of_year
    return era * 146097 + of_era - 305
