"""The kind of act of a lead, its checklist, and leads entered by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.apps.leads import examples
from zhixing import law
from zhixing.apps.leads.api import (
    BY_HAND,
    Given,
    Lead,
    LeadAnswer,
    LeadSection,
    answer_checklist,
    dispose_lead,
    engine_quality,
    enter_lead,
    name_act,
    register_lead_section,
)
from zhixing.apps.leads.checklist import checklist_of, rules_of
from zhixing.apps.leads.sections import _sections
from zhixing.apps.leads.selectors import leads_unassigned
from zhixing.apps.registry.api import create_subject
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.history import entries_for
from zhixing.kit.testing.suites import BACKEND, Cast, recorded_deeds

pytestmark = pytest.mark.django_db
NAMES = "name_confusion"


def _client(officer: Any) -> Client:
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


def _named(people: Cast, **values: Any) -> Lead:
    lead = examples.lead(people.keeper.unit_path, 1, **values)
    return name_act(people.keeper, lead, act_kind=NAMES)


def _entry(**values: Any) -> dict[str, Any]:
    return {
        "source": "complaint",
        "act_kind": "false_promotion",
        "title": "保健品店宣称根治糖尿病",
        "facts": "门店海报称“根治糖尿病”,两名顾客各购买三盒。",
    } | values


def _texts(lead: Lead) -> str:
    return " ".join(line.citations for line in rules_of(lead))


def test_the_law_of_the_day_of_the_act_is_shown() -> None:
    """Named for a day before the revision, the old article; without a day, the day it was found."""
    people = examples.cast()
    lead = _named(people)
    assert "反不正当竞争法》第7条" in _texts(lead)
    lead = name_act(people.keeper, lead, act_kind=NAMES, acted_on=date(2025, 3, 1))
    assert "反不正当竞争法》第6条" in _texts(lead)
    page = _client(people.keeper).get(lead.get_absolute_url()).content.decode()
    assert "反不正当竞争法》第6条" in page


def test_a_kind_is_named_by_whoever_decides_and_from_the_list() -> None:
    """Another office is refused, so are an unknown kind, a day to come and a decided lead."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    with pytest.raises(Refused):
        name_act(people.elsewhere, lead, act_kind=NAMES)
    with pytest.raises(Invalid):
        name_act(people.keeper, lead, act_kind="piracy")
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Invalid):
        name_act(people.keeper, lead, act_kind=NAMES, acted_on=tomorrow)
    dispose_lead(people.keeper, lead, disposition="dismissed", reason="并存多年")
    with pytest.raises(Conflict):
        name_act(people.keeper, lead, act_kind=NAMES)


def test_answers_are_kept_with_who_and_when_and_only_changes_are_written() -> None:
    """One entry in the book names each answer before and after; the same again writes nothing."""
    people = examples.cast()
    lead = _named(people)
    with recorded_deeds() as seen:
        given = {"sign_alike": Given("yes", "师、帅一笔之差"), "turnover": Given("")}
        assert answer_checklist(people.keeper, lead, given) == 1
        assert answer_checklist(people.keeper, lead, given) == 0
        later = {"sign_alike": Given("unclear", "待权利人辨认")}
        assert answer_checklist(people.colleague, lead, later) == 1
    assert [deed.code for deed in seen] == ["lead.answer", "lead.answer"]
    assert seen[1].detail["answers"] == [
        {"item": "sign_alike", "before": "yes", "answer": "unclear", "note": "待权利人辨认"}
    ]
    answer = LeadAnswer.objects.get()
    assert (answer.answered_by, answer.answer) == (people.colleague, "unclear")
    assert len([e for e in entries_for(lead) if e.deed == "lead.answer"]) == 2


def test_what_cannot_be_an_answer_is_refused() -> None:
    """Unknown item, unknown answer, a note alone, another office, a lead without a kind."""
    people = examples.cast()
    lead = _named(people)
    for given in (
        {"piracy": Given("yes")},
        {"sign_alike": Given("perhaps")},
        {"sign_alike": Given("", "写了却没选")},
    ):
        with pytest.raises(Invalid):
            answer_checklist(people.keeper, lead, given)
    with pytest.raises(Refused):
        answer_checklist(people.elsewhere, lead, {"sign_alike": Given("yes")})
    bare = examples.lead(people.keeper.unit_path, 2)
    with pytest.raises(Conflict):
        answer_checklist(people.keeper, bare, {"sign_alike": Given("yes")})
    assert not LeadAnswer.objects.exists()


def test_open_essential_items_warn_and_never_block() -> None:
    """The page names them before, the message after; the lead is confirmed all the same."""
    people = examples.cast()
    lead = _named(people)
    checklist = checklist_of(lead)
    assert checklist is not None
    first, *rest = checklist.open_essential
    answer_checklist(people.keeper, lead, {first.item.code: Given("no", "未查到使用证据")})
    client = _client(people.keeper)
    page = client.get(lead.get_absolute_url()).content.decode()
    warning = page.split("notice-warning")
    assert first.text in warning[1], "answered with no: speaks against"
    assert all(line.text in warning[2] for line in rest)
    response = client.post(
        reverse("leads:dispose", args=[lead.pk]),
        {"disposition": "confirmed", "reason": "权利人已辨认"},
        follow=True,
    )
    lead.refresh_from_db()
    assert lead.disposition == "confirmed"
    told = [str(message) for message in response.context["messages"]]
    assert any(rest[0].text in text for text in told)


