"""The figures: counted per office, beside target and base year, frozen at the end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.apps.campaigns import examples
from tests.apps.people import make_officer, make_offices
from zhixing.apps.accounts.models import Region
from zhixing.apps.campaigns.api import (
    Campaign,
    Target,
    change_campaign,
    close_campaign,
    enter_campaign,
    set_target,
    start_campaign,
    tally,
)
from zhixing.apps.campaigns.indicators import campaign_leads_decided, campaigns_as_rounds
from zhixing.apps.campaigns.registrations import find_campaigns
from zhixing.apps.campaigns.selectors import campaigns_visible
from zhixing.apps.campaigns.tallies import Tally, digest_of
from zhixing.apps.leads.indicators import fraud_leads_decided
from zhixing.apps.registry.api import create_subject
from zhixing.kit.actors import SystemActor
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.history import entries_for
from zhixing.kit.indicators import Period
from zhixing.kit.measures import region_prefix
from zhixing.kit.testing.suites import BACKEND

pytestmark = pytest.mark.django_db


def _client(officer: Any) -> Client:
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


def _counts(found: Tally) -> list[list[int | None]]:
    return [[cell.count for cell in row.cells] for row in (*found.rows, found.total)]


def _filled() -> tuple[Any, Any, date]:
    """Three leads in one office (two decided, one justified), one in the other; some beside."""
    people, offices, today = examples.cast(), make_offices(), examples.TODAY()
    here, there = offices.office.path, offices.other_office.path
    examples.found(here, today)
    examples.found(here, today, "confirmed")
    examples.found(here, today - timedelta(days=1), "dismissed")
    examples.found(there, today)
    examples.found(here, today, act_kind="counterfeit")
    examples.found(here, today - timedelta(days=11))
    examples.found(offices.district.path, today)
    return people, offices, today


def test_leads_are_counted_by_office_measure_and_period() -> None:
    """Other acts, earlier days and offices that take no part are left out."""
    people, _offices, _today = _filled()
    found = tally(people.keeper, examples.campaign(people.keeper))
    assert _counts(found) == [[3, 2, 1], [1, 0, 0], [4, 2, 1]]


def test_every_number_opens_exactly_its_rows() -> None:
    """The list behind a figure holds as many leads as the figure says, per office and together."""
    people, _offices, _today = _filled()
    found = tally(people.keeper, examples.campaign(people.keeper))
    client = _client(people.keeper)
    for row in (*found.rows, found.total):
        for cell in row.cells:
            listing = client.get(cell.url).context["listing"]
            assert len(listing.page.rows) == cell.count, cell.url


def test_an_office_within_a_participating_one_counts_once() -> None:
    """Bureau and office both take part: the office has its row, the total no lead twice."""
    people, offices, _today = _filled()
    both = [offices.district.path, offices.office.path]
    found = tally(people.keeper, examples.campaign(people.keeper, offices=both))
    assert _counts(found) == [[5, 2, 1], [3, 2, 1], [5, 2, 1]]


def test_monitors_and_regions_narrow_what_is_counted() -> None:
    """A region stands for all below it; a lead without a subject lies in none."""
    people, offices, today = examples.cast(), make_offices(), examples.TODAY()
    path = offices.office.path
    region = Region.objects.create(code="370102001", name="解放街道", level="township")
    subject = create_subject(
        SystemActor("test"), {"name": "海州市某店", "unit_path": path, "region": region}
    )
    examples.found(path, today, subject=subject)
    examples.found(path, today)
    examples.found(path, today, subject=subject, monitor="by_hand")
    for changes, number in (
        ({"regions": ["370102"]}, 2),
        ({"regions": ["370103"]}, 0),
        ({"monitors": ["by_hand"]}, 1),
    ):
        campaign = examples.campaign(people.keeper, offices=[path], **changes)
        found = tally(people.keeper, campaign)
        assert found.total.cells[0].count == number, changes
        listing = _client(people.keeper).get(found.total.cells[0].url).context["listing"]
        assert len(listing.page.rows) == number
    assert [region_prefix(code) for code in ("370000", "370100", "370102", "370102001")] == [
        "37", "3701", "370102", "370102001",
    ]  # fmt: skip


def test_the_base_year_is_counted_over_the_same_days_where_there_are_data() -> None:
    """Not the whole of last year's period but the days that have passed; before: not known."""
    people, offices, today = examples.cast(), make_offices(), examples.TODAY()
    path = offices.office.path
    campaign = examples.campaign(people.keeper, offices=[path])
    last_year = campaign.in_base_year(today)
    assert tally(people.keeper, campaign).total.cells[0].base is None, "no data at all"
    examples.found(path, last_year)
    assert tally(people.keeper, campaign).total.cells[0].base is None, "data begin too late"
    examples.found(path, last_year - timedelta(days=300), act_kind="counterfeit")
    examples.found(path, last_year + timedelta(days=5))
    cell = tally(people.keeper, campaign).total.cells[0]
    assert (cell.base, cell.base_source, cell.change) == (1, "", -1)
    listing = _client(people.keeper).get(cell.base_url).context["listing"]
    assert len(listing.page.rows) == 1


