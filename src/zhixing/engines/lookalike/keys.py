"""Candidate search: pairs of characters and of syllables hashed into buckets of marks.

Every two characters that stand at most three apart give a key, in no order, so that a changed
order costs nothing; so do their sound classes; Latin runs give ordered triples. One side of a
comparison also gives the keys of its characters' nearest shapes (*wide*): the query when there are
millions of marks, the marks when a short list meets millions of names. Keys are not stored: what a
bucket holds by chance is removed by the exact comparison.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .align import MAX_KEYS, Tables
from .characters import LATIN_UNITS
from .compiled import kernel

REACH = 3  # characters of a pair stand at most this far apart
NEAR_ONE = 64  # shapes tried for one character of a pair
NEAR_BOTH = 14  # shapes tried for each when both change

_SHAPE, _SOUND, _LATIN, _SINGLE = 1, 2, 3, 4


@kernel
def _bucket(tag: int, a: int, b: int, c: int, shift: int) -> int:
    """The bucket of a key: the top bits of a multiplicative hash."""
    key = (np.uint64(tag) << np.uint64(48)) | (np.uint64(a) << np.uint64(32))
    key |= (np.uint64(b) << np.uint64(16)) | np.uint64(c)
    key = (key ^ (key >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    key = (key ^ (key >> np.uint64(32))) * np.uint64(0x9E3779B97F4A7C15)
    return int(key >> np.uint64(shift))


@kernel
def _pair(tag: int, a: int, b: int, shift: int) -> int:
    return _bucket(tag, min(a, b), max(a, b), 0, shift)


@kernel
def buckets(
    units: NDArray[np.uint16], t: Tables, shift: int, wide: bool, out: NDArray[np.int64]
) -> int:
    """Buckets of a trade name into ``out`` (at least `align.MAX_KEYS` long); returns how many.

    Narrow buckets come without repeats; wide ones may repeat.
    """
    count = 0
    n = len(units)
    if n == 1 and units[0] != 0:
        out[0] = _bucket(_SINGLE, units[0], 0, 0, shift)
        count = 1
        if wide:
            for x in range(t.shape_start[units[0]], t.shape_start[units[0] + 1]):
                if count < len(out):
                    out[count] = _bucket(_SINGLE, t.shape_unit[x], 0, 0, shift)
                    count += 1
        return count
    for i in range(n):
        for j in range(i + 1, min(n, i + REACH + 1)):
            a, b = units[i], units[j]
            if a == 0 or b == 0:
                continue
            if a <= LATIN_UNITS and b <= LATIN_UNITS:
                if n == 2:
                    out[count] = _bucket(_LATIN, a, b, 0, shift)
                    count += 1
                for k in range(j + 1, min(n, i + REACH + 1)):
                    if 0 < units[k] <= LATIN_UNITS:
                        count = _latin(a, b, units[k], t, shift, wide, out, count)
                continue
            out[count] = _pair(_SHAPE, a, b, shift)
            count += 1
            for x in range(2):
                for y in range(2):
                    p, q = t.readings[a, x], t.readings[b, y]
                    if p and q:
                        out[count] = _pair(_SOUND, t.sound_class[p], t.sound_class[q], shift)
                        count += 1
            if wide:
                count = _near_pairs(a, b, t, shift, out, count)
    return count if wide else _distinct(out, count)


@kernel
def _near_pairs(a: int, b: int, t: Tables, shift: int, out: NDArray[np.int64], count: int) -> int:
    ax, bx = t.shape_start[a], t.shape_start[b]
    an, bn = t.shape_start[a + 1] - ax, t.shape_start[b + 1] - bx
    for x in range(min(an, NEAR_ONE)):
        out[count] = _pair(_SHAPE, t.shape_unit[ax + x], b, shift)
        count += 1
    for y in range(min(bn, NEAR_ONE)):
        out[count] = _pair(_SHAPE, a, t.shape_unit[bx + y], shift)
        count += 1
    for x in range(min(an, NEAR_BOTH)):
        for y in range(min(bn, NEAR_BOTH)):
            out[count] = _pair(_SHAPE, t.shape_unit[ax + x], t.shape_unit[bx + y], shift)
            count += 1
    return count


@kernel
def _latin(
    a: int, b: int, c: int, t: Tables, shift: int, wide: bool, out: NDArray[np.int64], count: int
) -> int:
    out[count] = _bucket(_LATIN, a, b, c, shift)
    count += 1
    if wide:
        for x in range(t.shape_start[a], t.shape_start[a + 1]):
            out[count] = _bucket(_LATIN, t.shape_unit[x], b, c, shift)
            count += 1
        for x in range(t.shape_start[b], t.shape_start[b + 1]):
            out[count] = _bucket(_LATIN, a, t.shape_unit[x], c, shift)
            count += 1
        for x in range(t.shape_start[c], t.shape_start[c + 1]):
            out[count] = _bucket(_LATIN, a, b, t.shape_unit[x], shift)
            count += 1
    return count


@kernel
def _distinct(out: NDArray[np.int64], count: int) -> int:
    kept = 0
    for at in range(count):
        repeated = False
        for before in range(kept):
            if out[before] == out[at]:
                repeated = True
                break
        if not repeated:
            out[kept] = out[at]
            kept += 1
    return kept


@kernel
def count_buckets(
    units: NDArray[np.uint16],
    offsets: NDArray[np.int64],
    t: Tables,
    shift: int,
    wide: bool,
    starts: NDArray[np.int64],
) -> None:
    """First pass of building: sizes of the buckets, shifted by one, into ``starts``."""
    keys = np.empty(MAX_KEYS, np.int64)
    for row in range(len(offsets) - 1):
        for at in range(buckets(units[offsets[row] : offsets[row + 1]], t, shift, wide, keys)):
            starts[keys[at] + 1] += 1


@kernel
def fill_postings(
    units: NDArray[np.uint16],
    offsets: NDArray[np.int64],
    t: Tables,
    shift: int,
    wide: bool,
    cursor: NDArray[np.int64],
    postings: NDArray[np.int32],
) -> None:
    """Second pass: every mark into its buckets; ``cursor`` holds where each bucket goes on."""
    keys = np.empty(MAX_KEYS, np.int64)
    for row in range(len(offsets) - 1):
        for at in range(buckets(units[offsets[row] : offsets[row + 1]], t, shift, wide, keys)):
            postings[cursor[keys[at]]] = row
            cursor[keys[at]] += 1


@kernel
def candidates(
    query: NDArray[np.uint16],
    t: Tables,
    shift: int,
    wide: bool,
    starts: NDArray[np.int64],
    postings: NDArray[np.int32],
    keys: NDArray[np.int64],
    stamp: NDArray[np.int32],
    turn: int,
    found: NDArray[np.int32],
) -> int:
    """Rows of marks that share a bucket with the query, each once, into ``found``; their number.

    ``stamp`` remembers by ``turn`` (any number not used before) which rows were met.
    """
    count = 0
    for at in range(buckets(query, t, shift, wide, keys)):
        for place in range(starts[keys[at]], starts[keys[at] + 1]):
            row = postings[place]
            if stamp[row] != turn:
                stamp[row] = turn
                found[count] = row
                count += 1
    return count
