"""What the trade-mark services register at start-up."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing.apps.registry import api as registry
from zhixing.apps.trademarks import filing, indicators, selectors
from zhixing.apps.trademarks.actions.find_reminders import DAILY
from zhixing.apps.trademarks.duties import duties
from zhixing.apps.trademarks.explanations import why
from zhixing.apps.trademarks.models import (
    Cultivation,
    Dossier,
    DossierCriterion,
    MarkUse,
    Reminder,
    UseCheck,
)
from zhixing.kit.actors import Actor
from zhixing.kit.duties import register_duties
from zhixing.kit.files.api import register_viewer
from zhixing.kit.history import name_deeds
from zhixing.kit.indicators import register_figure
from zhixing.kit.jobs.api import register_standing
from zhixing.kit.navigation import NavItem
from zhixing.kit.navigation import register as register_item
from zhixing.kit.search import search
from zhixing.kit.searching import Hit, register_search

DEED_NAMES = {
    "cultivation.add": _("Mark to cultivate entered"),
    "cultivation.change": _("Mark cultivated changed"),
    "cultivation.assign": _("Given to an officer"),
    "cultivation.step": _("Next stage reached"),
    "cultivation.step_back": _("Step taken back"),
    "mark_target.set": _("Target set"),
    "mark_target.change": _("Target changed"),
    "reminder.find": _("Reminders found"),
    "reminder.settle": _("Reminder settled"),
    "reminder.tell": _("Holder told"),
    "mark_use.add": _("Use of a mark recorded"),
    "dossier.begin": _("Dossier begun"),
    "dossier.change": _("Dossier changed"),
    "dossier.judge": _("Criterion judged"),
    "dossier.step": _("Next stage reached"),
    "use_check.add": _("Use of a mark checked"),
    "use_check.change": _("Check of a mark's use corrected"),
}
REMINDERS = "trademarks/parts/mark_section.html"
USES = 5


def register() -> None:
    """Called once, when the app is ready."""
    import_module("zhixing.apps.trademarks.importers")  # importers make themselves known
    register_standing(DAILY)
    register_figure("brands.filings_searched_share", indicators.filings_searched)
    register_figure("brands.offices_with_marks_share", indicators.offices_with_marks)
    register_figure("brands.renewed_on_time_share", indicators.renewed_on_time)
    register_figure("brands.protected_marks", indicators.protected)
    register_figure("brands.licence_files_share", indicators.licences_filed)
    name_deeds(DEED_NAMES)
    register_duties("trademarks", duties)
    register_item(
        NavItem(
            "trademarks",
            _("Trade-mark services"),
            "trademarks:home",
            45,
            permission="trademarks.view_cultivation",
            group="monitors",
            icon="trademark",
        )
    )
    register_search("cultivations", _("Marks cultivated"), find_cultivations, order=35)
    register_viewer(
        Cultivation,
        may_view=lambda actor, row: actor.has_perm("trademarks.view_cultivation", row),
        may_attach=lambda actor, row: actor.has_perm("trademarks.change_cultivation", row),
    )
    registry.register_section(
        registry.SubjectSection(
            32,
            "cultivations",
            _("Marks cultivated"),
            "trademarks/parts/subject_section.html",
            subject_section,
        )
    )
    register_viewer(
        MarkUse,
        may_view=lambda actor, row: actor.has_perm("trademarks.view_markuse", row),
        may_attach=lambda actor, row: actor.has_perm("trademarks.add_markuse", row),
    )
    for model in (Dossier, DossierCriterion):
        register_viewer(
            model,
            may_view=lambda actor, row: actor.has_perm("trademarks.view_dossier", row),
            may_attach=lambda actor, row: actor.has_perm("trademarks.change_dossier", row),
        )
    register_viewer(
        UseCheck,
        may_view=lambda actor, row: actor.has_perm("trademarks.view_usecheck", row),
        may_attach=lambda actor, row: actor.has_perm("trademarks.change_usecheck", row),
    )
    registry.register_section(
        registry.SubjectSection(
            33, "mark-reminders", _("Reminders of marks"), REMINDERS, subject_reminders
        )
    )
    registry.register_mark_section(
        registry.SubjectSection(30, "reminders", _("Dates and reminders"), REMINDERS, mark_section)
    )
    registry.register_authorisation_section(
        registry.SubjectSection(
            20, "filing", _("Filing"), "trademarks/parts/filing_section.html", filing_section
        )
    )
    registry.register_alerts("trademarks", subject_alerts)
    registry.register_timeline("cultivation", _("Marks cultivated"), subject_events)


def find_cultivations(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Marks cultivated by text, number or subject."""
    if not actor.has_perm("trademarks.view_cultivation"):
        return []
    found = search(selectors.cultivations_visible(actor), text).order_by("-pk")[:limit]
    return [
        Hit(
            row.mark_text,
            row.get_absolute_url(),
            row.subject.name if row.subject else "",
            row.get_stage_display(),
        )
        for row in found
    ]


