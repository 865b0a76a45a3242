from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhixing.engines.adlaw import RuleSet, Screen, check_rules, reference
from zhixing.engines.adlaw.text import fold


def raised(screen: Screen, text: str, category: str = "food") -> list[tuple[str, str | None, str]]:
    found = screen.one(text, category, "web").findings
    return [(one.rule, one.span, one.disguise) for one in found]


def test_the_rules_hold_on_their_own_examples(ruleset: RuleSet, screen: Screen) -> None:
    assert check_rules(ruleset, screen) == []


@pytest.mark.parametrize(
    ("text", "span", "disguise"),
    [
        ("本店锅具最 高 级", "最 高 级", "space"),
        ("最*高*级沙发", "最*高*级", "symbol"),
        ("最\u200b佳面料", "最\u200b佳", "zerowidth"),
        ("最、高、级", "最、高、级", "symbol"),
        ("最\n高\n级", "最\n高\n级", "symbol"),
        ("絕對好茶", "絕對", "traditional"),
        ("顶及茶叶", "顶及", "homophone"),
        ("弟1品牌", "弟1", "homophone"),
        ("这款车最jia省油", "最jia", "pinyin"),
        ("zhi liao高血压", "zhi liao高血压", "mixed"),
        ("国冡级布艺", "国冡级", "glyph"),
        ("毛巾界的纟色对王者", "纟色对", "split"),
        ("🥇一名的台灯", "🥇一", "emoji"),
        ("国国家家级级", "国家家级", "repeat"),
        ("第1品牌", "第1", "none"),
    ],
)
def test_a_disguise_is_seen_through_and_named(
    screen: Screen, text: str, span: str, disguise: str
) -> None:
    assert [(where, how) for _, where, how in raised(screen, text)] == [(span, disguise)]


@pytest.mark.parametrize(
    "text",
    [
        "最有诚意的早餐店",
        "要到货了请稍等",
        "路口交通畅通",
        "绝不对外开放",
        "1至3岁宝宝适用",
    ],
)
def test_ordinary_text_is_no_disguise(screen: Screen, text: str) -> None:
    assert raised(screen, text) == []


def test_a_missing_statement_is_raised_for_whole_ads_only(screen: Screen) -> None:
    whole = screen.one("感冒灵颗粒", "drug", "web", "full").findings
    assert [(one.family, one.start, one.span) for one in whole] == [
        ("APPROVAL_MISSING", None, None)
    ]
    assert not screen.one("感冒灵颗粒", "drug", "web", "excerpt").findings


def test_a_finding_says_where_why_and_by_which_rules(screen: Screen) -> None:
    (one,) = screen.one("全国销量第一的电饭煲", "general", "web").findings
    assert "全国销量第一的电饭煲"[one.start : one.end] == one.span == "全国销量第一"
    assert one.articles == ("advertising-law art 9(3)",)
    assert one.version == screen.version
    assert 0 < one.probability <= 1


def test_hits_of_one_sentence_are_one_finding_with_parts(screen: Screen) -> None:
    (one,) = screen.one("全球最好，顶级茶叶", "food", "web").findings
    assert [("全球最好，顶级茶叶"[p.start : p.end]) for p in one.parts] == ["全球最好", "顶级"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["最高级", "国家级", "顶级", "第一"]), st.sampled_from("*/+~·|_ \u200b"),
       st.text("茶桌灯布", max_size=4), st.text("茶桌灯布", max_size=4))  # fmt: skip
def test_signs_between_characters_never_hide_a_term(
    screen: Screen, term: str, sign: str, before: str, after: str
) -> None:
    hidden = sign.join(term)
    found = screen.one(before + hidden + after, "general", "web").findings
    assert any(one.start == len(before) and one.end == len(before) + len(hidden) for one in found)


_PIECES = (
    "全国", "全球", "第一", "最好", "最佳", "赏味期", "不是", "治", "治疗", "高血压", "痛风", "3",
    "天", "周", "，", "。", "茶", "的", "根治", "第一批", "百分之九十", "本市",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=9), st.sampled_from(["food", "drug"]))
def test_the_kernels_find_what_the_obvious_matcher_finds(
    screen: Screen, pieces: list[str], category: str
) -> None:
    text = "".join(pieces)
    terms = screen.compiled.terms
    trie = reference.Trie(terms)
    slow = reference.hits(screen.compiled, trie, fold(text), category, "web", "excerpt")
    ids = {screen.compiled.rules[hit.rule].rule.id for hit in slow}
    assert ids <= screen.held(text, category, "web")
    if not any(one.disguise != "none" for one in screen.one(text, category, "web").findings):
        assert screen.held(text, category, "web") <= ids


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_screened_and_spans_lie_in_it(screen: Screen, text: str) -> None:
    for one in screen.one(text, "", "", "full").findings:
        if one.start is not None:
            assert text[one.start : one.end] == one.span


def test_columns_answer_as_single_ads_do(screen: Screen) -> None:
    texts = ["顶级茶叶", "", "姜茶治高血压", "茶", "国冡级" * 50]
    rows = list(product(texts, ["food", "general", ""]))
    columns = screen.many(
        [text for text, _ in rows], [kind for _, kind in rows], ["web"] * len(rows),
        ["full"] * len(rows),
    )  # fmt: skip
    assert columns == [screen.one(text, kind, "web", "full") for text, kind in rows]
