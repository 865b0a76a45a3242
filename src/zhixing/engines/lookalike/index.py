"""An index over marks: search, exact scan, additions and removals; on disk, memory-mapped."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from . import align, bounds, decision, renderings, seeking
from .classes import Classes
from .cores import Cores, cores
from .method import METHOD
from .postings import Postings, arrange, as_cores, read_only
from .reasons import REASONS, compare
from .text import Strings, as_list

FORMAT = 3
MAX_RESULTS = 1000
CHANNELS = {"all": bounds.ALL, "glyph": bounds.GLYPH, "sound": bounds.SOUND}
_TABLE, _ABOUT, _CLASSES = "marks.arrow", "index.json", "classes.npy"
_LARGE = 20_000  # added marks from which they are merged when they are a tenth of all
_SLICE = 500_000  # texts parsed at a time
_PAGE = 4096  # smaller arrays are read at once
_RENDERED = int(renderings.SAME_MEANING * seeking.SCALE)
_EVERYTHING = np.zeros(0, np.bool_)


class UnusableIndex(Exception):
    """A folder that is not a usable index; the message says what was expected and found."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Postings ready for the kernels."""

    postings: Postings
    voices: bounds.Voices

    @classmethod
    def of(cls, postings: Postings) -> Segment:
        """Postings with the tables that follow from them."""
        return cls(postings, bounds.voices(postings.present))


