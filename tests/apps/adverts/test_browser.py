"""The ad watch in a real browser: the desk by keyboard and by touch, pages at both widths."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.apps.adverts import examples
from tests.apps.adverts.test_screening import BOTH, screened
from tests.harness.browser import (
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
    sign_in,
)
from zhixing.apps.adverts.actions.plan_reviews import plan_reviews
from zhixing.apps.adverts.models import Ad
from zhixing.kit.testing.suites import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def town() -> Cast:
    """Two suspicious advertisements on a medium; nothing is read twice."""
    people = examples.cast()
    office = people.keeper.unit_path
    plan_reviews(people.head, unit_path=office, double_share=0, sample_share=0, seed="s")
    medium = examples.medium(office)
    for text in (f"{BOTH}，三代人的手艺", f"另一则广告畞犇甲，{'柠檬苏打' * 3}"):
        ad = screened(office, text, title=f"广告{text[:4]}")
        examples.taken(office, examples.seen(text, medium=medium, page="A3"))
        Ad.objects.filter(pk=ad.pk).update(is_due=False)
    return people


def looked_at(page: Any, name: str) -> None:
    """Accessible, nothing sticks out; a picture for whoever wants to see it."""
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    screenshot(page, f"adverts-{name}")


def test_one_key_decides_a_finding_and_the_next_advertisement_comes(page: Any) -> None:
    """1 confirms, 2 rejects, Enter finishes; marked words become a finding; the rest by htmx."""
    people = town()
    sign_in(page, people.keeper)
    page.goto("/adverts/desk/")
    expect(page.locator(".finding-asked")).to_have_count(2)
    expect(page.locator(".ad-mark-now")).to_have_text("1畞犇甲")
    looked_at(page, "desk")
    page.reload()  # axe leaves empty style attributes, which htmx would copy
    expect(page.locator(".ad-mark-now")).to_have_text("1畞犇甲")
    page.keyboard.press("1")
    expect(page.locator(".ad-mark-now")).to_have_text("2畞犇乙")
    # Words marked with the mouse or a finger go into the form with their place.
    page.evaluate(
        """() => {
          const pieces = document.querySelectorAll(".desk-text [data-start]");
          const node = pieces[pieces.length - 1].firstChild;
          window.getSelection().setBaseAndExtent(node, 1, node, 4);
        }"""
    )
    expect(page.locator("#id_words")).to_have_value("老味道")
    page.locator("#id_family").select_option("DISPARAGE")
    page.locator(".missed .buttons button").click()
    expect(page.locator(".finding-list > .finding")).to_have_count(3)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.locator("#desk-ad")).to_contain_text("另一则")
    first = Ad.objects.get(text__startswith="示范")
    assert (first.verdict, first.findings.filter(decision="confirmed").count()) == ("violating", 2)
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.locator(".empty-state")).to_be_visible()


def test_the_desk_by_touch_on_a_phone(phone: Any) -> None:
    """Two large buttons a finding, one to go on."""
    people = town()
    sign_in(phone, people.keeper)
    phone.goto("/adverts/desk/")
    looked_at(phone, "desk-phone")
    phone.reload()
    for number in range(2):
        phone.locator(".verdict-yes").nth(number).click()
    phone.locator("[data-finish]").click()
    expect(phone.locator("#desk-ad")).to_contain_text("另一则")
    assert Ad.objects.get(text__startswith="示范").verdict == "serious"


@pytest.mark.parametrize("device", ["page", "phone"])
def test_every_page_of_the_ad_watch(device: str, request: Any) -> None:
    """Home, capture, text, lead, quality, folders, keys, rounds: accessible at both widths."""
    from tests.apps.media import examples as media

    page = request.getfixturevalue(device)
    people = town()
    found = media.running(people.head.unit_path, plan={"newspaper": 3})
    ad = Ad.objects.order_by("pk")[0]
    placement = ad.placements.exclude(medium=None)[0]
    sign_in(page, people.head)
    for name, address in (
        ("home", "/adverts/"),
        ("capture", "/adverts/capture/"),
        ("list", "/adverts/ads/"),
        ("ad", ad.get_absolute_url()),
        ("lead", f"/leads/{ad.lead_id}/"),
        ("quality", "/adverts/quality/"),
        ("folders", "/adverts/folders/"),
        ("keys", "/adverts/keys/"),
        ("capture-row", placement.capture.get_absolute_url()),
        ("medium", placement.medium.get_absolute_url()),
        ("round", found.get_absolute_url()),
        ("round-new", "/media/rounds/new/"),
        ("day", found.days.all()[0].get_absolute_url()),
    ):
        assert page.goto(address).ok, address
        looked_at(page, f"{name}-{device}")
