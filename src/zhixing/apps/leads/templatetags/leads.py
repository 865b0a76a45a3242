"""What the lead templates look up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from zhixing.apps.leads.models import Lead

register = template.Library()


@register.filter
def entry(mapping: Mapping[str, Any], key: str) -> Any:
    """The value of a key that the template holds in a variable; the key itself if there is none."""
    return mapping.get(key, key)


@register.filter
def source_label(code: str) -> str:
    """Where a lead entered by hand comes from, in words."""
    return str(dict(Lead.Source.choices).get(code, code))


@register.filter
def count_of(counts: Mapping[str, int], key: str) -> int:
    """The count of a key that the template holds in a variable; none is zero."""
    return counts.get(key, 0)
