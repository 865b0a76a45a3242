"""Filters of the inbox."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhixing.apps.leads.evidence import labels
from zhixing.apps.leads.measures import in_regions
from zhixing.apps.leads.models import Lead
from zhixing.apps.registry.api import OfficesFilter
from zhixing.kit.acts import act_choices


def _monitors() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in labels().items()]


class LeadFilters(filters.FilterSet):
    """What an officer sorts the inbox by."""

    state = filters.MultipleChoiceFilter(choices=Lead.State.choices, label=_("State"))
    monitor = filters.MultipleChoiceFilter(choices=_monitors, label=_("Monitor"))
    act_kind = filters.MultipleChoiceFilter(choices=act_choices, label=_("Kind of act"))
    version = filters.CharFilter(field_name="method_version", label=_("Engine version"))
    office = OfficesFilter()
    region = filters.CharFilter(label=_("Region (division codes)"), method="filter_region")
    disposition = filters.MultipleChoiceFilter(
        choices=Lead.Disposition.choices, label=_("Decision")
    )
    probability = filters.NumberFilter(
        field_name="probability",
        lookup_expr="gte",
        label=_("Probability at least"),
        min_value=0,
        max_value=1,
    )
    due_before = filters.DateFilter(field_name="due_on", lookup_expr="lte", label=_("Due by"))
    found_after = filters.DateFilter(
        field_name="found_at", lookup_expr="date__gte", label=_("Found from")
    )
    found_before = filters.DateFilter(
        field_name="found_at", lookup_expr="date__lte", label=_("Found until")
    )
    decided_after = filters.DateFilter(
        field_name="disposed_at", lookup_expr="date__gte", label=_("Decided from")
    )
    decided_before = filters.DateFilter(
        field_name="disposed_at", lookup_expr="date__lte", label=_("Decided until")
    )

    class Meta:
        model = Lead
        fields: list[str] = []

    def filter_region(self, rows: QuerySet[Lead], _name: str, value: str) -> QuerySet[Lead]:
        """Leads whose subject lies in one of the divisions, given with commas between them."""
        codes = tuple(code.strip() for code in value.split(",") if code.strip().isdecimal())
        return rows.filter(in_regions(codes)) if codes else rows.none()
