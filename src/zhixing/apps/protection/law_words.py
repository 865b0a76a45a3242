"""Rows of the law tables in the language of the page."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.law.schema import Citation, Provision


def is_chinese() -> bool:
    """Whether the page being made is in Chinese."""
    return (get_language() or "zh").startswith("zh")


def title(row: Provision) -> str:
    """What the row is about."""
    return row.title_zh if is_chinese() else row.title_en


def cited(citation: Citation) -> str:
    """The article as files write it, e.g. `《商标法》第57(1)条`."""
    if is_chinese():
        return law.cite(citation)
    return f"{law.instruments()[citation.instrument].title_en}, art {citation.article}"


def articles(row: Provision) -> str:
    """All articles of the row, the decisive one first, and whether the figure was verified."""
    line = "; ".join(cited(citation) for citation in row.articles)
    if row.is_verified:
        return line
    doubt = _("not verified")
    return f"{line} ({doubt})"
