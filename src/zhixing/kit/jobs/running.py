"""Running one claimed job, in a worker or inside a command."""

from __future__ import annotations

import logging
import os
import socket
import time
import traceback
from collections.abc import Callable
from typing import Any

from django.utils.module_loading import import_string
from django_tasks.base import Task
from django_tasks.utils import normalize_json

from zhixing.kit.errors import ProductError
from zhixing.kit.jobs import queue
from zhixing.kit.jobs.context import Cancelled, JobContext, LostLease, Released, Watch
from zhixing.kit.jobs.models import Job
from zhixing.kit.requests import request_id, set_request_id

logger = logging.getLogger(__name__)

FOLLOW_EVERY = 0.5


def worker_name() -> str:
    """Host and process, as the job's page shows it."""
    return f"{socket.gethostname()}:{os.getpid()}"[:80]


def run_claimed(
    job: Job,
    *,
    stopping: Callable[[], bool] = lambda: False,
    watch: Watch | None = None,
    is_watched: bool = False,
) -> None:
    """Do the work of a leased job and write how it ended; the work's own errors end here.

    Args:
        stopping: asked at each progress call; True gives the job back to the queue.
        watch: told each progress call.
        is_watched: somebody waits for the outcome, so a failure is not tried again by itself.
    """
    context = JobContext(job, stopping=stopping, watch=watch)
    before = request_id()
    set_request_id(f"job:{job.pk}:{job.attempt}")
    try:
        _attempt(context, is_watched)
    except LostLease as lost:
        logger.warning("%s was taken over by another worker", lost)
    finally:
        set_request_id(before)


def _attempt(context: JobContext, is_watched: bool) -> None:
    try:
        with queue.kept_lease(context):
            result = _work(context)
        queue.finish(context, result)
    except Cancelled:
        queue.cancelled(context)
    except Released:
        queue.release(context)
    except KeyboardInterrupt:
        queue.cancelled(context)
        raise
    except ProductError as error:
        # Refused, invalid, in conflict: the same attempt again would end the same way.
        queue.fail(context, str(error), is_final=True)
    except Exception as error:
        logger.exception("job %s failed", context.job.pk)
        text = f"{type(error).__name__}: {error}\n\n{traceback.format_exc(limit=-6)}"
        queue.fail(context, text, is_final=is_watched)


def _work(context: JobContext) -> Any:
    """Call the job's task; returns its result as JSON values.

    Raises:
        TypeError: the path names something that was not declared as a task, or the result
            cannot be kept as JSON.
    """
    task = import_string(context.job.task)
    if not isinstance(task, Task):
        raise TypeError(f"{context.job.task}: expected a task, found {type(task).__name__}")
    first = (context,) if task.takes_context else ()
    return normalize_json(task.func(*first, **context.job.params))


def run_inline(job: Job, watch: Watch | None = None) -> Job:
    """Run a waiting job in this process, e.g. under a progress bar; returns it as it ended.

    A job that a worker has already is followed until it ends. Ctrl-C cancels the job.
    """
    job.refresh_from_db()
    while job.is_live:
        claimed = queue.claim(worker_name(), pk=job.pk)
        if claimed is not None:
            run_claimed(claimed, watch=watch, is_watched=True)
        job.refresh_from_db()
        if claimed is None and job.is_live:
            if watch is not None:
                watch(job.done, job.total, job.message)
            time.sleep(FOLLOW_EVERY)
    return job
