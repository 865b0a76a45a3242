"""Deeds on recommendation dossiers: begin, change, judge a criterion, take a step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.registry.api import update_mark
from zhixing.apps.trademarks.dossiers import lacking, next_due, step_to, tasks
from zhixing.apps.trademarks.models import Dossier, DossierCriterion
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.files.api import attach, links_of
from zhixing.kit.register import apply_changes, fresh_row, validate
from zhixing.kit.register.columns import listed

Verdict = DossierCriterion.Verdict
EVENTS = ("draft", "complete", "sent_up", "province", "office")


def begin_dossier(actor: Actor, values: Mapping[str, Any]) -> Dossier:
    """Begin a dossier with the criteria of its kind in force on its first day.

    Raises:
        Refused: the office is not one of the actor's.
        Invalid: an unknown kind, or a field that cannot be right.
    """
    row = Dossier(unit_path=actor.unit_path, draft_on=timezone.localdate())
    apply_changes(row, {key: value for key, value in values.items() if value is not None})
    require(actor, "trademarks.add_dossier", row)
    _prepare(row)
    with deed(actor, "dossier.begin") as act:
        row.save()
        act.obj = row
        DossierCriterion.objects.bulk_create(
            DossierCriterion(dossier=row, code=criterion.code)
            for criterion in row.law.criteria_on(row.draft_on)
        )
    return row


def change_dossier(
    actor: Actor,
    obj: Dossier,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> Dossier:
    """Change what is known of a dossier; its stage moves by `take_dossier_step` alone.

    Raises:
        Refused: it is not of the actor's offices, or given to another one.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right, or the kind is changed.
    """
    with transaction.atomic():
        row = fresh_row(obj, stamp)
        require(actor, "trademarks.change_dossier", row)
        if changes.get("kind", row.kind) != row.kind:
            sentence = _("The kind decides the criteria; begin another dossier instead.")
            raise Invalid(sentence, fields={"kind": [sentence]})
        with deed(actor, "dossier.change", row, reason=reason):
            apply_changes(row, changes)
            require(actor, "trademarks.change_dossier", row)
            _prepare(row)
            row.save()
    return row


@transaction.atomic
def judge_criterion(
    actor: Actor, obj: DossierCriterion, *, verdict: str, papers: Sequence[int], note: str = ""
) -> DossierCriterion:
    """Say whether a criterion is met, and which papers are in hand.

    Raises:
        Refused: the dossier is not of the actor's offices.
        Conflict: it is no longer being gathered.
        Invalid: met without a file, or not met without a reason.
    """
    row = DossierCriterion.objects.select_for_update().select_related("dossier").get(pk=obj.pk)
    require(actor, "trademarks.change_dossier", row.dossier)
    if row.dossier.stage != Dossier.Stage.DRAFT:
        raise Conflict(_("This dossier is closed for changes; choose “Gather further” first."))
    if verdict not in Verdict.values:
        raise Invalid(_("Choose one of the answers."), fields={"verdict": [_("required")]})
    if verdict == Verdict.MET and not links_of(row).exists():
        sentence = _("Add a file that shows it; without one a criterion is not met.")
        raise Invalid(sentence, fields={"verdict": [sentence]})
    if verdict != Verdict.MET and not note.strip():
        raise Invalid(_("Say in one sentence why."), fields={"note": [_("required")]})
    with deed(actor, "dossier.judge", row, reason=note.strip()):
        row.verdict, row.note = verdict, note.strip()
        row.papers = sorted(set(papers))
        row.save()
    return row


@transaction.atomic
def take_dossier_step(
    actor: Actor,
    obj: Dossier,
    target: str,
    *,
    on: date,
    note: str = "",
    upload: File[Any] | None = None,
) -> Dossier:
    """Bring a dossier to its next stage; a recognised mark is marked so in its register.

    Raises:
        Refused: it is not of the actor's offices, or the role does not send dossiers.
        Conflict: no such step leads on from the stage it is in now.
        Invalid: something is missing before the step, or the day cannot be right.
    """
    row = Dossier.objects.select_for_update().get(pk=obj.pk)
    step = step_to(row.stage, target)
    require(actor, f"trademarks.{step.permission if step else 'change_dossier'}", row)
    if step is None:
        raise Conflict(
            _("This dossier is at the stage %(stage)s; this step does not lead on from there.")
            % {"stage": row.get_stage_display()}
        )
    fields: dict[str, list[str]] = {}
    if step.needs_note and not note.strip():
        fields["note"] = [_("Say in one sentence what happened.")]
    if step.needs_file and upload is None:
        fields["file"] = [_("Add a file that proves it, such as a photo or a certificate.")]
    if target == Dossier.Stage.COMPLETE and (words := lacking(row, tasks(row))):
        fields["on"] = [_("Still missing: %(what)s.") % {"what": listed(words)}]
    if fields:
        raise Invalid(_("Something this step needs is missing."), fields=fields)
    with deed(actor, "dossier.step", row, reason=note.strip(), detail={"stage": target}):
        if target == Dossier.Stage.DRAFT:
            row.complete_on = None
        else:
            setattr(row, f"{target}_on", on)
        row.stage = target
        _prepare(row)
        row.save()
    if target == Dossier.Stage.RECOGNISED:
        _mark_as_protected(actor, row)
    if upload is not None:
        attach(actor, row, upload, caption=note.strip() or str(step.label), role=target)
    return row


def _mark_as_protected(actor: Actor, row: Dossier) -> None:
    """Enter the protection on the mark, where the actor may change the mark."""
    protection, mark = row.law.header.protection, row.mark
    if not protection or mark is None or protection in mark.protection:
        return
    if actor.has_perm("registry.change_trademark", mark):
        update_mark(actor, mark, {"protection": [*mark.protection, protection]})


def _prepare(row: Dossier) -> None:
    if row.kind not in law.dossier_kinds():
        sentence = _("Choose one of the kinds.")
        raise Invalid(sentence, fields={"kind": [sentence]})
    if row.mark is not None and not row.mark_text:
        row.mark_text = row.mark.text
    if row.mark is not None and row.subject is None:
        row.subject = row.mark.holder
    row.mark_text = " ".join(row.mark_text.split())
    _check_days(row)
    due = next_due(row)
    row.due_on, row.due_is_provisional = due if due is not None else (None, False)
    validate(row)


def _check_days(row: Dossier) -> None:
    """Stages in their order, and nothing that has not happened yet."""
    today, before = timezone.localdate(), None
    for event in (*EVENTS, *Dossier.ENDS):
        day = row.reached(event)
        if day is None:
            continue
        if before is not None and day < before:
            raise _wrong(
                event,
                _("Expected a day on or after %(start)s, found %(end)s.")
                % {"start": before, "end": day},
            )
        before = day
    for event in (*EVENTS, *Dossier.ENDS, "case_filed", "case_closed"):
        day = row.reached(event)
        if day is not None and day > today:
            raise _wrong(event, _("Expected a day that has come, found %(day)s.") % {"day": day})


def _wrong(event: str, sentence: str) -> Invalid:
    return Invalid(sentence, fields={f"{event}_on": [sentence]})
