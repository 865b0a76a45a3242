"""Work that stands: in force in a bureau from its first day, switched off and on by its head."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.apps.people import make_officer, make_offices
from tests.kit.jobs.sample_tasks import ACTOR, tick
from zhixing.apps.accounts.api import Role
from zhixing.kit.errors import Refused
from zhixing.kit.jobs import standing
from zhixing.kit.jobs.api import (
    Schedule,
    Standing,
    covering_schedule,
    end_standing,
    put_all_standing,
    put_standing,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nightly(monkeypatch: pytest.MonkeyPatch) -> None:
    """One piece of work, at half past one."""
    monkeypatch.setattr(standing, "_standing", {})
    standing.register_standing(Standing("Night work", tick, time(1, 30)))


def test_it_is_put_in_force_once_and_covers_the_offices_below() -> None:
    """From tomorrow, at its hour; a field office is covered by its bureau."""
    offices = make_offices()
    put_all_standing(offices.district.path)
    put_all_standing(offices.district.path)
    schedule = Schedule.objects.get()
    assert timezone.localtime(schedule.next_run).time() == time(1, 30)
    assert schedule.params == {"unit_path": offices.district.path}
    assert covering_schedule(tick, offices.office.path) == schedule
    assert covering_schedule(tick, offices.bureau.path) is None
    put_standing(ACTOR, tick, offices.office.path)
    nearest = covering_schedule(tick, offices.office.path)
    assert nearest is not None
    assert nearest.unit_path == offices.office.path


def test_two_offices_of_one_name_have_one_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is told apart by its path."""
    offices = make_offices()
    for unit in (offices.office, offices.other_office):
        unit.name = "城关所"
        unit.save()
        put_standing(ACTOR, tick, unit.path)
    assert {row.unit_path for row in Schedule.objects.all()} == {
        offices.office.path, offices.other_office.path,
    }  # fmt: skip


def test_only_the_head_switches_it_and_a_closed_office_has_none() -> None:
    """An officer may not, nor the head of another office; put again it is switched on again."""
    offices = make_offices()
    path = offices.office.path
    put_standing(ACTOR, tick, path)
    for refused in (
        make_officer(offices.office, Role.OFFICER), make_officer(offices.other_office, Role.HEAD)
    ):  # fmt: skip
        with pytest.raises(Refused):
            put_standing(refused, tick, path)
    end_standing(path)
    assert covering_schedule(tick, path) is None
    head = make_officer(offices.office, Role.HEAD)
    assert put_standing(head, tick, path).is_enabled
    assert Schedule.objects.count() == 1


def test_the_page_of_jobs_switches_it_off_and_on(client: Client) -> None:
    """The head has the button; an officer has not and is refused; elsewhere it is not found."""
    offices = make_offices()
    put_standing(ACTOR, tick, offices.office.path)
    schedule = Schedule.objects.get()
    url = reverse("jobs:switch_schedule", args=[schedule.pk])

    def post(officer: Any, **values: str) -> int:
        client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
        assert (url in client.get(reverse("jobs:jobs")).content.decode()) == (officer == head)
        return client.post(url, values).status_code

    head = make_officer(offices.office, Role.HEAD)
    assert post(make_officer(offices.office, Role.OFFICER)) == 403
    assert post(make_officer(offices.other_office, Role.HEAD)) == 404
    assert post(head) == 302
    schedule.refresh_from_db()
    assert not schedule.is_enabled
    assert post(head, on="1") == 302
    schedule.refresh_from_db()
    assert schedule.is_enabled
