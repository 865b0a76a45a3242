"""Rates of stratified samples of clusters against a slow version, published values, simulation."""

from __future__ import annotations

from math import isclose
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhixing.engines.rates import Clusters, Ratio, change, columns, ratios, t95, wilson

Entry = tuple[int, int, float, float, int, int]


def slow(
    stratum: list[int], frame: list[int], drawn: list[int], entries: list[Entry], domain: int
) -> tuple[float, float] | None:
    """Value and variance by the formulas as they stand in the books, one cluster at a time."""
    y, x = [0.0] * len(stratum), [0.0] * len(stratum)
    for cluster, of, bad, size, _rows, _bad_rows in entries:
        if of == domain:
            y[cluster] += bad
            x[cluster] += size
    expand = [frame[h] / drawn[h] for h in range(len(frame))]
    total_x = sum(expand[stratum[i]] * x[i] for i in range(len(stratum)))
    if total_x == 0:
        return None
    rate = sum(expand[stratum[i]] * y[i] for i in range(len(stratum))) / total_x
    variance = 0.0
    for h in range(len(frame)):
        rests = [y[i] - rate * x[i] for i in range(len(stratum)) if stratum[i] == h]
        rests += [0.0] * (drawn[h] - len(rests))
        n, N = drawn[h], frame[h]
        if n == N:
            continue
        mean = sum(rests) / n
        spread = rests[0] ** 2 if n == 1 else sum((r - mean) ** 2 for r in rests) / (n - 1)
        variance += N**2 * (1 - n / N) * spread / n
    return rate, variance / total_x**2


@st.composite
def samples(draw: Any) -> tuple[list[int], list[int], list[int], list[Entry]]:
    strata = draw(st.integers(1, 4))
    listed = [draw(st.integers(0, 5)) for _h in range(strata)]
    drawn = [max(1, n + draw(st.integers(0, 2))) for n in listed]
    frame = [n + draw(st.integers(0, 20)) for n in drawn]
    stratum = [h for h, n in enumerate(listed) for _i in range(n)]
    entries: list[Entry] = []
    for cluster in range(len(stratum)):
        for domain in range(3):
            rows = draw(st.integers(0, 6))
            bad_rows = draw(st.integers(0, rows))
            long = draw(st.floats(0.5, 60))
            if rows:
                entries.append((cluster, domain, bad_rows * long, rows * long, rows, bad_rows))
    return stratum, frame, drawn, entries


@given(samples())
@settings(max_examples=120)
def test_ratios_equal_the_slow_version(
    sample: tuple[list[int], list[int], list[int], list[Entry]],
) -> None:
    """Values and variances agree, domain by domain; domains not met have no value."""
    stratum, frame, drawn, entries = sample
    clusters = Clusters(np.array(stratum, dtype=np.int64), np.array(frame), np.array(drawn))
    for domain, found in enumerate(ratios(clusters, *columns(entries), 3)):
        expected = slow(stratum, frame, drawn, entries, domain)
        if expected is None:
            assert found.value is None
            continue
        assert found.value is not None
        assert isclose(found.value, expected[0], rel_tol=1e-9, abs_tol=1e-12)
        if not found.is_census:
            assert isclose(found.variance, expected[1], rel_tol=1e-7, abs_tol=1e-12)
            assert found.interval is not None
            low, high = found.interval
            assert 0 <= low <= found.value + 1e-9
            assert found.value - 1e-9 <= high <= 1


def test_the_worked_example_of_the_method_page() -> None:
    """Two strata, five days: 5.33 % by item, its variance worked out by hand."""
    found = worked_example()
    # Totals: (10/2)·(2+1) + (4/2)·(0+1) = 17 of (10/2)·(20+30) + (4/2)·(10+24) = 318.
    assert found.value == pytest.approx(17 / 318)
    rate = 17 / 318
    first = [2 - rate * 20, 1 - rate * 30]
    second = [0 - rate * 10, 1 - rate * 24]
    variance = (
        100 * (1 - 0.2) * (first[0] - first[1]) ** 2 / 2 / 2
        + 16 * (1 - 0.5) * (second[0] - second[1]) ** 2 / 2 / 2
    ) / 318**2
    assert found.variance == pytest.approx(variance)
    assert (found.clusters, found.rows, found.bad_rows) == (4, 84, 4)


def worked_example() -> Ratio:
    clusters = Clusters(np.array([0, 0, 1, 1]), np.array([10, 4]), np.array([2, 2]))
    entries = [(0, 0, 2, 20, 20, 2), (1, 0, 1, 30, 30, 1), (2, 0, 0, 10, 10, 0),
               (3, 0, 1, 24, 24, 1)]  # fmt: skip
    return ratios(clusters, *columns(entries), 1)[0]


def test_rows_drawn_one_by_one_give_wilsons_interval() -> None:
    """A sample without clusters from a very large frame is the textbook case."""
    n, bad = 400, 12
    clusters = Clusters(np.zeros(n, dtype=np.int64), np.array([10**9]), np.array([n]))
    entries = [(i, 0, float(i < bad), 1.0, 1, int(i < bad)) for i in range(n)]
    found = ratios(clusters, *columns(entries), 1)[0]
    assert found.interval is not None
    assert found.interval == pytest.approx(wilson(bad, n), abs=4e-4)


