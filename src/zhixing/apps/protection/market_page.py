"""What the pages of markets and their inspections show below the facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from zhixing.apps.protection import selectors
from zhixing.apps.protection.checklist import marks_to_look_for
from zhixing.apps.protection.models import Market, MarkInspection
from zhixing.apps.registry.api import TradeMark
from zhixing.kit.actors import Actor

SHOWN = 30


def rounds(actor: Actor, market: Market) -> Mapping[str, Any]:
    """The inspections of the market, newest first, and how many this year."""
    of_market = selectors.inspections_visible(actor).filter(market=market)
    year = timezone.localdate().year
    return {
        "rounds": list(of_market.order_by("-inspected_on", "-pk")[:SHOWN]),
        "this_year": of_market.filter(inspected_on__year=year, state="finished").count(),
        "market": market,
        "may_begin": market.is_open and actor.has_perm("protection.add_markinspection", market),
    }


def checklist_of_market(actor: Actor, market: Market) -> Mapping[str, Any]:
    """The marks that an inspection begun today would look for."""
    return {"marks": _told(marks_to_look_for(market))}


def checklist(actor: Actor, inspection: MarkInspection) -> Mapping[str, Any]:
    """The marks that this inspection looks for."""
    return {"marks": _told(inspection.checklist)}


def _told(marks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    labels = dict(TradeMark.Protection.choices) | dict(TradeMark.Kind.choices)
    return [
        {**mark, "protection": [labels.get(code, code) for code in mark["protection"]]}
        for mark in marks
    ]


def stalls(actor: Actor, inspection: MarkInspection) -> Mapping[str, Any]:
    """The stalls with the marks seen there, two queries however many there are."""
    visits = list(
        selectors.visits_visible(actor)
        .filter(inspection=inspection)
        .prefetch_related("lines")
        .order_by("-pk")
    )
    return {
        "visits": visits,
        "count": len(visits),
        "officers": list(inspection.officers.all()),
        "inspection": inspection,
        "may_enter": inspection.state == MarkInspection.State.UNDER_WAY
        and actor.has_perm("protection.change_markinspection", inspection),
    }
