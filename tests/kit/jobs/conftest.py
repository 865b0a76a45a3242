"""Workers as processes of their own, on the database under test."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60.0
# Short enough that a test need not wait long for a dead worker's job.
LEASE_SECONDS = "2"

StartWorker = Callable[..., subprocess.Popen[str]]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are asserted in their English form."""
    with translation.override("en"):
        yield


def database_url() -> str:
    """The database under test as `ZHIXING_DATABASE_URL`."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    return f"postgresql://{at['USER']}@/{at['NAME']}?host={at['HOST']}"


def until(is_so: Callable[[], bool], what: str) -> None:
    """Wait for something another process does.

    Raises:
        AssertionError: it did not happen in time.
    """
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, f"waited {PATIENCE:.0f} s in vain for: {what}"
        time.sleep(0.05)


@pytest.fixture
def start_worker(transactional_db: None) -> Iterator[StartWorker]:
    """Starts `zhixing worker` with options; none of them outlives its test."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "zhixing.project.settings",
        "PYTHONPATH": str(ROOT),
        "ZHIXING_DATABASE_URL": database_url(),
        "ZHIXING_JOB_LEASE_SECONDS": LEASE_SECONDS,
    }
    started: list[subprocess.Popen[str]] = []

    def start(*options: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "zhixing", "worker", *options],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def ended_well(process: subprocess.Popen[str]) -> str:
    """What the process said, once it has ended without an error.

    Raises:
        AssertionError: it ended with an error, or not in time.
    """
    said, _nothing = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    return said
