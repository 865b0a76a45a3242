"""The pages of the programme: board, item, list of items, adopting."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.apps.people import LONG_AGO, make_officer, make_offices
from tests.apps.programme.examples import (
    REASON,
    Cast,
    cast,
    count_everything,
    count_only,
    fixed,
    held,
    share,
)
from tests.apps.programme.test_board import DECIDED, ROUNDS, SWEEP, TESTED, make_lead
from zhixing.apps.accounts.api import open_office
from zhixing.apps.accounts.models import Officer
from zhixing.apps.programme.api import ItemSetting, Programme, assign_item_owner
from zhixing.kit.actors import SystemActor

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
BOARD = reverse("programme:board")


@pytest.fixture
def people() -> Cast:
    """A bureau with the programme of the present year."""
    return cast(year=timezone.localdate().year)


def client_of(officer: Officer) -> Client:
    """A browser in which the officer is signed in."""
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


def item_url(people: Cast, code: str = SWEEP, name: str = "item") -> str:
    return reverse(f"programme:{name}", args=[people.programme.year, code])


@pytest.mark.parametrize("role", ["leader", "head", "officer", "sampler", "reporter"])
def test_staff_read_the_board(people: Cast, role: str) -> None:
    """Board, list and item open for everyone who works on supervision."""
    client = client_of(make_officer(people.offices.office, role))
    for url in (BOARD, reverse("programme:items"), item_url(people)):
        assert client.get(url).status_code == 200, url


@pytest.mark.parametrize("role", ["auditor", "administrator", "laboratory", "operator"])
def test_others_do_not(people: Cast, role: str) -> None:
    """Roles outside supervision are refused, and do not see the entry in the bar."""
    client = client_of(make_officer(people.offices.bureau, role))
    for url in (BOARD, reverse("programme:items"), item_url(people)):
        assert client.get(url).status_code == 403, url
    assert f'href="{BOARD}"' not in client.get(reverse("me")).content.decode()


def test_pages_need_a_sign_in(people: Cast) -> None:
    """Nobody reads the board unknown."""
    assert Client().get(BOARD).status_code == 302


def test_the_board_names_every_clause_and_its_items(people: Cast) -> None:
    """Clauses and items stand there by title, in Chinese or in English as the reader chose."""
    client = client_of(people.leader)
    text = people.programme.text
    chinese = client.get(BOARD, headers={"accept-language": "zh-hans"}).content.decode()
    for row in (*text.clauses, *text.items):
        assert row.title_zh in chinese, row.title_zh
    english = client.get(BOARD, headers={"accept-language": "en"}).content.decode()
    for row in text.clauses:
        assert row.title_en.replace("'", "&#x27;") in english, row.title_en


def test_the_number_leads_to_the_leads_it_counts(people: Cast) -> None:
    """The narrowed figure's link opens a list of just those leads."""
    offices = people.offices
    for number, path in enumerate(
        [offices.office.path, offices.office.path, offices.other_office.path]
    ):
        make_lead(people, path, number, decided=number == 0)
    client = client_of(people.leader)
    response = client.get(BOARD, {"office": offices.office.path})
    rows = [item for row in response.context["rows"] for item in row.items]
    item = next(item for item in rows if item.item.code == SWEEP)
    assert (item.figure.numerator, item.figure.denominator) == (1, 2)
    assert item.rows_url.replace("&", "&amp;") in response.content.decode()
    listed = client.get(item.rows_url).content.decode()
    assert "lead 0" in listed
    assert "lead 1" in listed
    assert "lead 2" not in listed


def test_the_filter_offers_ones_own_offices_alone(people: Cast) -> None:
    """An officer of one office cannot look at another one by typing its address."""
    client, other = client_of(people.officer), people.offices.other_office.path
    offered = dict(client.get(BOARD).context["form"].fields["office"].choices)
    assert set(offered) == {"", people.offices.office.path}
    assert client.get(BOARD, {"office": other}).status_code == 404
    assert client.get(item_url(people), {"office": other}).status_code == 403


