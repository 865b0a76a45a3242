"""Claiming, fencing, failing: the rules of the queue, without a second process."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import default_task_backend
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from tests.kit.jobs.sample_tasks import (
    ACTOR,
    STEP,
    break_down,
    count_up,
    no_task,
    refuse,
    swallow,
    tell_the_time,
    tick,
)
from zhixing.apps.audit.models import AuditEntry
from zhixing.kit.deeds import deed
from zhixing.kit.jobs import queue
from zhixing.kit.jobs.api import Job, cancel, enqueue, enqueue_path, retry, run_inline
from zhixing.kit.jobs.context import LOG_LINES, Cancelled, JobContext, LostLease, Released
from zhixing.kit.jobs.running import run_claimed

pytestmark = pytest.mark.django_db


def put(task: Any = tick, **options: Any) -> Job:
    params = options.pop("params", {"number": 1} if task is tick else {})
    return enqueue(task, actor=ACTOR, label="work", params=params, unit_path="", **options)


def claimed(worker: str = "a:1") -> Job:
    job = queue.claim(worker)
    assert job is not None
    return job


def silent(job: Job) -> None:
    """The job's worker has not been heard of for a while."""
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_leased_job_is_not_given_out_again() -> None:
    put()
    assert queue.claim("a:1") is not None
    assert queue.claim("b:2") is None


def test_the_more_urgent_job_goes_first_then_the_older() -> None:
    late, early, urgent = put(), put(), put(priority=5)
    assert late.pk < early.pk
    assert [claimed().pk for _which in range(3)] == [urgent.pk, late.pk, early.pk]


def test_a_job_waits_for_its_time() -> None:
    put(run_after=timezone.now() + timedelta(hours=1))
    assert queue.claim("a:1") is None


def test_a_worker_that_lost_its_lease_can_write_nothing() -> None:
    """Neither checkpoint, progress, log nor result; and its transaction is undone."""
    put(count_up, params={"upto": 3})
    stale = JobContext(claimed("a:1"))
    stale.checkpoint({"next": 1})
    silent(stale.job)
    heir = JobContext(claimed("b:2"))
    assert heir.restored == {"next": 1}

    def work_and_checkpoint() -> None:
        with transaction.atomic(), deed(ACTOR, STEP, detail={"number": 1}):
            stale.checkpoint({"next": 99})

    for write in (
        work_and_checkpoint,
        lambda: stale.progress(1, 1),
        lambda: stale.log("still here"),
        lambda: queue.finish(stale, {"by": "a"}),
        lambda: queue.fail(stale, "a broke"),
        lambda: queue.release(stale),
    ):
        with pytest.raises(LostLease):
            write()
    assert not AuditEntry.objects.filter(deed=STEP).exists()
    queue.finish(heir, {"by": "b"})
    job = Job.objects.get()
    assert (job.state, job.result, job.checkpoint) == ("done", {"by": "b"}, {"next": 1})


def test_the_same_worker_is_fenced_from_its_own_earlier_attempt() -> None:
    """The name of a worker alone is no fence: a process may meet its own lost job again."""
    put()
    first = JobContext(claimed("a:1"))
    silent(first.job)
    JobContext(claimed("a:1"))
    with pytest.raises(LostLease):
        queue.finish(first, 1)


def test_every_write_renews_the_lease() -> None:
    put()
    context = JobContext(claimed())
    silent(context.job)
    context.checkpoint({"next": 1})
    assert queue.claim("b:2") is None


def test_a_job_that_kills_its_workers_is_given_up() -> None:
    job = put(max_failures=2)
    for worker in ("a:1", "b:2"):
        silent(claimed(worker))
    assert queue.claim("c:3") is None
    job.refresh_from_db()
    assert (job.state, job.failures) == (Job.State.FAILED, 2)
    assert job.error_sentence.startswith("The worker ended without a word")


def test_a_cancelled_job_whose_worker_died_is_not_taken_up() -> None:
    job = put()
    running = claimed()
    cancel(ACTOR, job)
    silent(running)
    assert queue.claim("b:2") is None
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


def test_a_mistake_in_a_task_is_tried_again_later_and_then_given_up() -> None:
    job = put(break_down, max_failures=2)
    run_claimed(claimed())
    job.refresh_from_db()
    assert (job.state, job.failures) == (Job.State.WAITING, 1)
    assert timezone.now() < job.run_after <= timezone.now() + queue.BACK_OFF
    assert queue.claim("b:2") is None, "it pauses first"

    Job.objects.update(run_after=timezone.now())
    run_claimed(claimed())
    job.refresh_from_db()
    assert (job.state, job.failures, job.checkpoint) == ("failed", 2, {"reached": 1})
    assert job.error_sentence == "ZeroDivisionError: nothing to divide by"
    assert "break_down" in job.error_detail


