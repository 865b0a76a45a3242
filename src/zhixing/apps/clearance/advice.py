"""What a result means and what it does not, with the law of the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from zhixing import law
from zhixing.law.errors import NotInForce

# What somebody who files has to reckon with, as the table `clocks` holds it for the day.
PERIODS = (
    "tm_examination",
    "tm_opposition",
    "tm_refusal_review",
    "tm_similar_bar",
    "tm_renewal_grace",
)


def advice(lists: Sequence[Mapping[str, Any]], has_classes: bool) -> list[str]:
    """Codes of the sentences that belong under the result, the most important first."""
    by_key = {found["key"]: found["hits"] for found in lists}
    near = [hit for hit in by_key["identical"] if hit["lives"] and hit["relation"] != "other"]
    similar = [
        hit
        for key, hits in by_key.items()
        if key != "identical"
        for hit in hits
        if hit["lives"] and hit["relation"] in {"same_group", "same_class"}
    ]
    codes = []
    if near:
        codes.append("identical_stands")
    if similar:
        codes.append("similar_stands")
    if not near and not similar:
        codes.append("nothing_near")
    if any("well_known" in hit["protection"] for hits in by_key.values() for hit in hits):
        codes.append("well_known")
    if not has_classes:
        codes.append("classes_missing")
    return [*codes, "not_an_opinion", "register_of_the_bureau"]


def periods(day: date) -> list[dict[str, Any]]:
    """The periods of filing as in force on the day, each with its article and confidence.

    A period that the law tables of this installation do not hold is left out.
    """
    table = law.table("clocks")
    found = []
    for code in PERIODS:
        if code not in table.rows:
            continue
        try:
            row = table.on(code, day)
        except NotInForce:
            continue
        found.append(
            {
                "code": code,
                "title_zh": row.title_zh,
                "title_en": row.title_en,
                "amount": int(row.amount),
                "unit": row.unit,
                "article": law.cite(row.articles[0]),
                "valid_from": row.valid_from.isoformat(),
                "verified": row.is_verified,
            }
        )
    return found
