"""Deeds on what hangs on a case: people, evidence, time not counted, measures, service, money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.accounts.api import Officer
from zhixing.apps.cases.actions import run_clocks as clocks
from zhixing.apps.cases.actions.take_step import record_service
from zhixing.apps.cases.models import (
    Case,
    CaseClock,
    CaseEvidence,
    CaseMeasure,
    CaseOfficer,
    CasePayment,
    CaseService,
    CaseStop,
    Certificate,
    MeasureLine,
)
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.reasons import stated
from zhixing.kit.register import apply_changes, fresh_row, validate

MEASURE_CLOCKS = {
    "preservation": "evidence_preservation",
    "sealing": "sealing",
    "detention": "sealing",
}
FOOD_CLOCK = "sealing_food"


def locked(actor: Actor, obj: Case, perm: str = "cases.change_case") -> Case:
    """The case as it is now, kept from others until the deed is done.

    Raises:
        Refused: it is not of the actor's offices.
        Conflict: it is archived or otherwise at an end.
    """
    case = Case.objects.select_for_update().get(pk=obj.pk)
    require(actor, perm, case)
    if not case.is_open:
        raise Conflict(_("The case is at its end; nothing is added to it any more."))
    return case


@transaction.atomic
def appoint(actor: Actor, obj: Case, *, officer: Officer, part: str) -> CaseOfficer:
    """Give an officer a part in the case; nobody has two, and a handler never reviews.

    Raises:
        Refused, Conflict: see `locked`; or the officer has, or had, a part that excludes it.
    """
    case = locked(actor, obj)
    parts = set(case.people.filter(officer=officer).values_list("part", flat=True))
    if case.people.filter(officer=officer, until=None).exists():
        raise Conflict(_("%(name)s has a part in this case already.") % {"name": officer})
    if parts and parts != {part}:
        raise Conflict(
            _("%(name)s had another part in this case; investigating, reviewing and hearing are "
              "never in one hand (Penalty Law art 58, Order 3 art 11).") % {"name": officer}
        )  # fmt: skip
    row = CaseOfficer(case=case, officer=officer, part=part, since=timezone.localdate())
    validate(row)
    with deed(actor, "case.appoint", case, detail={"officer": officer.pk, "part": part}):
        row.save()
    return row


@transaction.atomic
def release(actor: Actor, obj: Case, *, officer: Officer, reason: str) -> CaseOfficer:
    """End an officer's part, as after a recusal; the row stays.

    Raises:
        Refused, Conflict: see `locked`; or the officer has no part now.
        Invalid: no reason.
    """
    case = locked(actor, obj)
    row = case.people.filter(officer=officer, until=None).first()
    if row is None:
        raise Conflict(_("%(name)s has no part in this case.") % {"name": officer})
    told = stated(reason)
    with deed(actor, "case.release", case, reason=told, detail={"officer": officer.pk}):
        row.until, row.left_for = timezone.localdate(), told[:200]
        row.save()
    return row


@transaction.atomic
def add_evidence(actor: Actor, obj: Case, values: Mapping[str, Any]) -> CaseEvidence:
    """Enter a piece of evidence; its files are attached to it afterwards.

    Raises:
        Refused, Conflict: see `locked`.
        Invalid: a field cannot be right.
    """
    case = locked(actor, obj)
    row = CaseEvidence(case=case, unit_path=case.unit_path)
    apply_changes(row, dict(values))
    _until_today(row.obtained_on, "obtained_on")
    validate(row)
    with deed(actor, "case.evidence", case, detail={"title": row.title, "kind": row.kind}):
        row.save()
    return row


def change_evidence(
    actor: Actor,
    obj: CaseEvidence,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> CaseEvidence:
    """Correct a piece of evidence, or write down what the party objects.

    Raises:
        Refused: the case is not of the actor's offices.
        Conflict: the case is decided.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        row = fresh_row(obj, stamp)
        require(actor, "cases.change_caseevidence", row)
        if row.case.decided_on is not None:
            raise Conflict(_("The case is decided; what the decision rests on does not change."))
        with deed(actor, "case.evidence_change", row, reason=reason):
            apply_changes(row, changes)
            _until_today(row.obtained_on, "obtained_on")
            validate(row)
            row.save()
    return row


