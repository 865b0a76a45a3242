"""Kinds of unlawful act: what the law says of each by date, and what has to be established."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Literal, Self, TypeVar

from pydantic import Field, ValidationError, model_validator

from zhixing.law.errors import TableInvalid, UnknownCode
from zhixing.law.schema import Citation, Confidence, Row
from zhixing.law.sources import Document, documents, first_problem, local_directory
from zhixing.law.tables import instruments

FILE = "acts"
CODE = r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$"

R = TypeVar("R", "ActRule", "ActKind")


class ActRule(Row):
    """What an instrument says of an act from `valid_from` to `valid_to` (its last day)."""

    code: str = Field(pattern=CODE)
    role: Literal["forbids", "penalty", "relief"]
    text_zh: str = Field(min_length=1)
    text_en: str = Field(min_length=1)
    articles: tuple[Citation, ...] = Field(min_length=1)
    valid_from: date
    valid_to: date | None = None
    confidence: Confidence
    note: str = ""
    origin: str = ""

    @property
    def is_verified(self) -> bool:
        """Whether it was seen anywhere but in memory."""
        return self.confidence != "memory"

    def is_in_force(self, day: date) -> bool:
        """Whether the row speaks about an act of that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError(f"valid_to {self.valid_to} lies before valid_from {self.valid_from}")
        return self


class ChecklistItem(Row):
    """One question to be answered with evidence; `essential` ones decide the act."""

    code: str = Field(pattern=CODE, max_length=20)
    text_zh: str = Field(min_length=1)
    text_en: str = Field(min_length=1)
    evidence_zh: str = Field(min_length=1)
    evidence_en: str = Field(min_length=1)
    essential: bool = False


class ActKind(Row):
    """A kind of act: the codes of the rules that govern it, and its checklist."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=30)
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    clause: str = Field(pattern=r"^\S+$")
    """Path of the clause of the programme that a lead of this kind belongs to."""
    rules: tuple[str, ...] = Field(min_length=1)
    items: tuple[ChecklistItem, ...] = Field(alias="item", min_length=1)
    origin: str = ""

    @property
    def essential(self) -> tuple[ChecklistItem, ...]:
        """The items without which the act is not established."""
        return tuple(item for item in self.items if item.essential)

    @model_validator(mode="after")
    def _check(self) -> Self:
        codes = [item.code for item in self.items]
        if twice := next((code for code in codes if codes.count(code) > 1), None):
            raise ValueError(f"checklist item {twice} stands there twice")
        if not self.essential:
            raise ValueError("at least one checklist item must be essential")
        return self


@dataclass(frozen=True, slots=True)
class Acts:
    """All kinds of act in the order of the file, and the rules they name."""

    kinds: Mapping[str, ActKind]
    rules: Mapping[str, tuple[ActRule, ...]]

    def kind(self, code: str) -> ActKind:
        """The kind of act `code`.

        Raises:
            UnknownCode: there is no such kind.
        """
        if code not in self.kinds:
            raise UnknownCode(f"{FILE}: no kind of act {code!r}; known: {', '.join(self.kinds)}")
        return self.kinds[code]

    def rules_on(self, code: str, day: date) -> list[ActRule]:
        """What the law said of the kind of act on `day`, the day of the act."""
        return [
            row
            for rule in self.kind(code).rules
            for row in self.rules[rule]
            if row.is_in_force(day)
        ]


def acts() -> Acts:
    """The kinds of act, built in and local, loaded and checked once per local directory.

    Raises:
        TableInvalid: a file is broken, or does not hold together.
    """
    return _acts(local_directory())


@lru_cache(maxsize=8)
def _acts(directory: str) -> Acts:
    kinds: dict[str, ActKind] = {}
    rules: dict[str, tuple[ActRule, ...]] = {}
    known = instruments()
    for document in documents(f"{FILE}.toml", directory):
        rule_rows, act_rows = document.rows("rule", "act")
        by_code: dict[str, list[ActRule]] = {}
        for rule in _parsed(document, rule_rows, ActRule):
            if unknown := [c.instrument for c in rule.articles if c.instrument not in known]:
                raise _invalid(
                    document, rule.code, f"unknown instrument {unknown[0]!r}; add it to instruments"
                )
            by_code.setdefault(rule.code, []).append(rule)
        rules |= {code: _in_order(document, code, rows) for code, rows in by_code.items()}
        kinds |= {kind.code: kind for kind in _parsed(document, act_rows, ActKind)}
    for kind in kinds.values():
        if missing := [code for code in kind.rules if code not in rules]:
            raise TableInvalid(f"{FILE}.toml: {kind.code}: no rule {missing[0]}")
    return Acts(MappingProxyType(kinds), MappingProxyType(rules))


def _parsed(document: Document, rows: Iterable[dict[str, object]], row_type: type[R]) -> list[R]:
    found: list[R] = []
    for position, row in enumerate(rows, start=1):
        label = str(row.get("code", f"row {position}"))
        if "origin" in row:
            raise _invalid(document, label, "unknown key origin")
        try:
            found.append(row_type.model_validate({**row, "origin": document.origin}))
        except ValidationError as error:
            raise _invalid(document, label, first_problem(error)) from error
    return found


def _in_order(document: Document, code: str, rows: list[ActRule]) -> tuple[ActRule, ...]:
    """The rows of a rule in order of time; texts follow each other without gap or overlap."""
    rows = sorted(rows, key=lambda row: row.valid_from)
    for earlier, later in pairwise(rows):
        if earlier.valid_to is None or later.valid_from != earlier.valid_to + timedelta(days=1):
            raise _invalid(
                document, code, f"texts overlap or leave a gap before {later.valid_from}"
            )
    return tuple(rows)


def _invalid(document: Document, label: str, fault: str) -> TableInvalid:
    return TableInvalid(f"{document.path.name}: {label}: {fault}")
