"""Watch list and sweeps in a real browser, by the generic suite and page by page."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.apps.brands import examples
from tests.apps.brands.test_watch_list import TestWatchList as WatchListSuite
from tests.harness.browser import (
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
    sign_in,
)
from zhixing.apps.brands.api import Sweep, start_sweep
from zhixing.kit.jobs.api import run_inline
from zhixing.kit.testing.suites import RegisterBrowserSuite

BRANDS = (
    ("康师傅", "well_known", "康师傅控股有限公司"),
    ("王老吉", "well_known", "广州王老吉大健康产业有限公司"),
    ("飘柔", "foreign", ""),
)


def _check(page: Any, name: str) -> None:
    screenshot(page, name)
    assert_accessible(page)
    assert_no_sideways_scroll(page)


class TestWatchListPages(RegisterBrowserSuite):
    """The watch list."""

    suite = WatchListSuite

    def open(self, page: Any, officer: Any, url: str) -> None:
        sign_in(page, officer)
        page.goto(url)

    def check(self, page: Any) -> None:
        assert_accessible(page)
        assert_no_sideways_scroll(page)


def _look(page: Any) -> None:
    people = examples.cast()
    path = people.keeper.unit_path
    sign_in(page, people.keeper)
    page.goto(reverse("brands:sweeps"))
    _check(page, "sweeps-empty")
    for text, protection, holder in BRANDS:
        examples.watched(path, text, protection=protection, holder_name=holder)
    for name in ("海州市康帅傅食品有限公司", "海州市恒泰五金商行", "海州市王佬吉饮料经营部"):
        examples.subject(path, name)
    run_inline(start_sweep(people.keeper, unit_path=path).job)  # type: ignore[arg-type]
    page.goto(reverse("brands:sweeps"))
    _check(page, "sweeps")
    page.locator("tbody a").first.click()
    page.locator(".facts").wait_for()
    _check(page, "sweep")
    page.goto(reverse("brands:watch-list"))
    _check(page, "watch-list")


@pytest.mark.django_db(transaction=True)
def test_every_page_is_finished_at_desktop_width(page: Any) -> None:
    """Accessible, and nothing sticks out."""
    _look(page)


@pytest.mark.django_db(transaction=True)
def test_every_page_is_finished_on_a_phone(phone: Any) -> None:
    """The same at 390 px."""
    _look(phone)


@pytest.mark.django_db(transaction=True)
def test_a_sweep_is_started_and_its_page_follows_it_to_the_end(page: Any) -> None:
    """The button starts it, the page shows progress, and its tallies when a worker has done it."""
    people = examples.cast()
    path = people.keeper.unit_path
    examples.watched(path, "康师傅")
    examples.subject(path, "海州市康帅傅食品有限公司")
    sign_in(page, people.keeper)
    page.goto(reverse("brands:sweeps"))
    page.locator("form[action$='/start/'] button").click()
    page.locator(".job").wait_for()
    _check(page, "sweep-running")
    run_inline(Sweep.objects.get().job)  # type: ignore[arg-type]
    page.locator(".job").wait_for(state="detached")
    assert "1" in page.locator(".facts").inner_text()
    assert Sweep.objects.get().new_leads == 1
