"""What is read from a picture: lines of text with their places, and the page they make."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, Self
from unicodedata import combining, east_asian_width

# A box this much higher than wide holds a line set vertically.
VERTICAL = 1.6
# Advance of a Latin letter or digit, in widths of a Chinese character; a mean over common faces.
LATIN = 0.55
# Type set wider than this, in its own size per character, is spaced out, not larger.
LOOSE = 1.15


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels from the upper left corner; right and bottom are exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def moved(self, x: int, y: int) -> Box:
        """The same rectangle `x` to the right and `y` down."""
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)

    def union(self, other: Box) -> Box:
        """The smallest rectangle that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def overlap(self, other: Box) -> float:
        """Common area as a share of the smaller of both."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        smaller = min(self.width * self.height, other.width * other.height)
        return max(0, wide) * max(0, high) / smaller if smaller else 0.0

    def as_list(self) -> list[int]:
        """Left, top, right, bottom."""
        return [self.left, self.top, self.right, self.bottom]


@dataclass(frozen=True, slots=True)
class Line:
    """One line as read, its place and how sure the reader was (0 to 1, not calibrated)."""

    text: str
    box: Box
    confidence: float

    @property
    def is_vertical(self) -> bool:
        """Whether the characters stand below each other."""
        return len(self.text) > 1 and self.box.height > VERTICAL * self.box.width

    @property
    def size(self) -> float:
        """Size of the type in pixels.

        The breadth of the box, but no more than its length allows for so many characters: the
        upright box of a slanting line is far broader than its type.
        """
        across, along = self.box.height, self.box.width
        if self.is_vertical:
            across, along = along, across
        advance = sum(advances(self.text)) or 1.0
        return min(float(across), LOOSE * along / advance)

    def part(self, start: int, end: int) -> Box:
        """Where the characters `start` to `end` stand, by their ordinary widths."""
        edges = [0.0, *accumulate(advances(self.text))]
        total = edges[-1] or 1.0
        low, high = edges[start] / total, edges[end] / total
        box = self.box
        if self.is_vertical:
            return Box(
                box.left,
                box.top + round(low * box.height),
                box.right,
                box.top + round(high * box.height),
            )
        return Box(
            box.left + round(low * box.width),
            box.top,
            box.left + round(high * box.width),
            box.bottom,
        )


def advances(text: str) -> list[float]:
    """The ordinary width of each character, in widths of a Chinese one."""
    # Ambiguous ones, such as “ and …, are full width in Chinese faces.
    return [
        0.0 if combining(character) else 1.0 if east_asian_width(character) in "WFA" else LATIN
        for character in text
    ]


@dataclass(frozen=True)
class Page:
    """The lines of a picture in reading order, and one text that they make.

    `starts` gives where each line begins in `text`; between two lines stands a line feed, a space
    for neighbours in one row, or nothing where a sentence runs on.
    """

    width: int
    height: int
    lines: tuple[Line, ...]
    starts: tuple[int, ...]
    text: str

    @classmethod
    def of(cls, width: int, height: int, lines: Sequence[Line], joints: Sequence[str]) -> Self:
        """The page of `lines` in this order, each with what follows it in the text."""
        pieces = [line.text + joint for line, joint in zip(lines, joints, strict=True)]
        starts = [0, *accumulate(map(len, pieces))][:-1]
        return cls(width, height, tuple(lines), tuple(starts), "".join(pieces))

    @cached_property
    def main_size(self) -> float:
        """Size of the largest type in pixels; 0 without text."""
        return max((line.size for line in self.lines), default=0.0)

    def parts(self, start: int, end: int) -> list[tuple[Line, Box]]:
        """The lines that the span `start` to `end` of the text touches, with the part of each."""
        found = []
        first = max(0, bisect_right(self.starts, start) - 1)
        for line, begin in zip(self.lines[first:], self.starts[first:], strict=True):
            low, high = max(start - begin, 0), min(end - begin, len(line.text))
            if begin >= end:
                break
            if low < high:
                found.append((line, line.part(low, high)))
        return found

    def boxes(self, start: int, end: int) -> list[Box]:
        """Where the span `start` to `end` of the text stands in the picture, line by line."""
        return [box for _line, box in self.parts(start, end)]

    def as_dicts(self) -> list[dict[str, Any]]:
        """The lines as JSON values: text, place, confidence, sizes, span in the text."""
        return [
            {
                "text": line.text,
                "box": line.box.as_list(),
                "vertical": line.is_vertical,
                "confidence": round(line.confidence, 4),
                "size": round(line.size, 1),
                "of_main": round(self.of_main(line.size), 4),
                "of_picture": round(self.of_picture(line.size), 4),
                "start": start,
                "end": start + len(line.text),
            }
            for line, start in zip(self.lines, self.starts, strict=True)
        ]

    def of_main(self, size: float) -> float:
        """A size of type as a share of the largest type."""
        return size / self.main_size if self.main_size else 0.0

    def of_picture(self, size: float) -> float:
        """A size of type as a share of the picture's shorter side."""
        return size / min(self.width, self.height)
