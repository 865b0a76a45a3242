"""What the book can be narrowed by; each filter has an index."""

from __future__ import annotations

import django_filters as filters
from django import forms
from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from zhixing.apps.accounts.api import officers_visible
from zhixing.apps.audit.models import AuditEntry
from zhixing.kit.history import deed_names


def _deeds() -> list[tuple[str, str]]:
    return sorted(((code, str(name)) for code, name in deed_names().items()), key=lambda d: d[1])


def _object_types() -> list[tuple[str, str]]:
    """Every kind of row the product keeps, by its name."""
    own = (model for model in apps.get_models() if model.__module__.startswith("zhixing."))
    named = ((model._meta.label_lower, capfirst(str(model._meta.verbose_name))) for model in own)
    return sorted(named, key=lambda kind: kind[1])


def _day(label: str | Promise, lookup: str) -> filters.DateFilter:
    return filters.DateFilter(
        field_name="at",
        lookup_expr=lookup,
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class AuditFilters(filters.FilterSet):
    """Filters of the book."""

    deed = filters.ChoiceFilter(choices=_deeds, label=_("Deed"))
    who = filters.CharFilter(label=_("Who"), method="by_name")
    object_type = filters.ChoiceFilter(choices=_object_types, label=_("Kind of object"))
    object_id = filters.CharFilter(label=_("Object number"))
    since = _day(_("From"), "date__gte")
    until = _day(_("Until"), "date__lte")

    class Meta:
        model = AuditEntry
        fields: list[str] = []

    def by_name(self, rows: QuerySet[AuditEntry], name: str, value: str) -> QuerySet[AuditEntry]:
        """Deeds of the officers whose name or user name holds the text, and of the platform."""
        named = Q(display_name__icontains=value) | Q(username__icontains=value)
        officers = officers_visible(self.request.user).filter(named).order_by()
        by_platform = Q(actor__isnull=True, actor_label__icontains=value)
        return rows.filter(Q(actor__in=officers.values("pk")) | by_platform)
