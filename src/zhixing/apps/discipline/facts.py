"""What the monitor confirmed, as discipline counts it; the only place that asks it for figures."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from zhixing import law
from zhixing.apps.adverts.api import (
    Ad,
    RateRow,
    ads_visible,
    rate_rows,
    violations_of_medium,
)
from zhixing.apps.discipline.rating import Day, Days
from zhixing.apps.media.api import Design, Medium, MediumDay
from zhixing.kit.actors import Actor
from zhixing.kit.scope import is_within

SERIOUS = "serious"


@dataclass(frozen=True, slots=True)
class Targeted:
    """Counts of targeted monitoring: what somebody pointed at, never a rate."""

    items: int
    bad_items: int
    serious_items: int
    suspected: int


def month_of(day: date) -> tuple[date, date]:
    """First and last day of the month that a day lies in."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def random_days(actor: Actor, start: date, end: date) -> Days:
    """The monitored days of random rounds on media of the actor's offices."""
    found = rate_rows(start=start, end=end, design=Design.RANDOM)
    monitored = _monitored({row.stratum_id for row in found if row.stratum_id is not None})
    return [
        _day(row, monitored[row.stratum_id])
        for row in found
        if row.stratum_id is not None and is_within(row.unit_path, actor.scope_paths)
    ]


def _monitored(strata: set[int]) -> dict[int, int]:
    """How many days of each stratum were monitored, in the whole round."""
    rows = MediumDay.objects.filter(stratum__in=strata, state=MediumDay.State.MONITORED)
    return dict(rows.order_by().values_list("stratum").annotate(n=Count("pk")))


def _day(row: RateRow, monitored: int) -> Day:
    size, bad = row.all.monitored, row.all.bad
    assert row.stratum_id is not None
    assert row.stratum_frame is not None
    return Day(
        stratum=row.stratum_id,
        frame=row.stratum_frame,
        monitored=monitored,
        medium=row.medium_id,
        day=row.day,
        unit_path=row.unit_path,
        items=size.items,
        seconds=size.seconds,
        area=size.area_cm2,
        bad_items=bad.items,
        bad_seconds=bad.seconds,
        bad_area=bad.area_cm2,
        serious_items=row.all.serious.items,
        suspected_items=row.all.suspected.items,
        by_category={
            category: (share.monitored.items, share.bad.items, share.serious.items)
            for category, share in row.by_category.items()
        },
    )


def targeted(actor: Actor, start: date, end: date) -> dict[int, Targeted]:
    """Counts of targeted monitoring by medium."""
    sums: dict[int, list[int]] = {}
    for row in rate_rows(start=start, end=end, design=Design.TARGETED):
        if is_within(row.unit_path, actor.scope_paths):
            shares = (row.all.monitored, row.all.bad, row.all.serious, row.all.suspected)
            counts = [share.items for share in shares]
            kept = sums.setdefault(row.medium_id, [0, 0, 0, 0])
            for place, count in enumerate(counts):
                kept[place] += count
    return {medium: Targeted(*counts) for medium, counts in sums.items()}


def serious_of(medium: Medium, start: date, end: date) -> tuple[int, int]:
    """Confirmed serious advertisements on the medium: of all trades, and of the focus trades.

    Each is a fact, so those of targeted monitoring count too.
    """
    ladder = law.media_ladder()
    found = violations_of_medium(medium.pk, start, end).filter(severity=SERIOUS)
    ads = Ad.objects.filter(pk__in=found.values("ad")).only("category", "detected_category")
    trades = [ladder.trade_of(ad.kind_of_product) for ad in ads]
    return len(trades), sum(trade in ladder.focus for trade in trades)


def unlawful_by_advertiser(
    actor: Actor, start: date, end: date
) -> list[tuple[int | None, str, int]]:
    """(subject, name, unlawful advertisements) of each advertiser, the most first."""
    rows = (
        ads_visible(actor)
        .filter(verdict__in=("violating", SERIOUS), decided_at__date__range=(start, end))
        .exclude(advertiser__isnull=True, advertiser_name="")
        .order_by()
        .values("advertiser", "advertiser__name", "advertiser_name")
        .annotate(n=Count("pk"))
    )
    found: dict[tuple[int | None, str], int] = {}
    for row in rows:
        name = row["advertiser__name"] or row["advertiser_name"]
        key = (row["advertiser"], name)
        found[key] = found.get(key, 0) + row["n"]
    return sorted(
        ((subject, name, n) for (subject, name), n in found.items()),
        key=lambda one: (-one[2], one[1]),
    )
