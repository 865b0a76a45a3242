"""The pages of the search before filing: searching, keeping, opening again, comparing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.apps.clearance import examples
from zhixing.apps.clearance.actions.make_report import make_report
from zhixing.apps.clearance.models import SearchReport
from zhixing.apps.clearance.query import make_query
from zhixing.apps.clearance.registers import ReportRegister
from zhixing.apps.clearance.searching import digest
from zhixing.kit.errors import Refused
from zhixing.kit.history import entries_for
from zhixing.kit.testing.suites import BACKEND, Cast, RegisterSuite

pytestmark = pytest.mark.django_db
SEARCH = "clearance:search"


def client(officer: Any) -> Client:
    browser = Client()
    browser.force_login(officer, backend=BACKEND)
    return browser


class ReportSuite(RegisterSuite):
    """Search reports."""

    register = ReportRegister
    filtering = ({"origin": "office"}, {}, {"origin": "public"})
    searching = ("海之韵", {"text": "海之韵"}, {"text": "山之音"})

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        text = values.pop("text", f"海之声{number}")
        report = make_report(officer, make_query(text, nice_classes=[30]))
        if values:
            SearchReport.objects.filter(pk=report.pk).update(**values)
            report.refresh_from_db()
        return report


class TestReports(ReportSuite):
    """The list of reports."""


def test_a_name_is_searched_by_address_and_by_form() -> None:
    """Both ways show the lists; what was typed stays in the form."""
    examples.mark("康帅傅")
    browser = client(examples.cast().keeper)
    by_address = browser.get(reverse(SEARCH), {"text": "康师傅", "nice_classes": "30"})
    by_form = browser.post(reverse(SEARCH), {"text": "康师傅", "nice_classes": "30"})
    for response in (by_address, by_form):
        page = response.content.decode()
        assert response.status_code == 200
        assert "康帅傅" in page
        assert 'value="康师傅"' in page
    assert not SearchReport.objects.exists()


def test_a_mark_of_another_office_is_named_but_not_opened() -> None:
    """The published facts are shown; the mark's own page stays with its office."""
    people = examples.cast()
    mark = examples.mark("海之韵", people.elsewhere.unit_path)
    address = mark.get_absolute_url()
    here = client(people.keeper).get(reverse(SEARCH), {"text": "海之韵"}).content.decode()
    there = client(people.elsewhere).get(reverse(SEARCH), {"text": "海之韵"}).content.decode()
    assert mark.registration_number in here
    assert f'href="{address}"' not in here
    assert f'href="{address}"' in there


def test_what_is_wrong_is_said_beside_its_field() -> None:
    """A class that does not exist, a file that is no picture: 422, and nothing typed is lost."""
    browser = client(examples.cast().keeper)
    response = browser.post(reverse(SEARCH), {"text": "康师傅", "nice_classes": "30, 99"})
    assert response.status_code == 422
    assert "99" in response.content.decode()
    broken = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\nxx", "image/png")
    response = browser.post(reverse(SEARCH), {"text": "康师傅", "picture": broken})
    assert response.status_code == 422
    assert response.context["form"].errors["picture"]
    assert 'value="康师傅"' in response.content.decode()


def test_a_result_is_kept_as_it_was() -> None:
    """The report shows what was found on its day, whatever the register says later."""
    people = examples.cast()
    mark = examples.mark("康帅傅", people.keeper.unit_path)
    browser = client(people.keeper)
    asked = {"text": "康师傅", "nice_classes": "30", "keep": "1"}
    response = browser.post(reverse(SEARCH), asked, follow=True)
    report = SearchReport.objects.get()
    assert response.redirect_chain == [(report.get_absolute_url(), 302)]
    assert (report.identical, report.similar) == (0, 1)
    assert report.number.startswith("SB")
    assert report.digest == digest(report.result)
    assert report.unit_path == people.keeper.unit_path
    before = json.dumps(report.result)
    type(mark).objects.filter(pk=mark.pk).update(text="别的")
    page = browser.get(report.get_absolute_url()).content.decode()
    report.refresh_from_db()
    assert json.dumps(report.result) == before
    assert "康帅傅" in page
    assert report.digest in page
    assert entries_for(report)[0].deed == "search_report.make"


def test_a_report_that_was_tampered_with_says_so() -> None:
    """Its digest no longer agrees."""
    people = examples.cast()
    report = make_report(people.keeper, make_query("康师傅"))
    browser = client(people.keeper)
    assert browser.get(report.get_absolute_url()).context["is_intact"]
    SearchReport.objects.filter(pk=report.pk).update(result=report.result | {"advice": []})
    assert not browser.get(report.get_absolute_url()).context["is_intact"]


def test_who_may_only_look_keeps_no_report() -> None:
    """A leader searches; only those who work on marks keep reports."""
    people = examples.cast()
    offices = examples.make_offices()
    leader = examples.make_officer(offices.office, "leader")
    response = client(leader).get(reverse(SEARCH), {"text": "康师傅"})
    assert response.status_code == 200
    assert 'name="keep"' not in response.content.decode()
    with pytest.raises(Refused):
        make_report(leader, make_query("康师傅"))
    assert client(people.stranger).get(reverse(SEARCH)).status_code == 403


def test_pictures_are_shown_small_and_only_of_marks_one_may_be_told_of() -> None:
    """The figure is drawn anew; a confidential filing's is for its office."""
    people = examples.cast()
    path = people.keeper.unit_path
    shown = examples.pictured("海之韵", 3, path)
    hidden = examples.pictured("山之音", 4, path, status="filed", registration_number="")
    elsewhere = client(people.elsewhere)
    response = elsewhere.get(reverse("clearance:picture", args=[shown.pk]))
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert elsewhere.get(reverse("clearance:picture", args=[hidden.pk])).status_code == 404
    assert (
        client(people.keeper).get(reverse("clearance:picture", args=[hidden.pk])).status_code == 200
    )
    without = examples.mark("天之蓝", path)
    assert elsewhere.get(reverse("clearance:picture", args=[without.pk])).status_code == 404


def test_two_names_are_compared() -> None:
    """Differing characters are marked, readings and reasons shown; a missing name is asked for."""
    browser = client(examples.cast().keeper)
    response = browser.get(reverse("clearance:compare"), {"a": "康师傅", "b": "康帅傅"})
    page = response.content.decode()
    assert response.status_code == 200
    for shown in ("帅", "shuài", "shī", "巾"):  # 巾 is the part that both glyphs share
        assert shown in page
    assert browser.get(reverse("clearance:compare")).status_code == 200
    assert browser.get(reverse("clearance:compare"), {"a": "康师傅", "b": ""}).status_code == 422
    assert browser.get(reverse("clearance:compare"), {"a": "康师傅", "b": "!!"}).status_code == 422


def test_the_pages_need_few_queries() -> None:
    """Search and report pages do not ask more the more they show."""
    people = examples.cast()
    for number in range(25):
        examples.mark(f"康师傅{number}号", people.keeper.unit_path)
    browser = client(people.keeper)
    report = make_report(people.keeper, make_query("康师傅"))
    for address in (f"{reverse(SEARCH)}?text=康师傅", report.get_absolute_url()):
        browser.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address).status_code == 200
        assert len(seen) <= 20, [query["sql"][:80] for query in seen]
