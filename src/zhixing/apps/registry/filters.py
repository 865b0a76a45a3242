"""What the lists can be narrowed by."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing.apps.accounts.api import units_visible
from zhixing.apps.registry.models import Authorisation, Licence, Subject, TradeMark
from zhixing.engines.identifiers import normalise_code
from zhixing.kit.scope import within_any

SOON = timedelta(days=30)


class OfficeFilter(filters.ChoiceFilter):
    """One of the actor's offices, with all below it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Office"))
        super().__init__(*args, field_name="unit_path", lookup_expr="within", **kwargs)

    @property
    def field(self) -> Any:
        self.extra["choices"] = _office_choices(self)
        return super().field


class OfficesFilter(filters.MultipleChoiceFilter):
    """One or more of the actor's offices, each with all below it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Office"))
        super().__init__(*args, field_name="unit_path", **kwargs)

    @property
    def field(self) -> Any:
        self.extra["choices"] = _office_choices(self)
        return super().field

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        """The rows of any of the offices."""
        return qs.filter(within_any(value)) if value else qs


def _office_choices(of: filters.Filter) -> list[tuple[str, str]]:
    """The offices that the officer sees, indented as the tree is."""
    request = of.parent.request
    units = list(units_visible(request.user)) if request is not None else []
    top = min((unit.path.count("/") for unit in units), default=0)
    return [(unit.path, "\u3000" * (unit.path.count("/") - top) + unit.name) for unit in units]


class DayFilter(filters.DateFilter):
    """A day, with the browser's own calendar."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=forms.DateInput(attrs={"type": "date"}), **kwargs)


class SubjectFilters(filters.FilterSet):
    """Filters of the subjects."""

    kind = filters.ChoiceFilter(choices=Subject.Kind.choices, label=_("Kind"))
    status = filters.ChoiceFilter(choices=Subject.Status.choices, label=_("Status"))
    office = OfficeFilter()
    industry = filters.CharFilter(lookup_expr="istartswith", label=_("Industry (GB/T 4754)"))
    trade_name = filters.CharFilter(label=_("Trade name"))
    registered_after = DayFilter(
        field_name="registered_on", lookup_expr="gte", label=_("Registered from")
    )
    registered_before = DayFilter(
        field_name="registered_on", lookup_expr="lte", label=_("Registered until")
    )
    without_code = filters.BooleanFilter(
        field_name="uscc", lookup_expr="isnull", label=_("Without code")
    )

    class Meta:
        model = Subject
        fields: list[str] = []


class LicenceFilters(filters.FilterSet):
    """Filters of the licences."""

    class Validity:
        """How a licence stands against the calendar."""

        choices = [
            ("current", _("Valid today")),
            ("soon", _("Ends within 30 days")),
            ("expired", _("Ran out")),
        ]

    kind = filters.ChoiceFilter(choices=Licence.Kind.choices, label=_("Kind"))
    status = filters.ChoiceFilter(choices=Licence.Status.choices, label=_("Status"))
    office = OfficeFilter()
    validity = filters.ChoiceFilter(
        choices=Validity.choices, label=_("Validity"), method="filter_validity"
    )
    valid_to_before = DayFilter(field_name="valid_to", lookup_expr="lte", label=_("Valid until"))

    class Meta:
        model = Licence
        fields: list[str] = []

    def filter_validity(self, rows: QuerySet[Licence], _name: str, value: str) -> QuerySet[Licence]:
        """Licences in force today, ending soon, or run out without having been ended."""
        today = timezone.localdate()
        rows = rows.filter(status=Licence.Status.VALID)
        if value == "expired":
            return rows.filter(valid_to__lt=today)
        if value == "soon":
            return rows.filter(valid_to__range=(today, today + SOON))
        return rows.exclude(valid_to__lt=today).exclude(valid_from__gt=today)


class TradeMarkFilters(filters.FilterSet):
    """Filters of the trade marks."""

    kind = filters.ChoiceFilter(choices=TradeMark.Kind.choices, label=_("Kind"))
    status = filters.ChoiceFilter(choices=TradeMark.Status.choices, label=_("Status"))
    protection = filters.ChoiceFilter(
        choices=TradeMark.Protection.choices, label=_("Protection"), method="filter_protection"
    )
    registration_number = filters.CharFilter(label=_("Registration number"), method="filter_number")
    office = OfficeFilter(label=_("Office that looks after it"))
    expires_before = DayFilter(field_name="expires_on", lookup_expr="lte", label=_("Expires until"))

    class Meta:
        model = TradeMark
        fields: list[str] = []

    def filter_protection(
        self, rows: QuerySet[TradeMark], _name: str, value: str
    ) -> QuerySet[TradeMark]:
        """Marks so protected, among others; as text, since SQLite has no JSON containment."""
        return rows.filter(protection__icontains=f'"{value}"')

    def filter_number(
        self, rows: QuerySet[TradeMark], _name: str, value: str
    ) -> QuerySet[TradeMark]:
        """The mark of that number, however it was typed."""
        return rows.filter(registration_number=normalise_code(value))


class AuthorisationFilters(filters.FilterSet):
    """Filters of the contracts on marks."""

    kind = filters.ChoiceFilter(choices=Authorisation.Kind.choices, label=_("Kind"))
    standing = filters.ChoiceFilter(
        choices=Authorisation.Standing.choices, label=_("Status"), method="filter_standing"
    )
    not_filed = filters.BooleanFilter(
        field_name="filed_on", lookup_expr="isnull", label=_("Not filed")
    )
    office = OfficeFilter()
    ends_before = DayFilter(field_name="ends_on", lookup_expr="lte", label=_("Ends until"))

    class Meta:
        model = Authorisation
        fields: list[str] = []

    def filter_standing(
        self, rows: QuerySet[Authorisation], _name: str, value: str
    ) -> QuerySet[Authorisation]:
        """Contracts as they stand today."""
        standing = Authorisation.Standing
        if value in {standing.ENDED, standing.REVOKED}:
            return rows.filter(status=value)
        today = timezone.localdate()
        rows = rows.filter(status=Authorisation.Status.IN_FORCE)
        if value == standing.NOT_BEGUN:
            return rows.filter(starts_on__gt=today)
        if value == standing.RAN_OUT:
            return rows.filter(ends_on__lt=today)
        return rows.exclude(starts_on__gt=today).exclude(ends_on__lt=today)
