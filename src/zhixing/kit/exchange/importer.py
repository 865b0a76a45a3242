"""What an app declares to make a register importable, and where importers are found."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from django.utils.translation import gettext as _

from zhixing.kit.actors import Actor
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.fields import ImportField, Mask, parse_column
from zhixing.kit.exchange.reading import Batch, Fault


@dataclass(frozen=True, slots=True)
class Context:
    """For whom and where an import writes."""

    actor: Actor
    unit_path: str
    run_id: int | None
    mapped: frozenset[str]


@dataclass(slots=True)
class Rows:
    """A batch read by an importer: values per field, and everything that is wrong so far.

    `columns` holds one array per mapped field (null where empty or faulty); `check` may add
    further ones. `headings` names each field as the file does.
    """

    numbers: npt.NDArray[np.int64]
    columns: dict[str, pa.Array]
    raw: Mapping[str, pa.StringArray]
    headings: Mapping[str, str]
    bad: Mask
    faults: list[Fault] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.numbers)

    def fault(self, name: str, mask: Mask, expected: str, advice: str) -> None:
        """Mark rows as unusable because of one field."""
        self.bad |= mask
        texts = self.raw.get(name)
        heading = self.headings.get(name, name)
        for index in np.flatnonzero(mask):
            value = texts[int(index)].as_py() if texts is not None else ""
            self.faults.append(
                Fault(int(self.numbers[index]), heading, value or "", expected, advice)
            )

    def good(self) -> Rows:
        """The usable rows alone."""
        if not self.bad.any():
            return self
        keep = ~self.bad
        mask = pa.array(keep)
        return Rows(
            self.numbers[keep],
            {name: values.filter(mask) for name, values in self.columns.items()},
            {name: values.filter(mask) for name, values in self.raw.items()},
            self.headings,
            np.zeros(int(keep.sum()), dtype=bool),
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one existing row that an import changes; personal data already masked."""

    row: int
    key: str
    column: str
    before: str
    after: str


@dataclass(slots=True)
class Plan:
    """What writing a batch would do: places of the rows that are new, changed, and as they were."""

    created: npt.NDArray[np.int64]
    updated: npt.NDArray[np.int64]
    unchanged: npt.NDArray[np.int64]
    changes: list[Change]
    payload: Any = None


class Importer(ABC):
    """One kind of rows that can be imported; `upsert.ModelImporter` does most of it."""

    slug: ClassVar[str]
    label: ClassVar[Any]
    permission: ClassVar[str]
    fields: ClassVar[Sequence[ImportField]]
    # Raised when the meaning of the same file changes; stands in the audit entry.
    version: ClassVar[int] = 1

    def field(self, name: str) -> ImportField:
        """The field of that name.

        Raises:
            Invalid: there is none; the sentence lists those there are.
        """
        for column in self.fields:
            if column.name == name:
                return column
        known = ", ".join(column.name for column in self.fields)
        raise Invalid(
            _("Expected one of the fields %(known)s; found “%(name)s”.")
            % {"known": known, "name": name}
        )

    def may(self, actor: Actor) -> bool:
        """Whether the actor may import this register."""
        return actor.has_perm(self.permission)

    def offices(self, actor: Actor) -> list[tuple[str, str]]:
        """(path, name) of the offices the actor may import for; apps give real names."""
        return [(path, path) for path in actor.scope_paths]

    @abstractmethod
    def identities(self, mapped: Collection[str]) -> Sequence[Sequence[str]]:
        """The fields that identify a row: first the key, then others that must be unique.

        Raises:
            Invalid: the mapped fields hold no key.
        """

    def parse(self, batch: Batch, mapping: Mapping[str, str], constants: Mapping[str, str]) -> Rows:
        """Read a batch by the mapping (heading → field); `constants` fill fields of every row."""
        headings = {name: heading for heading, name in mapping.items() if name}
        raw = {name: batch.columns[heading] for name, heading in headings.items()}
        count = len(batch.rows)
        raw |= {name: pa.array([value] * count, pa.string()) for name, value in constants.items()}
        rows = Rows(batch.rows, {}, raw, headings, np.zeros(count, dtype=bool))
        faults = [f for f in batch.faults if not f.column or f.column in headings.values()]
        rows.faults.extend(faults)
        rows.bad |= np.isin(batch.rows, [fault.row for fault in faults])
        # The cells of a row of the wrong width may stand in wrong columns: one error is enough.
        whole = np.isin(batch.rows, [fault.row for fault in faults if not fault.column])
        key = self.identities(raw)[0]
        for name, texts in raw.items():
            column = self.field(name)
            required = column.required or (len(key) == 1 and name in key)
            rows.columns[name], defects = parse_column(column, texts, required=required)
            told = whole | np.isin(
                batch.rows, [fault.row for fault in faults if fault.column == headings.get(name)]
            )
            for defect in defects:
                rows.fault(name, defect.mask & ~told, defect.expected, defect.advice)
        return rows

    @abstractmethod
    def check(self, rows: Rows, context: Context) -> None:
        """Mark what only the register or other fields can tell; look-ups go column by column."""

    @abstractmethod
    def plan(self, rows: Rows, context: Context) -> Plan:
        """What writing these (good) rows would do."""

    @abstractmethod
    def apply(self, plan: Plan, context: Context) -> None:
        """Write a plan, in the caller's transaction."""


_importers: dict[str, Importer] = {}


def register(importer: type[Importer]) -> type[Importer]:
    """Make an importer known by its slug (a class decorator)."""
    _importers[importer.slug] = importer()
    return importer


def importers() -> list[Importer]:
    """Every importer, by slug."""
    return [_importers[slug] for slug in sorted(_importers)]


def importer_for(slug: str) -> Importer:
    """The importer of that slug.

    Raises:
        Invalid: there is none; the sentence lists those there are.
    """
    if slug not in _importers:
        raise Invalid(
            _("Expected one of the registers %(known)s; found “%(name)s”.")
            % {"known": ", ".join(sorted(_importers)), "name": slug}
        )
    return _importers[slug]
