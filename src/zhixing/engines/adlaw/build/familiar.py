"""Which neighbouring characters ordinary text is full of, so that chance likeness is not a hit.

Counted in a word list with frequencies (jieba's form: word, count, kind) and in running text. A
pair is *familiar* from `SEEN` occurrences on and *common* from `COMMON` on; words of three and
four characters are kept whole.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..text import fold_characters

SEEN, COMMON = 6, 120
WORD = 12  # occurrences from which a longer word is one


def build(words: Path, texts: Iterable[Path]) -> dict[str, NDArray[Any]]:
    """`pairs` (first << 16 | second, sorted), `pair_levels` (1 or 2) and `long_words`."""
    pairs: Counter[tuple[str, str]] = Counter()
    whole: Counter[str] = Counter()
    for line in words.read_text().splitlines():
        word, count, *_ = line.split(" ")
        word = fold_characters(word)
        if not _is_han(word) or len(word) < 2:
            continue
        for pair in pairwise(word):
            pairs[pair] += int(count)
        if 3 <= len(word) <= 4 and int(count) >= WORD:
            whole[word] += 1
    for path in texts:
        for line in _lines(path):
            for one, two in pairwise(fold_characters(line)):
                if _is_han(one + two):
                    pairs[one, two] += 1
    kept = sorted(
        (ord(one) << 16 | ord(two), 2 if count >= COMMON else 1)
        for (one, two), count in pairs.items()
        if count >= SEEN
    )
    return {
        "pairs": np.array([key for key, _ in kept], np.uint32),
        "pair_levels": np.array([level for _, level in kept], np.uint8),
        "long_words": np.frombuffer("\n".join(sorted(whole)).encode(), np.uint8),
    }


def _is_han(text: str) -> bool:
    return all("\u4e00" <= one <= "\u9fff" for one in text)


def _lines(path: Path) -> Iterator[str]:
    raw = path.read_bytes()
    yield from (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode().splitlines()
