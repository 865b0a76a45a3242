"""Assign, take, decide, take back: who may, in which order, with which reason."""

from __future__ import annotations

import pytest

from tests.apps.leads import examples
from tests.apps.people import make_officer
from zhixing.apps.leads import selectors
from zhixing.apps.leads.api import assign_lead, dispose_lead, reopen_lead, take_lead
from zhixing.engines.rates import wilson
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.history import entries_for

pytestmark = pytest.mark.django_db


def test_only_a_head_assigns_and_only_to_officers_of_the_office() -> None:
    """An officer cannot assign; nobody who could not check the lead is given it."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    with pytest.raises(Refused):
        assign_lead(people.keeper, lead, people.colleague)
    gone = make_officer(people.keeper.unit, "officer")
    gone.is_active = False
    for unfit in (people.elsewhere, people.stranger, gone):
        with pytest.raises(Invalid) as refused:
            assign_lead(people.head, lead, unfit)
        assert str(unfit) in refused.value.fields["officer"][0]
    assert assign_lead(people.head, lead, people.colleague).assignee == people.colleague


@pytest.mark.parametrize("who", ["elsewhere", "stranger"])
def test_whoever_is_not_of_the_office_can_do_nothing(who: str) -> None:
    """Another office's officer, and an auditor, neither take nor decide."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    outsider = getattr(people, who)
    with pytest.raises(Refused):
        take_lead(outsider, lead)
    with pytest.raises(Refused):
        dispose_lead(outsider, lead, disposition="dismissed", reason="无关")


def test_a_lead_that_is_being_checked_stays_with_its_officer() -> None:
    """The second officer is told who is at it."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    take_lead(people.keeper, lead)
    with pytest.raises(Conflict, match=str(people.keeper)):
        take_lead(people.colleague, lead)


def test_a_decision_needs_a_reason_and_a_known_word() -> None:
    """An empty reason and an unknown decision are refused; the lead stays open."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    with pytest.raises(Invalid):
        dispose_lead(people.keeper, lead, disposition="confirmed", reason="  ")
    with pytest.raises(Invalid, match="closed"):
        dispose_lead(people.keeper, lead, disposition="closed", reason="好")
    lead.refresh_from_db()
    assert lead.is_open


def test_the_second_decision_is_refused_and_names_the_first() -> None:
    """Of two officers deciding at once, one decides and the other is told."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    dispose_lead(people.keeper, lead, disposition="confirmed", reason="属实")
    with pytest.raises(Conflict, match=str(people.keeper)):
        dispose_lead(people.colleague, lead, disposition="dismissed", reason="不属实")
    assert [entry.deed for entry in entries_for(lead)] == ["lead.dispose"]


def test_a_decision_is_taken_back_by_its_officer_or_the_head() -> None:
    """A colleague may not; decision and withdrawal both stay in the change log."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    lead = dispose_lead(people.keeper, lead, disposition="confirmed", reason="属实")
    with pytest.raises(Refused):
        reopen_lead(people.colleague, lead, reason="看错了")
    with pytest.raises(Invalid):
        reopen_lead(people.keeper, lead, reason="")
    reopened = reopen_lead(people.head, lead, reason="证据不足")
    assert (reopened.is_open, reopened.disposition) == (True, "")
    log = entries_for(reopened)
    assert [entry.deed for entry in log] == ["lead.reopen", "lead.dispose"]
    assert log[0].before["disposition"] == "confirmed"


def test_decisions_are_counted_per_engine_version_with_their_interval() -> None:
    """Confirmed, corrected and referred are justified; open leads say nothing yet."""
    people = examples.cast()
    path = people.keeper.unit_path
    for number, disposition in enumerate(["confirmed", "corrected", "referred", "dismissed"]):
        lead = examples.lead(path, number)
        dispose_lead(people.keeper, lead, disposition=disposition, reason="查")
    examples.lead(path, 10)
    examples.lead(path, 11, method_version="2")
    examples.lead(people.elsewhere.unit_path, 12)
    first, second = selectors.engine_quality(people.keeper)
    assert (first.method_version, first.raised, first.decided, first.justified) == ("1", 5, 4, 3)
    assert (first.precision, first.interval) == (0.75, wilson(3, 4))
    assert (second.method_version, second.precision) == ("2", None)


def test_a_probability_says_what_it_meant_so_far() -> None:
    """Only decided leads of like probability and the same monitor count."""
    people = examples.cast()
    path = people.keeper.unit_path
    for number, (probability, disposition) in enumerate(
        [(0.88, "confirmed"), (0.92, "dismissed"), (0.5, "confirmed")]
    ):
        lead = examples.lead(path, number, probability=probability)
        dispose_lead(people.keeper, lead, disposition=disposition, reason="查")
    meaning = selectors.meaning_of(people.keeper, examples.lead(path, 9, probability=0.9))
    assert (meaning.justified, meaning.decided) == (1, 2)


def test_like_leads_are_the_decided_ones_nearest_in_score() -> None:
    """Open leads and leads of another kind are no precedent."""
    people = examples.cast()
    path = people.keeper.unit_path
    decided = []
    for number, score in enumerate([0.1, 0.8, 0.85, 0.95]):
        lead = examples.lead(path, number, score=score)
        decided.append(dispose_lead(people.keeper, lead, disposition="dismissed", reason="查"))
    examples.lead(path, 8, score=0.9)
    other = examples.lead(path, 9, score=0.9, kind="sound")
    dispose_lead(people.keeper, other, disposition="dismissed", reason="查")
    mine = examples.lead(path, 7, score=0.9)
    assert {lead.pk for lead in selectors.leads_like(people.keeper, mine, limit=3)} == {
        lead.pk for lead in decided[1:]
    }
