"""Which days are working days: the State Council's yearly lists, as announced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Self

import chinese_calendar
from pydantic import Field, ValidationError, model_validator

from zhixing.engines.clocks import Calendar
from zhixing.engines.clocks.calendar import FIRST_UNSETTLED
from zhixing.law.errors import TableInvalid, YearNotAnnounced
from zhixing.law.schema import Row
from zhixing.law.sources import Document, documents, first_problem, local_directory


class Span(Row):
    """Days of rest in a row, both ends included."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    name_zh: str = Field(min_length=1)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.first <= self.last <= self.first + timedelta(days=30):
            raise ValueError(f"expected from ≤ to within 31 days; got {self.first} to {self.last}")
        return self

    def days(self) -> Iterator[date]:
        """Every day of the span."""
        for offset in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=offset)


class Year(Row):
    """The list that bears the year in its title."""

    year: int = Field(ge=1949, le=2200)
    document: str = Field(min_length=1)
    holidays: tuple[Span, ...] = Field(min_length=1)
    workdays: tuple[date, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        free = {day for span in self.holidays for day in span.days()}
        for day in sorted(free | set(self.workdays)):
            before = day.year == self.year - 1 and (day.month, day.day) >= FIRST_UNSETTLED
            if day.year != self.year and not before:
                raise ValueError(f"{day} does not belong to the list of {self.year}")
        if both := sorted(free & set(self.workdays)):
            raise ValueError(f"{both[0]} is both holiday and workday")
        if plain := [day for day in self.workdays if day.weekday() < 5]:
            raise ValueError(f"{plain[0]} is no Saturday or Sunday, so no make-up workday")
        return self


class Region(Row):
    """Days on which the offices of a region rest besides; `code` is the head of division codes."""

    code: str = Field(pattern=r"^\d{2,12}$")
    holidays: tuple[Span, ...] = Field(min_length=1)


def current(region: str = "") -> Calendar:
    """The calendar from the package, the built-in table and the local one, loaded once.

    Args:
        region: division code of the office; local holidays of the regions it lies in are added.

    Raises:
        TableInvalid: a table names a year twice, or days that cannot be of that year.
    """
    directory = local_directory()
    lies_in = [code for code in _regions(directory) if region.startswith(code)] if region else []
    return _calendar(directory, tuple(lies_in))


def is_working_day(day: date) -> bool:
    """Whether offices work on the day.

    Raises:
        YearNotAnnounced: the State Council's list of the year is not in the tables.
    """
    calendar = current()
    if day.year not in calendar.years:
        known = f"{min(calendar.years)} to {max(calendar.years)}"
        raise YearNotAnnounced(
            f"no calendar of {day.year}: lists are held for {known};"
            " add the year to calendar/state_council.toml of ZHIXING_LAW_DIR"
        )
    return calendar.day(day).is_working


@lru_cache(maxsize=8)
def _regions(directory: str) -> Mapping[str, tuple[Span, ...]]:
    found: dict[str, tuple[Span, ...]] = {}
    for document in documents("calendar/regions.toml", directory):
        (rows,) = document.rows("region")
        for row in rows:
            try:
                region = Region.model_validate(row)
            except ValidationError as error:
                problem = first_problem(error)
                raise TableInvalid(f"{document.path.name}: {problem}") from error
            found[region.code] = found.get(region.code, ()) + region.holidays
    return found


@lru_cache(maxsize=64)
def _calendar(directory: str, regions: tuple[str, ...]) -> Calendar:
    names = {kind.value: kind.chinese for kind in chinese_calendar.Holiday}
    holidays = {day: names[name] for day, name in chinese_calendar.holidays.items()}
    workdays = set(chinese_calendar.workdays)
    years = set(range(min(holidays).year, max(holidays).year + 1))
    for document in documents("calendar/state_council.toml", directory):
        for year in _years(document):
            years.add(year.year)
            for day in [day for day in holidays if _titled(day, year.year)]:
                del holidays[day]
            workdays = {day for day in workdays if not _titled(day, year.year)}
            for span in year.holidays:
                holidays.update(dict.fromkeys(span.days(), span.name_zh))
            workdays.update(year.workdays)
    for code in regions:
        for span in _regions(directory)[code]:
            # A make-up workday that the whole country works is no local day of rest.
            local = {day for day in span.days() if day not in holidays and day not in workdays}
            holidays.update(dict.fromkeys(local, span.name_zh))
    return Calendar(frozenset(years), MappingProxyType(holidays), frozenset(workdays))


def _titled(day: date, year: int) -> bool:
    """Whether the day can only stem from the list of `year`."""
    late = (day.month, day.day) >= FIRST_UNSETTLED
    return day.year + late == year


def _years(document: Document) -> list[Year]:
    found: dict[int, Year] = {}
    (rows,) = document.rows("year")
    for position, row in enumerate(rows, start=1):
        label = row.get("year", f"row {position}")
        try:
            year = Year.model_validate(row)
        except ValidationError as error:
            raise TableInvalid(f"{document.path.name}: {label}: {first_problem(error)}") from error
        if year.year in found:
            raise TableInvalid(f"{document.path.name}: the year {label} stands there twice")
        found[year.year] = year
    return list(found.values())
