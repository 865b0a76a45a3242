"""The worker: takes jobs one after another until it is told to stop."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from types import FrameType

from django.db import Error, close_old_connections, connection

from zhixing.kit.jobs import queue, schedules
from zhixing.kit.jobs.running import run_claimed, worker_name

logger = logging.getLogger(__name__)

IDLE = 1.0
# After the database did not answer.
TROUBLE = 5.0
LOOK_UP_EVERY = 0.1


class Worker:
    """Runs jobs in this process. SIGTERM and SIGINT give a running job back to the queue."""

    def __init__(self, *, parent: int | None = None) -> None:
        # A plain flag: a signal handler that sets a `threading.Event` can block on its lock.
        self._is_stopped = False
        self._parent = parent

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """End after the running job's next progress call."""
        self._is_stopped = True

    def run(self, *, until_empty: bool = False, once: bool = False) -> int:
        """Take jobs until stopped; returns how many were taken.

        Args:
            until_empty: end when no job is due and none runs, here or elsewhere.
            once: end after one job, or at once if none is due.
        """
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, self.stop)
            signal.signal(signal.SIGINT, self.stop)
        taken = 0
        while not self._should_stop():
            try:
                took = self._turn()
                taken += took
                if once or (until_empty and not took and queue.is_idle()):
                    break
                pause = 0.0 if took else IDLE
            except Error:
                if once or until_empty:
                    raise
                logger.exception("the database did not answer; the worker goes on trying")
                connection.close()
                pause = TROUBLE
            self._wait(pause)
        return taken

    def _turn(self) -> bool:
        close_old_connections()
        schedules.queue_due()
        job = queue.claim(worker_name())
        if job is not None:
            run_claimed(job, stopping=self._should_stop)
        return job is not None

    def _wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self._should_stop():
            time.sleep(LOOK_UP_EVERY)

    def _should_stop(self) -> bool:
        """Also when the process that started this worker is gone."""
        return self._is_stopped or (self._parent is not None and os.getppid() != self._parent)
