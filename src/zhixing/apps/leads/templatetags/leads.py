"""What the lead templates look up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def entry(mapping: Mapping[str, Any], key: str) -> Any:
    """The value of a key that the template holds in a variable; the key itself if there is none."""
    return mapping.get(key, key)
