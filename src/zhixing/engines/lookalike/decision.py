"""From an alignment to the probability that a name is confusingly like a mark.

A logistic model of a few features an officer can check; each may only push one way. Its weights
are in ``decision.json`` with what they were fitted on.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from . import align
from .characters import SHAPE_SEEN, SOUND_HEARD
from .compiled import kernel
from .cores import Cores, cores
from .words import sections

FEATURES = (
    "kept_bits",  # information of the mark's characters that the name keeps
    "lost_bits",  # and of those it changes or drops
    "added_bits",  # information of characters the name adds
    "worst",  # the costliest single operation, in characters
    "first",  # what happens to the mark's first character, in characters
    "distance",  # 1 - score
    "common",  # the mark is a word that many use (长城, 光明)
)
SIGNS = (1, -1, -1, -1, -1, -1, -1)
KEPT_CAP = 32.0  # bits beyond which a longer mark does not make a likeness surer


@dataclass(frozen=True, slots=True)
class Model:
    """``logit = bias + weights · features``."""

    bias: float
    weights: NDArray[np.float64]

    def logit(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log-odds of confusion for features ``values`` (…, features)."""
        result: NDArray[np.float64] = self.bias + values @ self.weights
        return result


@dataclass(frozen=True, slots=True)
class Decision:
    """The shipped models.

    ``pair`` is for a mark and a name put side by side, every second of them an imitation;
    ``stream`` for any name of a stream that meets any mark of a list, where chance alone brings up
    most of what is alike. A pair is confusing from probability ``threshold`` on.
    """

    pair: Model
    stream: Model
    threshold: float


@cache
def decision() -> Decision:
    """The shipped, calibrated models."""
    stored = json.loads((Path(__file__).parent / "data" / "decision.json").read_text("utf-8"))
    pair, stream = (
        Model(stored[name]["bias"], np.array([stored[name][feature] for feature in FEATURES]))
        for name in ("pair", "stream")
    )
    return Decision(pair, stream, stored["threshold"])


@cache
def _common_words() -> frozenset[bytes]:
    lists = sections("generic")
    words = cores([*lists["common"], *lists["goods"]])
    return frozenset(words.of(row).tobytes() for row in range(len(words)))


def everyday(marks: Cores) -> NDArray[np.bool_]:
    """Which trade names are words that cannot tell one trader from another by themselves."""
    words = _common_words()
    lengths = np.diff(marks.offsets)
    found = np.zeros(len(marks), bool)
    for row in np.flatnonzero((lengths >= 2) & (lengths <= 4)):
        found[row] = marks.of(int(row)).tobytes() in words
    return found


def probability(logit: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logistic function."""
    clipped = np.clip(logit, -40, 40)
    result: NDArray[np.float64] = 1 / (1 + np.exp(-clipped))
    return result


@kernel
def features(
    mark: NDArray[np.uint16],
    query: NDArray[np.uint16],
    least: int,
    common: bool,
    t: align.Tables,
    s: align.Scratch,
    out: NDArray[np.float64],
) -> None:
    """Features of the pair just aligned (``s.matrix`` is current), in the order of `FEATURES`."""
    out[:] = 0
    kept, lost = 0.0, 0.0  # in bits
    for at in range(align.trace(mark, query, t, s)):
        kind, i, j, paid = s.ops[at]
        share = paid / align.FULL
        out[3] = max(out[3], share)
        if kind == align.SHUFFLED:
            for unit in mark:
                kept += t.bits[unit] * (1 - share)
                lost += t.bits[unit] * share
            out[4] = share
        elif kind == align.SWAPPED:
            both = t.bits[mark[i]] + t.bits[mark[i + 1]]
            kept += both * (1 - share)
            lost += both * share
            out[4] = max(out[4], share if i == 0 else 0.0)
        elif kind == align.ADDED:
            out[2] += t.bits[query[j]]
        elif kind == align.LOST:
            lost += t.bits[mark[i]]
            out[4] = 1.0 if i == 0 else out[4]
        elif kind == align.MATCH:
            kept += t.bits[mark[i]]
        else:
            held = _bits_held(mark[i], j, t, s)
            kept += held
            lost += t.bits[mark[i]] - held
            out[4] = share if i == 0 else out[4]
    out[0] = min(kept, KEPT_CAP)
    out[1] = lost
    out[5] = 1 - align.score_of(least, len(mark), len(query))
    out[6] = 1.0 if common else 0.0


@kernel
def _bits_held(unit: int, j: int, t: align.Tables, s: align.Scratch) -> float:
    """Information kept when a character is exchanged for the query's ``j``-th.

    A likeness is worth what is rare about it: of all the characters that look, or sound, like the
    mark's, how seldom would any of them stand here by chance.
    """
    shape = s.shape[j, unit]
    sound = max(s.sound[j, t.readings[unit, 0]], s.sound[j, t.readings[unit, 1]])
    held = 0.0
    if shape >= SHAPE_SEEN * align.FULL:
        held = t.shape_bits[unit] * shape / align.FULL
    if sound >= SOUND_HEARD * align.FULL:
        held = max(held, t.sound_bits[unit] * sound / align.FULL)
    return held
