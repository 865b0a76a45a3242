"""Labels and chains in a real browser: on a phone, at a desk, without JavaScript for entering."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.apps.chains import examples
from tests.apps.chains.test_registers import TestLabels as LabelSuite
from tests.harness.browser import (
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
    sign_in,
)
from zhixing.kit.testing.suites import RegisterBrowserSuite

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class TestLabelPages(RegisterBrowserSuite):
    """Every page of the register of labels."""

    suite = LabelSuite

    def open(self, page: Any, officer: Any, url: str) -> None:
        sign_in(page, officer)
        page.goto(url)

    def check(self, page: Any) -> None:
        assert_accessible(page)
        assert_no_sideways_scroll(page)


TEXT = """品牌：皇冠
授权商：香港皇冠国际集团有限公司
监制：法国皇冠时装有限公司
制造商：示范市华盛制衣有限公司
产地：示范市"""


def town(office: str) -> Any:
    """A licensor with several factories, one contract in force, one that ran out."""
    factory = examples.firm(office, examples.FACTORY)
    examples.firm(office, examples.LENDER, kind="overseas")
    examples.contract(office)
    examples.contract(
        office, grantee_name="示范市美盛制衣厂", contract_number="XK-2", ends_on=date(2026, 2, 1)
    )
    examples.label(office, 1, brand="皇冠")
    text = "授权商：{}\n制造商：{}\n品名：{}"
    for number, maker in enumerate(("示范市美盛制衣厂", "示范市利达服装厂"), start=2):
        examples.label(
            office,
            number,
            brand="皇冠",
            product=f"第{number}款外套",
            seller_name=f"示范市第{number}商店",
            text=text.format(examples.LENDER, maker, "外套"),
        )
    return factory


def test_a_label_is_entered_on_a_phone_and_its_roles_confirmed(phone: Any) -> None:
    """Typed text, roles shown at once, one corrected, the chain below."""
    people = examples.cast()
    sign_in(phone, people.keeper)
    phone.goto("/chains/")
    phone.locator(".page-actions a.btn-primary").click()
    phone.locator("#id_text").fill(TEXT)
    phone.locator("#id_seller_name").fill("示范市百味商店")
    assert_accessible(phone)
    phone.locator("main button[type=submit].btn-primary").click()
    expect(phone.locator(".label-text mark").first).to_be_visible()
    expect(phone.locator("#roles table")).to_contain_text("法国皇冠时装有限公司")
    assert_accessible(phone)
    assert_no_sideways_scroll(phone)
    screenshot(phone, "chains-label")
    phone.locator(".page-actions a[href$='/roles/']").click()
    expect(phone.locator("#id_form-0-name")).to_have_value("皇冠")
    phone.locator("#id_form-2-role").select_option("technical")
    assert_accessible(phone)
    assert_no_sideways_scroll(phone)
    screenshot(phone, "chains-roles")
    phone.locator("main form button.btn-primary").click()
    expect(phone.locator("#roles table")).to_contain_text("法国皇冠时装有限公司")
    assert "/chains/labels/" in phone.url


@pytest.mark.parametrize("device", ["page", "phone"])
def test_a_chain_is_drawn_and_told_in_a_table(device: str, request: Any) -> None:
    """Overview, graph, subject, finding: accessible, nothing sticks out, gaps in words."""
    page = request.getfixturevalue(device)
    people = examples.cast()
    factory = town(people.keeper.unit_path)
    sign_in(page, people.keeper)
    page.goto("/chains/")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    screenshot(page, "chains-overview")
    page.locator("a[href*='key=']").first.click()
    expect(page.locator("svg.chain")).to_be_visible()
    expect(page.locator("svg.chain .chain-bad").first).to_be_attached()
    page.locator("details.twin summary").click()
    expect(page.locator("details.twin table")).to_be_visible()
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    screenshot(page, "chains-chain")
    page.goto(factory.get_absolute_url())
    expect(page.locator("#chain svg.chain")).to_be_visible()
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    screenshot(page, "chains-subject")
    page.goto("/chains/findings/?holds=true")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    page.locator("tbody a").first.click()
    expect(page.locator("#reasons")).to_be_visible()
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    screenshot(page, "chains-finding")


def test_a_contract_is_read_and_confirmed_in_the_register_s_form(page: Any) -> None:
    """Pasted text, what was read, the filled form."""
    people = examples.cast()
    sign_in(page, people.keeper)
    page.goto("/chains/contract/")
    page.locator("#id_text").fill(
        f"商标使用许可合同\n合同编号：XK-9\n许可人：{examples.LENDER}\n被许可人：{examples.FACTORY}\n"
        "许可商标：皇冠\n许可期限自2026年1月1日至2028年12月31日"
    )
    page.locator("main form button").click()
    expect(page.locator("table")).to_contain_text("2028-12-31")
    assert_accessible(page)
    screenshot(page, "chains-contract")
    page.locator("section a.btn-primary").click()
    expect(page.locator("#id_contract_number")).to_have_value("XK-9")
    expect(page.locator("#id_ends_on")).to_have_value("2028-12-31")
