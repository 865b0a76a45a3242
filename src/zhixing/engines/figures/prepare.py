"""From a picture to the mark in it: cropped, of one size, always light on dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .decode import Grey, UnusableImage

SIDE = 96  # the longer side of the mark after cropping
MARGIN = 8  # dark all round, so that the outline has gradients on both sides
CANVAS = SIDE + 2 * MARGIN
FAINTEST = 0.08  # a picture whose lightness varies less holds no mark


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark cut out of its picture.

    Attributes:
        canvas: `CANVAS` × `CANVAS`; 0 where the ground is, up to 1 on the mark.
        main: the same for its largest part, if gaps divide it into parts; else None.
        dark_ground: whether the mark is lighter than its ground, as in a negative.
    """

    canvas: NDArray[np.float32]
    main: NDArray[np.float32] | None
    dark_ground: bool


def prepare(grey: Grey) -> Mark:
    """Cut the mark out and bring it to one size and polarity; proportions stay.

    The ground is the lightness most common along the border; the mark is what differs from it, so
    a mark and its negative become the same.

    Raises:
        UnusableImage: the picture is blank.
    """
    ground = _ground(grey)
    mark = np.abs(grey - ground)
    strongest = float(np.quantile(mark, 0.995)) or float(mark.max())
    if strongest < FAINTEST:
        raise UnusableImage("blank", "a mark on its ground", "one even shade")
    mark = np.clip(mark / strongest, 0, 1)
    rows = np.flatnonzero((mark > _THRESHOLD).any(1))
    columns = np.flatnonzero((mark > _THRESHOLD).any(0))
    cut = mark[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float32)
    part = _largest_part(cut)
    main = _on_canvas(part) if part.shape != cut.shape else None
    return Mark(_on_canvas(cut), main, ground < 0.5)


_THRESHOLD = 0.35
_GAP = 0.03  # of the longer side: a narrower gap does not divide a mark


def _largest_part(cut: NDArray[np.float32]) -> NDArray[np.float32]:
    """The larger side of the widest gap across the whole height or width; without a gap, all.

    Lettering below or beside a figure is set apart by such a gap (XY cut: Nagy and Seth, ICPR
    1984), so that the figure can be compared alone.
    """
    inked = cut > _THRESHOLD
    (height, top), (width, left) = (_widest_gap(inked.any(axis=axis)) for axis in (1, 0))
    if max(height, width) <= max(2, _GAP * max(cut.shape)):
        return cut
    if height >= width:
        sides = cut[:top], cut[top + height :]
    else:
        sides = cut[:, :left], cut[:, left + width :]
    return max(map(_trimmed, sides), key=lambda side: side.size)


def _widest_gap(inked: Any) -> tuple[int, int]:
    """Length and start of the longest run of lines that hold nothing."""
    at = np.flatnonzero(inked)
    empty = np.diff(at) - 1
    if not len(empty):
        return 0, 0
    widest = int(empty.argmax())
    return int(empty[widest]), int(at[widest]) + 1


def _trimmed(piece: NDArray[np.float32]) -> NDArray[np.float32]:
    rows = np.flatnonzero((piece > _THRESHOLD).any(1))
    columns = np.flatnonzero((piece > _THRESHOLD).any(0))
    return piece[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _ground(grey: Grey) -> float:
    """The commonest of 16 shades along the border, as the mean of its pixels."""
    border = np.concatenate([grey[0], grey[-1], grey[1:-1, 0], grey[1:-1, -1]])
    shades = np.minimum((border * 16).astype(np.int64), 15)
    return float(border[shades == np.bincount(shades, minlength=16).argmax()].mean())


def _on_canvas(cut: NDArray[np.float32]) -> NDArray[np.float32]:
    height, width = cut.shape
    scale = SIDE / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    way = Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC
    resized = np.asarray(Image.fromarray(cut).resize(size, way), np.float32)
    canvas = np.zeros((CANVAS, CANVAS), np.float32)
    top, left = (CANVAS - size[1]) // 2, (CANVAS - size[0]) // 2
    canvas[top : top + size[1], left : left + size[0]] = np.clip(resized, 0, 1)
    return canvas
