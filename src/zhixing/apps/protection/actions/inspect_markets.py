"""Deeds on markets and their inspections: enter, begin a round, enter a stall, finish."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.accounts.api import Officer
from zhixing.apps.leads.api import NewLead, raise_leads
from zhixing.apps.protection.checklist import marks_to_look_for
from zhixing.apps.protection.models import Market, MarkInspection, StallLine, StallVisit
from zhixing.apps.protection.teams import check_team
from zhixing.apps.registry.api import Subject, clean_nice_classes
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.register import apply_changes, fresh_row, validate

MONITOR = "protection.markets"
CLAUSE = "二/(五)"
METHOD, VERSION = "protection.market_inspection", "1"
# Officers saw the goods: more likely than not, and no engine's estimate.
PROBABILITY = 0.6


@dataclass(frozen=True, slots=True)
class Seen:
    """A mark seen at a stall."""

    mark_text: str
    shown: str
    note: str = ""


def enter_market(actor: Actor, values: Mapping[str, Any]) -> Market:
    """Enter a market; without `unit_path` it belongs to the actor's office.

    Raises:
        Refused: the office is not one of the actor's.
        Invalid: a field cannot be right.
    """
    market = Market(unit_path=actor.unit_path)
    apply_changes(market, values)
    require(actor, "protection.add_market", market)
    _check_market(market)
    with deed(actor, "market.enter") as act:
        market.save()
        act.obj = market
    return market


def change_market(
    actor: Actor,
    obj: Market,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> Market:
    """Change a market.

    Raises:
        Refused: the market, or the office it is given to, is not of the actor's offices.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        market = fresh_row(obj, stamp)
        require(actor, "protection.change_market", market)
        with deed(actor, "market.change", market, reason=reason):
            apply_changes(market, changes)
            require(actor, "protection.change_market", market)
            _check_market(market)
            market.save()
    return market


@transaction.atomic
def begin_inspection(
    actor: Actor, market: Market, *, inspected_on: date, officers: Collection[Officer]
) -> MarkInspection:
    """Begin a round of a market; its checklist is made of the marks protected today.

    Raises:
        Refused: the market is not of the actor's offices.
        Invalid: fewer than two officers of the office, or a day to come.
    """
    inspection = MarkInspection(
        unit_path=market.unit_path,
        market=market,
        inspected_on=inspected_on,
        checklist=marks_to_look_for(market),
    )
    require(actor, "protection.add_markinspection", inspection)
    if inspected_on > timezone.localdate():
        sentence = _("Expected a day until today, found %(day)s.") % {"day": inspected_on}
        raise Invalid(sentence, fields={"inspected_on": [sentence]})
    check_team(officers, market, code="on_site", day=inspected_on, field="officers")
    validate(inspection)
    with deed(actor, "mark_inspection.begin") as act:
        inspection.save()
        inspection.officers.set(officers)
        act.obj = inspection
        act.detail = {"officers": sorted(officer.pk for officer in officers)}
    return inspection


@transaction.atomic
def enter_stall(
    actor: Officer,
    inspection: MarkInspection,
    *,
    stall: str,
    seen: Sequence[Seen],
    operator_name: str = "",
    subject: Subject | None = None,
    note: str = "",
) -> StallVisit:
    """Enter a stall with the marks seen; entering it again adds marks to it.

    A phone that sends the same twice changes nothing the second time. A mark without authorisation
    raises a lead.

    Raises:
        Refused: the inspection is not of the actor's offices.
        Conflict: the inspection is finished.
        Invalid: no stall, or an answer that is none of those asked for.
    """
    inspection = MarkInspection.objects.select_for_update().get(pk=inspection.pk)
    require(actor, "protection.change_markinspection", inspection)
    if inspection.state == MarkInspection.State.FINISHED:
        raise Conflict(_("This inspection is finished; begin a new one."))
    if not stall.strip():
        sentence = _("Give the number or name of the stall.")
        raise Invalid(sentence, fields={"stall": [sentence]})
    visit = inspection.visits.filter(stall=stall.strip()).first()
    visit = visit or StallVisit(inspection=inspection, stall=stall.strip())
    visit.operator_name = operator_name.strip() or visit.operator_name
    visit.subject = subject or visit.subject
    visit.note = note.strip() or visit.note
    validate(visit)
    told = {"stall": visit.stall, "seen": [(one.mark_text, one.shown) for one in seen]}
    with deed(actor, "mark_inspection.stall", inspection, detail=told):
        visit.save()
        keys = {mark["text"]: mark["key"] for mark in inspection.checklist}
        lines = [_write_line(visit, one, keys) for one in seen]
    _raise_failed(actor, visit, lines)
    return visit


@transaction.atomic
def finish_inspection(actor: Officer, inspection: MarkInspection) -> MarkInspection:
    """Finish a round; it counts as held from now on.

    Raises:
        Conflict: it is finished already, or no stall was entered.
    """
    fresh: MarkInspection = MarkInspection.objects.select_for_update().get(pk=inspection.pk)
    require(actor, "protection.change_markinspection", fresh)
    if fresh.state == MarkInspection.State.FINISHED:
        raise Conflict(_("This inspection is finished; begin a new one."))
    if not fresh.visits.exists():
        raise Conflict(_("No stall is entered yet; enter the stalls that were looked at."))
    with deed(actor, "mark_inspection.finish", fresh):
        fresh.state = MarkInspection.State.FINISHED
        fresh.save()
    return fresh


def _check_market(market: Market) -> None:
    market.name = market.name.strip()
    market.nice_classes = clean_nice_classes(market.nice_classes)
    validate(market)


def _write_line(visit: StallVisit, seen: Seen, keys: Mapping[str, int]) -> StallLine:
    text = " ".join(seen.mark_text.split())
    line = visit.lines.filter(mark_text=text).first() or StallLine(visit=visit, mark_text=text)
    line.trade_mark_id = keys.get(text)
    line.shown, line.note = seen.shown, seen.note.strip() or line.note
    validate(line)
    line.save()
    return line


def _raise_failed(actor: Officer, visit: StallVisit, lines: Sequence[StallLine]) -> None:
    market = visit.inspection.market
    name = visit.operator_name or (visit.subject.name if visit.subject else visit.stall)
    leads = [
        NewLead(
            key=("stall", visit.inspection_id, visit.stall, line.mark_text),
            unit_path=visit.unit_path,
            title=f"{market} {visit.stall} {name}: {line.mark_text}"[:200],
            kind="no_authorisation",
            score=PROBABILITY,
            probability=PROBABILITY,
            subject_id=visit.subject_id,
            reasons=[
                {
                    "code": "no_authorisation",
                    "text": _("“%(mark)s” is sold at stall %(stall)s of %(market)s; no "
                              "authorisation and no source was shown. %(note)s").strip()
                    % {"mark": line.mark_text, "stall": visit.stall, "market": market,
                       "note": line.note},
                }
            ],
            evidence={"visit": visit.pk, "mark": line.mark_text, "name": name},
        )
        for line in lines
        if line.shown == StallLine.Shown.NO
    ]  # fmt: skip
    if leads:
        raise_leads(actor, MONITOR, CLAUSE, leads, method=METHOD, version=VERSION)
