"""What cases register at start-up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhixing import law
from zhixing.apps.cases import guards, selectors
from zhixing.apps.cases.models import Case, CaseEvidence
from zhixing.apps.leads.api import Lead, register_lead_section
from zhixing.apps.registry.api import (
    Subject,
    SubjectSection,
    TimelineEvent,
    register_section,
    register_timeline,
)
from zhixing.kit.actors import Actor
from zhixing.kit.acts import in_language
from zhixing.kit.duties import Duty, register_duties
from zhixing.kit.files.api import register_viewer
from zhixing.kit.history import name_deeds
from zhixing.kit.navigation import NavItem
from zhixing.kit.navigation import register as register_item
from zhixing.kit.register import Section
from zhixing.kit.search import search
from zhixing.kit.searching import Hit, register_search

DEED_NAMES = {
    "case.open": _("Case opened"),
    "case.change": _("Case corrected"),
    "case.appoint": _("Officer appointed"),
    "case.release": _("Officer released"),
    "case.evidence": _("Evidence entered"),
    "case.evidence_change": _("Evidence corrected"),
    "case.stop": _("Time not counted entered"),
    "case.stop_end": _("Time not counted ended"),
    "case.extend": _("Clock extended"),
    "case.measure": _("Measure taken"),
    "case.measure_settle": _("Measure settled"),
    "case.measure_lapse": _("Preservation lapsed"),
    "case.serve_document": _("Document served"),
    "case.payment": _("Payment entered"),
    "certificate.add": _("Certificate entered"),
    "certificate.change": _("Certificate corrected"),
}
PART = "cases/parts"
SHOWN = 20


def register() -> None:
    """Called once, when the app is ready."""
    unknown = set(law.procedure().guards) - set(guards.CHECKS)
    if unknown:
        raise LookupError(f"guards without a check: {', '.join(sorted(unknown))}")
    name_deeds(
        DEED_NAMES | {f"case.{code}": step.title_zh for code, step in law.procedure().steps.items()}
    )
    for key, label, url_name, icon in (
        ("cases", _("Penalty cases"), "cases:cases", "gavel"),
        ("case-clocks", _("Clocks of cases"), "cases:board", "clock"),
        ("certificates", _("Enforcement certificates"), "cases:certificates", "id-badge"),
    ):
        register_item(
            NavItem(
                key, label, url_name, 48, group="actions", icon=icon, permission="cases.view_case"
            )
        )
    register_search("cases", _("Penalty cases"), find_cases, order=30)
    register_duties("cases", duties)
    register_lead_section(
        Section(5, "law-case", _("Case"), f"{PART}/lead.html", lead_section, True)
    )
    register_section(
        SubjectSection(34, "cases", _("Penalty cases"), f"{PART}/subject.html", subject_section)
    )
    register_timeline("cases", _("Penalty cases"), subject_events)
    register_viewer(
        Case,
        may_view=lambda actor, row: actor.has_perm("cases.view_case", row),
        may_attach=lambda actor, row: actor.has_perm("cases.change_case", row),
    )
    register_viewer(
        CaseEvidence,
        may_view=lambda actor, row: actor.has_perm("cases.view_caseevidence", row),
        may_attach=lambda actor, row: actor.has_perm("cases.change_caseevidence", row),
    )


def find_cases(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Cases by number, matter or party."""
    if not actor.has_perm("cases.view_case"):
        return []
    found = search(selectors.cases_visible(actor), text)[:limit]
    return [Hit(row.number, row.get_absolute_url(), row.title, row.state_label) for row in found]


def duties(actor: Actor, until: date, limit: int) -> Iterator[Duty]:
    """Clocks of cases that come to their end."""
    if not actor.has_perm("cases.view_case"):
        return
    for row in selectors.clocks_running(actor).filter(due_on__lte=until)[:limit]:
        if row.due_on is None:
            continue
        title = in_language(law.clock(row.code, row.trigger), "title")
        yield Duty(
            row.due_on, row.case.title, title, row.case.get_absolute_url(), row.is_provisional
        )


def lead_section(actor: Actor, lead: Lead) -> Mapping[str, Any] | None:
    """The case of a confirmed lead, or the way to open one."""
    if lead.disposition != Lead.Disposition.CONFIRMED:
        return None
    if not actor.has_perm("cases.view_case", lead):
        return None
    return {
        "lead": lead,
        "case": selectors.case_of_lead(actor, lead),
        "may_open": actor.has_perm("cases.add_case", lead),
    }


def subject_section(actor: Actor, subject: Subject) -> Mapping[str, Any] | None:
    """The cases against the operator."""
    if not actor.has_perm("cases.view_case"):
        return None
    rows = list(selectors.cases_of_subject(actor, subject)[:SHOWN])
    return {"rows": rows, "count": len(rows)} if rows else None


def subject_events(actor: Actor, subject: Subject) -> Iterator[TimelineEvent]:
    """When cases against the operator were filed and decided."""
    if not actor.has_perm("cases.view_case"):
        return
    for row in selectors.cases_of_subject(actor, subject)[:SHOWN]:
        for day, told in (
            (row.filed_on, _now("Case filed")),
            (row.decided_on, _now("Case decided")),
        ):
            if day is not None:
                yield TimelineEvent(day, "cases", told, row.title, row.get_absolute_url(), "gavel")
