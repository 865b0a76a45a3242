"""The marks that officers look for in a market."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from zhixing.apps.protection.models import Market
from zhixing.apps.registry.api import TradeMark
from zhixing.kit.scope import with_offices_above

LONGEST = 40


def marks_to_look_for(market: Market) -> list[dict[str, Any]]:
    """Protected marks in force for the goods sold there: key, text, holder, protection.

    Marks that the market's office or a bureau above it looks after and that enjoy a protection
    (well-known, foreign, provincial) or are geographical indications; those of the most
    protections first, at most forty. A market without classes is searched for all.
    """
    above = with_offices_above(market.unit_path)
    raised = ~Q(protection=[]) | Q(kind=TradeMark.Kind.GEOGRAPHICAL)
    marks = TradeMark.objects.filter(
        raised, unit_path__in=above, status=TradeMark.Status.REGISTERED
    ).order_by("text", "pk")
    sold = set(market.nice_classes)
    fitting = [mark for mark in marks if not sold or sold & set(mark.nice_classes)]
    fitting.sort(key=lambda mark: -len(mark.protection))
    return [
        {
            "key": mark.pk,
            "text": mark.text,
            "holder": mark.holder_name,
            "protection": mark.protection or [mark.kind],
        }
        for mark in fitting[:LONGEST]
    ]
