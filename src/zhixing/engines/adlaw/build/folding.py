"""The folding table: what each code point is read as, and what reading it so tells."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..text import (
    DROPPED,
    EMOJI,
    FIRST_PICTURE,
    LIMIT,
    NEWLINE,
    SPACE,
    SYMBOL,
    TRADITIONAL,
    WIDTH,
    ZERO_WIDTH,
)

# Signs that carry meaning; everything else that is neither letter nor digit is dropped.
KEPT = frozenset(",。!?;:、%‰.\n")
SAME = {"，": ",", "！": "!", "？": "?", "；": ";", "：": ":", "｡": "。", "．": ".", "﹪": "%",
        "％": "%", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n",
        "︰": ":", "﹐": ",", "﹑": "、", "､": "、", "﹔": ";", "﹕": ":", "﹖": "?", "﹗": "!",
        "‼": "!", "⁇": "?", "⁉": "!", "︒": "。", "﹒": "."}  # fmt: skip
# Numerals of cheques, letters of other scripts that look Latin, radicals that stand alone.
FORMAL = dict(zip("壹贰叁肆伍陆柒捌玖拾弌弍弎", "一二三四五六七八九十一二三", strict=True))
LATIN = dict(zip("аеорсхукмнтвіοαετικνρυ", "aeopcxykmhtbioaetiknpu", strict=True))
RADICALS = dict(
    zip(
        "⺡⺅⺘⺮⻌⻖⺼⺾⺗⺖⻏⻊⺨⻂⺬⻐⻈⺰⺈",
        "氵亻扌竹辶阝月艹心忄阝足犭衤礻饣讠纟刀",
        strict=True,
    )
)
# Parts of a picture that show nothing themselves: keycap, presentation, joiner, skin.
PICTURE_PARTS = frozenset([0x20E3, 0xFE0E, 0xFE0F, *range(0x1F3FB, 0x1F400)])


def build(traditional: Mapping[str, str], pictures: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Tables by code point: `fold` (0: dropped, from `LIMIT` on: a row of `more`), `how`."""
    fold = np.zeros(LIMIT, np.uint32)
    how = np.zeros(LIMIT, np.uint8)
    rows: dict[str, int] = {}
    drawn = {ord(picture): row for row, picture in enumerate(pictures)}
    for code in range(LIMIT):
        if 0xD800 <= code < 0xE000:
            continue
        if code in drawn:
            fold[code], how[code] = FIRST_PICTURE + drawn[code], EMOJI
            continue
        text, flags = _fold(chr(code), traditional)
        how[code] = flags
        if len(text) == 1:
            fold[code] = ord(text)
        elif text:
            rows.setdefault(text, len(rows))
            fold[code] = LIMIT + rows[text]
    return {"fold": fold, "how": how, "more": np.frombuffer("\0".join(rows).encode(), np.uint8)}


def _fold(character: str, traditional: Mapping[str, str]) -> tuple[str, int]:
    if character in SAME:
        return SAME[character], 0
    if character in KEPT:
        return character, NEWLINE if character == "\n" else 0
    if ord(character) in PICTURE_PARTS:
        return "", EMOJI | DROPPED
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me", "Cc") and character != "\t":
        return "", ZERO_WIDTH | DROPPED
    if category[0] == "Z" or character == "\t":
        return "", SPACE | DROPPED
    if 0xE000 <= ord(character) < 0xF900:  # private use: kept for pictures
        return "", SYMBOL | DROPPED
    flat = unicodedata.normalize("NFKC", character).lower()
    simple = "".join(_simple(one, traditional) for one in flat)
    kept = "".join(one for one in simple if one.isalnum() or one in "%‰.")
    if not any(one.isalnum() for one in kept):
        return "", SYMBOL | DROPPED
    if any(one in FORMAL or one in traditional for one in flat):
        return kept, TRADITIONAL
    return kept, WIDTH if kept != character.lower() else 0


def _simple(one: str, traditional: Mapping[str, str]) -> str:
    if one in "üǖǘǚǜ":
        return "v"
    if one in FORMAL:
        return FORMAL[one]
    if one in LATIN or one in RADICALS:
        return LATIN.get(one, RADICALS.get(one, one))
    simple = traditional.get(one, one)
    base = unicodedata.normalize("NFKD", simple)[0]
    return base if "a" <= base <= "z" else FORMAL.get(simple, simple)
