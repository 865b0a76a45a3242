"""What every reader gives: a header and batches of text; and how a file finds its reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from django.utils.translation import gettext as _

from zhixing.kit.errors import Invalid

# Small enough for a few megabytes, large enough that column-wise work dominates.
BATCH_ROWS = 20_000


class UnreadableFile(Invalid):
    """The file as a whole cannot be used; the sentence says what was expected, found, and to do."""

    code = "import.unreadable"

    def __init__(self, expected: str, found: str, advice: str) -> None:
        super().__init__(
            _("Expected %(expected)s; found %(found)s. %(advice)s")
            % {"expected": expected, "found": found, "advice": advice}
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell, or with a whole row when `column` is empty."""

    row: int
    column: str
    value: str
    expected: str
    advice: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive rows: their line (or sheet row) numbers and one text array per column."""

    rows: npt.NDArray[np.int64]
    columns: dict[str, pa.StringArray]
    faults: Sequence[Fault] = ()


@dataclass(slots=True)
class Source:
    """An opened file: its header, and its rows as batches that can be read once.

    `notes` are sentences for the officer (which sheet, which encoding, blank rows left out);
    `progress()` is the share of the file read so far, 0 to 1.
    """

    header: list[str]
    batches: Iterator[Batch]
    notes: list[str] = field(default_factory=list)
    progress: Callable[[], float] = lambda: 0.0


def open_source(path: Path, name: str, *, max_bytes: int | None = None) -> Source:
    """Open a file of rows by what it contains; `name` is what the officer called it.

    Args:
        path: the file: CSV or TSV (also .gz) in UTF-8, UTF-16 or GB18030; XLSX, XLS, XLSB, ODS.
        name: the file's own name; only tells a comma from a tab where both would do.
        max_bytes: the most the file may grow to when unpacked.

    Raises:
        UnreadableFile: empty, broken, of another kind, in a mixed encoding, without a usable
            header, or growing absurdly when unpacked.
    """
    from zhixing.kit.exchange.reading import delimited, spreadsheet, workbook
    from zhixing.kit.exchange.reading.sniff import kind_of

    kind = kind_of(path)
    if kind == "xlsx":
        return workbook.open_workbook(path, max_bytes)
    if kind == "spreadsheet":
        return spreadsheet.open_spreadsheet(path, max_bytes)
    return delimited.open_delimited(path, name, gzipped=kind == "gzip", max_bytes=max_bytes)


def checked_header(cells: Sequence[str], line: int) -> list[str]:
    """The headings, trimmed; trailing empty ones are left out.

    Raises:
        UnreadableFile: no heading at all, an empty one between others, or one given twice.
    """
    names = [cell.strip().removeprefix("\ufeff").strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise UnreadableFile(
            _("a row of column headings"),
            _("an empty row at line %(line)s") % {"line": line},
            _("Put the headings in the first row."),
        )
    for position, name in enumerate(names, start=1):
        if not name:
            raise UnreadableFile(
                _("a heading over every column"),
                _("none over column %(position)s at line %(line)s")
                % {"position": position, "line": line},
                _("Name the column or delete it."),
            )
        first = names.index(name) + 1
        if first != position:
            raise UnreadableFile(
                _("each heading once"),
                _("“%(name)s” over columns %(first)s and %(second)s at line %(line)s")
                % {"name": name, "first": first, "second": position, "line": line},
                _("Rename or delete one of them."),
            )
    return names


class BatchBuilder:
    """Collects rows and turns them into a batch of columns; keeps to the header's width."""

    def __init__(self, header: Sequence[str]) -> None:
        self.header = list(header)
        self.blank = 0
        self._width = len(self.header)
        self._reset()

    def _reset(self) -> None:
        self._numbers: list[int] = []
        self._cells: list[Sequence[str]] = []
        self._faults: list[Fault] = []

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, number: int, cells: Sequence[str]) -> None:
        """Add a row as it stands in the file; a row of another width is kept and marked."""
        if len(cells) != self._width:
            if not any(cells):
                self.blank += 1
                return
            cells = self._fitted(number, list(cells))
        elif not any(cells):
            self.blank += 1
            return
        self._numbers.append(number)
        self._cells.append(cells)

    def fault(self, fault: Fault) -> None:
        self._faults.append(fault)

    def _fitted(self, number: int, cells: list[str]) -> list[str]:
        surplus = cells[self._width :]
        if any(surplus) or len(cells) < self._width:
            self.fault(
                Fault(
                    number,
                    "",
                    " | ".join(surplus),
                    _("%(count)s cells, as the header has") % {"count": self._width},
                    _("The row has %(count)s cells: look for a missing or surplus separator.")
                    % {"count": len(cells)},
                )
            )
        return cells[: self._width] + [""] * (self._width - len(cells))

    def build(self) -> Batch:
        """The rows collected since the last call."""
        columns = zip(*self._cells, strict=True) if self._cells else ([] for _name in self.header)
        batch = Batch(
            np.array(self._numbers, dtype=np.int64),
            {
                name: pa.array(values, pa.string())
                for name, values in zip(self.header, columns, strict=True)
            },
            tuple(self._faults),
        )
        self._reset()
        return batch
