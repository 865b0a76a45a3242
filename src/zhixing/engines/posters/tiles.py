"""Long pictures, such as the pages of web shops, read piece by piece.

A reader shrinks a picture to a longest side of about 1,600 pixels before it looks for lines. A page
of 750 x 12,000 would be 100 pixels wide then, and unreadable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PIL import Image

from .lines import Box, Line

# Readers look at a picture of this side; up to a quarter more, shrinking does no harm.
SIDE = 2000
# A larger picture with sides further apart than this is cut, into pieces of this proportion.
LONG = 2.5
PIECE = 1.6
# Neighbouring pieces share this much of the shorter side, so that one of them holds a line whole.
SHARED = 0.25
# A line this near to an edge made by cutting may be cut itself, in pixels.
EDGE = 4
SAME = 0.6


def read_tiles(picture: Image.Image, read: Callable[[Image.Image], list[Line]]) -> list[Line]:
    """All lines of a picture; one read in two pieces is given once, as whole as it was seen."""
    tiles = cut(picture.width, picture.height)
    if len(tiles) == 1:
        return read(picture)
    whole: list[Line] = []
    broken: list[Line] = []
    for tile in tiles:
        piece = picture.crop((tile.left, tile.top, tile.right, tile.bottom))
        for line in read(piece):
            placed = Line(line.text, line.box.moved(tile.left, tile.top), line.confidence)
            kind = broken if _touches(placed.box, tile, picture.size) else whole
            kind.append(placed)
    kept: list[Line] = []
    for line in [*whole, *broken]:
        if not _is_known(line, kept):
            kept.append(line)
    return kept


def cut(width: int, height: int) -> list[Box]:
    """The pieces in which a picture of this size is read."""
    short, long = sorted((width, height))
    if long <= max(SIDE, LONG * short):
        return [Box(0, 0, width, height)]
    length, step = round(PIECE * short), max(1, round((PIECE - SHARED) * short))
    starts = [*range(0, long - length, step), long - length]
    if height == long:
        return [Box(0, start, width, start + length) for start in starts]
    return [Box(start, 0, start + length, height) for start in starts]


def _touches(box: Box, tile: Box, size: tuple[int, int]) -> bool:
    """Whether a line reaches an edge of its piece that is not an edge of the picture."""
    width, height = size
    return (
        (box.top < tile.top + EDGE and tile.top > 0)
        or (box.bottom > tile.bottom - EDGE and tile.bottom < height)
        or (box.left < tile.left + EDGE and tile.left > 0)
        or (box.right > tile.right - EDGE and tile.right < width)
    )


def _is_known(line: Line, kept: Sequence[Line]) -> bool:
    return any(line.box.overlap(other.box) > SAME for other in kept)
