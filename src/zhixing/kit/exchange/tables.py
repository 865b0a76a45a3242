"""Lists that may be long (errors, changes): written as they come, read back a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

T = TypeVar("T")
GROUP_ROWS = 10_000


class TableWriter(Generic[T]):
    """Appends dataclass rows of text and whole numbers to a Parquet file.

    The file stands under its name only when all of it is written.
    """

    def __init__(self, path: Path, row: type[T]) -> None:
        self._path = path
        self._partial = path.with_suffix(".partial")
        self._schema = pa.schema(
            [
                (f.name, pa.int64() if f.type in {"int", int} else pa.string())
                for f in fields(row)  # type: ignore[arg-type]
            ]
        )
        self._writer = pq.ParquetWriter(self._partial, self._schema, compression="zstd")
        self._waiting: list[T] = []
        self.count = 0

    def extend(self, rows: Sequence[T]) -> None:
        self._waiting.extend(rows)
        self.count += len(rows)
        while len(self._waiting) >= GROUP_ROWS:
            self._flush(self._waiting[:GROUP_ROWS])
            del self._waiting[:GROUP_ROWS]

    def _flush(self, rows: list[T]) -> None:
        columns = zip(*(astuple(row) for row in rows), strict=True)  # type: ignore[call-overload]
        arrays = [pa.array(c, f.type) for c, f in zip(columns, self._schema, strict=True)]
        self._writer.write_batch(pa.record_batch(arrays, schema=self._schema))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None and self._waiting:
            self._flush(self._waiting)
        self._writer.close()
        if kind is None:
            self._partial.replace(self._path)
        else:
            self._partial.unlink()


class TableReader(Generic[T]):
    """Reads what a `TableWriter` wrote."""

    def __init__(self, path: Path, row: type[T]) -> None:
        self._row = row
        self._file = pq.ParquetFile(path)
        self.count: int = self._file.metadata.num_rows

    def page(self, offset: int, limit: int) -> list[T]:
        """Up to `limit` rows from `offset` on; touches only the row groups they lie in."""
        rows: list[T] = []
        start = 0
        for group in range(self._file.num_row_groups):
            size = self._file.metadata.row_group(group).num_rows
            first = max(offset - start, 0)
            if first < size and len(rows) < limit:
                table = self._file.read_row_group(group).slice(first, limit - len(rows))
                rows += [self._row(**values) for values in table.to_pylist()]
            start += size
        return rows

    def __iter__(self) -> Iterator[T]:
        for group in range(self._file.num_row_groups):
            for values in self._file.read_row_group(group).to_pylist():
                yield self._row(**values)

    def column(self, name: str) -> Any:
        """One whole column."""
        return self._file.read([name]).column(0)
