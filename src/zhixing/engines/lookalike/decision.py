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
from .characters import LATIN_UNITS, SHAPE_SEEN, SOUND_HEARD
from .commonness import FREE, MULTIPLIER, commonness
from .compiled import kernel
from .context import Context, Weights, with_context
from .cores import Cores, cores
from .grammar import bare_division
from .words import sections

__all__ = [
    "Context",
    "Decision",
    "Model",
    "Weights",
    "decision",
    "everyday",
    "features",
    "probability",
    "with_context",
]

FEATURES = (
    "kept_bits",  # information of the mark's characters that the name keeps
    "lost_bits",  # and of those it changes or drops
    "added_bits",  # information of characters the name adds
    "worst",  # the costliest single operation, in characters
    "first",  # what happens to the mark's first character, in characters
    "distance",  # 1 - score
    "common",  # the mark is a word that many use (长城, 光明)
    "ordinary",  # how far the name itself is one that chance makes (光达), in bits
    "letters",  # operations on a Latin mark, by letters
    "everyday",  # the name itself is a word that many use, or a place (喜洋洋 beside 喜羊羊)
)
(
    KEPT_BITS,
    LOST_BITS,
    ADDED_BITS,
    WORST,
    FIRST,
    DISTANCE,
    COMMON,
    ORDINARY,
    LETTERS,
    EVERYDAY_NAME,
) = range(len(FEATURES))
SIGNS = (1, *[-1] * (len(FEATURES) - 1))
KEPT_CAP = 32.0  # bits beyond which a longer mark does not make a likeness surer
ORDINARY_BITS = 36.0  # bits from which on a name is as rare as any
EVERYDAY = 5  # companies of one trade name, from which on it is everybody's word


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
def _everyday_keys() -> NDArray[np.uint64]:
    """Words that many traders use, and places (Trade Mark Law art 10: county level and above)."""
    lists = sections("generic")
    shared = [word for word, companies in commonness().words.items() if companies >= EVERYDAY]
    places = [
        bare_division(name)
        for level in ("province", "prefecture", "county")
        for name in sections("divisions")[level]
    ]
    words = cores([*lists["common"], *lists["goods"], *shared, *places])
    return np.unique(_keys(words))


def _keys(names: Cores) -> NDArray[np.uint64]:
    """Trade names of two to four characters as numbers; 0 for all others."""
    lengths = np.diff(names.offsets)
    keys = np.zeros(len(names), np.uint64)
    for length in (2, 3, 4):
        rows = np.flatnonzero(lengths == length)
        key = np.full(len(rows), length, np.uint64)
        for place in range(length):
            key = key << np.uint64(15) | names.units[names.offsets[rows] + place]
        keys[rows] = key
    return keys


def everyday(names: Cores) -> NDArray[np.bool_]:
    """Which trade names are words that cannot tell one trader from another by themselves."""
    keys, known = _keys(names), _everyday_keys()
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    found: NDArray[np.bool_] = (known[at] == keys) & (keys > 0)
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
    everyday_name: bool,
    t: align.Tables,
    s: align.Scratch,
    out: NDArray[np.float64],
) -> None:
    """Features of the pair just aligned (``s.matrix`` is current), in the order of `FEATURES`."""
    out[:] = 0
    kept, lost = 0.0, 0.0  # in bits
    changed = 0
    for at in range(align.trace(mark, query, t, s)):
        kind, i, j, paid = s.ops[at]
        share = paid / align.FULL
        out[3] = max(out[3], share)
        if kind == align.MATCH:
            kept += t.bits[mark[i]]
            continue
        changed += 1
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
            if not _repeats(query, j):  # 叠字: a repeated character adds nothing of its own
                out[2] += t.bits[query[j]]
        elif kind == align.LOST:
            lost += t.bits[mark[i]]
            out[4] = 1.0 if i == 0 else out[4]
        else:
            held = _bits_held(mark[i], j, t, s)
            kept += held
            lost += t.bits[mark[i]] - held
            out[4] = share if i == 0 else out[4]
    out[0] = min(kept, KEPT_CAP)
    out[1] = lost
    out[5] = 1 - align.score_of(least, len(mark), len(query))
    out[6] = 1.0 if common else 0.0
    out[7] = max(0.0, ORDINARY_BITS - query_bits(query, t))
    if len(mark) and mark[0] <= LATIN_UNITS and mark[len(mark) - 1] <= LATIN_UNITS:
        out[8] = changed / max(len(mark), len(query))
    out[9] = 1.0 if everyday_name else 0.0


