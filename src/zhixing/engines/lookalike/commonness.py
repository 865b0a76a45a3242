"""How common characters, adjacent characters and whole trade names are among traders.

``data/commonness.npz`` holds counts of real company short names (see COMMONNESS.txt beside it).
From them follows how improbable a name is by chance, in bits: what many traders bear tells little.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

STEPS = 8  # steps a bit in the stored gains
RARE_BITS = 17.0  # of a character that is never seen in a name
FREE = np.uint32(0xFFFFFFFF)  # an empty slot
MULTIPLIER = 0x9E3779B1


@dataclass(frozen=True, slots=True)
class Commonness:
    """The stored counts."""

    codes: NDArray[np.uint32]
    bits: NDArray[np.float32]  # information of each of ``codes`` in a trade name
    pairs: NDArray[np.uint32]  # (n, 2) adjacent characters commoner than by chance
    gains: NDArray[np.float32]  # by how many bits
    words: Mapping[str, int]  # trade names and how many companies bear them
    companies: int  # counted in all


@cache
def commonness() -> Commonness:
    """The shipped counts."""
    with np.load(Path(__file__).parent / "data" / "commonness.npz") as stored:
        total, companies = stored["total"].tolist()
        words = stored["words"].tobytes().decode().split(" ")
        bits = np.log2(total) - np.log2(stored["counts"])
        return Commonness(
            codes=stored["codes"],
            bits=np.minimum(bits, RARE_BITS).astype(np.float32),
            pairs=stored["pairs"],
            gains=stored["gains"].astype(np.float32) / STEPS,
            words=dict(zip(words, stored["word_counts"].tolist(), strict=True)),
            companies=companies,
        )


def pair_table(
    known: Commonness, unit_of: NDArray[np.uint16]
) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Open-addressing table of adjacent units (first << 16 | second) and their gains in bits."""
    units = unit_of[known.pairs].astype(np.uint32)
    keys = units[:, 0] << np.uint32(16) | units[:, 1]
    size = 1 << (2 * len(keys)).bit_length()
    table = np.full(size, FREE, np.uint32)
    gains = np.zeros(size, np.float32)
    for key, gain in zip(keys.tolist(), known.gains.tolist(), strict=True):
        slot = pair_slot(key, size)
        while table[slot] != FREE:
            slot = (slot + 1) & (size - 1)
        table[slot], gains[slot] = key, gain
    return table, gains


def pair_slot(key: int, size: int) -> int:
    """Where the search for a pair begins; the same arithmetic is in `decision.query_bits`."""
    return ((key * MULTIPLIER) & 0xFFFFFFFF) >> 8 & (size - 1)
