"""What the desk shows of the trade-mark services."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.apps.trademarks import examples
from zhixing.apps.trademarks.duties import duties
from zhixing.apps.trademarks.models import Cultivation, Reminder
from zhixing.kit.testing.suites import BACKEND

pytestmark = pytest.mark.django_db


def test_help_and_reminders_due_stand_on_the_desk_of_their_office_only() -> None:
    """What comes later, is done, or belongs to another office is left out."""
    people, today = examples.cast(), timezone.localdate()
    path = people.keeper.unit_path
    soon, late = today + timedelta(days=2), today + timedelta(days=40)
    asked = [examples.cultivation(path, number, help_asked_on=today) for number in (1, 2, 3)]
    for row, day in zip(asked, (soon, late, soon), strict=True):
        row.help_due_on = day
    asked[2].stage = Cultivation.Stage.FILED
    Cultivation.objects.bulk_update(asked, ["help_due_on", "stage"])
    for number, state in enumerate(("open", "told")):
        Reminder.objects.create(
            unit_path=path,
            kind="renewal",
            title=f"旧标{number}",
            due_on=today,
            state=state,
            told_on=today if state == "told" else None,
            channel="phone" if state == "told" else "",
            dedup_key=str(number),
            found_at=timezone.now(),
        )
    until = today + timedelta(days=3)
    found = [(duty.due_on, duty.title) for duty in duties(people.keeper, until, 10)]
    assert found == [(soon, "青禾1号"), (today, "旧标0")]
    assert list(duties(people.elsewhere, until, 10)) == []
    client = Client()
    client.force_login(people.keeper, backend=BACKEND)
    page = client.get(reverse("desk")).content.decode()
    assert page.index("旧标0") < page.index("青禾1号")
    client.force_login(people.elsewhere, backend=BACKEND)
    assert "旧标0" not in client.get(reverse("desk")).content.decode()
