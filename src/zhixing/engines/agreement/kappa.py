"""Cohen's kappa of two readers with its large-sample interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two readers agree.

    Attributes:
        n: cases both have read.
        observed: share of cases on which they agree.
        expected: share on which they would agree by chance, from how often each says what.
        kappa: (observed − expected) ÷ (1 − expected); None where it is not defined.
        interval: 95 % interval of kappa.
    """

    n: int
    observed: float | None
    expected: float | None
    kappa: float | None
    interval: tuple[float, float] | None


def cohen_kappa(table: Sequence[Sequence[int]], z: float = Z95) -> Agreement:
    """Kappa of a square table: rows by the first reader's answer, columns by the second's.

    Args:
        table: counts; the same answers in the same order both ways.
        z: normal quantile; the default gives 95 %.

    Raises:
        ValueError: the table is not square, or a count is negative.

    Sources: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological
    Measurement 20 (1960), 37–46; standard error of J. L. Fleiss, J. Cohen, B. S. Everitt, Large
    sample standard errors of kappa and weighted kappa, Psychological Bulletin 72 (1969), 323–327.
    """
    size = len(table)
    if any(len(row) != size for row in table) or any(c < 0 for row in table for c in row):
        raise ValueError(f"table must be square with counts of at least 0; got {table}")
    n = sum(map(sum, table))
    if not n:
        return Agreement(0, None, None, None, None)
    share = [[count / n for count in row] for row in table]
    rows = [sum(row) for row in share]
    columns = [sum(row[place] for row in share) for place in range(size)]
    observed = sum(share[i][i] for i in range(size))
    expected = sum(rows[i] * columns[i] for i in range(size))
    if (
        expected >= 1.0
    ):  # both always say the same one thing: agreement beyond chance has no measure
        return Agreement(n, observed, expected, None, None)
    kappa = (observed - expected) / (1 - expected)
    rest = 1 - kappa
    agreeing = sum(share[i][i] * (1 - (rows[i] + columns[i]) * rest) ** 2 for i in range(size))
    differing = rest**2 * sum(
        share[i][j] * (columns[i] + rows[j]) ** 2
        for i in range(size)
        for j in range(size)
        if i != j
    )
    variance = agreeing + differing - (kappa - expected * rest) ** 2
    half = z * sqrt(max(variance, 0.0) / n) / (1 - expected)
    return Agreement(
        n, observed, expected, kappa, (max(-1.0, kappa - half), min(1.0, kappa + half))
    )
