"""Deeds on an infringement file: open it from a confirmed lead, find facts, decide, close."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.accounts.api import Officer
from zhixing.apps.leads.api import Lead
from zhixing.apps.protection import crime_alert, selectors
from zhixing.apps.protection.models import FileFact, InfringementFile
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.reasons import stated
from zhixing.kit.register import apply_changes, fresh_row, validate

State = InfringementFile.State
# From which states a deed leads to which; resuming leads back to where the suspension began.
STEPS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "infringement.investigate": ((State.OPENED,), State.INVESTIGATED),
    "infringement.suspend": ((State.OPENED, State.INVESTIGATED), State.SUSPENDED),
    "infringement.resume": ((State.SUSPENDED,), ""),
    "infringement.decide": ((State.INVESTIGATED,), State.DECIDED),
    "infringement.close": ((State.DECIDED,), State.CLOSED),
}


def may_step(file: InfringementFile, code: str) -> bool:
    """Whether the file's state allows the deed."""
    return file.state in STEPS[code][0]


@transaction.atomic
def open_file(actor: Officer, lead: Lead, values: Mapping[str, Any]) -> InfringementFile:
    """Refer a confirmed lead to case: its file begins with what the lead says.

    Args:
        values: act_kind, acted_on and mark_text at least; subject and party come from the lead.

    Raises:
        Refused: the lead is not of the actor's offices.
        Conflict: the lead is not confirmed, or has its file already.
        Invalid: a field cannot be right.
    """
    require(actor, "leads.dispose_lead", lead)
    lead = Lead.objects.select_for_update().get(pk=lead.pk)
    if lead.disposition != Lead.Disposition.CONFIRMED:
        raise Conflict(_("Only a confirmed lead is referred to case; confirm it first."))
    if InfringementFile.objects.filter(lead=lead).exists():
        raise Conflict(_("This lead has its file already."))
    file = InfringementFile(
        unit_path=lead.unit_path,
        lead=lead,
        subject=lead.subject,
        party_name=lead.subject.name if lead.subject else lead.title,
        handler=actor,
        opened_on=timezone.localdate(),
    )
    apply_changes(file, values)
    require(actor, "protection.add_infringementfile", file)
    _check(file)
    with deed(actor, "infringement.open", detail={"lead": lead.pk}) as act:
        file.save()
        act.obj = file
    return file


