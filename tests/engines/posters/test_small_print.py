"""Statutory sentences are found although misread, and measured against the rest of the picture."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.engines.posters.drawn import Poster
from zhixing.engines.posters import Limits, Line, Printed, Statement, page, printed

SENTENCE = "本品不能代替药物"
LIMITS = Limits(of_main=Decimal("0.2"), of_picture=Decimal("0.015"))


def check(poster: Poster, sentence: str = SENTENCE) -> list[Printed]:
    """The statutory sentence, looked for on a poster."""
    found = page(poster.width, poster.height, poster.lines)
    return printed(found, [Statement("health_food", sentence)], LIMITS)


@pytest.mark.parametrize(
    ("size", "small"),
    [(40, False), (21, False), (19, True), (10, True)],
)
def test_print_below_a_fifth_of_the_largest_type_is_small(size: int, small: bool) -> None:
    """100 pixels against 40, 21, 19 and 10."""
    poster = Poster().write("康元牌鱼油", 40, 40, 100).write(SENTENCE, 40, 400, size)
    (found,) = check(poster)
    assert found.is_small is small
    assert found.of_main == pytest.approx(size / 100, abs=0.01)
    assert found.boxes == (poster.lines[1].box,)


def test_print_that_is_tiny_on_the_picture_is_small_beside_small_type_too() -> None:
    """12 pixels of 900: half the largest type, but no one reads it."""
    poster = Poster(1200, 900).write("康元牌鱼油", 40, 40, 24).write(SENTENCE, 40, 400, 12)
    (found,) = check(poster)
    assert found.of_main == pytest.approx(0.5, abs=0.01)
    assert found.of_picture == pytest.approx(12 / 900, abs=0.001)
    assert found.is_small


def test_a_misread_character_and_punctuation_do_not_hide_the_sentence() -> None:
    """One character of eight wrong, blanks between."""
    poster = Poster().write("【本品 不能代暂药物】", 40, 40)
    (found,) = check(poster)
    assert (found.start, found.end) == (1, 10)
    assert found.similarity == pytest.approx(87.5)


def test_a_sentence_broken_over_lines_is_measured_by_its_smallest_line() -> None:
    """Found across the break; both parts are framed."""
    long = "请仔细阅读产品说明书或者在医务人员的指导下购买和使用"
    poster = Poster().write("制氧机", 40, 30, 120)
    poster.write(long[:16], 40, 300, 30).write(long[16:], 40, 345, 30)
    (found,) = check(poster, long)
    assert len(found.boxes) == 2
    assert found.of_main == pytest.approx(0.25, abs=0.01)


def test_other_words_are_not_the_sentence() -> None:
    """What does not stand there is not found."""
    assert check(Poster().write("本品不能代替早餐，营养均衡", 40, 40)) == []
    assert printed(page(10, 10, []), [Statement("x", SENTENCE)], LIMITS) == []
    assert check(Poster().write("本品", 40, 40)) == []


def test_a_sentence_as_json() -> None:
    """The row of a file: shares, boxes, verdict."""
    poster = Poster().write("康元", 40, 40, 100).write(SENTENCE, 40, 400, 10)
    (found,) = check(poster)
    row = found.as_dict()
    assert (row["code"], row["small"], row["similarity"]) == ("health_food", True, 1.0)
    assert row["boxes"] == [poster.lines[1].box.as_list()]
    assert isinstance(poster.lines[0], Line)
