"""Reading a text as the law reads it: folded characters, each with its place in the original.

Full width, traditional characters and capitals are folded; spaces, signs and invisible characters
are dropped; what ends a clause stays. Every folded character keeps where it stood and how it was
written, so that a finding can name its span and its disguise.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

LIMIT = 0x32000  # code points from here on are not known and dropped
FIRST_PICTURE = 0xE000  # a picture with readings is folded to one of these
TRADITIONAL, WIDTH, SPACE, ZERO_WIDTH, SYMBOL, NEWLINE, EMOJI, DROPPED = (
    1, 2, 4, 8, 16, 32, 64, 128,
)  # fmt: skip

CLAUSE_ENDS = ",。!?;:\n"
SENTENCE_ENDS = "。!?;\n"
POINT = "."


@dataclass(frozen=True, slots=True)
class Folding:
    """The folding table by code point; `fold` from `LIMIT` on is a row of `more`."""

    fold: NDArray[np.uint32]
    how: NDArray[np.uint8]
    more: tuple[str, ...]


@cache
def tables() -> dict[str, NDArray[Any]]:
    """The shipped tables by name."""
    with np.load(Path(__file__).parent / "data" / "tables.npz") as stored:
        return {name: stored[name] for name in stored.files}


def folding() -> Folding:
    """The shipped folding table."""
    return _folding(id(tables()))


@cache
def _folding(_: int) -> Folding:
    raw = tables()
    more = raw["more"].tobytes().decode().split("\0")
    return Folding(raw["fold"], raw["how"], tuple(more))


def lines_of(table: str) -> list[str]:
    """The lines of a table that is text."""
    return tables()[table].tobytes().decode().split("\n")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; character `i` stood at `start[i]:end[i]` of the original, written `how[i]`."""

    text: str
    start: tuple[int, ...]
    end: tuple[int, ...]
    how: tuple[int, ...]


def fold(text: str) -> Folded:
    """The folded text with the place of each character in the original."""
    table = folding()
    read: list[tuple[str, int, int]] = []
    for place, character in enumerate(text):
        code = ord(character)
        folded = int(table.fold[code]) if code < LIMIT else 0
        if folded:
            whole = chr(folded) if folded < LIMIT else table.more[folded - LIMIT]
            read += [(one, place, int(table.how[code])) for one in whole]
    kept = [
        one
        for row, one in enumerate(read)
        if one[0] != POINT or _is_decimal_point(read[max(row - 1, 0) : row + 2])
    ]
    return Folded(
        "".join(one for one, _, _ in kept),
        tuple(place for _, place, _ in kept),
        tuple(place + 1 for _, place, _ in kept),
        tuple(how for _, _, how in kept),
    )


def fold_characters(text: str) -> str:
    """The folded characters alone: how literals of patterns and terms of lists are read."""
    folded = text.translate(_quick())
    return fold(text).text if POINT in folded else folded


class _Quick(dict[int, str]):
    """Code point -> folded characters, filled as asked for."""

    def __missing__(self, code: int) -> str:
        table = folding()
        read = int(table.fold[code]) if code < LIMIT else 0
        self[code] = "" if not read else chr(read) if read < LIMIT else table.more[read - LIMIT]
        return self[code]


def _quick() -> _Quick:
    return _quick_table(id(tables()))


@cache
def _quick_table(_: int) -> _Quick:
    return _Quick()


def _is_decimal_point(around: list[tuple[str, int, int]]) -> bool:
    """Whether a point stands directly between two digits."""
    if len(around) < 3:
        return False
    (before, first, _), (_, place, _), (after, last, _) = around
    return (
        first >= place - 1
        and last <= place + 1
        and before in "0123456789"
        and after in "0123456789"
    )
