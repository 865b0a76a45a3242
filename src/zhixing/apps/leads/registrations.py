"""What leads register at start-up: navigation, search, their part of a subject's page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.apps.accounts.api import Officer
from zhixing.apps.leads import indicators, selectors
from zhixing.apps.leads.actions.enter_lead import MONITOR
from zhixing.apps.leads.evidence import register_evidence
from zhixing.apps.leads.measures import register_measures
from zhixing.apps.leads.models import Lead
from zhixing.apps.registry import api as registry
from zhixing.kit.actors import Actor
from zhixing.kit.files.api import register_viewer
from zhixing.kit.history import name_deeds
from zhixing.kit.indicators import register_figure
from zhixing.kit.navigation import NavItem
from zhixing.kit.navigation import register as register_item
from zhixing.kit.searching import Hit, register_search

DEED_NAMES = {
    "lead.raise": gettext_lazy("Leads raised"),
    "lead.enter": gettext_lazy("Entered by hand"),
    "lead.name_act": gettext_lazy("Kind of act named"),
    "lead.answer": gettext_lazy("Checklist answered"),
    "lead.assign": gettext_lazy("Assigned"),
    "lead.take": gettext_lazy("Check begun"),
    "lead.dispose": gettext_lazy("Decided"),
    "lead.rejudge": gettext_lazy("Judged anew"),
    "lead.reopen": gettext_lazy("Decision taken back"),
}
SHOWN = 20


def register() -> None:
    """Called once, when the app is ready."""
    register_item(NavItem("desk", gettext_lazy("Desk"), "desk", order=10, icon="home", phone=True))
    register_item(
        NavItem(
            "leads", gettext_lazy("Leads"), "leads:leads", order=20, permission="leads.view_lead",
            count=_open_of, icon="inbox", phone=True,
        )
    )  # fmt: skip
    register_item(
        NavItem(
            "quality", gettext_lazy("Engine quality"), "leads:quality", order=80,
            permission="leads.view_lead", group="more", icon="target",
        )
    )  # fmt: skip
    register_measures()
    register_figure("leads.fraud_decided_share", indicators.fraud_leads_decided)
    register_search("leads", gettext_lazy("Leads"), find_leads, order=20)
    name_deeds(DEED_NAMES)
    register_evidence(MONITOR, gettext_lazy("By hand"), "leads/by_hand.html")
    register_viewer(
        Lead,
        may_view=lambda actor, lead: actor.has_perm("leads.view_lead", lead),
        may_attach=lambda actor, lead: actor.has_perm("leads.take_lead", lead),
    )
    registry.register_section(
        registry.SubjectSection(
            10, "leads", gettext_lazy("Leads"), "leads/subject_section.html", subject_section
        )
    )
    registry.register_alerts("leads", subject_alerts)
    registry.register_timeline("lead", gettext_lazy("Leads"), subject_events)


def _open_of(officer: Officer) -> int | None:
    """How many leads wait for this officer; nothing is shown when none does."""
    return selectors.leads_of_officer(officer).count() or None


def find_leads(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Leads about subjects that the words find, and leads whose title holds them."""
    found = selectors.leads_visible(actor).filter(selectors.is_about(text))
    return [
        Hit(lead.title, lead.get_absolute_url(), lead.first_reason, lead.get_state_display())
        for lead in found.order_by(*selectors.BEST_FIRST)[:limit]
    ]


def _leads_of(actor: Actor, subject: registry.Subject) -> list[Lead]:
    if not actor.has_perm("leads.view_lead"):
        return []
    return list(selectors.leads_visible(actor).filter(subject=subject)[:SHOWN])


def subject_section(actor: Actor, subject: registry.Subject) -> dict[str, Any] | None:
    """The subject's leads, the most probable first."""
    if not actor.has_perm("leads.view_lead"):
        return None
    leads = _leads_of(actor, subject)
    return {"leads": leads, "count": len(leads)}


def subject_alerts(actor: Actor, subject: registry.Subject) -> Iterator[registry.Alert]:
    """One line when leads about the subject wait for a decision."""
    waiting = [lead for lead in _leads_of(actor, subject) if lead.is_open]
    if waiting:
        sentence = _("%(n)d lead(s) about this subject wait for a decision.") % {"n": len(waiting)}
        yield registry.Alert("warn", sentence, waiting[0].get_absolute_url())


def subject_events(actor: Actor, subject: registry.Subject) -> Iterator[registry.TimelineEvent]:
    """When suspicions came up and how they were decided."""
    for lead in _leads_of(actor, subject):
        url = lead.get_absolute_url()
        yield registry.TimelineEvent(
            lead.found_at, "lead", _("Lead: %(title)s") % {"title": lead.title},
            lead.first_reason, url, "inbox",
        )  # fmt: skip
        if lead.disposed_at is not None:
            yield registry.TimelineEvent(
                lead.disposed_at, "lead", lead.get_disposition_display(),
                lead.disposition_reason, url, "gavel", str(lead.disposed_by),
            )  # fmt: skip
