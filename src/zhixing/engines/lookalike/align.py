"""Exact comparison of a mark with a query: weighted edit alignment of their characters.

The query is first turned into a profile (for every query position, the likeness of every character
by shape and of every syllable by sound: Rognes and Seeberg's query profile, Bioinformatics 2000),
so that comparing a mark is table look-ups in a small optimal-string-alignment matrix (Damerau
1964). Costs are in 255ths of one character.
"""

from __future__ import annotations

import threading
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .characters import characters
from .compiled import kernel
from .cores import MAX_UNITS

FLOOR = 26  # any visible change of a character costs at least this
INSERT = 140  # a character of the query that the mark does not have
DELETE = 190  # a character of the mark that the query does not have
SWAP = 44  # two neighbours exchanged
SHUFFLE = 110  # the same characters in another order
FULL = 255
MAX_KEYS = 1 << 15  # bucket numbers of one name: 24 characters make 66 pairs of at most 329 each

MATCH, CHANGE, ADDED, LOST, SWAPPED, SHUFFLED = range(6)


class Tables(NamedTuple):
    """The character tables as the kernels take them; see `characters.Characters`."""

    readings: NDArray[np.uint16]
    sounds: NDArray[np.uint8]
    sound_class: NDArray[np.uint16]
    shape_start: NDArray[np.int64]
    shape_unit: NDArray[np.uint16]
    shape_score: NDArray[np.uint8]
    bits: NDArray[np.float32]
    sound_bits: NDArray[np.float32]
    shape_bits: NDArray[np.float32]
    pair_keys: NDArray[np.uint32]
    pair_gains: NDArray[np.float32]


class Scratch(NamedTuple):
    """Working memory of one thread; ``shape`` and ``sound`` hold the profile of one query."""

    shape: NDArray[np.uint8]  # (MAX_UNITS, units)
    sound: NDArray[np.uint8]  # (MAX_UNITS, syllables)
    matrix: NDArray[np.int32]  # (MAX_UNITS + 1, MAX_UNITS + 1)
    keys: NDArray[np.int64]  # bucket numbers
    ops: NDArray[np.int32]  # (2 * MAX_UNITS, 4): operation, mark place, query place, cost


@cache
def tables() -> Tables:
    """The shipped character tables for the kernels."""
    known = characters()
    return Tables(*(getattr(known, field) for field in Tables._fields))


def scratch() -> Scratch:
    """Fresh working memory."""
    known = characters()
    return Scratch(
        np.zeros((MAX_UNITS, len(known.codes)), np.uint8),
        np.zeros((MAX_UNITS, len(known.syllables)), np.uint8),
        np.zeros((MAX_UNITS + 1, MAX_UNITS + 1), np.int32),
        np.zeros(MAX_KEYS, np.int64),
        np.zeros((2 * MAX_UNITS, 4), np.int32),
    )


def scratch_of_thread() -> Scratch:
    """The working memory kept for the calling thread."""
    kept: Scratch | None = getattr(_local, "scratch", None)
    if kept is None:
        kept = _local.scratch = scratch()
    return kept


_local = threading.local()


