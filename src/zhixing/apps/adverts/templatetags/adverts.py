"""Words and marks of advertisements for templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from zhixing.apps.adverts.categories import category_label
from zhixing.apps.adverts.families import family_label
from zhixing.apps.adverts.marking import Piece, pieces
from zhixing.apps.adverts.models import Finding

register = template.Library()
register.filter("category_label", category_label)
register.filter("family_label", family_label)


@register.filter
def pieces_of(evidence: Mapping[str, Any]) -> list[Piece]:
    """The text of a lead's evidence, cut at the spans it names."""
    spans = sorted(evidence.get("spans", []))
    found = [Finding(start=start, end=end, family=family) for start, end, family in spans]
    return pieces(evidence.get("text", ""), found)
