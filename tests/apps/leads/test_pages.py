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
from zhixing.apps.leads.api import Lead, dispose_lead, take_lead
from zhixing.apps.leads.registrations import (
    find_leads,
    subject_alerts,
    subject_events,
    subject_section,
)
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
    assert [lead.title for lead in context["mine"]] == ["我的 ≈ 乙"], "what is due stands above"
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


def test_a_lead_is_decided_from_the_desk() -> None:
    """Each line holds the four decisions; deciding leads back to the desk and names the lead."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    client = _client(people.keeper)
    page = client.get(reverse("desk")).content.decode()
    assert lead.first_reason in page
    for decision in Lead.Disposition.values:
        assert f'name="disposition" value="{decision}"' in page
    form = {"disposition": "dismissed", "reason": "并存多年", "back": "desk"}
    response = client.post(reverse("leads:dispose", args=[lead.pk]), form, follow=True)
    assert response.redirect_chain == [(reverse("desk"), 302)]
    assert lead.title in response.content.decode()
    lead.refresh_from_db()
    assert (lead.disposition, lead.disposition_reason) == ("dismissed", "并存多年")


def test_the_lead_page_holds_evidence_and_a_key_for_each_decision() -> None:
    """Both names, the reason, the files and the keys 1 to 4 are on one page."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    page = _client(people.keeper).get(lead.get_absolute_url()).content.decode()
    assert "differ-text" in page
    assert "第2字相近" in page
    assert reverse("files:attach", args=["leads", "lead", lead.pk]) in page
    for number, decision in enumerate(Lead.Disposition.values, start=1):
        assert f'value="{decision}" data-key="{number}"' in page
        assert f"<kbd>{number}</kbd>" in page


def test_a_lead_of_a_monitor_that_is_gone_still_opens() -> None:
    """Its evidence cannot be drawn, but what was decided can still be read."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1, monitor="gone")
    page = _client(people.keeper).get(lead.get_absolute_url())
    assert page.status_code == 200
    assert lead.title in page.content.decode()


def test_a_refused_decision_comes_back_with_what_was_typed() -> None:
    """The page says who decided and still holds the reason typed; nothing is decided again."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    dispose_lead(people.colleague, lead, disposition="dismissed", reason="并存多年")
    response = _client(people.keeper).post(
        reverse("leads:dispose", args=[lead.pk]), {"disposition": "confirmed", "reason": "我的理由"}
    )
    assert response.status_code == 409
    page = response.content.decode()
    assert "我的理由" in page
    assert str(people.colleague) in page
    assert "并存多年" in page
    lead.refresh_from_db()
    assert lead.disposition == "dismissed"


def test_whoever_takes_a_lead_too_late_is_told_who_has_it() -> None:
    """409 and the lead page, not a dead end."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    take_lead(people.colleague, lead)
    response = _client(people.keeper).post(reverse("leads:take", args=[lead.pk]))
    assert response.status_code == 409
    assert response.context["lead"] == lead
    assert str(people.colleague) in response.content.decode()


def test_a_head_assigns_on_the_page_and_is_offered_case_workers_of_the_office_alone() -> None:
    """Auditors and other offices are not in the list; a decided lead is not assigned."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    client, url = _client(people.head), reverse("leads:assign", args=[lead.pk])
    offered = set(
        client.get(lead.get_absolute_url()).context["assign_form"].fields["officer"].queryset
    )
    assert offered == {people.keeper, people.colleague, people.head}
    assert client.post(url, {"officer": people.stranger.pk}).status_code == 422
    assert client.post(url, {"officer": people.colleague.pk}).status_code == 302
    lead.refresh_from_db()
    assert (lead.assignee, lead.state) == (people.colleague, "assigned")
    dispose_lead(people.colleague, lead, disposition="dismissed", reason="并存多年")
    assert client.post(url, {"officer": people.keeper.pk}).status_code == 409


def test_a_decision_is_taken_back_on_the_page() -> None:
    """Who decided is offered it, a colleague is not; a late one keeps what was typed."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    dispose_lead(people.keeper, lead, disposition="dismissed", reason="并存多年")
    url, mine = reverse("leads:reopen", args=[lead.pk]), _client(people.keeper)
    assert url in mine.get(lead.get_absolute_url()).content.decode()
    theirs = _client(people.colleague)
    assert url not in theirs.get(lead.get_absolute_url()).content.decode()
    refused = theirs.post(url, {"reason": "看错了"})
    assert refused.status_code == 403
    assert mine.post(url, {"reason": " "}).status_code == 422
    assert mine.post(url, {"reason": "看错了"}).status_code == 302
    lead.refresh_from_db()
    assert lead.is_open
    assert mine.post(url, {"reason": "再撤一次"}).status_code == 409


@pytest.mark.parametrize("door", ["take", "dispose", "assign", "reopen"])
def test_coming_back_by_link_to_a_deed_shows_the_lead(door: str) -> None:
    """After signing in anew one stands before the lead, not before an empty error page."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    response = _client(people.keeper).get(reverse(f"leads:{door}", args=[lead.pk]))
    assert response["Location"] == lead.get_absolute_url()
    lead.refresh_from_db()
    assert lead.state == "open"


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
    assert page.count(lead.get_absolute_url()) == 3, "section, alert and timeline"
    for words in ("康帅", "康师傅"):
        hits = find_leads(people.keeper, words, 5)
        assert [(hit.title, hit.detail) for hit in hits] == [(lead.title, lead.first_reason)]
        assert lead.title in client.get(reverse("search"), {"q": words}).content.decode()
    assert not find_leads(people.elsewhere, "康帅", 5)
    dispose_lead(people.keeper, lead, disposition="confirmed", reason="属实")
    assert not list(subject_alerts(people.keeper, subject)), "a decided lead raises no alarm"
    events = list(subject_events(people.keeper, subject))
    assert [event.at for event in events] == [lead.found_at, Lead.objects.get().disposed_at]
    assert subject_section(people.stranger, subject) is None


def test_the_quality_page_counts_and_links_to_the_rows() -> None:
    """Each figure leads to the leads behind it, of its version alone; auditors see no figure."""
    people = examples.cast()
    path = people.keeper.unit_path
    lead = examples.lead(path, 1, title="旧版 ≈ 甲")
    newer = examples.lead(path, 2, title="新版 ≈ 乙", method_version="2")
    for decided in (lead, newer):
        dispose_lead(people.keeper, decided, disposition="confirmed", reason="属实")
    client = _client(people.keeper)
    page = client.get(reverse("leads:quality")).content.decode()
    query = "?monitor=brands&amp;version=1&amp;disposition=confirmed"
    assert query in page
    rows = client.get(reverse("leads:leads") + query.replace("&amp;", "&")).content.decode()
    assert lead.title in rows
    assert newer.title not in rows
    assert _client(people.stranger).get(reverse("leads:quality")).status_code == 403
