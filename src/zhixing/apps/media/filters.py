"""What the lists of media, rounds and days can be narrowed by."""

from __future__ import annotations

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from zhixing.apps.media.models import Design, Medium, MediumDay, Round
from zhixing.apps.registry.api import DayFilter, OfficeFilter


class MediumFilters(filters.FilterSet):
    """Filters of the media."""

    kind = filters.MultipleChoiceFilter(choices=Medium.Kind.choices, label=_("Kind of medium"))
    status = filters.ChoiceFilter(choices=Medium.Status.choices, label=_("Status"))
    for_minors = filters.BooleanFilter(label=_("Aimed at minors"))
    office = OfficeFilter()

    class Meta:
        model = Medium
        fields: list[str] = []


class RoundFilters(filters.FilterSet):
    """Filters of the rounds."""

    design = filters.ChoiceFilter(choices=Design.choices, label=_("Selection"))
    state = filters.ChoiceFilter(choices=Round.State.choices, label=_("State"))
    office = OfficeFilter()
    starts_after = DayFilter(field_name="starts_on", lookup_expr="gte", label=_("From"))
    starts_before = DayFilter(field_name="starts_on", lookup_expr="lte", label=_("Until"))

    class Meta:
        model = Round
        fields: list[str] = []


class DayFilters(filters.FilterSet):
    """Filters of the monitored days."""

    state = filters.ChoiceFilter(choices=MediumDay.State.choices, label=_("State"))
    design = filters.ChoiceFilter(
        field_name="round__design", choices=Design.choices, label=_("Selection")
    )
    kind = filters.ChoiceFilter(
        field_name="medium__kind", choices=Medium.Kind.choices, label=_("Kind of medium")
    )
    round = filters.NumberFilter(field_name="round_id", label=_("Round, by its number here"))
    medium = filters.NumberFilter(field_name="medium_id", label=_("Medium, by its number here"))
    office = OfficeFilter()
    after = DayFilter(field_name="day", lookup_expr="gte", label=_("From"))
    before = DayFilter(field_name="day", lookup_expr="lte", label=_("Until"))

    class Meta:
        model = MediumDay
        fields: list[str] = []
