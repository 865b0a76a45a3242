"""What the lists of labels and findings can be narrowed by."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhixing.apps.chains.models import ChainFinding, Label, LabelParty
from zhixing.apps.chains.parties import operators
from zhixing.apps.registry.api import DayFilter, OfficeFilter


class LabelFilters(filters.FilterSet):
    """Filters of the product labels."""

    has_lender = filters.BooleanFilter(label=_("Names a licensor"))
    has_overseas = filters.BooleanFilter(label=_("Names an overseas firm"))
    unconfirmed = filters.BooleanFilter(
        field_name="confirmed_at", lookup_expr="isnull", label=_("Roles not confirmed")
    )
    office = OfficeFilter()
    party = filters.CharFilter(label=_("Party on the label"), method="filter_party")
    brand = filters.CharFilter(label=_("Brand"))
    barcode = filters.CharFilter(label=_("Bar code"))
    score = filters.NumberFilter(
        lookup_expr="gte", label=_("Score at least"), min_value=0, max_value=1
    )
    seen_after = DayFilter(field_name="seen_on", lookup_expr="gte", label=_("Seen from"))
    seen_before = DayFilter(field_name="seen_on", lookup_expr="lte", label=_("Seen until"))

    class Meta:
        model = Label
        fields: list[str] = []

    def filter_party(self, rows: QuerySet[Label], _name: str, value: str) -> QuerySet[Label]:
        """Labels that name the firm, by its whole name or its key."""
        keys = {value, *(operator.key for operator in operators([value]).values())}
        return rows.filter(pk__in=LabelParty.objects.filter(party_key__in=keys).values("label_id"))


class FindingFilters(filters.FilterSet):
    """Filters of the findings."""

    kind = filters.MultipleChoiceFilter(choices=ChainFinding.Kind.choices, label=_("Kind"))
    holds = filters.BooleanFilter(
        field_name="gone_at", lookup_expr="isnull", label=_("Still holds")
    )
    office = OfficeFilter()
    probability = filters.NumberFilter(
        lookup_expr="gte", label=_("Probability at least"), min_value=0, max_value=1
    )
    found_after = DayFilter(field_name="found_at", lookup_expr="date__gte", label=_("Found from"))
    found_before = DayFilter(field_name="found_at", lookup_expr="date__lte", label=_("Found until"))

    class Meta:
        model = ChainFinding
        fields: list[str] = []
