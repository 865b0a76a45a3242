"""What is on screen as a file: CSV, XLSX or Parquet, in bounded memory, and as a deed."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import models
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.kit.actors import Actor
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.sheets import write_sheet

CHUNK_ROWS = 2_000
# A spreadsheet program runs a cell beginning with one of these as a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class ExportColumn(Protocol):
    """A column as exports need it."""

    @property
    def name(self) -> str:
        """Stable name; the column's name in Parquet."""

    @property
    def label(self) -> Any:
        """Heading in CSV and XLSX."""

    def values(self, rows: Sequence[Any]) -> list[Any]:
        """Plain values of some rows, personal data masked."""


Chunk = list[list[Any]]


def export_response(
    actor: Actor,
    register_label: str,
    columns: Sequence[ExportColumn],
    queryset: models.QuerySet[Any],
    fmt: str,
    filters: Mapping[str, Any],
) -> FileResponse:
    """Write the rows of `queryset` (already restricted to what the actor may see) and send them.

    The deed `register.export` says which register, filters, columns and format, and how many rows.

    Args:
        register_label: names the file and stands in the audit entry.
        fmt: `csv` (UTF-8 with BOM), `xlsx` or `parquet`.
        filters: what was filtered by, as JSON values.

    Raises:
        Invalid: another format.
    """
    if fmt not in FORMATS:
        raise Invalid(
            _("Expected one of the formats %(known)s; found “%(format)s”.")
            % {"known": ", ".join(FORMATS), "format": fmt}
        )
    write, kind = FORMATS[fmt]
    with tempfile.TemporaryDirectory(prefix="export-") as folder:
        path = Path(folder) / f"export.{fmt}"
        count = write(path, columns, _chunks(queryset, columns))
        detail = {
            "register": register_label,
            "filters": dict(filters),
            "columns": [column.name for column in columns],
            "format": fmt,
            "rows": count,
        }
        with deed(actor, "register.export", detail=detail):
            file = path.open("rb")
    name = f"{register_label}-{timezone.localtime():%Y%m%d-%H%M}.{fmt}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind)


def _chunks(queryset: models.QuerySet[Any], columns: Sequence[ExportColumn]) -> Iterator[Chunk]:
    """One list per column, for some rows at a time."""
    rows: list[Any] = []
    for row in queryset.iterator(chunk_size=CHUNK_ROWS):
        rows.append(row)
        if len(rows) == CHUNK_ROWS:
            yield [column.values(rows) for column in columns]
            rows = []
    if rows:
        yield [column.values(rows) for column in columns]


def guarded(value: Any) -> str:
    """A value as CSV text that no spreadsheet program takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(DANGEROUS) else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        return _local(value).isoformat(" ", "seconds")
    return str(value)


def _local(moment: dt.datetime) -> dt.datetime:
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


def _spreadsheet_value(value: Any) -> Any:
    return _local(value) if isinstance(value, dt.datetime) else value


def _write_csv(path: Path, columns: Sequence[ExportColumn], chunks: Iterator[Chunk]) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([guarded(str(column.label)) for column in columns])
        for chunk in chunks:
            writer.writerows(zip(*([guarded(v) for v in column] for column in chunk), strict=True))
            count += len(chunk[0])
    return count


def _write_xlsx(path: Path, columns: Sequence[ExportColumn], chunks: Iterator[Chunk]) -> int:
    rows = (
        [_spreadsheet_value(value) for value in row]
        for chunk in chunks
        for row in zip(*chunk, strict=True)
    )
    return write_sheet(path, [str(column.label) for column in columns], rows)


def _write_parquet(path: Path, columns: Sequence[ExportColumn], chunks: Iterator[Chunk]) -> int:
    """Types follow the first rows of each column; a column without a value there is text."""
    writer: pq.ParquetWriter | None = None
    schema = pa.schema([(column.name, pa.string()) for column in columns])
    count = 0
    try:
        for chunk in chunks:
            if writer is None:
                schema = pa.schema(
                    [(c.name, _type_of(values)) for c, values in zip(columns, chunk, strict=True)]
                )
                writer = pq.ParquetWriter(path, schema, compression="zstd")
            arrays = [
                pa.array(_fitting(values, f.type), f.type)
                for values, f in zip(chunk, schema, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            count += len(chunk[0])
        if writer is None:
            writer = pq.ParquetWriter(path, schema)
    finally:
        if writer is not None:
            writer.close()
    return count


def _type_of(values: Sequence[Any]) -> pa.DataType:
    kinds = {type(value) for value in values if value is not None}
    if len(kinds) == 1:
        return _TYPES.get(kinds.pop(), pa.string())
    return pa.float64() if kinds and kinds <= {int, float} else pa.string()


_TYPES: dict[type, pa.DataType] = {
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
    dt.date: pa.date32(),
    dt.datetime: pa.timestamp("us", "UTC"),
}


def _fitting(values: Sequence[Any], kind: pa.DataType) -> Sequence[Any]:
    if pa.types.is_string(kind):
        return [None if value is None else str(value) for value in values]
    if pa.types.is_floating(kind):
        return [None if value is None else float(value) for value in values]
    return values


Writer = Callable[[Path, Sequence[ExportColumn], Iterator[Chunk]], int]
FORMATS: dict[str, tuple[Writer, str]] = {
    "csv": (_write_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        _write_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "parquet": (_write_parquet, "application/vnd.apache.parquet"),
}

__all__ = ["FORMATS", "ExportColumn", "export_response", "guarded"]
