"""The review desk: decisions, two readers who do not see each other, what follows for leads."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.apps.adverts import examples
from tests.apps.adverts.test_screening import BOTH, screened
from tests.apps.people import make_officer
from zhixing.apps.adverts import quality
from zhixing.apps.adverts.actions.plan_reviews import plan_reviews
from zhixing.apps.adverts.actions.read_ads import (
    add_finding,
    finish_reading,
    remove_finding,
    reopen_reading,
    to_decide,
    turn_of,
)
from zhixing.apps.adverts.models import Ad, Finding
from zhixing.apps.adverts.selectors import queue_of
from zhixing.apps.leads.api import Lead
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.testing.suites import BACKEND

pytestmark = pytest.mark.django_db
YES, NO = "confirmed", "rejected"


def shares(head: Any, double: float, sample: float = 0.0) -> None:
    plan_reviews(head, unit_path=head.unit_path, double_share=double, sample_share=sample, seed="s")


def read(officer: Any, ad: Ad, *said: str) -> Ad:
    """The officer's answers in the order of the text."""
    ad.refresh_from_db()
    asked = to_decide(ad, turn_of(officer, ad), None)
    rows = {row.pk: one for row, one in zip(asked, said, strict=True)}
    return finish_reading(officer, ad, rows)


def decisions(ad: Ad) -> list[str]:
    rows = ad.findings.filter(is_current=True).order_by("start", "pk")
    return list(rows.values_list("decision", flat=True))


@pytest.fixture
def people() -> Any:
    cast = examples.cast()
    shares(cast.head, 0.0)
    return cast


def test_one_reading_decides_findings_text_and_leaves_the_lead_open(people: Any) -> None:
    """Ordinary confirmed, serious rejected: unlawful, not seriously."""
    ad = screened(people.keeper.unit_path)
    read(people.keeper, ad, YES, NO)
    ad.refresh_from_db()
    assert (ad.verdict, ad.reading, decisions(ad)) == ("violating", "done", [YES, NO])
    assert ad.lead.is_open
    assert queue_of(people.keeper).count() == 0


def test_a_text_without_any_breach_closes_its_lead(people: Any) -> None:
    """The reader's decision is the lead's, with its reason."""
    ad = screened(people.keeper.unit_path)
    read(people.keeper, ad, NO, NO)
    ad.refresh_from_db()
    assert ad.verdict == "clear"
    assert (ad.lead.disposition, ad.lead.disposed_by) == ("dismissed", people.keeper)


def test_every_finding_needs_an_answer_and_a_newer_screening_is_told(people: Any) -> None:
    """Nothing is decided half."""
    ad = screened(people.keeper.unit_path)
    first = ad.findings.first()
    with pytest.raises(Invalid, match="畞犇乙"):
        finish_reading(people.keeper, ad, {first.pk: YES})
    with pytest.raises(Conflict):
        finish_reading(people.keeper, ad, {}, version="older")
    assert decisions(ad) == ["", ""]


def test_who_comes_second_to_the_same_text_is_told(people: Any) -> None:
    """Two officers opened it at once."""
    ad = screened(people.keeper.unit_path)
    read(people.keeper, ad, YES, YES)
    with pytest.raises(Conflict):
        finish_reading(people.colleague, ad, {})


def test_two_readers_who_agree_decide_and_the_first_cannot_be_the_second() -> None:
    """The second is asked what the first was asked and shown no answer."""
    people = examples.cast()
    shares(people.head, 1.0)
    ad = screened(people.keeper.unit_path)
    read(people.keeper, ad, YES, NO)
    ad.refresh_from_db()
    assert (ad.reading, ad.verdict, decisions(ad)) == ("second", "", ["", ""])
    assert (queue_of(people.keeper).count(), queue_of(people.colleague).count()) == (0, 1)
    with pytest.raises(Conflict):
        turn_of(people.keeper, ad)
    read(people.colleague, ad, YES, NO)
    ad.refresh_from_db()
    assert (ad.reading, ad.verdict, decisions(ad)) == ("done", "violating", [YES, NO])


def test_where_two_readers_differ_the_head_decides_between_them() -> None:
    """What they agree on stands; officers do not settle it."""
    people = examples.cast()
    shares(people.head, 1.0)
    ad = screened(people.keeper.unit_path)
    read(people.keeper, ad, YES, NO)
    read(people.colleague, ad, YES, YES)
    ad.refresh_from_db()
    assert (ad.reading, decisions(ad)) == ("disputed", [YES, ""])
    with pytest.raises(Refused):
        turn_of(people.colleague, ad)
    assert queue_of(people.head).count() == 1
    read(people.head, ad, YES)
    ad.refresh_from_db()
    assert (ad.reading, ad.verdict, decisions(ad)) == ("done", "serious", [YES, YES])


