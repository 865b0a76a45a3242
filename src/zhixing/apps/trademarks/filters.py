"""What the lists of the trade-mark services can be narrowed by."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing.apps.leads.api import Lead
from zhixing.apps.registry.api import Authorisation, DayFilter, OfficeFilter, TradeMark
from zhixing.apps.trademarks.models import Cultivation, OfficeTarget, Reminder, UseCheck
from zhixing.apps.trademarks.selectors import in_force_on


class CultivationFilters(filters.FilterSet):
    """Filters of the marks cultivated."""

    stage = filters.MultipleChoiceFilter(choices=Cultivation.Stage.choices, label=_("Stage"))
    kind = filters.ChoiceFilter(choices=Cultivation.Kind.choices, label=_("Kind"))
    office = OfficeFilter()
    obtained = filters.BooleanFilter(label=_("Registered and alive"), method="filter_obtained")
    searched = filters.BooleanFilter(
        field_name="searched_on", lookup_expr="isnull", exclude=True, label=_("Searched beforehand")
    )
    filed_after = DayFilter(field_name="filed_on", lookup_expr="gte", label=_("Filed from"))
    filed_before = DayFilter(field_name="filed_on", lookup_expr="lte", label=_("Filed until"))
    registered_year = filters.NumberFilter(
        field_name="registered_on", lookup_expr="year", label=_("Registered in the year")
    )
    in_use_year = filters.NumberFilter(
        field_name="in_use_on", lookup_expr="year", label=_("Put to use in the year")
    )
    famous_year = filters.NumberFilter(
        field_name="famous_on", lookup_expr="year", label=_("Famous in the year")
    )

    class Meta:
        model = Cultivation
        fields: list[str] = []

    def filter_obtained(
        self, rows: QuerySet[Cultivation], _name: str, value: bool
    ) -> QuerySet[Cultivation]:
        """Marks that were registered and neither dropped nor refused since, or the others."""
        alive = {"registered_on__isnull": False, "dropped_on": None, "refused_on": None}
        return rows.filter(**alive) if value else rows.exclude(**alive)


class HelpFilters(filters.FilterSet):
    """Filters of the requests for help."""

    stage = filters.ChoiceFilter(
        choices=[(stage, stage.label) for stage in Cultivation.WAITING], label=_("Stage")
    )
    office = OfficeFilter()
    unassigned = filters.BooleanFilter(
        field_name="assignee", lookup_expr="isnull", label=_("Nobody has it")
    )
    due_before = DayFilter(field_name="help_due_on", lookup_expr="lte", label=_("Due by"))

    class Meta:
        model = Cultivation
        fields: list[str] = []


class OfficeTargetFilters(filters.FilterSet):
    """Filters of the targets."""

    year = filters.NumberFilter(label=_("Year"))
    office = OfficeFilter()

    class Meta:
        model = OfficeTarget
        fields: list[str] = []


class ReminderFilters(filters.FilterSet):
    """Filters of the reminders."""

    kind = filters.MultipleChoiceFilter(choices=Reminder.Kind.choices, label=_("Kind"))
    state = filters.MultipleChoiceFilter(choices=Reminder.State.choices, label=_("State"))
    office = OfficeFilter()
    outcome = filters.ChoiceFilter(choices=Reminder.Outcome.choices, label=_("Outcome"))
    due_before = DayFilter(field_name="due_on", lookup_expr="lte", label=_("Due by"))
    term_after = DayFilter(field_name="term_end", lookup_expr="gte", label=_("Term ends from"))
    term_before = DayFilter(field_name="term_end", lookup_expr="lte", label=_("Term ends until"))

    class Meta:
        model = Reminder
        fields: list[str] = []


class MarkViewFilters(filters.FilterSet):
    """Filters of the views of marks."""

    status = filters.ChoiceFilter(choices=TradeMark.Status.choices, label=_("Status"))
    kind = filters.ChoiceFilter(choices=TradeMark.Kind.choices, label=_("Kind"))
    office = OfficeFilter(label=_("Office that looks after it"))
    expires_before = DayFilter(field_name="expires_on", lookup_expr="lte", label=_("Expires until"))

    class Meta:
        model = TradeMark
        fields: list[str] = []


class LicenceFilters(filters.FilterSet):
    """Filters of the licences."""

    kind = filters.ChoiceFilter(choices=Authorisation.Kind.choices, label=_("Kind"))
    office = OfficeFilter()
    filed = filters.BooleanFilter(
        field_name="filed_on", lookup_expr="isnull", exclude=True, label=_("Filed")
    )
    in_force = filters.BooleanFilter(label=_("In force today"), method="filter_in_force")
    ends_before = DayFilter(field_name="ends_on", lookup_expr="lte", label=_("Ends until"))

    class Meta:
        model = Authorisation
        fields: list[str] = []

    def filter_in_force(
        self, rows: QuerySet[Authorisation], _name: str, value: bool
    ) -> QuerySet[Authorisation]:
        """Licences that allow the use today, or the others; as `Authorisation.in_force`."""
        condition = in_force_on(timezone.localdate())
        return rows.filter(condition) if value else rows.exclude(condition)


class UseCheckFilters(filters.FilterSet):
    """Filters of the checks."""

    outcome = filters.MultipleChoiceFilter(choices=UseCheck.Outcome.choices, label=_("Outcome"))
    office = OfficeFilter()
    mark = filters.NumberFilter(field_name="mark_id", label=_("Number of the mark"))
    checked_after = DayFilter(field_name="checked_on", lookup_expr="gte", label=_("Checked from"))
    checked_before = DayFilter(field_name="checked_on", lookup_expr="lte", label=_("Checked until"))

    class Meta:
        model = UseCheck
        fields: list[str] = []


class ForeignLeadFilters(filters.FilterSet):
    """Filters of the leads about foreign marks."""

    state = filters.MultipleChoiceFilter(choices=Lead.State.choices, label=_("State"))
    office = OfficeFilter()
    found_after = DayFilter(field_name="found_at", lookup_expr="date__gte", label=_("Found from"))
    found_before = DayFilter(field_name="found_at", lookup_expr="date__lte", label=_("Found until"))

    class Meta:
        model = Lead
        fields: list[str] = []
