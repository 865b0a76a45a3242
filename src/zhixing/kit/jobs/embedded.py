"""Workers as child processes: beside an embedded server, or several for more jobs at a time.

Nothing here needs Django, so that the process which only looks after the others stays small.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
LOOK_UP_EVERY = 0.2
# What a job gets to reach its next progress call; after that its lease brings it back.
PATIENCE = 15.0


def start_embedded_worker() -> subprocess.Popen[bytes]:
    """Start a supervised `zhixing worker` as a child that ends when this process does."""
    return subprocess.Popen(_command("--supervised"), stdin=subprocess.DEVNULL)


def supervise(count: int, options: Sequence[str] = (), *, parent: int | None = None) -> int:
    """Run `count` workers until SIGTERM or SIGINT; one that dies is started again.

    Args:
        options: further options of each `zhixing worker`.
        parent: end when this process is gone.

    Returns:
        0 when stopped, or when every worker ended by itself without an error.
    """
    is_stopped = False

    def stop(*_signal: object) -> None:
        nonlocal is_stopped
        is_stopped = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    children = [_Child(options) for _number in range(count)]
    try:
        while not is_stopped and (parent is None or os.getppid() == parent):
            ended = [child.has_ended() for child in children]
            if all(ended):
                break
            time.sleep(LOOK_UP_EVERY)
    finally:
        _end(children)
    return 0


class _Child:
    """One worker process and its successors."""

    def __init__(self, options: Sequence[str]) -> None:
        self._command = _command(*options)
        self._pause = FIRST_PAUSE
        self._restart_at = 0.0
        self._start()

    def _start(self) -> None:
        self._started = time.monotonic()
        self.process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL)

    def has_ended(self) -> bool:
        """Whether the work is done; a worker that died gets a successor, later each time."""
        code = self.process.poll()
        if code is None:
            self._restart_at = 0.0
            return False
        if code == 0:
            return True
        now = time.monotonic()
        if not self._restart_at:
            lived_long = now - self._started > LONGEST_PAUSE
            self._pause = FIRST_PAUSE if lived_long else min(self._pause * 2, LONGEST_PAUSE)
            self._restart_at = now + self._pause
        elif now >= self._restart_at:
            self._start()
        return False


def _end(children: Sequence[_Child]) -> None:
    running = [child.process for child in children if child.process.poll() is None]
    for process in running:
        process.terminate()
    end = time.monotonic() + PATIENCE
    for process in running:
        try:
            process.wait(timeout=max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _command(*options: str) -> list[str]:
    return [sys.executable, "-m", "zhixing", "worker", "--parent", str(os.getpid()), *options]
