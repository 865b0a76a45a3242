"""Bytes of a text file as text."""

from __future__ import annotations

import codecs
import re

ENCODINGS = ("utf-8", "gb18030")
# What a page says of itself in its first bytes: <meta charset="gbk">, content="…; charset=gbk".
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)


class Unreadable(ValueError):
    """A file, or a part of one, that no words can be read from; the sentence says why."""


def decoded(content: bytes, declared: str = "") -> str:
    """The text of the bytes: by byte-order mark, the declared encoding, UTF-8 or GB18030.

    Raises:
        Unreadable: none of them fits.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    for name in filter(None, (_known(declared), *ENCODINGS)):
        try:
            return content.decode(name).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    raise Unreadable("expected text in UTF-8 or GB18030")


def _known(declared: str) -> str:
    """The codec of a declared encoding; a superset for those whose users exceed them."""
    try:
        name = codecs.lookup(declared).name if declared else ""
    except LookupError:
        return ""
    return "gb18030" if name in {"gb2312", "gbk"} else name


def charset_of(head: bytes) -> str:
    """The encoding that the beginning of a page names, if it does."""
    found = _CHARSET.search(head)
    return found.group(1).decode("ascii") if found else ""
