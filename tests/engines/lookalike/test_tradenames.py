"""Enterprise names against enterprise names, in their place and trade."""

from __future__ import annotations

import pytest

from zhixing.engines.lookalike import judge_names, shell_pattern


@pytest.mark.parametrize(
    ("earlier", "later", "likeness", "place", "trade", "conflict"),
    [
        ("南昌市柏翎食品有限公司", "南昌市柏翎餐饮有限公司", "identical", "same", "same", True),
        ("南昌市柏翎食品有限公司", "南昌柏翎有限公司", "identical", "same", "unsaid", True),
        ("南昌市柏翎食品有限公司", "南昌市柏翎物流有限公司", "identical", "same", "other", False),
        ("南昌市柏翎食品有限公司", "杭州市柏翎食品有限公司", "identical", "other", "same", False),
        ("南昌市柏翎食品有限公司", "南昌市柏羚食品有限公司", "similar", "same", "same", False),
        ("南昌市柏翎食品有限公司", "南昌市望舒食品有限公司", "", "same", "same", False),
    ],
)
def test_same_trade_name_in_place_and_trade(
    earlier: str, later: str, likeness: str, place: str, trade: str, conflict: bool
) -> None:
    """Only the same trade name in one place and trade conflicts; no trade counts as the same."""
    verdict = judge_names(earlier, later)
    assert (verdict.likeness, verdict.place, verdict.trade) == (likeness, place, trade)
    assert verdict.conflict == conflict
    assert {reason.code for reason in verdict.reasons} >= {f"place_{place}", f"trade_{trade}"}


def test_known_authority_outweighs_the_names() -> None:
    """Where the registering authority is known, it decides the place."""
    earlier, later = "南昌市柏翎食品有限公司", "江西柏翎食品有限公司"
    assert judge_names(earlier, later).place == "other"
    assert judge_names(earlier, later, same_authority=True).conflict


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("香港柏翎国际集团有限公司", True),
        ("德国柏翎控股有限公司", True),
        ("南昌市柏翎食品有限公司", False),
        ("南昌市柏翎集团有限公司", False),
    ],
)
def test_shell_names_are_known_by_their_wording(name: str, found: bool) -> None:
    """An overseas place and group words around a trade name are told with their words."""
    shell = shell_pattern(name)
    assert (shell is not None) == found
    assert shell is None or "柏翎" in shell.text
