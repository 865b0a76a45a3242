"""What is known beside the two names: goods, place, trade, fame, and who holds the mark.

Likeness of signs is only half of confusion; the other half weighs in here as documented log-odds
(``data/context.toml``, which a caller may replace). A use by the mark's holder or by licence is
excluded, however alike the names are, and the reason says so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from zhixing.engines.types import Reason

from .wording import reason

# What may be said of each circumstance, the most confusing first; "" and null mean "unknown".
VALUES = {
    "goods": ("same_class", "adjacent", "unknown", "other"),
    "territory": ("same", "unknown", "other"),
    "industry": ("same", "unknown", "other"),
    "fame": ("well_known", "known", "unknown", "ordinary"),
}
EXCLUSIONS = ("same_holder", "licensed")
_SURE = 40.0  # log-odds beyond which a probability is 0 or 1


@dataclass(frozen=True, slots=True)
class Context:
    """The circumstances of one pair; what is not known weighs nothing."""

    goods: str = "unknown"
    territory: str = "unknown"
    industry: str = "unknown"
    fame: str = "unknown"
    same_holder: bool = False
    licensed: bool = False


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds by circumstance and value; values must not rise down the order of `VALUES`."""

    goods: Mapping[str, float]
    goods_of_well_known: Mapping[str, float]
    territory: Mapping[str, float]
    industry: Mapping[str, float]
    fame: Mapping[str, float]

    def __post_init__(self) -> None:
        for field in fields(self):
            table = getattr(self, field.name)
            order = VALUES["goods" if field.name == "goods_of_well_known" else field.name]
            if set(table) != set(order):
                raise ValueError(f"{field.name} must have {', '.join(order)}; got {sorted(table)}")
            if any(table[high] < table[low] for high, low in pairwise(order)):
                raise ValueError(f"{field.name} must not rise from {order[0]} to {order[-1]}")
            if table["unknown"] != 0:
                raise ValueError(f"{field.name}: unknown must weigh 0; got {table['unknown']}")

    @classmethod
    def of(cls, tables: Mapping[str, Mapping[str, float]]) -> Self:
        """From a table a circumstance, as in ``data/context.toml``."""
        return cls(**tables)


@cache
def shipped_weights() -> Weights:
    """The weights of ``data/context.toml``."""
    text = (Path(__file__).parent / "data" / "context.toml").read_text("utf-8")
    return Weights.of(tomllib.loads(text))


def with_context(
    probability: ArrayLike,
    context: Sequence[Context] | Mapping[str, Any] | pa.Table,
    weights: Weights | None = None,
) -> tuple[NDArray[np.float64], list[tuple[Reason, ...]]]:
    """The probabilities once the circumstances are weighed, and the reasons they add, a row each.

    ``context`` is a list of `Context`, or columns (mapping or table) named like its fields; a
    column that is not given, and a null in one, is unknown or false. Probability 0 with the reason
    ``excluded_holder`` or ``excluded_licence`` means: no lead, whatever the likeness.
    Raises ValueError for columns of other lengths or values that are not in `VALUES`.
    """
    before = np.asarray(probability, np.float64).ravel()
    rows = _rows(context, len(before))
    table = weights or shipped_weights()
    with np.errstate(divide="ignore"):
        odds = np.clip(np.log(before) - np.log1p(-before), -_SURE, _SURE)
    reasons: list[tuple[Reason, ...]] = []
    for at, row in enumerate(rows):
        excluded = _excluded(row)
        told = [excluded] if excluded else list(_weighed(row, table))
        if abs(odds[at]) < _SURE:
            odds[at] += 0.0 if excluded else sum(each.value or 0.0 for each in told)
        reasons.append(tuple(told))
    after = np.where(np.abs(odds) >= _SURE, before, 1 / (1 + np.exp(-odds)))
    after[[_excluded(row) is not None for row in rows]] = 0.0
    return after, reasons


def _rows(context: Sequence[Context] | Mapping[str, Any] | pa.Table, count: int) -> list[Context]:
    if isinstance(context, pa.Table):
        context = {name: context[name].to_pylist() for name in context.column_names}
    rows: list[Context]
    if isinstance(context, Mapping):
        known: dict[str, Any] = {field.name: field.default for field in fields(Context)}
        if unknown := set(context) - set(known):
            raise ValueError(f"columns must be among {', '.join(known)}; got {sorted(unknown)}")
        columns = {name: list(values) for name, values in context.items()}
        for name, values in columns.items():
            if len(values) != count:
                raise ValueError(f"{name} must have {count} rows; got {len(values)}")
        rows = [
            Context(**{name: values[row] or known[name] for name, values in columns.items()})
            for row in range(count)
        ]
    else:
        rows = list(context)
    if len(rows) != count:
        raise ValueError(f"there must be one context a probability ({count}); got {len(rows)}")
    for row in rows:
        for name, allowed in VALUES.items():
            if (said := getattr(row, name)) not in allowed:
                raise ValueError(f"{name} must be one of {', '.join(allowed)}; got {said!r}")
    return rows


def _excluded(row: Context) -> Reason | None:
    if row.same_holder:
        return reason("excluded_holder", "context", None)
    if row.licensed:
        return reason("excluded_licence", "context", None)
    return None


def _weighed(row: Context, weights: Weights) -> list[Reason]:
    """A reason for each circumstance that is known, the weightiest first."""
    found = []
    for name in VALUES:
        said = getattr(row, name)
        if said == "unknown":
            continue
        widened = name == "goods" and row.fame == "well_known"
        table = weights.goods_of_well_known if widened else getattr(weights, name)
        found.append(reason(f"{name}_{said}", "context", table[said]))
    return sorted(found, key=lambda each: -abs(each.value or 0.0))
