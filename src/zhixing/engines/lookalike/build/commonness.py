"""How common characters, pairs and whole trade names are among traders, counted once.

The names are the company short names of wainshine/Company-Names-Corpus (Apache License 2.0). Three
quarters are counted; the others, told apart by a hash, stay unseen for fitting the decision model.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zhixing.engines.lookalike.characters import LATIN_UNITS, characters
from zhixing.engines.lookalike.cores import cores

PAIR_SEEN = 3  # adjacent pairs seen less often are not told from chance
PAIR_GAIN = 1.0  # bits by which a pair must be commoner than its characters by chance
WORD_SEEN = 4  # trade names that so many traders bear are listed
STEPS = 8  # steps a bit in the stored gains


def read_names(path: Path) -> tuple[list[str], list[str]]:
    """The short names of a (gzipped) text file: counted ones, and the quarter kept for fitting."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        names = sorted({line.strip() for line in lines} - {""})
    counted: list[str] = []
    kept: list[str] = []
    for name in names:
        (kept if hashlib.sha256(name.encode()).digest()[0] % 4 == 0 else counted).append(name)
    return counted, kept


def build(path: Path, out: Path, say: Callable[[str], None]) -> None:
    """Count ``path`` into ``commonness.npz`` in the folder ``out``."""
    counted, _ = read_names(path)
    parsed = cores(counted)
    singles: Counter[int] = Counter()
    pairs: Counter[tuple[int, int]] = Counter()
    words: Counter[tuple[int, ...]] = Counter()
    for row in range(len(parsed)):
        units = parsed.of(row).tolist()
        if not 2 <= len(units) <= 4 or min(units) <= LATIN_UNITS:
            continue
        singles.update(units)
        pairs.update(pairwise(units))
        words[tuple(units)] += 1
    total, places = singles.total(), pairs.total()
    gains = {
        pair: gain
        for pair, seen in pairs.items()
        if seen >= PAIR_SEEN
        and (gain := _gain(seen, singles[pair[0]], singles[pair[1]], places, total)) >= PAIR_GAIN
    }
    listed = sorted((word, seen) for word, seen in words.items() if seen >= WORD_SEEN)
    codes = characters().codes
    one = sorted(singles)
    two = sorted(gains)
    np.savez_compressed(
        out / "commonness.npz",
        total=np.array([total, words.total()], np.int64),
        codes=codes[one],
        counts=np.array([singles[unit] for unit in one], np.uint16),
        pairs=codes[np.array(two)],
        gains=np.array([min(255, round(gains[pair] * STEPS)) for pair in two], np.uint8),
        words=_text(codes, [word for word, _ in listed]),
        word_counts=np.array([seen for _, seen in listed], np.uint16),
    )
    (out / "COMMONNESS.txt").write_text(_PROVENANCE, encoding="utf-8")
    say(
        f"{words.total()} trade names: {len(one)} characters, {len(two)} pairs, {len(listed)} words"
    )


def _gain(seen: int, first: int, second: int, places: int, total: int) -> float:
    """Bits by which the pair is commoner than its characters make it by chance."""
    return float(np.log2(seen / places) - np.log2(first / total) - np.log2(second / total))


def _text(codes: NDArray[np.uint32], words: Sequence[tuple[int, ...]]) -> NDArray[np.uint8]:
    text = " ".join("".join(chr(codes[unit]) for unit in word) for word in words)
    return np.frombuffer(text.encode(), np.uint8)


_PROVENANCE = """\
commonness.npz is numeric data made by `zhixing lookalike build-commonness` from the company short
names of https://github.com/wainshine/Company-Names-Corpus (Apache License 2.0, Copyright the
authors of Company-Names-Corpus): counts of characters, of adjacent characters and of trade names
that four or more companies bear, in three quarters of the names. It is a derived work; the names
themselves are not shipped.
"""
