"""Statutory sentences on a picture: are they there, and how large beside the rest?

The law asks for them "conspicuously" (显著标明) and gives no number. The sizes from which a
sentence is called small are therefore passed in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rapidfuzz import fuzz

from .lines import Box, Page

# Similarity (0 to 100) from which a sentence counts as found although some characters were misread.
FOUND = 85.0
_IGNORED = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that the law wants on some advertisements."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Below which share of the largest type, or of the picture's shorter side, print is small."""

    of_main: Decimal
    of_picture: Decimal


@dataclass(frozen=True, slots=True)
class Printed:
    """A sentence as it stands on the page, with the size of its smallest line."""

    statement: Statement
    start: int
    end: int
    boxes: tuple[Box, ...]
    similarity: float
    of_main: float
    of_picture: float
    is_small: bool

    def as_dict(self) -> dict[str, Any]:
        """The sentence as JSON values; sizes are shares."""
        return {
            "code": self.statement.code,
            "text": self.statement.text,
            "start": self.start,
            "end": self.end,
            "boxes": [box.as_list() for box in self.boxes],
            "similarity": round(self.similarity / 100, 3),
            "of_main": round(self.of_main, 4),
            "of_picture": round(self.of_picture, 4),
            "small": self.is_small,
        }


def printed(page: Page, statements: Sequence[Statement], limits: Limits) -> list[Printed]:
    """Which of the sentences stand on the page, each with its size, in order of place."""
    plain, places = _plain(page.text)
    found = []
    for statement in statements:
        wanted = _plain(statement.text)[0]
        at = fuzz.partial_ratio_alignment(wanted, plain, score_cutoff=FOUND)
        if at is None:
            continue
        # The best part of the sentence is not the sentence: compare all of it with what is there.
        first = max(0, at.dest_start - at.src_start)
        there = plain[first : first + len(wanted)]
        similarity = fuzz.ratio(wanted, there)
        if similarity < FOUND:
            continue
        start, end = places[first], places[first + len(there) - 1] + 1
        parts = page.parts(start, end)
        size = min(line.size for line, _box in parts)
        of_main, of_picture = page.of_main(size), page.of_picture(size)
        small = of_main < limits.of_main or of_picture < limits.of_picture
        boxes = tuple(box for _line, box in parts)
        found.append(
            Printed(statement, start, end, boxes, similarity, of_main, of_picture, small)
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.start, one.statement.code))


def _plain(text: str) -> tuple[str, list[int]]:
    """The text without blanks and punctuation, and where each character stood."""
    places = [at for at, character in enumerate(text) if not _IGNORED.match(character)]
    return "".join(text[at] for at in places), places
