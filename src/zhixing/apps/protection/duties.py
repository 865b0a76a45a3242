"""What the desk shows of trade-mark protection: answers and steps of transfers that are due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.protection import selectors
from zhixing.apps.protection.models import AssistanceRequest
from zhixing.kit.actors import Actor
from zhixing.kit.duties import Duty


def duties(actor: Actor, until: date, limit: int) -> Iterator[Duty]:
    """Requests for assistance without answer and transfers with a step due."""
    if actor.has_perm("protection.view_assistancerequest"):
        waiting = selectors.assistance_waiting(actor).filter(waiting_until__lte=until)
        for request in waiting[:limit]:
            assert request.waiting_until is not None
            sent = request.direction == AssistanceRequest.Direction.OUT
            yield Duty(
                request.waiting_until,
                request.matter,
                _("The other bureau should have answered") if sent else _("Answer the request"),
                request.get_absolute_url(),
                request.due_is_provisional,
            )
    if actor.has_perm("protection.view_crimetransfer"):
        end = timezone.make_aware(datetime.combine(until, time.max))
        for transfer in selectors.transfers_waiting(actor).filter(due_at__lte=end)[:limit]:
            assert transfer.due_at is not None
            yield Duty(
                timezone.localdate(transfer.due_at),
                str(transfer),
                _("Next step of a crime transfer"),
                transfer.get_absolute_url(),
            )
