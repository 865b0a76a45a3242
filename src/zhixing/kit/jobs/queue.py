"""The queue: claim a job with a lease, keep the lease, end the job."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import Error, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.kit.jobs.context import LEASE, JobContext, with_line
from zhixing.kit.jobs.models import Job

logger = logging.getLogger(__name__)

BEATS_PER_LEASE = 4
BACK_OFF = timedelta(seconds=10)
LONGEST_BACK_OFF = timedelta(hours=1)


def claim(worker: str, *, pk: int | None = None) -> Job | None:
    """Lease the next job for `worker`, or the job `pk` at once; None when nothing waits.

    A job whose lease ran out belonged to a worker that died; it is leased again until its
    failures are used up. SQLite's IMMEDIATE transaction keeps other claimers out, PostgreSQL
    skips rows that another claimer has locked.
    """
    now = timezone.now()
    # A plain read first: an idle worker that asks every second must not queue for SQLite's only
    # write lock.
    if not _claimable(now, pk).exists():
        return None
    _give_up_dead(now)
    with transaction.atomic():
        job = _lockable(_claimable(now, pk)).order_by("-priority", "pk").first()
        if job is None:
            return None
        if job.state == Job.State.RUNNING:
            job.failures += 1
            line = _("Taken over from %(worker)s, which fell silent.") % {"worker": job.worker}
            job.log = with_line(job.log, line)
        job.state = Job.State.RUNNING
        job.worker = worker
        job.attempt += 1
        job.lease_until = now + LEASE
        job.started = job.started or now
        job.save(
            update_fields=[
                "failures", "log", "state", "worker", "attempt", "lease_until", "started",
            ]
        )  # fmt: skip
    return job


def is_idle() -> bool:
    """Whether no job is due and none runs, here or elsewhere."""
    due = Q(state=Job.State.WAITING, run_after__lte=timezone.now())
    return not Job.objects.filter(due | Q(state=Job.State.RUNNING)).exists()


def _claimable(now: datetime, pk: int | None) -> QuerySet[Job]:
    waiting, abandoned = Q(state=Job.State.WAITING), Q(state=Job.State.RUNNING, lease_until__lt=now)
    if pk is not None:
        return Job.objects.filter(waiting | abandoned, pk=pk)
    return Job.objects.filter(waiting & Q(run_after__lte=now) | abandoned)


def _lockable(jobs: QuerySet[Job]) -> QuerySet[Job]:
    if connection.features.has_select_for_update_skip_locked:
        return jobs.select_for_update(skip_locked=True)
    return jobs


def _give_up_dead(now: datetime) -> None:
    """End jobs that died as often as they may, and cancelled ones whose worker is gone."""
    abandoned = Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=now)
    if not abandoned.exists():
        return
    abandoned.filter(cancel_requested=True).update(
        state=Job.State.CANCELLED, finished=now, lease_until=None
    )
    abandoned.filter(failures__gte=F("max_failures") - 1).update(
        state=Job.State.FAILED,
        failures=F("failures") + 1,
        finished=now,
        lease_until=None,
        error=_(
            "The worker ended without a word as often as a job allows. Ask the operator to look "
            "at the server's memory and log, then try again."
        ),
    )


@contextmanager
def kept_lease(context: JobContext) -> Iterator[None]:
    """Extend the lease from a second thread while the work runs."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(LEASE.total_seconds() / BEATS_PER_LEASE):
            try:
                held = context.held().update(lease_until=timezone.now() + LEASE)
            except Error:
                # The work holds SQLite's write lock, or the database is away: its own next write
                # renews the lease or finds it lost.
                logger.warning("job %s: a heartbeat could not be written", context.job.pk)
                connection.close()
                continue
            if not held:
                context.is_lost = True
                break
        connection.close()

    thread = threading.Thread(target=beat, name=f"lease of job {context.job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def finish(context: JobContext, result: Any) -> None:
    """Mark the job done, if this attempt still holds it."""
    context.write(
        state=Job.State.DONE, result=result, finished=timezone.now(), lease_until=None, error=""
    )


def cancelled(context: JobContext) -> None:
    """Mark the job cancelled."""
    context.write(state=Job.State.CANCELLED, finished=timezone.now(), lease_until=None)


def release(context: JobContext) -> None:
    """Put the job back for another worker; it goes on at its checkpoint."""
    context.write(state=Job.State.WAITING, lease_until=None, run_after=timezone.now())


def fail(context: JobContext, error: str, *, is_final: bool = False) -> None:
    """Count a failure; the job waits longer after each and ends when they are used up.

    Args:
        error: the sentence shown; after an empty line what an operator needs to find the cause.
        is_final: another attempt would fail the same way, or somebody watches who decides.
    """
    now, failures = timezone.now(), context.job.failures + 1
    kept: dict[str, Any] = {"failures": failures, "error": error, "lease_until": None}
    if is_final or failures >= context.job.max_failures:
        context.write(state=Job.State.FAILED, finished=now, **kept)
    else:
        pause = min(BACK_OFF * 2 ** (failures - 1), LONGEST_BACK_OFF)
        context.write(state=Job.State.WAITING, run_after=now + pause, **kept)
