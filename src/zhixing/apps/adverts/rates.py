"""What violation rates are made of: one row per monitored day of a medium.

The days of random rounds are a stratified sample of clusters (`media.Stratum` holds frame and
take), each monitored as a whole; a rate is a ratio of two totals over them. Sizes that an officer
recorded go before what was counted. Days of another design never come into the same answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from zhixing.apps.adverts.leading import lead_probability
from zhixing.apps.adverts.models import Ad, Finding, Placement
from zhixing.apps.media.api import Design, MediumDay

BAD = (Ad.Verdict.VIOLATING, Ad.Verdict.SERIOUS)


@dataclass(slots=True)
class Sizes:
    """How much: appearances, seconds, square centimetres."""

    items: int = 0
    seconds: int = 0
    area_cm2: int = 0

    def add(self, items: int, seconds: int, area_cm2: int) -> None:
        """Put more to it."""
        self.items += items
        self.seconds += seconds
        self.area_cm2 += area_cm2


@dataclass(slots=True)
class Share:
    """Sizes monitored, and of them the unlawful, the serious and those not read yet.

    `suspected` holds what the engine suspects and no officer has decided; it is part of neither
    `bad` nor `serious`.
    """

    monitored: Sizes = field(default_factory=Sizes)
    bad: Sizes = field(default_factory=Sizes)
    serious: Sizes = field(default_factory=Sizes)
    suspected: Sizes = field(default_factory=Sizes)


@dataclass(slots=True)
class RateRow:
    """One monitored day of a medium.

    Attributes:
        stratum_frame, stratum_taken: days of media in the stratum, and how many were drawn; None
            in a targeted round.
        is_counted: the sizes monitored were counted from the placements, not recorded.
        by_category: shares by product category; the sizes monitored are those counted.
    """

    round_id: int
    stratum_id: int | None
    stratum_frame: int | None
    stratum_taken: int | None
    day_id: int
    medium_id: int
    kind: str
    day: date
    unit_path: str
    is_counted: bool
    all: Share = field(default_factory=Share)
    by_category: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))


def rate_rows(
    *,
    start: date,
    end: date,
    unit_path: str = "",
    round_id: int | None = None,
    medium_id: int | None = None,
    design: str = Design.RANDOM,
) -> list[RateRow]:
    """The monitored days of one design in a period, in an office's area.

    Args:
        design: `random` for rates; `targeted` only to say how much was looked at.
    """
    days = MediumDay.objects.filter(
        state=MediumDay.State.MONITORED,
        day__range=(start, end),
        unit_path__within=unit_path,
        round__design=design,
    )
    if round_id is not None:
        days = days.filter(round=round_id)
    if medium_id is not None:
        days = days.filter(medium=medium_id)
    found = list(days.select_related("stratum", "medium").order_by("day", "pk"))
    rows = [_row(day) for day in found]
    counted = _counted(rows, start, end, design)
    for row, day in zip(rows, found, strict=True):
        for facts in counted[(row.medium_id, row.day)]:
            _put(row.all, facts)
            _put(row.by_category[facts["product"]], facts)
        _prefer_recorded(row, day)
    return rows


def _row(day: MediumDay) -> RateRow:
    stratum = day.stratum
    return RateRow(
        round_id=day.round_id,
        stratum_id=day.stratum_id,
        stratum_frame=stratum.frame_size if stratum is not None else None,
        stratum_taken=stratum.take if stratum is not None else None,
        day_id=day.pk,
        medium_id=day.medium_id,
        kind=day.medium.kind,
        day=day.day,
        unit_path=day.unit_path,
        is_counted=day.items is None,
    )


def _counted(
    rows: Iterable[RateRow], start: date, end: date, design: str
) -> dict[tuple[int, date], list[dict[str, Any]]]:
    """Placements of the design by medium and day, verdict and category.

    By medium and day, because one day may be drawn for two rounds while a placement names one.
    """
    media = {row.medium_id for row in rows}
    placed = Placement.objects.filter(
        medium__in=media, shown_on__range=(start, end), design=design
    ).annotate(
        product=Case(
            When(~Q(ad__category=""), then=F("ad__category")), default=F("ad__detected_category")
        )
    )
    suspected = Q(ad__verdict="", ad__score__gte=lead_probability(end))
    found = (
        placed.annotate(is_suspected=Case(When(suspected, then=1), default=0))
        .values("medium", "shown_on", "product", "ad__verdict", "is_suspected")
        .annotate(
            n=Count("pk"), time=Coalesce(Sum("seconds"), 0), space=Coalesce(Sum("area_cm2"), 0)
        )
        .order_by()
    )
    result: dict[tuple[int, date], list[dict[str, Any]]] = defaultdict(list)
    for row in found:
        result[(row["medium"], row["shown_on"])].append(dict(row))
    return result


def _put(share: Share, facts: dict[str, Any]) -> None:
    sizes = (facts["n"], facts["time"], facts["space"])
    share.monitored.add(*sizes)
    if facts["ad__verdict"] in BAD:
        share.bad.add(*sizes)
    if facts["ad__verdict"] == Ad.Verdict.SERIOUS:
        share.serious.add(*sizes)
    if facts["is_suspected"]:
        share.suspected.add(*sizes)


def _prefer_recorded(row: RateRow, day: MediumDay) -> None:
    """An officer's figures stand, but never below what was found."""
    monitored = row.all.monitored
    for name in ("items", "seconds", "area_cm2"):
        recorded = getattr(day, name)
        if recorded is not None:
            setattr(monitored, name, max(recorded, getattr(monitored, name)))


def violations_of_medium(medium_id: int, start: date, end: date) -> QuerySet[Finding]:
    """Confirmed findings in advertisements that ran on a medium in a period, whatever the design.

    For notices and for counting repeated breaches; never for rates.
    """
    ran = Placement.objects.filter(medium=medium_id, shown_on__range=(start, end)).values("ad")
    confirmed = Finding.objects.filter(
        ad__in=ran, is_current=True, decision=Finding.Decision.CONFIRMED
    )
    return confirmed.select_related("ad").order_by("decided_at", "pk")
