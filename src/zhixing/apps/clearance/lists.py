"""From what the engines found to the lists an examiner would look through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhixing.apps.clearance.query import Query
from zhixing.apps.registry.api import TradeMark
from zhixing.engines.lookalike import normalise

# The lists in the order of the page, and how many marks each of them shows.
LISTS = ("identical", "glyph", "sound", "meaning", "arrangement", "figure")
SHOWN = 20

# Which lists a kind of likeness belongs in (`engines.lookalike.KINDS`).
_KINDS: Mapping[str, tuple[str, ...]] = {
    "shape": ("glyph",),
    "shape+sound": ("glyph", "sound"),
    "sound": ("sound",),
    "latin": ("glyph",),
    "meaning": ("meaning",),
    "order": ("arrangement",),
    "insert": ("arrangement",),
    "delete": ("arrangement",),
    "affix": ("arrangement",),
    "identical": ("arrangement",),
}
# Nearest goods first; marks whose goods are not known stand before those for other goods.
RELATIONS = ("same_group", "same_class", "unknown", "other")
LIVING = {TradeMark.Status.REGISTERED, TradeMark.Status.FILED}


@dataclass(frozen=True, slots=True)
class Found:
    """A mark that an engine found, with the reasons as plain values."""

    mark_id: int
    kind: str
    score: float
    reasons: Sequence[Mapping[str, Any]]
    by_figure: bool = False


def relation(query: Query, mark: TradeMark) -> str:
    """How near the mark's goods are to those asked for, by group, else by class."""
    groups, classes = set(mark.similar_groups), set(mark.nice_classes)
    if groups & set(query.similar_groups):
        return "same_group"
    if not query.nice_classes or not classes:
        return "unknown"
    return "same_class" if classes & set(query.nice_classes) else "other"


def make_lists(
    query: Query, found: Iterable[Found], marks: Mapping[int, TradeMark], day: date
) -> list[dict[str, Any]]:
    """The lists as JSON values; a mark alike in several ways stands in each of them."""
    rows: dict[str, list[dict[str, Any]]] = {key: [] for key in LISTS}
    for one in found:
        mark = marks.get(one.mark_id)
        if mark is None:
            continue
        row = _row(query, one, mark, day)
        for key in _lists_of(query, one, mark):
            rows[key].append(row)
    return [
        {
            "key": key,
            "hits": sorted(rows[key], key=_nearest_first)[:SHOWN],
            "more": max(0, len(rows[key]) - SHOWN),
        }
        for key in LISTS
    ]


def _lists_of(query: Query, one: Found, mark: TradeMark) -> tuple[str, ...]:
    if one.by_figure:
        return ("figure",)
    if normalise(query.text) == normalise(mark.text):
        return ("identical",)
    return _KINDS.get(one.kind, ())


def _row(query: Query, one: Found, mark: TradeMark, day: date) -> dict[str, Any]:
    return {
        "mark_id": mark.pk,
        "text": mark.text,
        "number": mark.registration_number,
        "nice_classes": list(mark.nice_classes),
        "similar_groups": list(mark.similar_groups),
        "relation": relation(query, mark),
        "status": mark.status,
        "lives": mark.status in LIVING,
        "past_last_day": bool(mark.expires_on and mark.expires_on < day),
        "expires_on": mark.expires_on.isoformat() if mark.expires_on else "",
        "holder": mark.holder_name,
        "protection": list(mark.protection),
        "has_picture": mark.image_id is not None,
        "kind": one.kind,
        "score": round(one.score, 3),
        "reasons": [dict(reason) for reason in one.reasons],
    }


def _nearest_first(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (
        not row["lives"],
        RELATIONS.index(row["relation"]),
        -row["score"],
        row["mark_id"],
    )
