"""The pages of offices and officers."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.apps.people import make_officer, make_offices
from zhixing.apps.accounts.actions.manage_offices import close_office
from zhixing.apps.accounts.models import Officer, OrgUnit, Role
from zhixing.kit.actors import SystemActor

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
REASON = {"reason": "as the bureau decided"}


def client_of(officer: Officer) -> Client:
    """A browser in which the officer is signed in."""
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


def page_of(client: Client, url: str) -> str:
    """The page's text."""
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


@pytest.fixture
def offices() -> Any:
    """A bureau, a district, two offices."""
    return make_offices()


@pytest.fixture
def administrator(offices: Any) -> Officer:
    """The administrator of the district."""
    return make_officer(offices.district, Role.ADMINISTRATOR)


def test_the_tree_shows_ones_own_offices(offices: Any, administrator: Officer) -> None:
    """The district's tree begins at the district; the bureau above is not listed."""
    page = page_of(client_of(administrator), reverse("accounts:offices"))
    assert "城关所" in page
    assert '<th scope="row" class="office-name depth-0">城东区局' in page
    assert f">{offices.bureau.code}<" not in page


def test_closed_offices_are_shown_on_request(offices: Any, administrator: Officer) -> None:
    """A closed office leaves the tree, and comes back with its last day and successor."""
    close_office(
        SystemActor("test"), offices.office, on=offices.office.opened_on,
        successor=offices.other_office, reason="merged",
    )  # fmt: skip
    client = client_of(administrator)
    assert offices.office.code not in page_of(client, reverse("accounts:offices"))
    page = page_of(client, f"{reverse('accounts:offices')}?closed=1")
    assert offices.office.code in page
    assert "is-closed" in page


def test_an_office_is_opened_and_closed_on_the_pages(offices: Any, administrator: Officer) -> None:
    """The form opens an office below the chosen one; the confirmation page closes it."""
    client = client_of(administrator)
    typed = {
        "parent": offices.district.pk, "name": "新城所", "code": "37990109", "kind": "office",
        "opened_on": "2026-11-01",
    }  # fmt: skip
    url = reverse("accounts:open-office")
    taken = client.post(url, typed | {"code": offices.office.code})
    assert taken.status_code == 422
    assert "code" in taken.context["form"].errors
    assert taken.context["form"]["name"].value() == "新城所"
    assert client.post(url, typed).status_code == 302
    unit = OrgUnit.objects.get(code="37990109")
    close = reverse("accounts:close-office", args=[unit.pk])
    early = client.post(close, {"on": "2026-10-01", **REASON})
    assert early.status_code == 422
    assert client.post(close, {"on": "2026-11-20"}).status_code == 422
    closing = {"on": "2026-11-20", "successor": offices.office.pk, **REASON}
    assert client.post(close, closing).status_code == 302
    unit.refresh_from_db()
    assert unit.successor == offices.office
    assert client.get(close).status_code == 404


def test_a_foreign_parent_cannot_be_chosen(offices: Any, administrator: Officer) -> None:
    """The form offers the administrator's own offices alone, whatever is sent."""
    typed = {
        "parent": offices.bureau.pk, "name": "新区局", "code": "379909", "kind": "county",
        "opened_on": "2026-11-01",
    }  # fmt: skip
    response = client_of(administrator).post(reverse("accounts:open-office"), typed)
    assert response.status_code == 422
    assert "parent" in response.context["form"].errors


def test_an_account_is_opened_on_the_page(offices: Any, administrator: Officer) -> None:
    """The new officer stands in the list with the roles; a weak password is told at its field."""
    client, url = client_of(administrator), reverse("accounts:officers-new")
    typed = {
        "username": "wangming", "display_name": "王明", "unit": offices.office.pk,
        "phone": "13812345678", "roles": ["officer", "sampler"], "since": "2026-11-01",
        "password": "12345",
    }  # fmt: skip
    weak = client.post(url, typed)
    assert weak.status_code == 422
    assert "password" in weak.context["form"].errors
    foreign = client.post(url, typed | {"unit": offices.bureau.pk})
    assert "unit" in foreign.context["form"].errors
    assert client.post(url, typed | {"password": "long-and-plain-words"}).status_code == 302
    officer = Officer.objects.get(username="wangming")
    assert {role.role for role in officer.role_assignments.all()} == {"officer", "sampler"}
    page = page_of(client, reverse("accounts:officers"))
    assert "王明" in page
    assert "13812345678" not in page


