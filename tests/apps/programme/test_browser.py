"""The programme in a real browser: at desktop width, on a phone, on paper."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.apps.people import make_officer, make_offices
from tests.apps.programme.counting import adopted
from tests.harness.browser import (
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
    sign_in,
)
from zhixing import law
from zhixing.apps.accounts.models import Role

pytestmark = pytest.mark.django_db(transaction=True)


def as_leader(page: Any) -> None:
    """The programme adopted, the leader signed in."""
    adopted()
    sign_in(page, make_officer(make_offices().bureau, Role.LEADER))


def look(page: Any) -> None:
    """Every page of the programme."""
    as_leader(page)
    for url, name in (
        (reverse("programme:board"), "board"),
        (reverse("programme:board") + "?open=all", "board-open"),
        (reverse("programme:item", args=[2026, "brands.sweep"]), "board-item"),
        (reverse("programme:items"), ""),
        (reverse("programme:adopt"), ""),
    ):
        page.goto(url)
        assert_accessible(page)
        assert_no_sideways_scroll(page)
        if name:
            screenshot(page, name)


def test_every_page_is_accessible_at_desktop_width(page: Any) -> None:
    """Board, item, list and form pass axe-core and fit the window."""
    look(page)


def test_every_page_is_accessible_on_a_phone(phone: Any) -> None:
    """The same at 390 px, with the clauses as cards."""
    look(phone)


def test_a_clause_unfolds_by_mouse_and_by_keyboard(page: Any) -> None:
    """Its items appear below it and fold again."""
    as_leader(page)
    page.goto(reverse("programme:board"))
    item = page.get_by_role("link", name=law.programme().item("brands.sweep").title_zh)
    expect(item).to_be_hidden()
    title = law.programme().clause("二/(二)").title_zh
    page.get_by_text(title).click()
    expect(item).to_be_visible()
    page.keyboard.press("Space")
    expect(item).to_be_hidden()


def test_the_board_prints_on_one_page_of_a4(page: Any) -> None:
    """Folded as it comes, the whole programme fits one sheet."""
    as_leader(page)
    page.goto(reverse("programme:board"))
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    (box,) = set(re.findall(rb"/MediaBox\s*\[([^\]]*)\]", pdf))
    sides = sorted(round(float(number)) for number in box.split()[2:])
    assert sides == [pytest.approx(595, abs=2), pytest.approx(842, abs=2)]
