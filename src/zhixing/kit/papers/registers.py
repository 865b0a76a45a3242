"""The book of papers: every paper of the actor's offices with number, state and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zhixing.kit.actors import Actor
from zhixing.kit.papers import selectors
from zhixing.kit.papers.actions import digest_of
from zhixing.kit.papers.models import Paper
from zhixing.kit.register import OFFICE, Column, Facts, Permissions, Register, Section

TONES = {"draft": "warn", "issued": "good", "withdrawn": "neutral"}


class PaperFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """State and days of issue."""

    state = django_filters.MultipleChoiceFilter(label=_("State"), choices=Paper.State.choices)
    issued_on = django_filters.DateFromToRangeFilter(label=_("Issued on"))

    class Meta:
        model = Paper
        fields = ("state",)


class PaperRegister(Register):
    """Papers."""

    model = Paper
    app_name, slug, prefix = "papers", "papers", ""
    label, label_one = _("Papers"), _("Paper")
    permissions = Permissions(view="kit.view_paper", export="kit.view_paper")
    selector = staticmethod(selectors.papers_visible)
    columns = (
        Column("title", _("Title"), link=True),
        Column("number", _("Number")),
        Column("state", _("State"), badge=TONES),
        Column("issued_on", _("Issued on"), sort="issued_on"),
        Column("issued_by", _("Issued by")),
        OFFICE,
    )
    default_sort = "-pk"
    filterset = PaperFilters
    has_search = True
    search_hint = _("Title or number")
    empty_hint = _("No paper yet. Papers are made on the pages of what they are about.")
    facts = (
        Facts(
            _("Paper"),
            (
                Column("title", _("Title")),
                Column("number", _("Number")),
                Column("state", _("State"), badge=TONES),
                Column("issued_on", _("Issued on")),
                Column("issued_by", _("Issued by")),
                Column("withdrawn_for", _("Withdrawn because")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        words = text.strip()
        return rows.filter(Q(title__contains=words) | Q(number__contains=words))

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (Section(10, "versions", _("Versions"), "kit/papers/versions.html", _versions),)


def _versions(actor: Actor, paper: Paper) -> Mapping[str, Any]:
    """The versions, each with whether its facts still have the hash of that day."""
    found = selectors.versions_of(paper)
    return {
        "paper": paper,
        "about": paper.about,
        "versions": [(version, is_intact(version)) for version in found],
        "count": len(found),
    }


def is_intact(version: Any) -> bool:
    """Whether facts and number still give the hash that was kept."""
    paper: Paper = version.paper
    if not version.is_issued and paper.state != Paper.State.DRAFT:
        # Drafts were made before there was a number.
        paper = Paper(form=paper.form)
    return digest_of(paper, version.form_version, version.facts) == str(version.facts_sm3)
