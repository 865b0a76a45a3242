"""Deeds on requests for assistance: enter, change, announce a delay, answer, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.accounts.api import Officer
from zhixing.apps.protection.models import AssistanceRequest
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.reasons import stated
from zhixing.kit.register import apply_changes, fresh_row, validate
from zhixing.law.errors import NotInForce

State = AssistanceRequest.State
CLOCK = "assistance_reply"


def enter_request(actor: Actor, values: Mapping[str, Any]) -> AssistanceRequest:
    """Enter a request that was sent or received; its 15 working days are computed.

    Raises:
        Refused: the office is not one of the actor's.
        Invalid: a field cannot be right.
    """
    request = AssistanceRequest(unit_path=actor.unit_path)
    request.handler_id = actor.actor_id  # type: ignore[assignment]  # none: refused by validation
    apply_changes(request, values)
    if request.file is not None:
        request.unit_path = request.file.unit_path
    require(actor, "protection.add_assistancerequest", request)
    _check(request)
    with deed(actor, "assistance.enter") as act:
        request.save()
        act.obj = request
    return request


def change_request(
    actor: Actor,
    obj: AssistanceRequest,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> AssistanceRequest:
    """Correct a request, or enter the day it arrived; the due day is computed anew.

    Raises:
        Refused: the request is not of the actor's offices.
        Conflict: it is answered or withdrawn.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        request = fresh_row(obj, stamp)
        require(actor, "protection.change_assistancerequest", request)
        _must_be_open(request)
        with deed(actor, "assistance.change", request, reason=reason):
            apply_changes(request, changes)
            _check(request)
            request.save()
    return request


@transaction.atomic
def announce_delay(
    actor: Officer, request: AssistanceRequest, *, until: date, reason: str
) -> AssistanceRequest:
    """Write down that the answer comes later, as announced before the period ended (art 45).

    Raises:
        Conflict: the period has ended, so that it is too late to announce a delay.
        Invalid: no reason, or a day that is not later.
    """
    fresh, told = _locked(actor, request), stated(reason)
    today = timezone.localdate()
    assert fresh.waiting_until is not None
    if today > fresh.waiting_until:
        raise Conflict(
            _("The period ended on %(day)s; a delay is announced before that.")
            % {"day": fresh.waiting_until}
        )
    if until <= fresh.waiting_until:
        sentence = _("Expected a day after %(start)s, found %(day)s.") % {
            "start": fresh.waiting_until, "day": until,
        }  # fmt: skip
        raise Invalid(sentence, fields={"until": [sentence]})
    with deed(actor, "assistance.delay", fresh, reason=told):
        fresh.extended_to = fresh.waiting_until = until
        fresh.extension_reason = told[:300]
        fresh.save()
    return fresh


@transaction.atomic
def answer_request(
    actor: Officer, request: AssistanceRequest, *, answer: str, answered_on: date
) -> AssistanceRequest:
    """Write down the answer: ours to a request received, theirs to one sent.

    Raises:
        Invalid: no answer, or a day before the request or in the future.
    """
    fresh, told = _locked(actor, request), stated(answer)
    start, end = fresh.starts_on, timezone.localdate()
    assert start is not None
    if not start <= answered_on <= end:
        sentence = _("Expected a day from %(start)s to %(end)s, found %(day)s.") % {
            "start": start, "end": end, "day": answered_on,
        }  # fmt: skip
        raise Invalid(sentence, fields={"answered_on": [sentence]})
    with deed(actor, "assistance.answer", fresh):
        fresh.state = State.ANSWERED
        fresh.answer, fresh.answered_on = told, answered_on
        fresh.waiting_until = None
        fresh.save()
    return fresh


@transaction.atomic
def withdraw_request(
    actor: Officer, request: AssistanceRequest, *, reason: str
) -> AssistanceRequest:
    """Withdraw a request that is no longer needed, or write down that the other side did."""
    fresh, told = _locked(actor, request), stated(reason)
    with deed(actor, "assistance.withdraw", fresh, reason=told):
        fresh.state = State.WITHDRAWN
        fresh.waiting_until = None
        fresh.save()
    return fresh


def _locked(actor: Officer, request: AssistanceRequest) -> AssistanceRequest:
    fresh: AssistanceRequest = AssistanceRequest.objects.select_for_update().get(pk=request.pk)
    require(actor, "protection.change_assistancerequest", fresh)
    _must_be_open(fresh)
    return fresh


def _must_be_open(request: AssistanceRequest) -> None:
    if request.state != State.OPEN:
        raise Conflict(
            _("The request is “%(state)s”; it is not changed any more.")
            % {"state": request.get_state_display()}
        )


def _check(request: AssistanceRequest) -> None:
    if request.subject is not None and not request.party_name:
        request.party_name = request.subject.name
    if request.trade_mark is not None and not request.mark_text:
        request.mark_text = request.trade_mark.text
    day_field = "received_on" if request.direction == "in" else "sent_on"
    start = request.starts_on
    if getattr(request, day_field) is None or start is None:
        sentence = _("Give the day; the period is counted from it.")
        raise Invalid(sentence, fields={day_field: [sentence]})
    if max(filter(None, (request.sent_on, request.received_on))) > timezone.localdate():
        sentence = _("Expected a day until today, found %(day)s.") % {"day": start}
        raise Invalid(sentence, fields={day_field: [sentence]})
    try:
        due = law.deadline(CLOCK, start)
    except NotInForce as error:
        sentence = _("No rule of the time of %(day)s is in the tables; check the day.") % {
            "day": start
        }
        raise Invalid(sentence, fields={day_field: [sentence]}) from error
    request.due_on, request.due_is_provisional = due.due, due.provisional
    request.waiting_until = max(due.due, request.extended_to or due.due)
    validate(request)
