"""The deeds that move a mark along its stages, and the one that takes a step back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from zhixing.apps.registry.api import TradeMark, create_mark
from zhixing.apps.trademarks.actions.keep_cultivations import prepare
from zhixing.apps.trademarks.models import Cultivation
from zhixing.apps.trademarks.stages import ASKABLE, Step, step_to
from zhixing.apps.trademarks.terms import validity
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.files.api import attach
from zhixing.law import LawError

KINDS = {Cultivation.Kind.AGRICULTURAL: TradeMark.Kind.ORDINARY}


@transaction.atomic
def take_step(
    actor: Actor,
    obj: Cultivation,
    target: str,
    *,
    on: date,
    note: str = "",
    values: Mapping[str, Any] | None = None,
    upload: File[Any] | None = None,
) -> Cultivation:
    """Bring a mark to its next stage, with what the stage asks for.

    At registration the mark is entered into the register of trade marks with the term the law
    gives it, or linked when its number is there already.

    Args:
        on: the day on which the stage was reached.
        note: what happened, in the officer's words; it stays in the change log.
        values: fields that the step asks for (`stages.ASKABLE`).
        upload: a file that proves it.

    Raises:
        Refused: it is not of the actor's offices, or the role does no casework.
        Conflict: no such step leads on from the stage it is in now.
        Invalid: something the step needs is missing or wrong; `fields` says what.
    """
    row: Cultivation = Cultivation.objects.select_for_update().get(pk=obj.pk)
    require(actor, "trademarks.step_cultivation", row)
    step = step_to(row.stage, target)
    if step is None:
        raise Conflict(
            _("“%(mark)s” is at the stage %(stage)s; this step does not lead on from there.")
            % {"mark": row, "stage": row.get_stage_display()}
        )
    with deed(actor, "cultivation.step", row, reason=note.strip(), detail={"stage": target}):
        for name, value in (values or {}).items():
            if name in ASKABLE:
                setattr(row, name, value)
        setattr(row, f"{target}_on", on)
        _require_needs(row, step, note, upload)
        prepare(row)
        if target == Cultivation.Stage.REGISTERED:
            row.trade_mark = _register_mark(actor, row, on)
        row.save()
    if upload is not None:
        label = str(Cultivation.Stage(target).label)
        attach(actor, row, upload, caption=note.strip() or label, role=str(target))
    return row


@transaction.atomic
def take_step_back(actor: Actor, obj: Cultivation, *, reason: str) -> Cultivation:
    """Take the last step back; both the step and its withdrawal stay in the change log.

    A trade mark that was entered at registration stays in its register, and linked.

    Raises:
        Refused: the actor heads no office that it belongs to.
        Conflict: it is a candidate; there is no step to take back.
        Invalid: no reason.
    """
    row: Cultivation = Cultivation.objects.select_for_update().get(pk=obj.pk)
    require(actor, "trademarks.assign_cultivation", row)
    if not reason.strip():
        raise Invalid(_("Write why the step is taken back."), fields={"reason": [_("required")]})
    if row.stage == Cultivation.Stage.CANDIDATE:
        raise Conflict(_("This mark is a candidate; there is no step to take back."))
    with deed(actor, "cultivation.step_back", row, reason=reason.strip()):
        setattr(row, f"{row.stage}_on", None)
        prepare(row)
        row.save()
    return row


def _require_needs(row: Cultivation, step: Step, note: str, upload: File[Any] | None) -> None:
    fields = {}
    for name in step.needs:
        if not getattr(row, name):
            what = {"what": Cultivation.label_of(name)}
            fields[name] = [_("Expected: %(what)s; nothing was given.") % what]
    if step.needs_note and not note.strip():
        fields["note"] = [_("Say in one sentence what happened.")]
    if step.needs_file and upload is None:
        fields["file"] = [_("Add a file that proves it, such as a photo or a certificate.")]
    if fields:
        raise Invalid(_("Something this step needs is missing."), fields=fields)


def _register_mark(actor: Actor, row: Cultivation, on: date) -> TradeMark:
    """The mark in the register: the one of that number, or a new one with its term."""
    known: TradeMark | None = TradeMark.objects.filter(
        registration_number=row.registration_number
    ).first()
    if known is not None:
        if known.text != row.mark_text:
            sentence = _(
                "Number %(number)s is that of “%(other)s” in the register; compare the certificate."
            ) % {"number": row.registration_number, "other": known.text}
            raise Invalid(sentence, fields={"registration_number": [sentence]})
        return known
    try:
        expires = validity(on).due
    except LawError as error:
        sentence = _("The law tables do not reach back to %(day)s; enter the mark by hand.") % {
            "day": on
        }
        raise Invalid(sentence, fields={"registered_on": [sentence]}) from error
    return create_mark(
        actor,
        {
            "unit_path": row.unit_path,
            "text": row.mark_text,
            "registration_number": row.registration_number,
            "nice_classes": row.nice_classes,
            "kind": KINDS.get(Cultivation.Kind(row.kind), row.kind),
            "holder": row.subject,
            "filed_on": row.filed_on,
            "registered_on": on,
            "expires_on": expires,
            "status": TradeMark.Status.REGISTERED,
        },
    )
