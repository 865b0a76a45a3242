"""The part of a name that is compared: its trade name, as units of the alphabet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from . import grammar
from .characters import CLOSE, LATIN_UNITS, characters
from .compiled import kernel
from .text import code_points, fold
from .words import sections

HASH_BASIS, HASH_PRIME = 0xCBF29CE484222325, 0x100000001B3  # of a 64-bit FNV-1a hash
MAX_UNITS = 24  # a longer trade name is compared by its first 24 characters


@dataclass(frozen=True, slots=True)
class Cores:
    """Trade names of a column: ``units[offsets[i]:offsets[i + 1]]`` belong to name ``i``."""

    units: NDArray[np.uint16]
    positions: NDArray[np.int32]  # where each unit stands in its name, from 0
    offsets: NDArray[np.int64]
    traits: NDArray[np.uint8]  # grammar.HAS_FORM | grammar.HAS_DRESS
    words: NDArray[np.uint32]  # a number for the trade words beside each trade name; 0 for none

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def of(self, row: int) -> NDArray[np.uint16]:
        """The units of one trade name."""
        return self.units[self.offsets[row] : self.offsets[row + 1]]

    def positions_of(self, row: int) -> list[int]:
        """Where its units stand in the name, from 0."""
        places: list[int] = self.positions[self.offsets[row] : self.offsets[row + 1]].tolist()
        return places


def picked(names: Cores, rows: NDArray[np.int64]) -> Cores:
    """Some rows of a column, in the order given; places in the texts are not kept."""
    lengths = np.diff(names.offsets)[rows]
    offsets = np.zeros(len(rows) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    within = np.arange(int(offsets[-1])) - np.repeat(offsets[:-1], lengths)
    units = names.units[np.repeat(names.offsets[rows], lengths) + within]
    return Cores(units, np.zeros(0, np.int32), offsets, names.traits[rows], names.words[rows])


def cores(names: Sequence[str]) -> Cores:
    """The trade names of a column of names.

    A text without a form of organisation (a mark, a shop sign) that the grammar leaves without a
    trade name is compared whole; an enterprise name without one (乐清市建设公司) has an empty core.
    Digits beside Chinese characters read as Chinese numerals (3只松鼠 = 三只松鼠).
    """
    codes, offsets = code_points(names)
    folded = fold(codes)
    labels, traits = grammar.label(folded, offsets)
    units = np.empty(len(codes), np.uint16)
    positions = np.empty(len(codes), np.int32)
    starts = np.zeros(len(names) + 1, np.int64)
    table = characters().unit_of
    numerals = table[np.array([ord(c) for c in "零一二三四五六七八九"])]
    used = _collect(folded, offsets, labels, traits, table, numerals, units, positions, starts)
    words = _trade_words(folded, offsets, labels)
    words[np.isin(words, _general_words())] = 0
    return Cores(units[:used].copy(), positions[:used].copy(), starts, traits, words)


@cache
def _general_words() -> NDArray[np.uint32]:
    """Trade words that tell no trade from another."""
    codes, offsets = code_points(sections("trades")["general"])
    return _trade_words(fold(codes), offsets, np.full(len(codes), grammar.INDUSTRY, np.uint8))


@kernel
def _trade_words(
    folded: NDArray[np.uint32], offsets: NDArray[np.int64], labels: NDArray[np.uint8]
) -> NDArray[np.uint32]:
    """A number for the trade words of every name, 0 for none (Fowler, Noll and Vo's hash)."""
    found = np.zeros(len(offsets) - 1, np.uint32)
    for row in range(len(found)):
        value = np.uint64(HASH_BASIS)
        for at in range(offsets[row], offsets[row + 1]):
            if labels[at] == grammar.INDUSTRY:
                value = (value ^ np.uint64(folded[at])) * np.uint64(HASH_PRIME)
        if value != np.uint64(HASH_BASIS):
            low, high = value & np.uint64(0xFFFFFFFF), value >> np.uint64(32)
            found[row] = np.uint32(low ^ high) | np.uint32(1)
    return found


@kernel
def _collect(
    folded: NDArray[np.uint32],
    offsets: NDArray[np.int64],
    labels: NDArray[np.uint8],
    traits: NDArray[np.uint8],
    table: NDArray[np.uint16],
    numerals: NDArray[np.uint16],
    units: NDArray[np.uint16],
    positions: NDArray[np.int32],
    starts: NDArray[np.int64],
) -> int:
    used = 0
    for row in range(len(offsets) - 1):
        first = used
        for whole in range(2):
            for at in range(offsets[row], offsets[row + 1]):
                trade = labels[at] == grammar.TRADE
                if (trade or (whole and folded[at] > CLOSE)) and used - first < MAX_UNITS:
                    units[used] = table[folded[at]]
                    positions[used] = at - offsets[row]
                    used += 1
            if used > first or traits[row] & grammar.HAS_FORM:
                break
        letters, chinese = False, False
        for at in range(first, used):
            letters = letters or 10 < units[at] <= LATIN_UNITS
            chinese = chinese or units[at] > LATIN_UNITS
        if chinese and not letters:
            for at in range(first, used):
                if 1 <= units[at] <= 10:
                    units[at] = numerals[units[at] - 1]
        starts[row + 1] = used
    return used
