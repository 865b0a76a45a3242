"""Labels, firms, marks and contracts for the tests of chains."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.apps.people import make_officer, make_offices
from zhixing.apps.chains.api import Label, create_label
from zhixing.apps.registry.api import (
    Authorisation,
    Subject,
    TradeMark,
    create_authorisation,
    create_mark,
    create_subject,
)
from zhixing.kit.actors import SystemActor
from zhixing.kit.testing.suites import Cast

SYSTEM = SystemActor("test")
LENDER = "香港皇冠国际集团有限公司"
FACTORY = "示范市华盛制衣有限公司"
TEXT = f"授权商：{LENDER}\n制造商：{FACTORY}\n品名：衬衫"
DAY = date(2026, 6, 1)


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


def label(unit_path: str, number: int = 1, /, **values: Any) -> Label:
    """A label of a brand of its own, seen on a day of its own."""
    given = {
        "text": TEXT,
        "brand": f"皇冠{number}",
        "product": f"第{number}款衬衫",
        "seen_on": DAY + timedelta(number // 2),
        "seller_name": "示范市百味商店",
        "unit_path": unit_path,
    }
    return create_label(SYSTEM, given | values)


def firm(unit_path: str, name: str, **values: Any) -> Subject:
    """An operator of that name."""
    return create_subject(SYSTEM, {"name": name, "unit_path": unit_path} | values)


def mark(unit_path: str, text: str = "皇冠", **values: Any) -> TradeMark:
    """A registered mark of the overseas firm."""
    given = {
        "text": text,
        "holder_name": LENDER,
        "unit_path": unit_path,
        "expires_on": date(2033, 1, 1),
    }
    return create_mark(SYSTEM, given | values)


def contract(unit_path: str, **values: Any) -> Authorisation:
    """A licence of the overseas firm for the factory, in force on the day of the labels."""
    given = {
        "grantor_name": LENDER,
        "grantee_name": FACTORY,
        "mark_text": "皇冠",
        "contract_number": "XK-1",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2033, 1, 1),
        "unit_path": unit_path,
    }
    return create_authorisation(SYSTEM, given | values)
