"""What is known beside the two names moves the probability the way the law says."""

from __future__ import annotations

from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.engines.lookalike.context import VALUES, Context, Weights, with_context

chances = st.floats(0.01, 0.99)


@given(chances)
def test_nothing_known_changes_nothing(chance: float) -> None:
    """Without context the probability stays and no reason is added."""
    (after,), (reasons,) = with_context([chance], [Context()])
    assert after == pytest.approx(chance)
    assert reasons == ()


@given(chances, st.sampled_from(sorted(VALUES)), st.sampled_from(VALUES["fame"]))
def test_every_circumstance_is_monotone(chance: float, name: str, fame: str) -> None:
    """A more confusing circumstance never lowers the probability, whatever the fame."""
    fixed = {} if name == "fame" else {"fame": fame}
    rows = [Context(**{name: value}, **fixed) for value in VALUES[name]]
    after, _ = with_context([chance] * len(rows), rows)
    assert all(high >= low for high, low in pairwise(after))
    assert after[0] > after[-1]


def test_holder_and_licence_are_excluded() -> None:
    """The holder's own and licensed uses have probability 0 and one reason, even when sure."""
    after, reasons = with_context([1.0, 0.9], {"same_holder": [True, None], "licensed": [None, 1]})
    assert after.tolist() == [0.0, 0.0]
    assert [[each.code for each in row] for row in reasons] == [
        ["excluded_holder"],
        ["excluded_licence"],
    ]


def test_columns_and_rows_say_the_same() -> None:
    """A table, a mapping and contexts give one answer; nulls and lost columns are unknown."""
    rows = [Context(goods="other"), Context(territory="same", fame="well_known")]
    columns = {"goods": ["other", None], "territory": ["", "same"], "fame": [None, "well_known"]}
    wanted, told = with_context([0.5, 0.5], rows)
    for given_as in (columns, pa.table(columns)):
        after, reasons = with_context([0.5, 0.5], given_as)
        assert after.tolist() == wanted.tolist()
        assert reasons == told
    assert [each.code for each in told[1]] == ["fame_well_known", "territory_same"]
    assert told[0][0].text.startswith("使用的商品、服务不相同也不类似")


def test_a_well_known_mark_reaches_beyond_its_class() -> None:
    """Goods of another class lower the probability less for a well-known mark."""
    after, _ = with_context(
        [0.5] * 4,
        [Context(goods=goods, fame=fame) for fame in ("known", "well_known")
         for goods in ("unknown", "other")],
    )  # fmt: skip
    assert after[0] - after[1] > after[2] - after[3] > 0


def test_certainty_stays_certain() -> None:
    """Probabilities of 0 and 1 are not moved by circumstances."""
    rows = [Context(goods="same_class"), Context(goods="other")]
    assert with_context([0.0, 1.0], rows)[0].tolist() == [0.0, 1.0]


def test_wrong_context_is_named() -> None:
    """Lengths, values, columns and rising weights are refused with what was expected."""
    with pytest.raises(ValueError, match="goods must be one of same_class"):
        with_context([0.5], [Context(goods="near")])
    with pytest.raises(ValueError, match="must have 1 rows; got 2"):
        with_context([0.5], {"goods": ["other", "other"]})
    with pytest.raises(ValueError, match="one context a probability"):
        with_context([0.5], [])
    with pytest.raises(ValueError, match="columns must be among"):
        with_context([0.5], {"class": ["30"]})
    flat = {name: dict.fromkeys(values, 0.0) for name, values in VALUES.items()}
    flat["goods_of_well_known"] = flat["goods"]
    assert with_context([0.3], [Context(goods="other")], Weights.of(flat))[0][0] == pytest.approx(
        0.3
    )
    with pytest.raises(ValueError, match="must not rise"):
        Weights.of({**flat, "fame": {**flat["fame"], "ordinary": 0.2}})
    with pytest.raises(ValueError, match="fame must have"):
        Weights.of({**flat, "fame": {"known": 0.0}})
