"""The top bar: what each officer sees in it."""

from __future__ import annotations

import pytest

from tests.kit.frame_urls import StrawOfficer
from zhixing.kit import navigation
from zhixing.kit.navigation import NavItem

pytestmark = pytest.mark.urls("tests.kit.frame_urls")


@pytest.fixture(autouse=True)
def bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})
    navigation.register(NavItem("desk", "Desk", "desk", 10))
    navigation.register(
        NavItem("leads", "Leads", "leads", 20, permission="leads.view_lead", count=lambda user: 12)
    )
    navigation.register(NavItem("brands", "Brands", "brands", 1, group="monitors"))
    navigation.register(NavItem("cases", "Cases", "cases:cases", 1, group="actions"))


def keys(officer: StrawOfficer, path: str = "/") -> list[str]:
    return [entry.key for entry in navigation.entries(officer, path)]


def test_an_entry_is_seen_only_with_its_permission() -> None:
    """Without the permission there is no entry."""
    assert keys(StrawOfficer()) == ["desk", "monitors"]
    assert keys(StrawOfficer("leads.view_lead")) == ["desk", "leads", "monitors"]


def test_a_menu_without_pages_is_left_out() -> None:
    """A page that no app serves leaves neither an entry nor an empty menu."""
    assert "actions" not in keys(StrawOfficer())


@pytest.mark.parametrize(
    ("path", "active"),
    [("/", ["desk"]), ("/leads/1/", ["leads"]), ("/brands/", ["monitors"]), ("/other/", [])],
)
def test_the_entry_that_a_page_lies_under_is_active(path: str, active: list[str]) -> None:
    """The desk is active on its own page only; a menu is active with its entry."""
    bar = navigation.entries(StrawOfficer("leads.view_lead"), path)
    assert [entry.key for entry in bar if entry.active] == active


def test_an_entry_carries_its_count() -> None:
    """Open leads stand beside the word."""
    bar = navigation.entries(StrawOfficer("leads.view_lead"), "/")
    assert {entry.key: entry.count for entry in bar}["leads"] == 12


def test_an_unknown_menu_is_refused() -> None:
    """There are no menus beside those of the bar."""
    with pytest.raises(ValueError, match="elsewhere"):
        navigation.register(NavItem("x", "X", "desk", 1, group="elsewhere"))
