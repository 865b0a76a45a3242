"""Valid subjects, licences and marks, by number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.apps.people import make_officer, make_offices
from zhixing.apps.registry.api import (
    create_authorisation,
    create_licence,
    create_mark,
    create_subject,
)
from zhixing.apps.registry.models import Authorisation, Licence, Subject, TradeMark
from zhixing.engines.identifiers import mod11_10_check_digit, uscc_check_character
from zhixing.kit.actors import SystemActor
from zhixing.kit.testing.suites import Cast

SYSTEM = SystemActor("test")


def cast() -> Cast:
    """An officer and a colleague at one office, its head, an officer elsewhere, an auditor."""
    offices = make_offices()
    return Cast(
        keeper=make_officer(offices.office, "officer"),
        colleague=make_officer(offices.office, "officer"),
        head=make_officer(offices.office, "head"),
        elsewhere=make_officer(offices.other_office, "officer"),
        stranger=make_officer(offices.office, "auditor"),
    )


def uscc(number: int) -> str:
    """A made-up code with a right check character."""
    body = f"91379901MA{number:07d}"
    return body + uscc_check_character(body)


def licence_number(number: int) -> str:
    """A made-up JY number with a right check digit."""
    digits = f"1379901{number:06d}"
    return f"JY{digits}{mod11_10_check_digit(digits)}"


def subject(unit_path: str, number: int, /, **values: Any) -> Subject:
    """A subject; every third has no day of registration, so that lists meet empty values."""
    given: dict[str, Any] = {
        "name": f"示范市百味{number}号食品店",
        "uscc": uscc(number),
        "unit_path": unit_path,
        "phone": f"1390000{number:04d}",
        "legal_representative": f"欧阳小明{number}",
        "registered_on": None if number % 3 == 0 else date(2010, 1, 1) + timedelta(number // 2),
    }
    return create_subject(SYSTEM, given | values)


def licence(unit_path: str, number: int, /, **values: Any) -> Licence:
    """A licence of a subject of its own."""
    given: dict[str, Any] = {
        "kind": "JY",
        "number": licence_number(number),
        "valid_to": None if number % 3 == 0 else date(2031, 1, 1) + timedelta(number // 2),
    }
    holder = values.pop("subject", None) or subject(unit_path, number)
    return create_licence(SYSTEM, {"subject": holder} | given | values)


def mark(unit_path: str, number: int, /, **values: Any) -> TradeMark:
    """A trade mark."""
    given: dict[str, Any] = {
        "text": f"百味{number}",
        "registration_number": str(1_000_000 + number),
        "nice_classes": [30],
        "unit_path": unit_path,
        "expires_on": None if number % 3 == 0 else date(2031, 1, 1) + timedelta(number // 2),
    }
    return create_mark(SYSTEM, given | values)


def authorisation(unit_path: str, number: int, /, **values: Any) -> Authorisation:
    """A contract between an overseas company and a factory, neither of them in the register."""
    given: dict[str, Any] = {
        "kind": "oem",
        "grantor_name": f"香港百味{number}集团有限公司",
        "grantee_name": f"示范市百味{number}号食品厂",
        "mark_text": f"百味{number}",
        "contract_number": f"HT-{number:04d}",
        "unit_path": unit_path,
        "starts_on": date(2025, 1, 1),
        "ends_on": None if number % 3 == 0 else date(2031, 1, 1) + timedelta(number // 2),
    }
    return create_authorisation(SYSTEM, given | values)
