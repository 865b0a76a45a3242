"""The figures of the ad watch's first page, each with the list behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhixing.apps.adverts.families import family_label
from zhixing.apps.adverts.models import Ad, Approval, Finding
from zhixing.apps.adverts.selectors import (
    ads_visible,
    approvals_visible,
    captures_visible,
    placements_visible,
    queue_of,
)

SOON = timedelta(days=60)
WEEK = timedelta(days=7)
FAMILIES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its word, and the list it counts."""

    label: str | Promise
    number: int
    url: str


def _list(name: str, **query: Any) -> str:
    address = reverse(f"adverts:{name}")
    return f"{address}?{urlencode(query)}" if query else address


def figures(officer: Any) -> list[Figure]:
    """What waits, what came in this week, which approvals run out."""
    today = timezone.localdate()
    week = today - WEEK
    ads = ads_visible(officer)
    rows = []
    if officer.has_perm("adverts.review_ad"):
        rows.append(Figure(_("To be read"), queue_of(officer).count(), _list("desk")))
    rows += [
        Figure(
            _("To be screened"), ads.filter(is_due=True).count(), _list("ads", is_due="true")
        ),
        Figure(
            _("Unlawful by their readers"),
            ads.filter(verdict__in=(Ad.Verdict.VIOLATING, Ad.Verdict.SERIOUS)).count(),
            _list("ads", reading="done"),
        ),
        Figure(
            _("Captures of the last seven days"),
            captures_visible(officer).filter(captured_at__date__gte=week).count(),
            _list("captures", after=week.isoformat()),
        ),
        Figure(
            _("Placements of the last seven days"),
            placements_visible(officer).filter(shown_on__gte=week).count(),
            _list("placements", after=week.isoformat()),
        ),
        Figure(
            _("Placements whose medium is not in the register"),
            placements_visible(officer).filter(medium=None).count(),
            _list("placements", unknown="true"),
        ),
        Figure(
            _("Approvals that run out within 60 days"),
            approvals_visible(officer)
            .filter(status=Approval.Status.VALID, valid_to__range=(today, today + SOON))
            .count(),
            _list(
                "approvals", status="valid", ends_after=today.isoformat(),
                ends_before=(today + SOON).isoformat(),
            ),
        ),
    ]  # fmt: skip
    return rows


def families(officer: Any) -> list[Figure]:
    """What is found most often, among what nobody has rejected."""
    found = (
        Finding.objects.filter(ad__in=ads_visible(officer), is_current=True)
        .exclude(decision=Finding.Decision.REJECTED)
        .values("family")
        .annotate(n=Count("ad", distinct=True))
        .order_by("-n", "family")
    )
    return [
        Figure(family_label(row["family"]), row["n"], _list("ads", family=row["family"]))
        for row in found[:FAMILIES_SHOWN]
    ]
