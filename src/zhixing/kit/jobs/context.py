"""What a task is handed: progress, checkpoint, log; each write proves that it holds the lease."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from zhixing.kit.jobs.models import Job

# How long a worker may be silent before another takes its job.
LEASE = timedelta(seconds=float(os.environ.get("ZHIXING_JOB_LEASE_SECONDS", "30")))
LOG_LINES = 200
LOG_LINE_LENGTH = 500
# Progress is for people: writing it oftener than this only costs the database.
SHOWN_EVERY = 0.5

Watch = Callable[[int, int | None, str], None]


class Stop(BaseException):
    """The attempt ends here, by no fault of the work: `except Exception` in a task lets it pass."""


class Cancelled(Stop):
    """Somebody asked the job to stop."""


class Released(Stop):
    """The worker is shutting down; the job goes back to the queue with its checkpoint."""


class LostLease(Stop):
    """Another worker has the job by now; whatever this one still writes is refused."""


class JobContext:
    """The hand of one attempt at one job."""

    def __init__(
        self,
        job: Job,
        *,
        stopping: Callable[[], bool] = lambda: False,
        watch: Watch | None = None,
    ) -> None:
        self.job = job
        self.is_lost = False
        self._stopping = stopping
        self._watch = watch
        self._shown = 0.0

    @property
    def attempt(self) -> int:
        """Number of this attempt, from 1."""
        return self.job.attempt

    @property
    def restored(self) -> dict[str, Any] | None:
        """The checkpoint an earlier attempt left, or None when the work starts afresh."""
        return self.job.checkpoint

    def progress(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say how far the work is; written at most twice a second.

        Raises:
            Cancelled: an officer cancelled the job.
            Released: the worker is shutting down.
            LostLease: the lease ran out and another worker took over.
        """
        if self.is_lost:
            raise LostLease(self._name())
        if self._stopping():
            raise Released
        if self._watch is not None:
            self._watch(done, total, message)
        now = time.monotonic()
        if now - self._shown < SHOWN_EVERY and done != total:
            return
        self._shown = now
        self.write(done=done, total=total, message=message[:300])
        if self.held().filter(cancel_requested=True).exists():
            raise Cancelled

    def checkpoint(self, state: dict[str, Any]) -> None:
        """Keep what a successor needs to go on.

        Inside the work's own transaction it stands or falls with the work, so that a chunk and its
        checkpoint count once: `with transaction.atomic(): …; context.checkpoint(…)`.

        Raises:
            LostLease: the lease ran out and another worker took over; the transaction is undone.
        """
        self.write(checkpoint=state)
        self.job.checkpoint = state

    def log(self, text: str) -> None:
        """Add a line to the job's log; the oldest lines make room.

        Raises:
            LostLease: the lease ran out and another worker took over.
        """
        self.job.log = with_line(self.job.log, text)
        self.write(log=self.job.log)

    def write(self, **fields: Any) -> None:
        """Change the job's row if this attempt still holds it; its lease starts anew.

        A lease renewed inside a long transaction becomes visible with it: on SQLite nobody else
        can write meanwhile, not even the thread that keeps the lease.

        Raises:
            LostLease: it does not hold it.
        """
        fields.setdefault("lease_until", timezone.now() + LEASE)
        if not self.held().update(**fields):
            raise LostLease(self._name())

    def held(self) -> QuerySet[Job]:
        """The job's row, as long as this attempt holds it."""
        return Job.objects.filter(
            pk=self.job.pk,
            state=Job.State.RUNNING,
            worker=self.job.worker,
            attempt=self.job.attempt,
        )

    def _name(self) -> str:
        return f"job {self.job.pk}, attempt {self.job.attempt}"


def with_line(log: list[list[str]], text: str) -> list[list[str]]:
    """The log with one more line, `[ISO time, text]`, and no more than `LOG_LINES`."""
    return [*log, [timezone.now().isoformat(), text[:LOG_LINE_LENGTH]]][-LOG_LINES:]
