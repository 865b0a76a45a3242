"""Rates and articles in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.adverts.api import articles_in_words
from zhixing.kit.formats import NOTHING

register = template.Library()


@register.simple_tag
def rate(record: Mapping[str, Any] | None) -> str:
    """A rate with counts and interval: `3.21% (12/374, 1.40–7.20%)`; a census says so."""
    if not record or record["value"] is None:
        return NOTHING
    counts = f"{record['bad_rows']}/{record['rows']}"
    share = f"{record['value'] * 100:.2f}%"
    if record["is_census"]:
        return _("%(share)s (%(counts)s, census)") % {"share": share, "counts": counts}
    low, high = record["interval"]
    values = {"share": share, "counts": counts, "low": f"{low * 100:.2f}",
              "high": f"{high * 100:.2f}"}  # fmt: skip
    return _("%(share)s (%(counts)s, %(low)s–%(high)s%%)") % values


@register.simple_tag
def trade_name(code: str) -> str:
    """A trade in the language of the page."""
    in_chinese = (get_language() or "").startswith("zh")
    for trade in law.media_ladder().trades:
        if trade.code == code:
            return trade.title_zh if in_chinese else trade.title_en
    return code


@register.simple_tag
def articles(found: list[str]) -> str:
    """Articles of a finding in the language of the page."""
    return "; ".join(articles_in_words(found))