def test_the_checklist_page_keeps_answers_notes_and_files() -> None:
    """One form for all items; a file hangs on its item; other offices find no such page."""
    people = examples.cast()
    lead = _named(people)
    url = reverse("leads:checklist", args=[lead.pk])
    client = _client(people.keeper)
    photo = SimpleUploadedFile("店招.txt", "照片说明:门头为康帅傅".encode())
    form = {"answer-sign_alike": "yes", "note-sign_alike": "见照片", "file-sign_alike": photo}
    response = client.post(url, form)
    assert response["Location"] == lead.get_absolute_url()
    page = client.get(url).content.decode()
    assert "见照片" in page
    assert "店招.txt" in page
    refused = client.post(url, {"note-turnover": "只写了说明"})
    assert refused.status_code == 422
    assert "只写了说明" in refused.content.decode(), "what was typed comes back"
    assert _client(people.elsewhere).get(url).status_code == 404
    assert _client(people.stranger).get(url).status_code == 403


def test_the_kind_is_named_on_the_page_and_leads_to_the_checklist() -> None:
    """A mistake comes back beside its field."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    client, url = _client(people.keeper), reverse("leads:act", args=[lead.pk])
    assert client.post(url, {"act_kind": "piracy"}).status_code == 422
    response = client.post(url, {"act_kind": NAMES, "acted_on": "2026-03-01"})
    assert response["Location"] == reverse("leads:checklist", args=[lead.pk])
    lead.refresh_from_db()
    assert (lead.act_kind, lead.acted_on) == (NAMES, date(2026, 3, 1))
    assert client.get(url)["Location"] == lead.get_absolute_url()
    bare = examples.lead(people.keeper.unit_path, 2)
    assert client.get(reverse("leads:checklist", args=[bare.pk]))["Location"] == (
        bare.get_absolute_url()
    )


def test_a_complaint_is_entered_with_its_clock_and_without_a_probability() -> None:
    """Fifteen working days from receipt; the clause follows from the kind; nothing is computed."""
    people = examples.cast()
    received = date(2026, 3, 2)
    subject = create_subject(people.keeper, {"name": "海州市康帅傅食品店"})
    lead = enter_lead(people.keeper, _entry(received_on=received, subject=subject))
    lead.refresh_from_db()
    assert lead.due_on == law.deadline("lead_check", received).due
    assert (lead.clause, lead.monitor) == ("二/(二)", BY_HAND)
    assert (lead.probability, lead.score, lead.state) == (None, None, "open")
    assert lead.first_reason.startswith("门店海报")
    page = _client(people.keeper).get(lead.get_absolute_url())
    assert page.status_code == 200
    assert "门店海报" in page.content.decode()
    assert not engine_quality(people.keeper), "no engine raised it"


def test_two_names_entered_are_compared_by_the_engine() -> None:
    """The differing characters and their channel are told as for a lead of the sweep."""
    people = examples.cast()
    lead = enter_lead(
        people.keeper, _entry(act_kind=NAMES, protected="康师傅", accused="康帅傅食品店")
    )
    assert {reason.get("channel") for reason in lead.reasons} >= {"glyph"}


def test_what_an_officer_enters_stands_before_what_an_engine_suspects() -> None:
    """On both databases, at the top of what is not assigned yet."""
    people = examples.cast()
    examples.lead(people.keeper.unit_path, 1, probability=0.99)
    lead = enter_lead(people.keeper, _entry())
    assert leads_unassigned(people.keeper).first() == lead


def test_what_cannot_be_entered_is_told_beside_its_field() -> None:
    """No facts, a day to come, an act after its report; another office's subject."""
    people = examples.cast()
    today = timezone.localdate()
    for wrong, field in (
        ({"facts": " "}, "facts"),
        ({"source": "rumour"}, "source"),
        ({"act_kind": ""}, "act_kind"),
        ({"received_on": today + timedelta(days=1)}, "received_on"),
        ({"received_on": today, "acted_on": today + timedelta(days=1)}, "acted_on"),
    ):
        with pytest.raises(Invalid) as caught:
            enter_lead(people.keeper, _entry(**wrong))
        assert field in caught.value.fields
    foreign = create_subject(people.elsewhere, {"name": "河口某店"})
    with pytest.raises(Refused):
        enter_lead(people.keeper, _entry(subject=foreign))
    with pytest.raises(Refused):
        enter_lead(people.stranger, _entry())
    assert not Lead.objects.exists()


def test_other_apps_add_sections_to_the_page_and_see_only_what_they_give() -> None:
    """A section without anything for the actor is left out."""
    people = examples.cast()
    lead = examples.lead(people.keeper.unit_path, 1)
    before = dict(_sections)
    try:
        register_lead_section(
            LeadSection(
                10, "seen", "看得见的部分", "leads/likelihood.html",
                lambda actor, row: {"lead": row},
            )
        )  # fmt: skip
        register_lead_section(
            LeadSection(20, "hidden", "看不见的部分", "leads/likelihood.html", lambda *_: None)
        )
        page = _client(people.keeper).get(lead.get_absolute_url()).content.decode()
    finally:
        _sections.clear()
        _sections.update(before)
    assert "看得见的部分" in page
    assert "看不见的部分" not in page
