"""The watch list, as data."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhixing.apps.brands.actions.keep_watch_list import add_watched_mark, change_watched_mark
from zhixing.apps.brands.importers import WatchListImporter
from zhixing.apps.brands.models import WatchedMark
from zhixing.apps.brands.selectors import watched_marks
from zhixing.kit.register import OFFICE, Column, Facts, Permissions, Register, RegisterForm


class WatchedMarkFilters(filters.FilterSet):
    """What the watch list is narrowed by."""

    protection = filters.ChoiceFilter(choices=WatchedMark.Protection.choices, label=_("Protection"))
    is_active = filters.BooleanFilter(label=_("Watched"))

    class Meta:
        model = WatchedMark
        fields: list[str] = []


class WatchedMarkForm(RegisterForm[WatchedMark]):
    """A brand to protect."""

    class Meta:
        model = WatchedMark
        fields = ["text", "protection", "holder_name", "note", "is_active"]


class WatchedMarkRegister(Register):
    """Brands protected against free-riding."""

    model = WatchedMark
    app_name, slug = "brands", "watch-list"
    label, label_one = _("Watch list"), _("Watched brand")
    permissions = Permissions(
        view="brands.view_watchedmark",
        add="brands.add_watchedmark",
        change="brands.change_watchedmark",
        bulk="brands.change_watchedmark",
        export="brands.export_watchedmark",
    )
    selector = staticmethod(watched_marks)
    columns = (
        Column("text", _("Brand"), sort="text", link=True),
        Column("protection", _("Protection"), badge={"well_known": "accent"}),
        Column("holder_name", _("Holder")),
        Column("is_active", _("Watched")),
        OFFICE,
        Column("note", _("Note"), shown=False),
        Column("created", _("Added"), shown=False),
    )
    default_sort = "text"
    filterset = WatchedMarkFilters
    has_search = True
    search_hint = _("Brand or holder")
    form = WatchedMarkForm
    create = staticmethod(add_watched_mark)
    update = staticmethod(change_watched_mark)
    bulk_fields = ("protection", "is_active")
    importer = WatchListImporter
    empty_hint = _("No brand is watched yet. Add the brands to protect, or import a list.")
    facts = (
        Facts(
            _("Protection"),
            (
                Column("protection", _("Protection")),
                Column("holder_name", _("Holder")),
                Column("is_active", _("Watched")),
                Column("note", _("Note")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(text__contains=text) | rows.filter(holder_name__contains=text)
