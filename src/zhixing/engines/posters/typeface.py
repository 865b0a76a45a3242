"""A typeface for Chinese: one font file, or a web font cut into slices by its style sheet."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Protocol, Self

from PIL import ImageDraw, ImageFont

_FACE = re.compile(r"@font-face\s*\{(.*?)\}", re.S)
_SOURCE = re.compile(r"url\(\s*['\"]?([^'\")]+)")
_RANGES = re.compile(r"unicode-range:\s*([^;]+)")
_RANGE = re.compile(r"U\+([0-9A-Fa-f]+)(?:-([0-9A-Fa-f]+))?")
# A number or Latin word with what is written close to it, or any other character.
_WORD = re.compile(r"[A-Za-z0-9.,%()-]+|.", re.S)
Font = ImageFont.FreeTypeFont


class Slices(Protocol):
    """Which font file holds a character."""

    def file_of(self, character: str) -> Path:
        """The file to draw it with."""
        ...


class _OneFile:
    def __init__(self, path: Path) -> None:
        self._path = path

    def file_of(self, character: str) -> Path:
        return self._path


class _StyleSheet:
    """The slices of a web font: each `@font-face` names a file and the characters it holds."""

    def __init__(self, path: Path) -> None:
        self._files: dict[int, Path] = {}
        for rule in _FACE.findall(path.read_text(encoding="utf-8")):
            source, ranges = _SOURCE.search(rule), _RANGES.search(rule)
            if source is None or ranges is None:
                continue
            for first, last in _RANGE.findall(ranges[1]):
                for code in range(int(first, 16), int(last or first, 16) + 1):
                    self._files[code] = path.parent / source[1]
        if not self._files:
            raise ValueError(f"{path}: no @font-face with a unicode-range")
        self._other = next(iter(self._files.values()))

    def file_of(self, character: str) -> Path:
        return self._files.get(ord(character), self._other)


class Typeface:
    """Draws text in one weight, at any size."""

    def __init__(self, slices: Slices, weight: int | None = None) -> None:
        self._slices = slices
        self._weight = weight

    @classmethod
    def of(cls, path: Path, weight: int | None = None) -> Self:
        """The typeface of a font file (.ttf, .otf, .ttc, .woff2) or of a web font's style sheet.

        Raises:
            OSError, ValueError: the file cannot be read or is no font.
        """
        made = cls(_StyleSheet(path) if path.suffix == ".css" else _OneFile(path), weight)
        made.width("知", 12)
        return made

    def width(self, text: str, size: int) -> float:
        """The advance of `text` in pixels."""
        return sum(self._font(character, size).getlength(character) for character in text)

    def draw(
        self, canvas: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int, fill: str
    ) -> None:
        """Draw one line; `at` is the left end of its baseline."""
        x, y = at
        for character in text:
            font = self._font(character, size)
            canvas.text((x, y), character, font=font, fill=fill, anchor="ls")
            x += font.getlength(character)

    def wrapped(self, text: str, size: int, width: float) -> list[str]:
        """The text in lines no wider than `width`; numbers and Latin words are kept whole."""
        lines = [""]
        for word in _WORD.findall(text):
            if self.width(lines[-1] + word, size) <= width:
                lines[-1] += word
                continue
            # A word longer than a line is broken where it must be.
            pieces = [word] if self.width(word, size) <= width else list(word)
            for piece in pieces:
                if lines[-1] and self.width(lines[-1] + piece, size) > width:
                    lines.append("")
                lines[-1] += piece
        return lines

    def _font(self, character: str, size: int) -> Font:
        return _font(self._slices.file_of(character), size, self._weight)


@lru_cache(maxsize=512)
def _font(path: Path, size: int, weight: int | None) -> Font:
    font = ImageFont.truetype(str(path), size)
    if weight is not None:
        font.set_variation_by_axes([weight])
    return font
