"""Clocks, measures and money of a case."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.apps.cases import examples
from tests.apps.cases.examples import ago
from zhixing import law
from zhixing.apps.cases.actions.daily import lapse_preservations
from zhixing.apps.cases.actions.run_clocks import why
from zhixing.apps.cases.api import (
    end_stop,
    enter_payment,
    extend,
    serve_document,
    settle_measure,
    stop_time,
    take_measure,
    take_step,
)
from zhixing.apps.cases.money import late_fee, still_owed
from zhixing.apps.cases.registrations import duties
from zhixing.kit.errors import Conflict, Invalid, Refused

pytestmark = pytest.mark.django_db
GOODS = [{"name": "减肥茶", "spec": "30袋", "quantity": Decimal(12), "unit": "盒", "value": None}]


def test_time_of_a_test_stops_only_clocks_that_exclude_it() -> None:
    """The decision waits, the payment does not; a kind no clock knows is refused."""
    people = examples.team()
    case = examples.investigated(people)
    stop_time(people.one, case, kind="testing", first=ago(20), last=None, basis="检鉴期1号")
    clock = case.clocks.get(code="decision")
    assert clock.due_on is None
    with pytest.raises(Conflict, match="尚未结束"):
        stop_time(people.one, case, kind="testing", first=ago(10), last=None, basis="2号")
    end_stop(people.one, case, kind="testing", last=ago(11))
    clock.refresh_from_db()
    expected = law.deadline("decision", ago(35), stops=[law.Stop(ago(20), ago(11))])
    assert clock.due_on == expected.due
    assert "不计中止、检测等期间" in why(clock, case.stops.all())
    checking = examples.case(people.one)
    with pytest.raises(Invalid, match="没有不计入"):
        stop_time(people.one, checking, kind="refund_order", first=ago(2), last=None, basis="x")


def test_an_extension_is_granted_once_by_the_head() -> None:
    """30 more days for the decision; a further one only to an approved day."""
    people = examples.team()
    case = examples.investigated(people)
    clock = case.clocks.get(code="decision")
    with pytest.raises(Refused):
        extend(people.one, clock, reason="案情复杂")
    extend(people.head, clock, reason="案情复杂")
    clock.refresh_from_db()
    assert clock.due_on == law.deadline("decision", ago(35), 1).due
    with pytest.raises(Invalid, match="批准的日期"):
        extend(people.head, clock, reason="集体讨论决定继续延长")
    until = timezone.localdate() + timedelta(days=200)
    extended = extend(people.head, clock, reason="集体讨论决定继续延长", until=until)
    assert extended.due_on == until
    assert f"经批准延长至{until}" in why(extended, case.stops.all())
    notice = examples.case(people.one, 2).clocks.get()
    extend(people.head, notice, reason="特殊情况")
    with pytest.raises(Conflict, match="已用完"):
        extend(people.head, notice, reason="再延")


def test_goods_are_held_with_a_list_and_a_clock_and_settled_once() -> None:
    """Food may be held longer; a list is needed."""
    people = examples.team()
    case = examples.investigated(people, is_food=True)
    with pytest.raises(Invalid, match="列明财物"):
        take_measure(people.one, case, kind="detention", begun_on=ago(10), lines=[])
    measure = take_measure(people.one, case, kind="detention", begun_on=ago(10), lines=GOODS)
    assert measure.clock.code == "sealing_food"
    assert measure.lines.get().quantity == 12
    case.refresh_from_db()
    assert case.due_on == min(
        clock.due_on for clock in case.clocks.filter(met_on=None) if clock.due_on
    )
    with pytest.raises(Invalid, match="不能早于"):
        settle_measure(people.one, measure, outcome="released", on=ago(11))
    settle_measure(people.one, measure, outcome="released", on=ago(1), note="已退还")
    with pytest.raises(Conflict, match="已处理"):
        settle_measure(people.one, measure, outcome="disposed", on=ago(1))
    assert not case.clocks.filter(code="sealing_food", met_on=None).exists()


def test_preserved_evidence_is_free_when_its_days_are_over() -> None:
    """By itself, in the daily look; a measure in time is left alone."""
    people = examples.team()
    case = examples.investigated(people)
    late = take_measure(people.one, case, kind="preservation", begun_on=ago(25), lines=GOODS)
    fresh = take_measure(people.one, case, kind="preservation", begun_on=ago(1), lines=GOODS)
    today = timezone.localdate()
    assert lapse_preservations(examples.SYSTEM, "3799/", today) == 1
    assert lapse_preservations(examples.SYSTEM, "3799/", today) == 0
    late.refresh_from_db()
    fresh.refresh_from_db()
    assert late.clock.due_on is not None
    assert (late.outcome, late.settled_on) == ("lapsed", late.clock.due_on + timedelta(days=1))
    assert fresh.settled_on is None


def test_service_by_public_notice_counts_when_its_period_is_over() -> None:
    """And its days are not counted in the decision's time."""
    people = examples.team()
    case = examples.investigated(people)
    row = serve_document(people.one, case, form_no=37, on=ago(20), manner="public")
    assert row.served_on == law.deadline("public_notice_service", ago(20)).due
    assert case.stops.get().kind == "public_notice"


def test_the_late_fee_grows_by_the_day_up_to_the_fine() -> None:
    """3 percent a day on what is unpaid, never more than the fine."""
    people = examples.team()
    case = examples.decided(people, fine=1000)
    take_step(people.one, case, "serve", on=ago(13), note="x", service={"manner": "direct"})
    due = case.clocks.get(code="payment").due_on
    assert due is not None
    assert late_fee(case, due) == 0
    assert late_fee(case, due + timedelta(days=1)) == Decimal(30)
    assert late_fee(case, due + timedelta(days=400)) == Decimal(1000)
    enter_payment(people.one, case, kind="fine", paid_on=ago(2), amount=Decimal(400), receipt="1")
    assert still_owed(case, timezone.localdate()).fine == Decimal(600)
    assert late_fee(case, due + timedelta(days=10)) == Decimal(180)
    with pytest.raises(Invalid):
        enter_payment(people.one, case, kind="fine", paid_on=ago(2), amount=Decimal(1), receipt="1")


def test_clocks_that_end_stand_on_the_desk_of_their_office() -> None:
    """By day; another office sees none."""
    people = examples.cast()
    case = examples.case(people.keeper)
    until = timezone.localdate()
    assert [duty.title for duty in duties(people.keeper, until, 5)] == [case.title]
    assert list(duties(people.elsewhere, until, 5)) == []