def test_roles_are_given_and_ended_on_the_officers_page(
    offices: Any, administrator: Officer
) -> None:
    """A role is given with a reason and ended on its own page; both stand in the account's log."""
    officer, client = make_officer(offices.office, Role.OFFICER), client_of(administrator)
    url = reverse("accounts:assign-role", args=[officer.pk])
    typed = {"role": "head", "unit": offices.office.pk, "since": "2026-11-01"}
    refused = client.post(url, typed)
    assert refused.status_code == 422
    assert "reason" in refused.context["role_form"].errors
    assert client.post(url, typed | REASON).status_code == 302
    again = client.post(url, typed | REASON)
    assert again.status_code == 422
    assert again.context["role_form"].non_field_errors()
    role = officer.role_assignments.get(role="head")
    end = reverse("accounts:end-role", args=[officer.pk, role.pk])
    assert client.get(end).status_code == 200
    assert client.post(end, {"on": "2026-11-30", **REASON}).status_code == 302
    log = client.get(officer.get_absolute_url()).context["log"]
    assert [entry.deed for entry in log] == ["officer.end_role", "officer.assign_role"]


def test_an_account_is_locked_on_the_page(offices: Any, administrator: Officer) -> None:
    """The confirmation page asks why; afterwards the page offers to unlock."""
    officer, client = make_officer(offices.office, Role.OFFICER), client_of(administrator)
    url = reverse("accounts:lock-officer", args=[officer.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, REASON).status_code == 302
    officer.refresh_from_db()
    assert not officer.is_active
    assert client.post(url, REASON).status_code == 302
    officer.refresh_from_db()
    assert officer.is_active
    lift = client.post(reverse("accounts:lift-sign-in-lock", args=[officer.pk]), REASON)
    assert lift.status_code == 302


def test_another_county_finds_nothing(offices: Any) -> None:
    """Every page and deed about an officer or office elsewhere is not found, not refused."""
    officer = make_officer(offices.office, Role.OFFICER)
    role = officer.role_assignments.get()
    client = client_of(make_officer(offices.other_office, Role.ADMINISTRATOR))
    for name, args in (
        ("officer", [officer.pk]),
        ("assign-role", [officer.pk]),
        ("end-role", [officer.pk, role.pk]),
        ("lock-officer", [officer.pk]),
        ("lift-sign-in-lock", [officer.pk]),
        ("close-office", [offices.office.pk]),
    ):
        response = client.post(reverse(f"accounts:{name}", args=args), REASON)
        assert response.status_code in {404, 405}, name
    assert officer.username not in page_of(client, reverse("accounts:officers"))


def test_whoever_may_look_only_gets_no_forms(offices: Any) -> None:
    """A head sees the officers without any deed; an officer does not see them at all."""
    officer = make_officer(offices.office, Role.OFFICER)
    head = client_of(make_officer(offices.district, Role.HEAD))
    page = page_of(head, officer.get_absolute_url())
    assert reverse("accounts:assign-role", args=[officer.pk]) not in page
    assert head.post(reverse("accounts:lock-officer", args=[officer.pk]), REASON).status_code == 403
    assert head.get(reverse("accounts:open-office")).status_code == 403
    assert head.get(reverse("accounts:officers-new")).status_code == 403
    plain = client_of(officer)
    assert plain.get(reverse("accounts:officers")).status_code == 403
    assert plain.get(officer.get_absolute_url()).status_code == 403
    assert plain.get(reverse("accounts:offices")).status_code == 200
    laboratory = client_of(make_officer(offices.office, Role.LABORATORY))
    assert laboratory.get(reverse("accounts:offices")).status_code == 403


def test_the_lists_filter_and_search(offices: Any, administrator: Officer) -> None:
    """Officers are found by part of the name, by office and by the role held today."""
    make_officer(offices.office, Role.SAMPLER, name="赵采样")
    make_officer(offices.other_office, Role.OFFICER, name="钱办案")
    client, url = client_of(administrator), reverse("accounts:officers")
    for query, found in (
        ("q=采样", {"赵采样"}),
        ("role=sampler", {"赵采样"}),
        (f"unit={offices.other_office.pk}", {"钱办案"}),
        ("is_active=false", set()),
    ):
        rows = client.get(f"{url}?{query}").context["listing"].page.rows
        assert {row.display_name for row in rows} == found, query


def test_the_officers_need_as_many_queries_for_many_as_for_one(
    offices: Any, administrator: Officer
) -> None:
    """No query is made per officer or role."""
    client, url = client_of(administrator), reverse("accounts:officers")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            page_of(client, url)
        return len(queries)

    few = count()
    for _number in range(10):
        make_officer(offices.office, Role.OFFICER, Role.SAMPLER)
    assert count() == few <= 20
