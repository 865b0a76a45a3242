"""What the page of a subject shows besides the facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhixing.apps.registry import sections, selectors
from zhixing.apps.registry.models import Subject, TradeMark
from zhixing.kit.actors import Actor
from zhixing.kit.maps import Map

TIMELINE_EVENTS = 200
AUTHORISATIONS = 50


def context(actor: Actor, subject: Subject, kind: str) -> dict[str, Any]:
    """The alerts, the map and the timeline (of one kind of event); the sections bring the rest."""
    return {
        "events": sections.timeline(actor, subject, kind)[:TIMELINE_EVENTS],
        "event_kind": kind,
        "event_kinds": sections.timeline_kinds(),
        "alerts": sections.alerts(actor, subject),
        "map": place_map(subject),
        "may_reveal": actor.has_perm("audit.reveal_personal", subject),
    }


def place_map(subject: Subject) -> Map | None:
    """The subject on a map, or None without coordinates."""
    if subject.longitude is None or subject.latitude is None:
        return None
    point = {"type": "Point", "coordinates": [subject.longitude, subject.latitude]}
    feature = {
        "type": "Feature",
        "geometry": point,
        "properties": {"name": subject.name, "value": subject.address, "level": 0},
    }
    return Map(
        title=_("Where it is"),
        legend=[_("Place of business")],
        features={"type": "FeatureCollection", "features": [feature]},
    )


def licences(actor: Actor, subject: Subject) -> Mapping[str, Any]:
    """The licences and filings."""
    rows = list(selectors.licences_of(actor, subject))
    return {"licences": rows, "count": len(rows)}


def marks(actor: Actor, subject: Subject) -> Mapping[str, Any]:
    """The marks it holds."""
    rows = list(selectors.marks_of(actor, subject))
    return {"marks": rows, "count": len(rows)}


AUTHORISATIONS_TEMPLATE = "registry/sections/authorisations.html"
FIGURE = "registry/sections/figure.html"


def figure(actor: Actor, mark: TradeMark) -> Mapping[str, Any]:
    """The figure of a mark, and the way to choose it for whoever may."""
    may = actor.has_perm("registry.change_trademark", mark)
    return {"file": mark.image, "url": reverse("registry:figure", args=[mark.pk]) if may else ""}


FILES = "registry/sections/files.html"


def files(actor: Actor, row: Subject | TradeMark) -> Mapping[str, Any]:
    """Evidence files of a subject; pictures and papers of a mark."""
    return {"of": row}


def authorisations(actor: Actor, row: Subject | TradeMark) -> Mapping[str, Any]:
    """The contracts that allow the use of marks."""
    rows = list(selectors.authorisations_of(actor, row)[:AUTHORISATIONS])
    return {"authorisations": rows, "count": len(rows)}


def people(actor: Actor, subject: Subject) -> Mapping[str, Any]:
    """The people, masked."""
    rows = list(selectors.people_of(actor, subject))
    return {
        "people": rows,
        "count": len(rows),
        "may_change": actor.has_perm("registry.change_subject", subject),
        "may_reveal": actor.has_perm("audit.reveal_personal", subject),
    }


def related(actor: Actor, subject: Subject) -> Mapping[str, Any]:
    """Subjects that share something with it."""
    rows = selectors.subjects_related(actor, subject)
    return {"related": rows, "count": len(rows)}
