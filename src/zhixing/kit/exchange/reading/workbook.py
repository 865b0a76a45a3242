"""XLSX row by row in bounded memory.

calamine holds the whole sheet (measured: 800 MB for a million rows of eight columns), so a sheet
is read here with an event parser; only the table of shared strings is kept, packed.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from django.utils.translation import gettext as _

from zhixing.kit.exchange.reading.cells import (
    DATE_FORMATS,
    EXACT_DIGITS,
    error_fault,
    is_date_format,
    lost_digits_fault,
    plain_number,
    serial_date,
)
from zhixing.kit.exchange.reading.sniff import CHUNK, broken_workbook, open_zip
from zhixing.kit.exchange.reading.source import (
    BATCH_ROWS,
    Batch,
    BatchBuilder,
    Fault,
    Source,
    checked_header,
)
from zhixing.kit.exchange.reading.spreadsheet import sheet_notes

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, expat.ExpatError, KeyError, ValueError)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
# A styles or workbook part is small in any honest file; both are parsed whole.
_MAX_PART = 64 << 20


def open_workbook(path: Path, max_bytes: int | None) -> Source:
    """Open the first visible sheet of an XLSX file.

    Raises:
        UnreadableFile: see `open_source`.
    """
    archive = open_zip(path, max_bytes)
    try:
        sheets, from_1904 = _sheets(archive)
        part = archive.getinfo(sheets[0][1])
        names = archive.namelist()
        strings = _shared_strings(archive) if "xl/sharedStrings.xml" in names else None
        dates = _date_styles(archive) if "xl/styles.xml" in names else frozenset()
    except (*_BROKEN, IndexError, ElementTree.ParseError) as error:
        raise broken_workbook() from error
    sheet = _Sheet(strings, dates, from_1904)
    read = [0]
    rows = _guarded(_rows(archive, part, sheet, read))
    notes = sheet_notes([name for name, _part in sheets])
    number, first = next(((n, cells) for n, cells in rows if any(cells)), (1, []))
    header = checked_header(first, number)
    size = max(part.file_size, 1)
    return Source(
        header, _batches(rows, header, sheet, notes), notes, lambda: min(read[0] / size, 1.0)
    )


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _tree(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if archive.getinfo(name).file_size > _MAX_PART:
        raise ValueError(name)
    data = archive.read(name)
    if b"<!DOCTYPE" in data:
        raise ValueError("a document type in a spreadsheet")
    return ElementTree.fromstring(data)


def _sheets(archive: zipfile.ZipFile) -> tuple[list[tuple[str, str]], bool]:
    """(name, part) of each visible worksheet in order, and whether days count from 1904."""
    book = _tree(archive, "xl/workbook.xml")
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in _tree(archive, "xl/_rels/workbook.xml.rels")
        if relation.get("Type", "").endswith("/worksheet")
    }
    sheets = []
    for element in book.iter():
        if _local(element.tag) != "sheet" or element.get("state", "visible") != "visible":
            continue
        identity = next((v for k, v in element.attrib.items() if _local(k) == "id"), None)
        if target := targets.get(identity):
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            sheets.append((element.get("name", ""), part))
    properties = next((e for e in book.iter() if _local(e.tag) == "workbookPr"), None)
    dated = properties is not None and properties.get("date1904") in {"1", "true"}
    return sheets, dated


def _date_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """The cell styles (`s` attribute) that show dates."""
    root = _tree(archive, "xl/styles.xml")
    custom = {
        element.get("numFmtId"): element.get("formatCode", "")
        for element in root.iter()
        if _local(element.tag) == "numFmt"
    }
    formats = next((e for e in root if _local(e.tag) == "cellXfs"), None)
    found = set()
    for index, style in enumerate(formats if formats is not None else ()):
        number = style.get("numFmtId", "0")
        code = custom.get(number)
        if is_date_format(code) if code is not None else int(number) in DATE_FORMATS:
            found.add(str(index))
    return frozenset(found)


def _parser(handler: Any) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    return parser


def _refuse_doctype(*_args: Any) -> None:
    raise ValueError("a document type in a spreadsheet")


class _Strings:
    """The table of shared strings, packed: a million take their bytes and four more each."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])
        self._pieces: list[str] = []
        self._wanted = False
        self._phonetic = False

    def __getitem__(self, index: int) -> str:
        if index < 0:
            raise ValueError(index)
        try:
            return self._bytes[self._ends[index] : self._ends[index + 1]].decode()
        except IndexError as error:
            raise ValueError(index) from error

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "t":
            self._wanted = not self._phonetic
        elif name == "rPh":
            self._phonetic = True

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "t":
            self._wanted = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self._bytes += _unescaped("".join(self._pieces)).encode()
            self._ends.append(len(self._bytes))
            self._pieces.clear()

    def text(self, data: str) -> None:
        if self._wanted:
            self._pieces.append(data)


