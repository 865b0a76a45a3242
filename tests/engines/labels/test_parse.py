"""Labels read into parties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.labels.examples import examples, unspaced
from zhixing.engines.labels import PARTY_ROLES, ROLES, is_overseas, parse
from zhixing.engines.labels.parse import _keys
from zhixing.engines.labels.rules import pattern_of, rules
from zhixing.engines.labels.text import fold, pack


def roles(text: str) -> list[tuple[str, str]]:
    return [(party.role, unspaced(party.name)) for party in parse(text)]


def quality(part: str) -> tuple[float, float]:
    """Precision and recall of (role, name) over the labels of a part."""
    right = found = wanted = 0
    for example in examples(part):
        got, truth = roles(example.text), list(example.parties)
        found, wanted = found + len(got), wanted + len(truth)
        for pair in got:
            if pair in truth:
                truth.remove(pair)
                right += 1
    return right / found, right / wanted


@pytest.mark.parametrize("example", [*examples("dev"), *examples("check")], ids=lambda e: e.name)
def test_each_hand_written_label_is_read_as_a_reader_does(example) -> None:
    """Every party with its role and whole name, and nothing else."""
    assert sorted(roles(example.text)) == sorted(example.parties)


def test_there_are_enough_labels_of_many_kinds() -> None:
    """At least sixty labels, and every role occurs among them but bar code."""
    labels = examples()
    assert len(labels) >= 60
    seen = {role for label in labels for role, _name in label.parties}
    assert set(ROLES) - seen == {"barcode"}


def test_hard_labels_are_read_as_well_as_the_readme_says() -> None:
    """Labels written after the rules: mostly right, much still missed."""
    precision, recall = quality("late")
    assert round(precision, 2) == 0.95
    assert round(recall, 2) == 0.70


@pytest.mark.parametrize("row", rules().formulas, ids=lambda row: row.role)
def test_the_example_of_each_formula_is_found(row) -> None:
    """The table documents itself truly."""
    found = [(party.role, party.name) for party in parse(row.example)]
    assert found == ([(row.role, row.finds)] if row.finds else [])


@pytest.mark.parametrize("word", sorted(rules().labels))
def test_each_key_is_a_key_before_a_colon(word: str) -> None:
    """The longest key at a place decides, so none is shadowed by a shorter one."""
    keys = _keys(pack(f"{word}:示范市华盛食品有限公司"))
    assert [(key.words, key.roles[0]) for key in keys] == [(word, rules().labels[word])]


@pytest.mark.parametrize("word", sorted(rules().suffixes))
def test_each_formula_behind_a_name_gives_its_role(word: str) -> None:
    """…有限公司 with the formula behind it."""
    found = parse(f"香港皇冠国际集团有限公司{word}")
    assert [(p.role, p.formula) for p in found] == [(rules().suffixes[word], word)]


def test_places_lead_back_to_the_original_text() -> None:
    """Start and end are those of the name as printed, with its blanks."""
    text = "監 製 商 ： 香 港 英 皇 國 際 有 限 公 司\n產地：廣東"
    supervisor, origin = parse(text)
    assert text[supervisor.start : supervisor.end] == "香 港 英 皇 國 際 有 限 公 司"
    assert supervisor.name == "香港英皇国际有限公司"
    assert text[origin.start : origin.end] == "廣東"


@given(
    st.text(alphabet="香港广东有限公司厂监制授权生产商委托方：:。 \n\t（）()A1、和", max_size=60)
)
def test_any_text_is_read_without_a_fault(text: str) -> None:
    """Every party has a role, a name, and a span inside the text."""
    for party in parse(text):
        assert party.role in ROLES
        assert party.name
        assert 0 <= party.start < party.end <= len(text)
        assert party.role in PARTY_ROLES or not party.overseas


@given(st.text(max_size=80))
def test_folding_keeps_places_and_is_done_once(text: str) -> None:
    """Folded text is as long as the text, and folding again changes nothing."""
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="授权商方 ：\n　a", max_size=40))
def test_every_packed_character_comes_from_its_place(text: str) -> None:
    """The way back leads to the same character, or to the blank that a tab stands for."""
    packed, folded = pack(text), fold(text)
    for place, character in enumerate(packed.text):
        if character not in "\t ":
            assert folded[packed.at(place)] == character


@given(
    st.lists(st.text(alphabet="授权商方人", min_size=1, max_size=4), min_size=1, max_size=8),
    st.text(alphabet="授权商方人", max_size=8),
)
def test_the_shared_pattern_finds_what_a_list_of_words_finds(words: list[str], text: str) -> None:
    """Against the obvious way: the longest word at each place."""
    import re

    slow = "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))
    fast = pattern_of(words)
    assert [m.span() for m in re.finditer(fast, text)] == [
        m.span() for m in re.finditer(slow, text)
    ]


@pytest.mark.parametrize(
    ("name", "overseas"),
    [
        ("香港皇冠国际集团有限公司", True),
        ("中国香港景瓷国际文化有限公司", True),
        ("(香港)皇冠国际集团有限公司", True),
        ("皇冠国际集团(香港)有限公司", True),
        ("法国鳄霸(香港)国际集团有限公司", True),
        ("ROYAL POLO INTERNATIONAL (H.K.) GROUP LIMITED", True),
        ("ROSSI PASTA S.R.L.", True),
        ("兰芝美容株式会社", True),
        ("美国强森(中国)有限公司", False),
        ("上海日本料理有限公司", False),
        ("香港路小学生用品商店", False),
        ("示范市华盛制衣有限公司", False),
        ("示范市澳门豆捞火锅店", False),
        ("QUANZHOU FENGZE SHOES CO., LTD.", False),
        ("GUANGZHOU TIANHE GARMENT FACTORY", False),
    ],
)
def test_overseas_companies_are_known_by_their_names(name: str, overseas: bool) -> None:
    """A place at the head or in brackets, not a road, a dish, or a mainland subsidiary."""
    assert is_overseas(name) is overseas
