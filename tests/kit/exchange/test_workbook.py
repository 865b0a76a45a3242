"""What the streaming XLSX reader makes of good and of bad files."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import python_calamine
import xlsxwriter

from tests.kit.exchange.conftest import Files, write_xlsx
from tests.kit.exchange.test_reading import read, refusal
from zhixing.kit.exchange.reading import open_source
from zhixing.kit.exchange.reading.spreadsheet import open_spreadsheet

ROWS: list[list[Any]] = [
    ["名称", "数量", "日期", "时刻", "比例", "是否", "空"],
    ["济南鑫源", 12, date(2026, 11, 24), "8:30", 0.1, True, None],
    ["  两端  空格 ", 123456789012345, date(1999, 12, 31), "x", 1.5, False, None],
    ["𬭎", -3, date(1904, 2, 29), "<&>", 1e-7, True, "最后"],
]


@pytest.mark.parametrize("options", [{}, {"constant_memory": True}])
def test_it_agrees_with_calamine(tmp_path: Path, options: dict[str, bool]) -> None:
    """Shared and inline strings, numbers, dates and truth values read as calamine reads them."""
    path = write_xlsx(tmp_path / "a.xlsx", ROWS, **options)
    streamed = [batch.columns for batch in open_source(path, "a.xlsx").batches]
    whole = [batch.columns for batch in open_spreadsheet(path, None).batches]
    assert streamed == whole
    assert streamed[0]["日期"].to_pylist() == ["2026-11-24", "1999-12-31", "1904-02-29"]
    assert streamed[0]["数量"].to_pylist() == ["12", "123456789012345", "-3"]
    assert streamed[0]["名称"].to_pylist()[2] == "𬭎"


def test_days_from_1904_and_times_are_read(tmp_path: Path) -> None:
    """A workbook of the other calendar gives the same days; a time keeps its seconds."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": True}) as book:
        sheet = book.add_worksheet()
        form = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.write(0, 0, "when")
        sheet.write_datetime(1, 0, datetime(2026, 11, 24, 8, 30, 15), form)  # noqa: DTZ001
    assert read(path)[1] == [(2, ["2026-11-24 08:30:15"])]


def test_a_code_typed_as_number_is_an_error_not_a_wrong_code(tmp_path: Path) -> None:
    """18 digits in a number cell have lost their end; the reader says so."""
    path = write_xlsx(tmp_path / "a.xlsx", [["code"], [913701021234567890]])
    faults = [f for batch in open_source(path, "a.xlsx").batches for f in batch.faults]
    assert [(fault.row, fault.column) for fault in faults] == [(2, "code")]
    assert "15" in faults[0].expected


def test_a_failing_formula_is_an_error(tmp_path: Path) -> None:
    """#N/A in a cell is reported with its row and column."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write_formula(1, 0, "=NA()", None, "#N/A")
        sheet.write(2, 0, "fine")
    faults = [f for batch in open_source(path, "a.xlsx").batches for f in batch.faults]
    assert [(fault.row, fault.column, fault.value) for fault in faults] == [(2, "a", "#N/A")]


def test_other_sheets_are_named_and_hidden_ones_skipped(tmp_path: Path) -> None:
    """The first visible sheet is read; the officer learns of the others."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, is_hidden in (("hidden", True), ("first", False), ("second", False)):
            sheet = book.add_worksheet(name)
            sheet.write_column(0, 0, [name, "1"])
            if is_hidden:
                sheet.hide()
        book.get_worksheet_by_name("first").activate()
    header, rows, notes = read(path)
    assert (header, rows) == (["first"], [(2, ["1"])])
    assert "second" in notes[0]
    assert "hidden" not in notes[0]


def test_a_file_cut_short_is_refused(files: Files, tmp_path: Path) -> None:
    """A broken XLSX is refused as broken, wherever it breaks."""
    whole = write_xlsx(tmp_path / "a.xlsx", ROWS).read_bytes()
    for size in (3, 40, len(whole) // 2, len(whole) - 30):
        assert "broken" in refusal(files("b.xlsx", whole[:size] if size > 3 else b"PK\x03\x04x"))


def test_damaged_sheet_xml_is_refused(tmp_path: Path, files: Files) -> None:
    """Damage inside the sheet is found even when the archive is whole."""
    whole = write_xlsx(tmp_path / "a.xlsx", ROWS)
    damaged = _with_part(whole, "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2])
    assert "broken" in refusal(files("b.xlsx", damaged))


def test_a_document_type_is_refused(tmp_path: Path, files: Files) -> None:
    """A sheet that declares entities is no honest spreadsheet."""
    whole = write_xlsx(tmp_path / "a.xlsx", ROWS)
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'
    hostile = _with_part(
        whole, "xl/worksheets/sheet1.xml", lambda xml: bomb + xml.split(b"?>", 1)[1]
    )
    assert "broken" in refusal(files("b.xlsx", hostile))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, files: Files) -> None:
    """An archive that claims to unpack to an absurd size is refused by its table of contents."""
    whole = write_xlsx(tmp_path / "a.xlsx", ROWS)
    bomb = _with_part(whole, "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * (150 << 20))
    assert "unpacks" in refusal(files("b.xlsx", bomb))
    assert "unpacks" in refusal(whole, max_bytes=1000)


def test_another_archive_is_no_table(files: Files) -> None:
    """A ZIP without a worksheet is refused as such."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.txt", "x")
    assert "without a worksheet" in refusal(files("a.xlsx", content.getvalue()))


def test_rows_beyond_the_header_are_marked(tmp_path: Path) -> None:
    """A cell to the right of the last heading is an error of its row, not lost."""
    path = write_xlsx(tmp_path / "a.xlsx", [["a", "b"], ["1", "2", "3"], ["1"]])
    batch = next(iter(open_source(path, "a.xlsx").batches))
    assert [(fault.row, fault.value) for fault in batch.faults] == [(2, "3")]
    assert batch.columns["b"].to_pylist() == ["2", ""]


def _with_part(path: Path, name: str, change: Any) -> bytes:
    content = io.BytesIO()
    with (
        zipfile.ZipFile(path) as old,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return content.getvalue()


def test_calamine_is_the_reference_here(tmp_path: Path) -> None:
    """The file that both readers agree on is one that calamine opens by itself."""
    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    assert python_calamine.load_workbook(str(path)).sheet_names == ["Sheet1"]
