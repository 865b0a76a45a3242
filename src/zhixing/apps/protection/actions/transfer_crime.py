"""Deeds on the transfer of a suspected crime: report, approve or refuse, hand over, answer.

The clocks are those of Order 310: the head decides within three days of the written report, the
file goes to the police within 24 hours of the approval, the police answer within three days.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.accounts.api import Officer
from zhixing.apps.protection import crime_alert, selectors
from zhixing.apps.protection.models import CrimeTransfer, InfringementFile
from zhixing.apps.protection.teams import check_team
from zhixing.kit.actors import require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.reasons import stated

State = CrimeTransfer.State
UNDER_WAY = (State.REPORTED, State.APPROVED, State.HANDED_OVER)


@transaction.atomic
def report_transfer(
    actor: Officer, file: InfringementFile, *, report: str, team: Collection[Officer]
) -> CrimeTransfer:
    """Report a suspected crime to the head in writing (art 5); the three days begin.

    Raises:
        Refused: the file is not of the actor's offices.
        Invalid: no report, or fewer than two officers who work on the office's cases.
        Conflict: a transfer of this file is under way, or the file is closed.
    """
    require(actor, "protection.change_infringementfile", file)
    file = InfringementFile.objects.select_for_update().get(pk=file.pk)
    told = stated(report)
    if file.state == InfringementFile.State.CLOSED:
        raise Conflict(_("The file is closed."))
    if file.transfers.filter(state__in=UNDER_WAY).exists():
        raise Conflict(_("A transfer of this file is under way already."))
    check_team(team, file, code="crime_transfer", day=timezone.localdate(), field="team")
    now = timezone.now()
    lines = crime_alert.compare(selectors.facts_for_alert(file))
    transfer = CrimeTransfer(
        unit_path=file.unit_path,
        file=file,
        report=told,
        reasons=[line.as_record() for line in lines],
        reported_at=now,
        due_at=_end_of("transfer_decision", now),
    )
    require(actor, "protection.add_crimetransfer", transfer)
    with deed(actor, "transfer.report") as act:
        transfer.save()
        transfer.team.set(team)
        act.obj = transfer
        act.detail = {"team": sorted(officer.pk for officer in team)}
    return transfer


@transaction.atomic
def approve_transfer(actor: Officer, transfer: CrimeTransfer) -> CrimeTransfer:
    """Approve as head of the office; the 24 hours begin."""
    transfer = _locked(actor, transfer, (State.REPORTED,), "protection.approve_crimetransfer")
    now = timezone.now()
    changes = {
        "state": State.APPROVED,
        "decided_at": now,
        "decided_by": actor,
        "due_at": law.deadline("transfer_handover", now).due,
    }
    return _write(actor, transfer, "transfer.approve", changes, now)


@transaction.atomic
def refuse_transfer(actor: Officer, transfer: CrimeTransfer, *, reason: str) -> CrimeTransfer:
    """Refuse as head of the office; the reason stays in the file (art 5)."""
    transfer = _locked(actor, transfer, (State.REPORTED,), "protection.approve_crimetransfer")
    told, now = stated(reason), timezone.now()
    changes = {
        "state": State.REFUSED,
        "decided_at": now,
        "decided_by": actor,
        "refusal": told,
        "due_at": None,
    }
    return _write(actor, transfer, "transfer.refuse", changes, now, told)


@transaction.atomic
def hand_over(actor: Officer, transfer: CrimeTransfer, *, police: str) -> CrimeTransfer:
    """Write down that the police of the same level received the file; their days begin."""
    transfer = _locked(actor, transfer, (State.APPROVED,))
    if not police.strip():
        sentence = _("Name the police office that received the file.")
        raise Invalid(sentence, fields={"police": [sentence]})
    now = timezone.now()
    changes = {
        "state": State.HANDED_OVER,
        "handed_over_at": now,
        "police": police.strip()[:120],
        "due_at": _end_of("police_filing", now),
    }
    return _write(actor, transfer, "transfer.hand_over", changes, now)


@transaction.atomic
def record_answer(
    actor: Officer, transfer: CrimeTransfer, *, is_filed: bool, answered_on: date, answer: str
) -> CrimeTransfer:
    """Write down what the police answered; what follows has its own days (art 9, 12).

    Raises:
        Invalid: no answer, or a day before the hand-over or in the future.
    """
    transfer = _locked(actor, transfer, (State.HANDED_OVER,))
    told, now = stated(answer), timezone.now()
    assert transfer.handed_over_at is not None
    start, end = timezone.localdate(transfer.handed_over_at), timezone.localdate(now)
    if not start <= answered_on <= end:
        sentence = _("Expected a day from %(start)s to %(end)s, found %(day)s.") % {
            "start": start, "end": end, "day": answered_on,
        }  # fmt: skip
        raise Invalid(sentence, fields={"answered_on": [sentence]})
    next_clock = "transfer_goods" if is_filed else "transfer_review"
    changes = {
        "state": State.FILED if is_filed else State.NOT_FILED,
        "answered_on": answered_on,
        "answer": told,
        "due_at": _end_of(next_clock, answered_on),
    }
    # Whether the police were late is not the bureau's delay.
    return _write(actor, transfer, "transfer.answer", changes, None)


@transaction.atomic
def finish_transfer(actor: Officer, transfer: CrimeTransfer, *, note: str) -> CrimeTransfer:
    """Goods and materials handed over, or review asked or let be: nothing more is due."""
    transfer = _locked(actor, transfer, (State.FILED, State.NOT_FILED))
    if transfer.due_at is None:
        raise Conflict(_("Nothing more is due on this transfer."))
    now = timezone.now()
    changes = {"finish_note": stated(note), "due_at": None}
    return _write(actor, transfer, "transfer.finish", changes, now)


def _end_of(clock: str, start: date | datetime) -> datetime:
    """The last moment of the day on which a period in days ends."""
    day = timezone.localdate(start) if isinstance(start, datetime) else start
    due = law.deadline(clock, day).due
    return timezone.make_aware(datetime.combine(due, time(23, 59, 59)))


def _locked(
    actor: Officer,
    transfer: CrimeTransfer,
    states: tuple[str, ...],
    perm: str = "protection.change_crimetransfer",
) -> CrimeTransfer:
    fresh: CrimeTransfer = CrimeTransfer.objects.select_for_update().get(pk=transfer.pk)
    require(actor, perm, fresh)
    if fresh.state not in states:
        raise Conflict(
            _("The transfer is “%(state)s” now; this step is not open.")
            % {"state": fresh.get_state_display()}
        )
    return fresh


def _write(
    actor: Officer,
    transfer: CrimeTransfer,
    code: str,
    changes: Mapping[str, Any],
    now: datetime | None,
    reason: str = "",
) -> CrimeTransfer:
    """Write a step; one taken after it was due marks the transfer as late (`now`: the bureau's)."""
    with deed(actor, code, transfer, reason=reason):
        if now is not None and transfer.due_at is not None and now > transfer.due_at:
            transfer.was_late = True
        for name, value in changes.items():
            setattr(transfer, name, value)
        transfer.save()
    return transfer
