"""Guard mode: a stream of names swept against a list of protected marks."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from . import align, decision, keys
from .compiled import kernel
from .cores import Cores, cores
from .index import Index, build_index
from .reasons import REASONS, compare
from .text import Strings, as_list

DEFAULT_PROBABILITY = 0.5
_WORST_SCORE = 0.5  # pairs scoring below are not worth the decision model
_WIDE = 50_000  # longer lists are kept narrow: their wide postings would not fit in memory
_SLICE = 20_000  # names a thread takes at a time


class Hits(NamedTuple):
    """Parallel columns: rows of names and marks, scores, log-odds."""

    names: NDArray[np.int64]
    marks: NDArray[np.int32]
    scores: NDArray[np.float64]
    logits: NDArray[np.float64]


class Guard:
    """A list of protected marks, prepared once to sweep any number of chunks of names.

    ``marks`` is a column of marks or a table with ``mark`` and, if present, ``mark_id``.
    """

    def __init__(self, marks: Strings | pa.Table) -> None:
        self.index = build_index(marks, wide=len(marks) <= _WIDE)

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
        with ThreadPoolExecutor(workers) as pool:
            parts = list(pool.map(lambda part: _sweep(self.index, part, cut), slices))
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
    pairs = list(zip(hits.names.tolist(), hits.marks.tolist(), strict=True))
    model = decision.decision().stream
    found = [
        compare(index.marks[m], names[n], index.cores, m, parsed, n, index.common[m], model)
        for n, m in pairs
        if explain
    ]
    columns = [
        hits.names + first,
        hits.marks,
        [index.mark_ids[m] for _, m in pairs],
        [names[n] for n, _ in pairs],
        [index.marks[m] for _, m in pairs],
        hits.scores.astype(np.float32),
        decision.probability(hits.logits).astype(np.float32),
        [c.kind for c in found] or [""] * len(pairs),
        [c.rows() for c in found] or [[]] * len(pairs),
        [c.sentence() for c in found] or [""] * len(pairs),
    ]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, _SCHEMA, strict=True)]
    return pa.Table.from_arrays(arrays, schema=_SCHEMA)


def _sweep(index: Index, names: Sequence[str], min_probability: float) -> tuple[Cores, Hits]:
    parsed = cores(names)
    model = decision.decision().stream
    lowest = -np.inf if min_probability <= 0 else float(np.log(min_probability))
    if 0 < min_probability < 1:
        lowest -= float(np.log1p(-min_probability))
    elif min_probability == 1:
        lowest = np.inf
    stamp = np.zeros(len(index), np.int32)
    found = np.empty(len(index), np.int32)
    room = max(1024, 2 * len(index))
    out = Hits(np.empty(room, np.int64), np.empty(room, np.int32), np.empty(room), np.empty(room))
    collected = [Hits._make(column[:0] for column in out)]
    row = 0
    while row < len(parsed):
        count, row = sweep(
            row, parsed.units, parsed.offsets, index.cores.units, index.cores.offsets,
            index.common, index.shift, not index.wide, index.starts, index.postings,
            align.tables(), align.scratch_of_thread(), model.weights, model.bias, lowest,
            stamp, found, *out,
        )  # fmt: skip
        collected.append(Hits._make(column[:count].copy() for column in out))
    hits = Hits._make(np.concatenate(columns) for columns in zip(*collected, strict=True))
    order = np.lexsort((hits.marks, -hits.logits, hits.names))
    return parsed, Hits._make(column[order] for column in hits)


@kernel
def sweep(
    row: int,
    units: NDArray[np.uint16],
    offsets: NDArray[np.int64],
    mark_units: NDArray[np.uint16],
    mark_offsets: NDArray[np.int64],
    common: NDArray[np.bool_],
    shift: int,
    wide: bool,
    starts: NDArray[np.int64],
    postings: NDArray[np.int32],
    t: align.Tables,
    s: align.Scratch,
    weights: NDArray[np.float64],
    bias: float,
    lowest: float,
    stamp: NDArray[np.int32],
    found: NDArray[np.int32],
    out_name: NDArray[np.int64],
    out_mark: NDArray[np.int32],
    out_score: NDArray[np.float64],
    out_logit: NDArray[np.float64],
) -> tuple[int, int]:
    """Sweep names from ``row`` on until all are done or the output might not hold the next.

    Returns the number of hits written and the row to go on with.
    """
    values = np.empty(len(weights), np.float64)
    hits = 0
    while row < len(offsets) - 1 and hits + len(found) <= len(out_name):
        query = units[offsets[row] : offsets[row + 1]]
        count = keys.candidates(
            query, t, shift, wide, starts, postings, s.keys, stamp, row + 1, found
        )
        if count:
            align.set_profile(query, t, s)
            for at in range(count):
                other = found[at]
                mark = mark_units[mark_offsets[other] : mark_offsets[other + 1]]
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
            align.clear_profile(query, t, s)
        row += 1
    return hits, row