def as_whole(
    mark: NDArray[np.uint16], score: float, by_sound: bool, out: NDArray[np.float64]
) -> None:
    """Features of a mark that is kept as a whole, by other signs; what it keeps is ``score``.

    It is the signs that differ, not the name: a third of the distance counts. Pinyin keeps what
    hearing the mark is worth.
    """
    known = align.tables()
    total = float(known.bits[mark].sum())
    told = float(known.sound_bits[mark].sum()) if by_sound and mark[0] > LATIN_UNITS else total
    kept = min(told * score, KEPT_CAP)
    changed = 1 - score
    rarity, common, everyday_name = out[ORDINARY], out[COMMON], out[EVERYDAY_NAME]
    out[:] = 0
    out[KEPT_BITS], out[LOST_BITS] = kept, total - told * score
    out[WORST] = out[FIRST] = changed
    out[DISTANCE] = changed / 3
    out[ORDINARY], out[COMMON], out[EVERYDAY_NAME] = rarity, common, everyday_name


@kernel
def at_best(
    query: NDArray[np.uint16],
    everyday_name: bool,
    t: align.Tables,
    weights: NDArray[np.float64],
    bias: float,
) -> float:
    """The highest log-odds that any mark can have beside this name.

    No more can be kept than the name has: a likeness is worth at most what is rare about the
    character that is there, because that is one of those which look or sound so.
    """
    rarity = max(0.0, ORDINARY_BITS - query_bits(query, t))
    there = 0.0
    for unit in query:
        there += t.bits[unit]
    alone = weights[ORDINARY] * rarity + weights[EVERYDAY_NAME] * everyday_name
    return float(bias + weights[KEPT_BITS] * min(there, KEPT_CAP) + alone)


@kernel
def least_added_bits(query: NDArray[np.uint16], count: int, t: align.Tables) -> float:
    """The least information that ``count`` characters of a name can add to a mark."""
    total, last, taken = 0.0, -1.0, 0
    while taken < count:
        lowest, alike = 1e9, 0
        for j in range(len(query)):
            bits = 0.0 if _repeats(query, j) else float(t.bits[query[j]])
            if last < bits < lowest:
                lowest, alike = bits, 1
            elif bits == lowest:
                alike += 1
        if alike == 0:
            break
        used = min(alike, count - taken)
        total += used * lowest
        taken += used
        last = lowest
    return total


@kernel
def _repeats(query: NDArray[np.uint16], j: int) -> bool:
    """Whether a character of the query stands beside its own copy."""
    before = j > 0 and query[j - 1] == query[j]
    return bool(before or (j + 1 < len(query) and query[j + 1] == query[j]))


@kernel
def query_bits(query: NDArray[np.uint16], t: align.Tables) -> float:
    """How improbable a trade name is among traders, in bits: what chance makes is worth little."""
    total = 0.0
    size = len(t.pair_keys)
    for at in range(len(query)):
        total += t.bits[query[at]]
        if at:
            key = np.uint32(query[at - 1]) << np.uint32(16) | np.uint32(query[at])
            slot = np.int64(np.uint64(key) * np.uint64(MULTIPLIER) & np.uint64(0xFFFFFFFF))
            slot = (slot >> 8) & (size - 1)
            while t.pair_keys[slot] != FREE:
                if t.pair_keys[slot] == key:
                    total -= t.pair_gains[slot]
                    break
                slot = (slot + 1) & (size - 1)
    return total


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
