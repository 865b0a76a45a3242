"""Campaigns in a real browser, wide and on a phone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.apps.campaigns import examples
from tests.apps.campaigns.test_register import TestCampaigns as CampaignSuite
from tests.apps.people import make_offices
from tests.harness.browser import (
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
    sign_in,
)
from zhixing.apps.campaigns.api import close_campaign, set_target, start_campaign
from zhixing.kit.testing.suites import RegisterBrowserSuite

pytestmark = pytest.mark.django_db(transaction=True)


class TestCampaignPages(RegisterBrowserSuite):
    """The register of campaigns."""

    suite = CampaignSuite

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
    people, offices, today = examples.cast(), make_offices(), examples.TODAY()
    here, there = offices.office.path, offices.other_office.path
    for path, number in ((here, 5), (there, 3)):
        for each in range(number):
            examples.found(path, today - timedelta(days=each), "confirmed" if each % 2 else "")
    campaign = examples.campaign(people.keeper, purpose="集中查处傍名牌,净化秋季市场")
    set_target(people.keeper, campaign, measure="leads.found", office=here, number=8)
    set_target(
        people.keeper, campaign, measure="leads.decided", number=6, base_value=2,
        base_source="2025年工作总结",
    )  # fmt: skip
    sign_in(page, people.keeper)
    page.goto(reverse("campaigns:campaigns-new"))
    _check(page, "campaign-new")
    start_campaign(people.keeper, campaign)
    page.goto(campaign.get_absolute_url())
    page.locator(".chart-canvas svg").first.wait_for()
    _check(page, "campaign")
    page.goto(reverse("campaigns:targets", args=[campaign.pk]))
    _check(page, "campaign-targets")
    page.goto(reverse("campaigns:close", args=[campaign.pk]))
    _check(page, "campaign-close")
    close_campaign(people.keeper, campaign, conclusion="查实3件。\n下一步巩固批发市场整治成果。")
    page.goto(reverse("campaigns:report", args=[campaign.pk]))
    page.locator(".chart-canvas svg").first.wait_for()
    _check(page, "campaign-report")
    page.goto(reverse("campaigns:campaigns"))
    _check(page, "campaigns")


def test_every_page_is_finished_at_desktop_width(page: Any) -> None:
    """Accessible, and nothing sticks out."""
    _look(page)


def test_every_page_is_finished_on_a_phone(phone: Any) -> None:
    """The same at 390 px."""
    _look(phone)


def test_a_campaign_is_planned_started_and_closed(page: Any) -> None:
    """From the form to the report, and the number opens its leads."""
    people, offices, today = examples.cast(), make_offices(), examples.TODAY()
    examples.found(offices.office.path, today)
    sign_in(page, people.keeper)
    page.goto(reverse("campaigns:campaigns-new"))
    page.get_by_label("行动名称").fill("秋季专项行动")
    page.get_by_label("开始日期").fill(f"{today - timedelta(days=3):%Y-%m-%d}")
    page.get_by_label("结束日期").fill(f"{today:%Y-%m-%d}")
    page.get_by_label(offices.office.name).check()
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".notice-success")).to_be_visible()
    page.get_by_role("button", name="启动").click()
    expect(page.get_by_role("link", name="结束行动")).to_be_visible()
    page.get_by_role("link", name="结束行动").click()
    page.get_by_label("行动结论").fill("发现线索1件")
    page.get_by_role("button", name="结束并固定数据").click()
    expect(page).to_have_url(re.compile("/report/$"))
    expect(page.get_by_text("与摘要值一致")).to_be_visible()
    page.locator("table.grid a").first.click()
    expect(page.locator("tbody tr")).to_have_count(1)
