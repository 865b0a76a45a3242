"""Registers of texts whose names are judged, kept by apps that do not know who judges them.

A product label is kept by the monitor of chains and judged by the brand guard. The two do not know
each other: the keeper registers its register here at start-up, the judge reads it here, and what
the judge found is a section of the keeper's page (`docs/decisions/0007`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.core.files import File
from django.db.models import QuerySet

from zhixing.kit.actors import Actor
from zhixing.kit.register import Section


@dataclass(frozen=True, slots=True)
class NamedParty:
    """Somebody or something that a text names.

    Attributes:
        role: as in `engines.labels.ROLES`.
        start, end: where it stands in the text; None for what an officer wrote instead.
        subject_id: the operator of the register it is, if known.
    """

    role: str
    name: str
    start: int | None = None
    end: int | None = None
    subject_id: int | None = None


@dataclass(frozen=True, slots=True)
class SeenText:
    """One row of such a register, as its keeper tells it.

    Attributes:
        subject_id: the operator whom a suspicion is about.
        users: who uses the names that stand on it, by key and by name.
        region, industry: GB/T 2260 and GB/T 4754 code of the operator; empty when not known.
    """

    pk: int
    text: str
    unit_path: str
    seen_on: date
    where: str
    parties: tuple[NamedParty, ...]
    users: tuple[tuple[int | None, str], ...]
    subject_id: int | None = None
    region: str = ""
    industry: str = ""
    nice_classes: tuple[int, ...] = ()


class Entered(Protocol):
    """A row with a page of its own."""

    def get_absolute_url(self) -> str: ...


class Record(Protocol):
    """The deed that enters a row by its text, where it was seen and a photo."""

    def __call__(
        self, actor: Actor, *, text: str, where: str, photo: File[Any] | None
    ) -> Entered: ...


@dataclass(frozen=True, slots=True)
class NameSource:
    """A register of texts that hold names.

    Attributes:
        kind: the kind of name it brings, such as `label`.
        rows: all rows of all offices, with `unit_path` and `updated`.
        read: rows of it as `SeenText`, in a fixed number of queries.
        record: enters one.
        add_permission: who may enter one.
        page: name of the address of a row's page.
        importer: slug of the importer that brings many.
        deeds: deeds after which a row is judged anew, each with the fields that make another
            verdict; none is every field.
    """

    kind: str
    rows: Callable[[], QuerySet[Any]]
    read: Callable[[QuerySet[Any]], Sequence[SeenText]]
    record: Record
    add_permission: str
    page: str
    importer: str
    deeds: Mapping[str, Collection[str]]


_sources: dict[str, NameSource] = {}
_sections: dict[str, dict[str, Section]] = {}


def register_name_source(source: NameSource) -> None:
    """Offer a register's names for judging; a second one of the same kind replaces the first."""
    _sources[source.kind] = source


def name_source(kind: str) -> NameSource | None:
    """The register of that kind of names, if an app keeps one."""
    return _sources.get(kind)


def name_sources() -> list[NameSource]:
    """All of them, by kind."""
    return [_sources[kind] for kind in sorted(_sources)]


def register_name_section(kind: str, section: Section) -> None:
    """Add what a judge knows of a row to the page of every row of that kind of names."""
    _sections.setdefault(kind, {})[section.key] = section


def name_sections(kind: str) -> list[Section]:
    """What judges add to the page of a row of that kind."""
    return sorted(_sections.get(kind, {}).values(), key=lambda section: section.order)
