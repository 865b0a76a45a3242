"""Pages of files, transfers, requests and the overview: what they say and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.apps.protection import examples
from zhixing.apps.protection.actions import keep_files, transfer_crime
from zhixing.kit.testing.suites import BACKEND

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Any:
    return examples.cast()


def client_of(officer: Any) -> Client:
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


def page(officer: Any, url: str, status: int = 200) -> str:
    response = client_of(officer).get(url)
    assert response.status_code == status, url
    return response.content.decode()


def step(row: Any, slug: str, code: str) -> str:
    return reverse(f"protection:{slug}-step", args=[row.pk, code])


def test_a_confirmed_lead_offers_its_referral_and_then_its_file(people: Any) -> None:
    """Nothing on an open lead; a button on a confirmed one; the file once it is open."""
    lead = examples.lead(people.keeper, 1)
    opening = reverse("protection:files-open", args=[lead.pk])
    assert opening not in page(people.keeper, lead.get_absolute_url())
    lead = examples.confirmed(people.keeper, 2)
    opening = reverse("protection:files-open", args=[lead.pk])
    assert opening in page(people.keeper, lead.get_absolute_url())
    form = page(people.keeper, opening)
    assert lead.subject.name in form
    assert "七匹狼" in form
    sent = {
        "party_name": "顺达店", "mark_text": "七匹狼", "act_kind": "selling",
        "acted_on": timezone.localdate().isoformat(), "marks_count": "1", "earlier_acts": "0",
        "subject": f"#{lead.subject.pk}",
    }  # fmt: skip
    response = client_of(people.keeper).post(opening, sent)
    file = keep_files.InfringementFile.objects.get(lead=lead)
    assert response["Location"] == file.get_absolute_url()
    assert file.get_absolute_url() in page(people.keeper, lead.get_absolute_url())
    assert client_of(people.keeper).get(opening)["Location"] == file.get_absolute_url()


def test_the_referral_is_refused_with_what_was_typed(people: Any) -> None:
    """An open lead, and a form that cannot be right; another office does not find the lead."""
    lead = examples.lead(people.keeper, 1)
    opening = reverse("protection:files-open", args=[lead.pk])
    sent = {
        "party_name": "顺达店", "mark_text": "七匹狼", "act_kind": "selling",
        "acted_on": timezone.localdate().isoformat(), "marks_count": "1", "earlier_acts": "0",
    }  # fmt: skip
    response = client_of(people.keeper).post(opening, sent)
    assert response.status_code == 409
    assert "顺达店" in response.content.decode()
    bad = client_of(people.keeper).post(opening, sent | {"act_kind": "theft"})
    assert bad.status_code == 422
    assert "act_kind" in bad.context["form"].errors
    assert client_of(people.elsewhere).post(opening, sent).status_code == 404
    assert client_of(people.stranger).post(opening, sent).status_code == 403


def test_an_amount_is_entered_and_the_alert_appears(people: Any) -> None:
    """Below the bar no alert; at the bar the page says so with article and what is unverified."""
    file = examples.file(people.keeper, 0)
    url = step(file, "files", "fact")
    today = timezone.localdate().isoformat()
    sent = {"measure": "sales", "amount": "49999.99", "found_on": today, "basis": "账簿"}
    assert client_of(people.keeper).post(url, sent).status_code == 302
    assert "notice-error" not in page(people.keeper, file.get_absolute_url())
    client_of(people.keeper).post(url, sent | {"amount": "0.01"})
    text = page(people.keeper, file.get_absolute_url())
    assert "notice-error" in text
    assert "法释" not in text or "第5条" in text
    assert "第5条" in text
    response = client_of(people.keeper).post(url, sent | {"basis": ""})
    assert response.status_code == 422
    assert "49999.99" in response.content.decode()


def test_an_unverified_figure_is_shown_as_such(people: Any) -> None:
    """The bar for turnover of 2025 is known from memory alone."""
    file = examples.file(people.keeper, 0, act_kind="identical_mark")
    examples.fact(people.keeper, file, "turnover", 60_000)
    assert "未核实" in page(people.keeper, file.get_absolute_url())


def test_a_step_that_is_not_open_is_refused_and_nothing_is_lost(people: Any) -> None:
    """Somebody else was faster: the page says so and shows what was typed."""
    file = examples.file(people.keeper, 0)
    url = step(file, "files", "investigated")
    keep_files.finish_investigation(people.colleague, file, findings="查明")
    response = client_of(people.keeper).post(url, {"findings": "我的笔录内容"})
    assert response.status_code == 409
    assert "我的笔录内容" in response.content.decode()
    assert client_of(people.keeper).get(url)["Location"] == file.get_absolute_url()
    assert client_of(people.keeper).post(step(file, "files", "burn")).status_code == 404


@pytest.mark.parametrize("code", ["fact", "investigated", "suspend", "report"])
def test_steps_of_another_office_do_not_exist(people: Any, code: str) -> None:
    """Not found for another office, refused for whoever has no business here."""
    file = examples.file(people.keeper, 0)
    assert client_of(people.elsewhere).post(step(file, "files", code)).status_code == 404
    assert client_of(people.stranger).post(step(file, "files", code)).status_code == 403


def test_the_head_approves_on_the_page_and_the_officer_is_not_offered_it(people: Any) -> None:
    """The buttons follow role and state; a forged approval is refused."""
    transfer = examples.transfer(people.keeper, people.colleague, 0)
    url = step(transfer, "transfers", "approve")
    assert url not in page(people.keeper, transfer.get_absolute_url())
    assert client_of(people.keeper).post(url).status_code == 403
    assert url in page(people.head, transfer.get_absolute_url())
    assert client_of(people.head).post(url).status_code == 302
    transfer.refresh_from_db()
    assert transfer.state == "approved"


def test_a_transfer_is_reported_on_the_page_by_two_officers(people: Any) -> None:
    """One ticked officer is refused beside the field; two are accepted."""
    file = examples.file(people.keeper, 0)
    url = step(file, "files", "report")
    sent = {"report": "销售金额较大", "team": [people.keeper.pk]}
    response = client_of(people.keeper).post(url, sent)
    assert response.status_code == 422
    assert "销售金额较大" in response.content.decode()
    sent["team"] = [people.keeper.pk, people.colleague.pk]
    assert client_of(people.keeper).post(url, sent).status_code == 302
    assert file.transfers.count() == 1
    assert reverse("protection:transfers-detail", args=[file.transfers.get().pk]) in page(
        people.keeper, file.get_absolute_url()
    )


def test_an_amount_is_withdrawn_with_a_reason(people: Any) -> None:
    """Without one the form comes back; another office does not find the amount."""
    file = examples.file(people.keeper, 0)
    fact = examples.fact(people.keeper, file, "sales", 10)
    url = reverse("protection:fact-withdraw", args=[fact.pk])
    assert client_of(people.elsewhere).get(url).status_code == 404
    assert client_of(people.keeper).post(url, {"reason": ""}).status_code == 422
    assert client_of(people.keeper).post(url, {"reason": "重复"}).status_code == 302
    assert client_of(people.keeper).post(url, {"reason": "重复"}).status_code == 409


def test_the_letter_says_who_asks_what_and_until_when(people: Any) -> None:
    """Our request names the other bureau and the 15 working days; our answer what was found."""
    out = examples.request(
        people.keeper, 1, direction="out", sent_on=timezone.localdate(), received_on=None,
        party_name="顺达店",
    )  # fmt: skip
    url = reverse("protection:assistance-letter", args=[out.pk])
    text = page(people.keeper, url)
    assert out.other_bureau in text
    assert "15个工作日" in text
    assert "顺达店" in text
    page(people.elsewhere, url, 404)


def test_the_overview_counts_what_its_links_list(people: Any) -> None:
    """Each figure equals the number of rows behind it; other offices count nothing."""
    examples.request(people.keeper, 60)
    examples.request(people.keeper, 1)
    suspected = examples.file(people.keeper, 3)
    examples.fact(people.keeper, suspected, "sales", 60_000)
    moved = examples.transfer(people.keeper, people.colleague, 100)
    transfer_crime.refuse_transfer(people.head, moved, reason="证据不足")
    examples.transfer(people.keeper, people.colleague, 101)
    examples.order(people.keeper.unit_path, 1)
    client = client_of(people.head)
    groups = client.get(reverse("protection:overview")).context["groups"]
    counted = {tally.url: tally.value for group in groups for tally in group.tallies}
    assert sorted(counted.values()) == [0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 3]
    for url, value in counted.items():
        listing = client.get(url).context["listing"]
        assert len(listing.page.rows) == value, url
    others = client_of(people.elsewhere).get(reverse("protection:overview")).context["groups"]
    assert {tally.value for group in others for tally in group.tallies} == {0}
    assert client_of(people.stranger).get(reverse("protection:overview")).status_code == 403


def test_subject_and_mark_pages_show_files_and_requests_of_ones_offices(people: Any) -> None:
    """Sections, alert and timeline; another office of the subject's page is not told."""
    file = examples.file(people.keeper, 1)
    text = page(people.keeper, file.subject.get_absolute_url())
    assert f'href="{file.get_absolute_url()}"' in text
    assert "timeline-title" in text
    mark = examples.mark(people.keeper.unit_path, 1)
    request = examples.request(people.keeper, 1, trade_mark=mark)
    text = page(people.keeper, mark.get_absolute_url())
    assert f'href="{request.get_absolute_url()}"' in text


def test_the_page_of_a_file_needs_no_query_per_amount(people: Any) -> None:
    """Ten amounts cost as many queries as one."""
    file, client = examples.file(people.keeper, 0), client_of(people.keeper)
    examples.fact(people.keeper, file, "sales", 1)
    client.get(file.get_absolute_url())

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(file.get_absolute_url()).status_code == 200
        return len(queries)

    few = count()
    for number in range(10):
        examples.fact(people.colleague, file, "unsold", number + 1)
    assert count() <= few + 1  # a second measure is one label more, never a query
