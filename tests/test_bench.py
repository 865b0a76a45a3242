"""The table of `make bench` says who is better, and by how much."""

from __future__ import annotations

import pytest

from bench.row import Row


@pytest.mark.parametrize(
    ("ours", "theirs", "higher_is_better", "ratio"),
    [
        (2.0, 8.0, False, 4.0),
        (8.0, 2.0, False, 0.25),
        (0.9, 0.6, True, 1.5),
        (1.0, None, True, None),
    ],
)
def test_ratio_is_above_one_when_ours_is_better(
    ours: float, theirs: float | None, higher_is_better: bool, ratio: float | None
) -> None:
    """For times less is better, for rates more; a peer that cannot do the task has no ratio."""
    row = Row("sweep", "s", ours, "peer 1.0", theirs, higher_is_better)
    assert row.ratio == (None if ratio is None else pytest.approx(ratio))