class Index:
    """Marks ready to be searched. Make one with `build_index` or `Index.load`.

    Marks added later lie in a second small segment, removed ones are only marked, until `compact`.
    Row numbers stay as they are until then. One thread at a time may change an index; searches
    that are under way meanwhile answer for the state in which they began.
    """

    def __init__(self, marks: pa.Table, segments: Sequence[Segment], classes: Classes) -> None:
        self._marks = marks  # mark_id, mark; removed ones included
        self._segments = tuple(segments)
        self._classes = classes
        self._kept = _EVERYTHING  # row -> still there; empty while none was removed

    def __len__(self) -> int:
        return int(self._kept.sum()) if len(self._kept) else self._marks.num_rows

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The first holds the bulk of the marks."""
        return self._segments

    @property
    def kept(self) -> NDArray[np.bool_]:
        """Which rows have not been removed; empty when all are there."""
        return self._kept

    @property
    def nbytes(self) -> int:
        """Bytes of all arrays; the texts and ids of the marks are not counted."""
        return sum(segment.postings.nbytes for segment in self._segments) + self._classes.nbytes

    def ids_of(self, rows: Sequence[int] | NDArray[np.integer]) -> list[str]:
        """The ``mark_id`` of each row."""
        return self._taken("mark_id", rows)

    def marks_of(self, rows: Sequence[int] | NDArray[np.integer]) -> list[str]:
        """The mark of each row."""
        return self._taken("mark", rows)

    def _taken(self, column: str, rows: Sequence[int] | NDArray[np.integer]) -> list[str]:
        found: list[str] = self._marks[column].take(pa.array(rows, pa.int64())).to_pylist()
        return found

    def search(
        self,
        queries: Strings | pa.Table,
        k: int = 10,
        *,
        each: int = 1,
        channel: str = "all",
        exact: bool = False,
    ) -> pa.Table:
        """The ``k`` most alike marks of every query, best first.

        Of equal scores a bare mark comes before a name with more words, then the lower row. At most
        ``each`` marks of one trade name are listed, so that the many bearers of an ordinary name do
        not hide the next one, and beside them one that has the query's own trade words; ``each=k``
        lists every bearer. The renderings of a query (APPLE for
        苹果) are searched too, unless by one ``channel``.

        ``queries`` is a column of names or a table with ``query`` and, if present, ``classes``
        (class numbers, e.g. ``5;30``): marks of one of them, or without any, then come before all
        others. ``channel`` is what counts as likeness of characters: ``all``, ``glyph`` or
        ``sound``; probability, kind and reasons are always those of the whole comparison.
        ``exact`` aligns every mark, to audit what the postings leave out.

        Columns: ``query_row, rank`` (from 1), ``mark_row, mark_id, mark, score, probability, kind,
        reasons, ms`` (CPU time of finding the marks, in the query's first row). A query without a
        trade name, or like nothing, has no row. Raises ValueError unless 1 <= k <= 1000, each >= 1
        and the channel is known.
        """
        if not 1 <= k <= MAX_RESULTS:
            raise ValueError(f"k must be from 1 to {MAX_RESULTS}; got {k}")
        if each < 1:
            raise ValueError(f"each must be at least 1; got {each}")
        if channel not in CHANNELS:
            raise ValueError(f"channel must be one of {', '.join(CHANNELS)}; got {channel}")
        listed, wanted = _asked(queries)
        searcher = _Searcher(self, CHANNELS[channel], exact, each)
        asked = cores(listed)
        rows: list[int] = []
        ranks: list[int] = []
        scores: list[float] = []
        spent: list[float | None] = []
        found: list[int] = []
        for row in range(len(listed)):
            begun = time.thread_time()
            words = int(asked.words[row])
            best = searcher.with_renderings(asked.of(row), words, k, wanted[row] if wanted else 0)
            took = (time.thread_time() - begun) * 1000
            rows += [row] * len(best)
            ranks += range(1, len(best) + 1)
            spent += [took if at == 0 else None for at in range(len(best))]
            found += (seeking.ROWS - (best & seeking.ROWS)).tolist()
            scores += ((best >> 32) / seeking.SCALE).tolist()
        return self._table(listed, asked, rows, ranks, scores, spent, found, channel)

    def scan(
        self, queries: Strings | pa.Table, k: int = 10, *, each: int = 1, channel: str = "all"
    ) -> pa.Table:
        """`search` by aligning every mark: slow, and by definition complete."""
        return self.search(queries, k, each=each, channel=channel, exact=True)

    def search_lists(
        self, queries: Strings | pa.Table, k: int = 10, *, each: int = 1
    ) -> dict[str, pa.Table]:
        """`search` by every channel: the merged list (``all``), by glyph and by sound."""
        return {
            channel: self.search(queries, k, channel=channel, each=each) for channel in CHANNELS
        }

    def _table(
        self,
        listed: Sequence[str],
        asked: Cores,
        rows: Sequence[int],
        ranks: Sequence[int],
        scores: Sequence[float],
        spent: Sequence[float | None],
        found: Sequence[int],
        channel: str,
    ) -> pa.Table:
        marks = self.marks_of(found)
        parsed = cores(marks)
        common, everyday_name = decision.everyday(parsed), decision.everyday(asked)
        model = decision.decision().pair
        compared = [
            compare(
                mark, listed[row], parsed, at, asked, row, common[at], everyday_name[row], model
            )
            for at, (mark, row) in enumerate(zip(marks, rows, strict=True))
        ]
        if channel == "all":
            scores = [c.score for c in compared]
        return pa.table(
            {
                "query_row": pa.array(rows, pa.int32()),
                "rank": pa.array(ranks, pa.int32()),
                "mark_row": pa.array(found, pa.int32()),
                "mark_id": pa.array(self.ids_of(found), pa.string()),
                "mark": pa.array(marks, pa.string()),
                "score": pa.array(scores, pa.float32()),
                "probability": pa.array([c.probability for c in compared], pa.float32()),
                "kind": pa.array([c.kind for c in compared], pa.string()),
                "reasons": pa.array([c.rows() for c in compared], REASONS),
                "ms": pa.array(spent, pa.float32()),
            }
        )

    def add(self, marks: pa.Table) -> None:
        """Add marks (``mark_id``, ``mark`` and, if present, ``classes``) without a rebuild.

        Raises ValueError when an id is given twice or is in the index already.
        """
        added, classes = _columns(marks)
        ids = added["mark_id"]
        known = self._marks["mark_id"]
        if len(self._kept):
            known = known.filter(pa.array(self._kept))
        again = pc.filter(known, pc.is_in(known, value_set=ids.combine_chunks()))
        if not len(again):
            again = pc.filter(ids, pc.greater(_occurrences(ids), 1))
        if len(again):
            raise ValueError(f"mark_id {again[0].as_py()} is in the index already or given twice")
        first = self._marks.num_rows
        table = pa.concat_tables([self._marks, added])
        recent = [as_cores(segment.postings) for segment in self._segments[1:]]
        recent.append(_parsed(added["mark"]))
        begin = len(self._segments[0].postings.bare)
        delta = Segment.of(arrange(_chained(recent), begin))
        if len(self._kept):
            self._kept = np.concatenate([self._kept, np.ones(table.num_rows - first, np.bool_)])
        self._classes = self._classes.followed_by(classes, first, len(added))
        self._marks, self._segments = table, (self._segments[0], delta)
        if table.num_rows - begin > max(_LARGE, table.num_rows // 10):
            self.compact()

    def remove(self, ids: Strings) -> int:
        """Remove the marks with these ids without a rebuild; returns how many were there."""
        gone = pc.is_in(self._marks["mark_id"], value_set=pa.array(as_list(ids), pa.string()))
        kept = ~gone.to_numpy()
        before = len(self)
        self._kept = kept & self._kept if len(self._kept) else kept
        left = len(self)
        if left == self._marks.num_rows:
            self._kept = _EVERYTHING
        elif left < self._marks.num_rows // 2:
            self.compact()
        return before - left

    def compact(self) -> None:
        """Make one segment of all that is there; rows are numbered anew, in the same order."""
        if len(self._segments) == 1 and not len(self._kept):
            return
        parts = _chained([as_cores(segment.postings) for segment in self._segments])
        table = self._marks
        if len(self._kept):
            parts = _filtered(parts, self._kept)
            table = table.filter(pa.array(self._kept))
            self._classes = self._classes.filtered(self._kept)
        self._marks, self._segments = table, (Segment.of(arrange(parts)),)
        self._kept = _EVERYTHING

    def save(self, path: str | Path) -> None:
        """Write the index, compacted, as a folder of arrays; an index there is replaced.

        The folder is written beside and then renamed, so that a search that has the old one open
        goes on, and a failure leaves the old one.
        """
        self.compact()
        folder = Path(path)
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = folder.with_name(f".{folder.name}.{os.getpid()}.new")
        fresh.mkdir()
        try:
            self._write(fresh)
            if folder.exists():
                old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
                folder.rename(old)
                fresh.rename(folder)
                shutil.rmtree(old)
            else:
                fresh.rename(folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def _write(self, folder: Path) -> None:
        for name, array in self._segments[0].postings._asdict().items():
            np.save(folder / f"{name}.npy", array)
        if len(self._classes.masks):
            np.save(folder / _CLASSES, self._classes.masks)
        with pa.ipc.new_file(str(folder / _TABLE), self._marks.schema) as out:
            out.write_table(self._marks)
        about = {"format": FORMAT, "method": str(METHOD), "marks": len(self)}
        (folder / _ABOUT).write_text(json.dumps(about), encoding="utf-8")

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Open a folder written by `save`; arrays and texts stay on disk until they are read.

        Raises `UnusableIndex` when the folder is no index, or one of another format.
        """
        folder = Path(path)
        try:
            about = json.loads((folder / _ABOUT).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise UnusableIndex(f"{folder}: no look-alike index (index.json is missing)") from error
        if about.get("format") != FORMAT:
            raise UnusableIndex(
                f"{folder}: expected index format {FORMAT}; found {about.get('format')}"
            )
        try:
            postings = Postings(*(_mapped(folder / f"{name}.npy") for name in Postings._fields))
            classes = folder / _CLASSES
            masks: NDArray[np.uint64] = np.zeros(0, np.uint64)
            masks = _mapped(classes) if classes.is_file() else masks
            with pa.memory_map(str(folder / _TABLE)) as source:
                table = pa.ipc.open_file(source).read_all()
        except (OSError, ValueError) as error:
            raise UnusableIndex(f"{folder}: the index is incomplete ({error})") from error
        return cls(table, [Segment.of(read_only(postings))], Classes(masks))


def build_index(marks: Strings | pa.Table) -> Index:
    """An index over a column of marks, or a table with ``mark`` and, if present, ``mark_id``.

    Without ids a mark's row number is its id. A column ``classes`` (``5;30``) lets queries ask for
    marks of their classes first.
    """
    table, classes = _columns(marks)
    return Index(table, [Segment.of(arrange(_parsed(table["mark"])))], classes)


def _columns(marks: Strings | pa.Table) -> tuple[pa.Table, Classes]:
    """Ids and texts, and the classes, of marks in any form."""
    given = marks if isinstance(marks, pa.Table) else pa.table({"mark": as_array(marks)})
    texts = as_array(given["mark"])
    if "mark_id" in given.column_names:
        ids = as_array(given["mark_id"])
    else:
        ids = pc.cast(pa.array(np.arange(len(texts))), pa.string())
    classes = as_list(given["classes"]) if "classes" in given.column_names else []
    return pa.table({"mark_id": ids, "mark": texts}), Classes.read(classes)


def as_array(names: Strings) -> pa.ChunkedArray:
    """The column as Arrow text without nulls."""
    if not isinstance(names, pa.Array | pa.ChunkedArray):
        names = pa.array(names, pa.string())
    chunked = pa.chunked_array([names]) if isinstance(names, pa.Array) else names
    return pc.fill_null(chunked.cast(pa.string()), "")


def _asked(queries: Strings | pa.Table) -> tuple[list[str], list[int]]:
    """Query texts, and the class masks when classes are given."""
    if not isinstance(queries, pa.Table):
        return as_list(queries), []
    texts = as_list(queries["query"])
    if "classes" not in queries.column_names:
        return texts, []
    read = Classes.read(as_list(queries["classes"]))
    return texts, read.masks.tolist() or [0] * len(texts)


def _occurrences(ids: pa.ChunkedArray) -> pa.Array:
    encoded = ids.combine_chunks().dictionary_encode()
    numbers = encoded.indices.to_numpy()
    return pa.array(np.bincount(numbers)[numbers] if len(numbers) else numbers)


def _parsed(texts: pa.ChunkedArray) -> Cores:
    """Trade names of a column, some at a time: of a whole column the texts would fill memory."""
    slices = range(0, max(1, len(texts)), _SLICE)
    parts = [cores(as_list(texts.slice(at, _SLICE))) for at in slices]
    return _chained(parts)


def _chained(parts: Sequence[Cores]) -> Cores:
    """Columns of trade names one after the other; places in the texts are not kept."""
    lengths = np.concatenate([np.diff(part.offsets) for part in parts])
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    units = np.concatenate([part.units for part in parts])
    traits = np.concatenate([part.traits for part in parts])
    words = np.concatenate([part.words for part in parts])
    return Cores(units, np.zeros(0, np.int32), offsets, traits, words)


def _filtered(parts: Cores, kept: NDArray[np.bool_]) -> Cores:
    lengths = np.diff(parts.offsets)
    offsets = np.zeros(int(kept.sum()) + 1, np.int64)
    np.cumsum(lengths[kept], out=offsets[1:])
    units = parts.units[np.repeat(kept, lengths)]
    return Cores(units, np.zeros(0, np.int32), offsets, parts.traits[kept], parts.words[kept])


def _mapped(path: Path) -> NDArray[Any]:
    array: NDArray[Any] = np.load(path, mmap_mode="r" if path.stat().st_size > _PAGE else None)
    return array


class _Searcher:
    """Working memory for a run of queries against one index."""

    def __init__(self, index: Index, channel: int, exhaustive: bool, each: int) -> None:
        self._index = index
        self._each = each
        self._segments = index.segments
        self._kept = index.kept
        self._classes = index._classes
        self._channel = channel
        self._exhaustive = exhaustive
        self._tables = align.tables()
        self._scratch = align.scratch()
        self._work = [seeking.work(segment.postings) for segment in self._segments]
        self._ranks = np.empty(8192, np.int64)

    def with_renderings(
        self, query: NDArray[np.uint16], words: int, k: int, wanted: int
    ) -> NDArray[np.int64]:
        """`best`, joined by the marks that are a rendering of the whole query."""
        best = self.best(query, words, k, wanted)
        if self._channel != bounds.ALL or wanted:
            return best
        found = [best]
        for other in renderings.renderings(query):
            alike = self.best(other, words, k, wanted)
            same = alike[alike >> 32 == seeking.SCALE]
            found.append((_RENDERED << 32) | (same & 0xFFFFFFFF))
        if len(found) == 1:
            return best
        ranks = np.sort(np.concatenate(found))[::-1]
        _, first = np.unique(ranks & seeking.ROWS, return_index=True)
        joined: NDArray[np.int64] = ranks[np.sort(first)][:k]
        return joined

    def best(self, query: NDArray[np.uint16], words: int, k: int, wanted: int) -> NDArray[np.int64]:
        """Sortable numbers of the best ``k`` rows, best first; see `seeking.seek`."""
        if not wanted or not len(self._classes.masks):
            return self._among(query, words, k, self._kept)
        fitting = self._classes.fitting(wanted)
        kept = fitting & self._kept if len(self._kept) else fitting
        best = self._among(query, words, k, kept)
        if len(best) < k:
            rest = ~fitting & self._kept if len(self._kept) else ~fitting
            best = np.concatenate([best, self._among(query, words, k - len(best), rest)])
        return best

    def _among(
        self, query: NDArray[np.uint16], words: int, k: int, kept: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        found = [self._seek(at, query, words, k, kept) for at in range(len(self._segments))]
        ranks = np.concatenate(found) if len(found) > 1 else found[0]
        if sum(len(part) > 0 for part in found) > 1:
            ranks = self._thinned(np.sort(ranks)[::-1], words)
        if len(ranks) > k:
            ranks = np.partition(ranks, len(ranks) - k)[len(ranks) - k :]
        return np.sort(ranks)[::-1]

    def _thinned(self, ranks: NDArray[np.int64], words: int) -> NDArray[np.int64]:
        """Best first, without the bearers of one trade name beyond ``each``, of all segments."""
        names = cores(self._index.marks_of(seeking.ROWS - (ranks & seeking.ROWS)))
        borne: Counter[bytes] = Counter()
        told: set[bytes] = set()
        kept = np.zeros(len(ranks), bool)
        for at in range(len(ranks)):
            name = names.of(at).tobytes()
            borne[name] += 1
            kept[at] = borne[name] <= self._each
            if words and names.words[at] == words and name not in told:
                kept[at] = True
                told.add(name)
        return ranks[kept]

    def _seek(
        self, at: int, query: NDArray[np.uint16], words: int, k: int, kept: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        segment = self._segments[at]
        while True:
            count = seeking.seek(
                query, words, k, self._each, self._channel, self._exhaustive, segment.postings,
                segment.voices, kept, self._tables, self._scratch, self._work[at], self._ranks,
            )  # fmt: skip
            if count >= 0:
                ranks = self._ranks[:count]
                return ranks[ranks >= seeking.LOWEST_RANK].copy()
            self._ranks = np.empty(-2 * count, np.int64)
