"""Whole marks by other signs, found for a column of names: translations, pinyin, both ways.

A sweep compares characters; that APPLE renders 苹果, or MAOTAI spells 茅台, no character tells.
What may render a mark is looked up here: listed words by a hash of the whole name, pinyin by the
numbers of its syllables. `reasons.compare` then decides; so what is found here in vain does no
harm, but nothing may be missed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import renderings
from .characters import LATIN_UNITS, characters
from .compiled import kernel
from .cores import HASH_BASIS, HASH_PRIME, Cores
from .postings import Postings, distinct, find

_BITS = 9  # of a syllable's number
_NEVER = np.zeros(0, np.uint64)
_NO_NAMES = np.zeros(0, np.int64)

Keys = NDArray[np.uint64]


class Spoken(NamedTuple):
    """Distinct marks by their syllables; sorted by ``keys``."""

    keys: Keys
    marks: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class OtherSigns:
    """What renders the distinct marks of one segment."""

    hashes: Keys  # of the listed words below, sorted
    listed: dict[bytes, tuple[int, ...]]  # name → distinct marks that are rendered by it
    chinese: Spoken  # marks in characters, by every reading
    latin: Spoken  # marks in letters that can be read as pinyin

    def pairs(self, names: Cores) -> list[tuple[int, int]]:
        """(row of names, distinct mark) that may render one another, each once, in order."""
        found = {*self._listed(names), *self._spelled(names), *self._read(names)}
        return sorted(found)

    def _listed(self, names: Cores) -> Iterator[tuple[int, int]]:
        if not len(self.hashes):
            return
        for row in np.flatnonzero(_among(_hashes(names.units, names.offsets), self.hashes)):
            for mark in self.listed.get(names.of(int(row)).tobytes(), ()):
                yield int(row), mark

    def _spelled(self, names: Cores) -> Iterator[tuple[int, int]]:
        """Names in letters against marks in characters."""
        if not len(self.chinese.keys):
            return
        for row in np.flatnonzero(_all_letters(names)):
            for key in _syllables(names.of(int(row))):
                for at in range(*np.searchsorted(self.chinese.keys, [key, key + np.uint64(1)])):
                    yield int(row), int(self.chinese.marks[at])

    def _read(self, names: Cores) -> Iterator[tuple[int, int]]:
        """Names in characters against marks in letters."""
        if not len(self.latin.keys):
            return
        keys, rows = _readings_of(names)
        for at in np.flatnonzero(_among(keys, self.latin.keys)):
            key = keys[at]
            for k in range(*np.searchsorted(self.latin.keys, [key, key + np.uint64(1)])):
                yield int(rows[at]), int(self.latin.marks[k])


_NONE = Spoken(_NEVER, _NO_NAMES)
NO_OTHER_SIGNS = OtherSigns(_NEVER, {}, _NONE, _NONE)


def other_signs(postings: Postings) -> OtherSigns:
    """What renders the distinct names of ``postings``."""
    listed: defaultdict[bytes, list[int]] = defaultdict(list)
    for word in renderings.listed():
        mark = find(postings, word)
        if mark >= 0:
            for other in renderings.renderings(word):
                listed[other.tobytes()].append(mark)
    words = [np.frombuffer(word, np.uint16) for word in listed]
    names = distinct(postings)
    keys, marks = _readings_of(names)
    order = np.argsort(keys, kind="stable")
    letters = [
        (key, int(row))
        for row in np.flatnonzero(_all_letters(names))
        for key in _syllables(names.of(int(row)))
    ]
    letters.sort()
    return OtherSigns(
        np.unique([_hash(word) for word in words]) if words else _NEVER,
        {word: tuple(marks) for word, marks in listed.items()},
        Spoken(keys[order], marks[order]),
        Spoken(
            np.array([key for key, _ in letters], np.uint64),
            np.array([row for _, row in letters], np.int64),
        ),
    )


def _among(keys: Keys, known: Keys) -> NDArray[np.bool_]:
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    found: NDArray[np.bool_] = known[at] == keys
    return found


def _hash(word: NDArray[np.uint16]) -> np.uint64:
    hashed: np.uint64 = _hashes(word, np.array([0, len(word)]))[0]
    return hashed


@kernel
def _hashes(units: NDArray[np.uint16], offsets: NDArray[np.int64]) -> Keys:
    """A number for every name; different names hardly ever share one."""
    found = np.empty(len(offsets) - 1, np.uint64)
    for row in range(len(found)):
        value = np.uint64(HASH_BASIS)
        for at in range(offsets[row], offsets[row + 1]):
            value = (value ^ np.uint64(units[at])) * np.uint64(HASH_PRIME)
        found[row] = value
    return found


def _all_letters(names: Cores) -> NDArray[np.bool_]:
    lengths = np.diff(names.offsets)
    letters = np.concatenate([[0], np.cumsum((names.units > 0) & (names.units <= LATIN_UNITS))])
    all_of: NDArray[np.bool_] = np.diff(letters[names.offsets]) == lengths
    return all_of & (lengths >= 2)


def _readings_of(names: Cores) -> tuple[Keys, NDArray[np.int64]]:
    """Syllables of names of two to six characters, by every reading, and the rows they are of."""
    keys, rows = [_NEVER], [_NO_NAMES]
    lengths = np.diff(names.offsets)
    readings = characters().readings
    for length in range(2, renderings.LONGEST + 1):
        of_length = np.flatnonzero(lengths == length)
        if not len(of_length):
            continue
        units = names.units[names.offsets[of_length][:, None] + np.arange(length)]
        said = (units > LATIN_UNITS).all(axis=1) & (readings[units, 0] > 0).all(axis=1)
        of_length, units = of_length[said], units[said]
        for columns in product((0, 1), repeat=length):
            spoken = readings[units, np.array(columns)]
            whole = (spoken > 0).all(axis=1)
            key = np.zeros(int(whole.sum()), np.uint64)
            for place in range(length):
                key = (key << np.uint64(_BITS)) | spoken[whole, place]
            keys.append(key)
            rows.append(of_length[whole])
    return np.concatenate(keys), np.concatenate(rows)


def _syllables(letters: NDArray[np.uint16]) -> list[np.uint64]:
    """The numbers of every way to read letters as two to six syllables; ü may be written u."""
    text = "".join(chr(code) for code in characters().codes[letters])
    found = []

    def read(at: int, key: int, count: int) -> None:
        if at == len(text) and count > 1:
            found.append(np.uint64(key))
        if at < len(text) and count < renderings.LONGEST:
            for length in range(1, 7):  # zhuang, chuang, shuang
                for number in _numbers().get(text[at : at + length], ()):
                    if at + length <= len(text):
                        read(at + length, key << _BITS | number, count + 1)

    read(0, 0, 0)
    return found


@cache
def _numbers() -> dict[str, tuple[int, ...]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, syllable in enumerate(characters().syllables):
        if number:
            for text in {syllable, syllable.replace("v", "u")}:
                found[text].append(number)
    return {text: tuple(numbers) for text, numbers in found.items()}
