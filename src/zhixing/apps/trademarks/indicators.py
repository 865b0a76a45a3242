"""What the board counts of the trade-mark services."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from zhixing.apps.registry.api import TradeMark
from zhixing.apps.trademarks.models import Reminder
from zhixing.apps.trademarks.scorecard import field_offices, marks_needed, stock_of
from zhixing.apps.trademarks.selectors import (
    cultivations_visible,
    in_force_on,
    licences_to_file,
    protected_marks,
    reminders_visible,
)
from zhixing.engines.rates import wilson
from zhixing.kit.actors import Actor
from zhixing.kit.indicators import Figure, Period


def filings_searched(actor: Actor, period: Period) -> Figure:
    """Share of the period's filings for which like marks were searched for beforehand."""
    filed = cultivations_visible(actor).filter(filed_on__range=(period.start, period.end))
    searched = filed.filter(searched_on__lte=F("filed_on")).count()
    query = urlencode({"filed_after": period.start, "filed_before": period.end})
    url = f"{reverse('trademarks:cultivations')}?{query}"
    return share(searched, filed.count(), url, period)


def offices_with_marks(actor: Actor, period: Period) -> Figure:
    """Share of field offices that have brought several marks to registration."""
    day = min(period.end, timezone.localdate())
    offices = field_offices(actor, day)
    stock, needed = stock_of(actor, day), marks_needed(day)
    having = sum(stock.get(office.path, 0) >= needed for office in offices)
    url = f"{reverse('trademarks:scorecard')}?{urlencode({'year': day.year})}"
    # Every office is counted, none sampled: there is nothing to estimate.
    return Figure(
        value=having / len(offices) if offices else None,
        numerator=having,
        denominator=len(offices),
        rows_url=url,
        as_of=day,
    )


def renewed_on_time(actor: Actor, period: Period) -> Figure:
    """Share of the marks whose term ended in the period that were renewed before its end.

    Counted by the reminders of each term; marks that ended otherwise (given up, cancelled) do not
    count.
    """
    rows = reminders_visible(actor).filter(
        kind__in=Reminder.TERM_KINDS,
        mark__status=TradeMark.Status.REGISTERED,
        term_end__range=(period.start, as_of(period)),
    )
    terms = set(rows.values_list("mark", "term_end"))
    renewed = rows.filter(outcome=Reminder.Outcome.RENEWED, settled_on__lte=F("term_end"))
    in_time = set(renewed.values_list("mark", "term_end"))
    query = urlencode({"term_after": period.start, "term_before": as_of(period)})
    url = f"{reverse('trademarks:reminders')}?{query}"
    return share(len(in_time), len(terms), url, period)


def protected(actor: Actor, period: Period) -> Figure:
    """How many registered marks of the area are well-known, or famous by the old scheme."""
    return Figure(
        value=protected_marks(actor).count(),
        rows_url=reverse("trademarks:protected-marks"),
        as_of=as_of(period),
    )


def licences_filed(actor: Actor, period: Period) -> Figure:
    """Share of the licences in force today that are filed."""
    rows = licences_to_file(actor).filter(in_force_on(timezone.localdate()))
    filed = rows.filter(filed_on__isnull=False).count()
    url = f"{reverse('trademarks:licences')}?{urlencode({'in_force': 'true'})}"
    return share(filed, rows.count(), url, period)


def share(part: int, whole: int, url: str, period: Period) -> Figure:
    """A share with Wilson's interval; without anything to count it has no value."""
    return Figure(
        value=part / whole if whole else None,
        numerator=part,
        denominator=whole,
        interval=wilson(part, whole) if whole else None,
        rows_url=url,
        as_of=as_of(period),
        method="share, Wilson",
    )


def as_of(period: Period) -> date:
    """The last day of the period that has come."""
    return min(period.end, timezone.localdate())
