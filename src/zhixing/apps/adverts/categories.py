"""Product categories in words, from the law tables."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhixing.law.advertising import advertising


def category_choices() -> list[tuple[str, str]]:
    """(code, words) of every category, after an empty one."""
    return [("", _("told by its words")), *_known()]


def category_label(code: str) -> str:
    """The words of a category; a code that is not known stands for itself."""
    return dict(_known()).get(code, code)


def _known() -> list[tuple[str, str]]:
    is_english = (get_language() or "").startswith("en")
    return [
        (category.code, category.title_en if is_english else category.title_zh)
        for category in advertising(timezone.localdate()).categories
    ]
