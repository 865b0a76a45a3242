"""An index over marks: candidates from pair keys, then exact ranking; on disk, memory-mapped."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from . import align, decision, grammar, keys
from .compiled import kernel
from .cores import Cores, cores
from .method import METHOD
from .reasons import REASONS, compare
from .text import Strings, as_list

FORMAT = 1
_ARRAYS = ("units", "positions", "offsets", "traits", "starts", "postings")
MAX_RESULTS = 1000


class UnusableIndex(Exception):
    """A folder that is not a usable index; the message says what was expected and found."""


@dataclass(frozen=True, slots=True)
class Index:
    """Marks ready to be searched. Make one with `build_index` or `Index.load`."""

    mark_ids: Sequence[str]
    marks: Sequence[str]
    cores: Cores
    common: NDArray[np.bool_]  # marks that are everybody's words
    shift: int  # 64 minus the bits of a bucket number
    wide: bool  # whether the marks' near shapes are in the buckets; if not, queries bring theirs
    starts: NDArray[np.int64]
    postings: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.cores)

    def search(self, queries: Strings | pa.Table, k: int = 10, *, exact: bool = False) -> pa.Table:
        """The ``k`` most alike marks of every query, best first.

        Of equal scores a bare mark comes before a full enterprise name, then the lower row.

        ``queries`` is a column of names or a table with ``query``. ``exact`` compares with every
        mark instead of the candidates of the pair keys. Columns: ``query_row, rank`` (from 1),
        ``mark_row, mark_id, mark, score, probability, kind, reasons, ms`` (CPU time of the query,
        in its first row). A query without a trade name, or like nothing, has no row.
        Raises ValueError unless 1 <= k <= 1000.
        """
        if not 1 <= k <= MAX_RESULTS:
            raise ValueError(f"k must be from 1 to {MAX_RESULTS}; got {k}")
        listed = as_list(queries["query"] if isinstance(queries, pa.Table) else queries)
        rows: list[tuple[int, int, int, float | None]] = []
        searcher = _Searcher(self, exact=exact)
        asked = cores(listed)
        for row in range(len(listed)):
            begun = time.thread_time()
            best = searcher.best(asked.of(row), k)
            spent = (time.thread_time() - begun) * 1000
            for rank, mark_row in enumerate(best, start=1):
                rows.append((row, rank, int(mark_row), spent if rank == 1 else None))
        marks = [mark for _, _, mark, _ in rows]
        model = decision.decision().pair
        found = [
            compare(
                self.marks[mark],
                listed[row],
                self.cores,
                mark,
                asked,
                row,
                self.common[mark],
                model,
            )
            for row, _, mark, _ in rows
        ]
        return pa.table(
            {
                "query_row": pa.array([row for row, *_ in rows], pa.int32()),
                "rank": pa.array([rank for _, rank, *_ in rows], pa.int32()),
                "mark_row": pa.array(marks, pa.int32()),
                "mark_id": pa.array([self.mark_ids[mark] for mark in marks], pa.string()),
                "mark": pa.array([self.marks[mark] for mark in marks], pa.string()),
                "score": pa.array([c.score for c in found], pa.float32()),
                "probability": pa.array([c.probability for c in found], pa.float32()),
                "kind": pa.array([c.kind for c in found], pa.string()),
                "reasons": pa.array([c.rows() for c in found], REASONS),
                "ms": pa.array([spent for *_, spent in rows], pa.float32()),
            }
        )

    def save(self, path: str | Path) -> None:
        """Write the index as a folder of arrays."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name in _ARRAYS:
            source = self if name in ("starts", "postings") else self.cores
            np.save(folder / f"{name}.npy", getattr(source, name))
        table = pa.table(
            {
                "mark_id": pa.array(self.mark_ids, pa.string()),
                "mark": pa.array(self.marks, pa.string()),
            }
        )
        with pa.ipc.new_file(str(folder / "marks.arrow"), table.schema) as out:
            out.write_table(table)
        about = {"format": FORMAT, "method": str(METHOD), "marks": len(self)}
        about |= {"shift": self.shift, "wide": self.wide}
        (folder / "index.json").write_text(json.dumps(about), encoding="utf-8")

    @classmethod
    def load(cls, path: str | Path) -> Index:
        """Open a folder written by `save`; arrays stay on disk until they are read.

        Raises `UnusableIndex` when the folder is no index, or one of another format.
        """
        folder = Path(path)
        try:
            about = json.loads((folder / "index.json").read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise UnusableIndex(f"{folder}: no look-alike index (index.json is missing)") from error
        if about.get("format") != FORMAT:
            raise UnusableIndex(
                f"{folder}: expected index format {FORMAT}; found {about.get('format')}"
            )
        try:
            arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}
            with pa.memory_map(str(folder / "marks.arrow")) as source:
                table = pa.ipc.open_file(source).read_all()
        except (OSError, ValueError) as error:
            raise UnusableIndex(f"{folder}: the index is incomplete ({error})") from error
        parts = [np.asarray(arrays[name]) for name in _ARRAYS]
        held = Cores(*parts[:4])
        return cls(
            mark_ids=table["mark_id"].to_pylist(),
            marks=table["mark"].to_pylist(),
            cores=held,
            common=decision.everyday(held),
            shift=int(about["shift"]),
            wide=bool(about["wide"]),
            starts=parts[4],
            postings=parts[5],
        )


