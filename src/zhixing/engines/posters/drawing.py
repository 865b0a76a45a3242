"""Findings drawn on a picture: numbered frames, and below the picture a list of what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from .lines import Box
from .typeface import Typeface

# Colour is never the only signal: each frame carries its number, each note its words.
COLOURS = {"serious": "#c92a2a", "ordinary": "#1864ab", "none": "#495057"}
PAPER, INK = "#ffffff", "#212529"
# Size of notes as a share of the picture's width, within bounds that stay legible.
NOTE = 1 / 36
SMALLEST, LARGEST = 14, 32


@dataclass(frozen=True, slots=True)
class Mark:
    """One remark: its words, its frames (none for something that is missing), how grave it is."""

    note: str
    boxes: tuple[Box, ...] = ()
    severity: str = "ordinary"

    @property
    def colour(self) -> str:
        return COLOURS.get(self.severity, COLOURS["ordinary"])


def annotate(picture: Image.Image, marks: Sequence[Mark], typeface: Typeface) -> Image.Image:
    """A copy of `picture` with the frames of `marks`, and their numbered notes below it."""
    size = max(SMALLEST, min(LARGEST, round(picture.width * NOTE)))
    notes = _notes(marks, typeface, size, picture.width)
    leading = round(size * 1.5)
    below = leading * sum(len(lines) for _mark, lines in notes) + (size if notes else 0)
    made = Image.new("RGB", (picture.width, picture.height + below), PAPER)
    made.paste(picture, (0, 0))
    canvas = ImageDraw.Draw(made)
    for number, mark in enumerate(marks, start=1):
        for box in mark.boxes:
            _frame(canvas, box, str(number), mark.colour, typeface, size)
    y = picture.height + size
    for mark, lines in notes:
        for position, line in enumerate(lines):
            # The first line carries the number and the colour of the frame.
            typeface.draw(
                canvas, (size, y + size / 2), line, size, INK if position else mark.colour
            )
            y += leading
    return made


def _notes(
    marks: Sequence[Mark], typeface: Typeface, size: int, width: int
) -> list[tuple[Mark, list[str]]]:
    return [
        (mark, typeface.wrapped(f"{number}  {mark.note}", size, max(width - 2 * size, size)))
        for number, mark in enumerate(marks, start=1)
    ]


def _frame(
    canvas: ImageDraw.ImageDraw, box: Box, number: str, colour: str, typeface: Typeface, size: int
) -> None:
    line = max(2, size // 7)
    grown = (box.left - line, box.top - line, box.right + line, box.bottom + line)
    canvas.rectangle(grown, outline=colour, width=line)
    width = typeface.width(number, size) + size / 2
    # The number sits on the upper left corner; at the upper edge of the picture, inside.
    top = grown[1] - size if grown[1] >= size else grown[1]
    left = max(0, grown[0])
    canvas.rectangle((left, top, left + width, top + size), fill=colour)
    typeface.draw(canvas, (left + size / 4, top + size * 0.86), number, size, PAPER)
