"""A watch list, names and people for the tests of the brand guard."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests.apps.people import Offices, make_officer, make_offices
from zhixing.apps.brands.api import Sighting, WatchedMark, add_watched_mark, record_sighting
from zhixing.apps.chains.api import create_label
from zhixing.apps.registry.api import Subject, create_subject
from zhixing.kit.actors import SystemActor
from zhixing.kit.testing.suites import Cast

ACTOR = SystemActor("test")


def cast() -> Cast:
    """Two officers and the head of one office, an officer of another, and an auditor."""
    offices = make_offices()
    return Cast(
        keeper=make_officer(offices.office, "officer"),
        colleague=make_officer(offices.office, "officer"),
        head=make_officer(offices.office, "head"),
        elsewhere=make_officer(offices.other_office, "officer"),
        stranger=make_officer(offices.office, "auditor"),
    )


def watched(unit_path: str, text: str, **values: Any) -> WatchedMark:
    """A brand on an office's watch list."""
    return add_watched_mark(ACTOR, {"unit_path": unit_path, "text": text, **values})


def label(unit_path: str, text: str, **values: Any) -> Any:
    """A product label seen in an office's area, entered where labels are kept."""
    given = {"unit_path": unit_path, "text": text, "seen_on": timezone.localdate()}
    return create_label(ACTOR, given | values)


def sighting(unit_path: str, text: str, **values: Any) -> Sighting:
    """A name seen in an office's area."""
    return record_sighting(ACTOR, {"unit_path": unit_path, "text": text, **values})


def subject(unit_path: str, name: str, **values: Any) -> Subject:
    """An operator of an office."""
    return create_subject(ACTOR, {"name": name, "unit_path": unit_path, **values})


def offices() -> Offices:
    """City bureau, district, two field offices."""
    return make_offices()
