"""Deeds on jobs and schedules, and who may not do them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.people import make_officer, make_offices
from tests.kit.jobs.sample_tasks import ACTOR, break_down, tick
from zhixing.apps.accounts.api import Role
from zhixing.apps.audit.models import AuditEntry
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.jobs import queue
from zhixing.kit.jobs.api import (
    Job,
    Schedule,
    cancel,
    enqueue,
    jobs_visible,
    put_schedule,
    retry,
    run_inline,
    schedules_visible,
    switch_schedule,
)
from zhixing.kit.jobs.schedules import turn_after

SHANGHAI = ZoneInfo("Asia/Shanghai")


def put(actor: Any = ACTOR, task: Any = tick, **options: Any) -> Job:
    params = {"number": 1} if task is tick else {}
    return enqueue(task, actor=actor, label="work", params=params, **options)


@pytest.mark.django_db
def test_the_same_work_is_not_queued_twice_while_it_is_live() -> None:
    first = put(dedup_key="sweep:1")
    assert put(dedup_key="sweep:1").pk == first.pk
    assert put(dedup_key="sweep:2").pk != first.pk
    run_inline(first)
    assert put(dedup_key="sweep:1").pk != first.pk
    assert AuditEntry.objects.filter(deed="job.enqueue").count() == 3


@pytest.mark.django_db
def test_a_race_for_the_same_work_ends_with_one_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one looks before the first has written; the database settles it."""
    from zhixing.kit.jobs import actions

    first = put(dedup_key="sweep:1")
    looks = iter([None, first])
    monkeypatch.setattr(actions, "_live", lambda key: next(looks))
    assert put(dedup_key="sweep:1").pk == first.pk
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_a_job_belongs_to_the_office_of_whoever_queued_it() -> None:
    offices = make_offices()
    officer = make_officer(offices.office, Role.OFFICER)
    job = put(officer)
    assert (job.unit_path, job.created_by) == (offices.office.path, officer)


@pytest.mark.django_db
def test_nobody_queues_work_for_an_office_that_is_none_of_theirs() -> None:
    offices = make_offices()
    officer = make_officer(offices.office, Role.OFFICER)
    for path in (offices.other_office.path, offices.district.path, ""):
        with pytest.raises(Refused):
            put(officer, unit_path=path)
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_jobs_are_seen_in_ones_own_offices_and_wherever_one_started_them() -> None:
    offices = make_offices()
    officer = make_officer(offices.office, Role.OFFICER)
    neighbour = make_officer(offices.other_office, Role.OFFICER)
    head = make_officer(offices.district, Role.HEAD)
    auditor = make_officer(offices.office, Role.AUDITOR)
    job = put(officer)
    assert list(jobs_visible(officer)) == [job]
    assert list(jobs_visible(head)) == [job]
    assert list(jobs_visible(neighbour)) == []
    assert list(jobs_visible(auditor)) == [], "the auditor sees the book, not the business"
    own = put(auditor)
    assert list(jobs_visible(auditor)) == [own]


@pytest.mark.django_db
def test_only_the_starter_or_the_head_cancels_or_tries_again() -> None:
    offices = make_offices()
    starter = make_officer(offices.office, Role.OFFICER)
    colleague = make_officer(offices.office, Role.OFFICER)
    head = make_officer(offices.office, Role.HEAD)
    other_head = make_officer(offices.other_office, Role.HEAD)
    job = put(starter)
    for stranger in (colleague, other_head):
        with pytest.raises(Refused):
            cancel(stranger, job)
    assert cancel(head, job).state == Job.State.CANCELLED
    for stranger in (colleague, other_head):
        with pytest.raises(Refused):
            retry(stranger, job)
    assert retry(starter, job).state == Job.State.WAITING
    deeds = AuditEntry.objects.filter(deed__startswith="job.").order_by("sequence")
    assert [(entry.deed, entry.actor) for entry in deeds] == [
        ("job.enqueue", starter),
        ("job.cancel", head),
        ("job.retry", starter),
    ]


@pytest.mark.django_db
def test_the_system_s_own_job_is_nobody_s_own() -> None:
    """An officer does not own a job merely because both have no officer behind them."""
    offices = make_offices()
    job = put(unit_path=offices.office.path)
    assert job.created_by is None
    with pytest.raises(Refused):
        cancel(make_officer(offices.office, Role.OFFICER), job)


@pytest.mark.django_db
def test_an_ended_job_cannot_be_cancelled_and_a_finished_one_not_tried_again() -> None:
    job = run_inline(put())
    with pytest.raises(Conflict, match="ended already: Done"):
        cancel(ACTOR, job)
    with pytest.raises(Conflict, match="Only a failed or cancelled"):
        retry(ACTOR, job)


@pytest.mark.django_db
def test_a_failed_job_is_not_tried_again_beside_its_successor() -> None:
    failed = run_inline(put(task=break_down, dedup_key="sweep:1"))
    successor = put(task=break_down, dedup_key="sweep:1")
    with pytest.raises(Conflict, match=f"under way as job {successor.pk}"):
        retry(ACTOR, failed)


