"""The compiled sweep of guard mode: names against the distinct marks of one segment."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from . import align, bounds, decision, seeking
from .bounds import Voices
from .compiled import kernel
from .postings import Postings

WORST_SCORE = 0.5  # pairs scoring below are not worth the decision model
MOST_SLACK = int(seeking.STEPS * (1 - WORST_SCORE)) + 1
_ROUNDING = 1e-6


@kernel
def _reach(
    query: NDArray[np.uint16], best: float, t: align.Tables, weights: NDArray[np.float64],
    lowest: float, upto: NDArray[np.int64],
) -> int:  # fmt: skip
    """The slack, by length of marks, within which a pair can reach the log-odds ``lowest``.

    ``best`` is what an identical mark would have. Returns the greatest cost that any character
    which stays may have, or -1 when nothing can reach.
    """
    m = len(query)
    cap = -1
    for n in range(1, len(upto)):
        room = best - lowest
        if n < m:
            added = decision.least_added_bits(query, m - n, t)
            room += weights[decision.ADDED_BITS] * added
        if n != m:
            one = align.INSERT if n < m else align.DELETE
            room += weights[decision.WORST] * one / align.FULL
        per_step = -weights[decision.DISTANCE] / seeking.STEPS
        slack = float(MOST_SLACK)
        if room < 0:
            slack = -1.0
        elif room < slack * per_step:
            slack = room / per_step + 1.0  # one more for rounding
        upto[n] = min(MOST_SLACK, int(slack)) if slack >= 0 else -1
        whole = align.FULL * max(n, m)
        most = ((upto[n] + 1) * whole - 1) // seeking.STEPS - bounds.forced(n, m)
        cap = max(cap, most)
    return cap


@kernel
def sweep(
    row: int,
    units: NDArray[np.uint16],
    offsets: NDArray[np.int64],
    everyday: NDArray[np.bool_],
    common: NDArray[np.bool_],
    p: Postings,
    v: Voices,
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

    Every weight but that of the bits kept lowers the log-odds, so that what is known of a name
    alone says how far away a mark may be at most; nearer ones only are looked for.
    Returns the number of hits (of distinct marks) written and the row to go on with.
    """
    values = np.empty(len(weights), np.float64)
    hits = 0
    while row < len(offsets) - 1 and hits + len(w.found) <= len(out_name):
        query = units[offsets[row] : offsets[row + 1]]
        best = decision.at_best(query, everyday[row], t, weights, bias)
        cap = _reach(query, best, t, weights, lowest, w.upto) if len(query) else -1
        if cap >= 0:
            align.set_profile(query, t, s)
            near_count = bounds.set_near(query, p.present, v, t, s, cap, w.near)
            for at in range(seeking.collect(p, near_count, len(query), -1, w)):
                other = w.found[at]
                mark = seeking.units_of(other, w.block[at], p)
                least = align.cost(mark, query, t, s)
                score = align.score_of(least, len(mark), len(query))
                if score < WORST_SCORE:
                    continue
                most = best + weights[decision.DISTANCE] * (1 - score)
                if most + weights[decision.COMMON] * common[other] < lowest - _ROUNDING:
                    continue
                decision.features(mark, query, least, common[other], everyday[row], t, s, values)
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
