"""Transfers of suspected crimes: who, in which order, by which clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.apps.protection import examples
from zhixing.apps.protection import selectors
from zhixing.apps.protection.actions import transfer_crime as deeds
from zhixing.kit.errors import Conflict, Invalid, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Any:
    return examples.cast()


def _reported(people: Any, number: int = 0) -> Any:
    return examples.transfer(people.keeper, people.colleague, number)


def test_a_report_needs_two_officers_of_the_office(people: Any) -> None:
    """One officer, the same twice, one of another office: refused by field."""
    file = examples.file(people.keeper, 1)
    for team in (
        [people.keeper],
        [people.keeper, people.keeper],
        [people.keeper, people.elsewhere],
        [people.keeper, people.stranger],
    ):
        with pytest.raises(Invalid) as refused:
            deeds.report_transfer(people.keeper, file, report="涉嫌犯罪", team=team)
        assert "team" in refused.value.fields


def test_a_report_keeps_the_comparison_of_its_day(people: Any) -> None:
    """Amounts entered later do not change what the head was shown."""
    file = examples.file(people.keeper, 1)
    examples.fact(people.keeper, file, "sales", 60_000)
    transfer = examples.transfer(people.keeper, people.colleague, 0, file=file)
    examples.fact(people.keeper, file, "sales", 90_000)
    transfer.refresh_from_db()
    assert [(line["found"], line["is_reached"]) for line in transfer.reasons] == [("60000", True)]


def test_only_one_transfer_of_a_file_is_under_way(people: Any) -> None:
    """A second report waits until the first is refused."""
    file = examples.file(people.keeper, 1)
    first = examples.transfer(people.keeper, people.colleague, 0, file=file)
    with pytest.raises(Conflict):
        examples.transfer(people.keeper, people.colleague, 0, file=file)
    deeds.refuse_transfer(people.head, first, reason="证据不足")
    assert examples.transfer(people.keeper, people.colleague, 0, file=file).pk != first.pk


def test_the_head_decides_and_nobody_else(people: Any) -> None:
    """The officer who reported may not approve; a refusal has its reason."""
    transfer = _reported(people)
    for officer in (people.keeper, people.elsewhere, people.stranger):
        with pytest.raises(Refused):
            deeds.approve_transfer(officer, transfer)
        with pytest.raises(Refused):
            deeds.refuse_transfer(officer, transfer, reason="否")
    with pytest.raises(Invalid):
        deeds.refuse_transfer(people.head, transfer, reason="")
    refused = deeds.refuse_transfer(people.head, transfer, reason="证据不足")
    assert (refused.state, refused.due_at) == ("refused", None)
    with pytest.raises(Conflict):
        deeds.approve_transfer(people.head, transfer)


def test_each_step_starts_the_next_clock(people: Any) -> None:
    """Three days, 24 hours, three days, three days, then nothing is due."""
    today = timezone.localdate()
    transfer = _reported(people)
    assert timezone.localdate(transfer.due_at) == today + timedelta(days=3)
    with pytest.raises(Conflict):
        deeds.hand_over(people.keeper, transfer, police="市公安局")
    approved = deeds.approve_transfer(people.head, transfer)
    assert approved.due_at - approved.decided_at == timedelta(hours=24)
    with pytest.raises(Invalid):
        deeds.hand_over(people.keeper, transfer, police=" ")
    handed = deeds.hand_over(people.keeper, transfer, police="市公安局经侦支队")
    assert timezone.localdate(handed.due_at) == today + timedelta(days=3)
    for wrong in (today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(Invalid):
            deeds.record_answer(
                people.keeper, transfer, is_filed=True, answered_on=wrong, answer="立案"
            )
    answered = deeds.record_answer(
        people.keeper, transfer, is_filed=True, answered_on=today, answer="立案决定书1号"
    )
    assert answered.state == "filed"
    assert answered.due_at is not None
    done = deeds.finish_transfer(people.keeper, transfer, note="物品已移交")
    assert (done.due_at, done.was_late) == (None, False)
    with pytest.raises(Conflict):
        deeds.finish_transfer(people.keeper, transfer, note="再")


def test_a_step_after_its_time_marks_the_transfer_late(people: Any) -> None:
    """Approved on the fourth day: late, and overdue until then; the police's delay is theirs."""
    transfer = _reported(people, number=24 * 4)
    now = timezone.now()
    assert list(selectors.transfers_overdue(people.keeper, now)) == [transfer]
    assert deeds.approve_transfer(people.head, transfer).was_late
    assert list(selectors.transfers_overdue(people.keeper, now)) == []
    other = _reported(people, number=1)
    deeds.approve_transfer(people.head, other)
    handed = deeds.hand_over(people.keeper, other, police="市公安局")
    handed.due_at = now - timedelta(days=2)
    handed.save()
    answered = deeds.record_answer(
        people.keeper, other, is_filed=False, answered_on=timezone.localdate(), answer="不予立案"
    )
    assert (answered.state, answered.was_late) == ("not_filed", False)
