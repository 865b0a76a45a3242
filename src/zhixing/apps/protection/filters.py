"""What the lists of trade-mark protection can be narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing.apps.protection.models import (
    AssistanceRequest,
    CrimeTransfer,
    InfringementFile,
    Market,
    MarkInspection,
    OemEnterprise,
    OemOrder,
)
from zhixing.apps.registry.api import DayFilter, OfficeFilter


class FileFilters(filters.FilterSet):
    """Filters of the infringement files."""

    state = filters.MultipleChoiceFilter(choices=InfringementFile.State.choices, label=_("State"))
    act_kind = filters.ChoiceFilter(choices=InfringementFile.Act.choices, label=_("Kind of act"))
    office = OfficeFilter()
    crime_suspected = filters.BooleanFilter(label=_("Crime suspected"))
    transferred = filters.BooleanFilter(
        field_name="transfers", lookup_expr="isnull", exclude=True, label=_("Reported to the head")
    )
    opened_after = DayFilter(field_name="opened_on", lookup_expr="gte", label=_("Opened from"))
    opened_before = DayFilter(field_name="opened_on", lookup_expr="lte", label=_("Opened until"))

    class Meta:
        model = InfringementFile
        fields: list[str] = []


class TransferFilters(filters.FilterSet):
    """Filters of the transfers."""

    state = filters.MultipleChoiceFilter(choices=CrimeTransfer.State.choices, label=_("State"))
    office = OfficeFilter()
    waiting = filters.BooleanFilter(
        field_name="due_at", lookup_expr="isnull", exclude=True, label=_("A step is due")
    )
    overdue = filters.BooleanFilter(label=_("Overdue"), method="filter_overdue")
    was_late = filters.BooleanFilter(label=_("Late"))
    reported_after = DayFilter(
        field_name="reported_at", lookup_expr="date__gte", label=_("Reported from")
    )
    reported_before = DayFilter(
        field_name="reported_at", lookup_expr="date__lte", label=_("Reported until")
    )

    class Meta:
        model = CrimeTransfer
        fields: list[str] = []

    def filter_overdue(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        """Transfers whose next step is overdue, or all others."""
        late = {"due_at__lt": timezone.now()}
        return rows.filter(**late) if value else rows.exclude(**late)


class AssistanceFilters(filters.FilterSet):
    """Filters of the requests for assistance."""

    direction = filters.ChoiceFilter(
        choices=AssistanceRequest.Direction.choices, label=_("Direction")
    )
    state = filters.ChoiceFilter(choices=AssistanceRequest.State.choices, label=_("State"))
    office = OfficeFilter()
    overdue = filters.BooleanFilter(label=_("Overdue"), method="filter_overdue")
    received_after = DayFilter(
        field_name="received_on", lookup_expr="gte", label=_("Received from")
    )
    received_before = DayFilter(
        field_name="received_on", lookup_expr="lte", label=_("Received until")
    )

    class Meta:
        model = AssistanceRequest
        fields: list[str] = []

    def filter_overdue(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        """Requests whose answer is overdue, or all others."""
        late = {"waiting_until__lt": timezone.localdate()}
        return rows.filter(**late) if value else rows.exclude(**late)


class OemEnterpriseFilters(filters.FilterSet):
    """Filters of the OEM processors."""

    is_active = filters.BooleanFilter(label=_("Makes to order today"))
    office = OfficeFilter()
    checked = filters.BooleanFilter(
        field_name="orders", lookup_expr="isnull", exclude=True, distinct=True,
        label=_("With a checked order"),
    )  # fmt: skip

    class Meta:
        model = OemEnterprise
        fields: list[str] = []


class OemOrderFilters(filters.FilterSet):
    """Filters of the OEM orders."""

    verdict = filters.MultipleChoiceFilter(
        choices=OemOrder.Verdict.choices, label=_("Result of the check")
    )
    export_only = filters.BooleanFilter(label=_("Made for export only"))
    office = OfficeFilter()
    ordered_after = DayFilter(field_name="ordered_on", lookup_expr="gte", label=_("Ordered from"))
    ordered_before = DayFilter(field_name="ordered_on", lookup_expr="lte", label=_("Ordered until"))

    class Meta:
        model = OemOrder
        fields: list[str] = []


class MarketFilters(filters.FilterSet):
    """Filters of the markets."""

    kind = filters.ChoiceFilter(choices=Market.Kind.choices, label=_("Kind"))
    is_open = filters.BooleanFilter(label=_("Open today"))
    office = OfficeFilter()

    class Meta:
        model = Market
        fields: list[str] = []


class InspectionFilters(filters.FilterSet):
    """Filters of the market inspections."""

    state = filters.ChoiceFilter(choices=MarkInspection.State.choices, label=_("State"))
    kind = filters.ChoiceFilter(
        field_name="market__kind", choices=Market.Kind.choices, label=_("Kind")
    )
    office = OfficeFilter()
    inspected_after = DayFilter(
        field_name="inspected_on", lookup_expr="gte", label=_("Inspected from")
    )
    inspected_before = DayFilter(
        field_name="inspected_on", lookup_expr="lte", label=_("Inspected until")
    )

    class Meta:
        model = MarkInspection
        fields: list[str] = []
