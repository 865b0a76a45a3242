"""Effective-dated tables: load, check, and find the row in force on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import TypeVar

from pydantic import ValidationError

from zhixing.law.errors import NotInForce, TableInvalid, UnknownCode, UnknownTable
from zhixing.law.schema import Citation, Clock, Instrument, Naming, Provision, Threshold
from zhixing.law.sources import Document, documents, first_problem, local_directory, names

# Tables whose rows say more than amount, unit and article.
ROW_TYPES: Mapping[str, type[Provision]] = {
    "clocks": Clock,
    "crimes": Threshold,
    "infringement_acts": Naming,
    "statements": Naming,
}
INSTRUMENTS = "instruments"
# Files of their own shape, with a loader of their own.
OTHER_FILES = frozenset({INSTRUMENTS, "acts", "forms", "media_ladder", "procedure"})

R = TypeVar("R", Provision, Instrument)


@dataclass(frozen=True, slots=True)
class Table:
    """A loaded table: for each code its rows in order of time, without gap or overlap."""

    name: str
    rows: Mapping[str, tuple[Provision, ...]]

    def on(self, code: str, day: date) -> Provision:
        """The row of `code` in force on `day`.

        Raises:
            UnknownCode: the table has no such code.
            NotInForce: no row of the code covers the day.
        """
        if code not in self.rows:
            raise UnknownCode(f"{self.name}: no provision {code!r}; known: {', '.join(self.rows)}")
        rows = self.rows[code]
        for row in rows:
            if row.is_in_force(day):
                return row
        spans = "; ".join(_span(row) for row in rows)
        raise NotInForce(f"{self.name}: {code} is not in force on {day}; the table holds {spans}")


def table(name: str) -> Table:
    """The table `name`, built in or local, loaded and checked once per local directory.

    The cache needs no lock: tables are immutable, and two threads that load at once get equal
    ones.

    Raises:
        UnknownTable: there is no such table.
        TableInvalid: a file is broken, has unknown keys, or rows of a code overlap or leave a gap.
    """
    return _table(name, local_directory())


def on(table_name: str, code: str, day: date) -> Provision:
    """The provision `code` of a table as in force on `day`, the day of the act.

    Raises:
        UnknownTable, UnknownCode, NotInForce, TableInvalid: see `table` and `Table.on`.
    """
    return table(table_name).on(code, day)


def table_names() -> list[str]:
    """Names of all provision tables, built in and local."""
    return [name for name in names(".", local_directory()) if name not in OTHER_FILES]


def instruments() -> Mapping[str, Instrument]:
    """All laws, regulations and rules that provisions cite, by code.

    Raises:
        TableInvalid: a file is broken or names a code twice.
    """
    return _instruments(local_directory())


def cite(citation: Citation) -> str:
    """The citation as Chinese files write it, e.g. `《行政处罚法》第60条`."""
    return f"《{instruments()[citation.instrument].title_zh}》第{citation.article}条"


@lru_cache(maxsize=64)
def _table(name: str, directory: str) -> Table:
    found = documents(f"{name}.toml", directory)
    if not found or name in OTHER_FILES:
        known = ", ".join(table_names())
        raise UnknownTable(f"no table {name!r}; known: {known}")
    rows: dict[str, tuple[Provision, ...]] = {}
    for document in found:
        # A local file replaces the whole history of each code it names.
        rows.update(_load(document, ROW_TYPES.get(name, Provision), directory))
    return Table(name, MappingProxyType(rows))


@lru_cache(maxsize=8)
def _instruments(directory: str) -> Mapping[str, Instrument]:
    known: dict[str, Instrument] = {}
    for document in documents(f"{INSTRUMENTS}.toml", directory):
        here: dict[str, Instrument] = {}
        for instrument in _parse(document, "instrument", Instrument):
            if instrument.code in here:
                raise TableInvalid(f"{document.path.name}: {instrument.code} is named twice")
            here[instrument.code] = instrument
        known.update(here)
    return MappingProxyType(known)


def _load(
    document: Document, row_type: type[Provision], directory: str
) -> dict[str, tuple[Provision, ...]]:
    by_code: dict[str, list[Provision]] = {}
    known = _instruments(directory)
    for row in _parse(document, "provision", row_type):
        for citation in _citations(row):
            if citation.instrument not in known:
                raise TableInvalid(
                    f"{document.path.name}: {row.code}: unknown instrument"
                    f" {citation.instrument!r}; add it to instruments.toml"
                )
        by_code.setdefault(row.code, []).append(row)
    return {code: _in_order(document, code, rows) for code, rows in by_code.items()}


def _citations(row: Provision) -> Sequence[Citation]:
    if isinstance(row, Clock) and row.extension:
        return row.articles + row.extension.articles
    return row.articles


def _parse(document: Document, section: str, row_type: type[R]) -> list[R]:
    parsed = []
    (rows,) = document.rows(section)
    for position, row in enumerate(rows, start=1):
        if "origin" in row:
            raise TableInvalid(f"{document.path.name}: unknown key origin in row {position}")
        try:
            parsed.append(row_type.model_validate({**row, "origin": document.origin}))
        except ValidationError as error:
            label = row.get("code", f"row {position}")
            raise TableInvalid(f"{document.path.name}: {label}: {first_problem(error)}") from error
    return parsed


def _in_order(document: Document, code: str, rows: list[Provision]) -> tuple[Provision, ...]:
    rows = sorted(rows, key=lambda row: row.valid_from)
    for earlier, later in pairwise(rows):
        if earlier.valid_to is None or later.valid_from <= earlier.valid_to:
            kind = "overlap"
        elif later.valid_from > earlier.valid_to + timedelta(days=1):
            kind = "leave a gap"
        else:
            continue
        raise TableInvalid(
            f"{document.path.name}: {code}: the rows {_span(earlier)} and {_span(later)} {kind}"
        )
    return tuple(rows)


def _span(row: Provision) -> str:
    return f"{row.valid_from} to {row.valid_to or 'now'}"