@kernel
def change_cost(shape: int, sound: int) -> int:
    """Cost 0..255 of one character for another of this likeness: both kinds of likeness help."""
    apart = (FULL - shape * 254 // FULL) * (FULL - sound * 208 // FULL) // FULL
    return FLOOR + (FULL - FLOOR) * apart // FULL


@kernel
def set_profile(query: NDArray[np.uint16], t: Tables, s: Scratch) -> None:
    """Load the query's profile; `clear_profile` must follow before the next query."""
    for j in range(len(query)):
        unit = query[j]
        for at in range(t.shape_start[unit], t.shape_start[unit + 1]):
            s.shape[j, t.shape_unit[at]] = t.shape_score[at]
        first, second = t.readings[unit, 0], t.readings[unit, 1]
        for syllable in range(t.sounds.shape[0]):
            s.sound[j, syllable] = max(t.sounds[first, syllable], t.sounds[second, syllable])


@kernel
def clear_profile(query: NDArray[np.uint16], t: Tables, s: Scratch) -> None:
    """Undo `set_profile`, touching only what it wrote."""
    for j in range(len(query)):
        unit = query[j]
        for at in range(t.shape_start[unit], t.shape_start[unit + 1]):
            s.shape[j, t.shape_unit[at]] = 0


@kernel
def shuffled(mark: NDArray[np.uint16], query: NDArray[np.uint16]) -> bool:
    """Whether both are the same characters, in whatever order."""
    n = len(mark)
    if n != len(query):
        return False
    used = 0
    for i in range(n):
        found = -1
        for j in range(n):
            if mark[i] == query[j] and mark[i] != 0 and not (used >> j) & 1:
                found = j
                break
        if found < 0:
            return False
        used |= 1 << found
    return True


@kernel
def cost(mark: NDArray[np.uint16], query: NDArray[np.uint16], t: Tables, s: Scratch) -> int:
    """Least cost of turning the mark into the query whose profile is loaded; fills ``s.matrix``."""
    n, m = len(mark), len(query)
    d = s.matrix
    for j in range(m + 1):
        d[0, j] = j * INSERT
    for i in range(1, n + 1):
        unit = mark[i - 1]
        first, second = t.readings[unit, 0], t.readings[unit, 1]
        d[i, 0] = i * DELETE
        for j in range(1, m + 1):
            other = query[j - 1]
            if unit == other and unit != 0:
                best = d[i - 1, j - 1]
            else:
                sound = max(s.sound[j - 1, first], s.sound[j - 1, second])
                best = d[i - 1, j - 1] + change_cost(s.shape[j - 1, unit], sound)
            best = min(best, d[i - 1, j] + DELETE, d[i, j - 1] + INSERT)
            if (
                i > 1
                and j > 1
                and unit == query[j - 2]
                and mark[i - 2] == other
                and unit != other
                and unit != 0
                and other != 0
            ):
                best = min(best, d[i - 2, j - 2] + SWAP)
            d[i, j] = best
    least = int(d[n, m])
    if n > 2 and least > SHUFFLE and shuffled(mark, query):
        return SHUFFLE
    return least


@kernel
def trace(mark: NDArray[np.uint16], query: NDArray[np.uint16], t: Tables, s: Scratch) -> int:
    """Write the operations behind the last `cost` call to ``s.ops``, last first; their number."""
    i, j = len(mark), len(query)
    d = s.matrix
    if i > 2 and d[i, j] > SHUFFLE and shuffled(mark, query):
        s.ops[0, 0], s.ops[0, 1], s.ops[0, 2], s.ops[0, 3] = SHUFFLED, 0, 0, SHUFFLE
        return 1
    count = 0
    while i > 0 or j > 0:
        here = d[i, j]
        if i > 0 and j > 0 and mark[i - 1] == query[j - 1] and here == d[i - 1, j - 1]:
            kind, di, dj = MATCH, 1, 1
        elif (
            i > 1
            and j > 1
            and mark[i - 1] == query[j - 2]
            and mark[i - 2] == query[j - 1]
            and here == d[i - 2, j - 2] + SWAP
        ):
            kind, di, dj = SWAPPED, 2, 2
        elif j > 0 and here == d[i, j - 1] + INSERT:
            kind, di, dj = ADDED, 0, 1
        elif i > 0 and here == d[i - 1, j] + DELETE:
            kind, di, dj = LOST, 1, 0
        else:
            kind, di, dj = CHANGE, 1, 1
        i, j = i - di, j - dj
        s.ops[count, 0], s.ops[count, 1], s.ops[count, 2] = kind, i, j
        s.ops[count, 3] = here - d[i, j]
        count += 1
    return count


@kernel
def score_of(least: int, n: int, m: int) -> float:
    """Likeness in 0..1 from a cost: 1 is identical."""
    return max(0.0, 1.0 - least / (FULL * max(n, m, 1)))
