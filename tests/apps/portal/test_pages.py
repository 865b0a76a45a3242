"""The public site: what anybody may see and do, how much of it, and what stays hidden."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.apps.clearance import examples
from tests.apps.people import make_offices
from tests.engines.figures.logos import logo, png
from zhixing.apps.audit.models import AuditEntry
from zhixing.apps.clearance.models import SearchReport
from zhixing.apps.portal.models import Allowance

pytestmark = pytest.mark.django_db
CHECK = "portal:check"


@pytest.fixture(autouse=True)
def _offices() -> None:
    make_offices()


@pytest.mark.parametrize("name", ["home", "check", "compare"])
def test_pages_open_without_signing_in(name: str) -> None:
    """And show nothing of the officers' frame."""
    response = Client().get(reverse(f"portal:{name}"))
    page = response.content.decode()
    assert response.status_code == 200
    assert "nav-bar" not in page
    assert "phone-bar" not in page
    assert reverse("login") not in page


def test_a_citizen_checks_a_name() -> None:
    """The lists come with reasons; nothing leads to pages of officers."""
    examples.mark("康帅傅")
    response = Client().post(reverse(CHECK), {"text": "康师傅", "nice_classes": "30"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "康帅傅" in page
    assert "/registry/" not in page
    assert not SearchReport.objects.exists()


def test_nothing_unpublished_and_no_person_is_shown() -> None:
    """A filing without a number is not told; a holder who is a person is masked."""
    examples.mark("海之韵", status="filed", registration_number="", holder_name="保密有限公司")
    examples.mark("海之蕴", holder_name="欧阳小明")
    page = Client().post(reverse(CHECK), {"text": "海之韵"}).content.decode()
    assert "保密" not in page
    assert "欧阳小明" not in page
    assert "欧×××" in page


def test_a_report_is_reached_by_its_address_alone() -> None:
    """It is frozen, not to be guessed, not for search engines, and kept at the bureau."""
    examples.mark("康帅傅")
    browser = Client()
    made = browser.post(reverse(CHECK), {"text": "康师傅", "keep": "1"})
    report = SearchReport.objects.get()
    assert made["Location"] == reverse("portal:report", args=[report.token])
    assert len(report.token) >= 43
    assert (report.origin, report.unit_path, report.made_by) == ("public", "3799/", None)
    shown = Client().get(made["Location"])
    assert shown.status_code == 200
    assert report.digest in shown.content.decode()
    assert shown["X-Robots-Tag"] == "noindex"
    assert shown["Referrer-Policy"] == "no-referrer"
    assert Client().get(reverse("portal:report", args=["a" * 43])).status_code == 404
    assert AuditEntry.objects.filter(deed="search_report.make").count() == 1
    SearchReport.objects.update(open_until=timezone.localdate())
    assert Client().get(made["Location"]).status_code == 200, "the last day counts"
    SearchReport.objects.update(open_until=timezone.localdate() - timedelta(days=1))
    assert Client().get(made["Location"]).status_code == 404


def test_an_officers_report_is_not_public() -> None:
    """It has no public address, not even an empty one."""
    from zhixing.apps.clearance.api import make_query, make_report

    report = make_report(examples.cast().keeper, make_query("康师傅"))
    assert report.token == ""
    assert Client().get(reverse("portal:report", args=[report.number])).status_code == 404
    assert Client().get(report.get_absolute_url()).status_code == 302


def test_a_picture_is_compared_and_not_kept() -> None:
    """The search by figure works for citizens too; what was sent is not stored."""
    from zhixing.kit.files.api import EvidenceFile

    mark = examples.pictured("海之韵", 5)
    before = EvidenceFile.objects.count()
    upload = SimpleUploadedFile("a.png", png(logo(5)), "image/png")
    response = Client().post(reverse(CHECK), {"picture": upload, "keep": "1"}, follow=True)
    assert "海之韵" in response.content.decode()
    assert EvidenceFile.objects.count() == before
    address = reverse("portal:picture", args=[mark.pk])
    assert address in response.content.decode()
    assert Client().get(address)["Content-Type"] == "image/png"
    hidden = examples.pictured("山之音", 6, status="filed", registration_number="")
    assert Client().get(reverse("portal:picture", args=[hidden.pk])).status_code == 404


def test_who_asks_too_much_waits(settings: Any) -> None:
    """Each address has its own allowance an hour; what was typed stays, and no address is kept."""
    settings.PORTAL_ALLOWANCES = {"search": 2, "report": 1}
    browser = Client()
    for expected in (200, 200, 429):
        response = browser.post(reverse(CHECK), {"text": "康师傅"})
        assert response.status_code == expected
    assert 'value="康师傅"' in response.content.decode()
    assert browser.get(reverse("portal:compare"), {"a": "甲乙", "b": "甲丙"}).status_code == 429
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert other.post(reverse(CHECK), {"text": "康师傅"}).status_code == 200
    for expected in (302, 429):
        kept = browser.post(reverse(CHECK), {"text": "康师傅", "keep": "1"})
        assert kept.status_code == expected
    assert not [row for row in Allowance.objects.all() if "127.0.0.1" in row.address]


def test_the_address_is_believed_only_from_own_proxies(settings: Any) -> None:
    """A visitor cannot choose an address by writing the header."""
    settings.PORTAL_ALLOWANCES = {"search": 1, "report": 1}
    forged = {"HTTP_X_FORWARDED_FOR": "198.51.100.1"}
    assert Client().post(reverse(CHECK), {"text": "康师傅"}).status_code == 200
    assert Client().post(reverse(CHECK), {"text": "康师傅"}, **forged).status_code == 429
    settings.PORTAL_PROXIES = 1
    for address, expected in (("9.9.9.9, 203.0.113.5", 200), ("8.8.8.8, 203.0.113.5", 429)):
        header = {"HTTP_X_FORWARDED_FOR": address}
        assert Client().post(reverse(CHECK), {"text": "康师傅"}, **header).status_code == expected


def test_an_ipv6_customer_is_one_visitor(settings: Any) -> None:
    """Addresses of one network share an allowance."""
    settings.PORTAL_ALLOWANCES = {"search": 1, "report": 1}
    for address, expected in (("2001:db8::1", 200), ("2001:db8::2", 429), ("2001:db8:0:1::1", 200)):
        browser = Client(REMOTE_ADDR=address)
        assert browser.post(reverse(CHECK), {"text": "康师傅"}).status_code == expected


def test_allowances_of_past_hours_are_dropped() -> None:
    """The table holds the present hour only."""
    from datetime import timedelta

    Client().post(reverse(CHECK), {"text": "康师傅"})
    row = Allowance.objects.get()
    Allowance.objects.filter(pk=row.pk).update(hour=row.hour - timedelta(hours=1))
    Client().post(reverse(CHECK), {"text": "康师傅"})
    assert [kept.hour for kept in Allowance.objects.all()] == [row.hour]


def test_a_form_from_elsewhere_is_refused() -> None:
    """Posts need the token of the form."""
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(reverse(CHECK), {"text": "康师傅"}).status_code == 403


def test_both_languages_are_complete_without_signing_in() -> None:
    """The button changes the language; it works for visitors and keeps to this site."""
    browser = Client()
    page = browser.get(reverse(CHECK)).content.decode()
    assert '<html lang="zh-hans">' in page
    answer = browser.post(reverse("portal:language"), {"language": "en", "next": reverse(CHECK)})
    assert answer["Location"] == reverse(CHECK)
    page = browser.get(reverse(CHECK)).content.decode()
    assert '<html lang="en">' in page
    inside = re.sub(r"<button[^>]*portal-language.*?</button>", "", page, flags=re.S)
    assert not re.search("[一-鿿]", inside)
    away = {"language": "en", "next": "https://example.org/"}
    assert "example.org" not in browser.post(reverse("portal:language"), away)["Location"]


def test_a_search_needs_few_queries() -> None:
    """However many marks are found."""
    for number in range(25):
        examples.mark(f"康师傅{number}号")
    browser = Client()
    browser.post(reverse(CHECK), {"text": "康师傅"})
    with CaptureQueriesContext(connection) as seen:
        browser.post(reverse(CHECK), {"text": "康师傅"})
    assert len(seen) <= 12, [query["sql"][:80] for query in seen]
