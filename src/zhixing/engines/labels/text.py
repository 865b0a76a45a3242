"""A label's text folded for reading, with the way back to the places in the original."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from .rules import simplified

_CJK = r"[\u3400-\u9fff]"
_BLANK = " \t\u3000\u00a0\u2000-\u200b\u202f\ufeff"
_BLANKS = re.compile(f"[{_BLANK}]+")
# 产    地: one character, blanks, one character, blanks … before a colon are one word.
_STRETCHED = re.compile(f"(?<!{_CJK}){_CJK}(?:[{_BLANK}]+{_CJK})+(?=[{_BLANK}]*:)")
_PAIRS = re.compile(f"{_CJK} (?={_CJK})")
_LONE = re.compile(_CJK)
# A line in which at least this share of the characters has one blank behind it is badly recognised.
SPACED_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Packed:
    """Folded text: simplified, half width, blanks inside words removed.

    A tab stands for a blank that may separate; a line break is kept. `at` leads back.
    """

    text: str
    _starts: tuple[int, ...]
    _origins: tuple[int, ...]

    def at(self, place: int) -> int:
        """Where the character at `place` stands in the original."""
        run = bisect_right(self._starts, place) - 1
        return self._origins[run] + place - self._starts[run]


def fold(text: str) -> str:
    """Simplified and half width, character by character, so that places stay the same."""
    return text.translate(_folding())


def folded_name(name: str) -> str:
    """A company's name as labels and registers may both be compared by."""
    return re.sub(r"\s+", " " if name.isascii() else "", fold(name).strip())


@cache
def _folding() -> dict[int, int]:
    table = dict(simplified())
    for code in [*range(0xFF01, 0xFF5F), *range(0x3200, 0x3400), *range(0xFE30, 0xFE6C)]:
        narrow = unicodedata.normalize("NFKC", chr(code))
        if len(narrow) == 1:
            table[code] = ord(narrow)
    table |= {ord("\r"): ord("\n"), ord("∶"): ord(":"), ord("˙"): ord("·"), ord("。"): ord("。")}
    return table


def pack(text: str) -> Packed:
    """The folded text without the blanks that recognition or layout put inside words."""
    folded = fold(text)
    parts: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    length = at = 0
    for line in folded.splitlines(keepends=True):
        for begin, end, instead in _edits(line):
            piece = line[begin:end]
            for shown, origin in ((piece, at + begin), (instead, at + end)):
                if shown:
                    parts.append(shown)
                    starts.append(length)
                    origins.append(origin)
                    length += len(shown)
        at += len(line)
    return Packed("".join(parts), tuple(starts) or (0,), tuple(origins) or (0,))


def _edits(line: str) -> list[tuple[int, int, str]]:
    """Pieces of the line to keep, each with what stands instead of the blanks behind it."""
    if not _BLANKS.search(line):
        return [(0, len(line), "")]
    spaced = len(_PAIRS.findall(line)) >= SPACED_SHARE * (len(_LONE.findall(line)) or 1)
    stretched = [match.span() for match in _STRETCHED.finditer(line)]
    pieces, begin = [], 0
    for blanks in _BLANKS.finditer(line):
        before, behind = line[: blanks.start()][-1:], line[blanks.end() :][:1]
        pieces.append((begin, blanks.start(), _instead(blanks, before, behind, spaced, stretched)))
        begin = blanks.end()
    return [*pieces, (begin, len(line), "")]


def _instead(
    blanks: re.Match[str], before: str, behind: str, spaced: bool, stretched: list[tuple[int, int]]
) -> str:
    """Nothing, a blank between Latin words, or a tab."""
    if not before or behind in "\n:" or before in "\n:":
        return ""
    if any(begin <= blanks.start() < end for begin, end in stretched):
        return ""
    single = len(blanks.group()) == 1
    if before.isascii() and behind.isascii():
        return " "
    return "" if spaced and single and blanks.group() != "\u3000" else "\t"
