"""One page per operator: what must be known first, people masked, relations, timeline, search."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.apps.registry import examples
from zhixing.apps.registry import sections
from zhixing.apps.registry.api import (
    Alert,
    MarkSection,
    SubjectSection,
    TimelineEvent,
    add_person,
    register_alerts,
    register_mark_section,
    register_section,
    register_timeline,
    update_subject,
)
from zhixing.apps.registry.selectors import subjects_related
from zhixing.kit.history import entries_for
from zhixing.kit.testing.suites import BACKEND, recorded_deeds

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Any:
    return examples.cast()


@pytest.fixture
def client(cast: Any) -> Client:
    client = Client()
    client.force_login(cast.keeper, backend=BACKEND)
    return client


def page(client: Client, row: Any, query: str = "") -> str:
    response = client.get(f"{row.get_absolute_url()}{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_licence_that_ran_out_stands_on_top(cast: Any, client: Client) -> None:
    """A licence past its day is an alert; one valid for long is none."""
    row = examples.subject(cast.keeper.unit_path, 1)
    old = examples.licence("", 2, subject=row, valid_to=timezone.localdate() - timedelta(1))
    good = examples.licence("", 4, subject=row, valid_to=timezone.localdate() + timedelta(99))
    alerts = [alert.text for alert in sections.alerts(cast.keeper, row)]
    assert len(alerts) == 1
    assert old.number in alerts[0]
    assert good.number not in alerts[0]
    assert "subject-alert-bad" in page(client, row)


def test_a_licence_valid_to_today_is_valid_today(cast: Any) -> None:
    """The last day of validity counts."""
    row = examples.subject(cast.keeper.unit_path, 1)
    examples.licence("", 2, subject=row, valid_to=timezone.localdate())
    assert [alert.tone for alert in sections.alerts(cast.keeper, row)] == ["warn"]


def test_other_apps_add_sections_alerts_and_events(
    cast: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is registered appears; a section with nothing for the actor does not."""
    for name in ("_sections", "_alerts", "_timelines"):
        monkeypatch.setattr(sections, name, dict(getattr(sections, name)))
    row = examples.subject(cast.keeper.unit_path, 1)
    template = "registry/sections/related.html"
    register_section(SubjectSection(1, "seen", "Seen section", template, lambda _a, _s: {}))
    register_section(SubjectSection(2, "unseen", "Unseen section", template, lambda _a, _s: None))
    register_alerts("test", lambda _a, _s: [Alert("warn", "two leads open")])
    register_timeline(
        "test", "Test events", lambda _a, _s: [TimelineEvent(date(2020, 5, 1), "test", "Visited")]
    )
    text = page(client, row)
    assert 'href="#seen"' in text
    assert "Unseen section" not in text
    assert "two leads open" in text
    assert "Visited" in text
    only = page(client, row, "?event=test")
    assert "Visited" in only
    assert only.count("timeline-title") == 1


