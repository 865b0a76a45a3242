"""Which days are working days, as data that is passed in; by the day and as arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

# The list of a year has reached back to 29 December at the earliest (lists of 2004 to 2026), so the
# last days of a year are settled only by the next year's list.
FIRST_UNSETTLED = (12, 29)

Kind = Literal["working", "weekend", "holiday"]
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Day:
    """What a day is, and whether that is announced or only the plain week."""

    kind: Kind
    is_settled: bool
    name_zh: str = ""

    @property
    def is_working(self) -> bool:
        """Whether offices work on the day."""
        return self.kind == "working"


@dataclass(frozen=True, slots=True)
class Arrays:
    """The days from `first` on, one place each; ordinals are those of `date.toordinal`.

    Attributes:
        first: ordinal of the day at place 0.
        worked: how many working days lie before the place; one longer than the days.
        workdays: places of the working days, in order.
        next_working: for each place, the place of the first working day from it on.
        is_holiday: whether the day is a statutory holiday.
        unsettled: how many days that are not announced lie before the place; one longer.
    """

    first: int
    worked: NDArray[np.int32]
    workdays: NDArray[np.int32]
    next_working: NDArray[np.int32]
    is_holiday: NDArray[np.bool_]
    unsettled: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.is_holiday)


@dataclass(frozen=True)
class Calendar:
    """The announced years: days of rest by name, and weekend days that are worked.

    Attributes:
        years: the years whose lists are known.
        holidays: statutory holidays, with their name.
        workdays: Saturdays and Sundays that are worked.
        span: first and last year for which arrays are made.
    """

    years: frozenset[int]
    holidays: Mapping[date, str]
    workdays: frozenset[date]
    span: tuple[int, int] = (1990, 2110)

    def day(self, day: date) -> Day:
        """What `day` is; in a year not announced, what the plain week says, marked unsettled."""
        is_settled = day.year in self.years and (
            (day.month, day.day) < FIRST_UNSETTLED or day.year + 1 in self.years
        )
        if day in self.holidays:
            return Day("holiday", is_settled, self.holidays[day])
        if day in self.workdays or day.weekday() < SATURDAY:
            return Day("working", is_settled)
        return Day("weekend", is_settled)

    @cached_property
    def arrays(self) -> Arrays:
        """The same for counting whole columns; made once."""
        first, end = date(self.span[0], 1, 1).toordinal(), date(self.span[1] + 1, 1, 1).toordinal()
        size = end - first
        # Day 1 of the ordinals was a Monday.
        working = (np.arange(first, end) - 1) % 7 < SATURDAY
        is_holiday = np.zeros(size, bool)
        is_holiday[_places(self.holidays, first, size)] = True
        working[is_holiday] = False
        working[_places(self.workdays - self.holidays.keys(), first, size)] = True
        workdays = np.flatnonzero(working).astype(np.int32)
        worked = np.concatenate([[0], np.cumsum(working)]).astype(np.int32)
        following = np.append(workdays, np.int32(size))
        return Arrays(
            first,
            worked,
            workdays,
            following[worked[:-1]],
            is_holiday,
            np.concatenate([[0], np.cumsum(self._unsettled(first, size))]).astype(np.int32),
        )

    def _unsettled(self, first: int, size: int) -> NDArray[np.bool_]:
        unsettled = np.ones(size, bool)
        for year in self.years:
            if not self.span[0] <= year <= self.span[1]:
                continue
            start = date(year, 1, 1).toordinal() - first
            to = date(year + 1, 1, 1) if year + 1 in self.years else date(year, *FIRST_UNSETTLED)
            unsettled[start : to.toordinal() - first] = False
        return unsettled


def _places(days: object, first: int, size: int) -> NDArray[np.int64]:
    ordinals = np.fromiter((day.toordinal() for day in days), np.int64)  # type: ignore[attr-defined]
    places = ordinals - first
    return places[(places >= 0) & (places < size)]
