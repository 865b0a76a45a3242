"""Watch list, sightings and hits, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhixing.apps.brands.actions.keep_sightings import change_sighting, record_sighting
from zhixing.apps.brands.actions.keep_watch_list import add_watched_mark, change_watched_mark
from zhixing.apps.brands.filters import HitFilters, SightingFilters, WatchedMarkFilters
from zhixing.apps.brands.forms import SightingForm, WatchedMarkForm
from zhixing.apps.brands.importers import SightingImporter, WatchListImporter
from zhixing.apps.brands.models import Hit, Sighting, WatchedMark
from zhixing.apps.brands.sections import hits_section
from zhixing.apps.brands.selectors import (
    hits_of_brand,
    hits_visible,
    sightings_visible,
    territories,
    watched_marks,
)
from zhixing.kit.actors import Actor
from zhixing.kit.formats import percent
from zhixing.kit.register import OFFICE, Column, Facts, Permissions, Register, Section
from zhixing.kit.register.columns import Rows

HITS_SHOWN = 20
STANDING_TONES = {"lead": "warn", "excluded": "neutral", "gone": "neutral"}


def _territories(rows: Rows) -> Mapping[Any, Any]:
    return territories(rows)  # type: ignore[arg-type]


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
        Column("nice_classes", _("Nice classes")),
        Column("territory", _("Territory"), resolve=_territories),
        Column("holder_name", _("Holder")),
        Column("is_active", _("Watched")),
        OFFICE,
        Column("similar_groups", _("Similar groups"), shown=False),
        Column("trade_mark", _("Trade mark"), shown=False),
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
                Column("trade_mark", _("Trade mark")),
                Column("nice_classes", _("Nice classes")),
                Column("similar_groups", _("Similar groups")),
                Column("territory", _("Territory"), resolve=_territories),
                Column("is_active", _("Watched")),
                Column("note", _("Note")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(text__contains=text) | rows.filter(holder_name__contains=text)

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (Section(10, "hits", _("Names found alike"), "brands/parts/found.html", _alike),)


def _alike(actor: Actor, brand: WatchedMark) -> Mapping[str, Any] | None:
    """The likeliest names found like the brand, and how many there are."""
    if not actor.has_perm("brands.view_hit"):
        return None
    found = hits_of_brand(actor, brand)
    return {"hits": list(found[:HITS_SHOWN]), "count": found.count(), "brand": brand}


class SightingRegister(Register):
    """Shop names and offers that were seen."""

    model = Sighting
    app_name, slug = "brands", "sightings"
    label, label_one = _("Sightings"), _("Sighting")
    permissions = Permissions(
        view="brands.view_sighting",
        add="brands.add_sighting",
        change="brands.change_sighting",
        bulk="brands.change_sighting",
        export="brands.export_sighting",
    )
    selector = staticmethod(sightings_visible)
    columns = (
        Column("text", _("Text"), accessor="__str__", link=True),
        Column("kind", _("Kind")),
        Column("seen_at", _("Where seen")),
        Column("seen_on", _("Seen on"), sort="seen_on"),
        Column("subject", _("Operator")),
        OFFICE,
        Column("nice_classes", _("Nice classes"), shown=False),
        Column("address_of_page", _("Address of the page"), shown=False),
        Column("reported_by", _("Reported by"), shown=False),
        Column("note", _("Note"), shown=False),
        Column("updated", _("Changed"), sort="updated", shown=False),
    )
    default_sort = "-seen_on"
    filterset = SightingFilters
    has_search = True
    search_hint = _("Text or place")
    form = SightingForm
    create = staticmethod(record_sighting)
    update = staticmethod(change_sighting)
    bulk_fields = ("kind", "nice_classes")
    importer = SightingImporter
    empty_hint = _(
        "No shop name or offer has been recorded yet. Check a name on the phone, or import a list."
    )
    facts = (
        Facts(
            _("Seen"),
            (
                Column("text", _("Text")),
                Column("kind", _("Kind")),
                Column("seen_at", _("Where seen")),
                Column("seen_on", _("Seen on")),
                Column("subject", _("Operator")),
                Column("nice_classes", _("Nice classes")),
                Column("address_of_page", _("Address of the page")),
                Column("reported_by", _("Reported by")),
                Column("note", _("Note")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (
            Section(10, "verdict", _("Like what"), "brands/parts/hits.html", hits_section),
            Section(20, "files", _("Photos and files"), "registry/sections/files.html", _files),
        )


def _files(actor: Actor, sighting: Sighting) -> Mapping[str, Any]:
    """Its evidence files."""
    return {"of": sighting}


class HitRegister(Register):
    """Everything the guard found, also what it left alone."""

    model = Hit
    app_name, slug = "brands", "hits"
    label, label_one = _("Hits"), _("Hit")
    permissions = Permissions(view="brands.view_hit", export="brands.export_hit")
    selector = staticmethod(hits_visible)
    columns = (
        Column("probability", _("Probability"), sort="probability", numeric=True, format=percent),
        Column("hit", _("Hit"), accessor="__str__", link=True),
        Column("name_kind", _("Kind of name")),
        Column("channel", _("Channel")),
        Column("standing", _("Standing"), badge=STANDING_TONES),
        Column("ground_text", _("Left alone because")),
        OFFICE,
        Column("sentence", _("Reasons"), shown=False),
        Column("subject", _("Operator"), shown=False),
        Column("against", _("Like what"), shown=False),
        Column("protection", _("Protection"), shown=False),
        Column("is_overseas", _("Overseas"), shown=False),
        Column("found_at", _("Found"), sort="found_at", shown=False),
        Column("judged_at", _("Last judged"), sort="judged_at", shown=False),
    )
    default_sort = "-probability"
    filterset = HitFilters
    has_search = True
    search_hint = _("Name or brand")
    detail = False
    empty_hint = _("Nothing has been found yet. Start a sweep, or check a name on the phone.")

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(name__contains=text) | rows.filter(like__contains=text)
