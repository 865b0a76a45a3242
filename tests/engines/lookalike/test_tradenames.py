"""Enterprise names against enterprise names, in their place and trade."""

from __future__ import annotations

import pytest

from zhixing.engines.lookalike import (
    guard,
    judge,
    judge_names,
    parse_name,
    shell_pattern,
    trade_between,
)


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


@pytest.mark.parametrize(
    ("industry", "trades", "relation"),
    [
        ("粮油食品", ["食品"], "same"),
        ("酿造", ["酒业"], "same"),
        ("铸造", ["服装", "箱包"], "other"),
        ("商贸", ["食品"], "unknown"),
        ("科技发展", ["食品"], "unknown"),
        ("电子科技", ["电器"], "same"),
        ("", ["食品"], "unknown"),
        ("食品", [], "unknown"),
    ],
)
def test_trade_words_against_the_trades_of_a_mark(
    industry: str, trades: list[str], relation: str
) -> None:
    """Words of one line are one trade; words of general trade say nothing."""
    assert trade_between(industry, trades) == relation


def test_companies_named_by_their_city_are_no_lead() -> None:
    """哈尔滨啤酒 is known by its city alone: other companies of that name are not like it."""
    names = ["哈尔滨锅炉有限责任公司", "哈尔滨银行股份有限公司"]
    assert guard(names, ["哈尔滨啤酒"]).num_rows == 0
    assert parse_name("青岛啤酒(香港)国际集团").trade_name == "青岛"


def test_a_name_that_is_an_everyday_word_or_a_place_is_no_lead() -> None:
    """喜洋洋 is borne by many, 新昌 is a county: near a mark they are told as such."""
    names = ["示范市喜洋洋广告有限公司", "重庆新昌贸易有限公司"]
    marks = ["喜羊羊", "新日"]
    assert guard(names, marks).num_rows == 0
    hits = guard(names, marks, min_probability=0.01).to_pylist()
    assert {reason["code"] for hit in hits for reason in hit["reasons"]} >= {"everyday"}


def test_an_everyday_word_is_known_with_its_trade() -> None:
    """雪花啤酒 is told by word and trade together; cloth under that everyday word is no lead."""
    names = ["沈阳雪花啤酒有限公司", "沈阳雪花纺织有限公司", "香港青岛啤酒国际集团有限公司"]
    hits = guard(names, ["雪花啤酒", "青岛啤酒", "雪花牛肉"]).to_pylist()
    assert [(hit["name_row"], hit["mark"]) for hit in hits] == [(0, "雪花啤酒"), (2, "青岛啤酒")]
    assert "common" not in {reason["code"] for hit in hits for reason in hit["reasons"]}
    (weak,) = judge(["雪花啤酒"], [names[1]]).to_pylist()
    assert "common" in {reason["code"] for reason in weak["reasons"]}
