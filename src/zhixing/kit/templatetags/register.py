"""What the templates of a register need."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag
def export_query(listing: Any, file_format: str) -> str:
    """Query string of the export of what is on screen."""
    return str(listing.link({"format": file_format}))


@register.simple_tag
def filter_delete_url(of: Any, kept: Any) -> str:
    """Where to delete a saved filter."""
    return reverse(f"{of.app_name}:{of.slug}-filter-delete", args=[kept.pk])


@register.filter
def grouped(number: int) -> str:
    """10000 → 10,000."""
    return f"{number:,}"
