"""Kappa against a published example, recall against its plain form."""

from __future__ import annotations

import pytest

from zhixing.engines.agreement import cohen_kappa, weighted_recall


def test_the_example_of_fleiss_gives_kappa_and_its_standard_error() -> None:
    """J. L. Fleiss, Statistical Methods for Rates and Proportions (1981): 0.676, error 0.088."""
    result = cohen_kappa([[75, 1, 4], [5, 4, 1], [0, 0, 10]])
    assert result.kappa == pytest.approx(0.676, abs=0.0005)
    assert result.interval is not None
    assert (result.interval[1] - result.interval[0]) / 2 / 1.96 == pytest.approx(0.088, abs=0.0005)
    assert (result.n, result.observed) == (100, pytest.approx(0.89))


def test_full_agreement_is_one_and_opposite_readers_are_below_nought() -> None:
    """Ends of the scale."""
    assert cohen_kappa([[5, 0], [0, 5]]).kappa == 1.0
    assert cohen_kappa([[0, 5], [5, 0]]).kappa == -1.0


def test_readers_who_always_say_the_same_have_no_kappa() -> None:
    """Agreement beyond chance cannot be told; nothing read says nothing."""
    assert cohen_kappa([[9, 0], [0, 0]]).kappa is None
    assert cohen_kappa([[0, 0], [0, 0]]).observed is None


def test_recall_weighs_what_was_sampled() -> None:
    """One breach in a tenth of the clean texts stands for ten."""
    plain = weighted_recall(90, 10)
    assert plain.value == pytest.approx(0.9)
    weighted = weighted_recall(90, 0, sampled=10.0, spread=100.0)
    assert weighted.value == pytest.approx(0.9)
    assert plain.interval is not None
    assert weighted.interval is not None
    assert weighted.interval[0] < plain.interval[0] < 0.9 < plain.interval[1] < weighted.interval[1]


def test_nothing_missed_is_not_certainty() -> None:
    """The interval stays below one; nothing at all says nothing."""
    result = weighted_recall(20, 0)
    assert result.value == 1.0
    assert result.interval is not None
    assert 0.7 < result.interval[0] < result.interval[1] < 1.0
    assert weighted_recall(0, 0).value is None


@pytest.mark.parametrize("bad", [[[1, 2], [3]], [[-1, 0], [0, 1]]])
def test_a_table_that_is_none_is_refused(bad: list[list[int]]) -> None:
    """Square, with counts."""
    with pytest.raises(ValueError, match="square"):
        cohen_kappa(bad)
