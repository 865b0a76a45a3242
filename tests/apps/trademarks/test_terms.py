"""The days of a mark's life by the text in force, the first and last days checked by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing import law
from zhixing.apps.trademarks.dates import legal_days
from zhixing.apps.trademarks.terms import (
    grace_ends,
    last_day_of,
    months_later,
    renewal_opens,
    renewed_until,
    unused_since,
    validity,
)

CHANGE = date(2027, 1, 1)
BEFORE = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("registered", "last"),
    [
        (date(2020, 1, 21), date(2030, 1, 20)),
        (date(2020, 1, 1), date(2029, 12, 31)),
        (date(2020, 3, 1), date(2030, 2, 28)),
        (date(2020, 2, 29), date(2030, 2, 28)),  # that month has no 29th: its last day
        (date(2002, 2, 28), date(2012, 2, 27)),
    ],
)
def test_a_term_ends_on_the_day_before_the_same_day(registered: date, last: date) -> None:
    """Ten years that begin on the day of registration itself."""
    assert validity(registered).due == last


@given(st.dates(date(2002, 1, 1), date(2060, 12, 31)))
def test_terms_follow_each_other_without_a_gap(registered: date) -> None:
    """The next term begins on the day after the last one's end, and the window is a year wide."""
    end = validity(registered).due
    assert renewed_until(end).start == end + (date(2000, 1, 2) - date(2000, 1, 1))
    assert renewed_until(end).due > end
    if end >= date(2014, 5, 1):
        assert months_later(renewal_opens(end).due, 12) <= months_later(end, 1)
        assert renewal_opens(end).due < end < grace_ends(end).due


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 240))
def test_a_last_day_is_one_short_of_the_same_day(start: date, months: int) -> None:
    """Slowly, day by day: the first day after the term is the same day of its last month."""
    after = last_day_of(start, months).toordinal() + 1
    same = months_later(start, months)
    expected = same.toordinal() + (1 if same.day < start.day else 0)
    assert after == expected


def test_the_renewal_window_and_grace_of_a_known_mark() -> None:
    """A term that ends on 2026-06-30: from 2025-07-01, with grace until the end of 2026."""
    end = date(2026, 6, 30)
    assert renewal_opens(end).due == date(2025, 7, 1)
    assert (grace_ends(end).due, grace_ends(end).article) == (
        date(2026, 12, 30),
        "《商标法》第40条",
    )


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("tm_examination", ("28", 9), ("32", 9)),
        ("tm_opposition", ("33", 3), ("36", 2)),
        ("tm_opposition_decision", ("35", 12), ("38", 12)),
        ("tm_refusal_review", ("34", 15), ("37", 15)),
        ("tm_validity", ("39", 10), ("43", 10)),
        ("tm_renewal_grace", ("40", 6), ("44", 6)),
        ("tm_invalidation_relative", ("45", 5), ("51", 5)),
        ("tm_non_use", ("49", 3), ("57", 3)),
        ("tm_non_use_decision", ("49", 9), ("57", 9)),
        ("tm_similar_bar", ("50", 1), ("49", 1)),
    ],
)
def test_both_texts_of_the_law_by_date(
    code: str, old: tuple[str, int], new: tuple[str, int]
) -> None:
    """The last day of 2026 is read by the text of 2019, the next day by that of 2026."""
    for day, (article, amount) in ((BEFORE, old), (CHANGE, new)):
        row = law.clock(code, day)
        assert (row.articles[0].article, int(row.amount)) == (article, amount), day
        assert row.confidence == "text"
    assert not law.clock(code, date(2019, 10, 31)).is_verified


def test_a_mark_published_on_new_year_s_day_has_a_month_less() -> None:
    """The what-if page shows the article and the text of each day."""
    old = legal_days({"published_on": BEFORE}, BEFORE)[0]
    new = legal_days({"published_on": CHANGE}, BEFORE)[0]
    assert (old.due, old.article, old.since) == (
        date(2027, 3, 31), "《商标法》第33条", date(2019, 11, 1),
    )  # fmt: skip
    assert (new.due, new.article, new.since) == (date(2027, 3, 1), "《商标法》第36条", CHANGE)


def test_events_before_the_tables_are_said_to_be_so() -> None:
    """No day is made up for a registration of which no text is at hand."""
    days = legal_days({"registered_on": date(1970, 1, 1)}, BEFORE)
    untold = [day for day in days if day.due is None]
    assert untold
    assert all(day.note and not day.verified for day in untold)


def test_a_mark_long_over_is_read_by_the_first_text() -> None:
    """Its grace ended six months later, whatever text stood then."""
    assert grace_ends(date(2005, 3, 1)).due == date(2005, 9, 1)


def test_non_use_is_read_by_the_text_of_the_day_of_asking() -> None:
    """Three years from the last use; the article is the one of today."""
    used = date(2024, 5, 6)
    assert unused_since(used, BEFORE).due == unused_since(used, CHANGE).due == date(2027, 5, 6)
    assert unused_since(used, BEFORE).article == "《商标法》第49条"
    assert unused_since(used, CHANGE).article == "《商标法》第57条"
