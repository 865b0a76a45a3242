"""How well the sweep found what was planted; the truth never enters the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zhixing.demo.brands import Plant
from zhixing.engines.rates import wilson


@dataclass(slots=True)
class Score:
    """Planted look-alikes found and missed by kind, and what was raised besides.

    Attributes:
        raises: whether it raises leads at all; a search only answers with a list.
    """

    found: Counter[str] = field(default_factory=Counter)
    planted: Counter[str] = field(default_factory=Counter)
    missed: list[Plant] = field(default_factory=list)
    false_alarms: int = 0
    raises: bool = True

    @property
    def recall(self) -> tuple[int, int]:
        """(found, planted)."""
        return self.found.total(), self.planted.total()

    @property
    def precision(self) -> tuple[int, int]:
        """(true leads, leads); (0, 0) where nothing is raised."""
        if not self.raises:
            return 0, 0
        return self.found.total(), self.found.total() + self.false_alarms


def score(truth: Mapping[str, Plant], raised: Iterable[tuple[str, str]]) -> Score:
    """Compare the leads with the truth.

    Args:
        truth: planted enterprise name → plant; hard negatives have no kind.
        raised: (enterprise name, brand) of every lead.
    """
    leads, result = set(raised), Score()
    expected = {(name, plant.brand): plant for name, plant in truth.items() if plant.kind}
    for key, plant in expected.items():
        kind = plant.kind or ""
        result.planted[kind] += 1
        if key in leads:
            result.found[kind] += 1
        else:
            result.missed.append(plant)
    result.false_alarms = len(leads - set(expected))
    return result


def share(part: int, whole: int) -> str:
    """`0.94 (66/70, 95 % 0.86–0.98)`, or a dash when there is nothing to divide."""
    if not whole:
        return "—"
    low, high = wilson(part, whole)
    return f"{part / whole:.2f} ({part}/{whole}, 95 % {low:.2f}–{high:.2f})"
