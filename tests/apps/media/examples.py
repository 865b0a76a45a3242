"""Media and rounds for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.apps.people import make_officer, make_offices
from zhixing.apps.media.api import Medium, Round, create_medium, create_round, start_round
from zhixing.kit.actors import SystemActor
from zhixing.kit.testing.suites import Cast

SYSTEM = SystemActor("test")
FIRST, LAST = date(2026, 6, 1), date(2026, 6, 10)


def cast() -> Cast:
    """Two officers and the head of one office, an officer of another, an auditor."""
    offices = make_offices()
    return Cast(
        keeper=make_officer(offices.office, "officer"),
        colleague=make_officer(offices.office, "officer"),
        head=make_officer(offices.office, "head"),
        elsewhere=make_officer(offices.other_office, "officer"),
        stranger=make_officer(offices.office, "auditor"),
    )


def medium(unit_path: str, number: int = 1, /, **values: Any) -> Medium:
    """A newspaper of the office."""
    given = {"name": f"示范第{number}晚报", "kind": "newspaper", "unit_path": unit_path}
    return create_medium(SYSTEM, given | values)


def planned(unit_path: str, number: int = 1, /, **values: Any) -> Round:
    """A round of ten days that draws four days of newspapers."""
    given = {
        "name": f"第{number}轮监测",
        "starts_on": FIRST,
        "ends_on": LAST,
        "plan": {"newspaper": 4},
        "seed": "2026",
        "unit_path": unit_path,
    }
    return create_round(SYSTEM, given | values)


def running(unit_path: str, number: int = 1, /, **values: Any) -> Round:
    """A round that was drawn."""
    return start_round(SYSTEM, planned(unit_path, number, **values))
