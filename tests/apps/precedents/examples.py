"""Precedents and people for the tests of the library."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from tests.apps.people import make_officer, make_offices
from zhixing.apps.precedents.api import Precedent, enter_precedent, publish_precedent
from zhixing.kit.testing.suites import Cast

_numbers = count(1)


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


def values(**changes: Any) -> dict[str, Any]:
    """A decided case of passing-off by name."""
    return {
        "title": "某食品店名称混淆案",
        "number": f"示市监处罚〔2026〕{next(_numbers)}号",
        "act_kind": "name_confusion",
        "parties": "海州市某食品店",
        "facts": "当事人在店招和手提袋上突出使用“康帅傅”,并标注香港某公司监制。",
        "protected": "康师傅",
        "accused": "康帅傅",
        "nice_classes": [30],
        "articles": "《反不正当竞争法》第7条",
        "outcome": "established",
        "penalty": "责令停止违法行为,罚款3000元",
        "decided_by": "示范市市场监督管理局",
        "decided_on": date(2026, 3, 2),
    } | changes


def draft(officer: Any, **changes: Any) -> Precedent:
    """A draft written by the officer."""
    return enter_precedent(officer, values(**changes))


def published(people: Cast, **changes: Any) -> Precedent:
    """A precedent that a colleague reviewed."""
    return publish_precedent(people.colleague, draft(people.keeper, **changes))
