"""The loop once in a real browser: sign in → lead → evidence → decide → board → audit."""

from __future__ import annotations

import re
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import timezone
from playwright.sync_api import expect

from tests.apps.people import make_officer, make_offices
from tests.harness.browser import assert_accessible, assert_no_sideways_scroll, screenshot
from zhixing.apps.accounts.api import Officer
from zhixing.apps.brands.api import add_watched_mark, start_sweep
from zhixing.apps.leads.api import Lead
from zhixing.apps.programme.api import adopt_programme
from zhixing.apps.registry.api import create_subject
from zhixing.kit.jobs.api import run_inline

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
PASSWORD = "Market-Day-2026"
NAMES = (
    "海州市康帅傅食品有限公司",
    "海州市鑫源商贸有限公司",
    "海州市王佬吉饮料经营部",
    "海州市恒泰五金商行",
)


@pytest.fixture
def officer() -> Officer:
    """An officer of a bureau that has a watch list, names, a programme and one finished sweep."""
    offices = make_offices()
    head = make_officer(offices.bureau, "head", "leader", name="林若兰")
    worker = make_officer(offices.bureau, "officer", name="王建国")
    worker.set_password(PASSWORD)
    worker.save()
    for name in NAMES:
        create_subject(head, {"name": name, "unit_path": offices.office.path})
    for brand in ("康师傅", "王老吉"):
        add_watched_mark(head, {"text": brand, "unit_path": offices.bureau.path})
    year = timezone.localdate().year
    adopt_programme(
        head,
        unit=offices.bureau,
        year=year,
        base_year=year - 1,
        source="quality-city",
        reason="方案",
    )
    run_inline(start_sweep(head, unit_path=offices.bureau.path).job)
    return worker


def _sign_in(page: Any, officer: Officer) -> None:
    page.goto("/")
    page.get_by_label("用户名").fill(officer.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/desk/")


def test_an_officer_decides_on_a_lead_and_the_board_and_the_audit_show_it(
    page: Any, officer: Officer
) -> None:
    """What the engine found is decided in the browser; the board counts it; the chain holds it."""
    lead = Lead.objects.get(title__startswith=NAMES[0])
    assert Lead.objects.count() == 2, "the two look-alikes, and neither ordinary name"

    _sign_in(page, officer)
    line = page.locator("li", has_text=NAMES[0]).first
    assert "帅" in line.inner_text(), "the desk says why"
    assert_accessible(page)
    line.get_by_role("button").click()

    page.wait_for_url(f"**/leads/{lead.pk}/")
    evidence = page.locator("figure.differ")
    assert {"师", "帅"} <= set(evidence.inner_text())
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    screenshot(page, "loop-lead")
    page.get_by_label("理由").fill("字号与驰名商标仅一字之差,已现场核查")
    page.get_by_role("button", name=re.compile("属实")).click()
    expect(page.locator(".notice-success")).to_be_visible()
    lead.refresh_from_db()
    assert (lead.disposition, lead.disposed_by) == ("confirmed", officer)

    page.goto("/programme/?open=all")
    row = page.locator("tr", has=page.locator("a", has_text="1/2")).first
    assert "50" in row.inner_text(), "one of two leads is decided"
    assert_accessible(page)
    screenshot(page, "loop-board")
    row.locator("a", has_text="1/2").first.click()
    rows = page.locator("tbody tr")
    expect(rows, "the figure leads to the very rows it counts").to_have_count(2)

    from zhixing.cli.audit import audit

    result = CliRunner().invoke(audit, ["verify"])
    assert result.exit_code == 0, result.output
    assert "unbroken" in result.output


def test_a_refused_decision_keeps_what_was_typed(page: Any, officer: Officer) -> None:
    """A colleague was faster: the page says who decided, and the typed reason is still there."""
    from zhixing.apps.leads.api import dispose_lead

    lead = Lead.objects.get(title__startswith=NAMES[2])
    colleague = make_officer(officer.unit, "officer", name="赵小丽")  # type: ignore[arg-type]
    _sign_in(page, officer)
    page.goto(f"/leads/{lead.pk}/")
    page.get_by_label("理由").fill("我的理由")
    dispose_lead(colleague, lead, disposition="dismissed", reason="并存多年")
    from tests.harness.browser import watch_of

    watch_of(page).allow("409")
    page.get_by_role("button", name=re.compile("属实")).click()
    expect(page.locator("main")).to_contain_text("赵小丽")
    lead.refresh_from_db()
    assert lead.disposition == "dismissed"


def test_the_loop_works_on_a_phone(phone: Any, officer: Officer) -> None:
    """Desk, lead, subject and board fit 390 px and pass axe."""
    lead = Lead.objects.get(title__startswith=NAMES[0])
    _sign_in(phone, officer)
    for name, address in (
        ("desk", "/desk/"),
        ("lead", f"/leads/{lead.pk}/"),
        ("subject", lead.subject.get_absolute_url()),  # type: ignore[union-attr]
        ("board", "/programme/"),
        ("inbox", "/leads/"),
    ):
        phone.goto(address)
        assert_no_sideways_scroll(phone)
        assert_accessible(phone)
        screenshot(phone, f"loop-{name}")
