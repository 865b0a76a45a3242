"""The public site in a real browser, phone first."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.apps.clearance import examples
from tests.apps.people import make_offices
from tests.engines.figures.logos import logo, png
from tests.harness.browser import assert_accessible, assert_no_sideways_scroll, screenshot


def _check(page: Any, name: str) -> None:
    screenshot(page, name)
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def _look(page: Any) -> None:
    make_offices()
    for text in ("康帅傅", "康师付", "康师傅"):
        examples.mark(text)
    examples.pictured("海之韵", 5)
    page.goto(reverse("portal:home"))
    _check(page, "portal-home")
    page.locator(".portal-cards a").first.click()
    expect(page.locator("input[name=text]")).to_be_visible()
    _check(page, "portal-check")
    page.locator("input[name=text]").fill("康师傅")
    page.locator("input[name=picture]").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": png(logo(5))}
    )
    page.locator("button[name=keep]").click()
    expect(page.locator(".report-foot")).to_be_visible()
    expect(page.locator("#list-figure ~ .mark-hits img").first).to_be_visible()
    _check(page, "portal-report")
    page.goto(reverse("portal:compare") + "?a=康师傅&b=康帅付")
    expect(page.locator("#cells")).to_be_visible()
    _check(page, "portal-compare")
    page.locator(".portal-language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    _check(page, "portal-compare-english")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_public_page_is_finished_on_a_phone(phone: Any) -> None:
    """Accessible, and nothing sticks out at 390 px."""
    _look(phone)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_public_page_is_finished_at_desktop_width(page: Any) -> None:
    """The same at desktop width."""
    _look(page)
