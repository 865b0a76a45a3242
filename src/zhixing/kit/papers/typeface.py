"""The typeface of PDF papers: where it lies, and whether it can draw every character.

A character that a typeface lacks is drawn as a box while its text can still be copied, so reading
the text of a PDF proves nothing. What counts is the character map of the font file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings

TRUE_TYPE_COLLECTION = b"ttcf"
ENDINGS = (".otf", ".ttf", ".ttc")


@lru_cache(maxsize=4)
def font_folders(own: str) -> tuple[Path, ...]:
    """Folders of font files: the bureau's own first, then the one that is installed."""
    import manimgx_fonts_cjk

    installed = Path(manimgx_fonts_cjk.__file__).parent
    return (*([Path(own)] if own else []), installed)


def folders() -> tuple[Path, ...]:
    """Folders of the fonts in use (`ZHIXING_FONT_DIR` adds one)."""
    return font_folders(settings.PAPERS_FONT_DIR)


def families() -> list[str]:
    """Families to set papers in, the first that has a character draws it."""
    return [*settings.PAPERS_FONTS, "Noto Sans CJK SC"]


def lacking(characters: Iterable[str]) -> str:
    """The characters that no font in use can draw, in order."""
    known = _coverage(folders())
    return "".join(sorted(c for c in set(characters) if ord(c) not in known))


@lru_cache(maxsize=4)
def _coverage(places: tuple[Path, ...]) -> frozenset[int]:
    found: set[int] = set()
    for folder in places:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in ENDINGS:
                found |= code_points(path)
    return frozenset(found)


def code_points(path: Path) -> set[int]:
    """Code points that the first font of a file has glyphs for (OpenType `cmap`, formats 4, 12)."""
    content = path.read_bytes()
    start = struct.unpack_from(">I", content, 12)[0] if content[:4] == TRUE_TYPE_COLLECTION else 0
    (tables,) = struct.unpack_from(">H", content, start + 4)
    for number in range(tables):
        tag, _sum, offset, _length = struct.unpack_from(">4sIII", content, start + 12 + 16 * number)
        if tag == b"cmap":
            return _mapped(content, offset)
    return set()


def _mapped(content: bytes, cmap: int) -> set[int]:
    (count,) = struct.unpack_from(">H", content, cmap + 2)
    found: set[int] = set()
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", content, cmap + 4 + 8 * number)
        if (platform, encoding) not in {(0, 3), (0, 4), (3, 1), (3, 10)}:
            continue
        table = cmap + offset
        (form,) = struct.unpack_from(">H", content, table)
        if form == 12:
            found |= _format_12(content, table)
        elif form == 4:
            found |= _format_4(content, table)
    return found


def _format_12(content: bytes, table: int) -> set[int]:
    (groups,) = struct.unpack_from(">I", content, table + 12)
    found: set[int] = set()
    for number in range(groups):
        first, last, _glyph = struct.unpack_from(">III", content, table + 16 + 12 * number)
        found.update(range(first, last + 1))
    return found


def _format_4(content: bytes, table: int) -> set[int]:
    (double,) = struct.unpack_from(">H", content, table + 6)
    ends = struct.unpack_from(f">{double // 2}H", content, table + 14)
    starts = struct.unpack_from(f">{double // 2}H", content, table + 16 + double)
    found: set[int] = set()
    for first, last in zip(starts, ends, strict=True):
        found.update(range(first, min(last, 0xFFFE) + 1))
    return found