def test_a_missed_finding_is_added_by_its_words_and_confirmed(people: Any) -> None:
    """At the place marked, not the first place where the words stand; a lead follows."""
    shares(people.head, 0.0, sample=1.0)
    ad = screened(people.keeper.unit_path, "好茶好茶，老味道")
    assert (ad.reading, ad.lead) == ("first", None)
    added = add_finding(people.keeper, ad, family="ABSOLUTE_TERM", words="好茶", start=2)
    assert (added.start, added.end, added.ruleset_version) == (2, 4, ad.screened_version)
    with pytest.raises(Conflict):
        add_finding(people.keeper, ad, family="ABSOLUTE_TERM", words="好茶", start=2)
    read(people.keeper, ad)
    ad.refresh_from_db()
    assert (ad.verdict, decisions(ad)) == ("violating", [YES])
    assert ad.lead.reasons[0]["span"] == "好茶"
    assert Lead.objects.get().probability == 1.0


@pytest.mark.parametrize(
    "values",
    [
        {"family": "", "words": "老味道"},
        {"family": "ABSOLUTE_TERM", "words": "没有这几个字"},
        {"family": "ABSOLUTE_TERM", "words": ""},
    ],
)
def test_what_is_added_must_stand_in_the_text(people: Any, values: dict[str, str]) -> None:
    """A missing statement alone needs no words."""
    ad = screened(people.keeper.unit_path)
    with pytest.raises(Invalid):
        add_finding(people.keeper, ad, **values)
    assert add_finding(people.keeper, ad, family="INVEST_RISK_MISSING").is_absence


def test_what_the_first_reader_adds_is_not_shown_to_the_second() -> None:
    """Added by both it is confirmed once; added by one it is left to the head."""
    people = examples.cast()
    shares(people.head, 1.0)
    ad = screened(people.keeper.unit_path)
    add_finding(people.keeper, ad, family="DISPARAGE", words="老味道")
    add_finding(people.keeper, ad, family="PATENT", words="示范牌")
    read(people.keeper, ad, YES, YES)
    page = _page(people.colleague, ad)
    assert "老味道</q>" not in page
    add_finding(people.colleague, ad, family="DISPARAGE", words="味道")
    read(people.colleague, ad, YES, YES)
    ad.refresh_from_db()
    assert ad.reading == "disputed"
    added = Finding.objects.filter(origin="officer", is_current=True).order_by("pk")
    assert [(row.family, row.decision) for row in added] == [("DISPARAGE", YES), ("PATENT", "")]
    assert "示范牌</q>" in _page(people.head, ad)
    read(people.head, ad, NO)
    ad.refresh_from_db()
    assert ad.verdict == "serious"


def _page(officer: Any, ad: Ad) -> str:
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client.get(f"/adverts/ads/{ad.pk}/read/").content.decode()


def test_only_the_own_addition_of_an_unfinished_reading_can_be_removed(people: Any) -> None:
    """Afterwards it stands, and can only be decided."""
    ad = screened(people.keeper.unit_path)
    added = add_finding(people.keeper, ad, family="DISPARAGE", words="老味道")
    with pytest.raises(Conflict):
        remove_finding(people.colleague, added)
    remove_finding(people.keeper, added)
    assert ad.findings.count() == 2
    kept = add_finding(people.keeper, ad, family="DISPARAGE", words="老味道")
    read(people.keeper, ad, YES, YES)
    kept.refresh_from_db()
    with pytest.raises(Conflict):
        remove_finding(people.keeper, kept)


def test_a_reading_is_taken_back_with_its_lead_and_done_again(people: Any) -> None:
    """By whoever did it or the head, with a reason."""
    ad = screened(people.keeper.unit_path)
    read(people.keeper, ad, NO, NO)
    with pytest.raises(Refused):
        reopen_reading(people.colleague, ad, reason="看错了")
    with pytest.raises(Invalid):
        reopen_reading(people.keeper, ad, reason=" ")
    reopen_reading(people.keeper, ad, reason="看错了")
    ad.refresh_from_db()
    assert (ad.verdict, ad.reading, decisions(ad)) == ("", "first", ["", ""])
    assert ad.lead.is_open
    read(people.keeper, ad, YES, YES)
    ad.refresh_from_db()
    assert ad.verdict == "serious"


def test_other_offices_and_auditors_do_not_read(people: Any) -> None:
    """The desk asks for role and office."""
    ad = screened(people.keeper.unit_path)
    with pytest.raises(Refused):
        finish_reading(people.elsewhere, ad, {})
    with pytest.raises(Refused):
        queue_of(people.stranger)
    with pytest.raises(Refused):
        plan_reviews(people.keeper, unit_path=ad.unit_path, double_share=0.1, sample_share=0.1)


