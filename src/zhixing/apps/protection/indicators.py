"""What the board counts of trade-mark protection (clause 二/(五))."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from zhixing.apps.protection import selectors
from zhixing.kit.actors import Actor
from zhixing.kit.indicators import Figure, Period, Round, register_figure, register_rounds


def oem_checked(actor: Actor, period: Period) -> Figure:
    """Share of the processors making to order that have an order checked within the period."""
    makers = selectors.makers_visible(actor).filter(is_active=True)
    within = Q(orders__checked_at__date__range=(period.start, period.end))
    found = makers.aggregate(
        all=Count("pk", distinct=True), checked=Count("pk", filter=within, distinct=True)
    )
    url = f"{reverse('protection:oem')}?is_active=true"
    return _share(found["checked"], found["all"], url, period)


def stalls_checked(actor: Actor, period: Period) -> Figure:
    """Share of the stalls of open markets that were looked at within the period.

    A stall looked at twice counts once; more stall names than a market has count as all of them.
    """
    markets = dict(selectors.markets_open(actor).values_list("pk", "stalls"))
    seen = (
        selectors.visits_visible(actor)
        .filter(
            inspection__market__in=markets,
            inspection__inspected_on__range=(period.start, period.end),
        )
        .order_by()
        .values_list("inspection__market")
        .annotate(n=Count("stall", distinct=True))
    )
    checked = sum(min(n, markets[pk]) for pk, n in seen)
    dates = {"inspected_after": period.start, "inspected_before": period.end}
    url = f"{reverse('protection:inspections')}?{urlencode(dates)}"
    return _share(checked, sum(markets.values()), url, period)


def assistance_on_time(actor: Actor, period: Period) -> Figure:
    """Share of the requests received, due or answered in the period, answered in time.

    In time: by the day of the law or the later day announced. One that waits and is not yet due
    says nothing.
    """
    today = timezone.localdate()
    received = selectors.assistance_visible(actor).filter(
        direction="in", received_on__range=(period.start, period.end)
    )
    on_time = overdue_or_answered = 0
    for due, later, answered, waiting in received.values_list(
        "due_on", "extended_to", "answered_on", "waiting_until"
    ):
        if answered is not None:
            overdue_or_answered += 1
            on_time += answered <= (later or due)
        elif waiting is not None and waiting < today:
            overdue_or_answered += 1
    dates = {
        "direction": "in",
        "received_after": period.start,
        "received_before": period.end,
    }
    url = f"{reverse('protection:assistance')}?{urlencode(dates)}"
    return _share(on_time, overdue_or_answered, url, period)


def transfers_on_time(actor: Actor, period: Period) -> Figure:
    """Share of the transfers reported in the period whose steps of the bureau were in time.

    Counted are those handed over and those of which a step of the bureau is overdue or was late;
    one refused in time is no transfer.
    """
    now = timezone.now()
    handed = Q(handed_over_at__isnull=False)
    late = Q(was_late=True) | Q(state__in=("reported", "approved"), due_at__lt=now)
    found = (
        selectors.transfers_visible(actor)
        .filter(reported_at__date__range=(period.start, period.end))
        .aggregate(
            counted=Count("pk", filter=handed | late), on_time=Count("pk", filter=handed & ~late)
        )
    )
    dates = {"reported_after": period.start, "reported_before": period.end}
    url = f"{reverse('protection:transfers')}?{urlencode(dates)}"
    return _share(found["on_time"], found["counted"], url, period)


def inspections_held(actor: Actor, period: Period) -> Sequence[Round]:
    """Finished market inspections of the period."""
    held = selectors.inspections_visible(actor).filter(
        state="finished", inspected_on__range=(period.start, period.end)
    )
    return [
        Round(one.inspected_on, str(one), one.get_absolute_url())
        for one in held.order_by("inspected_on", "pk")
    ]


def register() -> None:
    """Name the figures and rounds under the codes of the programme file."""
    register_figure("brands.oem_files_checked_share", oem_checked)
    register_figure("brands.market_stalls_checked_share", stalls_checked)
    register_figure("cases.assistance_on_time_share", assistance_on_time)
    register_figure("cases.transfers_on_time_share", transfers_on_time)
    register_rounds("trade_marks.markets", inspections_held)


def _share(part: int, whole: int, url: str, period: Period) -> Figure:
    """Everything is counted, nothing sampled: a share without an interval."""
    return Figure(
        value=part / whole if whole else None,
        numerator=part,
        denominator=whole,
        rows_url=url,
        as_of=min(period.end, timezone.localdate()),
        method="share of all",
    )
