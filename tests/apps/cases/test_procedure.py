"""The procedure from the first check to the archive, and everything it refuses on the way."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from tests.apps.cases import examples
from tests.apps.cases.examples import DECISION, REPORT, ago, confirmed_lead
from tests.apps.leads import examples as leads
from zhixing import law
from zhixing.apps.cases.api import (
    Case,
    CaseOfficer,
    appoint,
    enter_payment,
    open_case,
    release,
    serve_document,
    take_step,
)
from zhixing.apps.cases.guards import CONDITIONS
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.testing.suites import recorded_deeds

pytestmark = pytest.mark.django_db


def test_a_case_goes_from_the_lead_to_the_archive() -> None:
    """Every step in order, each a deed and a row of history; the clocks begin and are met."""
    people = examples.team()
    with recorded_deeds() as deeds:
        case = examples.decided(people)
        take_step(people.one, case, "serve", on=ago(12), note="送达", service={"manner": "direct"})
        enter_payment(
            people.one, case, kind="fine", paid_on=ago(5), amount=Decimal(5000), receipt="R1"
        )
        take_step(people.head, case, "close", note="同意结案", closing="performed")
        take_step(people.one, case, "archive", note="归档")
    case.refresh_from_db()
    assert case.state == "archived"
    assert (case.filed_on, case.decided_on) == (ago(35), ago(14))
    taken = [step.code for step in case.steps.order_by("pk")]
    assert taken == [
        "file", "report", "send_to_review", "pass_review", "notify", "answered", "decide", "serve",
        "close", "archive",
    ]  # fmt: skip
    assert {f"case.{code}" for code in taken} <= {deed.code for deed in deeds}
    met = {clock.code: clock.met_on for clock in case.clocks.all()}
    assert met["lead_check"] == ago(35)
    assert met["decision"] == ago(14)
    assert met["payment"] == ago(5)
    assert met["reconsideration_request"] is None, "the party's time still runs"
    assert case.due_clock == "penalty_publication"


def test_a_lead_becomes_one_case() -> None:
    """Party and kind of act come from it; a second case of the same lead is refused."""
    people = examples.cast()
    lead = confirmed_lead(people.keeper)
    case = open_case(people.keeper, {"acted_on": ago(50)}, lead)
    assert (case.lead, case.act_kind, case.unit_path) == (lead, "name_confusion", lead.unit_path)
    assert case.number == f"AJ{case.found_on.year}-{case.pk:06d}"
    assert [one.officer for one in case.people.all()] == [people.keeper]
    assert case.due_on == law.deadline("lead_check", case.found_on).due
    with pytest.raises(Conflict, match="已有案件"):
        open_case(people.keeper, {}, lead)
    with pytest.raises(Refused):
        open_case(people.elsewhere, {}, lead)
    open_lead = leads.lead(people.keeper.unit_path, 2)
    with pytest.raises(Conflict, match="请先认定"):
        open_case(people.keeper, {"act_kind": "name_confusion"}, open_lead)


@pytest.mark.parametrize("state", list(law.procedure().states))
def test_every_step_that_does_not_lead_on_is_refused_with_its_article(state: str) -> None:
    """From each state, all steps but those of the law table."""
    people = examples.team()
    case = examples.case(people.one, state=state)
    by = {
        "handler": people.one,
        "head": people.head,
        "reviewer": people.reviewer,
        "leader": people.leader,
    }
    for code, step in law.procedure().steps.items():
        if state in step.sources:
            continue
        with pytest.raises(Conflict) as refusal:
            take_step(by[step.by], case, code, note="x")
        assert step.cited in str(refusal.value)
    case.refresh_from_db()
    assert (case.state, case.steps.count()) == (state, 0)


def _lacks(step: Any) -> str:
    with pytest.raises(Invalid) as refusal:
        step()
    return str(refusal.value)


def test_nothing_is_filed_without_two_certified_handlers_and_all_conditions() -> None:
    """An expired certificate does not count; what is missing is named with its article."""
    people = examples.team(certified=False)
    case = examples.case(people.one)
    appoint(people.one, case, officer=people.two, part="handler")
    said = _lacks(lambda: take_step(people.head, case, "file", note="x", conditions=["evidence"]))
    assert "《中华人民共和国行政处罚法》第42条" in said
    assert "《市场监督管理行政处罚程序规定》第19条" in said
    examples.certificate(people.one, 1)
    examples.certificate(people.two, 2, valid_to=ago(1))
    said = _lacks(
        lambda: take_step(people.head, case, "file", note="x", conditions=list(CONDITIONS))
    )
    assert "第42条" in said
    examples.certificate(people.two, 3)
    take_step(people.head, case, "file", note="x", conditions=list(CONDITIONS))
    case.refresh_from_db()
    assert case.state == "investigating"


def test_nobody_plays_two_parts() -> None:
    """A handler neither reviews nor decides, a reviewer does not decide; a wrong role never."""
    people = examples.team()
    case = examples.investigated(people)
    take_step(people.one, case, "report", on=ago(28), note="x", **REPORT, proposed_fine=Decimal(1))
    take_step(people.one, case, "send_to_review", on=ago(28), note="x", review_kind="case")
    assert "第49条" in _lacks(lambda: take_step(people.two, case, "pass_review", note="x"))
    take_step(people.reviewer, case, "pass_review", on=ago(25), note="x", review_opinion="x")
    release(people.head, case, officer=people.reviewer, reason="回避")
    with pytest.raises(Conflict, match="其他角色"):
        appoint(people.head, case, officer=people.reviewer, part="handler")
    take_step(people.one, case, "notify", on=ago(24), note="x")
    take_step(people.one, case, "answered", on=ago(20), note="x", answer="waived")
    with pytest.raises(Refused):
        take_step(people.two, case, "decide", note="x", **DECISION, fine=Decimal(1))
    with pytest.raises(Conflict, match="已在本案中任职"):
        appoint(people.head, case, officer=people.one, part="reviewer")
    chief = people.head
    CaseOfficer.objects.create(case=case, officer=chief, part="handler", since=ago(30))
    said = _lacks(lambda: take_step(chief, case, "decide", note="x", **DECISION, fine=Decimal(1)))
    assert "第57条" in said
    elsewhere = examples.cast().elsewhere
    with pytest.raises(Refused):
        take_step(elsewhere, case, "report", note="x")


def test_a_heavy_fine_needs_hearing_right_legal_review_and_discussion() -> None:
    """100,000 yuan for an organisation, 10,000 for a person."""
    people = examples.team()
    case = examples.reviewed(people, fine=100_000)
    assert "第63条" in _lacks(lambda: take_step(people.one, case, "notify", on=ago(24), note="x"))
    take_step(people.one, case, "notify", on=ago(24), note="x", hearing_offered=True)
    take_step(people.one, case, "answered", on=ago(20), note="x", answer="waived")
    Case.objects.filter(pk=case.pk).update(review_kind="case")
    said = _lacks(
        lambda: take_step(
            people.leader, case, "decide", note="x", **DECISION, fine=Decimal(100_000)
        )
    )
    assert "第58条" in said
    assert "第60条" in said
    person = examples.reviewed(examples.team(), fine=10_000, party_kind="person")
    assert person.party_kind == "person"
    said = _lacks(lambda: take_step(people.one, person, "notify", on=ago(24), note="x"))
    assert "第63条" in said


def test_the_party_has_its_days_and_loses_nothing_by_answering() -> None:
    """Silence counts only when the five working days are over; the fine does not grow."""
    people = examples.team()
    case = examples.reviewed(people)
    take_step(people.one, case, "notify", on=timezone.localdate(), note="x")
    assert "第45条" in _lacks(
        lambda: take_step(people.one, case, "answered", note="x", answer="silent")
    )
    take_step(people.one, case, "answered", note="x", answer="statement", answer_text="不服")
    said = _lacks(
        lambda: take_step(people.leader, case, "decide", note="x", **DECISION, fine=Decimal(5001))
    )
    assert "第45条" in said
    take_step(people.leader, case, "decide", note="x", **DECISION, fine=Decimal(5000))


def test_a_hearing_stops_the_decision_and_asks_for_its_report() -> None:
    """Its days are not counted; without the report nothing is decided."""
    people = examples.team()
    case = examples.reviewed(people, fine=200_000)
    take_step(people.one, case, "notify", on=ago(24), note="x", hearing_offered=True)
    before = case.clocks.get(code="decision").due_on
    take_step(people.one, case, "hear", on=ago(20), note="x", answer="hearing")
    assert case.clocks.get(code="decision").due_on is None, "held up while the hearing lasts"
    take_step(people.reviewer, case, "end_hearing", on=ago(11), note="x", hearing_report=" ")
    after = case.clocks.get(code="decision").due_on
    assert before is not None
    assert after is not None
    assert after >= before + timedelta(days=10)
    decide = {"fine": Decimal(200_000), "discussed_on": ago(2), "discussion": "x"} | DECISION
    said = _lacks(lambda: take_step(people.leader, case, "decide", on=ago(2), note="x", **decide))
    assert "《市场监督管理行政处罚听证办法》第29条" in said
    Case.objects.filter(pk=case.pk).update(hearing_report="听证笔录和意见")
    take_step(people.leader, case, "decide", on=ago(2), note="x", **decide)


def test_a_suspended_case_goes_back_to_where_it_was() -> None:
    """The days in between do not count."""
    people = examples.team()
    case = examples.investigated(people)
    take_step(people.head, case, "suspend", on=ago(20), note="当事人下落不明", ground="untraceable")
    with pytest.raises(Conflict, match="不能从"):
        take_step(people.one, case, "report", note="x", **REPORT)
    assert case.clocks.get(code="decision").due_on is None
    take_step(people.head, case, "resume", on=ago(11), note="已找到")
    case.refresh_from_db()
    expected = law.deadline("decision", ago(35), stops=[law.Stop(ago(20), ago(11))]).due
    assert (case.state, case.clocks.get(code="decision").due_on) == ("investigating", expected)


def test_nothing_is_closed_while_money_is_owed() -> None:
    """Late fee and all; the court may end it."""
    people = examples.team()
    case = examples.decided(people)
    take_step(people.one, case, "serve", on=ago(12), note="x", service={"manner": "direct"})
    assert "第77条" in _lacks(
        lambda: take_step(people.head, case, "close", note="x", closing="performed")
    )
    assert "第54条" in _lacks(lambda: take_step(people.head, case, "apply_to_court", note="x"))
    serve_document(people.one, case, form_no=48, on=ago(11), manner="direct")
    assert "第54条" in _lacks(lambda: take_step(people.head, case, "apply_to_court", note="x"))


def test_days_of_steps_are_in_order() -> None:
    """Neither before the last step nor after today."""
    people = examples.team()
    case = examples.investigated(people)
    for wrong in (ago(36), ago(-1)):
        with pytest.raises(Invalid) as refusal:
            take_step(people.head, case, "suspend", on=wrong, note="x", ground="law")
        assert "on" in refusal.value.fields


def test_two_officers_at_once_lose_nothing() -> None:
    """The second step of the same kind is refused, and the first stands alone."""
    people = examples.team()
    case, seen_by_other = examples.investigated(people), None
    seen_by_other = Case.objects.get(pk=case.pk)
    take_step(people.one, case, "report", on=ago(28), note="甲", **REPORT)
    with pytest.raises(Conflict, match="不能从"):
        take_step(people.two, seen_by_other, "report", on=ago(28), note="乙", **REPORT)
    assert [step.note for step in case.steps.filter(code="report")] == ["甲"]
