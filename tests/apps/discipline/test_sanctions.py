"""Measures on media: proposed by figures, decided by people, with due process."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.apps.discipline import examples
from tests.apps.people import make_officer, make_offices
from zhixing.apps.discipline import selectors
from zhixing.apps.discipline.actions import propose_sanctions as proposals
from zhixing.apps.discipline.actions import step_sanction as deeds
from zhixing.apps.discipline.models import Sanction
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.papers.api import papers_about

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def people() -> Any:
    return examples.cast()


def test_a_month_held_against_the_ladder_proposes_once(people: Any) -> None:
    """Ten per cent of the drug advertisements unlawful, five serious: the highest step met."""
    path = people.keeper.unit_path
    medium = examples.medium(path)
    examples.medium(path, 2, status="closed")
    examples.monitored(path, serious=1)
    (made,) = proposals.propose_sanctions(people.keeper, examples.MONTH)
    assert (made.medium, made.step, made.state) == (medium, "rectify", "proposed")
    assert made.proposed_by is None
    assert {reason["code"] for reason in made.reasons} >= {"rectify_serious", "warning_item"}
    assert made.figures["item"]["rows"] == 200
    assert made.figures["serious_focus_count"] == 5
    assert proposals.propose_sanctions(people.keeper, examples.MONTH) == []
    deeds.drop(people.keeper, made, reason="监测录像有误")
    assert proposals.propose_sanctions(people.keeper, examples.MONTH) == []


def test_targeted_monitoring_never_makes_a_rate(people: Any) -> None:
    """Everything wrong that a complaint led to is counted, and proposes nothing by rate."""
    path = people.keeper.unit_path
    examples.medium(path)
    examples.monitored(path, items=4, bad=4, design="targeted")
    assert proposals.propose_sanctions(people.keeper, examples.MONTH) == []
    examples.monitored(path, items=2, bad=1, serious=1, days=1, design="targeted")
    (made,) = proposals.propose_sanctions(people.keeper, examples.MONTH)
    assert [reason["code"] for reason in made.reasons] == ["warning_serious"]
    assert made.figures["item"]["value"] is None


def test_an_unfinished_month_is_not_held_against_the_ladder(people: Any) -> None:
    """Nor are media of other offices touched."""
    with pytest.raises(Invalid):
        proposals.propose_sanctions(people.keeper, TODAY())
    examples.medium(people.elsewhere.unit_path)
    examples.monitored(people.elsewhere.unit_path, serious=1)
    assert proposals.propose_sanctions(people.keeper, examples.MONTH) == []
    with pytest.raises(Refused):
        proposals.propose_sanctions(people.stranger, examples.MONTH)


def test_a_measure_goes_from_notice_to_issue_with_its_papers(people: Any) -> None:
    """Notice, reply, opinion, the leader's approval, issue; two numbered papers."""
    made = examples.issued(people.keeper, step="rectify")
    assert made.state == "issued"
    assert made.term_until == TODAY() + timedelta(days=15) or made.term_until > TODAY()
    forms = [(paper.form, bool(paper.number), paper.state) for paper in papers_about(made)]
    assert forms == [
        ("discipline.notice", True, "issued"), ("discipline.decision", True, "issued"),
    ]  # fmt: skip
    decision = papers_about(made).get(form="discipline.decision").versions.get(is_issued=True)
    assert decision.facts["reply"] == "我台已停播"
    assert "《中华人民共和国广告法》第59条" in decision.facts["articles"]


def test_nothing_is_put_before_the_leader_while_the_medium_may_still_reply(people: Any) -> None:
    """A reply opens the way, and so does the end of the period."""
    made = deeds.give_notice(people.keeper, examples.sanction(people.keeper))
    with pytest.raises(Conflict):
        deeds.submit(people.keeper, made, opinion="建议")
    Sanction.objects.filter(pk=made.pk).update(reply_due=TODAY() - timedelta(days=1))
    assert deeds.submit(people.keeper, made, opinion="逾期未提出意见").state == "submitted"