def test_the_quality_of_rules_counts_decisions_and_what_was_missed(people: Any) -> None:
    """Precision per rule; recall with what was sampled weighted by its share."""
    shares(people.head, 0.0, sample=0.5)
    office = people.keeper.unit_path
    for number in range(4):
        ad = screened(office, f"{'甲乙丙丁'[number] * 9}{BOTH}")
        read(people.keeper, ad, YES, YES if number else NO)
    ad = screened(office, "只卖好茶的老店")
    Ad.objects.filter(pk=ad.pk).update(reading="first", is_sample=True)
    add_finding(people.keeper, ad, family="ABSOLUTE_TERM", words="好茶")
    read(people.keeper, ad)
    by_rule = {row.rule: row for row in quality.rule_quality(people.keeper)}
    assert by_rule["made-up-serious"].precision == 0.75
    assert by_rule["made-up-ordinary"].interval[1] == 1.0
    families = {row.family: row for row in quality.family_quality(people.keeper)}
    assert families["MED_TERM_NONMED"].recall.value == 1.0
    assert families["ABSOLUTE_TERM"].recall.value == pytest.approx(4 / 6)
    assert quality.rule_quality(people.elsewhere) == []


def test_agreement_of_two_readers_is_told_with_kappa() -> None:
    """On findings and on whole texts."""
    people = examples.cast()
    shares(people.head, 1.0)
    for number, said in enumerate(([YES, YES], [NO, NO], [YES, NO], [NO, NO])):
        ad = screened(people.keeper.unit_path, f"{'甲乙丙丁'[number] * 9}{BOTH}")
        read(people.keeper, ad, *said)
        read(people.colleague, ad, *(said if number < 3 else [YES, NO]))
    found = quality.readers(people.head)
    assert (found.doubles, found.findings.n, found.texts.n, found.disputed) == (4, 8, 4, 1)
    assert found.findings.observed == 7 / 8
    assert found.texts.kappa == pytest.approx(0.5)


def test_the_desk_works_without_javascript(people: Any) -> None:
    """Radio buttons and one button; what is left open comes back with what was chosen."""
    ad = screened(people.keeper.unit_path)
    first, second = ad.findings.order_by("start")
    client = Client()
    client.force_login(people.keeper, backend=BACKEND)
    assert BOTH[5:8] in client.get("/adverts/desk/").content.decode()
    address = f"/adverts/ads/{ad.pk}/read/"
    page = client.post(address, {f"decision-{first.pk}": YES, "version": ad.screened_version})
    assert page.status_code == 422
    assert f'name="decision-{first.pk}" value="confirmed" checked' in page.content.decode()
    page = client.post(
        f"/adverts/ads/{ad.pk}/findings/",
        {"words": "老味道", "family": "DISPARAGE", f"decision-{second.pk}": NO},
    )
    assert f'name="decision-{second.pk}" value="rejected" checked' in page.content.decode()
    answer = client.post(address, {f"decision-{first.pk}": YES, f"decision-{second.pk}": NO})
    assert (answer.status_code, answer["Location"]) == (302, "/adverts/desk/")
    ad.refresh_from_db()
    assert (ad.verdict, ad.findings.filter(decision=YES).count()) == ("violating", 2)


def test_htmx_gets_the_next_text_in_place(people: Any) -> None:
    """A part of the page, and the address of the desk."""
    first = screened(people.keeper.unit_path)
    screened(people.keeper.unit_path, f"{'丁' * 9}{BOTH}")
    client = Client(headers={"HX-Request": "true"})
    client.force_login(people.keeper, backend=BACKEND)
    said = {f"decision-{row.pk}": YES for row in first.findings.all()}
    answer = client.post(f"/adverts/ads/{first.pk}/read/", said)
    assert answer["HX-Push-Url"] == "/adverts/desk/"
    page = answer.content.decode()
    assert "丁丁丁" in page
    assert "<html" not in page


def test_words_of_an_advertisement_are_shown_as_text(people: Any) -> None:
    """Markup in a captured text stays text, in place and in lists."""
    ad = screened(people.keeper.unit_path, "<script>alert(1)</script>畞犇甲<b>酱油</b>")
    client = Client()
    client.force_login(people.keeper, backend=BACKEND)
    for address in ("/adverts/desk/", f"/adverts/ads/{ad.pk}/", f"/leads/{ad.lead_id}/"):
        page = client.get(address).content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_an_officer_of_another_role_cannot_open_the_desk(people: Any) -> None:
    """Reporters capture, they do not read."""
    reporter = make_officer(people.keeper.unit, "reporter")
    client = Client()
    client.force_login(reporter, backend=BACKEND)
    assert client.get("/adverts/desk/").status_code == 403
    assert client.get("/adverts/").status_code == 200
    assert client.get("/adverts/capture/").status_code == 200
