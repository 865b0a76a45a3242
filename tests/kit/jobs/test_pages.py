"""The pages of jobs: what they show, and to whom they do not."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.apps.people import make_officer, make_offices
from tests.kit.jobs.sample_tasks import ACTOR, break_down, count_up, tick
from zhixing.apps.accounts.api import Role
from zhixing.kit.jobs import queue
from zhixing.kit.jobs.api import Job, enqueue, put_schedule, run_inline
from zhixing.kit.jobs.context import JobContext

pytestmark = pytest.mark.django_db


def signed_in(officer: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def officer() -> Any:
    return make_officer(make_offices().office, Role.OFFICER)


@pytest.fixture
def stranger() -> Any:
    return make_officer(make_offices().other_office, Role.HEAD)


def put(officer: Any, task: Any = count_up, **options: Any) -> Job:
    params = {"upto": 3} if task is count_up else {}
    return enqueue(task, actor=officer, label="Sweep of names", params=params, **options)


def test_the_list_shows_jobs_and_what_comes_round(officer: Any, stranger: Any) -> None:
    put(officer)
    put_schedule(
        ACTOR, name="Nightly sweep", task=tick, every="day", starts=timezone.now(),
        unit_path=officer.unit_path,
    )  # fmt: skip
    page = signed_in(officer).get(reverse("jobs:jobs")).content.decode()
    assert "Sweep of names" in page
    assert "Nightly sweep" in page
    unseen = signed_in(stranger).get(reverse("jobs:jobs")).content.decode()
    assert "Sweep of names" not in unseen
    assert "Nightly sweep" not in unseen


def test_the_list_goes_on_after_fifty(officer: Any) -> None:
    for _number in range(51):
        put(officer)
    client = signed_in(officer)
    first = client.get(reverse("jobs:jobs"))
    assert len(first.context["page"].rows) == 50
    second = client.get(reverse("jobs:jobs"), {"cursor": first.context["page"].next})
    assert len(second.context["page"].rows) == 1


@pytest.mark.parametrize("name", ["job", "cancel", "retry"])
def test_another_office_s_job_is_not_there(officer: Any, stranger: Any, name: str) -> None:
    job = put(officer)
    address = reverse(f"jobs:{name}", args=[job.pk])
    client = signed_in(stranger)
    assert client.post(address).status_code in {404, 405}
    assert name == "retry" or client.get(address).status_code == 404
    job.refresh_from_db()
    assert job.state == Job.State.WAITING


def test_a_live_job_is_polled_and_works_without_scripts(officer: Any) -> None:
    job = put(officer)
    client = signed_in(officer)
    address = reverse("jobs:job", args=[job.pk])
    running = queue.claim("a:1")
    assert running is not None
    JobContext(running).progress(40, 100, "Checking 康师傅")
    whole = client.get(address).content.decode()
    assert f'hx-get="{address}"' in whole
    assert f'href="{reverse("jobs:cancel", args=[job.pk])}"' in whole
    part = client.get(address, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in part
    assert "40%" in part
    assert "Checking 康师傅" in part


def test_the_page_is_loaded_anew_when_the_job_has_ended(officer: Any) -> None:
    job = run_inline(put(officer))
    answer = signed_in(officer).get(
        reverse("jobs:job", args=[job.pk]), headers={"hx-request": "true"}
    )
    assert answer.headers["HX-Refresh"] == "true"


def test_the_page_shows_result_and_log(officer: Any) -> None:
    job = put(officer)
    running = queue.claim("a:1")
    assert running is not None
    context = JobContext(running)
    context.log("50 000 names <b>read</b>")
    queue.finish(context, {"new_leads": 41, "counted": 3})
    page = signed_in(officer).get(reverse("jobs:job", args=[job.pk])).content.decode()
    assert "<dt>New leads</dt><dd>41</dd>" in page
    assert "<dt>counted</dt><dd>3</dd>" in page
    assert "50 000 names &lt;b&gt;read&lt;/b&gt;" in page


def test_a_failure_is_a_sentence_and_the_trace_is_for_those_who_steer(officer: Any) -> None:
    job = run_inline(put(officer, break_down))
    address = reverse("jobs:job", args=[job.pk])
    page = signed_in(officer).get(address).content.decode()
    assert "ZeroDivisionError: nothing to divide by" in page
    assert "Traceback" in page
    colleague = make_officer(make_offices().office, Role.OFFICER)
    seen = signed_in(colleague).get(address).content.decode()
    assert "ZeroDivisionError: nothing to divide by" in seen
    assert "Traceback" not in seen
    assert reverse("jobs:retry", args=[job.pk]) not in seen


def test_cancelling_asks_first(officer: Any) -> None:
    job = put(officer)
    client = signed_in(officer)
    address = reverse("jobs:cancel", args=[job.pk])
    question = client.get(address).content.decode()
    assert "Sweep of names" in question
    job.refresh_from_db()
    assert job.state == Job.State.WAITING
    assert client.post(address).status_code == 302
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


def test_a_colleague_who_may_look_may_not_cancel(officer: Any) -> None:
    job = put(officer)
    colleague = signed_in(make_officer(make_offices().office, Role.OFFICER))
    page = colleague.get(reverse("jobs:job", args=[job.pk])).content.decode()
    assert reverse("jobs:cancel", args=[job.pk]) not in page
    assert colleague.post(reverse("jobs:cancel", args=[job.pk])).status_code == 403


def test_a_failed_job_is_tried_again_from_its_page(officer: Any) -> None:
    job = run_inline(put(officer, break_down))
    client = signed_in(officer)
    assert "It goes on where it stopped." in client.get(job.get_absolute_url()).content.decode()
    assert client.get(reverse("jobs:retry", args=[job.pk])).status_code == 405
    assert client.post(reverse("jobs:retry", args=[job.pk])).status_code == 302
    job.refresh_from_db()
    assert job.state == Job.State.WAITING
