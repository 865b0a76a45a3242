"""The kinds of unlawful act in the language of the page, for forms, filters and lists."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from zhixing import law
from zhixing.law import LawError


def in_language(row: Any, word: str) -> str:
    """`row.<word>_zh` or `row.<word>_en` of a row of the law tables, as the page speaks."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return str(getattr(row, f"{word}_{language}"))


def act_choices() -> list[tuple[str, str]]:
    """(code, title) of every kind of act, in the order of the table."""
    return [(kind.code, in_language(kind, "title")) for kind in law.acts().kinds.values()]


def act_label(code: str) -> str:
    """The title of a kind of act; a code that the table no longer has stands for itself."""
    try:
        return in_language(law.acts().kind(code), "title") if code else ""
    except LawError:
        return code