@pytest.mark.django_db
def test_progress_is_no_deed() -> None:
    put()
    before = AuditEntry.objects.count()
    job = queue.claim("a:1")
    assert job is not None
    from zhixing.kit.jobs.context import JobContext

    JobContext(job).progress(1, 2)
    assert AuditEntry.objects.count() == before


def schedule_for(unit_path: str, actor: Any = ACTOR, **changes: Any) -> Schedule:
    starts = datetime(2026, 1, 1, 3, tzinfo=SHANGHAI)
    wanted = {"every": "day", "starts": starts, "params": {"number": 1}, **changes}
    return put_schedule(actor, name="nightly", task=tick, unit_path=unit_path, **wanted)


@pytest.mark.django_db
def test_a_schedule_is_set_up_once_and_changed_by_its_name() -> None:
    path = make_offices().district.path
    first = schedule_for(path)
    assert schedule_for(path).pk == first.pk
    assert AuditEntry.objects.filter(deed="schedule.put").count() == 1, "nothing changed"
    changed = schedule_for(path, every="week")
    assert (changed.pk, changed.every) == (first.pk, "week")
    entry = AuditEntry.objects.filter(deed="schedule.put").first()
    assert entry is not None
    assert json.loads(entry.body)["before"]["every"] == "day"
    with pytest.raises(Invalid, match="got “yearly”"):
        schedule_for(path, every="yearly")


@pytest.mark.django_db
def test_schedules_belong_to_those_who_head_the_office() -> None:
    offices = make_offices()
    schedule = schedule_for(offices.office.path)
    stranger = make_officer(offices.other_office, Role.HEAD)
    officer = make_officer(offices.office, Role.OFFICER)
    for refused in (stranger, officer):
        with pytest.raises(Refused):
            switch_schedule(refused, schedule, on=False)
        with pytest.raises(Refused):
            schedule_for(offices.office.path, actor=refused, every="hour")
    with pytest.raises(Refused):
        schedule_for(offices.other_office.path, actor=stranger)
    assert list(schedules_visible(officer)) == [schedule]
    assert list(schedules_visible(stranger)) == []
    head = make_officer(offices.office, Role.HEAD)
    assert not switch_schedule(head, schedule, on=False).is_enabled


@pytest.mark.django_db
def test_a_schedule_out_of_force_queues_nothing_and_makes_nothing_up() -> None:
    from zhixing.kit.jobs.schedules import queue_due

    schedule = schedule_for("")
    Schedule.objects.update(next_run=timezone.now() - timedelta(days=3), is_enabled=False)
    assert queue_due() == 0
    schedule.refresh_from_db()
    assert switch_schedule(ACTOR, schedule, on=True).next_run > timezone.now()
    assert queue_due() == 0


@pytest.mark.django_db
def test_a_turn_is_left_out_while_the_last_one_is_at_work() -> None:
    from zhixing.kit.jobs.schedules import queue_due

    schedule_for("")
    for _turn in range(2):
        Schedule.objects.update(next_run=timezone.now())
        queue_due()
    assert Job.objects.count() == 1


def test_a_monthly_turn_keeps_its_day_after_a_short_month() -> None:
    """The 31st becomes the 28th in February and is the 31st again in March."""
    first = datetime(2026, 1, 31, 3, 30, tzinfo=SHANGHAI)
    turns, now = [], first
    for _month in range(4):
        now = turn_after(first, "month", now)
        turns.append((now.month, now.day, now.hour, now.minute))
    assert turns == [(2, 28, 3, 30), (3, 31, 3, 30), (4, 30, 3, 30), (5, 31, 3, 30)]


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        ("hour", datetime(2026, 3, 4, 12, 15, tzinfo=SHANGHAI)),
        ("day", datetime(2026, 3, 5, 3, 15, tzinfo=SHANGHAI)),
        ("week", datetime(2026, 3, 9, 3, 15, tzinfo=SHANGHAI)),
        ("month", datetime(2026, 4, 1, 3, 15, tzinfo=SHANGHAI).replace(day=2)),
    ],
)
def test_the_next_turn_of_each_rhythm(every: str, expected: datetime) -> None:
    """First on Monday 2 February 2026, 03:15; asked on Wednesday 4 March, 11:20."""
    first = datetime(2026, 2, 2, 3, 15, tzinfo=SHANGHAI)
    assert turn_after(first, every, datetime(2026, 3, 4, 11, 20, tzinfo=SHANGHAI)) == expected


EPOCH = datetime(2020, 1, 1, tzinfo=SHANGHAI)
INSTANTS = st.integers(0, 20 * 365 * 24 * 60).map(
    lambda minutes: EPOCH + timedelta(minutes=minutes)
)


@given(INSTANTS, INSTANTS, st.sampled_from(Schedule.Every.values))
def test_the_next_turn_is_the_first_after_now(first: datetime, now: datetime, every: str) -> None:
    """Compared with walking from turn to turn."""
    turn = turn_after(first, every, now)
    assert turn > now or turn == first
    longest = {"hour": 1 / 24, "day": 1, "week": 7, "month": 31}[every]
    if turn > first:
        assert turn - now <= timedelta(days=longest)
        assert turn_after(first, every, turn - timedelta(microseconds=1)) == turn
