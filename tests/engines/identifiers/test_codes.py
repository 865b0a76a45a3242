"""Check characters: against the formula written out slowly, and against every single mistake."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.engines.identifiers import (
    IdentifierError,
    check_licence_number,
    check_uscc,
    mod11_10_check_digit,
    uscc_check_character,
)
from zhixing.engines.identifiers.codes import USCC_ALPHABET

bodies = st.text(USCC_ALPHABET, min_size=17, max_size=17)
digits = st.text("0123456789", min_size=13, max_size=13)
WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]  # GB 32100-2015, table


@given(bodies)
def test_uscc_agrees_with_the_table_of_weights(body: str) -> None:
    """The check character is what the standard's own table gives."""
    total = sum(USCC_ALPHABET.index(c) * w for c, w in zip(body, WEIGHTS, strict=True))
    assert uscc_check_character(body) == USCC_ALPHABET[(31 - total % 31) % 31]


@given(bodies, st.integers(0, 16), st.sampled_from(USCC_ALPHABET))
def test_one_wrong_character_never_passes(body: str, place: int, other: str) -> None:
    """Whatever single character is mistyped, the code is refused."""
    code = body + uscc_check_character(body)
    wrong = code[:place] + other + code[place + 1 :]
    if wrong != code:
        with pytest.raises(IdentifierError) as caught:
            check_uscc(wrong)
        assert caught.value.problem == "check"
        assert caught.value.found == code[-1]


@given(digits, st.integers(0, 12), st.sampled_from("0123456789"))
def test_one_wrong_digit_never_passes(number: str, place: int, other: str) -> None:
    """MOD 11,10 finds every single wrong digit."""
    code = f"JY{number}{mod11_10_check_digit(number)}"
    wrong = code[: place + 2] + other + code[place + 3 :]
    if wrong != code:
        with pytest.raises(IdentifierError):
            check_licence_number(wrong)
    assert check_licence_number(code) == code


def test_mod11_10_gives_the_example_of_the_standard() -> None:
    """ISO/IEC 7064: the check digit of 0794 is 5."""
    assert mod11_10_check_digit("0794") == "5"


def test_codes_are_normalised() -> None:
    """Full width, lower case, spaces and dashes are of no account."""
    code = "91350100M000100Y4" + uscc_check_character("91350100M000100Y4")
    typed = "９１３５０１００－m000100y4 " + code[-1].lower()
    assert check_uscc(typed) == code


@pytest.mark.parametrize(
    ("text", "problem", "position"),
    [
        ("9135", "length", 0),
        ("9135010IM000100Y43", "character", 8),
        ("", "length", 0),
    ],
)
def test_what_is_wrong_is_named(text: str, problem: str, position: int) -> None:
    """The error says which rule is broken, and where."""
    with pytest.raises(IdentifierError) as caught:
        check_uscc(text)
    assert (caught.value.problem, caught.value.position) == (problem, position)


@pytest.mark.parametrize(
    ("text", "problem"),
    [("XX13701020000014", "prefix"), ("JY1370102000", "length"), ("JY13701O20000014", "character")],
)
def test_what_is_wrong_with_a_licence_number_is_named(text: str, problem: str) -> None:
    """Prefix, length and characters are checked before the check digit."""
    with pytest.raises(IdentifierError) as caught:
        check_licence_number(text)
    assert caught.value.problem == problem
