"""Questions about the use of the public site; they are everybody's to ask."""

from __future__ import annotations

from django.db.models import QuerySet

from zhixing.apps.portal.models import DailyUse


def use_by_day(kind: str) -> QuerySet[DailyUse]:
    """How often a service was used, the latest day first."""
    return DailyUse.objects.filter(kind=kind).order_by("-day")
