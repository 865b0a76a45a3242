"""Goods classes (Nice classification) of marks, one bit each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST = 45  # classes of the Nice classification
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Classes:
    """Class masks by row; an empty array says that no mark has any."""

    masks: NDArray[np.uint64]

    @classmethod
    def read(cls, texts: Sequence[str]) -> Classes:
        """Masks of texts such as ``5;30``; numbers that are no class are left out."""
        cache: dict[str, int] = {}
        for text in texts:
            if text not in cache:
                numbers = (int(number) for number in _NUMBER.findall(text))
                cache[text] = sum({1 << number for number in numbers if 1 <= number <= MOST})
        masks = np.array([cache[text] for text in texts], np.uint64)
        return cls(masks if masks.any() else masks[:0])

    @property
    def nbytes(self) -> int:
        """Size of the masks."""
        return self.masks.nbytes

    def fitting(self, wanted: int) -> NDArray[np.bool_]:
        """Rows of one of the wanted classes, or of no class."""
        fits: NDArray[np.bool_] = (self.masks == 0) | ((self.masks & np.uint64(wanted)) != 0)
        return fits

    def followed_by(self, other: Classes, first: int, count: int) -> Classes:
        """The classes of ``first`` rows here and of ``count`` more after them."""
        if not len(self.masks) and not len(other.masks):
            return self
        here = self.masks if len(self.masks) else np.zeros(first, np.uint64)
        there = other.masks if len(other.masks) else np.zeros(count, np.uint64)
        return Classes(np.concatenate([here, there]))

    def filtered(self, kept: NDArray[np.bool_]) -> Classes:
        """The classes of the rows kept."""
        return Classes(self.masks[kept] if len(self.masks) else self.masks)
