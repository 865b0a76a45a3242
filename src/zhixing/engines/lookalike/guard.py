"""Guard mode: a stream of names swept against a list of protected marks."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from . import align, bounds, decision, seeking
from .bounds import Voices
from .compiled import kernel
from .cores import Cores, cores
from .index import Index, Segment, build_index
from .postings import Postings, distinct
from .reasons import REASONS, compare
from .text import Strings, as_list

DEFAULT_PROBABILITY = 0.5
_WORST_SCORE = 0.5  # pairs scoring below are not worth the decision model
_SLICE = 20_000  # names a thread takes at a time


class Hits(NamedTuple):
    """Parallel columns: rows of names and marks, scores, log-odds."""

    names: NDArray[np.int64]
    marks: NDArray[np.int32]
    scores: NDArray[np.float64]
    logits: NDArray[np.float64]


_NO_HITS = Hits(np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0), np.zeros(0))


class Guard:
    """A list of protected marks, prepared once to sweep any number of chunks of names.

    ``marks`` is a column of marks, a table with ``mark`` and, if present, ``mark_id``, or an
    index of marks. A guard may stand in memory and judge names as they come; marks are added and
    removed through ``index``.
    """

    def __init__(self, marks: Strings | pa.Table | Index) -> None:
        self.index = marks if isinstance(marks, Index) else build_index(marks)
        self._common: list[tuple[Segment, NDArray[np.bool_]]] = []

    def _everyday(self, segments: Sequence[Segment]) -> list[NDArray[np.bool_]]:
        """Which distinct names are everybody's words, by segment; kept while the segment is."""
        known = {id(segment): flags for segment, flags in self._common}
        flags = [
            known[id(one)] if id(one) in known else decision.everyday(distinct(one.postings))
            for one in segments
        ]
        self._common = list(zip(segments, flags, strict=True))
        return flags

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
        common = self._everyday(segments)
        sweep_slice = partial(_sweep, segments, common, kept=kept, min_probability=cut)
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
        common = decision.everyday(held)
        found = [
            compare(mark, names[n], held, at, parsed, n, common[at], model)
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
    segments: Sequence[Segment], common: Sequence[NDArray[np.bool_]], names: Sequence[str],
    kept: NDArray[np.bool_], min_probability: float,
) -> tuple[Cores, Hits]:  # fmt: skip
    parsed = cores(names)
    model = decision.decision().stream
    lowest = _logit(min_probability)
    slack = _most_slack(model, lowest)
    collected = [_NO_HITS]
    for segment, everyday in zip(segments, common, strict=True):
        postings, work = segment.postings, seeking.work(segment.postings)
        room = max(1024, 2 * postings.names)
        out = Hits(
            np.empty(room, np.int64), np.empty(room, np.int32), np.empty(room), np.empty(room)
        )
        row = 0
        while row < len(parsed) and postings.names:
            count, row = sweep(
                row, parsed.units, parsed.offsets, everyday, postings, segment.voices, slack,
                align.tables(), align.scratch_of_thread(), model.weights, model.bias, lowest,
                work, *out,
            )  # fmt: skip
            found = Hits._make(column[:count] for column in out)
            collected.append(_of_rows(found, postings, kept))
    hits = Hits._make(np.concatenate(columns) for columns in zip(*collected, strict=True))
    order = np.lexsort((hits.marks, -hits.logits, hits.names))
    return parsed, Hits._make(column[order] for column in hits)


def _logit(probability: float) -> float:
    if probability <= 0:
        return -np.inf
    if probability >= 1:
        return np.inf
    return float(np.log(probability) - np.log1p(-probability))


def _most_slack(model: decision.Model, lowest: float) -> int:
    """Slack beyond which no pair can reach ``lowest``, however favourable the other features."""
    most = 1 - _WORST_SCORE
    by_name = dict(zip(decision.FEATURES, model.weights.tolist(), strict=True))
    per_distance = by_name["distance"]
    raising = {
        name for name, sign in zip(decision.FEATURES, decision.SIGNS, strict=True) if sign > 0
    }
    if raising == {"kept_bits"} and per_distance < 0 and np.isfinite(lowest):
        best = model.bias + by_name["kept_bits"] * decision.KEPT_CAP
        most = min(most, max(0.0, (best - lowest) / -per_distance))
    return min(seeking.MOST_SLACK, int(most * seeking.STEPS) + 1)


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


@kernel
def sweep(
    row: int,
    units: NDArray[np.uint16],
    offsets: NDArray[np.int64],
    common: NDArray[np.bool_],
    p: Postings,
    v: Voices,
    slack: int,
    t: align.Tables,
    s: align.Scratch,
    weights: NDArray[np.float64],
    bias: float,
    lowest: float,
    w: seeking.Work,
    out_name: NDArray[np.int64],
    out_mark: NDArray[np.int32],
    out_score: NDArray[np.float64],
    out_logit: NDArray[np.float64],
) -> tuple[int, int]:
    """Sweep names from ``row`` on until all are done or the output might not hold the next.

    Returns the number of hits (of distinct marks) written and the row to go on with.
    """
    values = np.empty(len(weights), np.float64)
    hits = 0
    while row < len(offsets) - 1 and hits + len(w.found) <= len(out_name):
        query = units[offsets[row] : offsets[row + 1]]
        if len(query):
            align.set_profile(query, t, s)
            near_count = bounds.set_near(query, p.present, v, t, s, w.near)
            for at in range(seeking.collect(p, near_count, len(query), -1, slack, w)):
                other = w.found[at]
                mark = seeking.units_of(other, w.block[at], p)
                least = align.cost(mark, query, t, s)
                score = align.score_of(least, len(mark), len(query))
                if score < _WORST_SCORE:
                    continue
                decision.features(mark, query, least, common[other], t, s, values)
                logit = bias
                for feature in range(len(weights)):  # np.dot would need SciPy at run time
                    logit += weights[feature] * values[feature]
                if logit >= lowest:
                    out_name[hits], out_mark[hits] = row, other
                    out_score[hits], out_logit[hits] = score, logit
                    hits += 1
            bounds.clear_near(near_count, w.near)
            align.clear_profile(query, t, s)
        row += 1
    return hits, row
