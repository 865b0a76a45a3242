"""The register of recommendation dossiers, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zhixing.apps.registry.api import DayFilter, OfficeFilter
from zhixing.apps.trademarks.actions.keep_dossiers import begin_dossier, change_dossier
from zhixing.apps.trademarks.dossiers import kind_choices, kind_title
from zhixing.apps.trademarks.forms import DossierForm
from zhixing.apps.trademarks.models import Dossier
from zhixing.apps.trademarks.page import dossier_page
from zhixing.apps.trademarks.selectors import dossiers_visible
from zhixing.kit.register import OFFICE, Column, Permissions, Register
from zhixing.kit.register.columns import Rows
from zhixing.kit.requests import OfficerRequest

STAGE_TONES = {
    "draft": "neutral",
    "complete": "accent",
    "sent_up": "accent",
    "province": "accent",
    "office": "accent",
    "recognised": "good",
    "refused": "bad",
}


class DossierFilters(filters.FilterSet):
    """Filters of the dossiers."""

    kind = filters.ChoiceFilter(choices=kind_choices, label=_("Kind"))
    stage = filters.MultipleChoiceFilter(choices=Dossier.Stage.choices, label=_("Stage"))
    office = OfficeFilter()
    due_before = DayFilter(field_name="due_on", lookup_expr="lte", label=_("Due by"))

    class Meta:
        model = Dossier
        fields: list[str] = []


def _kinds(rows: Rows) -> dict[Any, str]:
    return {row.pk: kind_title(row.kind) for row in rows if isinstance(row, Dossier)}


class DossierRegister(Register):
    """Recommendations of marks."""

    model = Dossier
    app_name, slug = "trademarks", "dossiers"
    label, label_one = _("Recommendation dossiers"), _("Recommendation dossier")
    permissions = Permissions(
        view="trademarks.view_dossier",
        add="trademarks.add_dossier",
        change="trademarks.change_dossier",
        export="trademarks.export_dossier",
    )
    selector = staticmethod(dossiers_visible)
    columns = (
        Column("mark_text", _("Mark"), sort="mark_text", link=True),
        Column("kind", _("Kind"), resolve=_kinds),
        Column("subject", _("Applicant")),
        Column("stage", _("Stage"), badge=STAGE_TONES),
        Column("due_on", _("Next stage due"), sort="due_on"),
        OFFICE,
        Column("draft_on", _("Begun on"), shown=False),
        Column("case_filed_on", _("Case filed on"), shown=False),
        Column("note", _("Note"), shown=False),
        Column("updated", _("Changed"), sort="updated", shown=False),
    )
    default_sort = "due_on"
    filterset = DossierFilters
    has_search = True
    search_hint = _("Mark or applicant")
    form = DossierForm
    create = staticmethod(begin_dossier)
    update = staticmethod(change_dossier)
    empty_hint = _("No dossier yet. Begin one for a mark that is ready to be recommended.")
    detail_template = "trademarks/dossier.html"

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(Q(mark_text__contains=text) | Q(subject__name__contains=text))

    @classmethod
    def page_context(cls, request: OfficerRequest, obj: Dossier) -> Mapping[str, Any]:
        return dossier_page(request.user, obj)
