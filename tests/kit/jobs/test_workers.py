"""Real workers, killed and stopped in the middle of their work."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.kit.jobs.conftest import ROOT, StartWorker, ended_well, until
from tests.kit.jobs.sample_tasks import ACTOR, STEP, TICK, count_up, tick
from zhixing.apps.audit import api as audit
from zhixing.apps.audit.models import AuditEntry
from zhixing.kit.jobs import schedules
from zhixing.kit.jobs.api import Job, cancel, enqueue, put_schedule, run_inline


def numbers(deed: str) -> list[int]:
    """The numbers that the tasks wrote into the audit, in order of writing."""
    bodies = (
        AuditEntry.objects.filter(deed=deed).order_by("sequence").values_list("body", flat=True)
    )
    return [json.loads(body)["detail"]["number"] for body in bodies]


def queue_count(upto: int, pause: float = 0.0) -> Job:
    return enqueue(
        count_up, actor=ACTOR, label="count", params={"upto": upto, "pause": pause}, unit_path=""
    )


def reached(job: Job, number: int) -> bool:
    job.refresh_from_db()
    return (job.checkpoint or {}).get("next", 0) >= number


def test_a_job_whose_worker_is_killed_goes_on_at_its_checkpoint(start_worker: StartWorker) -> None:
    """kill -9 in mid-job: another worker takes over after the lease; every number counts once."""
    job = queue_count(40, pause=0.1)
    victim = start_worker()
    until(lambda: reached(job, 5), "the fifth number")
    victim.kill()
    assert victim.wait() == -signal.SIGKILL
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING, "the row does not know yet"

    ended_well(start_worker("--until-empty"))
    job.refresh_from_db()
    assert (job.state, job.attempt, job.failures) == (Job.State.DONE, 2, 1)
    assert job.result["began_at"] >= 5, "it began anew instead of at the checkpoint"
    assert job.result["began_at"] + job.result["counted"] == 40
    assert numbers(STEP) == list(range(40))
    assert str(victim.pid) in job.log[0][1]
    assert audit.verify().is_whole


def test_a_stopped_worker_gives_its_job_back_without_a_failure(start_worker: StartWorker) -> None:
    """SIGTERM: the worker ends by itself, the job waits with its checkpoint, the next goes on."""
    job = queue_count(40, pause=0.1)
    worker = start_worker()
    until(lambda: reached(job, 3), "the third number")
    worker.terminate()
    ended_well(worker)
    job.refresh_from_db()
    assert (job.state, job.failures, job.lease_until) == (Job.State.WAITING, 0, None)

    ended_well(start_worker("--until-empty"))
    job.refresh_from_db()
    assert (job.state, job.failures) == (Job.State.DONE, 0)
    assert numbers(STEP) == list(range(40))


def test_a_running_job_stops_when_it_is_cancelled(start_worker: StartWorker) -> None:
    """It ends at its next progress call and keeps what it has done."""
    job = queue_count(1000, pause=0.05)
    start_worker()
    until(lambda: reached(job, 2), "the second number")
    cancel(ACTOR, job)
    until(lambda: Job.objects.filter(pk=job.pk, state="cancelled").exists(), "the end of the job")
    assert 2 <= len(numbers(STEP)) < 1000


def test_two_workers_do_each_of_200_jobs_once(start_worker: StartWorker) -> None:
    for number in range(200):
        enqueue(tick, actor=ACTOR, label="tick", params={"number": number}, unit_path="")
    workers = [start_worker("--until-empty") for _which in range(2)]
    shares = [int(ended_well(worker).split()[0]) for worker in workers]
    assert sorted(numbers(TICK)) == list(range(200))
    assert Job.objects.filter(state=Job.State.DONE, attempt=1).count() == 200
    assert sum(shares) == 200
    assert min(shares) > 0, "one worker did everything, so nothing was shown"
    assert audit.verify().is_whole


def test_several_jobs_run_at_a_time(start_worker: StartWorker) -> None:
    """`--concurrency 2` works on two jobs at once and ends when both are done."""
    jobs = [queue_count(20, pause=0.1), queue_count(20, pause=0.1)]
    pool = start_worker("--concurrency", "2", "--until-empty")
    until(lambda: all(reached(job, 1) and job.state == "running" for job in jobs), "both at work")
    ended_well(pool)
    assert Job.objects.filter(state=Job.State.DONE).values("worker").distinct().count() == 2


def test_a_supervised_worker_that_dies_is_started_again(start_worker: StartWorker) -> None:
    """The embedded server's worker comes back and finishes what it was doing."""
    job = queue_count(30, pause=0.1)
    supervisor = start_worker("--supervised")
    until(lambda: reached(job, 2), "the second number")
    os.kill(int(job.worker.rpartition(":")[2]), signal.SIGKILL)
    until(lambda: Job.objects.filter(pk=job.pk, state="done").exists(), "the end of the job")
    supervisor.terminate()
    ended_well(supervisor)
    assert numbers(STEP) == list(range(30))


def test_a_worker_ends_with_the_server_that_started_it(start_worker: StartWorker) -> None:
    parent = subprocess.Popen([sys.executable, "-c", "pass"])
    parent.wait()
    ended_well(start_worker("--parent", str(parent.pid)))


def test_an_embedded_worker_stops_when_told_to() -> None:
    program = (
        "from zhixing.kit.jobs.embedded import start_embedded_worker as s\n"
        "w = s(); print(w.poll()); w.terminate(); print(w.wait(timeout=30))"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert said.stdout.split()[0] == "None", said.stderr


def test_a_command_follows_a_job_that_a_worker_has_already(start_worker: StartWorker) -> None:
    """`run_inline` neither runs it a second time nor gives up on it."""
    job = queue_count(20, pause=0.1)
    start_worker()
    until(lambda: reached(job, 1), "the first number")
    seen: list[int] = []
    ended = run_inline(job, lambda done, total, message: seen.append(done))
    assert (ended.state, ended.attempt) == (Job.State.DONE, 1)
    assert seen
    assert numbers(STEP) == list(range(20))


@pytest.mark.django_db(transaction=True)
def test_two_workers_queue_a_due_schedule_once() -> None:
    """Both see that it is due; one moves the date and queues, the other finds it moved."""
    yesterday = timezone.now() - timedelta(days=1)
    for number in range(5):
        put_schedule(
            ACTOR, name=f"tick {number}", task=tick, every="day", starts=yesterday, unit_path="",
            params={"number": number},
        )  # fmt: skip
    schedules.Schedule.objects.update(next_run=yesterday)
    together = threading.Barrier(4)
    counts: list[int] = []

    def work() -> None:
        together.wait()
        counts.append(schedules.queue_due())
        connection.close()

    threads = [threading.Thread(target=work) for _which in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 5
    assert Job.objects.count() == 5
    assert not schedules.Schedule.objects.filter(next_run__lte=timezone.now()).exists()


def test_workers_run_what_a_schedule_queued(start_worker: StartWorker) -> None:
    put_schedule(
        ACTOR, name="tick", task=tick, every="hour", starts=timezone.now(), unit_path="",
        params={"number": 7},
    )  # fmt: skip
    schedules.Schedule.objects.update(next_run=timezone.now() - timedelta(hours=30))
    for worker in [start_worker("--until-empty") for _which in range(2)]:
        ended_well(worker)
    assert numbers(TICK) == [7], "30 turns were missed; they are made up once"
