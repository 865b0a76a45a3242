"""Readings of characters and the classes of syllables that are taken for one another."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .text import LIMIT, lines_of, tables
from .trie import hash_table

_DIGITS = dict(zip("0123456789", "ling yi er san si wu liu qi ba jiu".split(), strict=True))
# Initials and finals that many speakers do not tell apart.
_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "h": "f"}
_FINALS = {"ing": "in", "eng": "en", "ang": "an", "iang": "ian", "uang": "uan"}
_ALL_INITIALS = "zh ch sh b p m f d t n l g k h j q x r z c s y w".split()


@cache
def _readings() -> Mapping[str, tuple[str, ...]]:
    names = lines_of("syllables")
    characters = "".join(lines_of("sounding"))
    rows = tables()["readings"].tolist()
    known = {
        han: tuple(names[one] for one in row if one)
        for han, row in zip(characters, rows, strict=True)
    }
    return {**known, **{digit: (name,) for digit, name in _DIGITS.items()}}


def readings(character: str) -> tuple[str, ...]:
    """The readings of a character or digit, the commonest first."""
    return _readings().get(character, ())


@cache
def syllable_numbers() -> Mapping[str, int]:
    """Syllable -> its number, from 1 on."""
    return {name: number for number, name in enumerate(lines_of("syllables")) if name}


@cache
def class_numbers() -> NDArray[np.int32]:
    """Syllable number -> number of its class, from 1 on."""
    keys: dict[tuple[str, str], int] = {}
    classes = np.zeros(len(lines_of("syllables")), np.int32)
    for name, number in syllable_numbers().items():
        initial = next(
            (one for one in _ALL_INITIALS if name.startswith(one) and len(name) > len(one)), ""
        )
        final = name[len(initial) :]
        key = _INITIALS.get(initial, initial), _FINALS.get(final, final)
        classes[number] = keys.setdefault(key, len(keys) + 1)
    return classes


def sound_tables() -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Code -> syllable, syllable -> class, and the table of spelled syllables."""
    numbers = syllable_numbers()
    syllable = np.zeros(LIMIT, np.int32)
    for character, names in _readings().items():
        syllable[ord(character)] = numbers[names[0]]
    spelled = {_letters_key(name): number for name, number in numbers.items() if 1 < len(name) <= 6}
    spelled |= {_letters_key(name): numbers[name] for name in "aoe" if name in numbers}
    keys = np.array(list(spelled), np.int32)
    return syllable, class_numbers(), hash_table(keys, np.array(list(spelled.values()), np.int32))


def _letters_key(name: str) -> int:
    key = 0
    for letter in name:
        key = key * 27 + ord(letter) - 96
    return key
