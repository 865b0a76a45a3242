"""Columns of codes: row by row the same verdict as one code at a time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.engines.identifiers import (
    PROBLEMS,
    Checked,
    IdentifierError,
    check_licence_number,
    check_licence_numbers,
    check_uscc,
    check_usccs,
    mod11_10_check_digit,
    normalise_code,
    normalise_codes,
    organisation_check_character,
    organisation_codes_hold,
    uscc_check_character,
)
from zhixing.engines.identifiers.codes import USCC_ALPHABET

KINDS: list[tuple[Callable[[object], Checked], Callable[[str], str]]] = [
    (check_usccs, check_uscc),
    (check_licence_numbers, check_licence_number),
]
usccs = st.text(USCC_ALPHABET, min_size=17, max_size=17).map(lambda b: b + uscc_check_character(b))
numbers = st.tuples(
    st.sampled_from(["JY", "SC", "YB"]), st.text("0123456789", min_size=13, max_size=13)
).map(lambda parts: parts[0] + parts[1] + mod11_10_check_digit(parts[1]))


@st.composite
def mistyped(draw: st.DrawFn) -> str:
    """A right code with a few characters put, changed or widened."""
    text = list(draw(usccs | numbers))
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.integers(0, len(text) - 1))
        text[place] = draw(st.sampled_from("0OIZa9Ａ９ -　\x0b\x1c\x85é𠮷-ß"))
    return "".join(text)


rows = st.lists(st.none() | st.text(max_size=20) | usccs | numbers | mistyped(), max_size=12)


def slow_verdict(check: Callable[[str], str], value: str | None) -> str:
    try:
        check(value or "")
    except IdentifierError as error:
        return error.problem
    return ""


@pytest.mark.parametrize(("columns", "one"), KINDS, ids=["uscc", "licence"])
@given(values=rows)
def test_a_column_is_judged_like_its_rows(
    columns: Callable[[object], Checked],
    one: Callable[[str], str],
    values: list[str | None],
) -> None:
    """Each row has the problem the scalar check names, and the same error behind it."""
    checked = columns(values)
    assert [PROBLEMS[code] for code in checked.problem] == [slow_verdict(one, v) for v in values]
    assert checked.codes.to_pylist() == [normalise_code(value or "") for value in values]
    for row, value in enumerate(values):
        error = checked.error(row)
        if error is None:
            assert one(value or "") == checked.codes[row].as_py()
        else:
            with pytest.raises(IdentifierError) as caught:
                one(value or "")
            assert vars(caught.value) == vars(error)


@given(rows)
def test_slices_and_chunks_are_read_from_where_they_begin(values: list[str | None]) -> None:
    """A slice of a column and a chunked column give what the plain list gives."""
    expected = check_usccs(values).problem.tolist()
    sliced = pa.array([*values, "9" * 18, *values], pa.string())[len(values) + 1 :]
    chunked = pa.chunked_array([pa.array(values, pa.string()), pa.array(["9" * 18])])
    assert check_usccs(sliced).problem.tolist() == expected
    assert check_usccs(chunked).problem.tolist()[:-1] == expected


@given(st.lists(usccs, max_size=8))
def test_the_organisation_code_inside_is_judged_by_its_own_rule(codes: list[str]) -> None:
    """A right credit code may hold a wrong organisation code; that is said apart."""
    found = organisation_codes_hold(normalise_codes(codes)).tolist()
    assert found == [organisation_check_character(code[8:16]) == code[16] for code in codes]


def test_the_widely_printed_example_holds_a_right_organisation_code() -> None:
    """91350100M000100Y43 passes both checks; a short code passes neither."""
    column = normalise_codes(["91350100M000100Y43", "91350100M000100X43", "M000100Y4"])
    assert organisation_codes_hold(column).tolist() == [True, False, False]
    assert check_usccs(column).valid.tolist() == [True, False, False]


@pytest.mark.parametrize(("text", "problem"), [("M000100", "length"), ("M00010é0", "character")])
def test_what_is_wrong_with_an_organisation_code_is_named(text: str, problem: str) -> None:
    """Length and characters are checked before the sum."""
    with pytest.raises(IdentifierError) as caught:
        organisation_check_character(text)
    assert caught.value.problem == problem


def test_an_empty_column_gives_an_empty_answer() -> None:
    """No rows in, no rows out, of the right types."""
    checked = check_usccs([])
    assert checked.codes.type == pa.string()
    assert checked.problem.dtype == np.int8
    assert len(checked.valid) == 0
