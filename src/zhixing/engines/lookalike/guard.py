"""Guard mode: a stream of names swept against a list of protected marks."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from . import align, decision, seeking
from .cores import Cores, cores, picked
from .index import Index, Segment, build_index
from .othersigns import NO_OTHER_SIGNS, OtherSigns, other_signs
from .postings import Postings, arrange, distinct
from .reasons import REASONS, compare, measure
from .sweeping import WORST_SCORE, sweep
from .text import Strings, as_list

DEFAULT_PROBABILITY = 0.5
_EVERYTHING = np.zeros(0, np.bool_)
_SLICE = 20_000  # names a thread takes at a time


class Hits(NamedTuple):
    """Parallel columns: rows of names and marks, scores, log-odds."""

    names: NDArray[np.int64]
    marks: NDArray[np.int32]
    scores: NDArray[np.float64]
    logits: NDArray[np.float64]


_NO_HITS = Hits(np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0), np.zeros(0))


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A segment of the list with what follows from its distinct names."""

    segment: Segment
    names: Cores
    common: NDArray[np.bool_]  # which are everybody's words
    others: OtherSigns
    worded: _Worded | None

    @classmethod
    def of(cls, segment: Segment, index: Index) -> _Prepared:
        names = distinct(segment.postings)
        common = decision.everyday(names)
        others = other_signs(segment.postings)
        return cls(segment, names, common, others, _Worded.of(segment.postings, common, index))


@dataclass(frozen=True, slots=True)
class _Worded:
    """Everyday words that are marks together with their trade words (雪花啤酒)."""

    part: _Prepared
    rows: NDArray[np.int64]  # of the index
    words: NDArray[np.uint32]

    @classmethod
    def of(cls, postings: Postings, common: NDArray[np.bool_], index: Index) -> _Worded | None:
        bearers = np.repeat(common, np.diff(postings.member_start))
        rows = np.sort(postings.members[bearers].astype(np.int64))
        rows = rows[postings.bare[rows - postings.first_row[0]] == 0]
        held = cores(index.marks_of(rows))
        chosen = np.flatnonzero(held.words)
        if not len(chosen):
            return None
        held, rows = cores(index.marks_of(rows[chosen])), rows[chosen]
        segment = Segment.of(arrange(held))
        names = distinct(segment.postings)
        nothing = np.zeros(len(names), np.bool_)
        part = _Prepared(segment, names, nothing, NO_OTHER_SIGNS, None)
        return cls(part, rows, held.words)

    def hits(self, parsed: Cores, lowest: float, kept: NDArray[np.bool_]) -> Hits:
        """Hits of names with the same trade words, by row of the index."""
        chosen = np.flatnonzero(np.isin(parsed.words, self.words) & (parsed.words > 0))
        if not len(chosen):
            return _NO_HITS
        asked = picked(parsed, chosen)
        nothing = np.zeros(len(chosen), np.bool_)
        found = _by_characters(self.part, asked, nothing, lowest)
        hits = _of_rows(found, self.part.segment.postings, _EVERYTHING)
        same = self.words[hits.marks] == asked.words[hits.names]
        rows = self.rows[hits.marks]
        same &= kept[rows] if len(kept) else True
        return Hits(
            chosen[hits.names[same]], rows[same].astype(np.int32), hits.scores[same],
            hits.logits[same],
        )  # fmt: skip


