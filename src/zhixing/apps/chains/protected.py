"""Brands worth protecting, from the register of marks, and overseas names judged against them."""

from __future__ import annotations

from collections.abc import Mapping

from zhixing.apps.chains.parties import EVERYWHERE
from zhixing.apps.registry.api import TradeMark, marks_visible
from zhixing.engines.chains import Resembled
from zhixing.engines.labels import fold

LOWEST_PROBABILITY = 0.5
SHORTEST = 2


def protected_marks() -> list[TradeMark]:
    """Well-known, provincial famous and foreign marks in force, and geographical indications."""
    rows = marks_visible(EVERYWHERE).filter(status=TradeMark.Status.REGISTERED)
    geographical = TradeMark.Kind.GEOGRAPHICAL
    return [mark for mark in rows if mark.protection or mark.kind == geographical]


def protected_brands() -> frozenset[str]:
    """Their texts as labels are compared."""
    return frozenset(fold(mark.text) for mark in protected_marks() if len(mark.text) >= SHORTEST)


def resembled(parties: Mapping[str, str]) -> dict[str, Resembled]:
    """Overseas firms (key → name) whose trade name is like a protected mark of somebody else.

    Judged by `engines.lookalike`; of several marks the most probable.
    """
    marks = protected_marks() if parties else []
    if not marks:
        return {}
    import pyarrow as pa

    from zhixing.engines.lookalike import Guard

    ids = [str(mark.pk) for mark in marks]
    guard = Guard(pa.table({"mark_id": ids, "mark": [mark.text for mark in marks]}))
    by_id = {str(mark.pk): mark for mark in marks}
    keys, names = list(parties), list(parties.values())
    best: dict[str, Resembled] = {}
    for hit in guard.sweep(names, min_probability=LOWEST_PROBABILITY).to_pylist():
        key, mark = keys[hit["name_row"]], by_id[hit["mark_id"]]
        is_holder = key == f"s{mark.holder_id}" or mark.holder_name == names[hit["name_row"]]
        probability = float(hit["probability"])
        if is_holder or (key in best and best[key].probability >= probability):
            continue
        best[key] = Resembled(mark.text, probability, hit["reasons"])
    return best
