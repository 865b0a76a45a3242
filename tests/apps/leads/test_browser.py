"""Desk, inbox, lead and quality page in a real browser, wide and on a phone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.apps.leads import examples
from tests.harness.browser import (
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
    sign_in,
    watch_of,
)
from zhixing.apps.leads.api import (
    Given,
    Lead,
    answer_checklist,
    dispose_lead,
    enter_lead,
    name_act,
)
from zhixing.apps.registry.api import create_subject
from zhixing.kit.testing.suites import Cast

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("海州市康帅傅食品有限公司", "海州市城东区王佬吉凉茶饮料经营部", "海州市农夫山帛矿泉水店")
BRANDS = ("康师傅", "王老吉", "农夫山泉")
LETTERS = (("师", "帅", 2), ("老", "佬", 2), ("泉", "帛", 4))


def _inbox() -> tuple[Cast, list[Lead]]:
    """Three real-looking leads: one due today, one of the officer, one that waits."""
    people = examples.cast()
    path, today = people.keeper.unit_path, timezone.localdate()
    leads = []
    for number, (name, brand, (a, b, place)) in enumerate(zip(NAMES, BRANDS, LETTERS, strict=True)):
        text = f"第{place}字“{a}”与“{b}”字形相近(0.9)"
        reason = {
            "code": "shape", "position": place, "b_position": name.index(b) + 1,
            "channel": "glyph", "a": a, "b": b, "text": text,
        }  # fmt: skip
        values: dict[str, Any] = {
            "subject": create_subject(people.keeper, {"name": name}),
            "title": f"{name} ≈ {brand}",
            "probability": 0.92 - number / 10,
            "reasons": [reason],
            "evidence": {"mark": brand, "name": name, "holder": f"{brand}控股有限公司"},
        }
        if number < 2:
            values |= {"assignee": people.keeper, "state": "taken"}
        values["due_on"] = today + timedelta(days=20 * number)
        leads.append(examples.lead(path, number, **values))
    return people, leads


def _check(page: Any, name: str) -> None:
    screenshot(page, name)
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def _look(page: Any) -> None:
    people, leads = _inbox()
    old = examples.lead(people.keeper.unit_path, 9, probability=0.9)
    dispose_lead(people.colleague, old, disposition="confirmed", reason="字号仅一字之差,已立案")
    sign_in(page, people.keeper)
    page.goto(reverse("desk"))
    expect(page.locator(".line")).to_have_count(3)
    _check(page, "desk")
    page.locator(".line summary").last.click()
    page.locator(".line textarea").last.wait_for(state="visible")
    _check(page, "desk-decide")
    page.goto(reverse("leads:leads"))
    _check(page, "inbox")
    page.goto(leads[0].get_absolute_url())
    _check(page, "lead")
    page.goto(old.get_absolute_url())
    _check(page, "lead-decided")
    page.goto(reverse("leads:quality"))
    _check(page, "quality")
    _look_at_acts(page, people, leads[1])
    sign_in(page, people.head)
    page.goto(leads[2].get_absolute_url())
    _check(page, "lead-head")


def _look_at_acts(page: Any, people: Cast, lead: Lead) -> None:
    """A lead with its kind of act, the checklist, and the form for a lead entered by hand."""
    name_act(people.keeper, lead, act_kind="name_confusion")
    given = {"sign_alike": Given("yes", "师、帅一笔之差"), "public_misled": Given("no", "行业不同")}
    answer_checklist(people.keeper, lead, given)
    page.goto(lead.get_absolute_url())
    _check(page, "lead-act")
    page.goto(reverse("leads:checklist", args=[lead.pk]))
    _check(page, "checklist")
    page.goto(reverse("leads:leads-new"))
    _check(page, "lead-new")
    entered = enter_lead(
        people.keeper,
        {
            "source": "complaint", "act_kind": "false_promotion", "title": "保健品店宣称根治糖尿病",
            "facts": "门店海报称“根治糖尿病”,两名顾客各购买三盒。",
        },
    )  # fmt: skip
    page.goto(entered.get_absolute_url())
    _check(page, "lead-by-hand")
    page.goto(reverse("desk"))
    expect(page.locator(".line", has_text=entered.title)).to_be_visible()
    _check(page, "desk-by-hand")


def test_every_page_is_finished_at_desktop_width(page: Any) -> None:
    """Accessible, and nothing sticks out."""
    _look(page)


def test_every_page_is_finished_on_a_phone(phone: Any) -> None:
    """The same at 390 px."""
    _look(phone)


def test_a_lead_is_dismissed_without_leaving_the_desk(page: Any) -> None:
    """Open the line's menu, write why, press: the desk comes back without the line."""
    people, leads = _inbox()
    sign_in(page, people.keeper)
    page.goto(reverse("desk"))
    line = page.locator(".line", has_text=leads[2].title)
    line.locator("summary").click()
    line.get_by_label("理由").fill("并存多年,不会误认")
    line.locator('button[value="dismissed"]').click()
    expect(page.locator(".notice-success", has_text=leads[2].title)).to_be_visible()
    expect(page).to_have_url(re.compile(reverse("desk") + "$"))
    expect(page.locator(".line", has_text=leads[2].title)).to_have_count(0)
    leads[2].refresh_from_db()
    assert leads[2].disposition_reason == "并存多年,不会误认"


def test_a_key_decides_and_what_was_typed_survives_a_faster_colleague(page: Any) -> None:
    """Key 4 dismisses; the refused officer still reads the reason they typed."""
    people, leads = _inbox()
    sign_in(page, people.keeper)
    page.goto(leads[1].get_absolute_url())
    page.get_by_label("理由").fill("我的理由")
    dispose_lead(people.colleague, leads[1], disposition="confirmed", reason="已核查")
    watch_of(page).allow("409")
    page.locator("h1").click()
    page.keyboard.press("4")
    page.locator(".error-summary").wait_for()
    assert page.locator(".typed").inner_text() == "我的理由"
    _check(page, "lead-error")
    page.goto(leads[2].get_absolute_url())
    page.get_by_label("理由").fill("不会误认")
    page.locator("h1").click()
    page.keyboard.press("4")
    page.wait_for_url(re.compile(leads[2].get_absolute_url()))
    page.locator(".notice-success").wait_for()
    leads[2].refresh_from_db()
    assert leads[2].disposition == "dismissed"
