"""How much of two characters is written by the same run of strokes.

Each character becomes the sequence of its basic strokes (横 竖 撇 点 折): from a stroke-order list,
or, where the list has none, from those of its parts in the order of its description. The longest
common stretch is found by local alignment (Smith and Waterman, J. Mol. Biol. 147, 1981), which
sees what whole-glyph features miss: characters that share one part in different frames (粤 奥).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zhixing.engines.lookalike.compiled import kernel

from .components import ARITY

LONGEST = 40  # strokes kept of a character
KINDS = "hspnzx"  # x: a stroke of unknown kind, like none
_BASIC = dict(zip("一丨丿丶㇏乙乚亅㇀㇇㇉𠃌𠃊", "hspnnzzshzzzz", strict=True))
_DEEPEST = 8
_GUESS = 20  # strokes at most of a part that nothing is known of


def read_orders(path: Path) -> dict[str, str]:
    """Stroke sequences by character from a file of ``character TAB hspnz…`` lines."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return {
            row[0]: row[1]
            for row in rows
            if len(row) == 2 and len(row[0]) == 1 and re.fullmatch("[hspnz]+", row[1])
        }


def sequences(
    alphabet: Sequence[str],
    orders: Mapping[str, str],
    ids: Mapping[str, str],
    counts: Mapping[str, int],
) -> tuple[NDArray[np.uint8], NDArray[np.int16]]:
    """Stroke kinds (characters, LONGEST), 1 to 6 in the order of `KINDS`, and their numbers."""

    @cache
    def written(character: str, depth: int) -> str:
        if character in orders:
            return orders[character]
        if character in _BASIC:
            return _BASIC[character]
        parts = [part for part in ids.get(character, "") if part not in ARITY]
        if depth > _DEEPEST or len(parts) < 2:
            return "x" * max(1, min(counts.get(character, 1), _GUESS))
        return "".join(written(part, depth + 1) for part in parts if part != character)

    texts = [written(character, 0)[:LONGEST] for character in alphabet]
    out = np.zeros((len(texts), LONGEST), np.uint8)
    for row, text in enumerate(texts):
        out[row, : len(text)] = [KINDS.index(kind) + 1 for kind in text]
    return out, np.array([len(text) for text in texts], np.int16)


@kernel
def common_runs(
    strokes: NDArray[np.uint8],
    lengths: NDArray[np.int16],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    out: NDArray[np.float32],
) -> None:
    """Best local alignment of each pair, as a share of the strokes of both, into ``out``."""
    unknown = 6
    score = np.zeros((LONGEST + 1, LONGEST + 1), np.float32)
    for pair in range(len(first)):
        a, b = first[pair], second[pair]
        n, m = lengths[a], lengths[b]
        best = np.float32(0)
        for i in range(1, n + 1):
            for j in range(1, m + 1):
                x, y = strokes[a, i - 1], strokes[b, j - 1]
                step = np.float32(-1)
                if x == unknown or y == unknown:
                    step = np.float32(0)
                elif x == y:
                    step = np.float32(1)
                gap = max(score[i - 1, j], score[i, j - 1]) - np.float32(1)
                here = max(np.float32(0), score[i - 1, j - 1] + step, gap)
                score[i, j] = here
                best = max(best, here)
        out[pair] = 2 * best / max(1, n + m)
