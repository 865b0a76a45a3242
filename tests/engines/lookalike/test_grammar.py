"""The grammar of enterprise names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.engines.lookalike import normalise, parse_name, parse_names
from zhixing.engines.lookalike.grammar import bare_division

CASES = [
    # name, division, trade name, industry, form
    ("江阴市上博服饰有限公司", "江阴市", "上博", "服饰", "有限公司"),
    ("深圳市腾讯计算机系统有限公司", "深圳市", "腾讯", "计算机系统", "有限公司"),
    ("佛山市三水区恒福星际酒店有限公司", "佛山市三水区", "恒福星际", "", "酒店有限公司"),
    ("内蒙古鄂尔多斯羊绒世家服饰有限公司", "内蒙古", "鄂尔多斯", "羊绒世家服饰", "有限公司"),
    ("青岛啤酒股份有限公司", "", "青岛", "啤酒", "股份有限公司"),
    ("乐清市房地产建设开发公司", "乐清市", "", "房地产建设开发", "公司"),
    ("重庆市渝中区老李火锅店", "重庆市渝中区", "老李", "", "火锅店"),
    ("黔南州黔源工程项目管理有限公司", "黔南州", "黔源", "工程项目管理", "有限公司"),
    ("海天味业", "", "海天", "味业", ""),
    ("云南白药", "", "云南白药", "", ""),
    ("德云社", "", "德云社", "", ""),
    ("CASIO", "", "CASIO", "", ""),
]


@pytest.mark.parametrize(("name", "division", "trade_name", "industry", "form"), CASES)
def test_name_falls_into_its_parts(
    name: str, division: str, trade_name: str, industry: str, form: str
) -> None:
    """Division, trade name, industry and form are found."""
    parts = parse_name(name)
    found = (parts.division, parts.trade_name, parts.industry, parts.form)
    assert found == (division, trade_name, industry, form)


def test_dressing_words_are_set_aside() -> None:
    """An overseas place, 国际 and 监制 around a trade name are shells, not part of it."""
    parts = parse_name("香港雀巢国际食品集团有限公司监制")
    assert parts.trade_name == "雀巢"
    assert "国际" in parts.shells
    assert "监制" in parts.shells


def test_bracketed_place_and_partnership_are_shells() -> None:
    """Brackets of either width are read alone."""
    assert parse_name("上海南极人服饰(香港)有限公司").shells == ("香港",)
    parts = parse_name("杭州老板电器（普通合伙）有限公司")
    assert parts.trade_name == "老板"
    assert parts.shells == ("普通合伙",)


def test_branch_follows_the_head_office() -> None:
    """What follows the form of the head office is the branch."""
    parts = parse_name("天津银行股份有限公司金汇支行")
    assert (parts.form, parts.branch) == ("股份有限公司", "金汇支行")


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("恩施土家族苗族自治州", "恩施"),
        ("江苏省", "江苏"),
        ("广西壮族自治区", "广西"),
        ("沙市", "沙市"),
    ],
)
def test_division_is_shortened(name: str, bare: str) -> None:
    """Level and peoples fall away unless nothing would be left."""
    assert bare_division(name) == bare


@pytest.mark.parametrize(
    ("text", "folded"),
    [("ＡＢＣ", "abc"), ("國際", "国际"), ("覇王", "霸王"), ("L'Oréal", "loreal"), ("①号", "1号")],
)
def test_normalising(text: str, folded: str) -> None:
    """Width, case, accents, traditional and variant characters and punctuation do not matter."""
    assert normalise(text) == folded


@given(st.text(max_size=40))
def test_spans_cover_any_text(text: str) -> None:
    """Any text at all is cut into spans that join up to it."""
    spans = parse_name(text).spans
    assert "".join(text[s.start : s.end] for s in spans) == text
    assert [s.start for s in spans] == [0, *(s.end for s in spans)][: len(spans)]


@given(
    st.lists(st.one_of(st.text(max_size=20), st.sampled_from([c[0] for c in CASES])), max_size=8)
)
def test_column_equals_single_names(names: list[str]) -> None:
    """The column version gives what the single version gives."""
    table = parse_names(names)
    for row, name in zip(table.to_pylist(), names, strict=True):
        parts = parse_name(name)
        assert row["trade_name"] == parts.trade_name
        assert row["division"] == parts.division
        assert tuple(row["shells"]) == parts.shells
        trade = [span for span in parts.spans if span.role == "trade_name"]
        expected = (trade[0].start, trade[-1].end) if trade else (-1, -1)
        assert (row["trade_start"], row["trade_end"]) == expected
