"""The law of infringements, thresholds of crimes and clocks: by day, with its confidence."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from zhixing import law
from zhixing.apps.protection import crime_alert, legal_range
from zhixing.apps.protection.crime_alert import Facts
from zhixing.apps.protection.models import FileFact, InfringementFile
from zhixing.law.schema import Threshold

LAST_OLD, FIRST_NEW = date(2026, 12, 31), date(2027, 1, 1)


def _reached(facts: Facts) -> set[str]:
    return {line.code for line in crime_alert.compare(facts) if line.is_reached}


def _selling(day: date = date(2026, 5, 5), **totals: int) -> Facts:
    return Facts("selling", day, {name: Decimal(value) for name, value in totals.items()})


@pytest.mark.parametrize("kind", InfringementFile.Act.values)
def test_every_kind_of_act_changes_its_article_with_the_law_of_2027(kind: str) -> None:
    """Art 57 until the last day of 2026, art 72 from the first day of 2027, same number in it."""
    old = law.on("infringement_acts", f"act.{kind}", LAST_OLD).articles[0].article
    new = law.on("infringement_acts", f"act.{kind}", FIRST_NEW).articles[0].article
    assert old.startswith("57(")
    assert new == old.replace("57", "72")


def test_the_law_names_seven_acts_and_the_forms_know_each() -> None:
    """No act of the table is missing on the form, none of the form in the table."""
    acts = {code[4:] for code in law.table("infringement_acts").rows if code.startswith("act.")}
    assert acts == set(InfringementFile.Act.values)
    assert len(acts) == 7


def test_every_measure_of_the_thresholds_can_be_entered() -> None:
    """What the thresholds compare is what officers enter, or a sum of it."""
    rows = [row for history in law.table("crimes").rows.values() for row in history]
    measures = {row.measure for row in rows if isinstance(row, Threshold)}
    assert measures - {"sold_and_unsold"} <= set(FileFact.Measure.values)
    assert len(rows) == sum(isinstance(row, Threshold) for row in rows)


@pytest.mark.parametrize(
    ("sales", "expected"),
    [(49_999, set()), (50_000, {"crime_214.sales.ordinary"})],
)
def test_a_threshold_is_reached_by_its_own_amount(sales: int, expected: set[str]) -> None:
    """`以上` includes the number: one yuan less is below."""
    assert _reached(_selling(sales=sales)) == expected


def test_sold_and_unsold_goods_count_together() -> None:
    """Neither amount reaches its bar; together they reach theirs, from 2025-04-26 on only."""
    assert _reached(_selling(sales=40_000, unsold=110_000)) == {
        "crime_214.sold_and_unsold.ordinary"
    }
    assert _reached(_selling(sales=40_000, unsold=109_999)) == set()
    before = _selling(date(2025, 4, 25), sales=40_000, unsold=110_000)
    assert _reached(before) == set()


def test_two_marks_and_an_earlier_sanction_lower_the_bar() -> None:
    """The lower bars speak only when their condition is met."""
    day = date(2026, 5, 5)
    totals = {"turnover": Decimal(30_000)}
    assert _reached(Facts("identical_mark", day, totals)) == set()
    two = Facts("identical_mark", day, totals, marks=2)
    assert _reached(two) == {"crime_213.turnover.two_marks"}
    again = Facts("identical_mark", day, totals, sanctioned_before=True)
    assert _reached(again) == {"crime_213.turnover.repeat"}


def test_services_have_their_own_bars() -> None:
    """The same gains are a crime with goods and below the bar with services."""
    day, totals = date(2026, 5, 5), {"gains": Decimal(40_000)}
    assert _reached(Facts("identical_mark", day, totals)) == {"crime_213.gains.ordinary"}
    assert _reached(Facts("identical_mark", day, totals, is_service=True)) == set()


def test_labels_were_lowered_in_2025_and_the_new_figure_is_marked_unverified() -> None:
    """15,000 labels: below the bar of 2004, above the one of 2025, which nobody has verified."""
    totals = {"pieces": Decimal(15_000)}
    (old,) = crime_alert.compare(Facts("labels", date(2025, 4, 25), totals))
    (new,) = crime_alert.compare(Facts("labels", date(2025, 4, 26), totals))
    assert (old.is_reached, old.is_verified) == (False, True)
    assert (new.is_reached, new.is_verified) == (True, False)


@pytest.mark.parametrize("act", ["similar_mark", "reverse", "other"])
def test_acts_that_are_no_crime_raise_no_alert(act: str) -> None:
    """However large the amount."""
    facts = Facts(act, date(2026, 5, 5), {"turnover": Decimal(10_000_000)})
    assert crime_alert.compare(facts) == []


def test_an_act_before_the_tables_is_not_guessed() -> None:
    """No line, and no range."""
    facts = Facts("selling", date(2010, 1, 1), {"sales": Decimal(10_000_000)})
    assert crime_alert.compare(facts) == []
    assert legal_range.range_on(date(2010, 1, 1), act="selling", turnover=Decimal(1)) is None


@pytest.mark.parametrize(
    ("turnover", "top", "is_multiple"),
    [
        (0, 250_000, False),
        (49_999, 250_000, False),
        (50_000, 250_000, True),
        (80_000, 400_000, True),
    ],
)
def test_the_frame_of_the_fine(turnover: int, top: int, is_multiple: bool) -> None:
    """Five times the turnover from 50,000 yuan on, else up to 250,000."""
    found = legal_range.range_on(LAST_OLD, act="selling", turnover=Decimal(turnover))
    assert found is not None
    assert (found.fine_up_to, found.is_multiple) == (top, is_multiple)


def test_the_second_act_within_five_years_is_heavier() -> None:
    """One earlier act makes two."""
    first = legal_range.range_on(LAST_OLD, act="selling", turnover=Decimal(0))
    second = legal_range.range_on(LAST_OLD, act="selling", turnover=Decimal(0), earlier_acts=1)
    assert first is not None
    assert second is not None
    assert (first.is_heavier, second.is_heavier) == (False, True)


def test_an_innocent_seller_is_told_to_stop_and_a_maker_is_not() -> None:
    """The exception is for sellers alone."""
    for act, stop_only in (("selling", True), ("identical_mark", False)):
        found = legal_range.range_on(LAST_OLD, act=act, turnover=Decimal(0), source_shown=True)
        assert found is not None
        assert found.stop_only is stop_only


def test_both_texts_are_shown_when_the_law_changed_since() -> None:
    """An act of 2026 decided in 2027 shows both; one decided in the same year one."""
    given = {"act": "selling", "turnover": Decimal(0)}
    both = legal_range.ranges(LAST_OLD, FIRST_NEW, **given)  # type: ignore[arg-type]
    assert len(both) == 2
    assert "57" in both[0].act_articles
    assert "72" in both[1].act_articles
    assert len(legal_range.ranges(date(2026, 3, 1), LAST_OLD, **given)) == 1  # type: ignore[arg-type]


def test_the_clocks_of_a_transfer() -> None:
    """Three calendar days that do not roll over a weekend, and 24 hours from the minute."""
    thursday = date(2026, 11, 26)
    assert law.deadline("transfer_decision", thursday).due == date(2026, 11, 29)  # a Sunday
    at = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
    assert law.deadline("transfer_handover", at).due == at + timedelta(hours=24)
