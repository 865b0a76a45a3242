"""The pages of the book."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.apps.audit.book import rename, write_entries
from tests.apps.people import Offices, make_officer, make_offices
from zhixing.apps.accounts.models import Officer, Role
from zhixing.apps.audit.models import AuditEntry
from zhixing.apps.audit.registers import AuditRegister

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
ENTRIES, CHECK = "/audit/", "/audit/check/"


def client_of(officer: Officer) -> Client:
    """A browser in which the officer is signed in."""
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


@pytest.fixture
def offices() -> Offices:
    """A bureau, a district, two offices."""
    return make_offices()


@pytest.fixture
def auditor(offices: Offices) -> Officer:
    """The auditor of the whole bureau."""
    return make_officer(offices.bureau, Role.AUDITOR)


def numbers(client: Client, query: str = "") -> list[int]:
    """Numbers of the entries on the page."""
    response = client.get(f"{ENTRIES}?{query}")
    assert response.status_code == 200
    return [row.pk for row in response.context["listing"].page.rows]


def test_only_auditors_open_the_book(offices: Offices, auditor: Officer) -> None:
    """Leader, head, officer and administrator get none of its pages."""
    write_entries(1)
    pages = [ENTRIES, CHECK, reverse("audit:entry", args=[1])]
    for role in (Role.LEADER, Role.HEAD, Role.OFFICER, Role.ADMINISTRATOR):
        client = client_of(make_officer(offices.bureau, role))
        assert {client.get(page).status_code for page in pages} == {403}, role
        posts = [reverse("audit:check-now"), reverse("audit:proof")]
        assert {client.post(page, {"reason": "x"}).status_code for page in posts} == {403}, role
    assert {client_of(auditor).get(page).status_code for page in pages} == {200}


def test_an_auditor_reads_the_own_offices_alone(offices: Offices, auditor: Officer) -> None:
    """A district's auditor sees the deeds done there; the platform's own are for the bureau's."""
    by_office = rename(make_officer(offices.office, Role.HEAD), offices.office, "甲所")
    by_bureau = rename(make_officer(offices.bureau, Role.LEADER), offices.office, "乙所")
    (by_platform,) = write_entries(1)
    district = client_of(make_officer(offices.district, Role.AUDITOR))
    assert numbers(district) == [by_office.pk]
    assert district.get(by_bureau.get_absolute_url()).status_code == 404
    assert district.get(by_platform.get_absolute_url()).status_code == 404
    assert numbers(client_of(auditor)) == [by_platform.pk, by_bureau.pk, by_office.pk]


def test_the_book_is_filtered(offices: Offices, auditor: Officer) -> None:
    """By deed, who, kind and number of the object, and day."""
    wang = make_officer(offices.office, Role.HEAD, name="王所长")
    client, renamed = client_of(auditor), rename(wang, offices.office, "甲所")
    (other,) = write_entries(1)
    for query, found in (
        ("who=所长", [renamed.pk]),
        ("who=test", [other.pk]),
        ("who=nobody", []),
        ("object_type=accounts.orgunit", [renamed.pk]),
        (f"object_type=accounts.orgunit&object_id={offices.office.pk}", [renamed.pk]),
        ("object_id=999999", []),
        ("deed=office.close", []),
        ("until=2020-01-01", []),
        ("since=2020-01-01", [other.pk, renamed.pk]),
    ):
        assert numbers(client, query) == found, query


def test_the_book_is_paged_by_number(auditor: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Following "next" shows each entry once, newest first."""
    monkeypatch.setattr(AuditRegister, "page_size", 3)
    write_entries(7)
    client, seen, query = client_of(auditor), list[int](), ""
    while True:
        response = client.get(f"{ENTRIES}{query}")
        page = response.context["listing"].page
        seen += [row.pk for row in page.rows]
        if not page.next:
            break
        query = f"?cursor={page.next}"
    assert seen == [7, 6, 5, 4, 3, 2, 1]


def test_an_entry_shows_before_and_after_and_its_seals(offices: Offices, auditor: Officer) -> None:
    """The page names field, old and new value, reason, both seals and the neighbours."""
    write_entries(1)
    entry = rename(make_officer(offices.office, Role.HEAD), offices.office, "甲所", "按批复更名")
    response = client_of(auditor).get(entry.get_absolute_url())
    page = response.content.decode()
    for text in ("城关所", "甲所", "按批复更名", entry.seal, entry.previous):
        assert text in page, text
    opened = response.context["opened"]
    assert (opened.previous, opened.following, opened.fits) == (1, None, True)


def test_a_broken_entry_shows_it(auditor: Officer) -> None:
    """An entry whose content was changed says so on its own page."""
    (entry,) = write_entries(1)
    AuditEntry.objects.update(body=entry.body.replace("理由 0", "理由 1"))
    response = client_of(auditor).get(entry.get_absolute_url())
    assert response.context["opened"].fits is False


def test_an_entry_of_a_model_that_is_gone_still_opens(auditor: Officer) -> None:
    """Entries outlive the apps whose rows they are about."""
    (entry,) = write_entries(1)
    AuditEntry.objects.update(object_type="gone.thing", object_id="3")
    page = client_of(auditor).get(entry.get_absolute_url()).content.decode()
    assert "gone.thing" in page


def test_the_chain_is_checked_by_a_button(auditor: Officer) -> None:
    """The result says how many entries are whole, or names the first broken one."""
    entries, client = write_entries(3), client_of(auditor)
    url = reverse("audit:check-now")
    whole = client.post(url)
    assert whole.context["verdict"].is_whole
    assert entries[-1].seal in whole.content.decode()
    entries[1].delete()
    cut = client.post(url)
    assert cut.context["verdict"].broken_at == 2
    assert 'role="alert"' in cut.content.decode()
    assert client.get(url).status_code == 405


def test_a_proof_is_downloaded_with_a_reason(auditor: Officer) -> None:
    """The form gives a ZIP; without a reason, or with an empty range, it comes back."""
    write_entries(2)
    client, url = client_of(auditor), reverse("audit:proof")
    for wrong in (
        {"first": 1, "reason": ""},
        {"first": 5, "last": 4, "reason": "x"},
        {"first": 50, "reason": "x"},
    ):
        assert client.post(url, wrong).status_code == 422, wrong
    response = client.post(url, {"first": 1, "last": "", "reason": "asked by the court"})
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"].startswith('attachment; filename="zhixing-proof-')
    with zipfile.ZipFile(io.BytesIO(response.content)) as bundle:
        names = set(bundle.namelist())
    assert names == {"entries.jsonl", "manifest.json", "verify_proof.py"}


def test_the_book_needs_as_many_queries_for_many_as_for_one(
    offices: Offices, auditor: Officer
) -> None:
    """No query is made per entry, with every column on screen."""
    client: Any = client_of(auditor)
    names = [column.name for column in AuditRegister.columns]
    client.post(AuditRegister.url("columns"), {"column": names})
    head = make_officer(offices.office, Role.HEAD)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(ENTRIES).status_code == 200
        return len(queries)

    write_entries(1, head, offices.office)
    few = count()
    write_entries(10, make_officer(offices.other_office, Role.HEAD), offices.other_office)
    assert count() == few <= 20
