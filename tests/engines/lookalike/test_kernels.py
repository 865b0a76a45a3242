"""The compiled kernels against slow and obvious versions of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from zhixing.engines.lookalike import align, decision
from zhixing.engines.lookalike.characters import characters
from zhixing.engines.lookalike.compiled import drop_stale_kernels

KNOWN = characters()
# Characters with many relations among them, letters, and the unknown unit 0.
UNITS = [KNOWN.unit(c) for c in "帅师狮王玉主天夭大太师诗是士土阿啊里黑利丽力a1ilo0e"] + [0]
words = st.lists(st.sampled_from(UNITS), min_size=1, max_size=7)


def _array(units: Sequence[int]) -> NDArray[np.uint16]:
    return np.array(units, np.uint16)


def _likeness(a: int, b: int) -> tuple[int, int]:
    rows = slice(KNOWN.shape_start[b], KNOWN.shape_start[b + 1])
    hits = np.flatnonzero(KNOWN.shape_unit[rows] == a)
    shape = int(KNOWN.shape_score[rows][hits[0]]) if len(hits) else 0
    sound = int(KNOWN.sounds[np.ix_(KNOWN.readings[a], KNOWN.readings[b])].max())
    return shape, sound


def slow_cost(mark: Sequence[int], query: Sequence[int]) -> int:
    """Optimal string alignment, written as its recursion."""

    @cache
    def least(i: int, j: int) -> int:
        if i == 0 or j == 0:
            return i * align.DELETE + j * align.INSERT
        a, b = mark[i - 1], query[j - 1]
        step = 0 if a == b and a else align.change_cost(*_likeness(a, b))
        options = [
            least(i - 1, j - 1) + step,
            least(i - 1, j) + align.DELETE,
            least(i, j - 1) + align.INSERT,
        ]
        if i > 1 and j > 1 and a and b and a != b and a == query[j - 2] and mark[i - 2] == b:
            options.append(least(i - 2, j - 2) + align.SWAP)
        return min(options)

    found = least(len(mark), len(query))
    if len(mark) > 2 and 0 not in mark and sorted(mark) == sorted(query):
        found = min(found, align.SHUFFLE)
    return found


def fast_cost(mark: Sequence[int], query: Sequence[int]) -> tuple[int, NDArray[np.int32]]:
    t, s = align.tables(), align.scratch()
    a, b = _array(mark), _array(query)
    align.set_profile(b, t, s)
    least = align.cost(a, b, t, s)
    steps = s.ops[: align.trace(a, b, t, s)].copy()
    align.clear_profile(b, t, s)
    assert not s.shape.any()
    return least, steps


@given(words, words)
def test_alignment_equals_its_recursion(mark: list[int], query: list[int]) -> None:
    """The compiled alignment finds the least cost."""
    assert fast_cost(mark, query)[0] == slow_cost(tuple(mark), tuple(query))


@given(words, words)
def test_trace_accounts_for_the_cost(mark: list[int], query: list[int]) -> None:
    """The operations traced back pay exactly the cost and use every character once."""
    least, steps = fast_cost(mark, query)
    assert steps[:, 3].sum() == least
    kinds = steps[:, 0].tolist()
    if align.SHUFFLED not in kinds:
        used = {align.MATCH: (1, 1), align.CHANGE: (1, 1), align.ADDED: (0, 1)}
        used |= {align.LOST: (1, 0), align.SWAPPED: (2, 2)}
        assert sum(used[kind][0] for kind in kinds) == len(mark)
        assert sum(used[kind][1] for kind in kinds) == len(query)


@given(words)
def test_a_mark_equals_itself(mark: list[int]) -> None:
    """A mark of known characters costs nothing against itself."""
    known = [unit for unit in mark if unit]
    assert fast_cost(known or [UNITS[0]], known or [UNITS[0]])[0] == 0


@given(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
def test_more_likeness_never_costs_more(shape: int, sound: int, other: int) -> None:
    """The cost of a change falls with either likeness and never to nothing."""
    assert align.change_cost(shape, sound) >= align.FLOOR
    assert align.change_cost(max(shape, other), sound) <= align.change_cost(shape, sound)
    assert align.change_cost(shape, max(sound, other)) <= align.change_cost(shape, sound)


@given(words, words)
def test_features_point_the_declared_way(mark: list[int], query: list[int]) -> None:
    """Features are finite and not negative; kept and lost add up to the mark's information."""
    t, s = align.tables(), align.scratch()
    a, b = _array(mark), _array(query)
    align.set_profile(b, t, s)
    found = np.zeros(len(decision.FEATURES))
    decision.features(a, b, align.cost(a, b, t, s), False, False, t, s, found)
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    total = float(KNOWN.bits[a].sum())
    if total <= decision.KEPT_CAP:
        assert np.isclose(found[0] + found[1], total, atol=1e-3)


