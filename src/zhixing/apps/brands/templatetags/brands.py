"""What the evidence of a look-alike lead needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from zhixing.apps.brands.models import Hit, NameKind, WatchedMark
from zhixing.kit.formats import moment

register = template.Library()

_PAGES = {
    NameKind.SUBJECT.value: "registry:subjects-detail",
    NameKind.MARK.value: "registry:marks-detail",
}


@register.filter
def kind_word(code: str) -> str:
    """The kind of a name in words."""
    return str(dict(NameKind.choices).get(code, code))


ROLES = {
    "licensor": _("licensor"),
    "supervisor": _("supervises the making"),
    "entrusting": _("has it made"),
    "manufacturer": _("manufacturer"),
    "technical": _("technical support"),
    "distributor": _("distributor"),
    "brand": _("brand"),
    "product": _("product name"),
}


@register.filter
def role_word(code: str) -> str:
    """The role of a party on a label in words."""
    return str(ROLES.get(code, code))


@register.filter
def protection_word(code: str) -> str:
    """The protection of a brand in words."""
    return str(dict(WatchedMark.Protection.choices).get(code, code))


@register.filter
def channel_word(code: str) -> str:
    """The channel of a likeness in words."""
    return str(dict(Hit.Channel.choices).get(code, code))


@register.filter
def origin_url(evidence: Mapping[str, Any]) -> str:
    """The page of the row whose name it is; empty for leads from before kinds were kept."""
    kind, pk = evidence.get("name_kind"), evidence.get("object_id")
    if not kind or not pk:
        return ""
    return reverse(_PAGES.get(kind, "brands:sightings-detail"), args=[pk])


@register.filter
def day_of(text: str) -> str:
    """A stored moment as it reads on screen."""
    at = parse_datetime(text)
    return moment(at) if at is not None else text