def test_who_prepared_does_not_approve(people: Any) -> None:
    """Not even a leader; the database says so too."""
    boss = examples.leader()
    made = examples.sanction(boss.__class__.objects.get(pk=people.keeper.pk))
    made = deeds.give_notice(people.keeper, made)
    deeds.record_reply(people.keeper, made, reply="无", replied_on=TODAY())
    deeds.submit(people.keeper, made, opinion="建议")
    for nobody in (people.keeper, people.head, people.elsewhere, people.stranger):
        with pytest.raises(Refused):
            deeds.approve(nobody, made)
    Sanction.objects.filter(pk=made.pk).update(handler=boss)
    with pytest.raises(Conflict):
        deeds.approve(boss, made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sanction.objects.filter(pk=made.pk).update(decided_by=boss, state="approved")
    other = examples.leader()
    assert deeds.approve(other, made).decided_by == other
    with pytest.raises(Refused):
        deeds.issue(make_officer(make_offices().other_office, "officer"), made)


def test_a_refusal_keeps_its_reason_and_ends_it(people: Any) -> None:
    """A new proposal can follow."""
    made = deeds.submit(people.keeper, examples.noticed(people.keeper), opinion="建议")
    with pytest.raises(Invalid):
        deeds.refuse(examples.leader(), made, reason=" ")
    made = deeds.refuse(examples.leader(), made, reason="证据不足")
    assert (made.state, made.refusal) == ("refused", "证据不足")
    examples.sanction(people.keeper, 2, medium=made.medium)


def test_a_suspension_is_proposed_to_the_authority_which_decides(people: Any) -> None:
    """It answers, the decision is published and shown in the register; lifting undoes that."""
    made = examples.issued(people.keeper, step="suspend")
    paper = papers_about(made).get(form="discipline.decision")
    assert paper.title.startswith("关于建议对海州广播电视台1采取暂停广告业务措施的函")
    assert not deeds.is_open(made, "publish")
    with pytest.raises(Conflict):
        deeds.set_status(people.head, made)
    deeds.tell_authority(people.keeper, made, authority="海州市文化广电和旅游局", told_on=TODAY())
    made = deeds.record_answer(people.keeper, made, answer="taken", answered_on=TODAY())
    assert made.publication_due is not None
    assert deeds.set_status(people.head, made).status == "suspended"
    deeds.publish(people.keeper, made, where="局网站", published_on=TODAY())
    made = deeds.lift(examples.leader(), made, reason="整改到位")
    assert made.state == "lifted"
    made.medium.refresh_from_db()
    assert made.medium.status == "active"
    assert selectors.steps_taken(made.medium) == [("suspend", TODAY())]


def test_revoking_asks_for_a_filed_case(people: Any) -> None:
    """Today's form of the last step is a penalty in a case."""
    made = deeds.submit(people.keeper, examples.noticed(people.keeper, step="revoke"), opinion="x")
    with pytest.raises(Invalid) as refused:
        deeds.approve(examples.leader(), made)
    assert "case_number" in refused.value.fields
    assert deeds.approve(examples.leader(), made, case_number="海市监处〔2026〕8号").case_number


@pytest.mark.parametrize(
    ("code", "run"),
    [
        ("notice", lambda who, row: deeds.give_notice(who, row)),
        ("submit", lambda who, row: deeds.submit(who, row, opinion="x")),
        ("issue", lambda who, row: deeds.issue(who, row)),
        ("lift", lambda who, row: deeds.lift(who, row, reason="x")),
        ("publish", lambda who, row: deeds.publish(who, row, where="x", published_on=TODAY())),
    ],
)
def test_a_step_out_of_turn_is_refused(people: Any, code: str, run: Any) -> None:
    """In every state but its own, and to officers of other offices."""
    made = examples.sanction(people.keeper)
    boss = examples.leader()
    if code != "notice":
        with pytest.raises(Conflict):
            run(boss if code == "lift" else people.keeper, made)
    with pytest.raises(Refused):
        run(people.elsewhere, made)


def test_days_that_cannot_be_are_refused(people: Any) -> None:
    """Before the notice, or to come."""
    made = deeds.give_notice(people.keeper, examples.sanction(people.keeper))
    for wrong in (date(2026, 1, 1), TODAY() + timedelta(days=1)):
        with pytest.raises(Invalid):
            deeds.record_reply(people.keeper, made, reply="x", replied_on=wrong)


def test_only_one_step_is_under_way_on_a_medium(people: Any) -> None:
    """A second proposal waits for the first."""
    made = examples.sanction(people.keeper)
    with pytest.raises(Conflict):
        examples.sanction(people.keeper, 2, medium=made.medium)


def test_what_waits_for_the_bureau_is_listed(people: Any) -> None:
    """A reply period that ended, a term that passed, a publication that is due."""
    assert not selectors.sanctions_due(people.keeper, TODAY()).exists()
    made = examples.issued(people.keeper, step="rectify")
    assert not selectors.sanctions_due(people.keeper, TODAY()).exists()
    Sanction.objects.filter(pk=made.pk).update(term_until=TODAY() - timedelta(days=1))
    assert list(selectors.sanctions_due(people.keeper, TODAY())) == [made]
    deeds.record_rectified(people.keeper, made, report="已下架", rectified_on=TODAY())
    assert not selectors.sanctions_due(people.keeper, TODAY()).exists()
