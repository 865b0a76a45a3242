"""The fast reader: a tiny model reads all, a larger one reads again what was doubtful.

Package `faster-paddle` (MIT): PP-OCRv6 tiny and small inside the wheel, no network.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from PIL import Image

from .lines import Box, Line
from .tiles import read_tiles

# Below this confidence of the tiny model a line is read again; chosen on the ten dev posters,
# where every misread line fell below it (docs/methods/posters.md).
RELIABLE = 0.975
# White space around doubtful lines on the sheet that the larger model reads, in pixels.
MARGIN = 16
# The larger model enlarges a picture up to this side; its own default triples a flat sheet.
SHEET_SIDE = 64
# A second reading less sure than this, and than the first, is no improvement.
ANYTHING = 0.5


class FastReader:
    """Two models in a cascade. Load once, read many."""

    name = "fast"

    def __init__(self, threads: int | None = None) -> None:
        self._threads = threads
        self._tiny = _engine("tiny", threads)
        # Loading the larger model takes longer than most pictures: only when it is needed.
        self._small: Any = None

    def read(self, picture: Image.Image) -> list[Line]:
        """The lines of `picture`."""
        lines = read_tiles(picture, lambda tile: _read(self._tiny, tile))
        doubtful = [at for at, line in enumerate(lines) if line.confidence < RELIABLE]
        if doubtful:
            again = self._again(picture, [lines[at] for at in doubtful])
            for at, line in zip(doubtful, again, strict=True):
                lines[at] = line
        return lines

    def _again(self, picture: Image.Image, lines: Sequence[Line]) -> list[Line]:
        """The lines as the larger model reads them, pasted below each other on one sheet."""
        if self._small is None:
            self._small = _engine("small", self._threads, det_min_side=SHEET_SIDE)
        sheet, tops = _sheet(picture, lines)
        found: list[list[Line]] = [[] for _line in lines]
        for read in _read(self._small, sheet):
            middle = (read.box.top + read.box.bottom) / 2
            for at, (top, bottom) in enumerate(tops):
                if top <= middle < bottom:
                    found[at].append(read)
        return [_better(line, parts) for line, parts in zip(lines, found, strict=True)]


def open_reader(threads: int | None = None) -> FastReader:
    """The reader, its tiny model loaded."""
    return FastReader(threads)


def _engine(size: str, threads: int | None, **options: int) -> Any:
    from faster_paddle import OcrEngine

    return OcrEngine(model_size=size, threads=threads, **options)


def _read(engine: Any, picture: Image.Image) -> list[Line]:
    # The package takes encoded pictures; a bitmap costs the least to write and to decode.
    encoded = io.BytesIO()
    picture.save(encoded, "BMP")
    bounds = engine.ocr(encoded.getvalue())["bounds"].values()
    return [
        Line(found["text"], Box(*found["topLeftCoord"], *found["bottomRightCoord"]),
             float(found["confidence"]))
        for found in bounds
        if found["text"]
    ]  # fmt: skip


def _sheet(
    picture: Image.Image, lines: Sequence[Line]
) -> tuple[Image.Image, list[tuple[int, int]]]:
    """The lines cut out and pasted below each other, and the rows that each takes."""
    cuts = []
    for line in lines:
        around = min(line.box.width, line.box.height) // 4
        cuts.append(
            picture.crop(
                (
                    max(0, line.box.left - around),
                    max(0, line.box.top - around),
                    min(picture.width, line.box.right + around),
                    min(picture.height, line.box.bottom + around),
                )
            )
        )
    width = max(cut.width for cut in cuts) + 2 * MARGIN
    height = sum(cut.height + MARGIN for cut in cuts) + MARGIN
    paper = cuts[0].getpixel((0, 0))
    sheet = Image.new("RGB", (width, height), paper)
    tops, y = [], MARGIN
    for cut in cuts:
        sheet.paste(cut, (MARGIN, y))
        tops.append((y, y + cut.height))
        y += cut.height + MARGIN
    return sheet, tops


def _better(line: Line, parts: Sequence[Line]) -> Line:
    """The line with the larger model's text, if it read anything like it there."""
    along = _row(parts, line.is_vertical)
    text = "".join(part.text for part in along)
    confidence = min((part.confidence for part in along), default=0.0)
    if len(text) * 2 < len(line.text) or confidence < min(line.confidence, ANYTHING):
        return line
    return Line(text, line.box, confidence)


def _row(parts: Sequence[Line], vertical: bool) -> list[Line]:
    """The longest part and what stands before and behind it, not the slivers of other lines."""

    def ends(part: Line) -> tuple[int, int]:
        box = part.box
        return (box.top, box.bottom) if vertical else (box.left, box.right)

    row: list[Line] = []
    for part in sorted(parts, key=lambda one: ends(one)[0] - ends(one)[1]):
        start, end = ends(part)
        # Boxes of neighbours in a row may touch; one below the other lies within.
        if all(start >= ends(other)[1] - MARGIN or end <= ends(other)[0] + MARGIN for other in row):
            row.append(part)
    return sorted(row, key=ends)
