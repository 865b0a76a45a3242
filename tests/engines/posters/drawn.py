"""Posters drawn for the tests, so that what stands on them is known."""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image, ImageDraw

from zhixing.cli.posters import STYLE_SHEET
from zhixing.engines.posters import Line, Typeface
from zhixing.engines.posters.lines import Box

FACE = Typeface.of(STYLE_SHEET, 500)


@dataclass
class Poster:
    """A sheet on which lines are written, each remembered with its box."""

    width: int = 900
    height: int = 700
    paper: str = "#fff6dd"
    lines: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.picture = Image.new("RGB", (self.width, self.height), self.paper)
        self.canvas = ImageDraw.Draw(self.picture)

    def write(self, text: str, x: int, y: int, size: int = 40, ink: str = "#3b1f0b") -> Poster:
        """One line; x, y is its upper left corner."""
        FACE.draw(self.canvas, (x, y + round(size * 0.88)), text, size, ink)
        box = Box(x, y, x + round(FACE.width(text, size)), y + size)
        self.lines.append(Line(text, box, 1.0))
        return self

    def stand(self, text: str, x: int, y: int, size: int = 40, ink: str = "#3b1f0b") -> Poster:
        """One column, the characters below each other."""
        for at, character in enumerate(text):
            FACE.draw(self.canvas, (x, y + round(size * (0.88 + 1.1 * at))), character, size, ink)
        self.lines.append(Line(text, Box(x, y, x + size, y + round(1.1 * size * len(text))), 1.0))
        return self
