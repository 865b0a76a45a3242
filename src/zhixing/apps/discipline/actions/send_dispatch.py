"""Deeds on suspected advertisements sent on: send, accept, return, answer, withdraw.

The receiving office acknowledges, then deals with it within the seven working days of Advertising
Law art 53; both periods are rows of the law tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.accounts.api import Officer
from zhixing.apps.adverts.api import Ad
from zhixing.apps.discipline import papers
from zhixing.apps.discipline.models import Dispatch
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.reasons import stated

State = Dispatch.State
RECEIPT, HANDLING = "ad_dispatch_receipt", "ad_report_handling"
OPEN = (State.SENT, State.ACCEPTED)


@transaction.atomic
def send_dispatch(
    actor: Officer, ad: Ad, *, to_path: str = "", to_bureau: str = "", matter: str
) -> Dispatch:
    """Send a suspected advertisement to the office or bureau that is competent for it.

    The letter is issued with it. To an office of the city it appears in that office's list.

    Raises:
        Refused: the actor does not work on advertisements of its own office.
        Invalid: no receiver, two receivers, the own office, or nothing suspected.
        Conflict: the advertisement is with that receiver already.
    """
    dispatch = Dispatch(
        unit_path=actor.unit_path, ad=ad, lead=ad.lead, to_path=to_path,
        to_bureau=to_bureau.strip()[:120], matter=matter.strip(), sent_by=actor,
        sent_on=timezone.localdate(),
    )  # fmt: skip
    require(actor, "discipline.add_dispatch", dispatch)
    _check(dispatch)
    due = law.deadline(RECEIPT, dispatch.sent_on)
    dispatch.due_on, dispatch.due_is_provisional = due.due, due.provisional
    with deed(actor, "dispatch.send") as act:
        dispatch.save()
        act.obj = dispatch
    papers.issue_dispatch(actor, dispatch)
    return dispatch


@transaction.atomic
def accept(actor: Actor, dispatch: Dispatch) -> Dispatch:
    """Acknowledge it as the receiver; the seven working days begin."""
    dispatch = _locked(actor, dispatch, (State.SENT,))
    today = timezone.localdate()
    due = law.deadline(HANDLING, today)
    changes = {
        "state": State.ACCEPTED,
        "accepted_on": today,
        "due_on": due.due,
        "due_is_provisional": due.provisional,
    }
    return _write(actor, dispatch, "accept", changes, late=_is_late(dispatch, today))


@transaction.atomic
def send_back(actor: Actor, dispatch: Dispatch, *, reason: str) -> Dispatch:
    """Return it as the receiver, who is not competent for it."""
    dispatch = _locked(actor, dispatch, OPEN)
    told, today = stated(reason), timezone.localdate()
    changes = {
        "state": State.RETURNED, "answered_on": today, "feedback": told, "due_on": None,
    }  # fmt: skip
    return _write(actor, dispatch, "return", changes, late=_is_late(dispatch, today), reason=told)


@transaction.atomic
def answer(
    actor: Actor, dispatch: Dispatch, *, outcome: str, feedback: str, answered_on: date
) -> Dispatch:
    """Write down what came of it.

    Raises:
        Invalid: no words, an unknown outcome, or a day before the receipt or in the future.
    """
    dispatch = _locked(actor, dispatch, (State.ACCEPTED,))
    told, today = stated(feedback), timezone.localdate()
    if outcome not in Dispatch.Outcome.values:
        raise Invalid(_("Unknown outcome: %(given)s.") % {"given": outcome})
    assert dispatch.accepted_on is not None
    if not dispatch.accepted_on <= answered_on <= today:
        sentence = _("Expected a day from %(start)s to %(end)s, found %(day)s.") % {
            "start": dispatch.accepted_on, "end": today, "day": answered_on,
        }  # fmt: skip
        raise Invalid(sentence, fields={"answered_on": [sentence]})
    changes = {
        "state": State.ANSWERED, "outcome": outcome, "feedback": told,
        "answered_on": answered_on, "due_on": None,
    }  # fmt: skip
    return _write(actor, dispatch, "answer", changes, late=_is_late(dispatch, answered_on))


@transaction.atomic
def withdraw(actor: Actor, dispatch: Dispatch, *, reason: str) -> Dispatch:
    """Take it back as the sender."""
    dispatch = _locked(actor, dispatch, OPEN, "discipline.change_dispatch")
    told = stated(reason)
    changes = {"state": State.WITHDRAWN, "feedback": told, "due_on": None}
    return _write(actor, dispatch, "withdraw", changes, late=False, reason=told)


def _check(dispatch: Dispatch) -> None:
    faults: dict[str, list[str]] = {}
    if bool(dispatch.to_path) == bool(dispatch.to_bureau):
        faults["to_path"] = [_("Name one receiver: an office of the city, or a bureau elsewhere.")]
    elif dispatch.to_path == dispatch.unit_path:
        faults["to_path"] = [_("Your own office has it already; deal with its lead.")]
    if not dispatch.matter:
        faults["matter"] = [_("Say what is suspected.")]
    if faults:
        raise Invalid(" ".join(text for texts in faults.values() for text in texts), fields=faults)
    known = Dispatch.objects.filter(
        ad=dispatch.ad, to_path=dispatch.to_path, to_bureau=dispatch.to_bureau, state__in=OPEN
    )
    if known.exists():
        raise Conflict(_("The advertisement is with that receiver already."))


def _is_late(dispatch: Dispatch, day: date) -> bool:
    return dispatch.due_on is not None and day > dispatch.due_on


def _locked(
    actor: Actor,
    dispatch: Dispatch,
    states: tuple[str, ...],
    perm: str = "discipline.answer_dispatch",
) -> Dispatch:
    fresh: Dispatch = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
    require(actor, perm, fresh)
    if fresh.state not in states:
        raise Conflict(
            _("It is “%(state)s” now; this step is not open.")
            % {"state": fresh.get_state_display()}
        )
    return fresh


def _write(
    actor: Actor,
    dispatch: Dispatch,
    code: str,
    changes: Mapping[str, Any],
    *,
    late: bool,
    reason: str = "",
) -> Dispatch:
    with deed(actor, f"dispatch.{code}", dispatch, reason=reason):
        for name, value in changes.items():
            setattr(dispatch, name, value)
        dispatch.was_late = dispatch.was_late or late
        dispatch.save()
    return dispatch
