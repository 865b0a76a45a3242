"""What is kept of a picture, as one row of fixed size."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from . import kernels, whole
from .decode import decode, from_array
from .details import MOST, details
from .prepare import prepare

Picture: TypeAlias = bytes | NDArray[np.generic]

# What is kept of each mark. Without a part of its own, `main` is zero and like nothing.
STORED = [
    ("cells", "u1", (whole.LENGTH,)),
    ("main", "u1", (whole.LENGTH,)),
    ("dark_ground", "?"),
    ("count", "u1"),
    ("bits", "<u8", (MOST, 2)),
    ("place", "<i2", (MOST, 4)),  # in 256ths
]
# What a query needs besides: its details in a mirror.
DESCRIPTION = np.dtype(
    [
        *STORED,
        ("mirrored_count", "u1"),
        ("mirrored_bits", "<u8", (MOST, 2)),
        ("mirrored_place", "<i2", (MOST, 4)),
    ]
)


def describe(images: Iterable[Picture]) -> NDArray[np.void]:
    """One row of `DESCRIPTION` a picture; pictures are files (bytes) or arrays of pixels.

    Raises:
        UnusableImage: a picture cannot be read, or shows nothing.
    """
    marks = [prepare(decode(one) if isinstance(one, bytes) else from_array(one)) for one in images]
    rows = np.zeros(len(marks), DESCRIPTION)
    for row, mark in zip(rows, marks, strict=True):
        row["cells"] = whole.histogram(mark.canvas)
        if mark.main is not None:
            row["main"] = whole.histogram(mark.main)
        row["dark_ground"] = mark.dark_ground
        _keep(row, mark.canvas, "")
        _keep(row, np.ascontiguousarray(mark.canvas[:, ::-1]), "mirrored_")
    return rows


def stored(descriptions: NDArray[np.void]) -> NDArray[np.void]:
    """What an index keeps of descriptions: without what only a query needs."""
    rows = np.zeros(len(descriptions), STORED)
    for name in rows.dtype.names or ():
        rows[name] = descriptions[name]
    return rows


def _keep(row: np.void, canvas: NDArray[np.float32], prefix: str) -> None:
    found = details(canvas)
    row[f"{prefix}count"] = len(found)
    row[f"{prefix}bits"][: len(found)] = found.bits
    row[f"{prefix}place"][: len(found)] = np.rint(found.place * kernels.FINE)
