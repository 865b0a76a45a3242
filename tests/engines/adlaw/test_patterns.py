from __future__ import annotations

import pytest

from zhixing.engines.adlaw import PatternError
from zhixing.engines.adlaw.patterns import sequences


def steps(pattern: str) -> list[list[tuple[list[str], int, bool]]]:
    return [
        [(sorted(atom.value or atom.kind for atom in s.symbol), s.gap, s.commas) for s in one.steps]
        for one in sequences(pattern)
    ]


def test_gaps_lists_and_numbers() -> None:
    assert steps("全国 ..2 第一 ~3 <noun>") == [
        [(["全国"], 0, True), (["第一"], 2, True), (["noun"], 3, False)]
    ]
    assert steps("# 天") == [[(["number"], 0, True), (["天"], 0, True)]]
    assert steps("#% 有效") == [[(["percent"], 0, True), (["有效"], 0, True)]]


def test_choices_of_single_words_are_one_symbol_and_optional_parts_two_readings() -> None:
    assert steps("(不|无)(任何)?副作用") == [
        [(["不", "无"], 0, True), (["任何副作用"], 0, True)],
        [(["不", "无"], 0, True), (["副作用"], 0, True)],
    ]


def test_edges_of_a_clause() -> None:
    (one,) = sequences("^ ..2 包治 ..3 $")
    assert (one.at_start, one.at_end, one.end_gap, one.steps[0].gap) == (True, True, 3, 2)


@pytest.mark.parametrize("pattern", ["", "(a", "a)", "(a)?", "a ..3", "$ a", "a ^ b"])
def test_what_cannot_be_read_is_said(pattern: str) -> None:
    with pytest.raises(PatternError):
        sequences(pattern)
