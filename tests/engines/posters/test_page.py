"""Lines in reading order, one text of them, and the way from the text back to the picture."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.posters.drawn import Poster
from zhixing.engines.posters import Box, Line, page


def text_of(poster: Poster) -> str:
    """The text of the lines as written, given to `page` in reverse."""
    return page(poster.width, poster.height, poster.lines[::-1]).text


def test_lines_are_read_from_top_to_bottom_and_neighbours_from_left_to_right() -> None:
    """Price and unit in one row, rows below each other."""
    poster = Poster().write("春季家装节", 60, 40, 60).write("全屋定制", 60, 150)
    poster.write("每平方米 699 元起", 420, 150)
    assert text_of(poster) == "春季家装节\n全屋定制 每平方米 699 元起"


def test_a_sentence_that_runs_over_the_line_is_joined() -> None:
    """A full line goes on in the next; a short one ends; a full stop ends too."""
    poster = Poster().write("吃了三个疗程以后多年的老胃病全都好", 40, 40)
    poster.write("了，一家人都高兴。", 40, 100).write("订购电话见下", 40, 160)
    assert text_of(poster) == ("吃了三个疗程以后多年的老胃病全都好了，一家人都高兴。\n订购电话见下")


def test_lines_of_another_size_are_not_joined() -> None:
    """A headline does not run on into the body."""
    poster = Poster().write("滨江一号府邸盛大", 40, 40, 90).write("开盘在即，敬请品鉴", 40, 150, 40)
    assert text_of(poster) == "滨江一号府邸盛大\n开盘在即，敬请品鉴"


def test_vertical_columns_are_read_from_the_right() -> None:
    """A headline above, then the columns, the rightmost first."""
    poster = Poster().write("百年老号", 300, 20, 60)
    poster.stand("江南糕点", 400, 120).stand("手工现做", 620, 120)
    assert text_of(poster) == "百年老号\n手工现做\n江南糕点"


def test_columns_of_running_text_are_read_one_after_the_other() -> None:
    """Two paragraphs side by side below a headline."""
    poster = Poster(1000, 500).write("两款新品同时上市", 200, 20, 60)
    left = ["第一款茶叶采自高山云雾", "手工炒制香气清雅回甘", "每罐净含量一百克整"]
    right = ["第二款咖啡来自云南普洱", "中度烘焙口感柔和顺滑", "每袋净含量二百克整"]
    for row, (one, other) in enumerate(zip(left, right, strict=True)):
        poster.write(one, 40, 130 + 55 * row, 38).write(other, 540, 130 + 55 * row, 38)
    assert text_of(poster) == "两款新品同时上市\n" + "".join(left) + "\n" + "".join(right)


def test_a_table_is_read_along_its_rows() -> None:
    """Short cells are no columns of text, although the gap between them is wide."""
    poster = Poster().write("面积", 40, 40).write("89㎡", 500, 40)
    poster.write("总价", 40, 95).write("126万", 500, 95)
    assert text_of(poster) == "面积 89㎡\n总价 126万"


def test_slanting_lines_keep_their_order_and_their_size() -> None:
    """Boxes of lines at an angle overlap; their type is no larger for it."""
    upper = Line("这一行字写得有一点点斜", Box(40, 100, 760, 180), 1.0)
    lower = Line("第二行", Box(40, 165, 260, 230), 1.0)
    found = page(900, 600, [lower, upper])
    assert [line.text for line in found.lines] == [upper.text, lower.text]
    straight = Line(upper.text, Box(40, 100, 760, 165), 1.0)
    assert upper.size == pytest.approx(720 / 11 * 1.15)
    assert straight.size == 65


@pytest.mark.parametrize("vertical", [False, True])
def test_a_span_leads_back_to_its_place(vertical: bool) -> None:
    """The box of a word inside a line covers that word, and nothing of its neighbours."""
    poster = Poster()
    if vertical:
        poster.stand("胃痛贴根治老胃病", 300, 60)
    else:
        poster.write("胃痛贴根治老胃病", 60, 60)
    found = page(poster.width, poster.height, poster.lines)
    start = found.text.index("根治")
    (box,) = found.boxes(start, start + 2)
    whole = poster.lines[0].box
    low, high = (box.top, box.bottom) if vertical else (box.left, box.right)
    first, last = (whole.top, whole.bottom) if vertical else (whole.left, whole.right)
    step = (last - first) / 8
    assert low == pytest.approx(first + 3 * step, abs=1)
    assert high == pytest.approx(first + 5 * step, abs=1)


def test_a_span_over_two_lines_has_two_boxes() -> None:
    """Where a sentence is broken, both ends are framed."""
    poster = Poster().write("本品纯天然所以对任何人都绝对安", 40, 40).write("全可靠", 40, 100)
    found = page(poster.width, poster.height, poster.lines)
    start = found.text.index("绝对安全")
    first, second = found.boxes(start, start + 4)
    assert (first.top, second.top) == (40, 100)
    assert first.right == poster.lines[0].box.right
    assert second.left == 40


def test_a_picture_without_text_is_an_empty_page() -> None:
    """No lines, no text, no size."""
    found = page(300, 200, [])
    assert (found.text, found.lines, found.main_size, found.boxes(0, 1)) == ("", (), 0.0, [])


def test_a_column_read_in_single_characters_is_put_together() -> None:
    """Large vertical type beside a paragraph; its pieces may hold one character or several."""
    poster = Poster().write("吃了三个疗程以后多年的老胃病", 40, 40).write("都好了", 40, 100)
    for text, top in (("稳", 40), ("赚不", 120), ("赔", 290)):
        poster.lines.append(Line(text, Box(760, top, 835, top + 72 * len(text)), 0.9))
    assert text_of(poster) == "吃了三个疗程以后多年的老胃病都好了\n稳赚不赔"


def test_wide_spaced_characters_are_a_row_not_columns() -> None:
    """Two rows of single characters, closer beside each other than above."""
    poster = Poster()
    for row, text in enumerate(("老字号", "新店铺")):
        for at, character in enumerate(text):
            left, top = 60 + 80 * at, 60 + 110 * row
            poster.lines.append(Line(character, Box(left, top, left + 50, top + 50), 0.9))
    assert text_of(poster) == "老 字 号\n新 店 铺"


BOXES = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    st.integers(0, 900),
    st.integers(0, 900),
    st.integers(0, 300),
    st.integers(0, 300),
)
LINES = st.lists(
    st.builds(Line, st.text("甲乙丙a1，。 ", min_size=1, max_size=9), BOXES, st.just(0.9)),
    max_size=12,
)


@settings(max_examples=80, deadline=None)
@given(LINES)
def test_no_character_is_lost_and_every_line_knows_its_place(lines: list[Line]) -> None:
    """Whatever boxes a reader gives: overlapping, empty, equal."""
    found = page(1200, 1200, lines)
    read = "".join(line.text for line in lines)
    assert sorted("".join(line.text for line in found.lines)) == sorted(read)
    for line, start in zip(found.lines, found.starts, strict=True):
        assert found.text[start : start + len(line.text)] == line.text
        assert len(found.boxes(start, start + len(line.text))) == 1
    assert len(found.boxes(0, len(found.text))) == len(found.lines)
