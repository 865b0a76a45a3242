"""What campaigns count of leads, and the list of exactly the leads counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhixing.apps.leads.models import Lead
from zhixing.apps.leads.selectors import JUSTIFIED
from zhixing.kit.actors import Actor
from zhixing.kit.indicators import Period
from zhixing.kit.measures import Extent, Measure, region_prefix, register_measure
from zhixing.kit.scope import within_any


def leads_in_extent(actor: Actor, extent: Extent) -> QuerySet[Lead]:
    """The leads the actor may see that belong to the extent, in no order."""
    rows: QuerySet[Lead] = Lead.objects.visible_to(actor).filter(within_any(extent.offices))
    if extent.act_kinds:
        rows = rows.filter(act_kind__in=extent.act_kinds)
    if extent.monitors:
        rows = rows.filter(monitor__in=extent.monitors)
    if extent.regions:
        rows = rows.filter(in_regions(extent.regions))
    return rows.order_by()


def in_regions(codes: tuple[str, ...]) -> Q:
    """Leads whose subject lies in one of the divisions or below one."""
    condition = Q(pk__in=[])
    for code in codes:
        condition |= Q(subject__region__code__startswith=region_prefix(code))
    return condition


def decided_of_found(actor: Actor, extent: Extent, period: Period) -> tuple[int, int]:
    """(decided, found): leads found in the period, and those of them decided by its end."""
    counts = (
        leads_in_extent(actor, extent)
        .filter(found_at__date__range=(period.start, period.end))
        .aggregate(
            found=Count("pk"),
            decided=Count(
                "pk", filter=Q(state=Lead.State.DISPOSED, disposed_at__date__lte=period.end)
            ),
        )
    )
    return counts["decided"], counts["found"]


# Parameters of the inbox that narrow it to the days of a moment.
FILTERS = {
    "found_at": ("found_after", "found_before"),
    "disposed_at": ("decided_after", "decided_before"),
}


def _measure(
    code: str, label: str | Promise, moment: str, dispositions: tuple[str, ...]
) -> Measure:
    """Leads by the day of `moment`, with one of the dispositions where some are given."""
    first_day, last_day = FILTERS[moment]

    def count(actor: Actor, extent: Extent, period: Period) -> Mapping[str, int]:
        rows = leads_in_extent(actor, extent).filter(
            **{f"{moment}__date__range": (period.start, period.end)}
        )
        if dispositions:
            rows = rows.filter(disposition__in=dispositions)
        found = rows.values("unit_path").annotate(n=Count("pk"))
        return {row["unit_path"]: row["n"] for row in found}

    def rows_url(extent: Extent, period: Period) -> str:
        query = {
            "office": extent.offices,
            "act_kind": extent.act_kinds,
            "monitor": extent.monitors,
            "region": ",".join(extent.regions) or (),
            first_day: period.start,
            last_day: period.end,
            "disposition": dispositions,
        }
        return f"{reverse('leads:leads')}?{urlencode(query, doseq=True)}"

    def since(actor: Actor, extent: Extent) -> date | None:
        rows = Lead.objects.visible_to(actor).filter(within_any(extent.offices)).order_by()
        first = rows.aggregate(first=Min(moment))["first"]
        return timezone.localdate(first) if first else None

    return Measure(code, label, count, rows_url, since)


def register_measures() -> None:
    """Offer them to campaigns (called once, at start-up)."""
    for code, label, moment, dispositions in (
        ("leads.found", _("Leads found"), "found_at", ()),
        ("leads.decided", _("Leads decided"), "disposed_at", ()),
        ("leads.justified", _("Leads found justified"), "disposed_at", JUSTIFIED),
        ("leads.dismissed", _("Leads dismissed"), "disposed_at", (Lead.Disposition.DISMISSED,)),
    ):
        register_measure(_measure(code, label, moment, tuple(map(str, dispositions))))
