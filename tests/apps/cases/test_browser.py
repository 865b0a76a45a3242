"""Cases in a real browser, wide and on a phone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.apps.cases import examples
from tests.harness.browser import (
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
    sign_in,
    watch_of,
)
from zhixing.apps.cases.api import appoint

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_case_is_filed_in_the_browser(page: Any) -> None:
    """What is missing is told at first; with all conditions the case stands filed."""
    people = examples.team()
    case = examples.case(people.one)
    appoint(people.one, case, officer=people.two, part="handler")
    sign_in(page, people.head)
    page.goto(case.get_absolute_url())
    assert_accessible(page)
    step = page.locator("details", has=page.locator("summary", has_text=re.compile("^立案$")))
    watch_of(page).allow("422")
    step.locator("summary").click()
    step.get_by_label("理由或者意见").fill("同意立案")
    step.get_by_role("button", name="立案").click()
    expect(page.get_by_text("第19条").first).to_be_visible()
    step = page.locator("details", has=page.locator("summary", has_text=re.compile("^立案$")))
    expect(step.get_by_label("理由或者意见")).to_have_value("同意立案")
    for box in step.get_by_role("checkbox").all():
        box.check()
    step.get_by_role("button", name="立案").click()
    expect(page.get_by_text("调查取证").first).to_be_visible()
    expect(page.locator("#clocks").get_by_text("作出处理决定")).to_be_visible()
    screenshot(page, "cases-case")


def test_case_and_board_fit_a_phone(phone: Any) -> None:
    """Clocks first, nothing to scroll sideways, readable by everybody."""
    people = examples.team()
    case = examples.decided(people)
    sign_in(phone, people.one)
    for name, url in (("case", case.get_absolute_url()), ("board", reverse("cases:board"))):
        phone.goto(url)
        assert_accessible(phone)
        assert_no_sideways_scroll(phone)
        screenshot(phone, f"cases-{name}-phone")