def test_nothing_found_still_has_an_upper_limit() -> None:
    """No violation on twenty days is not a rate of nought for certain, and clusters widen it."""
    clusters = Clusters(np.zeros(20, dtype=np.int64), np.array([300]), np.array([20]))
    entries = [(i, 0, 0.0, 50.0, 50, 0) for i in range(20)]
    found = ratios(clusters, *columns(entries), 1)[0]
    assert found.value == 0
    assert found.interval is not None
    assert found.interval[0] == 0
    assert found.interval[1] > wilson(0, 1000)[1]


def test_a_census_has_no_interval_and_a_single_cluster_a_cautious_one() -> None:
    """What was looked at as a whole is known; what was looked at once is hardly known."""
    entries = [(0, 0, 1.0, 10.0, 10, 1), (1, 0, 0.0, 10.0, 10, 0)]
    whole = Clusters(np.zeros(2, dtype=np.int64), np.array([2]), np.array([2]))
    found = ratios(whole, *columns(entries), 1)[0]
    assert (found.value, found.interval, found.is_census) == (0.05, None, True)
    apart = Clusters(np.array([0, 1]), np.array([5, 5]), np.array([1, 1]))
    found = ratios(apart, *columns(entries), 1)[0]
    assert found.lonely == 2
    assert found.interval is not None
    assert found.interval[1] > 0.3


def test_a_change_is_told_with_an_interval_that_covers_nothing_when_nothing_is_known() -> None:
    """A difference of two uncertain rates is more uncertain than either."""
    one = Ratio(0.10, (0.06, 0.16), 0.0, 10, 100, 10, 100, False, 0)
    two = Ratio(0.04, (0.02, 0.08), 0.0, 10, 100, 4, 100, False, 0)
    found = change(one, two)
    assert found is not None
    difference, limits = found
    assert difference == pytest.approx(0.06)
    assert limits is not None
    assert limits[0] == pytest.approx(0.06 - (0.04**2 + 0.04**2) ** 0.5)
    assert limits[1] == pytest.approx(0.06 + (0.06**2 + 0.02**2) ** 0.5)
    known = Ratio(0.5, None, 0.0, 1, 2, 1, 2, True, 0)
    assert change(known, known) == (0.0, None)
    assert change(one, Ratio(None, None, 0.0, 0, 0, 0, 0.0, False, 0)) is None


@pytest.mark.parametrize(
    ("df", "value"),
    [(1, 12.7062), (2, 4.3027), (3, 3.1824), (4, 2.7764), (5, 2.5706), (10, 2.2281),
     (30, 2.0423), (120, 1.9799), (10_000, 1.9602)],
)  # fmt: skip
def test_quantiles_of_students_t_stand_in_the_tables(df: int, value: float) -> None:
    """To four digits."""
    assert t95(df) == pytest.approx(value, abs=2e-3 if df < 5 else 2e-4)


def test_impossible_input_is_refused() -> None:
    """More unlawful than there is, more looked at than there was, columns of unequal length."""
    clusters = Clusters(np.array([0]), np.array([3]), np.array([1]))
    with pytest.raises(ValueError, match="y ≤ x"):
        ratios(clusters, *columns([(0, 0, 2.0, 1.0, 1, 1)]), 1)
    with pytest.raises(ValueError, match="drawn ≤ frame"):
        Clusters(np.array([0]), np.array([1]), np.array([2]))
    with pytest.raises(ValueError, match="no frame"):
        Clusters(np.array([1]), np.array([1]), np.array([1]))
    good = columns([(0, 0, 1.0, 1.0, 1, 1)])
    with pytest.raises(ValueError, match="one length"):
        ratios(clusters, *good[:5], np.array([1, 1]), 1)
    with pytest.raises(ValueError, match="degree"):
        t95(0)


def coverage(
    rng: np.random.Generator, rate: float, icc: float, days: int, replicates: int
) -> float:
    """How often the interval covers the true rate: 2 strata of 150 days, 10 to 60 rows a day."""
    frame = np.array([150, 150])
    stratum = np.repeat([0, 1], 150)
    sizes = rng.integers(10, 61, 300)
    spread = (1 - icc) / icc if icc else 1e9
    shares = rng.beta(rate * spread, (1 - rate) * spread, 300) if icc else np.full(300, rate)
    bad = rng.binomial(sizes, shares)
    truth, hits = bad.sum() / sizes.sum(), 0
    for _replicate in range(replicates):
        chosen = np.concatenate([rng.permutation(150)[:days], 150 + rng.permutation(150)[:days]])
        clusters = Clusters(stratum[chosen], frame, np.array([days, days]))
        numbers = np.arange(2 * days)
        found = ratios(
            clusters, numbers, np.zeros(2 * days, dtype=np.int64), bad[chosen].astype(float),
            sizes[chosen].astype(float), sizes[chosen], bad[chosen], 1,
        )[0]  # fmt: skip
        assert found.interval is not None
        hits += found.interval[0] <= truth <= found.interval[1]
    return hits / replicates


@pytest.mark.parametrize(("rate", "icc"), [(0.01, 0.02), (0.05, 0.1)])
def test_intervals_cover_the_truth_about_as_often_as_they_say(rate: float, icc: float) -> None:
    """At least 92 of 100 (of 400 draws), at rates that are everyday here."""
    assert coverage(np.random.default_rng(7), rate, icc, 15, 400) >= 0.92
