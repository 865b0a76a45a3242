"""How columns of text become values; the fast ways agree with the obvious ones."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.apps.registry.importers.columns import uscc_column, valid_usccs
from zhixing.engines.identifiers import IdentifierError, check_uscc, uscc_check_character
from zhixing.engines.identifiers.codes import USCC_ALPHABET
from zhixing.kit.exchange.fields import ImportField, parse_column


def parse(kind: str, *texts: str, **options: object) -> tuple[list[object], list[int]]:
    """Values, and the places of the faulty ones."""
    field = ImportField("x", "x", kind=kind, **options)  # type: ignore[arg-type]
    values, defects = parse_column(field, pa.array(texts, pa.string()))
    bad = {i for defect in defects for i, is_bad in enumerate(defect.mask) if is_bad}
    return values.to_pylist(), sorted(bad)


def test_dates_of_every_usual_form() -> None:
    """Dashes, slashes, dots, Chinese, full-width and eight digits are the same day."""
    day = date(2026, 3, 5)
    texts = ["2026-03-05", "2026/3/5", "2026.3.05", "2026年3月5日", "20260305", "２０２６－３－５"]
    assert parse("date", *texts, "2026-03-05 00:00:00") == ([day] * 7, [])


def test_days_that_never_were_are_faulty() -> None:
    """30 February, month 13, words and a bare year are no dates."""
    values, bad = parse("date", "2026-02-30", "2026-13-01", "昨天", "2026", "", "2024-02-29")
    assert bad == [0, 1, 2, 3]
    assert values == [None, None, None, None, None, date(2024, 2, 29)]


@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)), st.integers(0, 40))
def test_the_calendar_agrees_with_datetime(day: date, further: int) -> None:
    """A day of the month is accepted exactly when Python knows it."""
    text = f"{day.year}-{day.month}-{further}"
    try:
        expected: date | None = date(day.year, day.month, further)
    except ValueError:
        expected = None
    assert parse("date", text, day.isoformat())[0] == [expected, day]


def test_a_year_counts_as_its_first_day() -> None:
    """Where a year is allowed it is 1 January."""
    assert parse("date_or_year", "1998", "1998年", "1998-05-06", "98") == (
        [date(1998, 1, 1), date(1998, 1, 1), date(1998, 5, 6), None],
        [3],
    )


def test_numbers_take_separators_and_nothing_else() -> None:
    """Thousands separators and full-width digits pass; units and exponents do not."""
    assert parse("integer", "1,234", "１２", "1.5", "12个") == ([1234, 12, None, None], [2, 3])
    assert parse("number", "1,234.5", "-0.25", "1e5", "") == ([1234.5, -0.25, None, None], [2])


def test_choices_take_value_or_label() -> None:
    """The stored value and the label both stand for the choice."""
    choices = {"active": "在业", "revoked": "吊销"}
    assert parse("choice", "在业", "ACTIVE", "注销", choices=choices) == (
        ["active", "active", None],
        [2],
    )


def test_lists_take_any_usual_separator() -> None:
    """Chinese and Latin commas separate; an unknown item makes the cell faulty."""
    choices = {"well_known": "驰名", "foreign": "涉外"}
    values, bad = parse("list", "驰名、涉外", "foreign,驰名", "著名", choices=choices)
    assert values == ['["well_known", "foreign"]', '["foreign", "well_known"]', None]
    assert bad == [2]


@pytest.mark.parametrize("text", ["锟斤拷公司", "济南\ufffd公司", "a\x00b", "a\x1fb"])
def test_damaged_text_is_faulty(text: str) -> None:
    """Signs of a lost encoding and control characters are errors."""
    assert parse("text", text, "济南公司")[1] == [0]


def test_lengths_and_missing_values_are_errors() -> None:
    """A text longer than its column and an empty required cell are both listed."""
    assert parse("text", "一二三四", " ", "一二", max_length=3, required=True)[1] == [0, 1]


@given(st.lists(st.text(USCC_ALPHABET, min_size=17, max_size=18) | st.text(max_size=19)))
def test_credit_codes_in_columns_agree_with_one_at_a_time(texts: list[str]) -> None:
    """The column check accepts exactly what `check_uscc` accepts."""

    def is_good(text: str) -> bool:
        try:
            return check_uscc(text) == text
        except IdentifierError:
            return False

    codes = [
        t + uscc_check_character(t)
        if len(t) == 17 and t.isascii() and set(t) <= set(USCC_ALPHABET)
        else t
        for t in texts
    ]
    assert valid_usccs(pa.array(codes, pa.string())).tolist() == [is_good(code) for code in codes]


def test_a_wrong_check_character_says_the_right_one() -> None:
    """The error of a credit code names the check character that would be right."""
    good = "91370100MA3000001" + uscc_check_character("91370100MA3000001")
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")
    field = ImportField("uscc", "uscc", parse=uscc_column)
    values, defects = parse_column(field, pa.array([good.lower(), wrong, "123"], pa.string()))
    assert values.to_pylist() == [good, None, None]
    said = {defect.expected for defect in defects}
    assert f"{good[-1]} as check character" in said
    assert "18 characters" in said


def test_the_latest_day_that_can_be_written_is_kept() -> None:
    """Every day of a leap year survives the way through text."""
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]
    assert parse("date", *(day.isoformat() for day in days)) == (days, [])
