"""The library, its review and its summary in a real browser, wide and on a phone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.apps.leads import examples as leads
from tests.apps.precedents import examples
from tests.apps.precedents.test_register import TestLibrary as LibrarySuite
from tests.harness.browser import (
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
    sign_in,
)
from zhixing.apps.leads.api import dispose_lead, name_act
from zhixing.kit.testing.suites import RegisterBrowserSuite


class TestLibraryPages(RegisterBrowserSuite):
    """The library."""

    suite = LibrarySuite

    def open(self, page: Any, officer: Any, url: str) -> None:
        sign_in(page, officer)
        page.goto(url)

    def check(self, page: Any) -> None:
        assert_accessible(page)
        assert_no_sideways_scroll(page)


def _check(page: Any, name: str) -> None:
    screenshot(page, name)
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def _look(page: Any) -> None:
    people = examples.cast()
    sign_in(page, people.keeper)
    page.goto(reverse("precedents:summary"))
    _check(page, "precedents-summary-empty")
    for number, outcome in enumerate(("established", "established", "not_established", "mediated")):
        examples.published(
            people, outcome=outcome, title=f"某食品店名称混淆案(第{number + 1}件)",
            decided_on=date(2024 + number % 3, 3, 2),
        )  # fmt: skip
    examples.published(
        people, act_kind="false_promotion", title="某保健品店虚假宣传案", protected="", accused="",
        facts="门店海报宣称根治糖尿病", articles="《反不正当竞争法》第9条", nice_classes=[5],
    )  # fmt: skip
    draft = examples.draft(
        people.colleague, title="某酒业包装装潢混淆案", act_kind="dress_confusion"
    )
    page.goto(reverse("precedents:library"))
    _check(page, "precedents")
    page.goto(reverse("precedents:summary"))
    page.locator(".chart-canvas svg").first.wait_for()
    _check(page, "precedents-summary")
    page.goto(reverse("precedents:review"))
    _check(page, "precedents-review")
    page.goto(draft.get_absolute_url())
    _check(page, "precedent-draft")
    lead = leads.lead(people.keeper.unit_path, 1)
    name_act(people.keeper, lead, act_kind="name_confusion")
    dispose_lead(people.keeper, lead, disposition="confirmed", reason="店招突出使用近似字号")
    sign_in(page, people.head)
    page.goto(lead.get_absolute_url())
    _check(page, "lead-precedents")
    page.get_by_role("button", name="转为案例").click()
    expect(page.locator(".notice-success")).to_be_visible()
    _check(page, "precedent-drafted")


@pytest.mark.django_db(transaction=True)
def test_every_page_is_finished_at_desktop_width(page: Any) -> None:
    """Accessible, and nothing sticks out."""
    _look(page)


@pytest.mark.django_db(transaction=True)
def test_every_page_is_finished_on_a_phone(phone: Any) -> None:
    """The same at 390 px."""
    _look(phone)
