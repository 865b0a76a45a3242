"""Citations in one form, and what is hidden of the parties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.apps.precedents.articles import Unreadable, article_of, as_number, read_articles
from zhixing.apps.precedents.masked import has_numbers, masked_party, masked_text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("《商标法》第57条", ["《商标法》第57条"]),
        ("《中华人民共和国商标法》第五十七条第(一)项", ["《商标法》第57条第1项"]),
        ("《商标法》第六十条第二款、《刑法》第5条", ["《商标法》第60条第2款", "《刑法》第5条"]),
        ("《商标法》第57条;\n《商标法》第五十七条", ["《商标法》第57条"]),
        ("《刑法》第一百四十条之一", ["《刑法》第140条之1"]),
        ("", []),
    ],
)
def test_one_citation_has_one_form(text: str, read: list[str]) -> None:
    """However it was typed; twice the same is one."""
    assert read_articles(text) == read


@pytest.mark.parametrize("text", ["商标法第57条", "《商标法》第57条的规定", "第57条", "《商标法》"])
def test_other_words_are_refused(text: str) -> None:
    """What is no citation is named."""
    with pytest.raises(Unreadable):
        read_articles(text)


def test_paragraph_and_item_do_not_count_apart() -> None:
    """The article is what is counted."""
    assert article_of("《商标法》第57条第1项") == "《商标法》第57条"


DIGITS = "零一二三四五六七八九"


def _in_chinese(number: int) -> str:
    """The slow obvious way to write a number below one thousand."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


@given(st.integers(1, 999))
def test_chinese_numbers_are_read(number: int) -> None:
    """Each number below one thousand, as laws write it."""
    assert as_number(_in_chinese(number)) == number
    assert as_number(str(number)) == number


def test_the_trade_name_is_hidden_and_the_rest_told() -> None:
    """Place, trade and form remain; a name without a trade name is hidden whole."""
    assert masked_party("海州市康帅傅食品有限公司") == "海州市某食品有限公司"
    assert "康帅傅" not in masked_party("康帅傅")


def test_numbers_are_found_and_masked() -> None:
    """A telephone and an identity number in free text; an amount and a decision number are not."""
    text = "电话13812345678,身份证37010219800101123X,罚款30000元,〔2026〕12号"
    assert has_numbers(text)
    hidden = masked_text(text)
    assert not has_numbers(hidden)
    assert "罚款30000元,〔2026〕12号" in hidden