weights = st.lists(st.floats(0, 9), min_size=len(decision.SIGNS), max_size=len(decision.SIGNS))


@given(words, words, weights, st.booleans(), st.booleans())
def test_no_mark_has_higher_odds_than_the_bound(
    mark: list[int], query: list[int], sizes: list[float], common: bool, everyday: bool
) -> None:
    """What a sweep takes for the best that a name can reach is never exceeded by any pair."""
    t, s = align.tables(), align.scratch()
    a, b = _array(mark), _array(query)
    signed = np.array(sizes) * decision.SIGNS
    align.set_profile(b, t, s)
    least = align.cost(a, b, t, s)
    found = np.zeros(len(decision.FEATURES))
    decision.features(a, b, least, common, everyday, t, s, found)
    best = decision.at_best(b, everyday, t, signed, 1.0)
    if len(a) < len(b):
        added = decision.least_added_bits(b, len(b) - len(a), t)
        assert added <= found[decision.ADDED_BITS] + 1e-3
        best += signed[decision.ADDED_BITS] * added
    if len(a) != len(b):
        one = align.INSERT if len(a) < len(b) else align.DELETE
        assert found[decision.WORST] >= one / align.FULL
    distance = 1 - align.score_of(least, len(a), len(b))
    best += signed[decision.DISTANCE] * distance
    assert 1.0 + float(signed @ found) <= best + 1e-3


def test_shapes_are_mutual_and_sorted() -> None:
    """Every shape relation is stored both ways with one score, best first."""
    here = np.repeat(np.arange(len(KNOWN.codes)), np.diff(KNOWN.shape_start))
    forward = set(
        zip(here.tolist(), KNOWN.shape_unit.tolist(), KNOWN.shape_score.tolist(), strict=True)
    )
    assert all((b, a, s) in forward for a, b, s in forward)
    for unit in UNITS:
        scores = KNOWN.shape_score[KNOWN.shape_start[unit] : KNOWN.shape_start[unit + 1]]
        assert all(x >= y for x, y in pairwise(scores.tolist()))


def test_alphabet_covers_what_the_shape_table_promises() -> None:
    """At least 28 thousand characters, all of URO that fonts draw and Extension A."""
    codes = set(KNOWN.codes.tolist())
    assert len(codes) >= 28_000
    assert sum(code in codes for code in range(0x4E00, 0x9FA6)) == 0x9FA6 - 0x4E00
    assert sum(code in codes for code in range(0x3400, 0x4DB6)) == 0x4DB6 - 0x3400


def test_known_confusions_are_alike() -> None:
    """Classic look-alikes and homophones stand in the tables; strangers do not."""
    assert all(KNOWN.shape(a, b) > 0.8 for a, b in ["帅师", "己已", "土士", "未末", "氏氐", "凤风"])
    assert KNOWN.sound("鹭", "露") == 1.0
    assert KNOWN.sound("南", "蓝") > 0.7
    assert KNOWN.shape("汇", "星") == KNOWN.sound("汇", "星") == 0.0


def test_kernels_of_other_sources_are_dropped(tmp_path: Path) -> None:
    """A changed source of the package drops every cached kernel, an unchanged one none."""
    (tmp_path / "a.py").write_text("x = 1")
    assert drop_stale_kernels(tmp_path)
    cached = tmp_path / "__pycache__" / "b.nbi"
    cached.write_bytes(b"")
    assert not drop_stale_kernels(tmp_path)
    assert cached.exists()
    (tmp_path / "a.py").write_text("x = 2")
    assert drop_stale_kernels(tmp_path)
    assert not cached.exists()
