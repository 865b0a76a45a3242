"""Deeds on jobs and schedules: queue, cancel, try again; set up, switch on and off."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks.base import Task

from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.jobs.models import Job, Schedule
from zhixing.kit.jobs.schedules import turn_after
from zhixing.kit.jobs.selectors import may_steer
from zhixing.kit.scope import is_within


def enqueue(
    task: Task[..., Any],
    *,
    actor: Actor,
    label: str,
    params: dict[str, Any],
    dedup_key: str = "",
    run_after: datetime | None = None,
    unit_path: str | None = None,
    max_failures: int = 3,
    priority: int | None = None,
) -> Job:
    """Queue a task; a live job with the same key is returned instead of a second one.

    Whether the actor may do what the task does is for the calling action to ask; here only the
    office is checked.

    Args:
        params: JSON values, handed to the task as keyword arguments after its context.
        dedup_key: what makes two jobs the same work; empty for no such check.
        unit_path: the office whose officers may see it; default: the actor's.
        max_failures: how often it may fail or lose its worker before it ends as failed.
        priority: higher goes first; default: the task's.

    Raises:
        Refused: the office is none of the actor's.
    """
    return enqueue_path(
        task.module_path,
        actor=actor,
        label=label,
        params=params,
        dedup_key=dedup_key,
        run_after=run_after,
        unit_path=unit_path,
        max_failures=max_failures,
        priority=task.priority if priority is None else priority,
    )


def enqueue_path(
    path: str,
    *,
    actor: Actor,
    label: str,
    params: dict[str, Any],
    dedup_key: str = "",
    run_after: datetime | None = None,
    unit_path: str | None = None,
    max_failures: int = 3,
    priority: int = 0,
) -> Job:
    """`enqueue` for a task known by its dotted path, as schedules know theirs."""
    job = Job(
        task=path,
        label=label[:200],
        params=params,
        dedup_key=dedup_key,
        unit_path=actor.unit_path if unit_path is None else unit_path,
        run_after=run_after or timezone.now(),
        created_by_id=actor.actor_id,
        max_failures=max_failures,
        priority=priority,
    )
    _require_office(actor, job.unit_path)
    if (live := _live(dedup_key)) is not None:
        return live
    try:
        with deed(actor, "job.enqueue") as act:
            job.save()
            act.obj = job
    except IntegrityError:
        # Somebody queued the same work between the look and the write.
        if (live := _live(dedup_key)) is None:
            raise
        return live
    return job


def _live(dedup_key: str) -> Job | None:
    if not dedup_key:
        return None
    return Job.objects.filter(dedup_key=dedup_key, state__in=Job.LIVE).first()


def _require_office(actor: Actor, unit_path: str) -> None:
    own = unit_path == actor.unit_path
    if not own and not is_within(unit_path, actor.scope_paths):
        raise Refused(_("This office is none of yours; choose your own or one below it."))


@transaction.atomic
def cancel(actor: Actor, job: Job) -> Job:
    """Stop a job: at once while it waits, at its next progress while it runs.

    Raises:
        Refused: it is neither the actor's own nor of an office the actor heads.
        Conflict: it has ended already.
    """
    job = _steered(actor, job)
    if not job.is_live:
        raise Conflict(
            _("This job has ended already: %(state)s.") % {"state": job.get_state_display()}
        )
    with deed(actor, "job.cancel", job):
        job.cancel_requested = True
        if job.state == Job.State.WAITING:
            job.state, job.finished = Job.State.CANCELLED, timezone.now()
        job.save(update_fields=["cancel_requested", "state", "finished"])
    return job


@transaction.atomic
def retry(actor: Actor, job: Job) -> Job:
    """Queue a failed or cancelled job again; it goes on at its checkpoint.

    Raises:
        Refused: it is neither the actor's own nor of an office the actor heads.
        Conflict: it has not failed, or the same work is queued anew already.
    """
    job = _steered(actor, job)
    if job.state not in (Job.State.FAILED, Job.State.CANCELLED):
        raise Conflict(_("Only a failed or cancelled job can be tried again."))
    if (live := _live(job.dedup_key)) is not None:
        raise Conflict(
            _("The same work is under way as job %(number)s; wait for that one.")
            % {"number": live.pk}
        )
    with deed(actor, "job.retry", job):
        job.state, job.failures, job.error = Job.State.WAITING, 0, ""
        job.cancel_requested, job.finished, job.run_after = False, None, timezone.now()
        job.save()
    return job


def _steered(actor: Actor, job: Job) -> Job:
    """The job as it stands, locked, for an actor who may steer it."""
    if not may_steer(actor, job):
        raise Refused(_("Only the officer who started this job, or the office head, may do this."))
    return Job.objects.select_for_update().get(pk=job.pk)


@transaction.atomic
def put_schedule(
    actor: Actor,
    *,
    name: str,
    task: Task[..., Any],
    every: str,
    starts: datetime,
    unit_path: str,
    params: dict[str, Any] | None = None,
) -> Schedule:
    """Set a schedule up, or change the one of that name; an unchanged one is left alone.

    Args:
        every: one of `Schedule.Every`.
        starts: first turn; the later ones keep its local hour and its day of week or month.
        unit_path: the office its jobs belong to.

    Raises:
        Refused: the actor heads no such office.
        Invalid: `every` is unknown.
    """
    if every not in Schedule.Every.values:
        raise Invalid(
            _("Expected one of %(known)s, got “%(given)s”.")
            % {"known": ", ".join(Schedule.Every.values), "given": every}
        )
    wanted = {
        "task": task.module_path,
        "every": every,
        "starts": starts,
        "unit_path": unit_path,
        "params": params or {},
    }
    schedule = Schedule.objects.select_for_update().filter(name=name).first()
    for place in filter(None, (schedule, Schedule(unit_path=unit_path))):
        require(actor, "kit.steer_job", place)
    if schedule is not None and all(getattr(schedule, key) == wanted[key] for key in wanted):
        return schedule
    with deed(actor, "schedule.put", schedule) as act:
        act.obj = schedule = schedule or Schedule(name=name)
        for key, value in wanted.items():
            setattr(schedule, key, value)
        schedule.next_run = turn_after(starts, every, timezone.now())
        schedule.save()
    return schedule


def switch_schedule(actor: Actor, schedule: Schedule, *, on: bool) -> Schedule:
    """Put a schedule in or out of force; turns missed while it was out are not made up.

    Raises:
        Refused: the actor heads no such office.
    """
    require(actor, "kit.steer_job", schedule)
    with deed(actor, "schedule.switch", schedule):
        schedule.is_enabled = on
        schedule.next_run = turn_after(schedule.starts, schedule.every, timezone.now())
        schedule.save(update_fields=["is_enabled", "next_run"])
    return schedule
