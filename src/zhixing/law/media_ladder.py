"""The sanction ladder for media: steps, the lines from which each is proposed, and trades."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal, Self

from pydantic import Field, ValidationError, model_validator

from zhixing.law.errors import TableInvalid, UnknownCode
from zhixing.law.schema import Citation, Confidence, Row
from zhixing.law.sources import Document, documents, first_problem, local_directory
from zhixing.law.tables import instruments, table

FILE = "media_ladder"
CODE = r"^[a-z][a-z0-9_]*$"
OTHER = "other"


class Dated(Row):
    """In force from `valid_from` to `valid_to`, its last day."""

    valid_from: date
    valid_to: date | None = None
    confidence: Confidence
    note: str = ""

    @property
    def is_verified(self) -> bool:
        """Whether it was seen anywhere but in memory."""
        return self.confidence != "memory"

    def is_in_force(self, day: date) -> bool:
        """Whether the row speaks about that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class LadderStep(Dated):
    """One step of the ladder, in the form that today's law gives it.

    Attributes:
        decided_by: `bureau`, or `authority` where another authority takes the decision and the
            bureau asks it to.
        reply_clock: how long the medium may reply to the notice.
        term_clock: by when it reports that things are put right.
        publication_clock: by when the decision is published; empty: it need not be.
        notifies_authority: whether the press or broadcasting authority is told (art 67).
        needs_case: whether it can be taken only in a filed case.
    """

    code: str = Field(pattern=CODE, max_length=20)
    order: int = Field(ge=1)
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    form_zh: str = Field(min_length=1)
    form_en: str = Field(min_length=1)
    is_penalty: bool
    decided_by: Literal["bureau", "authority"]
    reply_clock: str
    term_clock: str = ""
    publication_clock: str = ""
    notifies_authority: bool = False
    needs_case: bool = False
    articles: tuple[Citation, ...] = Field(min_length=1)


class Line(Dated):
    """From which figure on a step is proposed."""

    code: str = Field(pattern=CODE)
    step: str
    applies: Literal["all", "focus"]
    measure: Literal["item", "time", "area", "serious", "serious_count"]
    at_least: Decimal = Field(gt=0)
    bound: Literal["value", "lower"] = "value"
    min_items: int = Field(default=0, ge=0)
    after: str = ""
    within_months: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.measure != "serious_count" and self.at_least > 1:
            raise ValueError(f"{self.code}: a rate lies in (0, 1]; got {self.at_least}")
        if self.applies == "focus" and self.measure not in {"item", "serious_count"}:
            raise ValueError(f"{self.code}: focus trades have rates by item and serious counts")
        if bool(self.after) != bool(self.within_months):
            raise ValueError(f"{self.code}: after and within_months stand together")
        return self


class Trade(Row):
    """A trade that rates are broken down by, with the product categories it holds."""

    code: str = Field(pattern=CODE)
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    categories: tuple[str, ...] = Field(min_length=1)
    focus: bool = False


class Ladder(Row):
    """The whole file, checked."""

    steps: tuple[LadderStep, ...] = Field(alias="step", min_length=1)
    lines: tuple[Line, ...] = Field(alias="line", min_length=1)
    trades: tuple[Trade, ...] = Field(alias="trade", min_length=1)
    origin: str = ""

    def steps_on(self, day: date) -> list[LadderStep]:
        """The steps in force, the mildest first."""
        found = [step for step in self.steps if step.is_in_force(day)]
        return sorted(found, key=lambda step: step.order)

    def step_on(self, code: str, day: date) -> LadderStep:
        """The step as in force on the day.

        Raises:
            UnknownCode: there is none.
        """
        for step in self.steps_on(day):
            if step.code == code:
                return step
        raise UnknownCode(f"{FILE}: no step {code!r} on {day}")

    def lines_on(self, day: date) -> list[Line]:
        """The lines in force, in the order of the file."""
        return [line for line in self.lines if line.is_in_force(day)]

    def trade_of(self, category: str) -> str:
        """The trade of a product category; what belongs to none is `other`."""
        for trade in self.trades:
            if category in trade.categories:
                return trade.code
        return OTHER

    @property
    def focus(self) -> tuple[str, ...]:
        """Codes of the focus trades."""
        return tuple(trade.code for trade in self.trades if trade.focus)


def media_ladder() -> Ladder:
    """The ladder, the bureau's own in place of the built-in one, loaded once.

    Raises:
        TableInvalid: the file is broken, or names a step, clock or instrument that is not there.
    """
    return _ladder(local_directory())


@lru_cache(maxsize=8)
def _ladder(directory: str) -> Ladder:
    document = documents(f"{FILE}.toml", directory)[-1]
    try:
        found = Ladder.model_validate({**document.content, "origin": document.origin})
    except ValidationError as error:
        raise TableInvalid(f"{document.path.name}: {first_problem(error)}") from error
    _check(document, found)
    return found


def _check(document: Document, ladder: Ladder) -> None:
    steps = {step.code for step in ladder.steps}
    trades = [trade.code for trade in ladder.trades]
    for line in ladder.lines:
        for code in filter(None, (line.step, line.after)):
            if code not in steps:
                raise _invalid(document, f"line {line.code} names no step: {code}")
    clocks: Mapping[str, object] = table("clocks").rows
    for step in ladder.steps:
        for clock in filter(None, (step.reply_clock, step.term_clock, step.publication_clock)):
            if clock not in clocks:
                raise _invalid(document, f"step {step.code}: no clock {clock} in clocks.toml")
        for citation in step.articles:
            if citation.instrument not in instruments():
                raise _invalid(document, f"step {step.code}: unknown {citation.instrument}")
    _once(document, "trade", trades)
    _once(document, "category", [c for trade in ladder.trades for c in trade.categories])
    _once(document, "line", [f"{line.code} {line.valid_from}" for line in ladder.lines])
    if OTHER not in trades:
        raise _invalid(document, f"there must be a trade {OTHER!r}")


def _once(document: Document, what: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise _invalid(document, f"{what} {code} stands there twice")
        seen.add(code)


def _invalid(document: Document, fault: str) -> TableInvalid:
    return TableInvalid(f"{document.path.name}: {fault}")
