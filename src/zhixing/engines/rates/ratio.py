"""A rate of violations from a stratified random sample of clusters.

What is drawn is a cluster: one medium on one day, looked at as a whole. Of each cluster one knows
a size x (advertisements, seconds, square centimetres) and how much y of it is unlawful. The rate
is the ratio of the two estimated totals, and it is asked for many domains at once: each medium,
each trade. Clusters without the domain stay in the variance as zeros.

Method: ratio estimator of a stratified cluster sample without replacement, variance by
linearisation with finite population correction; Wilson's interval on the effective number of
rows. W. G. Cochran, Sampling Techniques, 3rd ed. (1977), ch. 6 and 9; E. L. Korn and
B. I. Graubard, Survey Methodology 24 (1998), 193–201 (effective sample size); see
`docs/methods/violation-rates.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhixing.engines.rates.student import t95
from zhixing.engines.types import MethodRef

METHOD = MethodRef("rates.ratio", "1")
# How alike rows of one cluster are taken to be at least (intraclass correlation): violations are
# rare, and a sample that missed the bad days would promise too much. Coverage with and without it:
# see the method page.
ASSUMED_ICC = 0.05

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Clusters:
    """The clusters looked at, and how they were drawn.

    Attributes:
        stratum: of each cluster, the number of its stratum.
        frame: of each stratum, how many clusters there were (N).
        drawn: of each stratum, how many were looked at (n). Clusters that are not listed, such as
            days outside the period asked about, count as empty.
    """

    stratum: Ints
    frame: Ints
    drawn: Ints

    def __post_init__(self) -> None:
        listed = np.bincount(self.stratum, minlength=len(self.frame))
        if len(listed) > len(self.frame):
            raise ValueError(f"stratum {int(self.stratum.max())} has no frame")
        if (self.drawn > self.frame).any() or (listed > self.drawn).any():
            raise ValueError("expected listed ≤ drawn ≤ frame in every stratum")


@dataclass(frozen=True, slots=True)
class Ratio:
    """One rate.

    Attributes:
        value: in [0, 1]; None where nothing of the domain was looked at.
        interval: 95 %; None where everything was looked at, or nothing.
        variance: of the estimate; 0 for a census.
        clusters: clusters in which the domain was met.
        rows, bad_rows: rows looked at and those of them unlawful, unweighted.
        effective: rows of a simple random sample that would tell as much.
        is_census: every cluster of the strata concerned was looked at.
        lonely: strata with a single cluster, taken as if their spread were all of it.
    """

    value: float | None
    interval: tuple[float, float] | None
    variance: float
    clusters: int
    rows: int
    bad_rows: int
    effective: float
    is_census: bool
    lonely: int


def ratios(
    clusters: Clusters,
    cluster: Ints,
    domain: Ints,
    y: Floats,
    x: Floats,
    rows: Ints,
    bad_rows: Ints,
    domains: int,
) -> list[Ratio]:
    """The rate of each domain from 0 to `domains` - 1.

    Args:
        clusters: the sample.
        cluster, domain: of each entry, to which cluster and domain it belongs.
        y, x: the unlawful part and the size, 0 ≤ y ≤ x.
        rows, bad_rows: how many advertisements they are; for effective sizes and the page.

    Raises:
        ValueError: columns of different length, or parts larger than their whole.
    """
    if len({len(column) for column in (cluster, domain, y, x, rows, bad_rows)}) > 1:
        raise ValueError("expected columns of one length")
    if (y < 0).any() or (y > x + 1e-9).any():
        raise ValueError("expected 0 ≤ y ≤ x in every entry")
    sums = [
        _table(cluster, domain, column, len(clusters.stratum), domains)
        for column in (y, x, rows.astype(np.float64), bad_rows.astype(np.float64))
    ]
    bad, size, counted, counted_bad = sums
    weight = (clusters.frame / np.maximum(clusters.drawn, 1))[clusters.stratum]
    total = weight @ size
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(total > 0, (weight @ bad) / total, np.nan)
        variance, lonely = _variance(clusters, bad - value * size)
        variance = np.where(total > 0, variance / total**2, 0.0)
    met = size > 0
    census = _is_census(clusters, met)
    return [
        _ratio(
            float(value[d]), float(variance[d]), bool(census[d]), int(lonely[d]), met[:, d],
            clusters, counted[:, d], counted_bad[:, d], weight,
        )
        for d in range(domains)
    ]  # fmt: skip


def change(later: Ratio, earlier: Ratio) -> tuple[float, tuple[float, float] | None] | None:
    """By how much a rate changed, as a difference of shares, with its 95 % interval.

    The interval is put together from those of the two rates (MOVER: R. G. Newcombe, Statistics in
    Medicine 17 (1998), 873–890), taking the two periods as drawn independently. None where one of
    the rates is not known; without interval where neither has one.
    """
    if later.value is None or earlier.value is None:
        return None
    difference = later.value - earlier.value
    if later.interval is None and earlier.interval is None:
        return difference, None
    low1, high1 = later.interval or (later.value, later.value)
    low0, high0 = earlier.interval or (earlier.value, earlier.value)
    down = ((later.value - low1) ** 2 + (high0 - earlier.value) ** 2) ** 0.5
    up = ((high1 - later.value) ** 2 + (earlier.value - low0) ** 2) ** 0.5
    return difference, (max(-1.0, difference - down), min(1.0, difference + up))


def interval(value: float, effective: float, df: int) -> tuple[float, float]:
    """Wilson's interval on an effective number of rows, with Student's quantile."""
    z2 = t95(max(df, 1)) ** 2
    centre = (value + z2 / (2 * effective)) / (1 + z2 / effective)
    spread = value * (1 - value) / effective + z2 / (4 * effective**2)
    half = z2**0.5 * spread**0.5 / (1 + z2 / effective)
    return max(0.0, centre - half), min(1.0, centre + half)


def _table(cluster: Ints, domain: Ints, column: Floats, clusters: int, domains: int) -> Floats:
    """Sums by cluster and domain."""
    sums = np.bincount(cluster * domains + domain, column, clusters * domains)
    return sums.astype(np.float64).reshape(clusters, domains)


def _variance(clusters: Clusters, rest: Floats) -> tuple[Floats, Ints]:
    """Variance of the estimated total of what the rate leaves unexplained, and lonely strata."""
    strata = len(clusters.frame)
    one = _by_stratum(clusters.stratum, rest, strata)
    squares = _by_stratum(clusters.stratum, rest**2, strata)
    n = clusters.drawn.astype(np.float64)[:, None]
    N = clusters.frame.astype(np.float64)[:, None]
    # One cluster alone says nothing of the spread; its distance from nothing is taken for it.
    alone = (n == 1) & (N > 1)
    safe = np.maximum(n, 1)
    spread = np.where(alone, squares, (squares - one**2 / safe) / np.maximum(n - 1, 1))
    parts = N**2 * (1 - n / np.maximum(N, 1)) * spread / safe
    return np.maximum(parts, 0).sum(axis=0), (alone & (squares > 0)).sum(axis=0)


def _by_stratum(stratum: Ints, values: Floats, strata: int) -> Floats:
    sums = np.zeros((strata, values.shape[1]))
    np.add.at(sums, stratum, values)
    return sums


def _is_census(clusters: Clusters, met: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Of each domain, whether every stratum it was met in was looked at as a whole."""
    partial = (clusters.drawn < clusters.frame)[clusters.stratum]
    return np.asarray(~(met & partial[:, None]).any(axis=0))


