"""Details of the mark: points with their neighbourhood, which survive when something is added.

Points are extrema of differences of Gaussians, described by gradient histograms around them, after
Lowe, "Distinctive image features from scale-invariant keypoints" (IJCV 2004). The description is
kept as the signs of 128 fixed projections (Charikar, STOC 2002): comparing is counting bits.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from . import kernels
from .prepare import CANVAS

MOST = 40  # details kept of a mark, the strongest first
BITS = 128
_FINEST = 1.13  # standard deviation of the first blur, in pixels of the canvas
_WIDTHS = (_FINEST * 2 ** (np.arange(7) / 2)).astype(np.float32)
_CANDIDATES = 120


@dataclass(frozen=True, slots=True)
class Details:
    """What is kept of a mark's details.

    Attributes:
        bits: (count, 2) the description of each.
        place: (count, 4) x, y (pixels from the middle), logarithm of the size, direction.
    """

    bits: NDArray[np.uint64]
    place: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.bits)


def details(canvas: NDArray[np.float32]) -> Details:
    """The details of a mark on its canvas."""
    levels = np.empty((len(_WIDTHS), CANVAS, CANVAS), np.float32)
    kernels.blur(canvas, _WIDTHS, levels)
    found = np.empty((_CANDIDATES, 4), np.float32)
    count = kernels.extrema(levels[1:] - levels[:-1], found)
    points = found[:count]
    points = points[np.argsort(-points[:, 3], kind="stable")][:MOST]
    sizes = _FINEST * 2 ** (points[:, 2] / 2)
    told = np.zeros((MOST, 128), np.float32)
    place = np.zeros((MOST, 4), np.float32)
    kept = kernels.describe(levels, points, sizes.astype(np.float32), told, place)
    told, place = told[:kept], place[:kept]
    # Without its mean a description of nothing in common has as many bits right as wrong.
    signs = (told - told.mean(1, keepdims=True)) @ _projections() > 0
    packed = np.packbits(signs, axis=1, bitorder="little").view("<u8")
    place[:, :2] -= CANVAS / 2
    return Details(packed.reshape(-1, 2).astype(np.uint64), place)


@cache
def _projections() -> NDArray[np.float32]:
    """128 directions of ones and minus ones, the same everywhere and for ever: bits of SHA-256."""
    stream = b"".join(
        hashlib.sha256(f"zhixing figures {row}".encode()).digest()
        for row in range(BITS * 128 // 256)
    )
    bits = np.unpackbits(np.frombuffer(stream, np.uint8))
    return (bits.reshape(128, BITS) * 2.0 - 1).astype(np.float32)
