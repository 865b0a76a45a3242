"""Pages of trade-mark protection in a real browser, wide and on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.apps.protection import examples
from tests.apps.protection.test_pages import client_of
from tests.harness.browser import (
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
    sign_in,
)
from zhixing.apps.leads.api import Lead
from zhixing.apps.protection.actions import inspect_markets, keep_files, transfer_crime
from zhixing.apps.protection.actions.inspect_markets import Seen

pytestmark = pytest.mark.django_db(transaction=True)


def _check(page: Any, name: str) -> None:
    screenshot(page, f"protection-{name}")
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def _look(page: Any) -> None:
    people = examples.cast()
    mark = examples.mark(people.keeper.unit_path, 1)
    file = examples.file(people.keeper, 2, trade_mark=mark)
    examples.fact(people.keeper, file, "sales", "61250.50")
    wrong = examples.fact(people.keeper, file, "unsold", 4000)
    keep_files.withdraw_fact(people.keeper, wrong, reason="与上一笔重复")
    waiting = examples.confirmed(people.keeper, 7)
    request = examples.request(people.keeper, 30, file=file, party_name="顺达服装店")
    sign_in(page, people.keeper)
    page.goto(waiting.get_absolute_url())
    _check(page, "lead")
    page.goto(reverse("protection:files-open", args=[waiting.pk]))
    _check(page, "open-file")
    page.goto(file.get_absolute_url())
    _check(page, "file")
    for summary in page.locator("#steps summary").all():
        if summary.evaluate("e => !e.parentElement.open"):
            summary.click()
    _check(page, "file-steps")
    page.goto(reverse("protection:fact-withdraw", args=[file.facts.first().pk]))
    _check(page, "withdraw")
    transfer = examples.transfer(people.keeper, people.colleague, 80, file=file)
    page.goto(reverse("protection:overview"))
    _check(page, "overview")
    for url_name in ("files", "transfers", "assistance"):
        page.goto(reverse(f"protection:{url_name}"))
        _check(page, url_name)
    page.goto(request.get_absolute_url())
    _check(page, "request")
    page.goto(reverse("protection:assistance-letter", args=[request.pk]))
    _check(page, "letter")
    page.goto(reverse("protection:assistance-new"))
    _check(page, "request-new")
    page.goto(file.subject.get_absolute_url())
    _check(page, "subject")
    page.goto(mark.get_absolute_url())
    _check(page, "mark")
    sign_in(page, people.head)
    page.goto(transfer.get_absolute_url())
    _check(page, "transfer")
    transfer_crime.approve_transfer(people.head, transfer)
    page.goto(transfer.get_absolute_url())
    _check(page, "transfer-approved")


def _look_at_orders_and_markets(page: Any) -> None:
    people = examples.cast()
    path = people.keeper.unit_path
    examples.mark(path, 1, text="骆驼", protection=["well_known"])
    examples.mark(path, 2, text="康师傅", protection=["foreign"])
    order = examples.order(
        path, 1, mark_text="骆驼", export_only=True, destination="德国", quantity=500
    )
    inspection = examples.inspection(people.keeper, people.colleague, 1)
    inspect_markets.enter_stall(
        people.keeper, inspection, stall="A12", operator_name="张记鞋行",
        seen=[Seen("骆驼", "no", "无授权书"), Seen("安踏", "yes"), Seen("康师傅", "unsure")],
    )  # fmt: skip
    sign_in(page, people.keeper)
    pages = {
        "oem": reverse("protection:oem"),
        "maker": order.enterprise.get_absolute_url(),
        "maker-new": reverse("protection:oem-new"),
        "orders": reverse("protection:oem-orders"),
        "order": order.get_absolute_url(),
        "order-new": reverse("protection:oem-orders-new"),
        "markets": reverse("protection:markets"),
        "market": inspection.market.get_absolute_url(),
        "inspections": reverse("protection:inspections"),
        "inspection-new": reverse("protection:inspections-new"),
        "inspection": inspection.get_absolute_url(),
        "stall-new": reverse("protection:stall-new", args=[inspection.pk]),
        "stall": inspection.visits.get().get_absolute_url(),
        "maker-subject": order.enterprise.subject.get_absolute_url(),
    }
    for name, url in pages.items():
        page.goto(url)
        _check(page, name)
    for monitor in ("protection.oem", "protection.markets"):
        lead = Lead.objects.get(monitor=monitor)
        # Other apps prepare their engines for the first lead page of a process; not measured here.
        client_of(people.keeper).get(lead.get_absolute_url())
        page.goto(lead.get_absolute_url())
        _check(page, f"lead-{monitor}")


def test_pages_of_orders_and_markets_are_finished_at_desktop_width(page: Any) -> None:
    """Accessible, and nothing sticks out."""
    _look_at_orders_and_markets(page)


def test_pages_of_orders_and_markets_are_finished_on_a_phone(phone: Any) -> None:
    """The same at 390 px."""
    _look_at_orders_and_markets(phone)


def test_a_stall_typed_on_a_phone_is_not_lost(phone: Any) -> None:
    """Half typed, the page left and come back to: everything is there; then it is saved."""
    people = examples.cast()
    inspection = examples.inspection(people.keeper, people.colleague, 1)
    url = reverse("protection:stall-new", args=[inspection.pk])
    sign_in(phone, people.keeper)
    phone.goto(url)
    phone.locator("#id_stall").fill("B7")
    phone.locator("#id_seen-0-mark_text").fill("骆驼")
    phone.locator("#id_seen-0-shown").select_option("no")
    phone.goto(reverse("desk"))
    phone.goto(url)
    expect(phone.locator("#id_stall")).to_have_value("B7")
    expect(phone.locator("#id_seen-0-shown")).to_have_value("no")
    phone.get_by_role("button", name="保存,录下一个").click()
    expect(phone.locator(".notice-success")).to_contain_text("B7")
    expect(phone.locator("#id_stall")).to_have_value("")
    assert Lead.objects.filter(monitor="protection.markets").count() == 1


def test_every_page_is_finished_at_desktop_width(page: Any) -> None:
    """Accessible, and nothing sticks out."""
    _look(page)


def test_every_page_is_finished_on_a_phone(phone: Any) -> None:
    """The same at 390 px."""
    _look(phone)


def test_from_a_confirmed_lead_to_an_alert_by_hand(page: Any) -> None:
    """Refer to case, enter an amount that reaches the bar, read the warning."""
    people = examples.cast()
    lead = examples.confirmed(people.keeper, 1)
    sign_in(page, people.keeper)
    page.goto(lead.get_absolute_url())
    page.get_by_role("link", name="转入案卷").click()
    page.get_by_label("行为种类").select_option("selling")
    page.get_by_role("button", name="建立案卷").click()
    page.locator("summary", has_text="录入查明数额").click()
    page.locator("#fact_measure").select_option("sales")
    page.locator("#fact_amount").fill("52000")
    page.locator("#fact_basis").fill("微信收款记录")
    page.get_by_role("button", name="录入查明数额").click()
    expect(page.locator(".notice-error")).to_contain_text("刑事立案数额")
    file = keep_files.InfringementFile.objects.get(lead=lead)
    assert file.crime_suspected
    assert file.opened_on == timezone.localdate()


def test_what_is_typed_into_a_step_survives_leaving_the_page(phone: Any) -> None:
    """A draft of the findings is there again when the officer comes back."""
    people = examples.cast()
    file = examples.file(people.keeper, 0)
    sign_in(phone, people.keeper)
    phone.goto(file.get_absolute_url())
    phone.locator("summary", has_text="调查终结").click()
    phone.locator("#investigated_findings").fill("现场查获外套三十件")
    phone.goto(reverse("desk"))
    phone.goto(file.get_absolute_url())
    phone.locator("summary", has_text="调查终结").click()
    expect(phone.locator("#investigated_findings")).to_have_value("现场查获外套三十件")