def _unescaped(text: str) -> str:
    """XLSX writes a character that XML cannot hold as `_x000D_`."""
    if "_x" not in text:
        return text
    return (
        _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        .encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
    )


def _shared_strings(archive: zipfile.ZipFile) -> _Strings:
    strings = _Strings()
    parser = _parser(strings)
    with archive.open("xl/sharedStrings.xml") as part:
        while chunk := part.read(CHUNK):
            parser.Parse(chunk)
    parser.Parse(b"", True)
    return strings


class _Sheet:
    """Turns the events of a worksheet into rows of text; full rows wait in `done`."""

    def __init__(self, strings: _Strings | None, dates: frozenset[str], from_1904: bool) -> None:
        self.done: list[tuple[int, list[str]]] = []
        self.faults: list[tuple[int, int, str, Callable[[int, str, str], Fault]]] = []
        self._strings = strings
        self._dates = dates
        self._from_1904 = from_1904
        self._row = 0
        self._cells: list[str] = []
        self._column = 0
        self._kind = ""
        self._style = ""
        self._pieces: list[str] = []
        self._wanted = False
        self._phonetic = False
        self._columns: dict[str, int] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            place = attributes.get("r")
            self._column = len(self._cells) if place is None else self._index(place)
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "")
        elif tag == "v" or tag == "t":
            self._wanted = not self._phonetic
        elif tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._cells = []
        elif tag == "rPh":
            self._phonetic = True
        elif ":" in tag:
            self.start(tag.rpartition(":")[2], attributes)

    def end(self, tag: str) -> None:
        if tag == "v" or tag == "t":
            self._wanted = False
        elif tag == "c":
            if self._pieces:
                self._put(self._value("".join(self._pieces)))
                self._pieces.clear()
        elif tag == "row":
            self.done.append((self._row, self._cells))
        elif tag == "rPh":
            self._phonetic = False
        elif ":" in tag:
            self.end(tag.rpartition(":")[2])

    def text(self, data: str) -> None:
        if self._wanted:
            self._pieces.append(data)

    def _index(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        index = self._columns.get(letters)
        if index is None:
            index = 0
            for letter in letters:
                index = index * 26 + ord(letter) - 64
            if not 1 <= index <= 16_384:
                raise ValueError(place)
            index = self._columns[letters] = index - 1
        return index

    def _put(self, value: str) -> None:
        cells = self._cells
        missing = self._column - len(cells)
        if missing == 0:
            cells.append(value)
        elif missing > 0:
            cells.extend([""] * missing)
            cells.append(value)
        else:
            cells[self._column] = value

    def _value(self, text: str) -> str:
        kind = self._kind
        if kind == "s":
            if self._strings is None:
                raise ValueError("no shared strings")
            return self._strings[int(text)]
        if kind == "n":
            return self._number(text)
        if kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        if kind == "e":
            self.faults.append((self._row, self._column, text, error_fault))
            return text
        if kind == "d":
            return text.removesuffix("T00:00:00").replace("T", " ").removesuffix("Z")
        return _unescaped(text)

    def _number(self, text: str) -> str:
        if self._style in self._dates:
            return serial_date(text, from_1904=self._from_1904)
        if text.isdigit() and len(text) <= EXACT_DIGITS:
            return text
        value = plain_number(text)
        if abs(float(text)) >= 10**EXACT_DIGITS:
            self.faults.append((self._row, self._column, value, lost_digits_fault))
        return value


def _rows(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, sheet: _Sheet, read: list[int]
) -> Iterator[tuple[int, list[str]]]:
    parser = _parser(sheet)
    with archive, archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            read[0] += len(chunk)
            parser.Parse(chunk)
            rows, sheet.done = sheet.done, []
            yield from rows
        parser.Parse(b"", True)
        yield from sheet.done


def _guarded(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from rows
    except _BROKEN as error:
        raise broken_workbook() from error


def _batches(
    rows: Iterator[tuple[int, list[str]]], header: list[str], sheet: _Sheet, notes: list[str]
) -> Iterator[Batch]:
    builder = BatchBuilder(header)
    width = len(header)
    for number, cells in rows:
        missing = width - len(cells)
        if missing > 0:
            cells = cells + [""] * missing
        elif missing < 0 and not any(cells[width:]):
            cells = cells[:width]
        builder.add(number, cells)
        if len(builder) == BATCH_ROWS:
            _mark(builder, sheet, number)
            yield builder.build()
    _mark(builder, sheet, None)
    if builder.blank:
        notes.append(_("%(count)s blank rows were left out.") % {"count": builder.blank})
    yield builder.build()


def _mark(builder: BatchBuilder, sheet: _Sheet, until: int | None) -> None:
    """Give the builder the faulty cells of rows up to `until`."""
    header = builder.header
    later = []
    for row, column, value, fault in sheet.faults:
        if until is not None and row > until:
            later.append((row, column, value, fault))
        elif column < len(header) and row > 0:
            builder.fault(fault(row, header[column], value))
    sheet.faults = later
