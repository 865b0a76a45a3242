"""Kinds of recommendation dossiers: criteria with their evidence, stages with their clocks.

One file of `dossiers/` per kind; a local file replaces a kind as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Self

from pydantic import Field, ValidationError, model_validator

from zhixing.law.errors import TableInvalid, UnknownCode
from zhixing.law.schema import Citation, Confidence, Row
from zhixing.law.sources import Document, documents, first_problem, local_directory, names
from zhixing.law.tables import instruments, table

FOLDER = "dossiers"
CLOCKS = "clocks"


class Criterion(Row):
    """One thing a dossier must show, from `valid_from` to `valid_to`, and what shows it."""

    code: str = Field(pattern=r"^[a-z][a-z_]*$")
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    evidence_zh: tuple[str, ...] = Field(min_length=1)
    evidence_en: tuple[str, ...] = Field(min_length=1)
    articles: tuple[Citation, ...] = Field(min_length=1)
    valid_from: date
    valid_to: date | None = None
    required: bool = True
    confidence: Confidence

    @property
    def is_verified(self) -> bool:
        """Whether the criterion was seen anywhere but in memory."""
        return self.confidence != "memory"

    @model_validator(mode="after")
    def _check(self) -> Self:
        if len(self.evidence_zh) != len(self.evidence_en):
            raise ValueError("evidence stands in both languages, item by item")
        return self


class StageClock(Row):
    """By when a stage is to be reached, counted from an earlier event."""

    stage: str = Field(pattern=r"^[a-z][a-z_]*$")
    start: str = Field(pattern=r"^[a-z][a-z_]*$", alias="from")
    clock: str


class Header(Row):
    """Name and standing of a kind.

    `protection` is what a recognised mark is marked with; `in_a_case` says that it belongs to an
    enforcement case; an `ended` scheme is kept for old files.
    """

    code: str = Field(pattern=r"^[a-z][a-z_]*$")
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    protection: str = ""
    in_a_case: bool = False
    ended: bool = False
    confidence: Confidence
    note_zh: str = ""
    note_en: str = ""


class DossierKind(Row):
    """One kind of dossier, checked."""

    header: Header = Field(alias="dossier")
    criteria: tuple[Criterion, ...] = Field(alias="criterion", min_length=1)
    steps: tuple[StageClock, ...] = Field(alias="step", default=())
    origin: str = ""

    def criteria_on(self, day: date) -> list[Criterion]:
        """The criteria in force on the day, in the order of the file."""
        return [
            criterion
            for criterion in self.criteria
            if criterion.valid_from <= day
            and (criterion.valid_to is None or day <= criterion.valid_to)
        ]


def dossier_kinds() -> Mapping[str, DossierKind]:
    """All kinds by code, built in and local.

    Raises:
        TableInvalid: a file is broken, or cites an instrument or clock that is not there.
    """
    return _kinds(local_directory())


def dossier_kind(code: str) -> DossierKind:
    """The kind of that code.

    Raises:
        UnknownCode: there is none.
    """
    kinds = dossier_kinds()
    if code not in kinds:
        raise UnknownCode(f"{FOLDER}: no kind {code!r}; known: {', '.join(kinds)}")
    return kinds[code]


@lru_cache(maxsize=8)
def _kinds(directory: str) -> Mapping[str, DossierKind]:
    found = {}
    for name in names(FOLDER, directory):
        document = documents(f"{FOLDER}/{name}.toml", directory)[-1]
        found[name] = _load(document, name)
    return MappingProxyType(found)


def _load(document: Document, name: str) -> DossierKind:
    try:
        kind = DossierKind.model_validate({**document.content, "origin": document.origin})
    except ValidationError as error:
        raise TableInvalid(f"{document.path.name}: {first_problem(error)}") from error
    if kind.header.code != name:
        raise TableInvalid(f"{document.path.name}: code must be {name}; got {kind.header.code}")
    for citation in (one for criterion in kind.criteria for one in criterion.articles):
        if citation.instrument not in instruments():
            raise TableInvalid(
                f"{document.path.name}: unknown instrument {citation.instrument!r};"
                " add it to instruments.toml"
            )
    for step in kind.steps:
        if step.clock not in table(CLOCKS).rows:
            raise TableInvalid(f"{document.path.name}: no clock {step.clock!r} in clocks.toml")
    return kind
