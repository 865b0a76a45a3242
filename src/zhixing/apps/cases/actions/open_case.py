"""Deeds: open a case, from a confirmed lead or by itself; correct what it says."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.cases.actions import run_clocks as clocks
from zhixing.apps.cases.models import Case, CaseOfficer
from zhixing.apps.leads.api import Lead
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.register import apply_changes, fresh_row, validate
from zhixing.kit.search import split_for_search

# What may still be corrected after the decision: nothing that it rests on.
AFTER_DECISION = frozenset({"party_phone", "party_address"})


@transaction.atomic
def open_case(actor: Actor, values: Mapping[str, Any], lead: Lead | None = None) -> Case:
    """Begin a case with the check of a lead; whoever opens it is its first handler.

    Args:
        values: what is known; party, subject and kind of act come from the lead if there is one.

    Raises:
        Refused: the lead or the office is not of the actor's.
        Conflict: the lead is not confirmed, or has a case already.
        Invalid: a field cannot be right.
    """
    given = {key: value for key, value in values.items() if value is not None}
    case = Case(unit_path=actor.unit_path, found_on=timezone.localdate())
    if lead is not None:
        require(actor, "leads.dispose_lead", lead)
        lead = Lead.objects.select_for_update().get(pk=lead.pk)
        if lead.disposition != Lead.Disposition.CONFIRMED:
            raise Conflict(_("Only a confirmed lead is referred to case; confirm it first."))
        if Case.objects.filter(lead=lead).exists():
            raise Conflict(_("This lead has its case already."))
        case.lead, case.subject, case.unit_path = lead, lead.subject, lead.unit_path
        case.act_kind = lead.act_kind
        case.party_name = lead.subject.name if lead.subject else lead.title
        case.found_on = timezone.localdate(lead.found_at)
    apply_changes(case, given)
    _fill(case)
    require(actor, "cases.add_case", case)
    # Unique until the key is known; the number follows from the key.
    case.number = secrets.token_hex(8)
    _check(case)
    with deed(actor, "case.open", detail={"lead": lead.pk if lead else None}) as act:
        case.save()
        case.number = f"AJ{case.found_on.year}-{case.pk:06d}"
        _index(case)
        case.save(update_fields=["number", "search_text"])
        if actor.actor_id is not None:
            CaseOfficer.objects.create(
                case=case,
                officer_id=actor.actor_id,
                part=CaseOfficer.Part.HANDLER,
                since=timezone.localdate(),
            )
        clocks.start(case, "lead_check", case.found_on)
        clocks.recount(case)
        act.obj = case
    return case


def change_case(
    actor: Actor,
    obj: Case,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> Case:
    """Correct what the case says of party, act and days; a decided case stays as it was decided.

    Raises:
        Refused: the case is not of the actor's offices.
        Conflict: the case is decided, and more than an address is changed.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        case = fresh_row(obj, stamp)
        require(actor, "cases.change_case", case)
        if case.decided_on is not None and set(changes) - AFTER_DECISION:
            raise Conflict(_("The case is decided; what the decision rests on does not change."))
        moved = "found_on" in changes and changes["found_on"] != case.found_on
        with deed(actor, "case.change", case, reason=reason):
            apply_changes(case, changes)
            require(actor, "cases.change_case", case)
            _fill(case)
            _check(case)
            _index(case)
            case.save()
            if moved and case.filed_on is None:
                case.clocks.filter(code="lead_check", met_on=None).update(trigger=case.found_on)
            clocks.recount(case)
    return case


def _fill(case: Case) -> None:
    """Take the party's facts from the register where the case does not say them itself."""
    subject = case.subject
    if subject is not None:
        case.party_name = case.party_name or subject.name
        case.party_code = case.party_code or subject.uscc or ""
        case.party_address = case.party_address or subject.address
    if not case.title and (kind := law.acts().kinds.get(case.act_kind)):
        case.title = f"{case.party_name}涉嫌{kind.title_zh}案"


def _check(case: Case) -> None:
    fields: dict[str, list[str]] = {}
    if case.act_kind not in law.acts().kinds:
        fields["act_kind"] = [_("Choose the kind of act.")]
    today = timezone.localdate()
    for name in ("found_on", "acted_on"):
        day = getattr(case, name)
        if day is not None and day > today:
            fields[name] = [_("Expected a day until today, found %(day)s.") % {"day": day}]
    if case.found_on and not clocks.is_known("lead_check", case.found_on):
        fields["found_on"] = [_("Before this day the tables hold no law of procedure.")]
    if fields:
        raise Invalid(_("Some fields cannot be right."), fields=fields)
    validate(case)


def _index(case: Case) -> None:
    case.search_text = split_for_search(case.number, case.title, case.party_name, case.party_code)
