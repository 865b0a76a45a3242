"""What the library of precedents registers at start-up."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhixing.apps.accounts.api import Officer
from zhixing.apps.leads.api import Lead, LeadSection, register_lead_section
from zhixing.apps.precedents import indicators, selectors
from zhixing.apps.precedents.models import Precedent, channels_of
from zhixing.kit.actors import Actor
from zhixing.kit.files.api import register_viewer
from zhixing.kit.history import name_deeds
from zhixing.kit.indicators import register_rounds
from zhixing.kit.measures import register_measure
from zhixing.kit.navigation import NavItem
from zhixing.kit.navigation import register as register_item
from zhixing.kit.search import search
from zhixing.kit.searching import Hit, register_search

DEED_NAMES = {
    "precedent.enter": _("Precedent entered"),
    "precedent.draft": _("Drafted from a lead"),
    "precedent.change": _("Precedent changed"),
    "precedent.publish": _("Reviewed and published"),
    "precedent.withdraw": _("Withdrawn from the library"),
}


def register() -> None:
    """Called once, when the app is ready."""
    import_module("zhixing.apps.precedents.importers")  # the importer makes itself known
    register_lead_section(
        LeadSection(
            30, "precedents", _("Like cases of the library"), "precedents/lead_section.html",
            lead_section,
        )
    )  # fmt: skip
    register_rounds("brands.precedents", indicators.precedents_published)
    register_measure(indicators.PUBLISHED)
    register_search("precedents", _("Precedents"), find_precedents, order=60)
    register_viewer(
        Precedent,
        may_view=lambda actor, row: actor.has_perm("precedents.view_precedent", row),
        may_attach=lambda actor, row: actor.has_perm("precedents.change_precedent", row),
    )
    name_deeds(DEED_NAMES)
    for key, label, url_name, permission, icon, count in (
        ("precedents", _("Precedents"), "precedents:library", "view", "book", None),
        ("cases-teach", _("What cases teach"), "precedents:summary", "view", "chart-bar", None),
        (
            "precedents-review", _("Precedents to review"), "precedents:review", "publish",
            "file-search", _waiting,
        ),
    ):  # fmt: skip
        register_item(
            NavItem(
                key, label, url_name, 45, permission=f"precedents.{permission}_precedent",
                count=count, group="monitors", icon=icon,
            )
        )  # fmt: skip


def _waiting(officer: Officer) -> int | None:
    """How many drafts wait for this officer's review; nothing is shown when none does."""
    return selectors.drafts_to_review(officer).count() or None


def lead_section(actor: Actor, lead: Lead) -> Mapping[str, Any] | None:
    """How like cases were decided, and the way from this lead to a precedent of its own."""
    if not actor.has_perm("precedents.view_precedent"):
        return None
    evidence = lead.evidence or {}
    texts = [lead.title, *(str(reason.get("text") or "") for reason in lead.reasons)]
    protected = str(evidence.get("mark") or "")
    found = None
    if lead.act_kind or protected:
        found = selectors.like_cases(
            actor,
            act_kind=lead.act_kind,
            text="\n".join(texts),
            protected=protected,
            accused=str(evidence.get("name") or ""),
            classes=evidence.get("classes") or (),
            channels=channels_of(lead.reasons),
        )
    own = Precedent.objects.filter(lead=lead).first()
    if own is not None and not actor.has_perm("precedents.view_precedent", own):
        own = None
    return {
        "found": found,
        "lead": lead,
        "own": own,
        "may_draft": own is None
        and not lead.is_open
        and actor.has_perm("precedents.draft_precedent", lead),
    }


def find_precedents(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Precedents whose text holds the words, the newest first."""
    found = search(selectors.precedents_visible(actor), text)
    return [
        Hit(row.title, row.get_absolute_url(), row.facts[:80], row.get_outcome_display())
        for row in found.order_by("-decided_on", "-pk")[:limit]
    ]
