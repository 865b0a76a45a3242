"""Making jobs of schedules whose time has come."""

from __future__ import annotations

import calendar
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from zhixing.kit.actors import SystemActor
from zhixing.kit.jobs.models import Schedule

STEPS = {
    Schedule.Every.HOUR: timedelta(hours=1),
    Schedule.Every.DAY: timedelta(days=1),
    Schedule.Every.WEEK: timedelta(weeks=1),
}


def queue_due() -> int:
    """Queue a job for each schedule that is due; returns how many.

    Two workers that see the same schedule compete for moving `next_run`; one wins and queues.
    Turns missed while no worker was up are made up once, not one by one; a turn that comes while
    the last one's job is still at work is left out.
    """
    from zhixing.kit.jobs.actions import enqueue_path

    now, queued = timezone.now(), 0
    for schedule in Schedule.objects.filter(is_enabled=True, next_run__lte=now):
        with transaction.atomic():
            turn = Schedule.objects.filter(
                pk=schedule.pk, next_run=schedule.next_run, is_enabled=True
            )
            if not turn.update(next_run=turn_after(schedule.starts, schedule.every, now)):
                continue
            enqueue_path(
                schedule.task,
                actor=SystemActor(f"schedule {schedule.name}"),
                label=schedule.name,
                params=schedule.params,
                dedup_key=f"schedule:{schedule.pk}",
                unit_path=schedule.unit_path,
            )
            queued += 1
    return queued


def turn_after(starts: datetime, every: str, now: datetime) -> datetime:
    """The first turn after `now` of a schedule that began at `starts`.

    Every turn keeps the local hour of the first; a monthly one keeps its day, or takes the last
    day of a month that is too short.
    """
    first, here = timezone.localtime(starts), timezone.localtime(now)
    if first > here:
        return first
    if every != Schedule.Every.MONTH:
        step = STEPS[Schedule.Every(every)]
        return first + ((here - first) // step + 1) * step
    months = (here.year - first.year) * 12 + here.month - first.month
    turn = _months_later(first, months)
    return turn if turn > here else _months_later(first, months + 1)


def _months_later(first: datetime, months: int) -> datetime:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    day = min(first.day, calendar.monthrange(year, month + 1)[1])
    return first.replace(year=year, month=month + 1, day=day)
