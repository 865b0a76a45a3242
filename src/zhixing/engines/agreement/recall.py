"""Recall where texts without findings are read only in a random share."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Recall:
    """The share of breaches that rules find, with its interval; None where nothing is known."""

    value: float | None
    interval: tuple[float, float] | None
    found: int
    missed: float


def weighted_recall(found: int, missed: int, sampled: float = 0.0, spread: float = 0.0) -> Recall:
    """Found ÷ (found + missed), where some of the missed stand for others.

    Args:
        found: confirmed findings of the rules.
        missed: breaches that officers added in texts that are all read.
        sampled: breaches added in texts drawn for reading, each counted as 1 ÷ its chance.
        spread: sum of 1 ÷ chance² of the same breaches.

    The counts are taken as Poisson; the interval is symmetric on the logit scale (delta method),
    with one half added to a count of nothing (J. B. S. Haldane, The estimation and significance of
    the logarithm of a ratio of frequencies, Annals of Human Genetics 20 (1956), 309–311).

    Raises:
        ValueError: a count is negative.
    """
    if min(found, missed, sampled, spread) < 0:
        raise ValueError("counts must be at least 0")
    total = missed + sampled
    if not found and not total:
        return Recall(None, None, 0, 0.0)
    hits, misses = found or 0.5, total or 0.5
    variance = 1 / hits + ((missed + spread) / misses**2 if total else 1 / misses)
    centre, half = log(hits / misses), Z95 * sqrt(variance)
    return Recall(
        found / (found + total), (_share(centre - half), _share(centre + half)), found, total
    )


def _share(logit: float) -> float:
    return 1 / (1 + exp(-logit))
