"""The name of a disguise from the bits of how a hit was written."""

from __future__ import annotations

from functools import lru_cache

from .layout import GLYPH, HOMOPHONE, LOOSE, PINYIN, REPEAT, SPLIT
from .text import EMOJI, NEWLINE, SPACE, SYMBOL, TRADITIONAL, WIDTH, ZERO_WIDTH

NAMES = (
    ("space", SPACE | NEWLINE),
    ("zerowidth", ZERO_WIDTH),
    ("symbol", SYMBOL | LOOSE),
    ("fullwidth", WIDTH),
    ("traditional", TRADITIONAL),
    ("emoji", EMOJI),
    ("homophone", HOMOPHONE),
    ("pinyin", PINYIN),
    ("glyph", GLYPH),
    ("split", SPLIT),
    ("repeat", REPEAT),
)
NONE, MIXED = "none", "mixed"


@lru_cache(maxsize=4096)
def disguise(how: int) -> str:
    """One of the names, `none`, or `mixed` when there are several."""
    found = [name for name, bits in NAMES if how & bits]
    if not found:
        return NONE
    return found[0] if len(found) == 1 else MIXED
