"""What has to be done by a day, of every app, in one list for the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from zhixing.kit.actors import Actor


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing with a day.

    Attributes:
        due_on: the last day to do it.
        title: what it is about.
        what: what has to be done.
        url: the page on which it is done.
        provisional: the day rests on a calendar that is not announced yet.
    """

    due_on: date
    title: str
    what: str | Promise
    url: str
    provisional: bool = False


# Asked for the actor, the last day that is looked at, and how many are wanted at most; the
# nearest first. Answers nothing to actors without the permission.
Source = Callable[[Actor, date, int], Iterable[Duty]]

_sources: dict[str, Source] = {}


def register_duties(key: str, source: Source) -> None:
    """Add a source; a second one with the same key replaces the first."""
    _sources[key] = source


def duties(actor: Actor, until: date, limit: int) -> list[Duty]:
    """What the actor's offices have to do until a day, the nearest first."""
    found = [duty for source in _sources.values() for duty in source(actor, until, limit)]
    return sorted(found, key=lambda duty: duty.due_on)[:limit]
