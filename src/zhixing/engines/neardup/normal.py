"""The text without what may differ between two prints of it."""

from __future__ import annotations

import hashlib
import unicodedata

# First character of the planes of pictures.
EMOJI = "\U0001f000"


def plain(text: str) -> str:
    """Letters and digits alone, half-width and lower case; separators and symbols are dropped.

    Pictures of the emoji planes stay: they stand for words (👑, 🥇).

    >>> plain("国-家-级 ＡＢ1！")
    '国家级ab1'
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    kept = "".join(c for c in folded if unicodedata.category(c)[0] in "LN" or c >= EMOJI)
    # A text of symbols alone is still told from another one.
    return kept or "".join(folded.split())


def key_of(text: str) -> str:
    """SHA-256 of the plain text: equal for prints that differ in spacing and symbols alone."""
    return hashlib.sha256(plain(text).encode()).hexdigest()
