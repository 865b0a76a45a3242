"""The pages of the book in a real browser, at desktop width and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.apps.audit.book import rename, write_entries
from tests.apps.people import make_officer, make_offices
from tests.harness.browser import (
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
    sign_in,
)
from zhixing.apps.accounts.models import Role
from zhixing.apps.audit import verify_proof

pytestmark = pytest.mark.django_db(transaction=True)


def as_auditor(page: Any) -> None:
    """A few deeds, and the auditor of the bureau signed in."""
    offices = make_offices()
    write_entries(2)
    rename(make_officer(offices.office, Role.HEAD), offices.office, "新城关所")
    sign_in(page, make_officer(offices.bureau, Role.AUDITOR))


def look(page: Any) -> None:
    """Every page of the book, with the chain checked."""
    as_auditor(page)
    for url in (reverse("audit:entries"), reverse("audit:entry", args=[3]), reverse("audit:check")):
        page.goto(url)
        assert_accessible(page)
        assert_no_sideways_scroll(page)
    page.locator(f'form[action="{reverse("audit:check-now")}"] button').click()
    expect(page.locator(".notice-success")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "audit-check")


def test_every_page_is_accessible_at_desktop_width(page: Any) -> None:
    """List, entry and check pass axe-core and fit the window."""
    look(page)


def test_every_page_is_accessible_on_a_phone(phone: Any) -> None:
    """The same at 390 px, with seals of 64 digits on the page."""
    look(phone)


def test_a_proof_taken_in_the_browser_verifies(page: Any, tmp_path: Path) -> None:
    """The downloaded file is a whole bundle, and the page is not left waiting."""
    as_auditor(page)
    page.goto(reverse("audit:check"))
    page.fill("#id_reason", "asked by the court")
    with page.expect_download() as waiting:
        page.locator(f'form[action="{reverse("audit:proof")}"] button').click()
    path = tmp_path / "proof.zip"
    waiting.value.save_as(path)
    assert verify_proof.check(str(path))[0] == 0
    expect(page.locator(".activity")).to_have_count(0)
