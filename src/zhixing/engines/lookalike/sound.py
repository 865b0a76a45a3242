"""How alike two toneless syllables sound, from confusions of initials and finals.

The confusions are those of common accents (zh/z, n/l, f/h, an/ang, in/ing ...) and of stops that
differ in breath only (b/p, d/t, g/k). Likeness of syllables is the product of both parts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_INITIALS = "zh ch sh b p m f d t n l g k h j q x r z c s y w".split()
_NEAR_INITIALS = {
    **dict.fromkeys(["zh z", "ch c", "sh s"], 0.9),
    **dict.fromkeys(["n l"], 0.85),
    **dict.fromkeys(["f h", "r l"], 0.75),
    **dict.fromkeys(["b p", "d t", "g k", "j q", "zh ch", "z c"], 0.65),
    **dict.fromkeys(["x s", "x sh", "j zh", "q ch", "h w", "q x", "j z", "q c"], 0.5),
}
_NEAR_FINALS = {
    **dict.fromkeys(["in ing", "en eng", "o uo"], 0.9),
    **dict.fromkeys(["an ang", "uan uang", "ian iang", "un ong", "eng ong", "u v"], 0.8),
    **dict.fromkeys(["ai ei", "ui ei", "uai ui", "e o", "ie ue", "un en", "uan an", "iu ou"], 0.65),
    **dict.fromkeys(["ao ou", "ao iao", "ia a", "ua a", "uo ou", "e uo", "i v"], 0.55),
}
_LOWEST = 0.5  # products below are no likeness at all

# Syllables that fall into one class for candidate search: a class is reached before exact scoring.
_CLASS_INITIAL = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "r": "l", "h": "f"}
_CLASS_FINAL = {"ing": "in", "eng": "en", "ang": "an", "iang": "ian", "uang": "uan", "uo": "o"}


def split(syllable: str) -> tuple[str, str]:
    """Initial ("-" when there is none) and final of a toneless syllable."""
    for initial in _INITIALS:
        if syllable.startswith(initial) and len(syllable) > len(initial):
            return initial, syllable[len(initial) :]
    return "-", syllable


def confusion(syllables: Sequence[str]) -> NDArray[np.uint8]:
    """Likeness 0..255 of every two syllables; syllable number 0 ("none") is like nothing."""
    halves = [split(name) for name in syllables]
    initials = _pairwise([initial for initial, _ in halves], _NEAR_INITIALS)
    finals = _pairwise([final for _, final in halves], _NEAR_FINALS)
    likeness = initials * finals
    likeness[likeness < _LOWEST] = 0
    likeness[0, :] = likeness[:, 0] = 0
    return np.round(likeness * 255).astype(np.uint8)


def classes(syllables: Sequence[str]) -> NDArray[np.uint16]:
    """The search class of every syllable; class 0 is "none"."""
    keys = []
    for name in syllables:
        initial, final = split(name)
        keys.append((_CLASS_INITIAL.get(initial, initial), _CLASS_FINAL.get(final, final)))
    number = {key: row for row, key in enumerate(dict.fromkeys(keys))}
    return np.array([number[key] for key in keys], np.uint16)


def _pairwise(values: Sequence[str], near: dict[str, float]) -> NDArray[np.float64]:
    names = sorted(set(values))
    place = {name: row for row, name in enumerate(names)}
    table = np.eye(len(names))
    for pair, likeness in near.items():
        first, second = pair.split()
        if first in place and second in place:
            table[place[first], place[second]] = table[place[second], place[first]] = likeness
    rows = np.array([place[value] for value in values])
    spread: NDArray[np.float64] = table[np.ix_(rows, rows)]
    return spread
