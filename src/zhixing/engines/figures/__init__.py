"""Figure marks: which pictures look like a given one, and why.

`describe` measures pictures, `FigureIndex` keeps and searches what was measured. Nothing is learnt
and nothing is downloaded. Method, sources and measured limits: `docs/methods/figures.md`.
"""

from .decode import MAX_BYTES, MAX_PIXELS, UnusableImage, decode, thumbnail
from .describing import DESCRIPTION, describe, stored
from .index import FLOOR, FigureHit, FigureIndex, UnusableFigureIndex, phrases
from .method import KINDS, METHOD

__all__ = [
    "DESCRIPTION",
    "FLOOR",
    "KINDS",
    "MAX_BYTES",
    "MAX_PIXELS",
    "METHOD",
    "FigureHit",
    "FigureIndex",
    "UnusableFigureIndex",
    "UnusableImage",
    "decode",
    "describe",
    "phrases",
    "stored",
    "thumbnail",
]