class Guard:
    """A list of protected marks, prepared once to sweep any number of chunks of names.

    ``marks`` is a column of marks, a table with ``mark`` and, if present, ``mark_id``, or an
    index of marks. A guard may stand in memory and judge names as they come; marks are added and
    removed through ``index``.
    """

    def __init__(self, marks: Strings | pa.Table | Index) -> None:
        self.index = marks if isinstance(marks, Index) else build_index(marks)
        self._prepared: list[_Prepared] = []
        self._ready(self.index.segments)

    def _ready(self, segments: Sequence[Segment]) -> list[_Prepared]:
        """What a sweep needs of every segment; kept while the segment is."""
        known = {id(one.segment): one for one in self._prepared}
        self._prepared = [known.get(id(one)) or _Prepared.of(one, self.index) for one in segments]
        return self._prepared

    def sweep(
        self,
        names: Strings,
        *,
        min_probability: float = DEFAULT_PROBABILITY,
        workers: int = 1,
        explain: bool = True,
    ) -> pa.Table:
        """Every (name, mark) whose probability of confusion reaches ``min_probability``.

        Columns: ``name_row`` (row within ``names``), ``mark_row, mark_id, name, mark, score,
        probability, kind, reasons, text`` (the reasons as one sentence). Ordered by name, then
        falling probability, then mark. ``explain=False`` leaves kind, reasons and text empty. The
        answer for a name does not depend on the other names, nor on ``workers`` (threads).
        Raises ValueError unless 0 <= min_probability <= 1 and workers >= 1.
        """
        if not 0 <= min_probability <= 1:
            raise ValueError(f"min_probability must be in [0, 1]; got {min_probability}")
        if workers < 1:
            raise ValueError(f"workers must be at least 1; got {workers}")
        listed = as_list(names)
        slices = [listed[at : at + _SLICE] for at in range(0, len(listed), _SLICE)]
        cut = min_probability
        segments, kept = self.index.segments, self.index.kept
        sweep_slice = partial(_sweep, self._ready(segments), kept=kept, min_probability=cut)
        if workers == 1 or len(slices) == 1:
            parts = [sweep_slice(part) for part in slices]
        else:
            with ThreadPoolExecutor(workers) as pool:
                parts = list(pool.map(sweep_slice, slices))
        tables = [
            _hits(self.index, part, parsed, hits, row * _SLICE, explain)
            for row, (part, (parsed, hits)) in enumerate(zip(slices, parts, strict=True))
        ]
        return pa.concat_tables(tables) if tables else _EMPTY


def guard(
    names: Strings,
    marks: Strings | pa.Table,
    *,
    min_probability: float = DEFAULT_PROBABILITY,
    workers: int = 1,
) -> pa.Table:
    """`Guard.sweep` for a list of marks used once."""
    return Guard(marks).sweep(names, min_probability=min_probability, workers=workers)


_SCHEMA = pa.schema(
    [
        ("name_row", pa.int64()),
        ("mark_row", pa.int32()),
        ("mark_id", pa.string()),
        ("name", pa.string()),
        ("mark", pa.string()),
        ("score", pa.float32()),
        ("probability", pa.float32()),
        ("kind", pa.string()),
        ("reasons", REASONS),
        ("text", pa.string()),
    ]
)
_EMPTY = _SCHEMA.empty_table()


def _hits(
    index: Index, names: Sequence[str], parsed: Cores, hits: Hits, first: int, explain: bool
) -> pa.Table:
    rows = hits.names.tolist()
    marks = index.marks_of(hits.marks)
    found = []
    if explain:
        model = decision.decision().stream
        held = cores(marks)
        common, everyday_name = decision.everyday(held), decision.everyday(parsed)
        found = [
            compare(mark, names[n], held, at, parsed, n, common[at], everyday_name[n], model)
            for at, (n, mark) in enumerate(zip(rows, marks, strict=True))
        ]
    columns = [
        hits.names + first,
        hits.marks,
        index.ids_of(hits.marks),
        [names[n] for n in rows],
        marks,
        hits.scores.astype(np.float32),
        decision.probability(hits.logits).astype(np.float32),
        [c.kind for c in found] or [""] * len(rows),
        [c.rows() for c in found] or [[]] * len(rows),
        [c.sentence() for c in found] or [""] * len(rows),
    ]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, _SCHEMA, strict=True)]
    return pa.Table.from_arrays(arrays, schema=_SCHEMA)