def build_index(marks: Strings | pa.Table, *, wide: bool = False) -> Index:
    """An index over a column of marks, or a table with ``mark`` and, if present, ``mark_id``.

    Without ids a mark's row number is its id. ``wide`` stores every mark under its near shapes too:
    some 300 times the postings, for short lists that millions of names are held against.
    """
    if isinstance(marks, pa.Table):
        listed = as_list(marks["mark"])
        ids = as_list(marks["mark_id"]) if "mark_id" in marks.column_names else None
    else:
        listed, ids = as_list(marks), None
    parts = cores(listed)
    t = align.tables()
    width = max(8, int(len(parts.units) * (128 if wide else 2)).bit_length())
    shift = 64 - width
    starts = np.zeros((1 << width) + 1, np.int64)
    keys.count_buckets(parts.units, parts.offsets, t, shift, wide, starts)
    np.cumsum(starts, out=starts)
    postings = np.empty(int(starts[-1]), np.int32)
    cursor = starts[:-1].copy()
    keys.fill_postings(parts.units, parts.offsets, t, shift, wide, cursor, postings)
    return Index(
        mark_ids=ids if ids is not None else [str(row) for row in range(len(listed))],
        marks=listed,
        cores=parts,
        common=decision.everyday(parts),
        shift=shift,
        wide=wide,
        starts=starts,
        postings=postings,
    )


class _Searcher:
    """Working memory for a run of queries against one index."""

    def __init__(self, index: Index, *, exact: bool) -> None:
        self._index = index
        self._exact = exact
        self._tables = align.tables()
        self._scratch = align.scratch()
        self._stamp = np.zeros(len(index), np.int32)
        self._found = np.arange(len(index), dtype=np.int32)
        self._order = np.empty(len(index), np.int64)
        self._turn = 0

    def best(self, query: NDArray[np.uint16], k: int) -> NDArray[np.int64]:
        """Rows of the best ``k`` marks, best first."""
        index = self._index
        count = len(index)
        if not self._exact:
            self._turn += 1
            count = keys.candidates(
                query,
                self._tables,
                index.shift,
                not index.wide,
                index.starts,
                index.postings,
                self._scratch.keys,
                self._stamp,
                self._turn,
                self._found,
            )
        rank_all(
            query,
            index.cores.units,
            index.cores.offsets,
            index.cores.traits,
            self._found[:count],
            self._tables,
            self._scratch,
            self._order,
        )
        order = self._order[:count]
        if count > k:
            order = np.partition(order, count - k)[count - k :]
        order = np.sort(order)[::-1]
        order = order[order >= _LOWEST_RANK]
        return _ROWS - (order & _ROWS)


_ROWS = 0x7FFFFFFF
_SCALE = 1 << 20
_LOWEST_RANK = int(0.34 * _SCALE) << 32  # below a third of the characters nothing is worth showing


@kernel
def rank_all(
    query: NDArray[np.uint16],
    units: NDArray[np.uint16],
    offsets: NDArray[np.int64],
    traits: NDArray[np.uint8],
    rows: NDArray[np.int32],
    t: align.Tables,
    s: align.Scratch,
    out: NDArray[np.int64],
) -> None:
    """One sortable number a candidate: score, then a bare mark before a full name, then the row."""
    align.set_profile(query, t, s)
    m = len(query)
    for at in range(len(rows)):
        row = rows[at]
        n = offsets[row + 1] - offsets[row]
        score = 0.0
        if n > 0 and m > 0 and max(n, m) <= 3 * min(n, m):
            least = align.cost(units[offsets[row] : offsets[row + 1]], query, t, s)
            score = align.score_of(least, n, m)
        bare = 0 if traits[row] & grammar.HAS_FORM else 1
        out[at] = (np.int64(score * _SCALE) << 32) | (bare << 31) | (_ROWS - row)
    align.clear_profile(query, t, s)
