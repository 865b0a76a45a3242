"""What the engine knows about single characters: folding, readings, shapes, commonness.

Every character that can be compared has a *unit*: its row in the shipped alphabet plus one.
Unit 0 stands for all other characters and is like nothing, not even itself.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from . import sound
from .commonness import RARE_BITS, commonness, pair_table
from .words import sections

LIMIT = 0x32000  # code points from here on are not known
LATIN_UNITS = 36  # units 1..36 are 0-9 and a-z
OPEN, CLOSE = ord("("), ord(")")

_LATIN_BITS = 4.2
MEANING = 179  # likeness 0..255 of characters exchanged for their meaning; no drawn shape has it
SHAPE_SEEN = 0.6  # likeness from which a changed character counts as alike by shape
SOUND_HEARD = 0.6  # and by sound


@dataclass(frozen=True, slots=True)
class Characters:
    """The character tables as arrays; all are read-only."""

    codes: NDArray[np.uint32]  # unit -> code point (unit 0 -> 0)
    unit_of: NDArray[np.uint16]  # folded code point -> unit
    fold: NDArray[np.uint32]  # code point -> the one it is judged as; 0 separates
    readings: NDArray[np.uint16]  # (units, 2) syllable numbers, 0 for none
    syllables: tuple[str, ...]
    sounds: NDArray[np.uint8]  # (syllables, syllables) likeness
    sound_class: NDArray[np.uint16]  # syllable -> class for candidate search
    shape_start: NDArray[np.int64]  # unit -> its first row in the next two
    shape_unit: NDArray[np.uint16]  # partners by falling likeness, then unit; `meanings` included
    shape_score: NDArray[np.uint8]
    meanings: frozenset[tuple[int, int]]  # units exchanged for their meaning, both ways
    bits: NDArray[np.float32]  # unit -> information of seeing it in a name, in bits
    sound_bits: NDArray[np.float32]  # the same for seeing any character that sounds like it
    shape_bits: NDArray[np.float32]  # and for any that looks like it
    pair_keys: NDArray[np.uint32]  # table of adjacent units commoner than by chance
    pair_gains: NDArray[np.float32]  # by how many bits

    def shape(self, first: str, second: str) -> float:
        """Likeness in 0..1 of two characters by shape."""
        a, b = self.unit(first), self.unit(second)
        if a and a == b:
            return 1.0
        rows = slice(self.shape_start[a], self.shape_start[a + 1])
        hits = np.flatnonzero(self.shape_unit[rows] == b)
        return float(self.shape_score[rows][hits[0]]) / 255 if len(hits) else 0.0

    def sound(self, first: str, second: str) -> float:
        """Likeness in 0..1 of two characters by their closest readings."""
        a, b = self.readings[self.unit(first)], self.readings[self.unit(second)]
        return float(self.sounds[np.ix_(a, b)].max()) / 255

    def means(self, first: str, second: str) -> bool:
        """Whether imitators exchange these two characters for their meaning."""
        return (self.unit(first), self.unit(second)) in self.meanings

    def unit(self, character: str) -> int:
        """The unit of a character, after folding; 0 when it is not known."""
        code = ord(character)
        return int(self.unit_of[self.fold[code]]) if code < LIMIT else 0

    def closest_readings(self, first: str, second: str) -> tuple[str, str]:
        """The readings of two characters that sound most alike; "-" for one without a reading."""
        a, b = self.readings[self.unit(first)], self.readings[self.unit(second)]
        x, y = divmod(int(self.sounds[np.ix_(a, b)].argmax()), len(b))
        return self.syllables[a[x]], self.syllables[b[y]]


@cache
def characters() -> Characters:
    """The shipped tables (loaded once, about a tenth of a second)."""
    with np.load(Path(__file__).parent / "data" / "tables.npz") as stored:
        raw = {name: stored[name] for name in stored.files}
    codes = np.concatenate([np.zeros(1, np.uint32), raw["codes"]])
    fold = _fold_table(raw["fold_from"], raw["fold_to"], raw["codes"])
    unit_of = np.zeros(LIMIT, np.uint16)
    unit_of[raw["codes"]] = np.arange(1, len(codes), dtype=np.uint16)
    syllables = tuple(raw["syllables"].tobytes().decode().split(" "))
    meanings = _meanings(unit_of)
    start, unit, score = _shapes(
        raw["shape_counts"], raw["shape_steps"], raw["shape_scores"], meanings
    )
    readings = np.concatenate([np.zeros((1, 2), np.uint16), raw["readings"]])
    sounds = sound.confusion(syllables)
    bits = _bits(unit_of, len(codes))
    pair_keys, pair_gains = pair_table(commonness(), unit_of)
    tables = Characters(
        codes=codes,
        unit_of=unit_of,
        fold=fold,
        readings=readings,
        syllables=syllables,
        sounds=sounds,
        sound_class=sound.classes(syllables),
        shape_start=start,
        shape_unit=unit,
        shape_score=score,
        meanings=meanings,
        bits=bits,
        sound_bits=_sound_bits(bits, readings, sounds),
        shape_bits=_shape_bits(bits, start, unit, score),
        pair_keys=pair_keys,
        pair_gains=pair_gains,
    )
    for name in tables.__slots__:
        value = getattr(tables, name)
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
    return tables


def _fold_table(
    source: NDArray[np.uint32], target: NDArray[np.uint32], known: NDArray[np.uint32]
) -> NDArray[np.uint32]:
    """Width, case, accents, then traditional to simplified; one character stays one character."""
    fold = np.zeros(LIMIT, np.uint32)
    others = [*range(0x20, 0x3400), *range(0xA000, 0xD800), *range(0xE000, 0x10000)]
    for code in [*others, *range(0x1D400, 0x1D800), *range(0x2F800, 0x2FA20)]:
        fold[code] = _folded(chr(code))
    fold[known] = known
    simple = np.arange(LIMIT, dtype=np.uint32)
    simple[source] = target
    result: NDArray[np.uint32] = simple[fold]
    return result


def _folded(character: str) -> int:
    """First letter, digit or bracket of the compatibility form, lower case, without accent."""
    for piece in unicodedata.normalize("NFKD", character).lower():
        if piece.isalnum() or piece in "()":
            return ord(piece)
        if piece in "[{〔【〈《":
            return OPEN
        if piece in "]}〕】〉》":
            return CLOSE
    return 0


def _shapes(
    counts: NDArray[np.uint16],
    steps: NDArray[np.uint16],
    scores: NDArray[np.uint8],
    meanings: frozenset[tuple[int, int]],
) -> tuple[NDArray[np.int64], NDArray[np.uint16], NDArray[np.uint8]]:
    """Both directions of the stored pairs, with the hand-made ones of letters and meanings."""
    filled = np.flatnonzero(counts)
    low = np.repeat(np.arange(len(counts)), counts)
    first = (np.cumsum(counts, dtype=np.int64) - counts)[filled]
    run = np.cumsum(steps, dtype=np.int64)
    before = np.repeat((run - steps)[first], counts[filled])
    high = low + run - before
    listed = sections("latin")[""]
    latin = [
        (_latin_unit(pair[0]), _latin_unit(pair[1]), int(score))
        for pair, score in zip(listed[::2], listed[1::2], strict=True)
    ]
    listed_pairs = [*latin, *((x, y, MEANING) for x, y in sorted(meanings) if x < y)]
    a = np.concatenate([low + 1, [x for x, _, _ in listed_pairs]])
    b = np.concatenate([high + 1, [y for _, y, _ in listed_pairs]])
    s = np.concatenate([scores, np.array([z for _, _, z in listed_pairs], np.uint8)])
    here, there, both = np.concatenate([a, b]), np.concatenate([b, a]), np.concatenate([s, s])
    # One sort by (here, there), best first, so that the better of two entries is the one kept.
    order = np.argsort(((here << 16 | there) << 8) | (255 - both.astype(np.int64)))
    pair = (here << 16 | there)[order]
    order = order[np.flatnonzero(np.diff(pair, prepend=-1))]
    order = order[
        np.argsort((here[order] << 8) | (255 - both[order].astype(np.int64)), kind="stable")
    ]
    start = np.searchsorted(here[order], np.arange(len(counts) + 2))
    return start.astype(np.int64), there[order].astype(np.uint16), both[order]


def _meanings(unit_of: NDArray[np.uint16]) -> frozenset[tuple[int, int]]:
    return frozenset(
        (int(unit_of[ord(x)]), int(unit_of[ord(y)]))
        for group in sections("meaning")[""]
        for x in group
        for y in group
        if x != y
    )


def _latin_unit(letter: str) -> int:
    return 1 + "0123456789abcdefghijklmnopqrstuvwxyz".index(letter)


def _bits(unit_of: NDArray[np.uint16], count: int) -> NDArray[np.float32]:
    bits = np.full(count, RARE_BITS, np.float32)
    known = commonness()
    bits[unit_of[known.codes]] = known.bits
    bits[1 : 1 + LATIN_UNITS] = _LATIN_BITS
    bits[0] = 0
    return bits


def _sound_bits(
    bits: NDArray[np.float32], readings: NDArray[np.uint16], sounds: NDArray[np.uint8]
) -> NDArray[np.float32]:
    """Information of hearing a character: its syllables are shared by all their characters."""
    mass = np.zeros(len(sounds))
    for column in range(2):
        np.add.at(mass, readings[:, column], np.exp2(-bits))
    mass[0] = 0
    near = (sounds >= SOUND_HEARD * 255) @ mass
    heard = np.maximum(near[readings[:, 0]], near[readings[:, 1]])
    return _as_bits(heard, bits)


def _shape_bits(
    bits: NDArray[np.float32],
    start: NDArray[np.int64],
    unit: NDArray[np.uint16],
    score: NDArray[np.uint8],
) -> NDArray[np.float32]:
    """Information of seeing something shaped like a character."""
    weight = np.where(score >= SHAPE_SEEN * 255, np.exp2(-bits[unit]), 0)
    total = np.concatenate([[0.0], np.cumsum(weight)])
    return _as_bits(np.exp2(-bits) + total[start[1:]] - total[start[:-1]], bits)


def _as_bits(mass: NDArray[np.float64], most: NDArray[np.float32]) -> NDArray[np.float32]:
    result: NDArray[np.float32] = np.minimum(-np.log2(np.maximum(mass, 1e-9)), most)
    return result.astype(np.float32)
