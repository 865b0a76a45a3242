"""What a term may be made to look like: other digits, pictures, look-alike and split characters.

Homophones and pinyin are not spelled out here; they are found in the stream of syllables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

from .layout import COMPANY, GLYPH, NUMERALS
from .pictures import pictures
from .text import EMOJI, FIRST_PICTURE, fold_characters, lines_of

DIGITS = dict(zip("零一二三四五六七八九", "0123456789", strict=True))
_NUMERAL_SIGNS = frozenset("零〇一二两三四五六七八九十百千万亿0123456789")
_LATIN_DIGITS = {"o": "0", "l": "1", "i": "1"}
# Radicals are also written as the characters they come from, or as kana that look like them.
_RADICALS = {
    "亻": "亻イ", "氵": "氵シ", "刂": "刂リ", "讠": "讠言", "钅": "钅金", "饣": "饣食",
    "扌": "扌才", "纟": "纟糹",
}  # fmt: skip

Variant = tuple[str, int]
"""Surface and bits."""


def written_variants(term: str) -> Iterator[Variant]:
    """Other digits: 第1 and 第一, n0.1 and no.1; these are no disguise in themselves."""
    if len(term) < 2:
        return
    if any(one in DIGITS for one in term):
        yield "".join(DIGITS.get(one, one) for one in term), NUMERALS
    if any(one in "0123456789" for one in term):
        back = {digit: han for han, digit in DIGITS.items()}
        yield "".join(back.get(one, one) for one in term), NUMERALS
    letters = [one for one in term if "a" <= one <= "z"]
    if letters and any(one in _LATIN_DIGITS for one in letters):
        yield "".join(_LATIN_DIGITS.get(one, one) for one in term), GLYPH


def drawn_variants(term: str) -> Iterator[Variant]:
    """A picture in place of what it reads as; one alone needs other words beside it."""
    for start in range(len(term)):
        for picture, reading in _readings().get(term[start], ()):
            if not term.startswith(reading, start):
                continue
            surface = term[:start] + picture + term[start + len(reading) :]
            bare = COMPANY if len(surface) == 1 else 0
            yield surface, EMOJI | bare


def look_alikes(character: str) -> str:
    """Characters that pass for this one; numerals are too often meant as they stand."""
    if character in _NUMERAL_SIGNS:
        return ""
    return _alike().get(character, "")


@cache
def _readings() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """First character of a reading -> pictures with such readings, and the readings."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for number, words in enumerate(pictures().values()):
        for word in map(fold_characters, words):
            found[word[0]].append((chr(FIRST_PICTURE + number), word))
    return {first: tuple(rows) for first, rows in found.items()}


@cache
def _alike() -> Mapping[str, str]:
    # A part of a character left alone is the work of splitting, told as such.
    return {
        line[0]: "".join(
            one
            for one in line[1:]
            if one not in _NUMERAL_SIGNS
            and not any(one in way for way in splits().get(line[0], ()))
        )
        for line in lines_of("alike")
    }


@cache
def splits() -> Mapping[str, tuple[str, ...]]:
    """Character -> the ways to write it as two or three characters side by side."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for line in lines_of("splits"):
        han, *ways = line.split("\t")
        for way in ways:
            for radicals in product(*(_RADICALS.get(one, one) for one in way)):
                folded = fold_characters("".join(radicals))
                if len(folded) > 1:
                    found[han][folded] = None
    return {han: tuple(ways) for han, ways in found.items()}
