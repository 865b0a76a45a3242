"""Whole names that say the same by other signs: translations, transliterations, pinyin.

苹果 and APPLE share no character; what they share is known from a word list compiled for this
project (``words/renderings.txt``), or follows from the readings (茅台, MAOTAI). Guidelines treat a
foreign mark and its Chinese rendering, and words of one meaning, as similar (商标审查审理指南,
part 2, chapter 5).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import permutations, product

import numpy as np
from numpy.typing import NDArray

from .characters import LATIN_UNITS, characters
from .text import code_points, fold
from .words import lines

SAME_MEANING = 0.85  # score of a whole name rendered by other signs
SPELLED_OUT = 0.8  # score of a Chinese name written in pinyin
LONGEST = 6  # characters of a name that is spelled out

Units = NDArray[np.uint16]


def renderings(core: Units) -> tuple[Units, ...]:
    """Other names that mean the same as the whole of ``core``, as units."""
    return tuple(np.frombuffer(other, np.uint16) for other in _table().get(core.tobytes(), ()))


def listed() -> tuple[Units, ...]:
    """All names of the word list, as units."""
    return tuple(np.frombuffer(one, np.uint16) for one in _table())


def same_meaning(first: Units, second: Units) -> bool:
    """Whether two whole names stand on one line of the word list."""
    return second.tobytes() in _table().get(first.tobytes(), ())


def spelled_out(first: Units, second: Units) -> bool:
    """Whether one name is the other's pinyin, without tones, by any of its readings."""
    for chinese, latin in ((first, second), (second, first)):
        letters = (latin <= LATIN_UNITS).all() and (chinese > LATIN_UNITS).all()
        if letters and 2 <= len(chinese) <= LONGEST and _text(latin) in set(_spellings(chinese)):
            return True
    return False


def _spellings(core: Units) -> Iterator[str]:
    known = characters()
    choices = [
        [known.syllables[number] for number in known.readings[unit] if number] for unit in core
    ]
    for chosen in product(*choices):
        text = "".join(chosen)
        yield text
        yield text.replace("v", "u")


def _text(core: Units) -> str:
    return "".join(chr(code) for code in characters().codes[core])


@cache
def _table() -> dict[bytes, tuple[bytes, ...]]:
    """Each listed name with the others of its lines."""
    found: defaultdict[bytes, dict[bytes, None]] = defaultdict(dict)
    for line in lines("renderings"):
        for one, other in permutations(map(_units, line), 2):
            if one != other:
                found[one][other] = None
    return {one: tuple(others) for one, others in found.items()}


def _units(word: str) -> bytes:
    codes, _ = code_points([word])
    units: Units = characters().unit_of[fold(codes)]
    return units[units > 0].tobytes()
