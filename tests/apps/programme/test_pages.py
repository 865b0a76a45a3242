"""The pages of the programme."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.apps.people import make_officer, make_offices
from tests.apps.programme.counting import (
    INDICATOR,
    ITEM,
    SYSTEM,
    adopted,
    figure,
    registered,
    rounds_on,
)
from zhixing import law
from zhixing.apps.accounts.models import Officer, Role
from zhixing.apps.programme.actions.set_item import assign_item_owner
from zhixing.apps.programme.models import ItemSetting, Programme

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
BOARD = "/programme/"


def client_of(officer: Officer) -> Client:
    """A browser in which the officer is signed in."""
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


@pytest.fixture
def leader() -> Officer:
    """The leader of the bureau."""
    return make_officer(make_offices().bureau, Role.LEADER)


def item_url(code: str = ITEM) -> str:
    """The page of an item of 2026."""
    return reverse("programme:item", args=[2026, code])


def test_before_a_programme_is_adopted_the_board_says_what_to_do(leader: Officer) -> None:
    """A leader is led to adopting it; an officer is told who does."""
    page = client_of(leader).get(BOARD).content.decode()
    assert reverse("programme:adopt") in page
    officer = make_officer(make_offices().office, Role.OFFICER)
    page = client_of(officer).get(BOARD).content.decode()
    assert "empty-state" in page
    assert reverse("programme:adopt") not in page


def test_a_leader_adopts_the_programme_on_the_page(leader: Officer) -> None:
    """The form comes filled with this year; after adopting, the board stands."""
    client, url = client_of(leader), reverse("programme:adopt")
    form = client.get(url).context["form"]
    assert form["year"].value() == form["base_year"].value() + 1
    typed = {
        "unit": make_offices().bureau.pk, "source": "quality-city", "year": 2026,
        "base_year": 2026, "reason": "plan of the year",
    }  # fmt: skip
    wrong = client.post(url, typed)
    assert wrong.status_code == 422
    assert "base_year" in wrong.context["form"].errors
    assert client.post(url, typed | {"base_year": 2025}).status_code == 302
    assert client.post(url, typed | {"base_year": 2025}).status_code == 422
    page = client.get(BOARD).content.decode()
    for clause in law.programme().clauses:
        assert clause.title_zh in page, clause.path
    for item in law.programme().items:
        assert reverse("programme:item", args=[2026, item.code]) in page, item.code


def test_only_the_leading_roles_of_the_bureau_adopt() -> None:
    """The page is refused to a district's head and to an officer."""
    offices = make_offices()
    for unit, role in ((offices.district, Role.HEAD), (offices.bureau, Role.OFFICER)):
        client = client_of(make_officer(unit, role))
        assert client.get(reverse("programme:adopt")).status_code == 403
    assert not Programme.objects.exists()


def test_outsiders_do_not_see_the_board() -> None:
    """Laboratory, operator, auditor and administrator are refused on every page."""
    adopted()
    for role in (Role.LABORATORY, Role.OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR):
        client = client_of(make_officer(make_offices().bureau, role))
        for url in (BOARD, item_url(), reverse("programme:items")):
            assert client.get(url).status_code == 403, (role, url)


def test_a_number_on_the_board_leads_to_its_rows(leader: Officer) -> None:
    """Every figure is a link to the rows behind it; grey clauses show no figure."""
    adopted()
    with registered({"brands.leads_decided_share": figure(0.9, 0.85, 0.95)}):
        page = client_of(leader).get(BOARD).content.decode()
    # Once in the clause's row and once in its item's.
    assert page.count('href="/rows/?a=b"') == 2
    assert page.count('class="b-value"') == 2
    assert "interval-bar" in page


def test_the_board_filters_by_year_and_office(leader: Officer) -> None:
    """An office narrows the figures; a foreign or made-up one is not found."""
    adopted()
    adopted(2025)
    offices, client = make_offices(), client_of(leader)
    assert client.get(f"{BOARD}?year=2025").context["programme"].year == 2025
    narrow = client.get(f"{BOARD}?office={offices.district.path}")
    assert narrow.context["office"] == "城东区局"
    for query in ("office=3798/", "year=x"):
        assert client.get(f"{BOARD}?{query}").status_code == 404, query
    office = client_of(make_officer(offices.office, Role.OFFICER))
    assert office.get(f"{BOARD}?office={offices.district.path}").status_code == 404


def test_a_year_that_was_not_adopted_says_what_to_do(leader: Officer) -> None:
    """Its board leads a leader to adopting it."""
    adopted()
    page = client_of(leader).get(f"{BOARD}?year=2027").content.decode()
    assert "empty-state" in page
    assert reverse("programme:adopt") in page


