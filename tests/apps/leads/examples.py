"""Leads and people for the tests of the inbox."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.apps.people import make_officer, make_offices
from zhixing.apps.leads.api import NewLead
from zhixing.apps.leads.models import Lead
from zhixing.kit.testing.suites import Cast


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


def finding(unit_path: str, number: int, /, **values: Any) -> NewLead:
    """What a monitor found; findings of different numbers differ."""
    given = {
        "key": (number, "康师傅"),
        "unit_path": unit_path,
        "title": f"海州市康帅傅{number}号食品店 ≈ 康师傅",
        "kind": "shape",
        "score": 0.9,
        "probability": 0.9,
        "reasons": [{"code": "shape", "position": 2, "channel": "glyph", "text": "第2字相近"}],
        "evidence": {"mark": "康师傅", "name": f"海州市康帅傅{number}号食品店"},
    } | values
    return NewLead(**given)


def lead(unit_path: str, number: int, /, **values: Any) -> Lead:
    """A lead as it stands in the inbox."""
    today = timezone.localdate()
    given = {
        "monitor": "brands",
        "clause": "二/(二)",
        "title": f"海州市康帅傅{number}号食品店 ≈ 康师傅",
        "kind": "shape",
        "score": 0.5 + number / 1000,
        "probability": 0.5 + number / 1000,
        "reasons": [{"code": "shape", "channel": "glyph", "text": "第2字相近"}],
        "evidence": {"mark": "康师傅", "name": f"海州市康帅傅{number}号食品店"},
        "method": "lookalike.pairs",
        "method_version": "1",
        "dedup_key": f"key-{unit_path}-{number}",
        "found_at": timezone.now(),
        "due_on": today + timedelta(days=21),
    } | values
    made: Lead = Lead.objects.create(unit_path=unit_path, **given)
    return made