def test_the_pause_doubles_with_each_failure_up_to_an_hour() -> None:
    job = put(break_down, max_failures=20)
    pauses = []
    for _failure in range(12):
        Job.objects.update(run_after=timezone.now())
        run_claimed(claimed())
        job.refresh_from_db()
        pauses.append(round((job.run_after - timezone.now()).total_seconds()))
    assert pauses[:4] == [10, 20, 40, 80]
    assert pauses[-1] == 3600


def test_a_refusal_is_final() -> None:
    """What the officer may not do will not be allowed by trying again."""
    job = put(refuse)
    run_claimed(claimed())
    job.refresh_from_db()
    assert (job.state, job.failures, job.error) == ("failed", 1, "The list is closed.")


def test_only_a_declared_task_is_run() -> None:
    job = enqueue_path(
        f"{no_task.__module__}.no_task", actor=ACTOR, label="x", params={}, unit_path=""
    )
    run_claimed(claimed())
    job.refresh_from_db()
    assert job.error_sentence.endswith("expected a task, found function")


def test_a_result_that_is_no_json_fails_the_job_and_says_so() -> None:
    job = run_inline(put(tell_the_time))
    assert job.state == Job.State.FAILED
    assert job.error_sentence.startswith("TypeError: Unsupported type")


@pytest.mark.parametrize("stop", [Cancelled, Released])
def test_a_task_that_catches_every_error_still_stops(stop: type[BaseException]) -> None:
    job = put(swallow)
    running = claimed()
    if stop is Cancelled:
        cancel(ACTOR, job)
    run_claimed(running, stopping=lambda: stop is Released)
    job.refresh_from_db()
    assert (job.state, job.result) == ("cancelled" if stop is Cancelled else "waiting", None)


def test_the_log_keeps_its_last_lines() -> None:
    put()
    context = JobContext(claimed())
    for number in range(LOG_LINES + 5):
        context.log(f"line {number} " + "x" * 2000)
    log = Job.objects.get().log
    assert len(log) == LOG_LINES
    assert log[0][1].startswith("line 5 ")
    assert len(log[0][1]) == 500


def test_a_job_run_in_a_command_reports_each_step_and_ends() -> None:
    seen: list[tuple[int, int | None]] = []
    job = run_inline(
        put(count_up, params={"upto": 3}), lambda done, total, what: seen.append((done, total))
    )
    assert (job.state, job.result) == ("done", {"began_at": 0, "counted": 3})
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_failure_in_a_command_is_not_tried_again_behind_its_back() -> None:
    assert run_inline(put(break_down)).state == Job.State.FAILED


def test_ctrl_c_in_a_command_cancels_the_job() -> None:
    def interrupt(_done: int, _total: int | None, _message: str) -> None:
        raise KeyboardInterrupt

    job = put(count_up, params={"upto": 3})
    with pytest.raises(KeyboardInterrupt):
        run_inline(job, interrupt)
    job.refresh_from_db()
    assert (job.state, job.checkpoint) == ("cancelled", {"next": 1})
    retry(ACTOR, job)
    assert run_inline(job).result == {"began_at": 1, "counted": 2}


def test_what_a_job_does_names_the_job_in_the_audit() -> None:
    job = run_inline(put(tick))
    entry = AuditEntry.objects.get(deed="test.tick")
    assert f'"request":"job:{job.pk}:1"' in entry.body


def test_tasks_can_be_queued_as_django_tasks_does() -> None:
    """Positional arguments keep their names; the result is found by its number."""
    result = tick.enqueue(7)
    job = Job.objects.get()
    assert (result.status, job.params) == (TaskResultStatus.READY, {"number": 7})
    run_claimed(claimed())
    result.refresh()
    assert (result.status, result.return_value) == (TaskResultStatus.SUCCESSFUL, 7)
    later = timezone.now() + timedelta(hours=1)
    count_up.using(priority=3, run_after=later).enqueue(upto=2)
    kept = Job.objects.first()
    assert kept is not None
    assert (kept.priority, kept.run_after, kept.params) == (3, later, {"upto": 2})


def test_a_failed_task_shows_its_error_as_django_tasks_does() -> None:
    result = refuse.enqueue()
    run_claimed(claimed())
    result.refresh()
    assert result.status == TaskResultStatus.FAILED
    assert result.errors[0].traceback == "The list is closed."


def test_arguments_that_do_not_fit_are_refused_when_queued() -> None:
    with pytest.raises(TypeError):
        tick.enqueue(1, 2)
    with pytest.raises(TaskResultDoesNotExist):
        default_task_backend.get_result("abc")
    assert not Job.objects.exists()
