"""Offices and officers for the tests of apps: a bureau, a district, two field offices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count

from zhixing.apps.accounts.models import Officer, OrgUnit, RoleAssignment

LONG_AGO = date(2015, 1, 1)
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Offices:
    """The city bureau, a district bureau below it, two offices below that."""

    bureau: OrgUnit
    district: OrgUnit
    office: OrgUnit
    other_office: OrgUnit


def make_offices() -> Offices:
    """The four units; the same ones when they are there already."""

    def unit(code: str, name: str, kind: str, parent: OrgUnit | None) -> OrgUnit:
        path = f"{parent.path if parent else ''}{code}/"
        found, _made = OrgUnit.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "kind": kind,
                "parent": parent,
                "path": path,
                "opened_on": LONG_AGO,
            },
        )
        return found

    bureau = unit("3799", "示范市局", "city", None)
    district = unit("379901", "城东区局", "county", bureau)
    return Offices(
        bureau,
        district,
        unit("37990101", "城关所", "office", district),
        unit("37990102", "河口所", "office", district),
    )


def make_officer(unit: OrgUnit, *roles: str, name: str = "") -> Officer:
    """An officer of the unit who holds the roles there."""
    number = next(_numbers)
    officer: Officer = Officer.objects.create_user(
        f"officer{number}", password="x", display_name=name or f"警员{number}", unit=unit
    )
    for role in roles:
        RoleAssignment.objects.create(officer=officer, role=role, unit=unit, since=LONG_AGO)
    return officer