@transaction.atomic
def stop_time(
    actor: Actor, obj: Case, *, kind: str, first: date, last: date | None, basis: str
) -> CaseStop:
    """Take days out of the clocks that the law lets exclude them; the rest run on.

    Raises:
        Refused, Conflict: see `locked`; or time of this kind is open already.
        Invalid: the days are not in order, or no clock of the case excludes such time.
    """
    case = locked(actor, obj)
    running = case.clocks.filter(met_on=None)
    if not any(kind in law.clock(row.code, row.trigger).excluded for row in running):
        sentence = _("No clock of this case excludes such time.")
        raise Invalid(sentence, fields={"kind": [sentence]})
    if case.stops.filter(kind=kind, last=None).exists():
        raise Conflict(_("Time of this kind is open already; end it first."))
    row = CaseStop(case=case, kind=kind, first=first, last=last, basis=basis.strip())
    validate(row)
    with deed(actor, "case.stop", case, reason=basis.strip(), detail={"kind": kind}):
        row.save()
        clocks.recount(case)
    return row


@transaction.atomic
def end_stop(actor: Actor, obj: Case, *, kind: str, last: date) -> CaseStop:
    """Say until when time of a kind was not counted.

    Raises:
        Refused, Conflict: see `locked`; or no such time is open.
        Invalid: it would end before it began.
    """
    case = locked(actor, obj)
    row = case.stops.filter(kind=kind, last=None).first()
    if row is None:
        raise Conflict(_("No time of this kind is open."))
    row.last = last
    validate(row)
    with deed(actor, "case.stop_end", case, detail={"kind": kind, "last": last.isoformat()}):
        row.save()
        clocks.recount(case)
    return row


@transaction.atomic
def extend(actor: Actor, obj: CaseClock, *, reason: str, until: date | None = None) -> CaseClock:
    """Grant the extension the law allows; where it leaves the length open, until a day.

    Raises:
        Refused: only heads and leaders grant extensions.
        Conflict: the clock is met, or the law grants no further one.
        Invalid: no reason, or a day that is needed or not in order.
    """
    case = locked(actor, obj.case, "cases.head_case")
    clock = CaseClock.objects.get(pk=obj.pk)
    if clock.met_on is not None:
        raise Conflict(_("The clock is met; there is nothing to extend."))
    row = law.clock(clock.code, clock.trigger)
    if row.extension is None:
        raise Conflict(
            _("The law grants no extension of this period (%(article)s).")
            % {"article": law.clocks.cited(row)}
        )
    told = stated(reason)
    if row.extension.amount is None or clock.extensions >= row.extension.times:
        if clock.code != "decision" and row.extension.amount is not None:
            raise Conflict(
                _("All extensions that the law grants are used (%(article)s).")
                % {"article": law.clocks.cited(row)}
            )
        if until is None or (clock.due_on and until <= clock.due_on):
            sentence = _("The law fixes no length here: give the day that was approved.")
            raise Invalid(sentence, fields={"until": [sentence]})
        clock.extended_to = until
    else:
        clock.extensions += 1
    clock.extended_by_id, clock.extended_for = actor.actor_id, told[:300]
    with deed(actor, "case.extend", case, reason=told, detail={"clock": clock.code}):
        clock.save()
        clocks.recount(case)
    clock.refresh_from_db()
    return clock


@transaction.atomic
def take_measure(
    actor: Actor,
    obj: Case,
    *,
    kind: str,
    begun_on: date,
    lines: Sequence[Mapping[str, Any]],
    place: str = "",
    was_urgent: bool = False,
) -> CaseMeasure:
    """Seal, detain or preserve goods, each on a line of the list; its clock begins.

    Raises:
        Refused, Conflict: see `locked`.
        Invalid: no goods, a kind that is none, or a day that cannot be right.
    """
    case = locked(actor, obj)
    _until_today(begun_on, "begun_on")
    if kind not in MEASURE_CLOCKS:
        raise Invalid(_("Choose the measure."), fields={"kind": [_("required")]})
    if not lines:
        sentence = _("List the goods: nothing can be sealed, detained or preserved without a list.")
        raise Invalid(sentence, fields={"lines": [sentence]})
    code = MEASURE_CLOCKS[kind]
    if code == "sealing" and case.is_food:
        code = FOOD_CLOCK
    with deed(actor, "case.measure", case, detail={"kind": kind, "lines": len(lines)}):
        clock = clocks.start(case, code, begun_on, about=str(CaseMeasure.Kind(kind).label)[:120])
        measure = CaseMeasure(
            case=case, kind=kind, begun_on=begun_on, place=place, was_urgent=was_urgent, clock=clock
        )
        validate(measure)
        measure.save()
        for line in lines:
            row = MeasureLine(measure=measure, **line)
            validate(row)
            row.save()
        clocks.recount(case)
    return measure


