"""What the board counts of the public services."""

from __future__ import annotations

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from zhixing.apps.portal.selectors import use_by_day
from zhixing.kit.actors import Actor
from zhixing.kit.indicators import Figure, Period, register_figure


def self_checks(actor: Actor, period: Period) -> Figure:
    """How often advertisements were checked on the public site in the period.

    A number of the whole bureau: nobody knows who asked, so it belongs to no office.
    """
    found = use_by_day("ad").filter(day__range=(period.start, period.end))
    return Figure(
        value=found.aggregate(n=Sum("asked"))["n"] or 0,
        rows_url=reverse("portal:ad-counts"),
        as_of=min(period.end, timezone.localdate()),
    )


def register() -> None:
    """Name the figure under the code of the programme file."""
    register_figure("adverts.self_checked", self_checks)
