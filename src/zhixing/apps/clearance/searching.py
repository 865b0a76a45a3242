"""The search before filing: one query in, the result as it is shown, frozen and printed out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from zhixing.apps.clearance import advice, indexing
from zhixing.apps.clearance.actions.rebuild_index import ask_for_rebuild
from zhixing.apps.clearance.lists import Found, make_lists
from zhixing.apps.clearance.query import Query
from zhixing.apps.registry.api import TradeMark, describe_picture, marks_published, marks_searchable
from zhixing.engines import figures, lookalike
from zhixing.engines.lookalike import normalise
from zhixing.kit.actors import Actor, require
from zhixing.kit.masking import mask

Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """Which marks somebody may be told of, and whether holders who are people are named."""

    marks: QuerySet[TradeMark]
    names_people: bool


def search(actor: Actor, query: Query) -> Result:
    """What an officer is told: published marks, and those of their offices.

    Raises:
        Refused: the actor may not search.
        Invalid: the picture cannot be compared.
        NotReady: the index is being built for the first time.
    """
    require(actor, "clearance.search_marks")
    return _search(View(marks_searchable(actor), names_people=True), query)


def search_published(query: Query) -> Result:
    """What anybody is told: published marks, with holders who are people masked.

    Raises:
        Invalid: the picture cannot be compared.
        NotReady: the index is being built for the first time.
    """
    return _search(View(marks_published(), names_people=False), query)


def digest(result: Mapping[str, Any]) -> str:
    """SM3 of the result as canonical JSON, by which a printed report is compared with the kept."""
    text = json.dumps(result, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new("sm3", text.encode()).hexdigest()


def _search(view: View, query: Query) -> Result:
    described = describe_picture(query.picture) if query.picture else None
    kept = indexing.snapshot(ask_for_rebuild)
    found: list[Found] = kept.words_like(query.text, query.nice_classes) if query.text else []
    if described is not None:
        found += kept.pictures_like(described)
    day = timezone.localdate()
    marks = view.marks.in_bulk({one.mark_id for one in found})
    lists = make_lists(query, found, marks, day)
    if not view.names_people:
        _mask_people(lists)
    return {
        "asked_on": day.isoformat(),
        "query": {
            "text": query.text,
            "normalised": normalise(query.text),
            "nice_classes": list(query.nice_classes),
            "similar_groups": list(query.similar_groups),
            "picture_sm3": hashlib.new("sm3", query.picture).hexdigest() if query.picture else "",
        },
        "methods": [str(lookalike.METHOD), str(figures.METHOD)],
        "marks_compared": kept.stamp.count if query.text else 0,
        "figures_compared": kept.figures if query.picture else 0,
        "lists": lists,
        "advice": advice.advice(lists, bool(query.nice_classes)),
        "periods": advice.periods(day),
    }


def _mask_people(lists: list[dict[str, Any]]) -> None:
    """Mask holders whose name is not that of an organisation by the grammar of names."""
    rows = [hit for found in lists for hit in found["hits"]]
    holders = sorted({hit["holder"] for hit in rows} - {""})
    forms = lookalike.parse_names(holders)["form"].to_pylist()
    shown = {
        holder: holder if form or len(holder) > _LONGEST_PERSON else mask("name", holder)
        for holder, form in zip(holders, forms, strict=True)
    }
    for hit in rows:
        hit["holder"] = shown.get(hit["holder"], "")


def day_of(result: Mapping[str, Any]) -> date:
    """The day a result was found on."""
    return date.fromisoformat(result["asked_on"])


_LONGEST_PERSON = 4
