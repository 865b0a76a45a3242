"""The registers of markets and their inspections, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from zhixing.apps.protection import forms, market_page, page, selectors
from zhixing.apps.protection.actions import inspect_markets
from zhixing.apps.protection.filters import InspectionFilters, MarketFilters
from zhixing.apps.protection.importers import MarketImporter
from zhixing.apps.protection.models import Market, MarkInspection, StallVisit
from zhixing.apps.protection.registers import permissions
from zhixing.kit.actors import Actor
from zhixing.kit.register import OFFICE, Column, Facts, Section
from zhixing.kit.register.columns import Rows
from zhixing.kit.register.steps import Step, StepRegister

PART = "protection/parts"


class MarketRegister(StepRegister):
    """Wholesale and retail markets."""

    model = Market
    app_name = "protection"
    slug = "markets"
    label, label_one = _("Markets"), _("Market")
    permissions = permissions("market")
    selector = staticmethod(selectors.markets_visible)
    columns = (
        Column("name", _("Market"), sort="name", link=True),
        Column("kind", _("Kind")),
        Column("stalls", _("Number of stalls"), numeric=True),
        Column("nice_classes", _("Nice classes of the goods sold")),
        Column("is_open", _("Open today")),
        OFFICE,
        Column("goods", _("Goods sold"), shown=False),
        Column("address", _("Address"), shown=False),
    )
    default_sort = "name"
    filterset = MarketFilters
    has_search = True
    search_hint = _("Market, goods or address")
    form = forms.MarketForm
    create = staticmethod(inspect_markets.enter_market)
    update = staticmethod(inspect_markets.change_market)
    importer = MarketImporter
    empty_hint = _("No market yet. Enter the wholesale and retail markets of your area.")
    facts = (
        Facts(
            _("Market"),
            (
                Column("kind", _("Kind")),
                Column("subject", _("Organiser in the register")),
                Column("address", _("Address")),
                Column("stalls", _("Number of stalls")),
                Column("goods", _("Goods sold")),
                Column("nice_classes", _("Nice classes of the goods sold")),
                Column("is_open", _("Open today")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        words = text.strip()
        found = rows.filter(name__contains=words) | rows.filter(goods__contains=words)
        return found | rows.filter(address__contains=words)

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (
            Section(
                10, "rounds", _("Market inspections"), f"{PART}/rounds.html", market_page.rounds
            ),
            Section(
                20, "to-look-for", _("Marks to look for"), f"{PART}/checklist.html",
                market_page.checklist_of_market,
            ),
        )  # fmt: skip


def _stalls_of(rows: Rows) -> Mapping[Any, Any]:
    keys = [row.pk for row in rows]
    counted = (
        StallVisit.objects.filter(inspection__in=keys)
        .values_list("inspection")
        .annotate(n=Count("pk"))
        .order_by("inspection")
    )
    return dict.fromkeys(keys, 0) | dict(counted)


def _enter(actor: Actor, values: Mapping[str, Any]) -> MarkInspection:
    given = dict(values)
    return inspect_markets.begin_inspection(
        actor,
        given["market"],
        inspected_on=given["inspected_on"],
        officers=list(given["officers"]),
    )


def _may_finish(actor: Actor, inspection: MarkInspection) -> bool:
    return inspection.state == MarkInspection.State.UNDER_WAY and actor.has_perm(
        "protection.change_markinspection", inspection
    )


INSPECTION_STEPS = (
    Step(
        "finish", _("Finish the inspection"), forms.NothingStep,
        inspect_markets.finish_inspection, _may_finish, _("Finished; it counts as a round."),
    ),
)  # fmt: skip


class InspectionRegister(StepRegister):
    """Inspections of marks in markets."""

    model = MarkInspection
    app_name = "protection"
    slug = "inspections"
    label, label_one = _("Market inspections"), _("Market inspection")
    permissions = permissions("markinspection")
    selector = staticmethod(selectors.inspections_visible)
    columns = (
        Column("name", _("Market inspection"), accessor="__str__", link=True),
        Column("state", _("State"), badge={"under_way": "warn", "finished": "good"}),
        Column("inspected_on", _("Day of the inspection"), sort="inspected_on"),
        Column("stalls", _("Stalls looked at"), resolve=_stalls_of, numeric=True),
        OFFICE,
        Column("kind", _("Kind"), accessor="market.kind", shown=False),
    )
    default_sort = "-inspected_on"
    filterset = InspectionFilters
    has_search = True
    search_hint = _("Market")
    form = forms.InspectionForm
    create = staticmethod(_enter)
    empty_hint = _("No inspection yet. Begin one: the marks to look for are listed for you.")
    steps = INSPECTION_STEPS
    detail_template = "protection/inspection.html"
    facts = (
        Facts(
            _("Market inspection"),
            (
                Column("state", _("State"), badge={"under_way": "warn", "finished": "good"}),
                Column("market", _("Market")),
                Column("inspected_on", _("Day of the inspection")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(market__name__contains=text.strip())

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (
            Section(10, "stalls", _("Stalls looked at"), f"{PART}/stalls.html", market_page.stalls),
            Section(
                20, "to-look-for", _("Marks to look for"), f"{PART}/checklist.html",
                market_page.checklist,
            ),
            Section(30, "files", _("Evidence"), f"{PART}/evidence.html", page.evidence),
        )  # fmt: skip