def test_without_a_programme_the_board_says_what_to_do(people: Cast) -> None:
    """Who may adopt one gets the button; others are told who may."""
    Programme.objects.all().delete()
    adopt = reverse("programme:adopt")
    assert adopt in client_of(people.leader).get(BOARD).content.decode()
    assert adopt not in client_of(people.officer).get(BOARD).content.decode()


def test_a_year_without_a_programme_names_those_that_have_one(people: Cast) -> None:
    """A year not adopted is no missing page."""
    page = client_of(people.officer).get(BOARD, {"year": people.programme.year + 1})
    assert page.status_code == 200
    assert f"?year={people.programme.year}" in page.content.decode()
    assert client_of(people.officer).get(BOARD, {"year": "soon"}).status_code == 404


def test_an_old_programme_says_that_this_years_is_missing(people: Cast) -> None:
    """On New Year's Day the board does not show last year's lights as if nothing were missing."""
    Programme.objects.update(year=people.programme.year - 1, base_year=people.programme.year - 2)
    response = client_of(people.leader).get(BOARD)
    assert response.context["missing_year"] == timezone.localdate().year
    assert reverse("programme:adopt") in response.content.decode()


def test_a_changed_text_is_noticed(people: Cast) -> None:
    """A law file that differs from the text as adopted is announced on the board."""
    client = client_of(people.leader)
    assert client.get(BOARD).context["text_changed"] is False
    Programme.objects.update(digest="0" * 64)
    assert client.get(BOARD).context["text_changed"] is True


def test_a_programme_is_adopted_on_the_page() -> None:
    """Typed wrongly, the page comes back with what was typed; typed well, the board opens."""
    offices = make_offices()
    leader = make_officer(offices.bureau, "leader")
    client, url = client_of(leader), reverse("programme:adopt")
    assert client.get(url).status_code == 200
    typed = {
        "unit": offices.bureau.pk, "source": "quality-city", "year": 2026, "base_year": 2026,
        "reason": REASON,
    }  # fmt: skip
    wrong = client.post(url, typed)
    assert wrong.status_code == 422
    assert "base_year" in wrong.context["form"].errors
    done = client.post(url, {**typed, "base_year": 2025})
    assert done.status_code == 302
    assert client.get(done["Location"]).status_code == 200
    twice = client.post(url, {**typed, "base_year": 2025})
    assert twice.status_code == 422
    assert twice.context["form"].non_field_errors()


def test_adopting_is_not_offered_below_the_bureau() -> None:
    """The page itself is refused to a district."""
    head = make_officer(make_offices().district, "head")
    assert client_of(head).get(reverse("programme:adopt")).status_code == 403


def test_owner_and_target_are_set_on_the_items_page(people: Cast) -> None:
    """Both forms ask why; a share is typed in percent; the log shows both deeds in words."""
    client = client_of(people.leader)
    owner, target = item_url(people, name="assign-owner"), item_url(people, name="set-target")
    unreasoned = client.post(owner, {"unit": people.offices.district.pk, "reason": " "})
    assert unreasoned.status_code == 422
    assert "reason" in unreasoned.context["owner_form"].errors
    who = {"unit": people.offices.district.pk, "officer": people.district_head.pk}
    assert client.post(owner, {**who, "reason": REASON}).status_code == 302
    too_much = client.post(target, {"target": "120", "reason": REASON})
    assert too_much.status_code == 422
    assert "target" in too_much.context["target_form"].errors
    assert client.post(target, {"target": "80", "reason": REASON}).status_code == 302
    setting = ItemSetting.objects.get()
    assert setting.target == pytest.approx(0.8)
    assert setting.owner_officer == people.district_head
    page = client.get(item_url(people))
    assert [line.entry.deed for line in page.context["history"]] == [
        "programme_item.set_target",
        "programme_item.assign",
    ]
    assert "赵静" in page.content.decode()


def test_the_forms_are_not_shown_nor_accepted_from_others(people: Cast) -> None:
    """Wrong side: the head of a district reads the item and posts in vain."""
    client = client_of(people.district_head)
    page = client.get(item_url(people)).content.decode()
    for name in ("assign-owner", "set-target"):
        url = item_url(people, name=name)
        assert url not in page
        typed = {"unit": people.offices.district.pk, "target": "80", "reason": REASON}
        assert client.post(url, typed).status_code == 403
        assert client.get(url).status_code == 405
    assert not ItemSetting.objects.exists()


