"""A sheet as PDF (PDF/A-2b, typeface embedded), set by Typst."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.utils.translation import gettext as _

from zhixing.kit.errors import Invalid
from zhixing.kit.papers import typeface
from zhixing.kit.papers.compose import Sheet

UNDATED = date(2000, 1, 1)
TEMPLATE = Path(__file__).with_name("paper.typ")
_lock = Lock()


def to_pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF; equal sheets give equal bytes.

    Raises:
        Invalid: a character has no glyph in the fonts in use; it is named.
    """
    if lacking := typeface.lacking(sheet.characters()):
        raise Invalid(
            _(
                "The fonts of papers cannot draw these characters: %(characters)s. "
                "Add a font that has them (ZHIXING_FONT_DIR)."
            )
            % {"characters": " ".join(lacking)}
        )
    inputs = {
        "paper": json.dumps(asdict(sheet), ensure_ascii=False),
        "fonts": json.dumps(typeface.families()),
    }
    with _lock:
        # One compiler keeps the fonts read; it is not made for several threads at once.
        made = _compiler(typeface.folders()).compile(
            format="pdf", sys_inputs=inputs, pdf_standards="a-2b", timestamp=_moment(sheet)
        )
    return bytes(made)


def _moment(sheet: Sheet) -> datetime:
    """What the file says of its making: the day of issue, so that equal sheets stay equal."""
    day = date.fromisoformat(sheet.on) if sheet.on else UNDATED
    return datetime.combine(day, time(), UTC)


@lru_cache(maxsize=2)
def _compiler(places: tuple[Path, ...]) -> Any:
    import typst

    return typst.Compiler(
        str(TEMPLATE), font_paths=list(map(str, places)), ignore_system_fonts=True
    )
