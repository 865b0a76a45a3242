"""Columns of names as arrays of code points, and the folding every comparison starts from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from .characters import CLOSE, LIMIT, OPEN, characters

Strings: TypeAlias = Sequence[str] | pa.Array | pa.ChunkedArray


def as_list(names: Strings) -> list[str]:
    """The column as a list of strings; nulls become empty strings."""
    if isinstance(names, pa.Array | pa.ChunkedArray):
        return [name or "" for name in names.to_pylist()]
    return list(names)


def code_points(names: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """All code points in one array, and where each name begins (one offset more than names)."""
    codes = np.frombuffer("".join(names).encode("utf-32-le", "surrogatepass"), np.uint32)
    offsets = np.zeros(len(names) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, names), np.int64, len(names)), out=offsets[1:])
    return codes, offsets


def fold(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Each code point as it is judged: simplified, half width, lower case; 0 for punctuation."""
    known = np.minimum(codes, LIMIT - 1)
    folded: NDArray[np.uint32] = characters().fold[known]
    return folded


def normalise(text: str) -> str:
    """``text`` as it is judged: NFKC, simplified, lower case, without punctuation and spaces.

    A compatibility character that stands for several (㈱) is judged by the first letter of them, so
    that positions in the folded text are positions in the text.
    """
    codes, _ = code_points([text])
    return "".join(chr(c) for c in fold(codes) if c and c not in (OPEN, CLOSE))
