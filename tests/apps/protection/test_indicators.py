"""What the board counts of trade-mark protection, and the rows behind each figure."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.apps.protection import examples
from tests.apps.protection.test_pages import client_of
from zhixing import law
from zhixing.apps.protection import indicators
from zhixing.apps.protection.actions import ask_assistance, inspect_markets, transfer_crime
from zhixing.kit.indicators import Period, figure, rounds

pytestmark = pytest.mark.django_db
CODES = {
    "trade_marks.oem": "brands.oem_files_checked_share",
    "trade_marks.markets": "brands.market_stalls_checked_share",
    "trade_marks.cross_region": "cases.assistance_on_time_share",
    "trade_marks.crime_transfer": "cases.transfers_on_time_share",
}


@pytest.fixture
def people() -> Any:
    return examples.cast()


def _year() -> Period:
    today = timezone.localdate()
    return Period(today - timedelta(days=200), today)


def test_the_programme_names_the_figures_that_are_counted(people: Any) -> None:
    """Each item's own indicator is registered; its link opens for whoever sees the board."""
    programme = law.programme("quality-city")
    for item, code in CODES.items():
        assert programme.item(item).indicator == code
        found = figure(code, people.keeper, _year())
        assert found is not None
        assert (found.value, found.denominator) == (None, 0)
        assert client_of(people.keeper).get(found.rows_url).status_code == 200


def test_processors_with_a_checked_order_are_counted(people: Any) -> None:
    """One of two; several orders count once; another office's not at all."""
    order = examples.order(people.keeper.unit_path, 1)
    examples.order(people.keeper.unit_path, 2, enterprise=order.enterprise)
    examples.maker(people.keeper.unit_path, 3)
    examples.order(people.elsewhere.unit_path, 4)
    found = indicators.oem_checked(people.keeper, _year())
    assert (found.numerator, found.denominator, found.value) == (1, 2, 0.5)


def test_stalls_count_once_and_never_more_than_there_are(people: Any) -> None:
    """Two visits of one stall are one; closed markets and other years are left out."""
    market = examples.market(people.keeper.unit_path, 1, stalls=3)
    examples.market(people.keeper.unit_path, 2, stalls=50, is_open=False)
    for days, stalls in ((1, ("A", "B")), (2, ("B",)), (300, ("C",))):
        inspection = examples.inspection(people.keeper, people.colleague, days, market=market)
        for stall in stalls:
            inspect_markets.enter_stall(people.keeper, inspection, stall=stall, seen=[])
    found = indicators.stalls_checked(people.keeper, _year())
    assert (found.numerator, found.denominator) == (2, 3)
    small = examples.market(people.keeper.unit_path, 3, stalls=1)
    inspection = examples.inspection(people.keeper, people.colleague, 1, market=small)
    for stall in ("X", "Y"):
        inspect_markets.enter_stall(people.keeper, inspection, stall=stall, seen=[])
    found = indicators.stalls_checked(people.keeper, _year())
    assert (found.numerator, found.denominator) == (3, 4)


def test_a_finished_inspection_is_a_round(people: Any) -> None:
    """One under way is none yet; another office's neither."""
    inspection = examples.inspection(people.keeper, people.colleague, 1)
    assert rounds("trade_marks.markets", people.keeper, _year()) == []
    inspect_markets.enter_stall(people.keeper, inspection, stall="A", seen=[])
    inspect_markets.finish_inspection(people.keeper, inspection)
    (held,) = rounds("trade_marks.markets", people.keeper, _year()) or []
    assert held.url == inspection.get_absolute_url()
    assert rounds("trade_marks.markets", people.elsewhere, _year()) == []


def test_requests_count_once_they_are_answered_or_overdue(people: Any) -> None:
    """In time, late, overdue: one of three; one not yet due and one we sent say nothing."""
    today = timezone.localdate()
    answers = (("in time", 3, 0), ("late", 90, 0))
    for _what, age, ago in answers:
        request = examples.request(people.keeper, age)
        ask_assistance.answer_request(
            people.keeper, request, answer="已核查", answered_on=today - timedelta(days=ago)
        )
    examples.request(people.keeper, 80)
    examples.request(people.keeper, 1)
    examples.request(people.keeper, 5, direction="out", sent_on=today - timedelta(days=100))
    withdrawn = examples.request(people.keeper, 85)
    ask_assistance.withdraw_request(people.keeper, withdrawn, reason="不需要")
    found = indicators.assistance_on_time(people.keeper, _year())
    assert (found.numerator, found.denominator) == (1, 3)


def test_a_delay_announced_in_time_keeps_the_answer_in_time(people: Any) -> None:
    """The later day counts."""
    request = examples.request(people.keeper, 90)
    request.waiting_until = request.extended_to = timezone.localdate()
    request.save()
    ask_assistance.answer_request(
        people.keeper, request, answer="已核查", answered_on=timezone.localdate()
    )
    found = indicators.assistance_on_time(people.keeper, _year())
    assert (found.numerator, found.denominator) == (1, 1)


def test_transfers_count_when_handed_over_or_late(people: Any) -> None:
    """Handed over in time, overdue at the head, refused in time, just reported: one of two."""
    good = examples.transfer(people.keeper, people.colleague, 1)
    transfer_crime.approve_transfer(people.head, good)
    transfer_crime.hand_over(people.keeper, good, police="市公安局")
    examples.transfer(people.keeper, people.colleague, 24 * 5)
    refused = examples.transfer(people.keeper, people.colleague, 2)
    transfer_crime.refuse_transfer(people.head, refused, reason="证据不足")
    examples.transfer(people.keeper, people.colleague, 3)
    found = indicators.transfers_on_time(people.keeper, _year())
    assert (found.numerator, found.denominator) == (1, 2)
