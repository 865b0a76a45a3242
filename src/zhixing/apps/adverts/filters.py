"""What the lists of advertisements, placements, captures and approvals can be narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from zhixing.apps.adverts.families import family_choices
from zhixing.apps.adverts.models import Ad, Approval, Capture, Finding, Placement, Source
from zhixing.apps.media.api import Design, Medium
from zhixing.apps.registry.api import DayFilter, OfficeFilter


class AdFilters(filters.FilterSet):
    """Filters of the advertisements."""

    reading = filters.MultipleChoiceFilter(choices=Ad.Reading.choices, label=_("Reading"))
    verdict = filters.ChoiceFilter(choices=Ad.Verdict.choices, label=_("Verdict"))
    family = filters.ChoiceFilter(
        choices=family_choices, label=_("Family of rules"), method="filter_family"
    )
    category = filters.CharFilter(label=_("Product category"))
    score = filters.NumberFilter(
        lookup_expr="gte", label=_("Probability at least"), min_value=0, max_value=1
    )
    is_serious = filters.BooleanFilter(label=_("Serious suspicion"))
    is_due = filters.BooleanFilter(label=_("To be screened"))
    head = filters.BooleanFilter(
        field_name="same_as", lookup_expr="isnull", label=_("Without variants")
    )
    medium = filters.NumberFilter(label=_("Medium, by its number here"), method="filter_medium")
    advertiser = filters.CharFilter(field_name="advertiser_name", label=_("Advertiser"))
    office = OfficeFilter()
    seen_after = DayFilter(field_name="last_seen", lookup_expr="gte", label=_("Seen from"))
    seen_before = DayFilter(field_name="first_seen", lookup_expr="lte", label=_("Seen until"))

    class Meta:
        model = Ad
        fields: list[str] = []

    def filter_family(self, rows: QuerySet[Ad], _name: str, value: str) -> QuerySet[Ad]:
        """Advertisements in which the family was found."""
        found = Finding.objects.filter(ad=OuterRef("pk"), family=value, is_current=True)
        return rows.filter(Exists(found))

    def filter_medium(self, rows: QuerySet[Ad], _name: str, value: Any) -> QuerySet[Ad]:
        """Advertisements that ran on the medium."""
        return rows.filter(Exists(Placement.objects.filter(ad=OuterRef("pk"), medium=value)))


class PlacementFilters(filters.FilterSet):
    """Filters of the placements."""

    ad = filters.NumberFilter(field_name="ad_id", label=_("Advertisement, by its number here"))
    medium = filters.NumberFilter(field_name="medium_id", label=_("Medium, by its number here"))
    kind = filters.ChoiceFilter(
        field_name="medium__kind", choices=Medium.Kind.choices, label=_("Kind of medium")
    )
    design = filters.ChoiceFilter(choices=Design.choices, label=_("Selection"))
    unknown = filters.BooleanFilter(
        field_name="medium", lookup_expr="isnull", label=_("Medium not in the register")
    )
    office = OfficeFilter()
    after = DayFilter(field_name="shown_on", lookup_expr="gte", label=_("From"))
    before = DayFilter(field_name="shown_on", lookup_expr="lte", label=_("Until"))

    class Meta:
        model = Placement
        fields: list[str] = []


class CaptureFilters(filters.FilterSet):
    """Filters of the captures."""

    source = filters.ChoiceFilter(choices=Source.choices, label=_("How"))
    office = OfficeFilter()
    after = DayFilter(field_name="captured_at", lookup_expr="date__gte", label=_("From"))
    before = DayFilter(field_name="captured_at", lookup_expr="date__lte", label=_("Until"))

    class Meta:
        model = Capture
        fields: list[str] = []


class ApprovalFilters(filters.FilterSet):
    """Filters of the approvals."""

    kind = filters.MultipleChoiceFilter(choices=Approval.Kind.choices, label=_("Kind of product"))
    status = filters.ChoiceFilter(choices=Approval.Status.choices, label=_("Status"))
    office = OfficeFilter()
    ends_before = DayFilter(
        field_name="valid_to", lookup_expr="lte", label=_("Valid until at most")
    )
    ends_after = DayFilter(
        field_name="valid_to", lookup_expr="gte", label=_("Valid until at least")
    )

    class Meta:
        model = Approval
        fields: list[str] = []
