"""Marks of the register that look like the one of an order, found by the look-alike engine.

A registered mark is public and protects its holder everywhere, so the search looks through all
marks of the register, whichever office looks after them.
"""

from __future__ import annotations

from datetime import datetime
from threading import Lock
from typing import Any

import pyarrow as pa
from django.db.models import Max

from zhixing.apps.protection.order_check import MarkFacts, RivalFacts
from zhixing.apps.registry.api import TradeMark

LOWEST_PROBABILITY = 0.5
SHOWN = 5
Stamp = tuple[datetime | None, int | None]

_lock = Lock()
_prepared: dict[Stamp, Any] = {}


def rivals_of(mark_text: str, classes: list[int]) -> tuple[RivalFacts, ...]:
    """Registered marks that look like the text, for goods of a class of the order, likest first."""
    hits = _guard().sweep([mark_text], min_probability=LOWEST_PROBABILITY).to_pylist()
    by_key = {int(hit["mark_id"]): hit for hit in hits}
    found = [
        RivalFacts(facts_of(mark), mark.text == mark_text, hit["probability"], hit["text"])
        for mark in TradeMark.objects.filter(pk__in=by_key).select_related("holder")
        if set(mark.nice_classes) & set(classes)
        for hit in (by_key[mark.pk],)
    ]
    found.sort(key=lambda rival: (not rival.is_same, -rival.probability, rival.mark.key))
    return tuple(found)


def facts_of(mark: TradeMark) -> MarkFacts:
    """The mark as the check reads it."""
    return MarkFacts(
        key=mark.pk,
        text=mark.text,
        holder_key=mark.holder_id,
        holder_name=mark.holder_name,
        classes=tuple(mark.nice_classes),
        is_registered=mark.status == TradeMark.Status.REGISTERED,
        expires_on=mark.expires_on,
    )


def _guard() -> Any:
    """All registered marks, prepared for searching; anew when a mark was entered or changed."""
    from zhixing.engines.lookalike import Guard

    newest = TradeMark.objects.aggregate(updated=Max("updated"), last=Max("pk"))
    stamp: Stamp = (newest["updated"], newest["last"])
    with _lock:
        if stamp not in _prepared:
            rows = list(
                TradeMark.objects.filter(status=TradeMark.Status.REGISTERED)
                .order_by("pk")
                .values_list("pk", "text")
            )
            marks = pa.table(
                {
                    "mark_id": pa.array([str(pk) for pk, _text in rows], pa.string()),
                    "mark": pa.array([text for _pk, text in rows], pa.string()),
                }
            )
            _prepared.clear()
            _prepared[stamp] = Guard(marks)
        return _prepared[stamp]
