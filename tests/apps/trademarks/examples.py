"""Marks cultivated, targets, offices and people for the tests of the trade-mark services."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile

from tests.apps.people import Offices, make_officer, make_offices
from tests.apps.registry import examples as registry
from zhixing.apps.trademarks.api import (
    Cultivation,
    OfficeTarget,
    add_cultivation,
    set_target,
    take_step,
)
from zhixing.kit.actors import SystemActor
from zhixing.kit.testing.suites import Cast

SYSTEM = SystemActor("test")
DAY = date(2026, 3, 2)
subject, mark, authorisation = registry.subject, registry.mark, registry.authorisation


def offices() -> Offices:
    """City bureau, district, two field offices."""
    return make_offices()


def cast() -> Cast:
    """Two officers and the head of one office, an officer of another, and an auditor."""
    places = make_offices()
    return Cast(
        keeper=make_officer(places.office, "officer"),
        colleague=make_officer(places.office, "officer"),
        head=make_officer(places.office, "head"),
        elsewhere=make_officer(places.other_office, "officer"),
        stranger=make_officer(places.office, "auditor"),
    )


def cultivation(unit_path: str, number: int = 1, /, **values: Any) -> Cultivation:
    """A candidate; every third has no filing day, so that lists meet empty values."""
    given: dict[str, Any] = {
        "mark_text": f"青禾{number}号",
        "unit_path": unit_path,
        "candidate_on": date(2024, 1, 1) + timedelta(number),
        "contact_name": f"欧阳小禾{number}",
        "contact_phone": f"1380000{number:04d}",
    }
    return add_cultivation(SYSTEM, given | values)


def paper(text: str = "proof") -> ContentFile[bytes]:
    """An evidence file: a small PDF."""
    return ContentFile(b"%PDF-1.4\n" + text.encode() + b"\n%%EOF\n", name="proof.pdf")


def ready(unit_path: str, number: int = 1, /, **values: Any) -> Cultivation:
    """A candidate with everything the filing needs."""
    return cultivation(
        unit_path,
        number,
        **({"nice_classes": [30], "documents_on": DAY, "searched_on": DAY} | values),
    )


def registered(unit_path: str, number: int = 1, /, on: date = DAY, **values: Any) -> Cultivation:
    """A mark brought all the way to its registration on the day."""
    row = ready(unit_path, number, candidate_on=on - timedelta(400), **values)
    take_step(
        SYSTEM, row, "filed", on=on - timedelta(200), values={"filing_number": f"F{number:06d}"}
    )
    return take_step(
        SYSTEM, row, "registered", on=on, values={"registration_number": f"R{number:06d}"}
    )


def target(unit_path: str, year: int, **values: Any) -> OfficeTarget:
    """Targets of an office for a year."""
    return set_target(SYSTEM, {"unit_path": unit_path, "year": year, **values})
