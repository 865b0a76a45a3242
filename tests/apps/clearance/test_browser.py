"""The pages of the search before filing in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.apps.clearance import examples
from tests.engines.figures.logos import ALTERATIONS, logo, png
from tests.harness.browser import (
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
    sign_in,
)
from zhixing.apps.clearance.models import SearchReport


def _check(page: Any, name: str) -> None:
    screenshot(page, name)
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def _look(page: Any) -> None:
    people = examples.cast()
    path = people.keeper.unit_path
    sign_in(page, people.keeper)
    page.goto(reverse("clearance:search"))
    _check(page, "clearance-empty")
    for text in ("康帅傅", "康师付", "康师傅", "傅师康", "大康师傅"):
        examples.mark(text, path)
    examples.pictured("海之韵", 5, path, protection=["well_known"], status="filed")
    examples.pictured("康狮傅", 7, path, nice_classes=[25], similar_groups=["2501"])
    page.locator("input[name=text]").fill("康师傅")
    page.locator("input[name=nice_classes]").fill("30")
    altered = png(ALTERATIONS["with letters"](logo(5)))
    page.locator("input[name=picture]").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": altered}
    )
    page.locator("button[name=keep]").click()
    expect(page.locator(".report-foot")).to_be_visible()
    expect(page.locator("#list-figure")).to_be_visible()
    expect(page.locator(".mark-hit img").first).to_be_visible()
    _check(page, "clearance-report")
    page.emulate_media(media="print")
    screenshot(page, "clearance-report-print")
    expect(page.locator(".page-actions")).to_be_hidden()
    expect(page.locator(".digest")).to_contain_text(SearchReport.objects.get().digest)
    page.emulate_media(media="screen")
    page.goto(reverse("clearance:search") + "?text=康师傅")
    _check(page, "clearance-search")
    page.goto(reverse("clearance:reports"))
    _check(page, "clearance-reports")
    page.goto(reverse("clearance:compare") + "?a=康师傅&b=康帅付")
    expect(page.locator("#differences")).to_be_visible()
    _check(page, "clearance-compare")
    mark = examples.mark("雪浪", path)
    page.goto(reverse("registry:figure", args=[mark.pk]))
    _check(page, "mark-figure-empty")
    page.locator("input[name=upload]").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": png(logo(9))}
    )
    page.locator("form.panel button[type=submit]").click()
    expect(page.locator("#figure img, .figure-thumb").first).to_be_visible()
    _check(page, "mark-figure")
    page.goto(reverse("registry:figure", args=[mark.pk]))
    _check(page, "mark-figure-choice")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_page_is_finished_at_desktop_width(page: Any) -> None:
    """Accessible, printable, and nothing sticks out."""
    _look(page)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_page_is_finished_on_a_phone(phone: Any) -> None:
    """The same at 390 px."""
    _look(phone)
