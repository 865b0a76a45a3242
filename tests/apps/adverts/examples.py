"""Advertisements, placements and approvals for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.apps.people import make_officer, make_offices
from zhixing.apps.adverts.api import Ad, Approval, Capture, Seen, capture, create_approval
from zhixing.apps.media.api import Medium, create_medium
from zhixing.kit.actors import SystemActor
from zhixing.kit.testing.suites import Cast

SYSTEM = SystemActor("test")
DAY = date(2026, 6, 1)
TEXT = "示范牌蛋白粉，全国第一品牌，七天根治糖尿病"


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


def seen(text: str = TEXT, **values: Any) -> Seen:
    """One appearance of a text."""
    given: dict[str, Any] = {"text": text, "shown_on": DAY}
    return Seen(**given | values)


def taken(unit_path: str, *found: Seen, **values: Any) -> Capture:
    """Texts captured for an office."""
    given: dict[str, Any] = {"source": "paste", "unit_path": unit_path, "content": b"x"}
    return capture(SYSTEM, found or [seen()], **given | values)


def ad(unit_path: str, text: str = TEXT, **values: Any) -> Ad:
    """An advertisement captured for an office."""
    taken(unit_path, seen(text, **values))
    return Ad.objects.latest("pk")


def approval(unit_path: str, number: int = 1, /, **values: Any) -> Approval:
    """An approval of a health food for two years."""
    given = {
        "number": f"鲁食健广审(文)第260101-{number:05}号",
        "kind": "health_food",
        "product": f"示范牌蛋白粉{number}",
        "applicant_name": "示范市华盛食品有限公司",
        "valid_from": date(2026, 1, 1),
        "unit_path": unit_path,
    }
    return create_approval(SYSTEM, given | values)
