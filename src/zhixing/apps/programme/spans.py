"""The days the board speaks of: the year so far, a week ago, the same days of the base year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import floor

from zhixing.kit.indicators import Period

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Span:
    """A programme year as seen on a day.

    Attributes:
        year, base_year: of the programme.
        on: the day of looking.
    """

    year: int
    base_year: int
    on: date

    @property
    def start(self) -> date:
        """The first day of the year."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """The last day that counts: the day of looking, inside the year."""
        return max(self.start, min(self.on, date(self.year, 12, 31)))

    @property
    def is_over(self) -> bool:
        """Whether the year has ended."""
        return self.on.year > self.year

    @property
    def days_left(self) -> int:
        """Days of the year that are left, the day of looking included."""
        return max((date(self.year, 12, 31) - max(self.on, self.start)).days + 1, 0)

    @property
    def period(self) -> Period:
        """The year so far."""
        return Period(self.start, self.last)

    @property
    def week_ago(self) -> Period | None:
        """The year as it stood seven days before; None in its first week and after its end."""
        end = self.on - WEEK
        return Period(self.start, end) if self.start <= end and not self.is_over else None

    def base(self, *, same_days: bool) -> Period:
        """The base year: whole, or for figures that add up its same days."""
        end = date(self.base_year, 12, 31)
        if same_days and not self.is_over:
            end = min(end, date(self.base_year, 1, 1) + (self.last - self.start))
        return Period(date(self.base_year, 1, 1), end)

    @property
    def elapsed(self) -> float:
        """The part of the year that has passed, the day of looking included; in [0, 1]."""
        if self.on < self.start:
            return 0.0
        days = (date(self.year + 1, 1, 1) - self.start).days
        return ((self.last - self.start).days + 1) / days

    def rounds_due(self, times: int) -> int:
        """How many of `times` rounds a year are due by the day, evenly spread."""
        return floor(times * self.elapsed)
