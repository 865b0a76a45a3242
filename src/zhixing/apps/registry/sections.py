"""What other apps add to the pages of a subject and of a mark: sections, alerts, events."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zhixing.kit.actors import Actor
from zhixing.kit.register import Section
from zhixing.kit.register.columns import Text

SubjectSection = Section
MarkSection = Section


@dataclass(frozen=True, slots=True)
class Alert:
    """Something whoever opens the page should know first; tone `bad`, `warn` or `neutral`."""

    tone: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """Something that happened to the subject; a plain date when the hour is not known."""

    at: date | datetime
    kind: str
    title: str
    note: str = ""
    url: str = ""
    icon: str = ""
    actor: str = ""


AlertFunction = Callable[[Actor, Any], Iterable[Alert]]
TimelineFunction = Callable[[Actor, Any], Iterable[TimelineEvent]]

_sections: dict[str, Section] = {}
_mark_sections: dict[str, Section] = {}
_authorisation_sections: dict[str, Section] = {}
_alerts: dict[str, AlertFunction] = {}
_timelines: dict[str, tuple[Text, TimelineFunction]] = {}


def register_section(section: Section) -> None:
    """Add a section to every subject's page; a second one of the same key replaces the first."""
    _sections[section.key] = section


def register_mark_section(section: Section) -> None:
    """Add a section to every mark's page; a second one of the same key replaces the first."""
    _mark_sections[section.key] = section


def register_authorisation_section(section: Section) -> None:
    """Add a section to every contract's page; a second one of the same key replaces the first."""
    _authorisation_sections[section.key] = section


def authorisation_sections() -> list[Section]:
    """The sections that other apps add to a contract's page."""
    return sorted(_authorisation_sections.values(), key=lambda section: section.order)


def register_alerts(key: str, function: AlertFunction) -> None:
    """Name a function that tells what deserves attention about a subject."""
    _alerts[key] = function


def register_timeline(kind: str, label: Text, function: TimelineFunction) -> None:
    """Name a function that tells what happened to a subject; `kind` is what the page filters by."""
    _timelines[kind] = (label, function)


def sections() -> list[Section]:
    """The sections of a subject in the order of the page."""
    return sorted(_sections.values(), key=lambda section: section.order)


def mark_sections() -> list[Section]:
    """The sections of a mark in the order of the page."""
    return sorted(_mark_sections.values(), key=lambda section: section.order)


def alerts(actor: Actor, subject: Any) -> list[Alert]:
    """All alerts, the worst first."""
    rank = {"bad": 0, "warn": 1}
    found = [alert for function in _alerts.values() for alert in function(actor, subject)]
    return sorted(found, key=lambda alert: rank.get(alert.tone, 2))


def timeline_kinds() -> list[tuple[str, Text]]:
    """The kinds of events there can be."""
    return [(kind, label) for kind, (label, _function) in _timelines.items()]


def timeline(actor: Actor, subject: Any, kind: str = "") -> list[TimelineEvent]:
    """All events (of one kind), newest first."""
    events = [
        event
        for name, (_label, function) in _timelines.items()
        if not kind or name == kind
        for event in function(actor, subject)
    ]
    return sorted(events, key=_moment, reverse=True)


def _moment(event: TimelineEvent) -> str:
    # Days and moments compare as text: a day stands before the hours of the same day.
    at = event.at
    if isinstance(at, datetime):
        from django.utils import timezone

        return timezone.localtime(at).isoformat()
    return at.isoformat()
