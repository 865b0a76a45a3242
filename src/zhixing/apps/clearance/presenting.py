"""A kept result as a page shows it: words for its codes, addresses of its pictures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language

from zhixing.apps.clearance import words
from zhixing.apps.clearance.reasons import sentence
from zhixing.apps.registry.api import TradeMark

STATUS_TONES = {"registered": "good", "filed": "accent"}
PictureUrl = Callable[[int], str]
_STATUS = dict(TradeMark.Status.choices)
_PROTECTION = dict(TradeMark.Protection.choices)


def present(
    result: Mapping[str, Any],
    picture_url: PictureUrl,
    open_marks: Collection[int] = (),
) -> dict[str, Any]:
    """What the templates of a result need.

    Args:
        picture_url: the address of a mark's picture for whoever looks.
        open_marks: marks whose own page they may open.
    """
    asked = result["query"]
    lists = []
    for found in result["lists"]:
        label, hint = words.LISTS[found["key"]]
        lists.append(
            {
                "key": found["key"],
                "label": label,
                "hint": hint,
                "more": found["more"],
                "hits": [_hit(hit, picture_url, open_marks) for hit in found["hits"]],
                # A list that could not be looked through is left out, not shown as empty.
                "asked": bool(asked["picture_sm3"] if found["key"] == "figure" else asked["text"]),
            }
        )
    chinese = (get_language() or "").startswith("zh")
    return {
        "query": asked,
        "day": date.fromisoformat(result["asked_on"]),
        "methods": result["methods"],
        "marks_compared": result["marks_compared"],
        "figures_compared": result["figures_compared"],
        "lists": [one for one in lists if one["asked"]],
        "found": sum(len(one["hits"]) for one in lists),
        "advice": [(code, words.ADVICE[code]) for code in result["advice"] if code in words.ADVICE],
        "periods": [
            period
            | {
                "title": period["title_zh"] if chinese else period["title_en"],
                "unit_word": words.UNITS.get(period["unit"], period["unit"]),
            }
            for period in result["periods"]
        ],
    }


def _hit(
    hit: Mapping[str, Any], picture_url: PictureUrl, open_marks: Collection[int]
) -> dict[str, Any]:
    relation, tone = words.RELATIONS[hit["relation"]]
    return {
        **hit,
        "relation_word": relation,
        "relation_tone": tone,
        "status_word": _STATUS.get(hit["status"], hit["status"]),
        "status_tone": STATUS_TONES.get(hit["status"], "neutral"),
        "expires": date.fromisoformat(hit["expires_on"]) if hit["expires_on"] else None,
        "protection_words": [_PROTECTION.get(code, code) for code in hit["protection"]],
        "kind_word": words.KINDS.get(hit["kind"], ""),
        "told": [sentence(reason) for reason in hit["reasons"]],
        "picture": picture_url(hit["mark_id"]) if hit["has_picture"] else "",
        "opens": hit["mark_id"] in open_marks,
    }


def marks_named(result: Mapping[str, Any]) -> set[int]:
    """The marks that stand in a result."""
    return {hit["mark_id"] for found in result["lists"] for hit in found["hits"]}
