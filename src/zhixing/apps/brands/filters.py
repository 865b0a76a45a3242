"""What the lists of the brand guard are narrowed by."""

from __future__ import annotations

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from zhixing.apps.brands.models import Hit, NameKind, Sighting, WatchedMark
from zhixing.apps.registry.api import DayFilter, OfficeFilter


class WatchedMarkFilters(filters.FilterSet):
    """What the watch list is narrowed by."""

    protection = filters.ChoiceFilter(choices=WatchedMark.Protection.choices, label=_("Protection"))
    is_active = filters.BooleanFilter(label=_("Watched"))
    since_revision = filters.NumberFilter(
        field_name="revision", lookup_expr="gt", label=_("Changed after revision")
    )

    class Meta:
        model = WatchedMark
        fields: list[str] = []


class SightingFilters(filters.FilterSet):
    """What the sightings are narrowed by."""

    kind = filters.ChoiceFilter(choices=Sighting.Kind.choices, label=_("Kind"))
    office = OfficeFilter()
    seen_after = DayFilter(field_name="seen_on", lookup_expr="gte", label=_("Seen from"))
    seen_before = DayFilter(field_name="seen_on", lookup_expr="lte", label=_("Seen until"))
    without_operator = filters.BooleanFilter(
        field_name="subject", lookup_expr="isnull", label=_("Operator not known")
    )

    class Meta:
        model = Sighting
        fields: list[str] = []


class HitFilters(filters.FilterSet):
    """What the hits are narrowed by."""

    name_kind = filters.ChoiceFilter(choices=NameKind.choices, label=_("Kind of name"))
    channel = filters.ChoiceFilter(choices=Hit.Channel.choices, label=_("Channel"))
    standing = filters.ChoiceFilter(choices=Hit.Standing.choices, label=_("Standing"))
    ground = filters.ChoiceFilter(choices=Hit.Ground.choices, label=_("Left alone because"))
    against = filters.ChoiceFilter(choices=Hit.Against.choices, label=_("Like what"))
    protection = filters.ChoiceFilter(choices=WatchedMark.Protection.choices, label=_("Protection"))
    is_overseas = filters.BooleanFilter(label=_("Overseas company or dressing"))
    office = OfficeFilter()
    decided = filters.BooleanFilter(method="filter_decided", label=_("Decided"))
    found_after = filters.DateFilter(
        field_name="found_at", lookup_expr="date__gte", label=_("Found from")
    )
    found_before = filters.DateFilter(
        field_name="found_at", lookup_expr="date__lte", label=_("Found until")
    )
    sweep = filters.NumberFilter(field_name="sweep_id", label=_("Sweep"))
    watched = filters.NumberFilter(field_name="watched_id", label=_("Number of the brand"))

    class Meta:
        model = Hit
        fields: list[str] = []

    def filter_decided(self, rows: object, _name: str, value: bool) -> object:
        """Hits whose lead an officer has decided, or has not."""
        decided = {"lead__state": "disposed"}
        return rows.filter(**decided) if value else rows.exclude(**decided)  # type: ignore[attr-defined]
