"""Whether two marks, or a mark and an operator, deal in the same goods."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class GoodsTable:
    """`trades`: GB/T 4754 prefixes by Nice class; `adjacent`: classes that touch each other."""

    trades: Mapping[int, tuple[str, ...]]
    adjacent: Mapping[int, frozenset[int]]
    general_trade: tuple[str, ...]


@cache
def goods_table() -> GoodsTable:
    """The table of `data/goods.toml`; nearness holds both ways."""
    text = (Path(__file__).parent.parent / "data" / "goods.toml").read_text("utf-8")
    stored = tomllib.loads(text)
    near: dict[int, set[int]] = {}
    for one, others in stored["adjacent"].items():
        for other in others:
            near.setdefault(int(one), set()).add(other)
            near.setdefault(other, set()).add(int(one))
    return GoodsTable(
        {int(number): tuple(codes) for number, codes in stored["trades"].items()},
        {number: frozenset(others) for number, others in near.items()},
        tuple(stored["general_trade"]),
    )


def goods_between(
    classes: Collection[int],
    groups: Collection[str],
    other_classes: Collection[int],
    other_groups: Collection[str],
) -> str:
    """`same_class`, `adjacent`, `other`, or `unknown` when one side names no class.

    Where both record similar groups, they decide within a class.
    """
    if not classes or not other_classes:
        return "unknown"
    if set(classes) & set(other_classes):
        apart = groups and other_groups and not set(groups) & set(other_groups)
        return "adjacent" if apart else "same_class"
    table = goods_table()
    touching = {near for number in classes for near in table.adjacent.get(number, ())}
    return "adjacent" if touching & set(other_classes) else "other"


def trade_of(classes: Sequence[int], industry: str) -> str:
    """Whether an operator's industry deals in the goods: `same`, `other`, or `unknown`.

    General trade deals in anything, so it says nothing.
    """
    table = goods_table()
    if not classes or not industry or industry.startswith(table.general_trade):
        return "unknown"
    trades = tuple(code for number in classes for code in table.trades.get(number, ()))
    if not trades:
        return "unknown"
    return "same" if industry.startswith(trades) else "other"
