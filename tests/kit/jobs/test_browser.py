"""A job in a real browser: progress that moves, cancelling, the evidence form."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.apps.people import make_officer, make_offices
from tests.harness.browser import (
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
    sign_in,
)
from tests.kit.jobs.sample_tasks import break_down, count_up
from zhixing.apps.accounts.api import Role
from zhixing.kit.jobs import queue
from zhixing.kit.jobs.api import Job, enqueue, run_inline
from zhixing.kit.jobs.context import JobContext


@pytest.fixture
def officer(transactional_db: None) -> Any:
    return make_officer(make_offices().office, Role.OFFICER)


def put(officer: Any, task: Any = count_up) -> Job:
    params = {"upto": 3} if task is count_up else {}
    return enqueue(task, actor=officer, label="Sweep of names", params=params)


def test_progress_moves_by_itself_and_the_end_shows(page: Any, officer: Any) -> None:
    job = put(officer)
    running = queue.claim("a:1")
    assert running is not None
    context = JobContext(running)
    context.progress(40, 100, "first half")
    sign_in(page, officer)
    page.goto(job.get_absolute_url())
    expect(page.locator(".job")).to_contain_text("first half")
    context._shown = 0.0
    context.progress(90, 100, "second half")
    expect(page.locator(".job")).to_contain_text("second half")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    screenshot(page, "job")
    queue.finish(context, {"names": 100})
    expect(page.locator(".job")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("100")


def test_a_job_is_cancelled_by_hand_on_a_phone(phone: Any, officer: Any) -> None:
    job = put(officer)
    sign_in(phone, officer)
    phone.goto(job.get_absolute_url())
    phone.locator(f'a[href$="/jobs/{job.pk}/cancel/"]').click()
    expect(phone.locator("form button.btn-danger")).to_be_visible()
    assert_accessible(phone)
    phone.locator("form button.btn-danger").click()
    phone.wait_for_url(f"**/jobs/{job.pk}/")
    expect(phone.locator("form button.btn-danger")).to_have_count(0)
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


def test_the_list_and_a_failed_job_fit_a_phone(phone: Any, officer: Any) -> None:
    job = run_inline(put(officer, break_down))
    sign_in(phone, officer)
    for address in ("/jobs/", job.get_absolute_url()):
        phone.goto(address)
        assert_accessible(phone)
        assert_no_sideways_scroll(phone)
    phone.locator("main details summary").click()
    expect(phone.locator("main pre")).to_be_visible()
    assert_accessible(phone)
    assert_no_sideways_scroll(phone)
    screenshot(phone, "failed-job")