def _ratio(
    value: float,
    variance: float,
    is_census: bool,
    lonely: int,
    met: npt.NDArray[np.bool_],
    clusters: Clusters,
    counted: Floats,
    counted_bad: Floats,
    weight: Floats,
) -> Ratio:
    rows, bad_rows = int(counted.sum()), int(counted_bad.sum())
    known = int(met.sum())
    if not known or np.isnan(value):
        return Ratio(None, None, 0.0, known, rows, bad_rows, 0.0, False, 0)
    value = min(max(value, 0.0), 1.0)
    if is_census:
        return Ratio(value, None, 0.0, known, rows, bad_rows, float(rows), True, 0)
    kish = _kish(weight, counted)
    # The sample may not claim to tell more than rows this much alike would.
    effective = kish / (1 + max(rows / known - 1, 0) * ASSUMED_ICC)
    if 0 < value < 1 and variance > 0:
        effective = min(effective, value * (1 - value) / variance)
    df = known - len(set(clusters.stratum[met].tolist()))
    return Ratio(
        value, interval(value, max(effective, 1e-9), df), variance, known, rows, bad_rows,
        effective, False, lonely,
    )  # fmt: skip


def _kish(weight: Floats, counted: Floats) -> float:
    """Rows of equal weight that would tell as much (L. Kish, Survey Sampling, 1965)."""
    squares = float((weight**2 * counted).sum())
    return float((weight * counted).sum()) ** 2 / squares if squares else 0.0


def columns(entries: Sequence[tuple[int, int, float, float, int, int]]) -> tuple[
    Ints, Ints, Floats, Floats, Ints, Ints
]:  # fmt: skip
    """(cluster, domain, y, x, rows, bad rows) one by one as the columns `ratios` takes."""
    given = np.array(entries, dtype=np.float64).reshape(len(entries), 6)
    whole = given[:, [0, 1, 4, 5]].astype(np.int64)
    return whole[:, 0], whole[:, 1], given[:, 2], given[:, 3], whole[:, 2], whole[:, 3]
