"""What the lists of ad discipline can be narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing.apps.discipline.forms import step_choices
from zhixing.apps.discipline.models import Bulletin, Dispatch, Sanction, Training, TrainingCall
from zhixing.apps.registry.api import DayFilter, OfficeFilter


class SanctionFilters(filters.FilterSet):
    """Measures by step, state and day."""

    step = filters.MultipleChoiceFilter(choices=step_choices, label=_("Step"))
    state = filters.MultipleChoiceFilter(choices=Sanction.State.choices, label=_("State"))
    office = OfficeFilter()
    proposed_after = DayFilter(
        field_name="proposed_on", lookup_expr="gte", label=_("Proposed from")
    )
    proposed_before = DayFilter(
        field_name="proposed_on", lookup_expr="lte", label=_("Proposed until")
    )

    class Meta:
        model = Sanction
        fields: list[str] = []


class DispatchFilters(filters.FilterSet):
    """Suspected advertisements sent on by state, outcome, day and lateness."""

    state = filters.MultipleChoiceFilter(choices=Dispatch.State.choices, label=_("State"))
    outcome = filters.MultipleChoiceFilter(choices=Dispatch.Outcome.choices, label=_("Outcome"))
    was_late = filters.BooleanFilter(label=_("Late"))
    overdue = filters.BooleanFilter(method="narrow_overdue", label=_("Overdue"))
    sent_after = DayFilter(field_name="sent_on", lookup_expr="gte", label=_("Sent from"))
    sent_before = DayFilter(field_name="sent_on", lookup_expr="lte", label=_("Sent until"))

    class Meta:
        model = Dispatch
        fields: list[str] = []

    def narrow_overdue(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """What should have been done by now, or the rest."""
        today = timezone.localdate()
        return rows.filter(due_on__lt=today) if value else rows.exclude(due_on__lt=today)


class BulletinFilters(filters.FilterSet):
    """Monthly papers by kind."""

    kind = filters.ChoiceFilter(choices=Bulletin.Kind.choices, label=_("Kind"))
    office = OfficeFilter()

    class Meta:
        model = Bulletin
        fields: list[str] = []


class TrainingFilters(filters.FilterSet):
    """Sessions held or to come."""

    is_held = filters.BooleanFilter(label=_("Held"))

    class Meta:
        model = Training
        fields: list[str] = []


class CallFilters(filters.FilterSet):
    """The training list by state."""

    state = filters.MultipleChoiceFilter(choices=TrainingCall.State.choices, label=_("State"))
    office = OfficeFilter()

    class Meta:
        model = TrainingCall
        fields: list[str] = []