def test_an_entered_base_figure_has_a_source_and_gives_way_to_a_count() -> None:
    """It is shown with its source, and no longer once the platform itself holds the year."""
    people, offices, today = examples.cast(), make_offices(), examples.TODAY()
    path = offices.office.path
    campaign = examples.campaign(people.keeper, offices=[path])
    with pytest.raises(Invalid) as caught:
        set_target(people.keeper, campaign, measure="leads.found", base_value=40)
    assert "base_source" in caught.value.fields
    set_target(
        people.keeper, campaign, measure="leads.found", number=50, base_value=40,
        base_source="2025年工作总结",
    )  # fmt: skip
    cell = tally(people.keeper, campaign).total.cells[0]
    assert (cell.base, cell.base_source, cell.target) == (40, "2025年工作总结", 50)
    examples.found(path, campaign.in_base_year(today) - timedelta(days=300))
    cell = tally(people.keeper, campaign).total.cells[0]
    assert (cell.base, cell.base_source) == (0, "")


def test_a_leap_day_has_a_day_in_the_base_year() -> None:
    """29 February becomes 28 February; a campaign over New Year keeps its length in years."""
    campaign = Campaign(starts_on=date(2028, 2, 29), ends_on=date(2029, 1, 5), base_year=2027)
    assert campaign.in_base_year(campaign.starts_on) == date(2027, 2, 28)
    assert campaign.in_base_year(campaign.ends_on) == date(2028, 1, 5)


def test_targets_are_set_changed_and_removed() -> None:
    """Each a deed of the campaign; what the campaign does not count has no target."""
    people, offices = examples.cast(), make_offices()
    campaign = examples.campaign(people.keeper)
    path = offices.office.path
    set_target(people.keeper, campaign, measure="leads.found", office=path, number=20)
    set_target(people.keeper, campaign, measure="leads.found", office=path, number=30)
    assert [t.number for t in Target.objects.all()] == [30]
    for wrong in ({"measure": "leads.dismissed"}, {"measure": "leads.found", "office": "9/"}):
        with pytest.raises(Invalid):
            set_target(people.keeper, campaign, number=1, **wrong)
    with pytest.raises(Refused):
        set_target(people.elsewhere, campaign, measure="leads.found", number=1)
    set_target(people.keeper, campaign, measure="leads.found", office=path)
    assert not Target.objects.exists()
    deeds = [entry.deed for entry in entries_for(campaign)]
    assert deeds[:3] == ["campaign.drop_target", "campaign.set_target", "campaign.set_target"]


def test_closing_freezes_the_figures_and_asks_for_a_conclusion() -> None:
    """Leads decided afterwards change nothing; a tampered figure no longer matches its digest."""
    people, offices, today = _filled()
    campaign = examples.campaign(people.keeper)
    with pytest.raises(Conflict):
        close_campaign(people.keeper, campaign, conclusion="未启动")
    campaign = start_campaign(people.keeper, campaign)
    with pytest.raises(Conflict):
        start_campaign(people.keeper, campaign)
    with pytest.raises(Invalid):
        close_campaign(people.keeper, campaign, conclusion=" ")
    before = tally(people.keeper, campaign)
    campaign = close_campaign(people.keeper, campaign, conclusion="查处1件,经验已入案例库")
    examples.found(offices.office.path, today, "confirmed")
    after = tally(people.keeper, campaign)
    assert _counts(after) == _counts(before) == [[3, 2, 1], [1, 0, 0], [4, 2, 1]]
    assert after.period == before.period
    assert digest_of(campaign.frozen or {}) == campaign.digest
    for deed in (
        lambda: change_campaign(people.keeper, campaign, {"title": "改名"}),
        lambda: set_target(people.keeper, campaign, measure="leads.found", number=1),
    ):
        with pytest.raises(Conflict):
            deed()
    frozen = campaign.frozen or {}
    frozen["total"]["cells"][0]["count"] = 400
    Campaign.objects.filter(pk=campaign.pk).update(frozen=frozen)
    page = _client(people.keeper).get(campaign.get_absolute_url())
    assert not page.context["holds"]


def test_an_office_sees_its_own_figures_and_plans_nothing_for_its_bureau() -> None:
    """The campaign of the bureau above is read; only the office's own row is there."""
    people, offices, _today = _filled()
    campaign = start_campaign(people.keeper, examples.campaign(people.keeper))
    assert list(campaigns_visible(people.elsewhere)) == [campaign]
    found = tally(people.elsewhere, campaign)
    assert [row.office for row in found.rows] == [offices.office.path]
    assert found.hidden == 1
    assert _counts(found) == [[3, 2, 1], [3, 2, 1]]
    with pytest.raises(Refused):
        change_campaign(people.elsewhere, campaign, {"title": "改名"})
    with pytest.raises(Refused):
        close_campaign(people.elsewhere, campaign, conclusion="完成")
    assert _client(people.elsewhere).get(campaign.get_absolute_url()).status_code == 200
    closed = close_campaign(people.keeper, campaign, conclusion="完成")
    assert [row.office for row in tally(people.elsewhere, closed).rows] == [offices.office.path]


