"""Numbers and percentages in a folded text, as the patterns `#` and `#%` see them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CHINESE = "零〇一二两三四五六七八九十百千万亿半几数"
_RUN = re.compile(rf"[0-9]+(?:\.[0-9]+)?[十百千万亿]*|[{_CHINESE}]+(?:点[{_CHINESE}]+)?")
_PERCENT = re.compile(
    rf"(?:[0-9]+(?:\.[0-9]+)?|[{_CHINESE}]+)[%‰]|(?:[0-9]|[一二两三四五六七八九])成"
    rf"|百分之(?:[0-9]+(?:\.[0-9]+)?|[{_CHINESE}]+(?:点[{_CHINESE}]+)?)|百分百"
)
_MAGNITUDES = frozenset("十百千万亿")


def numbers(text: str) -> Iterator[tuple[int, int]]:
    """Spans of numbers; one with magnitudes (三百万) also ends before each of them."""
    for match in _RUN.finditer(text):
        start, end = match.span()
        for place in range(start + 1, end):
            if text[place] in _MAGNITUDES:
                yield start, place
        yield start, end


def percentages(text: str) -> Iterator[tuple[int, int]]:
    """Spans of percentages: 97%, 百分之九十, 九成."""
    for match in _PERCENT.finditer(text):
        yield match.span()
