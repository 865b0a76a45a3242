"""The mark as a whole: histograms of edge directions in a grid of cells.

After Dalal and Triggs, "Histograms of oriented gradients for human detection" (CVPR 2005), without
their overlapping blocks: directions without sign in 8 bins, 10 × 10 cells, each pixel shared among
its neighbours, square roots (Arandjelović and Zisserman, CVPR 2012), unit length.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .prepare import CANVAS

CELLS, BINS = 10, 8
LENGTH = CELLS * CELLS * BINS
_FULL = 255 * 4  # largest entries of a unit vector of 800 stay well below a quarter


def histogram(canvas: NDArray[np.float32]) -> NDArray[np.uint8]:
    """`LENGTH` bytes, from which `unit` makes a vector again."""
    down, across = np.gradient(_smooth(canvas))
    strength = np.hypot(across, down)
    # The bin of the direction along which lightness changes; 0 and 180 degrees are one.
    turn = np.arctan2(down, across) % np.pi * (BINS / np.pi)
    low = np.floor(turn).astype(np.int64)
    part = turn - low
    planes = np.zeros((BINS, CANVAS, CANVAS), np.float32)
    at = np.indices((CANVAS, CANVAS))
    planes[low % BINS, at[0], at[1]] += strength * (1 - part)
    planes[(low + 1) % BINS, at[0], at[1]] += strength * part
    cells = _SHARE @ planes @ _SHARE.T  # (bins, rows, columns)
    vector = np.sqrt(cells.transpose(1, 2, 0).ravel())
    vector /= np.linalg.norm(vector) or 1.0
    kept: NDArray[np.uint8] = np.minimum(np.rint(vector * _FULL), 255).astype(np.uint8)
    return kept


def unit(stored: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Stored histograms as vectors of length one; the dot product of two is their likeness."""
    vectors = stored.astype(np.float32)
    lengths = np.sqrt(np.einsum("...i,...i->...", vectors, vectors))[..., None]
    result: NDArray[np.float32] = vectors / np.maximum(lengths, 1e-6)
    return result


def turned(stored: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The 8 histograms of the mark turned by 0, 90, 180, 270 degrees, then the same mirrored.

    Turning a picture turns its grid of cells and shifts the bins by half a circle's half, so no
    picture has to be drawn again.
    """
    grid = stored.reshape(CELLS, CELLS, BINS)
    mirrored = grid[:, ::-1, (BINS - np.arange(BINS)) % BINS]
    views = [
        np.roll(np.rot90(source, quarter), (BINS // 2) * quarter, axis=2)
        for source in (grid, mirrored)
        for quarter in range(4)
    ]
    return np.stack([view.reshape(LENGTH) for view in views])


def _smooth(canvas: NDArray[np.float32]) -> NDArray[np.float32]:
    """A binomial blur over five pixels: strokes drawn thin or thick get like gradients."""
    padded = np.pad(canvas, 2)
    weights = (1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16)
    rows = np.zeros((CANVAS, CANVAS + 4), np.float32)
    both = np.zeros((CANVAS, CANVAS), np.float32)
    for k, weight in enumerate(weights):
        rows += np.float32(weight) * padded[k : k + CANVAS]
    for k, weight in enumerate(weights):
        both += np.float32(weight) * rows[:, k : k + CANVAS]
    return both


def _shares() -> NDArray[np.float32]:
    """(cells, pixels): how a pixel divides between the two cells whose centres are nearest."""
    centres = (np.arange(CELLS) + 0.5) * (CANVAS / CELLS)
    pixels = np.arange(CANVAS) + 0.5
    near = 1 - np.abs(centres[:, None] - pixels[None]) / (CANVAS / CELLS)
    return np.maximum(near, 0).astype(np.float32)


_SHARE = _shares()
