"""Campaigns, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhixing.apps.campaigns.actions.run_campaign import change_campaign, enter_campaign
from zhixing.apps.campaigns.forms import CampaignForm
from zhixing.apps.campaigns.models import Campaign
from zhixing.apps.campaigns.selectors import campaigns_visible
from zhixing.apps.campaigns.tallies import digest_of, tally
from zhixing.apps.registry.api import DayFilter
from zhixing.kit.acts import act_label
from zhixing.kit.measures import measures
from zhixing.kit.register import OFFICE, Column, Facts, Permissions, Register
from zhixing.kit.register.columns import Rows, listed
from zhixing.kit.requests import OfficerRequest
from zhixing.kit.scope import office_names

STATES = {"draft": "neutral", "running": "accent", "closed": "good"}


class CampaignFilters(filters.FilterSet):
    """What the list is narrowed by."""

    state = filters.MultipleChoiceFilter(choices=Campaign.State.choices, label=_("State"))
    clause = filters.CharFilter(label=_("Clause"))
    runs_after = DayFilter(field_name="ends_on", lookup_expr="gte", label=_("Runs from"))
    runs_before = DayFilter(field_name="starts_on", lookup_expr="lte", label=_("Runs until"))

    class Meta:
        model = Campaign
        fields: list[str] = []


def _offices(rows: Rows) -> dict[Any, str]:
    found = [row for row in rows if isinstance(row, Campaign)]
    names = office_names(path for row in found for path in row.offices)
    return {row.pk: listed(names.get(path, path) for path in row.offices) for row in found}


def _acts(rows: Rows) -> dict[Any, str]:
    return {
        row.pk: listed(act_label(code) for code in row.act_kinds)
        for row in rows
        if isinstance(row, Campaign)
    }


def _measures(rows: Rows) -> dict[Any, str]:
    known = measures()
    return {
        row.pk: listed(known[code].label if code in known else code for code in row.measures)
        for row in rows
        if isinstance(row, Campaign)
    }


class CampaignRegister(Register):
    """Special campaigns."""

    model = Campaign
    app_name, slug, prefix = "campaigns", "campaigns", ""
    label, label_one = _("Campaigns"), _("Campaign")
    permissions = Permissions(
        view="campaigns.view_campaign",
        add="campaigns.add_campaign",
        change="campaigns.change_campaign",
        export="campaigns.export_campaign",
    )
    selector = staticmethod(campaigns_visible)
    columns = (
        Column("title", _("Name of the campaign"), link=True),
        Column("state", _("State"), badge=STATES),
        Column("starts_on", _("Begins on"), sort="starts_on"),
        Column("ends_on", _("Ends on")),
        Column("offices", _("Participating offices"), resolve=_offices),
        OFFICE,
        Column("clause", _("Clause"), shown=False),
        Column("base_year", _("Base year"), shown=False),
        Column("places", _("Kinds of place"), shown=False),
        Column("conclusion", _("Conclusion"), shown=False),
    )
    default_sort = "-starts_on"
    filterset = CampaignFilters
    has_search = True
    search_hint = _("Name of the campaign")
    form = CampaignForm
    create = staticmethod(enter_campaign)
    update = staticmethod(change_campaign)
    detail_template = "campaigns/campaign.html"
    empty_hint = _("No campaign yet. The head or leader of an office plans one here.")
    facts = (
        Facts(
            _("Plan"),
            (
                Column("state", _("State"), badge=STATES),
                Column("clause", _("Clause")),
                Column("purpose", _("Purpose")),
                Column("act_kinds", _("Kinds of act"), resolve=_acts),
                Column("measures", _("What is counted"), resolve=_measures),
                Column("offices", _("Participating offices"), resolve=_offices),
                Column("regions", _("Regions")),
                Column("places", _("Kinds of place")),
                Column("starts_on", _("Begins on")),
                Column("ends_on", _("Ends on")),
                Column("base_year", _("Base year")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(title__contains=text)

    @classmethod
    def page_context(cls, request: OfficerRequest, obj: Campaign) -> Mapping[str, Any]:
        user = request.user
        may_plan = user.has_perm("campaigns.change_campaign", obj)
        return {
            "tally": tally(user, obj),
            "may_plan": may_plan and not obj.is_closed,
            "may_start": may_plan and obj.state == Campaign.State.DRAFT,
            "may_close": obj.state == Campaign.State.RUNNING
            and user.has_perm("campaigns.close_campaign", obj),
            "holds": not obj.is_closed or digest_of(obj.frozen or {}) == obj.digest,
        }
