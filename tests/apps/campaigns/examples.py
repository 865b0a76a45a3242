"""Campaigns and people for the tests."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from tests.apps.leads.examples import lead
from tests.apps.people import make_officer, make_offices
from zhixing.apps.campaigns.api import Campaign, enter_campaign
from zhixing.apps.leads.api import Lead
from zhixing.kit.testing.suites import Cast

_numbers = count(1)
TODAY = timezone.localdate
ACT = "name_confusion"


def cast() -> Cast:
    """Two heads and the leader of a district bureau, the head of an office below, an auditor."""
    offices = make_offices()
    return Cast(
        keeper=make_officer(offices.district, "head"),
        colleague=make_officer(offices.district, "leader"),
        head=make_officer(offices.district, "head"),
        elsewhere=make_officer(offices.office, "head"),
        stranger=make_officer(offices.district, "auditor"),
    )


def values(**changes: Any) -> dict[str, Any]:
    """A campaign of the district over the last and the next ten days."""
    offices, today = make_offices(), TODAY()
    return {
        "title": "秋季打击傍名牌专项行动",
        "clause": "二/(二)",
        "act_kinds": [ACT],
        "monitors": [],
        "offices": [offices.office.path, offices.other_office.path],
        "regions": [],
        "measures": ["leads.found", "leads.decided", "leads.justified"],
        "starts_on": today - timedelta(days=10),
        "ends_on": today + timedelta(days=10),
        "base_year": today.year - 1,
    } | changes


def campaign(officer: Any, **changes: Any) -> Campaign:
    """A planned campaign."""
    return enter_campaign(officer, values(**changes))


def noon(day: date) -> datetime:
    """A moment of the day."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def found(path: str, day: date, disposition: str = "", **changes: Any) -> Lead:
    """A lead found on the day and, with a disposition, decided on it."""
    given: dict[str, Any] = {"act_kind": ACT, "found_at": noon(day)}
    if disposition:
        given |= {"state": "disposed", "disposition": disposition, "disposed_at": noon(day)}
    return lead(path, next(_numbers), **(given | changes))
