"""Filters of the list of cases."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing.apps.cases.models import Case, CaseEvidence, Certificate
from zhixing.apps.cases.models.case import state_choices
from zhixing.kit.acts import act_choices


class CaseFilters(filters.FilterSet):
    """Where it stands, what it is about, and whether something is overdue."""

    state = filters.MultipleChoiceFilter(choices=state_choices, label=_("State"))
    act_kind = filters.MultipleChoiceFilter(choices=act_choices, label=_("Kind of act"))
    overdue = filters.BooleanFilter(method="is_overdue", label=_("Overdue"))

    class Meta:
        model = Case
        fields = ("state", "act_kind", "overdue")

    def is_overdue(self, rows: QuerySet[Case], _name: str, value: bool) -> QuerySet[Case]:
        """Something should have been done before today."""
        late = {"due_on__lt": timezone.localdate()}
        return rows.filter(**late) if value else rows.exclude(**late)


class EvidenceFilters(filters.FilterSet):
    """Which kind of evidence."""

    kind = filters.MultipleChoiceFilter(
        choices=CaseEvidence.Kind.choices, label=_("Kind of evidence")
    )

    class Meta:
        model = CaseEvidence
        fields = ("kind",)


class CertificateFilters(filters.FilterSet):
    """Whether the certificate is valid today."""

    valid = filters.BooleanFilter(method="is_valid", label=_("Valid today"))

    class Meta:
        model = Certificate
        fields = ("valid",)

    def is_valid(
        self, rows: QuerySet[Certificate], _name: str, value: bool
    ) -> QuerySet[Certificate]:
        """Today lies between its days."""
        today = timezone.localdate()
        span = {"valid_from__lte": today, "valid_to__gte": today}
        return rows.filter(**span) if value else rows.exclude(**span)
