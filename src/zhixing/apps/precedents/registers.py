"""The library of precedents, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhixing.apps.precedents.actions.keep_precedents import change_precedent, enter_precedent
from zhixing.apps.precedents.importers import PrecedentImporter
from zhixing.apps.precedents.models import Precedent
from zhixing.apps.precedents.selectors import precedents_visible
from zhixing.apps.registry.api import DateField, DayFilter, ListField, OfficesFilter
from zhixing.kit.actors import Actor
from zhixing.kit.acts import act_choices, act_label
from zhixing.kit.register import (
    OFFICE,
    Column,
    Facts,
    Permissions,
    Register,
    RegisterForm,
    Section,
)
from zhixing.kit.requests import OfficerRequest

STATES = {"draft": "warn", "published": "good", "withdrawn": "neutral"}
OUTCOMES = {
    "established": "bad", "not_established": "neutral", "mediated": "accent",
    "transferred": "warn",
}  # fmt: skip


class PrecedentFilters(filters.FilterSet):
    """What the library is narrowed by."""

    act_kind = filters.MultipleChoiceFilter(choices=act_choices, label=_("Kind of act"))
    outcome = filters.MultipleChoiceFilter(choices=Precedent.Outcome.choices, label=_("Outcome"))
    state = filters.MultipleChoiceFilter(choices=Precedent.State.choices, label=_("State"))
    source = filters.ChoiceFilter(choices=Precedent.Source.choices, label=_("Source"))
    year = filters.NumberFilter(
        field_name="decided_on", lookup_expr="year", label=_("Year of the decision"),
        min_value=1990, max_value=2100,
    )  # fmt: skip
    article = filters.CharFilter(
        field_name="articles", label=_("Article applied"), method="filter_article"
    )
    office = OfficesFilter()
    reviewed_after = DayFilter(
        field_name="reviewed_at", lookup_expr="date__gte", label=_("Published from")
    )
    reviewed_before = DayFilter(
        field_name="reviewed_at", lookup_expr="date__lte", label=_("Published until")
    )

    class Meta:
        model = Precedent
        fields: list[str] = []

    def filter_article(
        self, rows: QuerySet[Precedent], _name: str, value: str
    ) -> QuerySet[Precedent]:
        """Those that applied the article, however it was typed."""
        from zhixing.apps.precedents.articles import Unreadable, read_articles

        try:
            wanted = read_articles(value)
        except Unreadable:
            wanted = []
        for citation in wanted or [value.strip()]:
            rows = rows.filter(articles__contains=citation)
        return rows


class PrecedentForm(RegisterForm[Precedent]):
    """A decided case, told without its parties."""

    act_kind = forms.ChoiceField(choices=act_choices, label=_("Kind of act"))
    nice_classes = ListField(
        label=_("Goods classes"), required=False, help_text=_("1 to 45, with commas between them.")
    )
    acted_on = DateField(label=_("Day of the act"))
    decided_on = forms.DateField(
        label=_("Decided on"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    articles = forms.CharField(
        label=_("Articles applied"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Title of the law in title marks, and number of the article; one a line."),
    )
    facts = forms.CharField(
        label=_("Facts"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Without names of people, addresses and numbers; a second person reads it."),
    )
    penalty = forms.CharField(
        label=_("Penalty"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    class Meta:
        model = Precedent
        fields = [
            "title", "number", "act_kind", "parties", "facts", "protected", "accused",
            "nice_classes", "articles", "acted_on", "outcome", "penalty", "decided_by",
            "decided_on", "source", "reference",
        ]  # fmt: skip


def _files(_actor: Actor, row: Precedent) -> Mapping[str, Any]:
    return {"of": row}


def _names(_actor: Actor, row: Precedent) -> Mapping[str, Any] | None:
    return {"row": row} if row.protected and row.accused else None


class PrecedentRegister(Register):
    """How cases were decided."""

    model = Precedent
    app_name, slug = "precedents", "library"
    label, label_one = _("Precedents"), _("Precedent")
    permissions = Permissions(
        view="precedents.view_precedent",
        add="precedents.add_precedent",
        change="precedents.change_precedent",
        export="precedents.export_precedent",
    )
    selector = staticmethod(precedents_visible)
    columns = (
        Column("title", _("Case title"), link=True),
        Column("act_kind", _("Kind of act"), format=act_label),
        Column("outcome", _("Outcome"), badge=OUTCOMES),
        Column("decided_on", _("Decided on"), sort="decided_on"),
        Column("decided_by", _("Deciding authority")),
        Column("state", _("State"), badge=STATES),
        Column("number", _("Number of the decision"), shown=False),
        Column("protected", _("Protected name or mark"), shown=False),
        Column("accused", _("Name or mark complained of"), shown=False),
        Column("nice_classes", _("Goods classes"), shown=False),
        Column("citations", _("Articles applied"), shown=False),
        Column("penalty", _("Penalty"), shown=False),
        Column("parties", _("Parties"), shown=False),
        Column("facts", _("Facts"), shown=False),
        Column("acted_on", _("Day of the act"), shown=False),
        Column("source", _("Source"), shown=False),
        Column("reference", _("Where it was published"), shown=False),
        Column("written_by", _("Written by"), shown=False),
        Column("reviewed_by", _("Reviewed by"), shown=False),
        OFFICE,
    )
    default_sort = "-decided_on"
    filterset = PrecedentFilters
    has_search = True
    search_hint = _("Words of the facts, names, number, article")
    form = PrecedentForm
    create = staticmethod(enter_precedent)
    update = staticmethod(change_precedent)
    importer = PrecedentImporter
    detail_template = "precedents/precedent.html"
    empty_hint = _(
        "The library is empty. Enter a decided case, import published decisions, or draft one from "
        "a decided lead."
    )
    facts = (
        Facts(
            _("Decision"),
            (
                Column("act_kind", _("Kind of act"), format=act_label),
                Column("outcome", _("Outcome"), badge=OUTCOMES),
                Column("citations", _("Articles applied")),
                Column("penalty", _("Penalty")),
                Column("decided_by", _("Deciding authority")),
                Column("decided_on", _("Decided on")),
                Column("number", _("Number of the decision")),
                Column("acted_on", _("Day of the act")),
            ),
        ),
        Facts(
            _("Case"),
            (
                Column("parties", _("Parties")),
                Column("facts", _("Facts")),
                Column("nice_classes", _("Goods classes")),
                Column("source", _("Source")),
                Column("reference", _("Where it was published")),
                OFFICE,
            ),
        ),
        Facts(
            _("Review"),
            (
                Column("state", _("State"), badge=STATES),
                Column("written_by", _("Written by")),
                Column("reviewed_by", _("Reviewed by")),
                Column("reviewed_at", _("Reviewed")),
            ),
        ),
    )

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (
            Section(10, "names", _("The two names"), "precedents/names.html", _names),
            Section(20, "files", _("Files"), "precedents/files.html", _files),
        )

    @classmethod
    def page_context(cls, request: OfficerRequest, obj: Precedent) -> Mapping[str, Any]:
        user = request.user
        is_draft = obj.state == Precedent.State.DRAFT
        may_review = is_draft and user.has_perm("precedents.publish_precedent", obj)
        return {
            "may_publish": may_review and obj.written_by_id != user.pk,
            "wrote_it": may_review and obj.written_by_id == user.pk,
            "may_withdraw": obj.state != Precedent.State.WITHDRAWN
            and user.has_perm("precedents.withdraw_precedent", obj),
        }