def _sweep(
    prepared: Sequence[_Prepared], names: Sequence[str],
    kept: NDArray[np.bool_], min_probability: float,
) -> tuple[Cores, Hits]:  # fmt: skip
    parsed = cores(names)
    everyday_names = decision.everyday(parsed)
    lowest = _logit(min_probability)
    collected = [_NO_HITS]
    for one in prepared:
        if one.segment.postings.names:
            by_characters = _by_characters(one, parsed, everyday_names, lowest)
            found = _by_other_signs(one, parsed, everyday_names, lowest, by_characters)
            hits = _of_rows(found, one.segment.postings, kept)
            if one.worded:
                hits = _first_of([one.worded.hits(parsed, lowest, kept), hits])
            collected.append(hits)
    hits = Hits._make(np.concatenate(columns) for columns in zip(*collected, strict=True))
    order = np.lexsort((hits.marks, -hits.logits, hits.names))
    return parsed, Hits._make(column[order] for column in hits)


def _by_characters(
    one: _Prepared, parsed: Cores, everyday_names: NDArray[np.bool_], lowest: float
) -> Hits:
    """Distinct marks that the characters of a name are like."""
    model = decision.decision().stream
    segment, postings = one.segment, one.segment.postings
    work = seeking.work(postings)
    room = max(1024, 2 * postings.names)
    out = Hits(np.empty(room, np.int64), np.empty(room, np.int32), np.empty(room), np.empty(room))
    collected = [_NO_HITS]
    row = 0
    while row < len(parsed):
        count, row = sweep(
            row, parsed.units, parsed.offsets, everyday_names, one.common, postings,
            segment.voices, align.tables(), align.scratch_of_thread(), model.weights, model.bias,
            lowest, work, *out,
        )  # fmt: skip
        collected.append(Hits._make(column[:count].copy() for column in out))
    return Hits._make(np.concatenate(columns) for columns in zip(*collected, strict=True))


def _by_other_signs(
    one: _Prepared, parsed: Cores, everyday_names: NDArray[np.bool_], lowest: float, hits: Hits
) -> Hits:
    """The hits together with the marks that a name renders whole: these count by that."""
    pairs = one.others.pairs(parsed)
    if not pairs:
        return hits
    model = decision.decision().stream
    found = []
    for row, mark in pairs:
        common, everyday_name = bool(one.common[mark]), bool(everyday_names[row])
        measured = measure(one.names.of(mark), parsed.of(row), common, everyday_name)
        logit = float(model.logit(measured.values))
        if measured.other and measured.score >= WORST_SCORE and logit >= lowest:
            found.append((row, mark, measured.score, logit))
    if not found:
        return hits
    rows, marks, scores, logits = zip(*found, strict=True)
    whole = Hits(
        np.array(rows, np.int64), np.array(marks, np.int32), np.array(scores), np.array(logits)
    )
    return _first_of([whole, hits])


def _first_of(parts: Sequence[Hits]) -> Hits:
    """Each pair once, as the first part that has it tells it."""
    hits = Hits._make(np.concatenate(columns) for columns in zip(*parts, strict=True))
    _, first = np.unique(hits.names << 32 | hits.marks, return_index=True)
    return Hits._make(column[first] for column in hits)


def _logit(probability: float) -> float:
    if probability <= 0:
        return -np.inf
    if probability >= 1:
        return np.inf
    return float(np.log(probability) - np.log1p(-probability))


def _of_rows(hits: Hits, postings: Postings, kept: NDArray[np.bool_]) -> Hits:
    """Hits of distinct names as hits of all the rows that bear them."""
    begin = postings.member_start[hits.marks].astype(np.int64)
    counts = postings.member_start[hits.marks + 1] - begin
    which = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    rows = postings.members[begin[which] + within]
    if len(kept):
        there = kept[rows]
        which, rows = which[there], rows[there]
    return Hits(hits.names[which], rows, hits.scores[which], hits.logits[which])
