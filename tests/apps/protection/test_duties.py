"""What the desk shows of trade-mark protection."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.apps.protection import examples
from zhixing.apps.protection.duties import duties

pytestmark = pytest.mark.django_db


def test_answers_and_steps_due_are_named_to_their_office_only() -> None:
    """An open request and a transfer under way, each by its day."""
    people = examples.cast()
    request = examples.request(people.keeper, 1)
    transfer = examples.transfer(people.keeper, people.colleague, 1)
    assert request.waiting_until is not None
    assert transfer.due_at is not None
    step_day = timezone.localdate(transfer.due_at)
    until = max(request.waiting_until, step_day)
    found = {(duty.due_on, duty.url) for duty in duties(people.keeper, until, 10)}
    assert found == {
        (request.waiting_until, request.get_absolute_url()),
        (step_day, transfer.get_absolute_url()),
    }
    before = min(request.waiting_until, step_day) - timedelta(days=1)
    assert list(duties(people.keeper, before, 10)) == []
    assert list(duties(people.elsewhere, until, 10)) == []