def subject_section(actor: Actor, subject: registry.Subject) -> dict[str, Any] | None:
    """The marks of the operator that offices cultivate."""
    if not actor.has_perm("trademarks.view_cultivation"):
        return None
    rows = list(selectors.cultivations_of(actor, subject))
    may_add = actor.has_perm("trademarks.add_cultivation", subject)
    return {"rows": rows, "count": len(rows), "subject": subject, "may_add": may_add}


def subject_events(actor: Actor, subject: registry.Subject) -> Iterator[registry.TimelineEvent]:
    """The stages that marks of the operator reached."""
    if not actor.has_perm("trademarks.view_cultivation"):
        return
    for row in selectors.cultivations_of(actor, subject):
        for stage in (*Cultivation.PATH, *Cultivation.EXITS):
            day = row.reached(stage)
            if day is not None:
                yield registry.TimelineEvent(
                    day,
                    "cultivation",
                    f"{row.mark_text}: {stage.label}",
                    url=row.get_absolute_url(),
                    icon="trademark",
                )


def subject_reminders(actor: Actor, subject: registry.Subject) -> dict[str, Any] | None:
    """What the operator should be told about its marks and licences."""
    if not actor.has_perm("trademarks.view_reminder"):
        return None
    rows = [(row, why(row)) for row in selectors.reminders_of(actor, subject)]
    return {"reminders": rows, "count": len(rows)} if rows else None


def mark_section(actor: Actor, mark: registry.TradeMark) -> dict[str, Any] | None:
    """What stands about a mark, its uses, and the ways to all its dates."""
    if not actor.has_perm("trademarks.view_reminder"):
        return None
    rows = [(row, why(row)) for row in selectors.reminders_of(actor, mark)]
    return {
        "reminders": rows,
        "count": len(rows),
        "uses": selectors.uses_of(actor, mark)[:USES],
        "mark": mark,
        "may_use": actor.has_perm("trademarks.add_markuse"),
        "may_renew": actor.has_perm("registry.change_trademark", mark)
        and mark.expires_on is not None,
    }


def subject_alerts(actor: Actor, subject: registry.Subject) -> Iterator[registry.Alert]:
    """One line for each reminder that nobody has passed on yet."""
    if not actor.has_perm("trademarks.view_reminder"):
        return
    for row in selectors.reminders_of(actor, subject).filter(state=Reminder.State.OPEN):
        tone = "bad" if row.kind == Reminder.Kind.EXPIRED else "warn"
        text = f"{row.title}: {row.get_kind_display()}"
        yield registry.Alert(tone, text, row.get_absolute_url())


def filing_section(actor: Actor, row: registry.Authorisation) -> dict[str, Any] | None:
    """How a licence stands towards its filing; nothing for contracts that are not filed."""
    if row.kind not in filing.FILED_KINDS:
        return None
    state = filing.filing_state(row, timezone.localdate())
    lacking = [] if state == filing.FilingState.FILED else list(filing.missing(row))
    return {"state": state, "missing": lacking, "row": row}
