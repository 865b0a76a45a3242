"""Desk, lead page and quality page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.apps.leads import examples
from zhixing.apps.leads.api import dispose_lead
from zhixing.apps.registry.api import create_subject
from zhixing.kit.testing.suites import BACKEND

pytestmark = pytest.mark.django_db


def _client(officer: Any) -> Client:
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


def test_the_desk_shows_what_is_due_mine_and_unassigned() -> None:
    """Each line has name, reason and date; another office's officer sees none of it."""
    people = examples.cast()
    path, today = people.keeper.unit_path, timezone.localdate()
    examples.lead(path, 1, title="到期的 ≈ 甲", assignee=people.keeper, state="taken", due_on=today)
    examples.lead(
        path, 2, title="我的 ≈ 乙", assignee=people.keeper, state="taken",
        due_on=today + timedelta(days=20),
    )  # fmt: skip
    examples.lead(path, 3, title="待分派 ≈ 丙")
    context = _client(people.keeper).get(reverse("desk")).context
    assert [lead.title for lead in context["due"]] == ["到期的 ≈ 甲"]
    assert [lead.title for lead in context["mine"]] == ["到期的 ≈ 甲", "我的 ≈ 乙"]
    assert [lead.title for lead in context["unassigned"]] == ["待分派 ≈ 丙"]
    elsewhere = _client(people.elsewhere).get(reverse("desk"))
    assert "≈" not in elsewhere.content.decode()
    assert _client(people.stranger).get(reverse("desk")).status_code == 200


def test_the_desk_needs_the_same_queries_for_one_lead_and_for_ten() -> None:
    """No query per line."""
    people = examples.cast()

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            _client(people.keeper).get(reverse("desk"))
        return len(seen)

    examples.lead(people.keeper.unit_path, 1)
    few = queries()
    for number in range(2, 11):
        examples.lead(people.keeper.unit_path, number)
    assert queries() == few


def test_a_refused_decision_comes_back_with_what_was_typed() -> None:
    """The reason stays in the form, the error stands above it, nothing is decided."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    dispose_lead(people.colleague, lead, disposition="dismissed", reason="并存多年")
    response = _client(people.keeper).post(
        reverse("leads:dispose", args=[lead.pk]), {"disposition": "confirmed", "reason": "我的理由"}
    )
    assert response.status_code == 409
    lead.refresh_from_db()
    assert lead.disposition == "dismissed"


def test_an_empty_reason_is_an_error_beside_the_field() -> None:
    """422, and the lead page again."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    response = _client(people.keeper).post(
        reverse("leads:dispose", args=[lead.pk]), {"disposition": "confirmed", "reason": ""}
    )
    assert response.status_code == 422
    assert response.context["dispose_form"].errors["reason"]


@pytest.mark.parametrize("door", ["lead", "take", "dispose", "assign", "reopen"])
def test_another_office_finds_no_such_lead(door: str) -> None:
    """Whoever may not see it is told nothing of it."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    client, url = _client(people.elsewhere), reverse(f"leads:{door}", args=[lead.pk])
    response = client.get(url) if door == "lead" else client.post(url, {"reason": "x"})
    assert response.status_code == 404


def test_the_subject_page_tells_of_its_leads() -> None:
    """Section, alert and timeline name the lead; search finds it by the subject's name."""
    people = examples.cast()
    subject = create_subject(people.keeper, {"name": "海州市康帅傅食品店"})
    lead = examples.lead(people.keeper.unit_path, 1, subject=subject)
    client = _client(people.keeper)
    page = client.get(subject.get_absolute_url()).content.decode()
    assert page.count(lead.get_absolute_url()) >= 2
    assert lead.title in client.get(reverse("search"), {"q": "康帅"}).content.decode()


def test_the_quality_page_counts_and_links_to_the_rows() -> None:
    """Each figure leads to the leads behind it."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    dispose_lead(people.keeper, lead, disposition="confirmed", reason="属实")
    client = _client(people.keeper)
    page = client.get(reverse("leads:quality")).content.decode()
    assert "?monitor=brands&amp;disposition=confirmed" in page
    rows = client.get(reverse("leads:leads"), {"monitor": "brands", "disposition": "confirmed"})
    assert lead.title in rows.content.decode()
