"""What the evidence of a look-alike lead needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from zhixing.apps.brands.judging.finding import Finding
from zhixing.apps.brands.models import Hit, NameKind, WatchedMark
from zhixing.apps.leads.api import Lead
from zhixing.apps.registry.api import name_source, side_by_side
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
    return _page(str(kind), int(pk)) if kind and pk else ""


@register.filter
def page_of_name(hit: Hit) -> str:
    """The page of the row whose name was found."""
    return _page(hit.name_kind, hit.object_id)


def _page(kind: str, pk: int) -> str:
    source = name_source(kind)
    page = source.page if source is not None else _PAGES.get(kind, "brands:sightings-detail")
    return reverse(page, args=[pk])


@dataclass(frozen=True, slots=True)
class Compared:
    """What stands beside a brand: the part of the text, its reasons, and the text around it."""

    part: str
    reasons: list[dict[str, Any]]
    before: str = ""
    after: str = ""
    is_part: bool = False


@register.filter
def compared(lead: Lead) -> Compared:
    """The words of a lead that are alike; of a label or an offer, a part of what was seen."""
    told = lead.evidence
    name, part = str(told.get("name") or ""), str(told.get("part") or "")
    return _compared(name, part, told.get("part_start"), lead.reasons)


@register.filter
def compared_finding(found: Finding) -> Compared:
    """The same of a finding that nobody has kept."""
    return _compared(found.name.text, found.part, found.part_start, found.rows)


def _compared(name: str, part: str, start: int | None, reasons: list[dict[str, Any]]) -> Compared:
    """Reasons count in the whole text; beside the brand stands the part alone."""
    if not part or part == name:
        return Compared(name, reasons)
    if start is None:
        return Compared(part, reasons, name, is_part=True)
    shifted = [
        row | {"b_position": row["b_position"] - start} if row.get("b_position") else row
        for row in reasons
    ]
    return Compared(part, shifted, name[:start], name[start + len(part) :], is_part=True)


@register.filter
def cells_of(brand: str, name: str) -> list[dict[str, Any]]:
    """Two names character by character."""
    return side_by_side(brand, name)


@register.filter
def day_of(text: str) -> str:
    """A stored moment as it reads on screen."""
    at = parse_datetime(text)
    return moment(at) if at is not None else text
