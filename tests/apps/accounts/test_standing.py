"""What a bureau has done every night from the day it is opened."""

from __future__ import annotations

from datetime import date

import pytest

from tests.apps.people import LONG_AGO, make_offices
from zhixing.apps.accounts.actions.manage_offices import close_office, open_office
from zhixing.apps.brands.actions.schedule_sweeps import nightly_sweep
from zhixing.apps.chains.actions.check_chains import check_area
from zhixing.apps.trademarks.actions.find_reminders import find_reminders
from zhixing.kit.actors import SystemActor
from zhixing.kit.jobs.api import Schedule

ACTOR = SystemActor("test")


@pytest.mark.django_db(transaction=True)
def test_a_bureau_is_swept_checked_and_reminded_by_itself() -> None:
    """Sweep, check of chains and reminders; a field office is part of its bureau; closed, none."""
    parent = make_offices().bureau
    values = {"parent": parent, "opened_on": LONG_AGO}
    bureau = open_office(ACTOR, code="379903", name="江北区局", kind="county", **values)
    open_office(ACTOR, code="37990301", name="江北所", kind="office", **values)
    rows = Schedule.objects.filter(is_enabled=True)
    wanted = {task.module_path for task in (nightly_sweep, check_area, find_reminders)}
    assert set(rows.values_list("task", flat=True)) == wanted
    assert set(rows.values_list("unit_path", flat=True)) == {bureau.path}
    close_office(ACTOR, bureau, on=date(2026, 1, 1), successor=parent, reason="机构改革")
    assert not rows.exists()
