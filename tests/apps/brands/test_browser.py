"""Watch list and sweeps in a real browser, by the generic suite and page by page."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.apps.brands import examples
from tests.apps.brands.test_sightings import TestHits as HitSuite
from tests.apps.brands.test_sightings import TestSightings as SightingSuite
from tests.apps.brands.test_watch_list import TestWatchList as WatchListSuite
from tests.harness.browser import (
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
    sign_in,
)
from zhixing.apps.brands.api import Hit, Sweep, start_sweep
from zhixing.apps.leads.api import Lead
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


class _Pages(RegisterBrowserSuite):
    def open(self, page: Any, officer: Any, url: str) -> None:
        sign_in(page, officer)
        page.goto(url)

    def check(self, page: Any) -> None:
        assert_accessible(page)
        assert_no_sideways_scroll(page)


class TestWatchListPages(_Pages):
    """The watch list."""

    suite = WatchListSuite


class TestSightingPages(_Pages):
    """Sightings."""

    suite = SightingSuite


class TestHitPages(_Pages):
    """Hits."""

    suite = HitSuite


def _look(page: Any) -> None:
    people = examples.cast()
    path = people.keeper.unit_path
    sign_in(page, people.keeper)
    for name in ("home", "sweeps"):
        page.goto(reverse(f"brands:{name}"))
        _check(page, f"{name}-empty")
    holder = examples.subject(path, "康师傅控股有限公司")
    for text, protection, holder_name in BRANDS:
        examples.watched(
            path, text, protection=protection, holder_name=holder_name, nice_classes=[30]
        )
    for name in ("海州市康帅傅食品有限公司", "海州市恒泰五金商行", "香港康师傅国际集团有限公司"):
        examples.subject(path, name, industry="F5229")
    run_inline(start_sweep(people.keeper, unit_path=path).job)  # type: ignore[arg-type]
    label = examples.label(
        path, "品牌:康帅傅\n监制:香港康帅傅国际集团", place="江口镇农贸市场 12 号摊"
    )
    shop = examples.sighting(path, "康帅傅面馆", seen_at="江口镇农贸市场 12 号摊")
    page.goto(reverse("brands:home"))
    _check(page, "home")
    page.goto(reverse("brands:sweeps"))
    page.locator("main details.panel > summary").click()
    _check(page, "sweeps")
    page.locator("tbody a").first.click()
    page.locator("#kinds").wait_for()
    _check(page, "sweep")
    page.goto(shop.get_absolute_url())
    _check(page, "sighting")
    page.goto(label.get_absolute_url())
    _check(page, "label")
    page.goto(
        Lead.objects.get(
            evidence__object_id=label.pk, evidence__name_kind="label"
        ).get_absolute_url()
    )
    _check(page, "lead-label")
    page.goto(Hit.objects.get(object_id=holder.pk, name_kind="subject").get_absolute_url())
    _check(page, "hit")
    page.goto(reverse("brands:take_over"))
    _check(page, "take-over")


@pytest.mark.django_db(transaction=True)
def test_the_verdict_appears_while_an_officer_types(phone: Any) -> None:
    """On a phone: type the signboard, see the comparison, record it, read the lead."""
    people = examples.cast()
    examples.watched(people.keeper.unit_path, "康师傅")
    examples.sighting(people.keeper.unit_path, "平安面馆")  # the process has its guard from here
    sign_in(phone, people.keeper)
    phone.goto(reverse("brands:check"))
    _check(phone, "check-empty")
    phone.locator("textarea[name=text]").press_sequentially("康帅傅面馆")
    expect(phone.locator("#verdict .differ-pair")).to_be_visible()
    _check(phone, "check-verdict")
    phone.locator("input[name=seen_at]").fill("江口镇农贸市场")
    phone.locator("button[value=record]").click()
    expect(phone.locator("#verdict-heading")).to_be_visible()
    _check(phone, "check-recorded")
    assert Lead.objects.get().evidence["where"] == "江口镇农贸市场"


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
    examples.subject(path, "海州市康帅傅食品有限公司")
    examples.watched(path, "康师傅")
    sign_in(page, people.keeper)
    page.goto(reverse("brands:home"))
    page.locator("form[action$='/start/'] button").click()
    page.locator(".job").wait_for()
    _check(page, "sweep-running")
    run_inline(Sweep.objects.get().job)  # type: ignore[arg-type]
    page.locator(".job").wait_for(state="detached")
    expect(page.locator(".facts").first).to_contain_text("1")
    assert Sweep.objects.get().new_leads == 1
