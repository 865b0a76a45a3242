"""Draws by hash: repeatable, without replacement, each unit equally likely."""

from __future__ import annotations

import hashlib

import pytest

from zhixing.engines.draw import digest, drawn, is_drawn


def test_the_rank_is_sm3_of_seed_line_feed_and_key() -> None:
    """Anybody can repeat a draw with a hash program."""
    ranked = sorted("abcd", key=lambda k: hashlib.new("sm3", f"s\n{k}".encode()).hexdigest())
    assert drawn("dcba", 3, "s") == ranked[:3]


def test_all_of_a_small_frame_are_drawn_and_order_does_not_matter() -> None:
    """A census is a draw of everything."""
    assert sorted(drawn(["b", "a"], 9, "x")) == ["a", "b"]
    assert drawn("abcdef", 3, "x") == drawn("fedcba", 3, "x")
    assert digest("ab") == digest("ba")


def test_each_unit_is_drawn_as_often_as_another() -> None:
    """Over 2000 seeds each of ten units is in a sample of three within four standard errors."""
    keys = [str(n) for n in range(10)]
    counts = dict.fromkeys(keys, 0)
    for seed in range(2000):
        for key in drawn(keys, 3, str(seed)):
            counts[key] += 1
    spread = 4 * (2000 * 0.3 * 0.7) ** 0.5
    assert all(abs(count - 600) < spread for count in counts.values())


def test_a_share_is_drawn() -> None:
    """None of 0, all of 1, a tenth of 0.1 within four standard errors."""
    keys = [str(n) for n in range(5000)]
    assert not any(is_drawn("s", key, 0.0) for key in keys)
    assert all(is_drawn("s", key, 1.0) for key in keys)
    assert abs(sum(is_drawn("s", key, 0.1) for key in keys) - 500) < 4 * 450**0.5


@pytest.mark.parametrize("bad", [lambda: drawn("aa", 1, "s"), lambda: is_drawn("s", "a", 1.1)])
def test_unusable_parameters_are_named(bad: object) -> None:
    """The sentence says what was expected."""
    with pytest.raises(ValueError, match="must be"):
        bad()  # type: ignore[operator]
