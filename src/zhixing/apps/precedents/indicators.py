"""What the board counts of the experience summed up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing.apps.precedents.models import Precedent
from zhixing.kit.actors import Actor
from zhixing.kit.indicators import Period, Round
from zhixing.kit.measures import Extent, Measure
from zhixing.kit.scope import within_any


def count_published(actor: Actor, extent: Extent, period: Period) -> Mapping[str, int]:
    """Precedents of the extent that entered the library in the period, by office."""
    rows = _published(actor, period).filter(within_any(extent.offices))
    if extent.act_kinds:
        rows = rows.filter(act_kind__in=extent.act_kinds)
    found = rows.order_by().values("unit_path").annotate(n=Count("pk"))
    return {row["unit_path"]: row["n"] for row in found}


def published_url(extent: Extent, period: Period) -> str:
    """The list of exactly these precedents."""
    query = {
        "state": Precedent.State.PUBLISHED.value, "office": extent.offices,
        "act_kind": extent.act_kinds, "reviewed_after": period.start,
        "reviewed_before": period.end,
    }  # fmt: skip
    return f"{reverse('precedents:library')}?{urlencode(query, doseq=True)}"


def first_published(actor: Actor, extent: Extent) -> date | None:
    """The first day on which an office of the extent had a precedent published."""
    rows = Precedent.objects.visible_to(actor).filter(within_any(extent.offices))
    first = rows.order_by().aggregate(first=Min("reviewed_at"))["first"]
    return timezone.localdate(first) if first else None


PUBLISHED = Measure(
    "precedents.published",
    _("Precedents published"),
    count_published,
    published_url,
    first_published,
)


def _published(actor: Actor, period: Period) -> QuerySet[Precedent]:
    rows: QuerySet[Precedent] = Precedent.objects.visible_to(actor).filter(
        state=Precedent.State.PUBLISHED, reviewed_at__date__range=(period.start, period.end)
    )
    return rows


def precedents_published(actor: Actor, period: Period) -> Sequence[Round]:
    """Precedents of the actor's offices that entered the library in the period."""
    return [
        Round(timezone.localdate(row.reviewed_at), str(row), row.get_absolute_url())
        for row in _published(actor, period).order_by("reviewed_at")
    ]
