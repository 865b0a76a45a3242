"""Generated codes: valid, different from each other, the same again from the same seed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.engines.identifiers import (
    check_licence_number,
    check_licence_numbers,
    check_usccs,
    generate_licence_numbers,
    generate_uscc,
    licence_parts,
    organisation_codes_hold,
)

seeds = st.integers(0, 2**32)


@given(seeds, st.integers(0, 400))
def test_generated_codes_are_valid_and_different(seed: int, n: int) -> None:
    """Every code passes both checks, and no two are equal."""
    codes = generate_uscc(np.random.default_rng(seed), n, "320102")
    assert check_usccs(codes).valid.all()
    assert organisation_codes_hold(codes).all()
    assert len(codes.unique()) == n


@given(seeds, st.sampled_from([("JY", "2"), ("YB", "1"), ("SC", "101")]), st.integers(0, 400))
def test_generated_numbers_are_valid_and_different(
    seed: int, kind: tuple[str, str], n: int
) -> None:
    """Every number passes the scalar check and shows the parts it was made of."""
    prefix, category = kind
    numbers = generate_licence_numbers(np.random.default_rng(seed), n, prefix, category, "320102")
    assert check_licence_numbers(numbers).valid.all()
    assert len(numbers.unique()) == n
    for number in numbers.to_pylist()[:5]:
        parts = licence_parts(check_licence_number(number))
        assert (parts.prefix, parts.category, parts.division) == (prefix, category, "320102")
        assert len(parts.serial) == (4 if prefix == "SC" else 6)


def test_each_code_stands_in_its_own_division_and_category() -> None:
    """Divisions and categories may be given row by row."""
    divisions = ["320102", "320104", "320105"]
    codes = generate_uscc(np.random.default_rng(7), 3, divisions, category=["1", "2", "3"])
    assert [code[2:8] for code in codes.to_pylist()] == divisions
    assert [code[1] for code in codes.to_pylist()] == ["1", "2", "3"]


def test_the_same_seed_gives_the_same_codes() -> None:
    """Chance enters through the generator alone."""
    first, again, other = (
        generate_uscc(np.random.default_rng(seed), 50, "320102") for seed in (3, 3, 4)
    )
    assert first.equals(again)
    assert not first.equals(other)


def test_impossible_requests_are_refused() -> None:
    """Too many numbers, a wrong prefix or a division of the wrong length is said, not bent."""
    rng = np.random.default_rng(1)
    with pytest.raises(ValueError, match="at most 10000"):
        generate_licence_numbers(rng, 10_001, "SC", "101", "320102")
    with pytest.raises(ValueError, match="prefix must be one of JY, SC, YB; got 'XX'"):
        generate_licence_numbers(rng, 1, "XX", "1", "320102")
    with pytest.raises(ValueError, match="division: expected one text of 6 characters"):
        generate_uscc(rng, 1, "3201")
    with pytest.raises(ValueError, match="division: expected one text of 6 characters, or 3"):
        generate_uscc(rng, 3, ["320102", "320104"])