def test_other_apps_add_sections_to_the_page_of_a_mark(
    cast: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They stand beside the mark's own, in their order; one with nothing to tell is left out."""
    monkeypatch.setattr(sections, "_mark_sections", dict(sections._mark_sections))
    mark = examples.mark(cast.keeper.unit_path, 1)
    template = "registry/sections/related.html"
    register_mark_section(MarkSection(20, "seen", "Seen section", template, lambda _a, _m: {}))
    register_mark_section(MarkSection(5, "unseen", "Unseen section", template, lambda _a, _m: None))
    text = page(client, mark)
    assert text.index("图样与材料") < text.index("Seen section")
    assert "Unseen section" not in text


def test_the_timeline_is_one_newest_first(cast: Any) -> None:
    """Days and moments, events and changes stand in one order."""
    row = examples.subject(cast.keeper.unit_path, 1, registered_on=date(2010, 1, 1))
    examples.licence("", 2, subject=row, valid_from=date(2015, 1, 1))
    update_subject(cast.keeper, row, {"address": "人民路1号"})
    kinds = [event.kind for event in sections.timeline(cast.keeper, row)]
    assert kinds == ["change", "change", "licence", "registration"]


def test_people_are_masked_and_shown_for_a_reason(cast: Any, client: Client) -> None:
    """Without a reason nothing is shown; with one it is shown once and stands in the book."""
    row = examples.subject(cast.keeper.unit_path, 1)
    person = add_person(
        cast.keeper,
        row,
        {"role": "contact", "name": "欧阳娜娜", "phone": "13912345678", "identity_number": "ID77"},
    )
    text = page(client, row)
    assert "欧阳娜娜" not in text
    assert "13912345678" not in text
    assert "139****5678" in text
    url = reverse("registry:reveal-person", args=[row.pk, person.pk, "phone"])
    assert "13912345678" not in client.get(url).content.decode()
    assert "13912345678" not in client.post(url, {"reason": " "}).content.decode()
    with recorded_deeds() as book:
        shown = client.post(url, {"reason": "call about the recall"})
    assert "13912345678" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert [(deed.code, deed.reason) for deed in book] == [
        ("personal_data.read", "call about the recall")
    ]


def test_nobody_elsewhere_is_shown_personal_data(cast: Any) -> None:
    """Another office finds nothing; a role without the permission is refused."""
    row = examples.subject(cast.keeper.unit_path, 1)
    url = reverse("registry:reveal", args=[row.pk, "phone"])
    for officer, status in ((cast.elsewhere, 404), (cast.stranger, 403)):
        client = Client()
        client.force_login(officer, backend=BACKEND)
        assert client.post(url, {"reason": "curious"}).status_code == status
    client.force_login(cast.keeper, backend=BACKEND)
    wrong = reverse("registry:reveal", args=[row.pk, "uscc"])
    assert client.post(wrong, {"reason": "x"}).status_code == 404


def test_a_person_is_entered_and_removed(cast: Any, client: Client) -> None:
    """Removing asks for a reason, which the book keeps."""
    row = examples.subject(cast.keeper.unit_path, 1)
    new = reverse("registry:person-new", args=[row.pk])
    assert client.post(new, {"role": "head"}).status_code == 422
    assert client.post(new, {"role": "head", "name": "王小明"}).status_code == 302
    person = row.people.get()
    url = reverse("registry:person-delete", args=[row.pk, person.pk])
    assert client.post(url, {"reason": ""}).status_code == 200
    assert row.people.exists()
    assert client.post(url, {"reason": "left"}).status_code == 302
    assert not row.people.exists()
    assert entries_for(person)[0].reason == "left"
    assert "王小明" not in str(entries_for(person))


def test_related_subjects_share_phone_address_or_person(cast: Any) -> None:
    """Those that share most come first; subjects of other offices are not told."""
    home = cast.keeper.unit_path
    row = examples.subject(home, 1, phone="13900001111", address="人民路1号")
    both = examples.subject(home, 2, phone="13900001111", address="人民路1号")
    phone = examples.subject(home, 4, phone="13900001111")
    person = examples.subject(home, 5)
    examples.subject(home, 6)
    examples.subject(cast.elsewhere.unit_path, 7, phone="13900001111")
    for owner in (row, person):
        add_person(cast.keeper, owner, {"role": "contact", "name": "王五", "phone": "13800000000"})
    related = subjects_related(cast.keeper, row)
    assert [found.subject for found in related] == [both, phone, person]
    assert len(related[0].shares) == 2


def test_masked_fields_are_changed_without_being_seen(cast: Any, client: Client) -> None:
    """An empty masked field keeps what is stored, a hyphen removes it, new text replaces it."""
    row = examples.subject(cast.keeper.unit_path, 1)
    url = reverse("registry:subjects-edit", args=[row.pk])
    stored = row.phone

    def send(phone: str) -> str:
        form = client.get(url).context["form"]
        assert stored not in client.get(url).content.decode()
        data = {name: form[name].value() or "" for name in form.fields} | {
            "phone": phone,
            "stamp": row.updated.isoformat(),
            "region": "",
        }
        hidden = {f"initial-{name}": data[name] for name in form.fields if name != "phone"}
        assert client.post(url, data | hidden | {"initial-phone": ""}).status_code == 302
        row.refresh_from_db()
        return str(row.phone)

    assert send("") == stored
    assert send("13811112222") == "13811112222"
    assert send("-") == ""


def test_a_subject_with_a_place_has_a_map_and_one_without_has_none(
    cast: Any, client: Client
) -> None:
    """The map comes with its list twin."""
    placed = examples.subject(cast.keeper.unit_path, 1, longitude=117.0, latitude=36.6)
    without = examples.subject(cast.keeper.unit_path, 2)
    assert 'id="map"' in page(client, placed)
    assert 'id="map"' not in page(client, without)


@pytest.mark.parametrize(
    ("words", "found"),
    [("百味", True), ("味百", False), ("91379901MA", True), ("", False), ("，。", False)],
)
def test_the_one_search_box_finds_short_words(
    cast: Any, client: Client, words: str, found: bool
) -> None:
    """Two characters, the beginning of a code; nothing for words that do not stand there."""
    row = examples.subject(cast.keeper.unit_path, 1)
    examples.mark(cast.keeper.unit_path, 1, text="无关")
    text = client.get("/search/", {"q": words}).content.decode()
    assert (row.get_absolute_url() in text) is found


def test_the_search_box_finds_a_licence_number_and_a_mark(cast: Any, client: Client) -> None:
    """A full licence number leads to its subject, a mark's text to the mark."""
    licence = examples.licence(cast.keeper.unit_path, 1)
    mark = examples.mark(cast.keeper.unit_path, 2, text="海之韵")
    by_number = client.get("/search/", {"q": licence.number}).content.decode()
    assert licence.subject.get_absolute_url() in by_number
    assert mark.get_absolute_url() in client.get("/search/", {"q": "之韵"}).content.decode()


def test_the_search_box_shows_nobody_what_they_may_not_see(cast: Any) -> None:
    """Another office and a role without the permission find nothing, and get no error."""
    row = examples.subject(cast.keeper.unit_path, 1)
    for officer in (cast.elsewhere, cast.stranger):
        client = Client()
        client.force_login(officer, backend=BACKEND)
        response = client.get("/search/", {"q": "百味"})
        assert response.status_code == 200
        assert row.get_absolute_url() not in response.content.decode()


def test_the_page_needs_as_many_queries_for_many_licences_as_for_one(
    cast: Any, client: Client
) -> None:
    """No query is made per licence, mark, person, event or related subject."""
    row = examples.subject(cast.keeper.unit_path, 1, address="人民路1号")

    def grow(numbers: range) -> int:
        for number in numbers:
            examples.licence("", number, subject=row)
            examples.mark(cast.keeper.unit_path, number, holder=row)
            add_person(cast.keeper, row, {"role": "contact", "name": f"王{number}", "phone": "1"})
            examples.subject(cast.keeper.unit_path, 100 + number, address="人民路1号")
            update_subject(cast.keeper, row, {"industry": f"F{number}"})
        with CaptureQueriesContext(connection) as queries:
            page(client, row)
        return len(queries)

    grow(range(2, 3))  # the first page of a session asks more
    assert grow(range(3, 4)) == grow(range(4, 9))
