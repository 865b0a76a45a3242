"""What the board counts of the brand guard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from zhixing.apps.brands.actions.record_findings import MONITOR
from zhixing.apps.brands.models import Sweep, WatchedMark
from zhixing.apps.brands.selectors import hits_visible, watched_marks
from zhixing.apps.leads.api import JUSTIFIED, Lead, handled_share, leads_visible
from zhixing.apps.registry.api import TradeMark, marks_visible
from zhixing.engines.rates import wilson
from zhixing.kit.actors import Actor
from zhixing.kit.indicators import Figure, FigureFunction, Period, Round


def lookalike_leads_decided(actor: Actor, period: Period) -> Figure:
    """Share of the period's look-alike leads on which an officer has decided."""
    decided, found = handled_share(actor, MONITOR, period)
    query = {"monitor": MONITOR, "found_after": period.start, "found_before": period.end}
    return _share(decided, found, _address("leads:leads", query), period)


def sweep_precision(actor: Actor, period: Period) -> Figure:
    """Share of the look-alike leads decided in the period that were justified."""
    decided = leads_visible(actor).filter(
        monitor=MONITOR,
        state=Lead.State.DISPOSED,
        disposed_at__date__range=(period.start, period.end),
    )
    counts = decided.aggregate(
        all=Count("pk"), justified=Count("pk", filter=Q(disposition__in=JUSTIFIED))
    )
    query = {
        "monitor": MONITOR, "state": Lead.State.DISPOSED.value,
        "decided_after": period.start, "decided_before": period.end,
    }  # fmt: skip
    address = _address("leads:leads", query)
    return _share(counts["justified"], counts["all"], address, period)


def foreign_leads_decided(actor: Actor, period: Period) -> Figure:
    """Share of the period's leads about foreign marks on which an officer has decided."""
    hits = hits_visible(actor).filter(
        protection=WatchedMark.Protection.FOREIGN,
        lead__isnull=False,
        lead__found_at__date__range=(period.start, period.end),
    )
    counts = hits.aggregate(
        all=Count("pk"),
        decided=Count(
            "pk",
            filter=Q(lead__state=Lead.State.DISPOSED, lead__disposed_at__date__lte=period.end),
        ),
    )
    query = {"protection": "foreign", "found_after": period.start, "found_before": period.end}
    return _share(counts["decided"], counts["all"], _address("brands:hits", query), period)


def well_known_watched(actor: Actor, period: Period) -> Figure:
    """Share of the well-known marks in force in the register that a list watches."""
    protected = Q(protection__icontains=f'"{TradeMark.Protection.WELL_KNOWN.value}"')
    query = {"protection": TradeMark.Protection.WELL_KNOWN.value}
    return _watched_share(actor, period, protected, query)


def geographical_watched(actor: Actor, period: Period) -> Figure:
    """Share of the geographical indications in force in the register that a list watches."""
    kind = TradeMark.Kind.GEOGRAPHICAL
    return _watched_share(actor, period, Q(kind=kind), {"kind": kind.value})


def _watched_share(
    actor: Actor, period: Period, protected: Q, query: Mapping[str, object]
) -> Figure:
    live = [TradeMark.Status.FILED, TradeMark.Status.REGISTERED]
    marks = marks_visible(actor).filter(protected, status__in=live)
    lists = watched_marks(actor).filter(is_active=True)
    linked = Q(pk__in=lists.filter(trade_mark__isnull=False).values("trade_mark_id"))
    watched = marks.filter(linked | Q(text__in=lists.values("text")))
    address = _address("registry:marks", query)
    return _share(watched.count(), marks.count(), address, period, method="share")


def _share(
    part: int, whole: int, rows_url: str, period: Period, *, method: str = "share, Wilson"
) -> Figure:
    """A share; one of a sample of an unending stream carries Wilson's interval."""
    is_estimate = whole > 0 and method != "share"
    return Figure(
        value=part / whole if whole else None,
        numerator=part,
        denominator=whole,
        interval=wilson(part, whole) if is_estimate else None,
        rows_url=rows_url,
        as_of=_as_of(period),
        method=method,
    )


def _as_of(period: Period) -> date:
    return min(period.end, timezone.localdate())


def _address(name: str, query: Mapping[str, object]) -> str:
    return f"{reverse(name)}?{urlencode(query)}"


def sweeps_held(actor: Actor, period: Period) -> Sequence[Round]:
    """Finished sweeps of the actor's area in the period; those of one import are not counted."""
    sweeps = Sweep.objects.visible_to(actor).filter(
        finished_at__date__range=(period.start, period.end), changed_since=None
    )
    return [
        Round(timezone.localdate(sweep.finished_at), str(sweep), sweep.get_absolute_url())
        for sweep in sweeps.order_by("finished_at")
    ]


FIGURES: Mapping[str, FigureFunction] = {
    "brands.leads_decided_share": lookalike_leads_decided,
    "brands.sweep_precision": sweep_precision,
    "brands.foreign_leads_decided_share": foreign_leads_decided,
    "brands.well_known_watched_share": well_known_watched,
    "brands.gi_watched_share": geographical_watched,
}
