"""The list of reports, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zhixing.apps.clearance.models import SearchReport
from zhixing.apps.clearance.presenting import marks_named, present
from zhixing.apps.clearance.searching import digest
from zhixing.apps.clearance.selectors import reports_visible
from zhixing.apps.clearance.views.search import picture_url
from zhixing.apps.registry.api import OfficeFilter, marks_visible
from zhixing.kit.register import OFFICE, Column, Permissions, Register
from zhixing.kit.requests import OfficerRequest


class ReportFilters(filters.FilterSet):
    """What the list is narrowed by."""

    origin = filters.ChoiceFilter(choices=SearchReport.Origin.choices, label=_("Made on"))
    office = OfficeFilter()
    made_after = filters.DateFilter(
        field_name="made_at", lookup_expr="date__gte", label=_("Made from")
    )
    made_before = filters.DateFilter(
        field_name="made_at", lookup_expr="date__lte", label=_("Made until")
    )

    class Meta:
        model = SearchReport
        fields: list[str] = []


class ReportRegister(Register):
    """Reports of searches before filing."""

    model = SearchReport
    app_name, slug = "clearance", "reports"
    label, label_one = _("Search reports"), _("Search report")
    permissions = Permissions(
        view="clearance.view_searchreport", export="clearance.export_searchreport"
    )
    selector = staticmethod(reports_visible)
    columns = (
        Column("number", _("Number"), link=True),
        Column("text", _("Mark asked for")),
        Column("nice_classes", _("Nice classes")),
        Column("identical", _("Identical"), numeric=True),
        Column("similar", _("Similar"), numeric=True),
        Column("made_at", _("Made"), sort="made_at"),
        Column("made_by", _("Officer")),
        OFFICE,
        Column("origin", _("Made on"), shown=False),
        Column("similar_groups", _("Similar groups"), shown=False),
        Column("digest", _("SM3 of the result"), shown=False),
    )
    default_sort = "-made_at"
    filterset = ReportFilters
    has_search = True
    search_hint = _("Number of the report or name of the mark")
    empty_hint = _("No report yet. Search for a mark and keep the result as a report.")
    detail_template = "clearance/report.html"

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(Q(number__iexact=text.strip()) | Q(text__icontains=text.strip()))

    @classmethod
    def page_context(cls, request: OfficerRequest, obj: SearchReport) -> Mapping[str, Any]:
        visible = marks_visible(request.user).filter(pk__in=marks_named(obj.result))
        opens = set(visible.values_list("pk", flat=True))
        return {
            "result": present(obj.result, picture_url, opens),
            "is_intact": digest(obj.result) == obj.digest,
        }
