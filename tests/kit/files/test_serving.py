"""Fetching evidence: only for those who may see what it proves, and harmless when it arrives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.apps.people import Offices, make_officer
from tests.kit.files.conftest import DOCX, JPEG, PAGE, PDF, PNG, upload
from zhixing.apps.accounts.api import Role
from zhixing.kit.files import store
from zhixing.kit.files.api import EvidenceFile, EvidenceLink, attach, files_of

pytestmark = pytest.mark.django_db


def signed_in(officer: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def head(watched: Offices) -> Any:
    return make_officer(watched.office, Role.HEAD)


def test_it_comes_as_it_was_received(watched: Offices, head: Any) -> None:
    file = attach(head, watched.office, upload("门头.jpg", JPEG))
    answer = signed_in(head).get(file.url)
    assert b"".join(answer.streaming_content) == JPEG
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert "filename*=utf-8''%E9%97%A8%E5%A4%B4.jpg" in answer["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "content", "disposition"),
    [
        ("a.jpg", JPEG, "inline"),
        ("a.png", PNG, "inline"),
        ("a.pdf", PDF, "inline"),
        ("a.html", PAGE, "attachment"),
        ("a.txt", b"text", "attachment"),
        ("a.docx", DOCX, "attachment"),
    ],
)
def test_only_pictures_and_pdf_open_in_place_and_nothing_runs(
    watched: Offices, head: Any, name: str, content: bytes, disposition: str
) -> None:
    file = attach(head, watched.office, upload(name, content))
    answer = signed_in(head).get(file.url)
    assert answer["Content-Disposition"].startswith(f'{disposition}; filename="{name}"')
    assert (
        answer["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    )


def test_another_office_does_not_learn_that_it_exists(watched: Offices, head: Any) -> None:
    file = attach(head, watched.office, upload("a.jpg", JPEG))
    stranger = signed_in(make_officer(watched.other_office, Role.HEAD))
    missing = reverse("files:file", args=[file.pk + 1])
    assert stranger.get(file.url).status_code == stranger.get(missing).status_code == 404
    assert signed_in(make_officer(watched.district, Role.HEAD)).get(file.url).status_code == 200


def test_whoever_is_not_signed_in_is_sent_to_sign_in(watched: Offices, head: Any) -> None:
    file = attach(head, watched.office, upload("a.jpg", JPEG))
    answer = Client().get(file.url)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("login"))


def test_a_file_shared_by_two_objects_is_seen_by_those_of_either(
    watched: Offices, head: Any
) -> None:
    file = attach(head, watched.office, upload("a.jpg", JPEG))
    stranger = make_officer(watched.other_office, Role.HEAD)
    EvidenceLink.objects.create(file=file, target=watched.other_office)
    assert signed_in(stranger).get(file.url).status_code == 200
    assert list(files_of(watched.other_office)) == [file]


def test_equal_content_of_another_office_opens_no_door(watched: Offices, head: Any) -> None:
    """Who has the same file still does not see who else attached it."""
    file = attach(head, watched.office, upload("a.jpg", JPEG))
    stranger = make_officer(watched.other_office, Role.HEAD)
    own = attach(stranger, watched.other_office, upload("mine.jpg", JPEG))
    assert own.sm3 == file.sm3
    assert signed_in(stranger).get(own.url).status_code == 200
    assert signed_in(stranger).get(file.url).status_code == 404


def test_a_file_whose_object_is_gone_is_for_nobody(watched: Offices, head: Any) -> None:
    file = attach(head, watched.office, upload("a.jpg", JPEG))
    EvidenceLink.objects.update(object_id=10**9)
    assert signed_in(head).get(file.url).status_code == 404


def test_a_file_linked_to_nothing_is_for_its_own_office(watched: Offices, head: Any) -> None:
    file = attach(head, watched.office, upload("a.jpg", JPEG))
    EvidenceLink.objects.all().delete()
    assert signed_in(head).get(file.url).status_code == 200
    assert signed_in(make_officer(watched.other_office, Role.HEAD)).get(file.url).status_code == 404


def test_content_that_is_lost_is_not_found(watched: Offices, head: Any) -> None:
    file = attach(head, watched.office, upload("a.jpg", JPEG))
    store.path_of(file.sm3).unlink()
    assert signed_in(head).get(file.url).status_code == 404


def test_a_file_can_only_be_fetched(watched: Offices, head: Any) -> None:
    file = attach(head, watched.office, upload("a.jpg", JPEG))
    assert signed_in(head).post(file.url).status_code == 405


def adding(unit: Any) -> str:
    return reverse("files:attach", args=["accounts", "orgunit", unit.pk])


def test_a_file_is_added_on_its_page(watched: Offices, head: Any, root: Path) -> None:
    from unittest import mock

    from zhixing.apps.accounts.models import OrgUnit

    with mock.patch.object(OrgUnit, "get_absolute_url", return_value="/back/", create=True):
        client = signed_in(head)
        assert (
            'enctype="multipart/form-data"' in client.get(adding(watched.office)).content.decode()
        )
        refused = client.post(adding(watched.office), {"file": upload("a.jpg", PNG)})
        assert "expected a name ending in .png" in refused.content.decode()
        taken = client.post(
            adding(watched.office), {"file": upload("a.png", PNG), "caption": "The door"}
        )
    assert (taken.status_code, taken["Location"]) == (302, "/back/")
    assert EvidenceFile.objects.get().name == "a.png"


def test_the_page_is_not_there_for_who_may_not_see_and_refused_to_who_may_not_add(
    watched: Offices,
) -> None:
    stranger = signed_in(make_officer(watched.other_office, Role.HEAD))
    assert stranger.post(adding(watched.office), {"file": upload("a.png", PNG)}).status_code == 404
    looker = signed_in(make_officer(watched.office, Role.OFFICER))
    assert looker.get(adding(watched.office)).status_code == 403
    assert looker.post(adding(watched.office), {"file": upload("a.png", PNG)}).status_code == 403
    for address in ("accounts/officer/1", "accounts/nothing/1", "nowhere/orgunit/1"):
        assert looker.get(f"/files/add/{address}/").status_code == 404
    assert not EvidenceFile.objects.exists()


def test_a_page_lists_evidence_to_those_who_may_see_it(watched: Offices, head: Any) -> None:
    attach(head, watched.office, upload("door.jpg", JPEG), caption="<b>The door</b>")
    request = RequestFactory().get("/")

    def shown(officer: Any) -> str:
        request.user = officer
        template = Template("{% load evidence %}{% evidence unit %}")
        return template.render(Context({"request": request, "unit": watched.office}))

    assert "&lt;b&gt;The door&lt;/b&gt;" in shown(head)
    assert adding(watched.office) in shown(head)
    looker = shown(make_officer(watched.office, Role.OFFICER))
    assert "door.jpg" in looker
    assert "/files/add/" not in looker
    assert "door.jpg" not in shown(make_officer(watched.other_office, Role.HEAD))
