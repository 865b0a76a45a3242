"""Filters of the inbox."""

from __future__ import annotations

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from zhixing.apps.leads.evidence import labels
from zhixing.apps.leads.models import Lead
from zhixing.apps.registry.api import OfficeFilter


def _monitors() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in labels().items()]


class LeadFilters(filters.FilterSet):
    """What an officer sorts the inbox by."""

    state = filters.MultipleChoiceFilter(choices=Lead.State.choices, label=_("State"))
    monitor = filters.ChoiceFilter(choices=_monitors, label=_("Monitor"))
    version = filters.CharFilter(field_name="method_version", label=_("Engine version"))
    office = OfficeFilter()
    disposition = filters.ChoiceFilter(choices=Lead.Disposition.choices, label=_("Decision"))
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

    class Meta:
        model = Lead
        fields: list[str] = []