@transaction.atomic
def settle_measure(
    actor: Actor, obj: CaseMeasure, *, outcome: str, on: date, note: str = ""
) -> CaseMeasure:
    """End a measure: released, confiscated, disposed of, handed over, or turned into another.

    Raises:
        Refused, Conflict: see `locked`; or it is settled already.
        Invalid: a day before it began.
    """
    case = locked(actor, obj.case)
    measure = CaseMeasure.objects.select_related("clock").get(pk=obj.pk)
    if measure.settled_on is not None:
        raise Conflict(_("This measure is settled already."))
    _until_today(on, "on")
    if on < measure.begun_on:
        sentence = _("It cannot end before it began.")
        raise Invalid(sentence, fields={"on": [sentence]})
    measure.settled_on, measure.outcome, measure.outcome_note = on, outcome, note.strip()
    validate(measure)
    with deed(actor, "case.measure_settle", case, detail={"outcome": outcome}, reason=note.strip()):
        measure.save()
        measure.clock.met_on = on
        measure.clock.save(update_fields=["met_on"])
        clocks.recount(case)
    return measure


@transaction.atomic
def serve_document(
    actor: Actor,
    obj: Case,
    *,
    form_no: int,
    on: date,
    manner: str,
    receiver: str = "",
    note: str = "",
) -> CaseService:
    """Write down that a document was served.

    Raises:
        Refused, Conflict: see `locked`.
        Invalid: no such document, or a day that cannot be right.
    """
    case = locked(actor, obj)
    _until_today(on, "on")
    if form_no not in law.official_forms():
        raise Invalid(_("Choose the document."), fields={"form_no": [_("required")]})
    with deed(actor, "case.serve_document", case, detail={"form": form_no, "manner": manner}):
        row = record_service(case, form_no, on, manner=manner, receiver=receiver, note=note)
        clocks.recount(case)
    return row


@transaction.atomic
def enter_payment(
    actor: Actor, obj: Case, *, kind: str, paid_on: date, amount: Decimal, receipt: str
) -> CasePayment:
    """Write down a payment into the treasury's account.

    Raises:
        Refused, Conflict: see `locked`; or the case is not being carried out.
        Invalid: a field cannot be right, or the receipt is entered already.
    """
    case = locked(actor, obj)
    if case.decided_on is None:
        raise Conflict(_("Nothing is owed before the decision."))
    _until_today(paid_on, "paid_on")
    row = CasePayment(case=case, kind=kind, paid_on=paid_on, amount=amount, receipt=receipt.strip())
    validate(row)
    with deed(actor, "case.payment", case, detail={"kind": kind, "receipt": row.receipt}):
        row.save()
        from zhixing.apps.cases.money import still_owed

        if still_owed(case, paid_on).total == 0:
            clocks.meet(case, ("payment",), paid_on)
            if not case.clocks.filter(code="case_closing_form", met_on=None).exists():
                clocks.start(case, "case_closing_form", paid_on)
        clocks.recount(case)
    return row


@transaction.atomic
def keep_certificate(actor: Actor, values: Mapping[str, Any]) -> Certificate:
    """Enter an officer's certificate.

    Raises:
        Refused: only heads do, for officers of their offices.
        Invalid: a field cannot be right.
    """
    row = Certificate(unit_path=actor.unit_path)
    apply_changes(row, dict(values))
    if row.officer_id is not None:
        row.unit_path = row.officer.unit_path
    require(actor, "cases.add_certificate", row)
    validate(row)
    with deed(actor, "certificate.add") as act:
        row.save()
        act.obj = row
    return row


def change_certificate(
    actor: Actor,
    obj: Certificate,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> Certificate:
    """Correct a certificate.

    Raises:
        Refused: only heads do, for officers of their offices.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        row = fresh_row(obj, stamp)
        require(actor, "cases.change_certificate", row)
        with deed(actor, "certificate.change", row, reason=reason):
            apply_changes(row, changes)
            validate(row)
            row.save()
    return row


def _until_today(day: date | None, field: str) -> None:
    if day is not None and day > timezone.localdate():
        sentence = _("Expected a day until today, found %(day)s.") % {"day": day}
        raise Invalid(sentence, fields={field: [sentence]})
