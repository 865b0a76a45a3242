"""Writing, reviewing, withdrawing precedents; drafting one from a decided lead."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.apps.leads import examples as leads
from tests.apps.precedents import examples
from zhixing.apps.leads.api import Lead, dispose_lead, name_act
from zhixing.apps.precedents.api import (
    Precedent,
    change_precedent,
    draft_from_lead,
    enter_precedent,
    precedents_visible,
    publish_precedent,
    withdraw_precedent,
)
from zhixing.apps.precedents.indicators import precedents_published
from zhixing.apps.precedents.registrations import find_precedents
from zhixing.apps.registry.api import create_subject
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.history import entries_for
from zhixing.kit.indicators import Period
from zhixing.kit.testing.suites import BACKEND, Cast

pytestmark = pytest.mark.django_db
NAME = "海州市康帅傅食品店"


def _client(officer: Any) -> Client:
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


def _decided(people: Cast, disposition: str = "confirmed", **values: Any) -> Lead:
    subject = create_subject(
        people.keeper,
        {"name": NAME, "legal_representative": "王小明", "address": "海州市城东区解放路18号"},
    )
    evidence = {"mark": "康师傅", "name": NAME}
    lead = leads.lead(people.keeper.unit_path, 1, subject=subject, evidence=evidence, **values)
    name_act(people.keeper, lead, act_kind="name_confusion", acted_on=date(2025, 3, 1))
    reason = f"{NAME}(王小明,电话13812345678)在店招突出使用"
    return dispose_lead(people.keeper, lead, disposition=disposition, reason=reason)


def test_nobody_reviews_their_own_draft() -> None:
    """The writer is refused; a colleague publishes; both stand in the change log."""
    people = examples.cast()
    draft = examples.draft(people.keeper)
    with pytest.raises(Conflict):
        publish_precedent(people.keeper, draft)
    with pytest.raises(Refused):
        publish_precedent(people.elsewhere, draft)
    done = publish_precedent(people.colleague, draft)
    assert (done.state, done.reviewed_by) == ("published", people.colleague)
    with pytest.raises(Conflict):
        publish_precedent(people.head, done)
    assert [entry.deed for entry in entries_for(done)] == ["precedent.publish", "precedent.enter"]


def test_the_database_itself_wants_a_second_person() -> None:
    """Neither unreviewed nor reviewed by its writer can a row be in the library."""
    people = examples.cast()
    draft = examples.draft(people.keeper)
    rows = Precedent.objects.filter(pk=draft.pk)
    for reviewer in (None, people.keeper):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(state="published", reviewed_by=reviewer, reviewed_at=draft.created)


def test_a_changed_precedent_is_read_again() -> None:
    """It leaves the library, and whoever changed it does not review it."""
    people = examples.cast()
    row = examples.published(people)
    row = change_precedent(people.colleague, row, {"penalty": "罚款5000元"})
    assert (row.state, row.reviewed_by, row.written_by) == ("draft", None, people.colleague)
    with pytest.raises(Conflict):
        publish_precedent(people.colleague, row)
    publish_precedent(people.keeper, row)


def test_the_library_is_read_by_all_and_changed_by_its_office() -> None:
    """Drafts stay in their office; the published one is read elsewhere, not changed there."""
    people = examples.cast()
    examples.draft(people.keeper)
    row = examples.published(people)
    assert list(precedents_visible(people.elsewhere)) == [row]
    assert people.elsewhere.has_perm("precedents.view_precedent", row)
    with pytest.raises(Refused):
        change_precedent(people.elsewhere, row, {"penalty": "无"})
    with pytest.raises(Refused):
        enter_precedent(people.elsewhere, examples.values(unit_path=people.keeper.unit_path))
    assert [hit.title for hit in find_precedents(people.elsewhere, "监制", 5)] == [row.title]


def test_what_would_betray_a_party_is_refused() -> None:
    """A telephone number in the facts; a decision of tomorrow; a class that does not exist."""
    people = examples.cast()
    for wrong, field in (
        ({"facts": "联系电话13812345678"}, "facts"),
        ({"decided_on": date(2999, 1, 1)}, "decided_on"),
        ({"nice_classes": [46]}, "nice_classes"),
        ({"act_kind": "piracy"}, "act_kind"),
    ):
        with pytest.raises(Invalid) as caught:
            examples.draft(people.keeper, **wrong)
        assert field in caught.value.fields


def test_the_names_are_compared_when_they_are_saved() -> None:
    """The channel is known without the engine when the page is shown."""
    people = examples.cast()
    row = examples.draft(people.keeper)
    assert "glyph" in row.channels
    row = change_precedent(people.keeper, row, {"accused": ""})
    assert row.channels == []


def test_withdrawing_asks_for_a_reason_and_the_head() -> None:
    """An officer may not; without a reason nobody may."""
    people = examples.cast()
    row = examples.published(people)
    with pytest.raises(Refused):
        withdraw_precedent(people.keeper, row, reason="撤销")
    with pytest.raises(Invalid):
        withdraw_precedent(people.head, row, reason=" ")
    withdraw_precedent(people.head, row, reason="复议撤销")
    with pytest.raises(Conflict):
        withdraw_precedent(people.head, row, reason="再撤一次")
    assert not precedents_visible(people.elsewhere).exists()


def test_a_decided_lead_becomes_a_masked_draft() -> None:
    """Neither name, person, address nor number remain; names compared, articles of the day."""
    people = examples.cast()
    lead = _decided(people)
    with pytest.raises(Refused):
        draft_from_lead(people.keeper, lead)
    row = draft_from_lead(people.head, lead)
    told = f"{row.title}{row.parties}{row.facts}"
    for hidden in (NAME, "王小明", "13812345678", "解放路18号"):
        assert hidden not in told
    assert (row.protected, row.accused, row.outcome) == ("康师傅", "康帅傅", "established")
    assert "《反不正当竞争法》第6条" in row.citations, "the law of the day of the act"
    assert (row.state, row.written_by, row.lead) == ("draft", people.head, lead)
    assert draft_from_lead(people.head, lead) == row, "pressed twice, drafted once"


@pytest.mark.parametrize(
    ("disposition", "outcome"),
    [("dismissed", "not_established"), ("referred", "transferred"), ("corrected", "established")],
)
def test_the_outcome_follows_the_decision(disposition: str, outcome: str) -> None:
    """A dismissed suspicion teaches too; nothing was applied in it."""
    people = examples.cast()
    row = draft_from_lead(people.head, _decided(people, disposition))
    assert row.outcome == outcome
    assert bool(row.articles) == (outcome != "not_established")


def test_an_open_or_unnamed_lead_is_no_precedent() -> None:
    """The message says what to do first."""
    people = examples.cast()
    lead = leads.lead(people.keeper.unit_path, 1)
    with pytest.raises(Conflict):
        draft_from_lead(people.head, lead)
    dispose_lead(people.keeper, lead, disposition="confirmed", reason="属实")
    with pytest.raises(Conflict):
        draft_from_lead(people.head, lead)


def test_one_press_on_the_lead_page_drafts_it() -> None:
    """The head sees the button once the lead is decided; then the page names the precedent."""
    people = examples.cast()
    examples.published(people)
    lead = _decided(people)
    url = reverse("precedents:draft", args=[lead.pk])
    page = _client(people.keeper).get(lead.get_absolute_url()).content.decode()
    assert url not in page
    assert "某食品店名称混淆案" in page, "like cases are shown"
    head = _client(people.head)
    assert url in head.get(lead.get_absolute_url()).content.decode()
    assert head.get(url)["Location"] == lead.get_absolute_url()
    assert _client(people.elsewhere).post(url).status_code == 404
    row_url = head.post(url)["Location"]
    row = Precedent.objects.get(lead=lead)
    assert row_url == row.get_absolute_url()
    page = head.get(lead.get_absolute_url()).content.decode()
    assert url not in page
    assert row_url in page


def test_drafts_are_published_from_the_review_page() -> None:
    """Only what others wrote is offered; ticked ones enter the library."""
    people = examples.cast()
    mine, theirs = examples.draft(people.keeper), examples.draft(people.colleague)
    client, url = _client(people.keeper), reverse("precedents:review")
    page = client.get(url)
    assert list(page.context["drafts"]) == [theirs]
    client.post(url, {"precedent": [mine.pk, theirs.pk, "x"]})
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.state, theirs.state) == ("draft", "published")
    assert _client(people.stranger).get(url).status_code == 403


def test_publishing_and_withdrawing_on_the_page() -> None:
    """The buttons stand where they may be pressed; a mistake keeps what was typed."""
    people = examples.cast()
    row = examples.draft(people.keeper)
    publish = reverse("precedents:publish", args=[row.pk])
    mine = _client(people.keeper).get(row.get_absolute_url()).content.decode()
    assert publish not in mine
    theirs = _client(people.colleague)
    assert publish in theirs.get(row.get_absolute_url()).content.decode()
    assert theirs.get(publish)["Location"] == row.get_absolute_url()
    theirs.post(publish)
    row.refresh_from_db()
    assert row.state == "published"
    withdraw, head = reverse("precedents:withdraw", args=[row.pk]), _client(people.head)
    assert head.get(withdraw).status_code == 200
    assert _client(people.keeper).get(withdraw).status_code == 403
    assert head.post(withdraw, {"reason": ""}).status_code == 422
    head.post(withdraw, {"reason": "决定被撤销"})
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_the_summary_page_links_every_number_to_its_cases() -> None:
    """The link opens exactly those rows; an empty library says what to do."""
    people = examples.cast()
    client, url = _client(people.keeper), reverse("precedents:summary")
    assert reverse("precedents:library") in client.get(url).content.decode()
    row = examples.published(people)
    other = examples.published(people, title="不成立的案件", outcome="not_established")
    page = client.get(url).content.decode()
    query = "?state=published&amp;act_kind=name_confusion&amp;outcome=established"
    assert query in page
    rows = client.get(reverse("precedents:library") + query.replace("&amp;", "&")).content.decode()
    assert row.title in rows
    assert other.title not in rows
    article = client.get(reverse("precedents:library"), {"article": "《反不正当竞争法》第七条"})
    assert row.title in article.content.decode()
    assert client.get(url, {"year": "2026"}).status_code == 200
    assert _client(people.stranger).get(url).status_code == 403


def test_the_board_counts_what_entered_the_library() -> None:
    """Precedents published in the period, of the office alone; drafts do not count."""
    people = examples.cast()
    examples.draft(people.keeper)
    row = examples.published(people)
    period = Period(date(2020, 1, 1), date(2999, 12, 31))
    assert [r.url for r in precedents_published(people.head, period)] == [row.get_absolute_url()]
    assert not precedents_published(people.elsewhere, period)