def change_file(
    actor: Actor,
    obj: InfringementFile,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> InfringementFile:
    """Correct what the file says; a decided file stays as it was decided.

    Raises:
        Refused: the file is not of the actor's offices.
        Conflict: it is decided or closed.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        file = fresh_row(obj, stamp)
        require(actor, "protection.change_infringementfile", file)
        _must_be_open(file)
        with deed(actor, "infringement.change", file, reason=reason):
            apply_changes(file, changes)
            _check(file)
            file.crime_suspected = is_crime_suspected(file)
            file.save()
    return file


@transaction.atomic
def enter_fact(
    actor: Officer,
    file: InfringementFile,
    *,
    measure: str,
    amount: Decimal,
    found_on: date,
    basis: str,
) -> FileFact:
    """Add an amount to what was found, and compare anew with the thresholds of crimes.

    Raises:
        Refused: the file is not of the actor's offices.
        Conflict: the file is decided.
        Invalid: a field cannot be right.
    """
    file = _locked(actor, file)
    _must_be_open(file)
    fact = FileFact(
        file=file,
        measure=measure,
        amount=amount,
        found_on=found_on,
        basis=basis.strip(),
        entered_by=actor,
    )
    if found_on > timezone.localdate():
        sentence = _("Expected a day until today, found %(day)s.") % {"day": found_on}
        raise Invalid(sentence, fields={"found_on": [sentence]})
    validate(fact)
    with deed(actor, "infringement.fact", file, detail=_told(fact)):
        fact.save()
        _compare(file)
    return fact


@transaction.atomic
def withdraw_fact(actor: Officer, fact: FileFact, *, reason: str) -> FileFact:
    """Take an amount out of the sums; it stays readable with the reason.

    Raises:
        Conflict: the file is decided, or the fact was withdrawn before.
        Invalid: no reason.
    """
    told = stated(reason)
    file = _locked(actor, fact.file)
    _must_be_open(file)
    fact = FileFact.objects.select_for_update().get(pk=fact.pk)
    if fact.withdrawn_for:
        raise Conflict(_("This fact was withdrawn already."))
    with deed(actor, "infringement.withdraw_fact", file, reason=told, detail=_told(fact)):
        fact.withdrawn_for = told[:300]
        fact.save(update_fields=["withdrawn_for"])
        _compare(file)
    return fact


@transaction.atomic
def finish_investigation(
    actor: Officer, file: InfringementFile, *, findings: str
) -> InfringementFile:
    """Write down what the investigation found."""
    return _step(actor, file, "infringement.investigate", {"findings": stated(findings)})


@transaction.atomic
def suspend_file(actor: Officer, file: InfringementFile, *, reason: str) -> InfringementFile:
    """Stop while the ownership of the mark is disputed or a suit is pending (art 62(3))."""
    told = stated(reason)
    return _step(actor, file, "infringement.suspend", {"suspended_for": told[:300]}, reason=told)


@transaction.atomic
def resume_file(actor: Officer, file: InfringementFile, *, reason: str) -> InfringementFile:
    """Go on where the suspension began."""
    return _step(actor, file, "infringement.resume", {"suspended_for": ""}, reason=stated(reason))


@transaction.atomic
def decide_file(
    actor: Officer,
    file: InfringementFile,
    *,
    outcome: str,
    decided_on: date,
    why_no_transfer: str = "",
) -> InfringementFile:
    """Write down what was decided; the platform proposes nothing here.

    Raises:
        Invalid: no outcome; a day in the future or before the file; or the alert says that a
            crime is suspected, nothing was transferred, and no reason is given why (a penalty
            does not stand in for a transfer, Order 310 art 11 and 16).
        Conflict: the investigation is not finished.
    """
    today = timezone.localdate()
    if not file.opened_on <= decided_on <= today:
        sentence = _("Expected a day from %(start)s to %(end)s, found %(day)s.") % {
            "start": file.opened_on, "end": today, "day": decided_on,
        }  # fmt: skip
        raise Invalid(sentence, fields={"decided_on": [sentence]})
    fresh = _locked(actor, file)
    if fresh.crime_suspected and not fresh.transfers.exists() and not why_no_transfer.strip():
        sentence = _(
            "The amounts found reach the bar of a crime and nothing was transferred. "
            "Report it to the head first, or write why not."
        )
        raise Invalid(sentence, fields={"why_no_transfer": [sentence]})
    values = {
        "outcome": stated(outcome),
        "decided_on": decided_on,
        "why_no_transfer": why_no_transfer.strip(),
    }
    return _step(actor, file, "infringement.decide", values)


@transaction.atomic
def close_file(actor: Officer, file: InfringementFile) -> InfringementFile:
    """Close a decided file."""
    return _step(actor, file, "infringement.close", {"closed_on": timezone.localdate()})


def is_crime_suspected(file: InfringementFile) -> bool:
    """Whether an amount found reaches a bar that was verified or not; the page says which."""
    lines = crime_alert.compare(selectors.facts_for_alert(file))
    return any(line.is_reached for line in lines)


def _step(
    actor: Officer,
    file: InfringementFile,
    code: str,
    values: Mapping[str, Any],
    reason: str = "",
) -> InfringementFile:
    file = _locked(actor, file)
    if not may_step(file, code):
        raise Conflict(
            _("The file is “%(state)s” now; this step is not open.")
            % {"state": file.get_state_display()}
        )
    with deed(actor, code, file, reason=reason):
        target = STEPS[code][1] or file.state_before
        file.state_before = file.state if target == State.SUSPENDED else ""
        file.state = target
        for name, value in values.items():
            setattr(file, name, value)
        file.save()
    return file


def _locked(actor: Actor, file: InfringementFile) -> InfringementFile:
    """The file as it stands now, locked, for an actor who may work on it."""
    fresh: InfringementFile = InfringementFile.objects.select_for_update().get(pk=file.pk)
    require(actor, "protection.change_infringementfile", fresh)
    return fresh


def _must_be_open(file: InfringementFile) -> None:
    if not file.is_open:
        raise Conflict(
            _("The file is “%(state)s”; it is not changed any more.")
            % {"state": file.get_state_display()}
        )


def _compare(file: InfringementFile) -> None:
    file.crime_suspected = is_crime_suspected(file)
    file.save(update_fields=["crime_suspected", "updated"])


def _told(fact: FileFact) -> dict[str, Any]:
    return {
        "measure": fact.measure, "amount": f"{fact.amount:f}", "found_on": str(fact.found_on),
        "basis": fact.basis,
    }  # fmt: skip


def _check(file: InfringementFile) -> None:
    if file.trade_mark is not None and not file.mark_text:
        file.mark_text = file.trade_mark.text
    if file.acted_on > timezone.localdate():
        sentence = _("Expected a day until today, found %(day)s.") % {"day": file.acted_on}
        raise Invalid(sentence, fields={"acted_on": [sentence]})
    if file.marks_count < 1:
        sentence = _("At least one mark is infringed; found %(n)d.") % {"n": file.marks_count}
        raise Invalid(sentence, fields={"marks_count": [sentence]})
    validate(file)
