"""Tables on disk for the engine commands: read, check, reject row by row, write.

UTF-8 with a header row; the ending decides the format: ``.csv``, ``.tsv``, ``.jsonl``,
``.parquet``; the text formats also with ``.gz``. A bad row is never dropped silently: it goes to
a rejects file with its line number and reason.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa
import pyarrow.parquet as pq

FORMATS = (".csv", ".tsv", ".jsonl", ".parquet")


class TableError(Exception):
    """A file that cannot be used as a whole; its message is one line for the person at the shell.

    Commands print it and exit with status 2.
    """

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not used: ``line`` counts from 1 and includes the header line."""

    line: int
    reason: str
    row: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The usable rows of a file (all columns as text), the line each began on, and the rest."""

    table: pa.Table
    lines: tuple[int, ...]
    rejects: tuple[Reject, ...]


Check = Callable[[Mapping[str, str]], str | None]


def read_rows(
    path: str | Path,
    *,
    required: Sequence[str],
    check: Check | None = None,
    not_empty: Sequence[str] = (),
    unique: str | None = None,
) -> Rows:
    """Read a table as text columns; rows that cannot be used become rejects.

    ``required`` columns must be in the header. A row is rejected when its number of fields is
    wrong, it is not valid UTF-8 or JSON, a ``not_empty`` column is blank, its ``unique`` value was
    seen before, or ``check(row)`` returns a reason. Raises `TableError` when the file is missing,
    empty, of an unknown ending, broken, or lacks a required column.
    """
    path = Path(path)
    kind = _format(path)
    if not path.is_file():
        raise TableError(f"{path}: no such file")
    try:
        header, records = _open_records(path, kind)
    except (OSError, EOFError, UnicodeDecodeError, pa.ArrowInvalid, csv.Error) as error:
        raise TableError(f"{path}: not a readable {kind} file ({error})") from error
    _require(path, header, required)
    columns: dict[str, list[str]] = {name: [] for name in header}
    lines: list[int] = []
    rejects: list[Reject] = []
    seen: dict[str, int] = {}
    try:
        for line, row, raw, fault in records:
            if fault is None:
                fault = _fault(row, not_empty, unique, seen, check)
            if fault is not None:
                rejects.append(Reject(line, fault, raw))
                continue
            if unique is not None:
                seen[row[unique]] = line
            lines.append(line)
            for name in header:
                columns[name].append(row[name])
    except (OSError, EOFError, csv.Error) as error:
        raise TableError(f"{path}: not a readable {kind} file ({error})") from error
    table = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    return Rows(table, tuple(lines), tuple(rejects))


def write_table(path: str | Path, table: pa.Table) -> None:
    """Write ``table`` in the format of its ending; nested values become JSON text in csv and tsv.

    Raises `TableError` when the ending is unknown or the place cannot be written.
    """
    path = Path(path)
    kind = _format(path)
    try:
        if kind == ".parquet":
            pq.write_table(table, path)
            return
        with _open_write(path) as out:
            if kind == ".jsonl":
                for batch in table.to_batches():
                    for row in batch.to_pylist():
                        out.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
                return
            writer = csv.writer(out, delimiter="," if kind == ".csv" else "\t", lineterminator="\n")
            writer.writerow(table.column_names)
            for batch in table.to_batches():
                writer.writerows(
                    [_cell(value) for value in values]
                    for values in zip(*(c.to_pylist() for c in batch.columns), strict=True)
                )
    except OSError as error:
        raise TableError(f"{path}: cannot be written ({error.strerror or error})") from error


def write_rejects(path: str | Path | None, rejects: Sequence[Reject]) -> None:
    """Write ``line, reason, row`` of every reject; an empty list still gives the header."""
    if path is None:
        return
    write_table(
        path,
        pa.table(
            {
                "line": pa.array([r.line for r in rejects], pa.int64()),
                "reason": pa.array([r.reason for r in rejects], pa.string()),
                "row": pa.array([r.row for r in rejects], pa.string()),
            }
        ),
    )


def _format(path: Path) -> str:
    name = path.name.lower().removesuffix(".gz")
    for kind in FORMATS:
        if name.endswith(kind):
            return kind
    raise TableError(f"{path}: unknown ending; expected one of {', '.join(FORMATS)} (or .gz)")


def _require(path: Path, header: Sequence[str], required: Sequence[str]) -> None:
    missing = [name for name in required if name not in header]
    if missing:
        raise TableError(
            f"{path}: expected columns {', '.join(required)}; found {', '.join(header) or 'none'}"
            f" (missing {', '.join(missing)})"
        )


def _fault(
    row: Mapping[str, str],
    not_empty: Sequence[str],
    unique: str | None,
    seen: Mapping[str, int],
    check: Check | None,
) -> str | None:
    for name in not_empty:
        if not row[name].strip():
            return f"{name} is empty"
    if unique is not None and row[unique] in seen:
        return f"{unique} {row[unique]} was already on line {seen[row[unique]]}"
    return check(row) if check else None


Record = tuple[int, dict[str, str], str, str | None]


def _open_records(path: Path, kind: str) -> tuple[list[str], Iterator[Record]]:
    if kind == ".parquet":
        table = _read_parquet(path)
        return table.column_names, _parquet_records(table)
    lines = _text_lines(path)
    if kind == ".jsonl":
        return _jsonl_records(lines)
    reader = csv.reader(
        (text for _, text in _numbered(lines)),
        delimiter="," if kind == ".csv" else "\t",
        quoting=csv.QUOTE_MINIMAL if kind == ".csv" else csv.QUOTE_NONE,
    )
    header = [name.strip() for name in next(reader, [])]
    return header, _csv_records(reader, header)


def _text_lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as raw:
        yield from gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else raw


def _numbered(lines: Iterator[bytes]) -> Iterator[tuple[int, str]]:
    for number, raw in enumerate(lines, start=1):
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8", errors="surrogateescape")
        if number == 1 and _has_bad_bytes(text):
            raise UnicodeDecodeError("utf-8", raw[:1], 0, 1, "the header is not UTF-8")
        yield number, text.replace("\0", "\ufffd")


def _has_bad_bytes(text: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in text)


def _shown(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _csv_records(reader: Any, header: Sequence[str]) -> Iterator[Record]:
    previous = reader.line_num
    for fields in reader:
        line, previous = previous + 1, reader.line_num
        if not fields:
            continue
        raw = ",".join(fields)
        if _has_bad_bytes(raw):
            yield line, {}, _shown(raw), "not valid UTF-8"
        elif len(fields) != len(header):
            yield line, {}, raw, f"expected {len(header)} fields; found {len(fields)}"
        else:
            yield line, dict(zip(header, fields, strict=True)), raw, None


def _jsonl_records(lines: Iterator[bytes]) -> tuple[list[str], Iterator[Record]]:
    objects: list[tuple[int, dict[str, Any] | None, str, str | None]] = []
    header: dict[str, None] = {}
    for number, text in _numbered(lines):
        if not text.strip():
            continue
        raw = text.rstrip("\r\n")
        if _has_bad_bytes(text):
            objects.append((number, None, _shown(raw), "not valid UTF-8"))
            continue
        try:
            value = json.loads(text)
        except ValueError as error:
            objects.append((number, None, raw, f"not valid JSON ({error})"))
            continue
        if not isinstance(value, dict):
            objects.append((number, None, raw, "expected a JSON object"))
            continue
        header.update(dict.fromkeys(map(str, value)))
        objects.append((number, value, raw, None))

    def records() -> Iterator[Record]:
        for number, value, raw, fault in objects:
            row = {name: _text((value or {}).get(name)) for name in header}
            yield number, row, raw, fault

    return list(header), records()


def _read_parquet(path: Path) -> pa.Table:
    if path.suffix == ".gz":
        return pq.read_table(io.BytesIO(gzip.decompress(path.read_bytes())))
    return pq.read_table(path)


def _parquet_records(table: pa.Table) -> Iterator[Record]:
    number = 1
    for batch in table.to_batches(max_chunksize=65536):
        for values in batch.to_pylist():
            number += 1
            row = {name: _text(value) for name, value in values.items()}
            yield number, row, ",".join(row.values()), None


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _open_write(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return cast(IO[str], gzip.open(path, "wt", encoding="utf-8", newline=""))
    return path.open("w", encoding="utf-8", newline="")
