"""What the list of officers can be narrowed by."""

from __future__ import annotations

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing.apps.accounts.forms import UnitField
from zhixing.apps.accounts.models import Officer, OrgUnit, Role
from zhixing.apps.accounts.selectors import units_visible


class UnitFilter(filters.ModelChoiceFilter):
    """An office of the actor, with all below it."""

    field_class = UnitField

    def get_queryset(self, request: object) -> QuerySet[OrgUnit]:
        user = getattr(request, "user", None)
        return OrgUnit.objects.none() if user is None else units_visible(user)

    def filter(self, qs: QuerySet[Officer], value: OrgUnit | None) -> QuerySet[Officer]:
        return qs if value is None else qs.filter(unit__path__within=value.path)


class OfficerFilters(filters.FilterSet):
    """Filters of the officers."""

    unit = UnitFilter(label=_("Office"))
    role = filters.ChoiceFilter(
        choices=Role.choices, label=_("Holds the role today"), method="with_role"
    )
    is_active = filters.BooleanFilter(label=_("Account open"))

    class Meta:
        model = Officer
        fields: list[str] = []

    def with_role(self, rows: QuerySet[Officer], name: str, value: str) -> QuerySet[Officer]:
        """Officers who hold the role today, at whatever office."""
        today = timezone.localdate()
        current = Q(role_assignments__until__isnull=True) | Q(role_assignments__until__gte=today)
        return rows.filter(
            current, role_assignments__role=value, role_assignments__since__lte=today
        ).distinct()
