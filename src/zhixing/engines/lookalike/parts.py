"""The glyph parts of characters, and what two characters share of them.

Decompositions are those of ideographic description sequences (yi-bai/ids, MIT), without their
operators; ``data/parts.npz`` is built with the shape table.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np

_DEEPEST = 6  # a description nests no deeper
_STROKES = frozenset("一丨丿丶乙亅乚㇏㇀㇇㇉十人八")  # in so many characters that they say nothing


@cache
def _table() -> dict[str, str]:
    """Character → its parts, one level down."""
    with np.load(Path(__file__).parent / "data" / "parts.npz") as stored:
        whole = stored["whole"].astype("<u4").tobytes().decode("utf-32-le")
        flat = stored["parts"].astype("<u4").tobytes().decode("utf-32-le")
        ends = np.cumsum(stored["counts"].astype(np.int64)).tolist()
    starts = [0, *ends[:-1]]
    return {c: flat[x:y] for c, x, y in zip(whole, starts, ends, strict=True)}


def parts_of(character: str) -> tuple[str, ...]:
    """The parts one level down; the character alone when it is not divided."""
    return tuple(_table().get(character, character))


def differing_parts(
    first: str, second: str
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """(shared, only in the first, only in the second): the largest parts both have, and the rest.

    A character that is a part of the other counts as shared whole. Characters that share nothing
    are not divided.
    """
    left, right = _nodes(first), _nodes(second)
    shared, rest = _split(first, right, 0)
    _, other = _split(second, Counter(shared), 0)
    if not shared:
        return (), (first,), (second,)
    kept = left & right
    return tuple(part for part in shared if kept[part]), tuple(rest), tuple(other)


@cache
def _nodes(character: str, depth: int = 0) -> Counter[str]:
    """Every part at any depth with how often it occurs, the character itself included."""
    found = Counter([character])
    pieces = parts_of(character)
    if depth < _DEEPEST and pieces != (character,):
        for piece in pieces:
            found += _nodes(piece, depth + 1)
    return found


def _split(character: str, wanted: Counter[str], depth: int) -> tuple[list[str], list[str]]:
    """Largest parts of a character that are still wanted (each is then used up), and the rest."""
    if wanted[character] > 0 and (depth == 0 or character not in _STROKES):
        wanted = wanted.copy() if depth == 0 else wanted
        wanted[character] -= 1
        return [character], []
    pieces = parts_of(character)
    if depth >= _DEEPEST or pieces == (character,):
        return [], [character]
    open_ = wanted.copy() if depth == 0 else wanted
    shared: list[str] = []
    rest: list[str] = []
    for piece in pieces:
        found, left = _split(piece, open_, depth + 1)
        shared += found
        rest += left
    return (shared, rest) if shared else ([], [character])
