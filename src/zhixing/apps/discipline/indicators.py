"""What the board counts of advertising discipline (clause 二/(六) and the goal of clause 一).

Rates come from random rounds alone. Nothing here counts fines: amounts of penalties never enter an
appraisal (Administrative Penalty Law art 74).
"""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from zhixing.apps.discipline import facts, rating, selectors
from zhixing.apps.discipline.models import Sanction
from zhixing.apps.leads.api import Lead, leads_visible
from zhixing.engines.rates import Ratio, wilson
from zhixing.kit.actors import Actor
from zhixing.kit.indicators import Figure, Period, register_figure

MONITOR = "adverts"


def illegal_rate_item(actor: Actor, period: Period) -> Figure:
    """Unlawful share of the advertisements of the period."""
    return _rate(actor, period, "item")


def illegal_rate_time(actor: Actor, period: Period) -> Figure:
    """Unlawful share of the advertising time of the period."""
    return _rate(actor, period, "time")


def serious_rate(actor: Actor, period: Period) -> Figure:
    """Seriously unlawful share of the advertisements of the period."""
    return _rate(actor, period, "serious")


def priority_illegal_rate(actor: Actor, period: Period) -> Figure:
    """Unlawful share of the advertisements of the five focus trades."""
    return _rate(actor, period, "focus")


def clues_decided(actor: Actor, period: Period) -> Figure:
    """Share of the period's suspected advertisements on which an officer has decided."""
    found = leads_visible(actor).filter(
        monitor=MONITOR, found_at__date__range=(period.start, period.end)
    )
    decided = found.filter(state=Lead.State.DISPOSED, disposed_at__date__lte=period.end)
    return _share(decided.count(), found.count(), _leads_url(period), period)


def handling_days(actor: Actor, period: Period) -> Figure:
    """Median of the days from the finding of a suspected advertisement to the decision on it."""
    rows = leads_visible(actor).filter(
        monitor=MONITOR,
        state=Lead.State.DISPOSED,
        disposed_at__date__range=(period.start, period.end),
    )
    spans = [
        (timezone.localdate(disposed) - timezone.localdate(found)) / timedelta(days=1)
        for found, disposed in rows.values_list("found_at", "disposed_at")
    ]
    query = {"monitor": MONITOR, "decided_after": period.start, "decided_before": period.end}
    return Figure(
        value=median(spans) if spans else None,
        numerator=len(spans),
        rows_url=f"{reverse('leads:leads')}?{urlencode(query)}",
        as_of=_as_of(period),
        method="median of days",
    )


def dispatches_on_time(actor: Actor, period: Period) -> Figure:
    """Share of the advertisements sent on in the period that were dealt with in time.

    Counted are those answered and those overdue; one that is not yet due says nothing.
    """
    today = timezone.localdate()
    sent = selectors.dispatches_visible(actor).filter(sent_on__range=(period.start, period.end))
    answered = sent.filter(state="answered")
    overdue = sent.filter(Q(due_on__lt=today) & ~Q(state="answered"))
    on_time = answered.filter(was_late=False).count()
    query = {"sent_after": period.start, "sent_before": period.end}
    url = f"{reverse('discipline:dispatches')}?{urlencode(query)}"
    return _share(on_time, answered.count() + overdue.count(), url, period)


def ladder_applied(actor: Actor, period: Period) -> Figure:
    """Share of the measures that figures proposed in the period on which people have decided.

    Dropping a proposal with a reason, or refusing it, is a decision too: counted is that nothing
    was left lying, not that much was punished.
    """
    proposed = selectors.sanctions_visible(actor).filter(
        proposed_by__isnull=True, proposed_on__range=(period.start, period.end)
    )
    waiting = proposed.filter(state__in=Sanction.UNDER_WAY).count()
    whole = proposed.count()
    query = {"proposed_after": period.start, "proposed_before": period.end}
    url = f"{reverse('discipline:sanctions')}?{urlencode(query)}"
    return _share(whole - waiting, whole, url, period)


def register() -> None:
    """Name the figures under the codes of the programme file."""
    register_figure("adverts.illegal_rate_item", illegal_rate_item)
    register_figure("adverts.illegal_rate_time", illegal_rate_time)
    register_figure("adverts.serious_rate", serious_rate)
    register_figure("adverts.priority_illegal_rate", priority_illegal_rate)
    register_figure("adverts.clues_decided_share", clues_decided)
    register_figure("adverts.handling_days", handling_days)
    register_figure("adverts.dispatches_on_time_share", dispatches_on_time)
    register_figure("adverts.ladder_applied_share", ladder_applied)


def _rate(actor: Actor, period: Period, measure: str) -> Figure:
    rates = rating.whole(facts.random_days(actor, period.start, period.end))
    found: Ratio = rates.of(measure)
    url = f"{reverse('discipline:home')}?{urlencode({'month': _as_of(period)})}"
    return Figure(
        value=found.value,
        numerator=found.bad_rows,
        denominator=found.rows,
        interval=found.interval,
        rows_url=url,
        as_of=_as_of(period),
        method="ratio of a stratified cluster sample",
    )


def _leads_url(period: Period) -> str:
    query = {"monitor": MONITOR, "found_after": period.start, "found_before": period.end}
    return f"{reverse('leads:leads')}?{urlencode(query)}"


def _share(part: int, whole: int, url: str, period: Period) -> Figure:
    return Figure(
        value=part / whole if whole else None,
        numerator=part,
        denominator=whole,
        interval=wilson(part, whole) if whole else None,
        rows_url=url,
        as_of=_as_of(period),
        method="share, Wilson",
    )


def _as_of(period: Period) -> date:
    return min(period.end, timezone.localdate())
