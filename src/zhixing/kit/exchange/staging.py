"""The file's rows, read once and kept as batches: checking, writing and resuming agree on them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from django.utils.translation import gettext as _

from zhixing.kit.errors import Conflict
from zhixing.kit.exchange.models import ImportRun
from zhixing.kit.exchange.reading import Batch, Fault, Source, open_source
from zhixing.kit.exchange.storage import max_unpacked_bytes, rows_path, upload_path

Progress = Callable[[int, int, str], None]

_ROW = "\x00row"
_FAULTS = "\x00faults"
_FAULT = pa.struct(
    [
        ("row", pa.int64()),
        ("column", pa.string()),
        ("value", pa.string()),
        ("expected", pa.string()),
        ("advice", pa.string()),
    ]
)
_OPTIONS = pa.ipc.IpcWriteOptions(compression="lz4")
HEAD_ROWS = 5


@dataclass(frozen=True, slots=True)
class Head:
    """The headings and first rows of a file, for assigning columns."""

    header: list[str]
    rows: list[list[str]]
    notes: list[str]

    def samples(self, heading: str) -> list[str]:
        """The first values under a heading."""
        place = self.header.index(heading)
        return [row[place] for row in self.rows]


def head(run: ImportRun) -> Head:
    """Read the headings and the first rows of the upload.

    Raises:
        UnreadableFile: see `open_source`.
    """
    source = _opened(run)
    first = next(source.batches)
    values = [first.columns[name][:HEAD_ROWS].to_pylist() for name in source.header]
    return Head(source.header, [list(row) for row in zip(*values, strict=True)], source.notes)


def _opened(run: ImportRun) -> Source:
    path = upload_path(run.file_sm3)
    if not path.exists():
        raise Conflict(_("The file of this import is no longer kept; send it again."))
    return open_source(path, run.file_name, max_bytes=max_unpacked_bytes())


def stage(run: ImportRun, progress: Progress) -> None:
    """Read the whole upload into `rows_path`, unless that was done before.

    Raises:
        UnreadableFile: see `open_source`; broken places may show only while reading.
    """
    target = rows_path(run)
    if target.exists():
        return
    source = _opened(run)
    schema = pa.schema(
        [
            (_ROW, pa.int64()),
            *((name, pa.string()) for name in source.header),
            (_FAULTS, pa.list_(_FAULT)),
        ]
    )
    partial = target.with_suffix(".partial")
    with (
        pa.OSFile(str(partial), "wb") as file,
        pa.ipc.new_file(file, schema, options=_OPTIONS) as writer,
    ):
        for batch in source.batches:
            if len(batch.rows):
                writer.write_batch(_packed(batch, schema))
            progress(int(source.progress() * 1000), 1000, "reading")
    progress(1000, 1000, "reading")
    run.notes = source.notes
    os.replace(partial, target)


def _packed(batch: Batch, schema: pa.Schema) -> pa.RecordBatch:
    faults: list[list[dict[str, object]]] = [[] for _row in batch.rows]
    place = {int(number): index for index, number in enumerate(batch.rows)} if batch.faults else {}
    for fault in batch.faults:
        if (index := place.get(fault.row)) is not None:
            faults[index].append(
                {
                    "row": fault.row,
                    "column": fault.column,
                    "value": fault.value,
                    "expected": fault.expected,
                    "advice": fault.advice,
                }
            )
    empty = pa.nulls(len(batch.rows), pa.list_(_FAULT))
    return pa.record_batch(
        [
            pa.array(batch.rows),
            *batch.columns.values(),
            pa.array(faults, pa.list_(_FAULT)) if batch.faults else empty,
        ],
        schema=schema,
    )


class StagedRows:
    """The staged batches of a run; any one can be read again."""

    def __init__(self, path: Path) -> None:
        self._reader = pa.ipc.open_file(pa.memory_map(str(path)))
        self.header: list[str] = self._reader.schema.names[1:-1]

    def __len__(self) -> int:
        count: int = self._reader.num_record_batches
        return count

    def __getitem__(self, index: int) -> Batch:
        packed = self._reader.get_batch(index)
        faults = tuple(
            Fault(**fault) for fault in (packed.column(_FAULTS).drop_null().flatten().to_pylist())
        )
        return Batch(
            np.asarray(packed.column(_ROW)),
            {name: packed.column(name) for name in self.header},
            faults,
        )

    def __iter__(self) -> Iterator[Batch]:
        return (self[index] for index in range(len(self)))


def taken(batch: Batch, keep: npt.NDArray[np.bool_]) -> Batch:
    """Some rows of a batch."""
    if keep.all():
        return batch
    chosen = pa.array(keep)
    rows = batch.rows[keep]
    numbers = set(rows.tolist()) if batch.faults else set()
    return Batch(
        rows,
        {name: values.filter(chosen) for name, values in batch.columns.items()},
        tuple(fault for fault in batch.faults if fault.row in numbers),
    )
