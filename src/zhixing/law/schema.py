"""Rows of the law tables: what a provision says, where it stands and when it is in force."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Unit = Literal[
    "hour", "calendar_day", "working_day", "month", "year", "yuan", "percent", "count", "multiple"
]
TIME_UNITS = frozenset({"hour", "calendar_day", "working_day", "month", "year"})

Confidence = Literal[
    "text", "news", "gov", "trade", "tutorial", "form", "code", "calc", "seed", "local", "memory"
]
"""How a figure is known: read in the instrument's text, in the press, on a government page, on a
trade page, in a how-to, in an official form, in independent code, recomputed, stated in the
programme, decided by the bureau itself, or from memory only (not verified)."""


class Row(BaseModel):
    """A frozen row that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Instrument(Row):
    """A law, regulation or rule that provisions cite by `code`."""

    code: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    number: str = ""
    origin: str = ""


class Citation(Row):
    """An article of an instrument, such as `order-2`, `18`."""

    instrument: str
    article: str = Field(pattern=r"^[0-9]+(-[0-9]+|(\([0-9]+\))*)$")

    def __str__(self) -> str:
        return f"{self.instrument} art {self.article}"


class Provision(Row):
    """One row: what the law says from `valid_from` to `valid_to` (its last day; none: still)."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_.]*$")
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    amount: Decimal = Field(gt=0)
    unit: Unit
    articles: tuple[Citation, ...] = Field(min_length=1)
    valid_from: date
    valid_to: date | None = None
    confidence: Confidence
    note: str = ""
    origin: str = ""

    @property
    def is_verified(self) -> bool:
        """Whether the figure was seen anywhere but in memory."""
        return self.confidence != "memory"

    @property
    def article(self) -> str:
        """All articles in one line, the decisive one first."""
        return "; ".join(map(str, self.articles))

    def is_in_force(self, day: date) -> bool:
        """Whether the row speaks about an act of that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError(f"valid_to {self.valid_to} lies before valid_from {self.valid_from}")
        if self.unit in TIME_UNITS and self.amount != self.amount.to_integral_value():
            raise ValueError(f"amount must be a whole number of {self.unit}s; got {self.amount}")
        return self


class Extension(Row):
    """How much longer the law lets a period run, in the period's own unit.

    Without `amount` the law allows an extension but leaves its length to the one who approves.
    """

    amount: int | None = Field(default=None, gt=0)
    times: int = Field(default=1, gt=0)
    approval_zh: str = Field(min_length=1)
    approval_en: str = Field(min_length=1)
    articles: tuple[Citation, ...] = ()


class Naming(Provision):
    """A rule that names an act or a power and carries no figure of its own."""

    amount: Decimal = Decimal(1)
    unit: Unit = "count"
    crimes: tuple[str, ...] = ()
    """Crimes of `crimes.toml` that the named act may be, the nearest first."""


class Threshold(Provision):
    """An amount from which an infringement may be a crime (from it on, inclusive)."""

    crime: str = Field(pattern=r"^[0-9]{3}(_[a-z]+)?$")
    measure: Literal["gains", "turnover", "sales", "unsold", "sold_and_unsold", "pieces"]
    """What is measured: money in yuan, or pieces of labels."""
    variant: Literal["ordinary", "two_marks", "repeat"] = "ordinary"
    """When the row applies: always, with two or more marks, or again after a sanction."""


class Clock(Provision):
    """A statutory period: from what moment it runs, how far it may be extended, how it ends."""

    starts_zh: str = Field(min_length=1)
    starts_en: str = Field(min_length=1)
    extension: Extension | None = None
    excluded: tuple[str, ...] = ()
    """Kinds of time the period does not include, e.g. `testing`."""
    rolls: Literal["rest_day", "public_holiday", "no"] = "rest_day"
    """On which kind of last day the period runs on to the next working day."""

    @model_validator(mode="after")
    def _check_clock(self) -> Self:
        if self.unit not in TIME_UNITS:
            raise ValueError(f"a clock counts {', '.join(sorted(TIME_UNITS))}; got {self.unit}")
        return self
