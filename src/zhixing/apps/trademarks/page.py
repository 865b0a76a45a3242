"""What the page of a mark cultivated shows: the way, the next steps, what the filing lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from zhixing.apps.trademarks import dossiers
from zhixing.apps.trademarks.forms import AssignForm, ReasonForm
from zhixing.apps.trademarks.models import Cultivation, Dossier
from zhixing.apps.trademarks.stages import steps_from
from zhixing.kit.actors import Actor
from zhixing.kit.history import entries_for
from zhixing.kit.masking import mask
from zhixing.kit.navigation import page_url
from zhixing.kit.register.columns import Rows, listed

FILES = "trademarks/parts/files.html"
# The page of the pre-filing search, of an app that may be installed.
SEARCH_PAGE = "clearance:search"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One stage of the way, and the day on which it was reached."""

    label: str
    day: date | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to be ready before the filing."""

    label: str
    is_done: bool
    detail: str = ""
    url: str = ""
    blocks: bool = True


def checklist(row: Cultivation) -> list[Check]:
    """What should be ready before the filing: search, classes, documents."""
    classes = listed(row.nice_classes)
    return [
        Check(
            _("Like marks searched for"),
            row.searched_on is not None,
            row.search_note,
            page_url(SEARCH_PAGE),
            blocks=False,
        ),
        Check(_("Classes of goods chosen"), bool(row.nice_classes), classes),
        Check(_("Documents complete"), row.documents_on is not None),
    ]


def missing_of(rows: Rows) -> dict[Any, str]:
    """What the filings of the rows lack, in one line each."""
    return {
        row.pk: listed(check.label for check in checklist(row) if not check.is_done)
        for row in rows
        if isinstance(row, Cultivation)
    }


def cultivation(actor: Actor, row: Cultivation) -> dict[str, Any]:
    """The context of the page."""
    may_step = actor.has_perm("trademarks.step_cultivation", row)
    may_assign = actor.has_perm("trademarks.assign_cultivation", row)
    return {
        "way": _way(row),
        "checks": checklist(row) if row.stage in Cultivation.WAITING else [],
        "steps": steps_from(row.stage) if may_step else [],
        "may_assign": may_assign and row.stage not in Cultivation.EXITS,
        "may_step_back": may_assign and row.stage != Cultivation.Stage.CANDIDATE,
        "assign_form": AssignForm(
            actor=actor, unit_path=row.unit_path, initial={"officer": row.assignee}
        ),
        "reason_form": ReasonForm(),
        "contact": _contact(actor, row),
        "history": entries_for(row),
    }


def _contact(actor: Actor, row: Cultivation) -> list[tuple[str, str, str]]:
    """(label, masked value, address to read it with a reason) of who asked."""
    may = actor.has_perm("audit.reveal_personal", row)
    return [
        (
            Cultivation.label_of(name),
            mask(kind, getattr(row, name)),
            reverse("trademarks:reveal", args=[row.pk, name]) if may else "",
        )
        for name, kind in Cultivation.personal_fields.items()
        if getattr(row, name)
    ]


def _way(row: Cultivation) -> list[Milestone]:
    stages = list(Cultivation.PATH)
    if row.stage in Cultivation.EXITS:
        stages = [stage for stage in stages if row.reached(stage) is not None]
        stages.append(Cultivation.Stage(row.stage))
    return [Milestone(str(s.label), row.reached(s), s == row.stage) for s in stages]


def dossier_page(actor: Actor, row: Dossier) -> dict[str, Any]:
    """The context of a dossier's page: its way, its tasks, what is missing, the next steps."""
    found = dossiers.tasks(row)
    is_gathered = row.stage == Dossier.Stage.DRAFT
    steps = [
        step
        for step in dossiers.steps_from(row.stage)
        if actor.has_perm(f"trademarks.{step.permission}", row)
    ]
    ends = [Dossier.Stage.REFUSED] if row.refused_on else [Dossier.Stage.RECOGNISED]
    way = [stage for stage in Dossier.Stage if stage not in Dossier.ENDS] + ends
    return {
        "kind_title": dossiers.kind_title(row.kind),
        "kind_note": dossiers.kind_note(row.kind),
        "is_ended": row.law.header.ended,
        "way": [Milestone(str(s.label), row.reached(s), s == row.stage) for s in way],
        "tasks": found,
        "done": sum(not task.lacks for task in found),
        "lacking": dossiers.lacking(row, found) if is_gathered else [],
        "steps": steps,
        "history": entries_for(row),
    }


def files(actor: Actor, row: models.Model) -> Mapping[str, Any]:
    """The evidence files of a row."""
    return {"of": row}