def test_what_cannot_be_planned_is_told_beside_its_field() -> None:
    """An end before the start, a base year to come, an unknown measure, somebody else's office."""
    people, today = examples.cast(), examples.TODAY()
    for wrong, field in (
        ({"ends_on": today - timedelta(days=30)}, "ends_on"),
        ({"base_year": today.year}, "base_year"),
        ({"measures": ["fines.total"]}, "measures"),
        ({"measures": []}, "measures"),
        ({"offices": []}, "offices"),
        ({"offices": ["3799/379902/"]}, "offices"),
        ({"act_kinds": ["piracy"]}, "act_kinds"),
    ):
        with pytest.raises(Invalid) as caught:
            enter_campaign(people.keeper, examples.values(**wrong))
        assert field in caught.value.fields, wrong
    with pytest.raises(Refused):
        enter_campaign(make_officer(make_offices().district, "officer"), examples.values())


def test_the_pages_of_a_campaign_from_plan_to_report() -> None:
    """Targets, start, close and report by their forms; a mistake keeps what was typed."""
    people, offices, _today = _filled()
    campaign = examples.campaign(people.keeper)
    client = _client(people.keeper)
    url = {
        name: reverse(f"campaigns:{name}", args=[campaign.pk])
        for name in ("targets", "start", "close", "report")
    }
    target = {"measure": "leads.found", "office": offices.office.path, "number": "5"}
    assert client.post(url["targets"], target).status_code == 302
    wrong = client.post(url["targets"], target | {"base_value": "7"})
    assert wrong.status_code == 422
    assert wrong.context["form"].errors["base_source"]
    page = client.get(campaign.get_absolute_url()).content.decode()
    assert url["start"] in page
    assert url["close"] not in page
    assert client.get(url["start"])["Location"] == campaign.get_absolute_url()
    client.post(url["start"])
    page = client.get(campaign.get_absolute_url()).content.decode()
    assert "60%" in page, "3 of 5"
    assert "企业名称混淆" in page
    assert "查实线索数" in page
    assert client.get(url["close"]).status_code == 200
    assert client.post(url["close"], {"conclusion": ""}).status_code == 422
    assert client.post(url["close"], {"conclusion": "查处1件"})["Location"] == url["report"]
    report = client.get(url["report"]).content.decode()
    campaign.refresh_from_db()
    assert campaign.digest in report
    assert "查处1件" in report
    other = _client(people.elsewhere)
    assert other.get(url["report"]).status_code == 200
    assert other.get(url["targets"]).status_code == 403
    assert _client(people.stranger).get(url["report"]).status_code == 403
    assert [hit.title for hit in find_campaigns(people.elsewhere, "秋季", 5)] == [campaign.title]


def test_the_figures_need_as_many_queries_for_many_offices(
    django_assert_max_num_queries: Any,
) -> None:
    """A measure costs three queries, however many offices take part."""
    people, offices, _today = _filled()
    every = [offices.district.path, offices.office.path, offices.other_office.path]
    for chosen in (every[:1], every):
        campaign = examples.campaign(people.keeper, offices=chosen)
        with django_assert_max_num_queries(3 * 3 + 4):
            tally(people.keeper, campaign)


def test_the_board_counts_campaigns_and_their_leads() -> None:
    """Drafts do not count; the share is of the leads found in the campaigns' days."""
    people, offices, today = _filled()
    period = Period(date(today.year, 1, 1), date(today.year, 12, 31))
    campaign = examples.campaign(people.keeper)
    assert campaign_leads_decided(people.keeper, period).value is None
    start_campaign(people.keeper, campaign)
    figure = campaign_leads_decided(people.keeper, period)
    assert (figure.numerator, figure.denominator) == (2, 4)
    rows = _client(people.keeper).get(figure.rows_url).context["listing"].page.rows
    assert rows == [campaign]
    (held,) = campaigns_as_rounds(people.keeper, period)
    assert (held.on, held.url) == (campaign.starts_on, campaign.get_absolute_url())
    examples.found(offices.office.path, today, "confirmed", act_kind="false_promotion")
    examples.found(offices.office.path, today, act_kind="commercial_fraud")
    fraud = fraud_leads_decided(people.keeper, period)
    assert (fraud.numerator, fraud.denominator) == (1, 2)
    rows = _client(people.keeper).get(fraud.rows_url).context["listing"].page.rows
    assert len(rows) == 2
