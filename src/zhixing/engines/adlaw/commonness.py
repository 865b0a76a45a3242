"""How often ordinary text says a term, roughly: enough to choose the rarest step of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from .text import tables

_NUMBERS = {"\1": 0.03, "\2": 0.001}
_PAIR = (3e-6, 2e-5, 4e-4)  # by level of familiarity
_LONGER = 0.2  # each further character makes a term rarer


def commonness(term: str) -> float:
    """The share of places of a text at which the term begins."""
    if term in _NUMBERS:
        return _NUMBERS[term]
    if len(term) == 1:
        return _singles().get(term, 0.03 if not term.isalnum() else 1e-4)
    levels = _levels()
    rarest = min(_PAIR[levels.get(one + two, 0)] for one, two in pairwise(term))
    return float(rarest * _LONGER ** (len(term) - 2))


@cache
def _levels() -> Mapping[str, int]:
    raw = tables()
    keys = (chr(key >> 16) + chr(key & 0xFFFF) for key in raw["pairs"].tolist())
    return dict(zip(keys, raw["pair_levels"].tolist(), strict=True))


@cache
def _singles() -> Mapping[str, float]:
    """A character that ordinary pairs are full of is common itself."""
    counts: dict[str, int] = {}
    for pair, level in _levels().items():
        for one in pair:
            counts[one] = counts.get(one, 0) + level**2
    total = sum(counts.values())
    return {one: count / total for one, count in counts.items()}
