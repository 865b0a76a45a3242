"""How alike two characters are in their parts, from ideographic description sequences (IDS).

Every character is unfolded into the tree of its parts; each part, at any depth, is one feature
weighted by its share of the strokes, once alone and once with its place in the tree.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_BINARY = "⿰⿱⿴⿵⿶⿷⿸⿹⿺⿻⿼⿽"
ARITY = {**dict.fromkeys(_BINARY, 2), "⿲": 3, "⿳": 3, "⿾": 1, "⿿": 1}
_MARKS = re.compile(r"\([^)]*\)|\[[^\]]*\]|[.#{}A-Za-z0-9']")


def read_ids(path: Path) -> dict[str, str]:
    """First description of each character in a yi-bai/ids file, without its source marks."""
    out = {}
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) >= 2 and len(fields[0]) == 1:
                out[fields[0]] = _MARKS.sub("", fields[1].split(";")[0])
    return out


def read_strokes(path: Path) -> dict[str, int]:
    """Stroke counts (first form) of each character in a yi-bai/ids ``ids_ts`` file."""
    out = {}
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            number = re.match(r"\d+", fields[1]) if len(fields) >= 2 else None
            if number:
                out[fields[0]] = int(number[0])
    return out


class Parts:
    """The part trees of an alphabet."""

    def __init__(self, ids: Mapping[str, str], strokes: Mapping[str, int]) -> None:
        self._ids = ids
        self._strokes = strokes
        self._tree = cache(self._unfold)

    def of(self, character: str) -> tuple[tuple[str, str, int, float], ...]:
        """(part, place, depth, share of the strokes) of every node below ``character``."""
        return self._tree(character)

    def _unfold(
        self, character: str, seen: frozenset[str] = frozenset()
    ) -> tuple[tuple[str, str, int, float], ...]:
        text = self._ids.get(character, "")
        if len(text) < 3 or character in seen:
            return ()
        nodes: list[tuple[str, str, int, float]] = []
        self._walk(text, 0, "", 1, nodes, seen | {character})
        total = max(1, sum(n for _, _, d, n in nodes if d == 1))
        return tuple((part, place, depth, n / total) for part, place, depth, n in nodes)

    def _walk(
        self,
        text: str,
        at: int,
        place: str,
        depth: int,
        nodes: list[tuple[str, str, int, float]],
        seen: frozenset[str],
    ) -> tuple[int, int]:
        """Reads one description at ``at``; returns where it ended and its strokes."""
        if at >= len(text):
            return at, 1
        head = text[at]
        if head not in ARITY:
            strokes = self._strokes.get(head, 2)
            nodes.append((head, place, depth, strokes))
            if depth < 4:
                for part, below, deeper, share in self._unfold(head, seen):
                    nodes.append((part, place + below, depth + deeper, share * strokes))
            return at + 1, strokes
        total = 0
        at += 1
        for branch in range(ARITY[head]):
            at, strokes = self._walk(text, at, f"{place}{head}{branch}", depth, nodes, seen)
            total += strokes
        return at, total


def part_matrix(alphabet: Sequence[str], parts: Parts) -> sparse.csr_matrix:
    """Unit-length rows of part features for every character of ``alphabet``."""
    columns: dict[str, int] = {}
    rows: list[int] = []
    cols: list[int] = []
    values: list[float] = []
    for row, character in enumerate(alphabet):
        features: dict[str, float] = {"=" + character: 1.0}
        for part, place, depth, share in parts.of(character):
            weight = share**0.75 * 0.85 ** (depth - 1)
            features["=" + part] = features.get("=" + part, 0.0) + weight
            key = part + place
            features[key] = features.get(key, 0.0) + 0.7 * weight
        for key, value in features.items():
            rows.append(row)
            cols.append(columns.setdefault(key, len(columns)))
            values.append(value)
    matrix = sparse.csr_matrix(
        (np.array(values, np.float32), (rows, cols)), (len(alphabet), len(columns))
    )
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scaled: sparse.csr_matrix = sparse.diags(1 / norms.astype(np.float32)) @ matrix
    return scaled


def containments(
    alphabet: Sequence[str], parts: Parts
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """Pairs (whole, part, share of strokes): one character is a first-level part of another."""
    where = {character: row for row, character in enumerate(alphabet)}
    found = [
        (row, where[part], share)
        for row, character in enumerate(alphabet)
        for part, _, depth, share in parts.of(character)
        if depth == 1 and share >= 0.4 and part in where and part != character
    ]
    whole, part, share = zip(*found, strict=True)
    return np.array(whole), np.array(part), np.array(share, np.float32)
