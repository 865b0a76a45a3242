"""Deeds on training: put advertisers on the list, hold sessions, write down who came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.discipline import facts
from zhixing.apps.discipline.ladder import months_before
from zhixing.apps.discipline.models import Training, TrainingCall
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict
from zhixing.kit.reasons import stated
from zhixing.kit.register import apply_changes, fresh_row, validate

TABLE = "ad_training"
State = TrainingCall.State
OPEN = (State.LISTED, State.INVITED)


@transaction.atomic
def list_advertisers(actor: Actor) -> list[TrainingCall]:
    """Put advertisers with repeated unlawful advertisements on the actor's training list.

    How often and within how many months stands in the law table `ad_training`. Whoever is on the
    list, or was trained after the first of these advertisements could have been found, is left out.

    Raises:
        Refused: the actor does not keep the list.
    """
    today = timezone.localdate()
    often = int(law.on(TABLE, "repeated_ads", today).amount)
    months = int(law.on(TABLE, "look_back", today).amount)
    start = months_before(today, months)
    made = []
    for subject, name, ads in facts.unlawful_by_advertiser(actor, start, today):
        call = TrainingCall(
            unit_path=actor.unit_path,
            subject_id=subject,
            name=name[:200],
            listed_on=today,
            ads=ads,
            why=_("%(ads)d unlawful advertisements confirmed from %(start)s to %(end)s.")
            % {"ads": ads, "start": start, "end": today},
        )
        require(actor, "discipline.add_trainingcall", call)
        if ads < often or _is_known(call, start):
            continue
        with deed(actor, "training.list") as act:
            call.save()
            act.obj = call
        made.append(call)
    return made


def plan_training(actor: Actor, values: Mapping[str, Any]) -> Training:
    """Plan a session."""
    training = Training(unit_path=actor.unit_path)
    apply_changes(training, values)
    require(actor, "discipline.add_training", training)
    validate(training)
    with deed(actor, "training.plan") as act:
        training.save()
        act.obj = training
    return training


def change_training(
    actor: Actor,
    obj: Training,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> Training:
    """Change a session that has not been held."""
    with transaction.atomic():
        training = fresh_row(obj, stamp)
        require(actor, "discipline.change_training", training)
        if training.is_held:
            raise Conflict(_("The session was held; it stays as it was."))
        with deed(actor, "training.change", training, reason=reason):
            apply_changes(training, changes)
            validate(training)
            training.save()
    return training


@transaction.atomic
def invite(actor: Actor, call: TrainingCall, *, training: Training) -> TrainingCall:
    """Invite an advertiser on the list to a session."""
    call = _locked(actor, call, OPEN)
    require(actor, "discipline.change_training", training)
    if training.is_held:
        raise Conflict(_("The session was held already."))
    return _write(actor, call, "training.invite", {"state": State.INVITED, "training": training})


@transaction.atomic
def record_attendance(
    actor: Actor, call: TrainingCall, *, has_come: bool, note: str = ""
) -> TrainingCall:
    """Write down whether an invited advertiser came; the session counts as held from now on.

    Raises:
        Conflict: the session lies in the future.
    """
    call = _locked(actor, call, (State.INVITED,))
    training = call.training
    assert training is not None
    if training.held_on > timezone.localdate():
        raise Conflict(_("The session is still to come."))
    if not training.is_held:
        with deed(actor, "training.hold", training):
            training.is_held = True
            training.save(update_fields=["is_held", "updated"])
    state = State.ATTENDED if has_come else State.ABSENT
    return _write(actor, call, "training.attend", {"state": state, "note": note.strip()[:300]})


@transaction.atomic
def excuse(actor: Actor, call: TrainingCall, *, reason: str) -> TrainingCall:
    """Take an advertiser off the list, with the reason."""
    call = _locked(actor, call, OPEN)
    told = stated(reason)
    changes = {"state": State.EXCUSED, "note": told[:300]}
    return _write(actor, call, "training.excuse", changes, told)


def _is_known(call: TrainingCall, since: date) -> bool:
    known = TrainingCall.objects.filter(unit_path=call.unit_path, name=call.name)
    recent = known.filter(state=State.ATTENDED, training__held_on__gte=since)
    return known.filter(state__in=OPEN).exists() or recent.exists()


def _locked(actor: Actor, call: TrainingCall, states: tuple[str, ...]) -> TrainingCall:
    fresh: TrainingCall = TrainingCall.objects.select_for_update().get(pk=call.pk)
    require(actor, "discipline.change_trainingcall", fresh)
    if fresh.state not in states:
        raise Conflict(
            _("It is “%(state)s” now; this step is not open.")
            % {"state": fresh.get_state_display()}
        )
    return fresh


def _write(
    actor: Actor, call: TrainingCall, code: str, changes: Mapping[str, Any], reason: str = ""
) -> TrainingCall:
    with deed(actor, code, call, reason=reason):
        for name, value in changes.items():
            setattr(call, name, value)
        call.save()
    return call