def test_an_unknown_item_or_year_is_a_missing_page(people: Cast) -> None:
    """Neither is an error of the server."""
    client = client_of(people.officer)
    assert client.get(item_url(people, "no.such_item")).status_code == 404
    assert client.get(reverse("programme:item", args=[1999, SWEEP])).status_code == 404
    assert client.get(reverse("programme:items"), {"year": "1999"}).status_code == 404


@pytest.mark.parametrize(("wanted", "count"), [("owner", 2), ("person", 1), ("nobody", -2)])
def test_the_list_of_items_is_the_rows_behind_the_owners_figure(
    people: Cast, wanted: str, count: int
) -> None:
    """As many items as the figure counted, by who is in charge."""
    for code, officer in ((SWEEP, None), ("sampling.rounds", people.officer)):
        assign_item_owner(
            people.leader, people.programme, code, unit=people.offices.district, officer=officer,
            reason=REASON,
        )  # fmt: skip
    response = client_of(people.officer).get(reverse("programme:items"), {"in_charge": wanted})
    expected = count if count > 0 else len(people.programme.text.items) + count
    assert len(response.context["rows"]) == expected


def test_the_full_page_asks_few_questions(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every item counted the page costs no more queries than with a few."""

    def queries() -> int:
        client: Any = client_of(people.leader)
        client.get(BOARD)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(BOARD).status_code == 200
        return len(asked)

    few = queries()
    count_everything(monkeypatch, people.programme)
    assert queries() <= few


def test_grey_clauses_show_no_figure(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one figure counted, it stands once on its clause and once on its item, as links."""
    count_only(monkeypatch, {DECIDED: fixed(share(90, 100))})
    page = client_of(people.leader).get(BOARD).content.decode()
    assert page.count('class="b-value"') == 2
    assert "90/100" in page


def test_an_item_shows_words_figure_and_rounds(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page quotes the programme, and links figure and rounds to what is behind them."""
    first = people.programme.adopted_on.replace(month=1, day=1)
    count_only(monkeypatch, {DECIDED: fixed(share(90, 100))}, {SWEEP: held(first)})
    page = client_of(people.officer).get(item_url(people)).content.decode()
    item = people.programme.text.item(SWEEP)
    unit = people.programme.text.unit(item.owner).title_zh
    for words in (item.text, "90 / 100", f"round of {first}", unit):
        assert words in page, words


@pytest.mark.parametrize(
    ("tongue", "proposed", "stated"),
    [("zh-hans", "建议", "计划文本规定"), ("en", "proposed", "of the programme")],
)
def test_a_proposed_target_is_not_shown_as_the_plans(
    people: Cast, monkeypatch: pytest.MonkeyPatch, tongue: str, proposed: str, stated: str
) -> None:
    """A target the plan does not state is called proposed, with the note; a stated one is not."""
    count_only(monkeypatch, {DECIDED: fixed(share(90, 100)), TESTED: fixed(share(3, 4))})
    client, item = client_of(people.officer), people.programme.text.item(SWEEP)
    page = client.get(item_url(people), headers={"accept-language": tongue}).content.decode()
    assert f'<span class="muted">{proposed}</span>' in page
    assert (item.note_en if tongue == "en" else item.note_zh) in page
    page = client.get(
        item_url(people, ROUNDS), headers={"accept-language": tongue}
    ).content.decode()
    assert f'<span class="muted">{stated}</span>' in page
    assert f'<span class="muted">{proposed}</span>' not in page


def test_a_foreign_owner_cannot_be_chosen(people: Cast) -> None:
    """The form offers offices of this bureau alone, whatever is sent."""
    other = open_office(
        SystemActor("test"), code="3798", name="邻市局", kind="city", parent=None,
        opened_on=LONG_AGO,
    )  # fmt: skip
    response = client_of(people.leader).post(
        item_url(people, name="assign-owner"), {"unit": other.pk, "reason": REASON}
    )
    assert response.status_code == 422
    assert "unit" in response.context["owner_form"].errors