def test_an_item_shows_words_figure_rounds_and_owner(leader: Officer) -> None:
    """The page quotes the programme and shows how the figure was counted."""
    adopted()
    text = law.programme()
    with registered({INDICATOR: figure(3)}, {ITEM: rounds_on(date(2026, 3, 2))}):
        response = client_of(leader).get(item_url())
    page = response.content.decode()
    for words in (
        text.item(ITEM).text,
        text.indicator(INDICATOR).title_zh,
        "round of 2026-03-02",
        "/rounds/2026-03-02/",
        "/rows/?a=b",
        text.unit("consumer").title_zh,
    ):
        assert words in page, words
    assert client_of(leader).get(item_url("no.such.item")).status_code == 404
    assert client_of(leader).get(reverse("programme:item", args=[2024, ITEM])).status_code == 404


def test_owner_and_target_are_set_on_the_items_page(leader: Officer) -> None:
    """Saved with a reason; without one the form comes back with what was typed."""
    adopted()
    offices, client = make_offices(), client_of(leader)
    owner = reverse("programme:assign-owner", args=[2026, "brands.sweep"])
    typed = {"unit": offices.district.pk, "officer": "", "note": "每月一次", "reason": ""}
    wrong = client.post(owner, typed)
    assert wrong.status_code == 422
    assert wrong.context["owner_form"]["note"].value() == "每月一次"
    assert client.post(owner, typed | {"reason": "分工"}).status_code == 302
    target = reverse("programme:set-target", args=[2026, "brands.sweep"])
    for amount in ("120", "-1", "much"):
        response = client.post(target, {"target": amount, "reason": "x"})
        assert response.status_code == 422, amount
        assert "target" in response.context["target_form"].errors, amount
    assert client.post(target, {"target": "80", "reason": "办公会确定"}).status_code == 302
    setting = ItemSetting.objects.get()
    assert (setting.owner_unit, setting.target) == (offices.district, 0.8)
    response = client.get(item_url("brands.sweep"))
    assert response.context["target_form"]["target"].value() == 80
    page = response.content.decode()
    for words in ("每月一次", "办公会确定", "分工", "80.0%"):
        assert words in page, words


def test_a_foreign_owner_cannot_be_chosen(leader: Officer) -> None:
    """The form offers offices and officers of this bureau alone, whatever is sent."""
    adopted()
    other = make_offices().bureau
    other.pk, other.code, other.path = None, "3798", "3798/"
    other.save()
    url = reverse("programme:assign-owner", args=[2026, ITEM])
    response = client_of(leader).post(url, {"unit": other.pk, "reason": "x"})
    assert response.status_code == 422
    assert "unit" in response.context["owner_form"].errors


def test_whoever_may_only_look_gets_no_forms() -> None:
    """A district's head sees the item without forms, and is refused when posting."""
    adopted()
    client = client_of(make_officer(make_offices().district, Role.HEAD))
    page = client.get(item_url()).content.decode()
    for name in ("assign-owner", "set-target"):
        url = reverse(f"programme:{name}", args=[2026, ITEM])
        assert url not in page
        assert client.post(url, {"reason": "x", "target": "3"}).status_code == 403
    assert not ItemSetting.objects.exists()


def test_the_list_of_items_shows_who_is_in_charge(leader: Officer) -> None:
    """The rows behind the share of items with somebody in charge are exactly those."""
    programme, offices = adopted(), make_offices()
    officer = make_officer(offices.office, Role.OFFICER)
    given = {"unit": offices.bureau, "reason": "ours"}
    assign_item_owner(SYSTEM, programme, ITEM, officer=None, **given)
    assign_item_owner(SYSTEM, programme, "brands.sweep", officer=officer, **given)
    client, url, n = client_of(leader), reverse("programme:items"), len(law.programme().items)
    for query, count in (("", n), ("owner", 2), ("person", 1), ("nobody", n - 2)):
        rows = client.get(f"{url}?year=2026&in_charge={query}").context["rows"]
        assert len(rows) == count, query
    assert client.get(f"{url}?year=x").status_code == 404


def test_a_changed_text_is_told(leader: Officer) -> None:
    """When the law file is not the one that was adopted, the board says so."""
    programme = adopted()
    client = client_of(leader)
    assert client.get(BOARD).context["text_changed"] is False
    Programme.objects.filter(pk=programme.pk).update(digest="0" * 64)
    assert client.get(BOARD).context["text_changed"] is True


def test_english_titles_on_an_english_page(leader: Officer) -> None:
    """The text's English titles stand on the English board."""
    adopted()
    client: Any = client_of(leader)
    page = client.get(BOARD, headers={"accept-language": "en"}).content.decode()
    for clause in law.programme().clauses:
        assert clause.title_en in page, clause.path


def test_the_page_needs_as_many_queries_for_many_settings_as_for_none(leader: Officer) -> None:
    """No query is made per clause, item or owner."""
    programme, offices, client = adopted(), make_offices(), client_of(leader)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(BOARD).status_code == 200
        return len(queries)

    few = count()
    officer = make_officer(offices.office, Role.OFFICER)
    for item in law.programme().items[:20]:
        assign_item_owner(
            SYSTEM, programme, item.code, unit=offices.bureau, officer=officer, reason="ours"
        )
    assert count() == few <= 45
