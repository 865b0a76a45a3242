"""Every part of a page, looked at in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.harness.browser import (
    DESKTOP,
    PHONE,
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
    watched_page,
)
from zhixing.kit import navigation
from zhixing.kit.navigation import NavItem

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.kit.frame_urls")]


@pytest.fixture(autouse=True)
def bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})
    navigation.register(NavItem("desk", "工作台", "desk", 10, icon="layout-dashboard", phone=True))
    navigation.register(NavItem("leads", "线索", "leads", 20, icon="inbox", phone=True))
    navigation.register(NavItem("brands", "傍名牌", "brands", 1, group="monitors"))


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def shown(
    request: pytest.FixtureRequest, browser: Any, live_server: Any, scheme: str
) -> Iterator[Page]:
    device = request.param | {"color_scheme": scheme}
    with watched_page(browser, live_server.url, device) as page:
        yield page


def test_every_part_is_accessible_and_fits(shown: Page, scheme: str) -> None:
    """No violation, nothing wider than the window, on screen and phone, light and dark."""
    shown.goto("/_components/")
    expect(shown.locator(".chart-canvas svg").first).to_be_visible()
    expect(shown.locator(".map-canvas canvas").first).to_be_visible()
    # The finished job has replaced the one that was under way.
    expect(shown.locator(".job[hx-get]")).to_have_count(0)
    assert_accessible(shown)
    assert_no_sideways_scroll(shown)
    screenshot(shown, f"components-{scheme}")


def test_every_part_reads_without_javascript(browser: Any, live_server: Any) -> None:
    """Figures behind charts, menus and the state of a job are there without scripts."""
    with watched_page(browser, live_server.url, DESKTOP | {"java_script_enabled": False}) as page:
        page.goto("/_components/")
        page.locator("nav details.menu summary").first.click()
        expect(page.locator("nav details.menu a").first).to_be_visible()
        page.locator(".chart .twin summary").first.click()
        expect(page.locator(".chart table").first).to_be_visible()
        expect(page.locator(".chart-canvas").first).to_be_hidden()
        expect(page.locator(".job a").first).to_be_visible()


def test_errors_are_told_first_and_lead_to_their_field(page: Page) -> None:
    """The summary has the focus when the page opens; its links go to the inputs."""
    page.goto("/_components/")
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(page.locator("#id_reason").last).to_be_attached()
    assert page.url.endswith("#id_reason")


def test_a_menu_closes_by_escape_and_gives_the_focus_back(page: Page) -> None:
    """Menus work by keyboard alone."""
    page.goto("/_components/")
    opener = page.locator("nav details.menu summary").first
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator("nav details.menu a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("nav details.menu a").first).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_decision_has_its_key(page: Page) -> None:
    """A digit presses its button, except while something is being typed."""
    page.goto("/_components/")
    page.locator("#id_premises").first.focus()
    page.keyboard.press("2")
    assert not page.url.endswith("#2")
    page.locator("h1").click()
    page.keyboard.press("2")
    expect(page).to_have_url("/_components/#2")


def test_a_row_opens_on_click(page: Page) -> None:
    """Anywhere in a row is as good as its link."""
    page.goto("/_components/")
    page.locator("tr[data-href] td").nth(1).click()
    expect(page).to_have_url("/_components/#row1")


def test_what_was_typed_outlives_a_sign_in(page: Page) -> None:
    """A form refused because the session ended comes back filled, at the page it stood on."""
    page.goto("/_components/")
    page.locator("form[data-draft] [name=premises]").fill("康帅傅食品经营部")
    page.evaluate("document.querySelector('form[data-draft]').dispatchEvent(new Event('submit'))")
    page.goto("/login/")
    assert page.locator("input[name=next]").input_value() == "/_components/"
    page.goto("/_components/")
    expect(page.locator("form[data-draft] [name=premises]")).to_have_value("康帅傅食品经营部")


def test_what_was_accepted_leaves_no_draft(page: Page) -> None:
    """After an accepted form the next one is empty."""
    page.goto("/_components/")
    page.locator("form[data-draft] [name=premises]").fill("康帅傅食品经营部")
    page.evaluate("document.querySelector('form[data-draft]').dispatchEvent(new Event('submit'))")
    page.goto("/leads/")
    page.goto("/_components/")
    expect(page.locator("form[data-draft] [name=premises]")).to_have_value("")


def test_paper_is_light_and_without_bars(browser: Any, live_server: Any) -> None:
    """A page printed from a dark screen is black on white, with no bar or button on it."""
    with watched_page(browser, live_server.url, DESKTOP | {"color_scheme": "dark"}) as page:
        page.goto("/_components/")
        page.emulate_media(media="print")
        expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
        expect(page.locator("body")).to_have_css("color", "rgb(27, 37, 38)")
        expect(page.locator(".top")).to_be_hidden()
        expect(page.locator(".btn").first).to_be_hidden()


def test_the_style_page_is_closed_to_officers(client: Any) -> None:
    """Outside of DEBUG it needs its permission."""
    assert client.get("/refused/").status_code == 403
