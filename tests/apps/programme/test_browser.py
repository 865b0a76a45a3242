"""The board in a real browser: readable, foldable, accessible, one sheet of paper."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.apps.programme.examples import Cast, cast, count_everything
from tests.apps.programme.test_board import ROUNDS
from tests.harness.browser import (
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
    sign_in,
)

pytestmark = pytest.mark.django_db(transaction=True)
BOARD = reverse("programme:board")


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """A bureau whose whole programme is counted: the fullest board there can be."""
    made = cast(year=timezone.localdate().year)
    count_everything(monkeypatch, made.programme)
    return made


def check(page: Any, name: str) -> None:
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    screenshot(page, name)


def look(page: Any, people: Cast) -> None:
    """Board folded and unfolded, and an item with its form open."""
    sign_in(page, people.leader)
    page.goto(BOARD)
    check(page, "programme-board")
    page.goto(f"{BOARD}?open=all")
    expect(page.locator("tr.item-row").first).to_be_visible()
    check(page, "programme-board-open")
    page.locator(f'a[href$="/{ROUNDS}/"]').first.click()
    page.locator("details.fold-form summary").first.click()
    expect(page.locator("details.fold-form button[type=submit]").first).to_be_visible()
    check(page, "programme-item")


def test_board_and_item_are_accessible_at_desktop_width(people: Cast, page: Any) -> None:
    """They pass axe-core and fit the window."""
    look(page, people)


def test_board_and_item_are_accessible_on_a_phone(people: Cast, phone: Any) -> None:
    """The same at 390 px, with the clauses as cards."""
    look(phone, people)


def test_a_clause_unfolds_by_mouse_and_by_keyboard(people: Cast, page: Any) -> None:
    """Its items appear below it and fold again; other clauses stay as they are."""
    sign_in(page, people.leader)
    page.goto(BOARD)
    text = people.programme.text
    item = page.get_by_role("link", name=text.item("brands.sweep").title_zh)
    other = page.get_by_role("link", name=text.item("organisation.appraisal").title_zh)
    expect(item).to_be_hidden()
    page.get_by_text(text.clause("二/(二)").title_zh).click()
    expect(item).to_be_visible()
    expect(other).to_be_hidden()
    page.keyboard.press("Space")
    expect(item).to_be_hidden()


def test_adopting_and_the_empty_board_are_accessible(people: Cast, page: Any) -> None:
    """The pages a bureau meets first."""
    sign_in(page, people.leader)
    page.goto(f"{BOARD}?year={people.programme.year + 1}")
    check(page, "programme-none")
    page.goto(reverse("programme:adopt"))
    check(page, "programme-adopt")
    page.goto(reverse("programme:items"))
    check(page, "programme-items")


def test_the_board_prints_on_one_sheet(people: Cast, page: Any) -> None:
    """The fullest board, every clause folded, is one A4 page."""
    sign_in(page, people.leader)
    page.goto(BOARD)
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    sizes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", printed)
    assert {(round(float(w)), round(float(h))) for w, h in sizes} == {(595, 842)}


def test_a_number_on_the_board_opens_its_rows(people: Cast, page: Any) -> None:
    """Clicking the figure leads where the figure says its rows are."""
    sign_in(page, people.leader)
    page.goto(BOARD)
    page.locator("a.b-value").first.click()
    expect(page).to_have_url(re.compile("/leads/"))
