"""The pages of offices and officers in a real browser, at desktop width and on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from tests.apps.people import make_officer, make_offices
from tests.harness.browser import (
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
    sign_in,
    watch_of,
)
from zhixing.apps.accounts.models import Role

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "long-and-plain-words"


def look(page: Any) -> None:
    """Every page of the app, as the administrator opens it."""
    offices = make_offices()
    officer = make_officer(offices.office, Role.OFFICER, Role.SAMPLER)
    administrator = make_officer(offices.bureau, Role.ADMINISTRATOR)
    role = officer.role_assignments.first()
    sign_in(page, administrator)
    for name, args in (
        ("accounts:offices", []),
        ("accounts:open-office", []),
        ("accounts:close-office", [offices.office.pk]),
        ("accounts:officers", []),
        ("accounts:officers-new", []),
        ("accounts:officer", [officer.pk]),
        ("accounts:end-role", [officer.pk, role.pk]),
        ("accounts:lock-officer", [officer.pk]),
        ("me", []),
        ("password_change", []),
    ):
        page.goto(reverse(name, args=args))
        assert_accessible(page)
        assert_no_sideways_scroll(page)
        if name in {"accounts:offices", "accounts:officer"}:
            screenshot(page, name.replace("accounts:", "accounts-"))


def test_every_page_is_accessible_at_desktop_width(page: Any) -> None:
    """Lists, forms and confirmations pass axe-core and fit the window."""
    look(page)


def test_every_page_is_accessible_on_a_phone(phone: Any) -> None:
    """The same at 390 px."""
    look(phone)


def test_an_officer_signs_in_and_out(page: Any) -> None:
    """Password, desk, own page, and out again, with the pages as they come."""
    officer = make_officer(make_offices().office, Role.OFFICER)
    officer.set_password(PASSWORD)
    officer.save()
    page.goto(reverse("login"))
    assert_accessible(page)
    page.fill("#id_username", officer.username)
    page.fill("#id_password", PASSWORD)
    page.click("form.sign-in button[type=submit]")
    page.wait_for_url(f"**{reverse('desk')}")
    page.goto(reverse("me"))
    page.locator(".user-menu").click()
    page.locator("form[data-sign-out] button").first.click()
    page.wait_for_url(f"**{reverse('login')}")


def test_the_lock_out_page_is_shown(page: Any) -> None:
    """After the last wrong password the page says that sign-in is locked."""
    officer = make_officer(make_offices().office, Role.OFFICER)
    watch_of(page).allow(r"429")
    page.goto(reverse("login"))
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        page.fill("#id_username", officer.username)
        page.fill("#id_password", "wrong")
        page.click("form.sign-in button[type=submit]")
        page.wait_for_load_state()
    expect(page.locator("#id_password")).to_have_count(0)
    assert_accessible(page)
