"""XLS, XLSB and ODS through calamine, which holds the whole sheet: for files of moderate size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import python_calamine as calamine
from django.utils.translation import gettext as _

from zhixing.kit.exchange.reading.cells import error_fault, lost_digits_fault, plain_number
from zhixing.kit.exchange.reading.sniff import broken_workbook
from zhixing.kit.exchange.reading.source import (
    BATCH_ROWS,
    Batch,
    BatchBuilder,
    Source,
    UnreadableFile,
    checked_header,
)

# An XLS sheet ends at 65,536 rows; the others may be longer, and XLSX is the way to stream those.
MAX_BYTES = 40 << 20
ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")


def open_spreadsheet(path: Path, max_bytes: int | None) -> Source:
    """Open the first visible sheet.

    Raises:
        UnreadableFile: broken, protected by a password, too large for this format, without header.
    """
    if path.stat().st_size > min(MAX_BYTES, max_bytes or MAX_BYTES):
        raise UnreadableFile(
            _("an XLS, XLSB or ODS file of at most %(size)s MB") % {"size": MAX_BYTES >> 20},
            _("a larger one"),
            _("Save it as XLSX or CSV."),
        )
    try:
        book = calamine.CalamineWorkbook.from_path(path)
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == calamine.SheetVisibleEnum.Visible
            and sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        sheet = book.get_sheet_by_name(names[0])
        rows = enumerate(sheet.to_python(skip_empty_area=False), start=1)
    except calamine.PasswordError as error:
        raise UnreadableFile(
            _("a file without a password"),
            _("one protected by a password"),
            _("Remove the password and send it again."),
        ) from error
    except (calamine.CalamineError, OSError, IndexError) as error:
        raise broken_workbook() from error
    notes = sheet_notes(names)
    number, first = next(((n, cells) for n, cells in rows if any(c != "" for c in cells)), (1, []))
    header = checked_header([_text(cell) for cell in first], number)
    return Source(header, _batches(rows, header, notes), notes)


def sheet_notes(names: list[str]) -> list[str]:
    """Says which sheet is read where there are several."""
    if len(names) < 2:
        return []
    return [
        _("Only the sheet “%(first)s” is read; not: %(others)s.")
        % {"first": names[0], "others": "、".join(names[1:])}
    ]


def _batches(
    rows: Iterator[tuple[int, list[Any]]], header: list[str], notes: list[str]
) -> Iterator[Batch]:
    builder = BatchBuilder(header)
    for number, cells in rows:
        texts = [_text(cell) for cell in cells]
        for name, cell, text in zip(header, cells, texts, strict=False):
            if text in ERRORS:
                builder.fault(error_fault(number, name, text))
            elif isinstance(cell, float) and abs(cell) >= 1e15:
                builder.fault(lost_digits_fault(number, name, text))
        builder.add(number, _trimmed(texts, len(header)))
        if len(builder) == BATCH_ROWS:
            yield builder.build()
    if builder.blank:
        notes.append(_("%(count)s blank rows were left out.") % {"count": builder.blank})
    yield builder.build()


def _trimmed(texts: list[str], width: int) -> list[str]:
    return texts if any(texts[width:]) else texts[:width]


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return plain_number(repr(cell))
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ") if cell.time() != dt.time() else cell.date().isoformat()
    return str(cell)
