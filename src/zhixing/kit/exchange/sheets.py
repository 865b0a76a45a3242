"""What goes back to the officer as spreadsheets: all errors, all changes, and the rejected rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter
from django.utils.translation import gettext as _

from zhixing.kit.exchange.checking import Outcome
from zhixing.kit.exchange.importer import Change, Importer
from zhixing.kit.exchange.models import ImportRun
from zhixing.kit.exchange.reading import Fault
from zhixing.kit.exchange.staging import StagedRows
from zhixing.kit.exchange.storage import (
    changes_path,
    errors_path,
    outcomes_path,
    rows_path,
    sheet_path,
)
from zhixing.kit.exchange.tables import TableReader

# A worksheet ends here (with its header); longer lists go on in a further sheet.
SHEET_ROWS = 1_048_575
WIDTH = 22


def message_of(fault: Fault) -> str:
    """The whole sentence of a fault: what was expected, what came, what to do."""
    facts = {"expected": fault.expected, "found": fault.value, "advice": fault.advice}
    if not fault.value:
        return _("Expected %(expected)s; found nothing. %(advice)s") % facts
    return _("Expected %(expected)s; found “%(found)s”. %(advice)s") % facts


def write_sheet(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows as XLSX in constant memory, texts as texts; returns how many.

    Lists longer than a worksheet go on in further sheets, each with the header.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    partial = path.with_suffix(".partial")
    count = 0
    with xlsxwriter.Workbook(str(partial), options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        dates = book.add_format({"num_format": "yyyy-mm-dd"})
        moments = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        book.remove_timezone = True
        sheet = None
        for row in rows:
            line = count % SHEET_ROWS + 1
            if sheet is None or line == 1:
                sheet = _new_sheet(book, header, bold)
            for column, value in enumerate(row):
                _write_cell(sheet, line, column, value, dates, moments)
            count += 1
        if sheet is None:
            _new_sheet(book, header, bold)
    partial.replace(path)
    return count


def _new_sheet(book: Any, header: Sequence[str], bold: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(header) - 1, 0), WIDTH)
    for column, name in enumerate(header):
        sheet.write_string(0, column, name, bold)
    return sheet


def _write_cell(sheet: Any, line: int, column: int, value: Any, dates: Any, moments: Any) -> None:
    import datetime as dt

    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, column, value)
    elif isinstance(value, int | float) and abs(value) < 10**15:
        sheet.write_number(line, column, value)
    elif isinstance(value, dt.datetime):
        sheet.write_datetime(line, column, value, moments)
    elif isinstance(value, dt.date):
        sheet.write_datetime(line, column, value, dates)
    else:
        # A cell holds at most 32,767 characters.
        sheet.write_string(line, column, str(value)[:32_767])


def write_errors(run: ImportRun) -> Path:
    """All errors of the last check, by row and column."""
    path = sheet_path(run, "errors")
    faults = TableReader(errors_path(run), Fault)
    write_sheet(
        path,
        [_("Row"), _("Column"), _("Value"), _("Expected"), _("What to do")],
        ((f.row, f.column, f.value, f.expected, f.advice) for f in faults),
    )
    return path


def write_changes(run: ImportRun) -> Path:
    """What the last check expects to change in existing rows."""
    path = sheet_path(run, "changes")
    changes = TableReader(changes_path(run), Change)
    write_sheet(
        path,
        [_("Row"), _("Key"), _("Column"), _("Before"), _("After")],
        ((c.row, c.key, c.column, c.before, c.after) for c in changes),
    )
    return path


def write_rejects(run: ImportRun, importer: Importer) -> Path:
    """The rows with errors as they came, with a last column saying why; correct and send again."""
    path = sheet_path(run, "rejects")
    staged = StagedRows(rows_path(run))
    outcomes = np.load(outcomes_path(run))
    header = [*staged.header, _("Why it was not taken")]

    def rows() -> Iterable[list[str]]:
        faults = iter(TableReader(errors_path(run), Fault))
        fault = next(faults, None)
        start = 0
        for batch in staged:
            bad = np.flatnonzero(outcomes[start : start + len(batch.rows)] == Outcome.BAD)
            start += len(batch.rows)
            for index in bad:
                number = int(batch.rows[index])
                reasons: list[str] = []
                while fault is not None and fault.row <= number:
                    if fault.row == number:
                        reasons.append(f"{fault.column}: {message_of(fault)}".lstrip(": "))
                    fault = next(faults, None)
                cells = [batch.columns[name][int(index)].as_py() for name in staged.header]
                yield [*cells, "\n".join(reasons)]

    write_sheet(path, header, rows())
    return path
