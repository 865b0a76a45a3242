"""Whole names by other signs, and names side by side."""

from __future__ import annotations

import pytest

from zhixing.engines.lookalike import build_index, compare, guard, judge
from zhixing.engines.lookalike.commonness import commonness
from zhixing.engines.lookalike.parts import differing_parts


@pytest.mark.parametrize(
    ("mark", "name", "code", "kind"),
    [
        ("苹果", "APPLE", "rendering", "meaning"),
        ("NIKE", "耐克", "rendering", "meaning"),
        ("茅台", "MAOTAI", "pinyin", "sound"),
        ("绿源", "LUYUAN", "pinyin", "sound"),
        ("太阳", "日头", "rendering", "meaning"),
    ],
)
def test_renderings_are_alike_and_say_why(mark: str, name: str, code: str, kind: str) -> None:
    """A translation, transliteration, synonym or the pinyin of a mark is confusing."""
    (row,) = judge([mark], [name]).to_pylist()
    assert row["kind"] == kind
    assert row["confusing"]
    assert row["reasons"][0]["code"] == code


@pytest.mark.parametrize(
    ("mark", "name", "code"),
    [
        ("苹果", "示范市APPLE电子有限公司", "rendering"),
        ("NIKE", "示范市耐克体育用品有限公司", "rendering"),
        ("奔驰", "BENZ汽车服务有限公司", "rendering"),
        ("茅台", "MAOTAI", "pinyin"),
        ("MAOTAI", "示范市茅台酒厂", "pinyin"),
        ("绿雀", "示范市LUQUE商贸有限公司", "pinyin"),  # ü written u
    ],
)
def test_guard_hits_a_name_that_renders_the_mark(mark: str, name: str, code: str) -> None:
    """A sweep finds whole renderings both ways, says why, and agrees with the pair judged."""
    (hit,) = guard([name, "示范市望舒商贸有限公司"], [mark, "柏翎", "VELTINO"]).to_pylist()
    assert (hit["mark"], hit["name_row"]) == (mark, 0)
    assert hit["reasons"][0]["code"] == code
    assert judge([mark], [name])["score"].to_pylist() == [pytest.approx(hit["score"])]


def test_everyday_words_are_no_lead_by_rendering() -> None:
    """苹果 is a word of many traders: beside APPLE it is not alarming by itself."""
    assert guard(["示范市苹果贸易有限公司"], ["APPLE"]).num_rows == 0


def test_letters_are_read_as_syllables_in_every_way() -> None:
    """XIAN is one syllable or two; what cannot be read, or only as one, spells no mark."""
    marks = ["西安泰", "先泰", "西"]
    hits = guard(["XIANTAI", "XI", "XQ"], marks, min_probability=0.01).to_pylist()
    by_sound = {(hit["name"], hit["mark"]) for hit in hits if hit["kind"] == "sound"}
    assert by_sound == {("XIANTAI", "西安泰"), ("XIANTAI", "先泰")}


def test_other_words_are_no_renderings() -> None:
    """Words that are on different lines, or misspelled pinyin, are not alike."""
    table = judge(["苹果", "茅台"], ["ORANGE", "MAOTAN"])
    assert table["confusing"].to_pylist() == [False, False]


def test_search_finds_renderings_and_lists_a_name_once() -> None:
    """A foreign word finds its Chinese mark; many bearers of one name do not hide the next."""
    index = build_index(["上海苹果贸易有限公司", "苹果", "苹果", "平果", "望舒"])
    assert index.search(["APPLE"], 5)["mark_row"].to_pylist() == [1]
    assert index.search(["APPLE"], 5, each=2)["mark_row"].to_pylist() == [1, 2]
    assert index.search(["苹果"], 5)["mark_row"].to_pylist() == [1, 3]
    assert index.search(["苹果"], 5, each=2)["mark_row"].to_pylist() == [1, 2, 3]
    assert index.search(["苹果"], 5, each=5)["mark_row"].to_pylist() == [1, 2, 0, 3]
    with pytest.raises(ValueError, match="each must be at least 1; got 0"):
        index.search(["苹果"], 5, each=0)


def test_the_bearer_of_the_same_trade_is_listed_beside_the_plain_name() -> None:
    """Of the many bearers of a name the one in the trade asked for is not hidden."""
    index = build_index(["海天建设有限公司", "海天", "海天味业", "海夫", "海天渔业"])
    assert index.search(["海夭味业"], 3)["mark_row"].to_pylist() == [1, 2, 3]
    assert index.search(["海夭"], 2)["mark_row"].to_pylist() == [1, 3]
    assert index.search(["海夭科技"], 2)["mark_row"].to_pylist() == [1, 3]


def test_added_marks_share_the_limit_of_a_name() -> None:
    """The limit of bearers holds over the marks built first and those added later."""
    import pyarrow as pa

    index = build_index(["苹果", "望舒"])
    index.add(pa.table({"mark_id": ["new"], "mark": ["苹果"]}))
    assert index.search(["苹果"], 5, each=1)["mark_id"].to_pylist() == ["0"]


def test_side_by_side_shows_parts_and_pinyin() -> None:
    """Each column has both characters, their places, readings, shared and differing parts."""
    shown = compare("康师傅", "示范市康帅傅食品有限公司")
    assert [cell.operation for cell in shown.cells] == ["same", "changed", "same"]
    changed = shown.cells[1]
    assert (changed.a, changed.b, changed.a_position, changed.b_position) == ("师", "帅", 2, 5)
    assert (changed.pinyin_a, changed.pinyin_b) == ("shi", "shuai")
    assert "glyph" in changed.channels
    assert "巾" in changed.shared_parts
    assert shown.as_dict()["cells"][1]["b"] == "帅"
    assert shown.kind == "shape"


def test_side_by_side_of_moved_added_and_lost() -> None:
    """Characters that moved stand beside their copies; added and lost ones stand alone."""
    moved = compare("喜之郎", "喜郎之").cells
    assert [(c.operation, c.a, c.b) for c in moved] == [
        ("same", "喜", "喜"),
        ("moved", "之", "之"),
        ("moved", "郎", "郎"),
    ]
    assert [(c.operation, c.b) for c in compare("喜之郎", "喜之郎王").cells][-1] == ("added", "王")
    assert [(c.operation, c.a) for c in compare("喜之郎", "喜之").cells][-1] == ("lost", "郎")


def test_parts_shared_are_the_largest() -> None:
    """A character that is a part of the other is shared whole; strangers share nothing."""
    shared, left, right = differing_parts("桓", "恒")
    assert shared
    assert (left, right) == (("木",), ("忄",))
    assert differing_parts("之", "鑫")[0] == ()


def test_common_names_weigh_less() -> None:
    """Many companies bear 东方; the stored counts know it."""
    assert commonness().words["东方"] > 50
    assert "康师傅" not in commonness().words
    names = ["示范市东方食品有限公司", "示范市雀鹭食品有限公司"]
    hits = guard(names, ["东方", "雀鹭"], min_probability=0.0).to_pylist()
    by_mark = {hit["mark"]: hit["probability"] for hit in hits if hit["score"] == 1}
    assert by_mark["东方"] < 0.5 < by_mark["雀鹭"]
