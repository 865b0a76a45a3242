"""The rate by item over the last months, with its interval, as a chart."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from zhixing.apps.discipline import facts, rating
from zhixing.apps.discipline.figures import month_before
from zhixing.kit import charts
from zhixing.kit.actors import Actor

MONTHS = 12


def chart(actor: Actor, month: date) -> charts.Chart | None:
    """Twelve months up to `month`; None where no month holds a random round."""
    months = [month]
    while len(months) < MONTHS:
        months.insert(0, month_before(months[0]))
    days = facts.random_days(actor, months[0], facts.month_of(month)[1])
    if not days:
        return None
    rates = rating.by_domain(days, lambda row: row.day.replace(day=1))
    found = [rates.get(one, rating.EMPTY) for one in months]
    bounds = [one.item.interval or (one.item.value, one.item.value) for one in found]
    lines = [
        charts.Line(
            _("All trades"),
            [one.item.value for one in found],
            [low for low, _high in bounds],
            [high for _low, high in bounds],
        ),
        charts.Line(_("Focus trades"), [one.focus.value for one in found]),
    ]
    return charts.lines(
        _("Violation rate by item, month by month"),
        [f"{one:%Y-%m}" for one in months],
        lines,
        heading=_("Month"),
        unit="percent",
        note=_("Random rounds alone; band: 95% interval."),
    )
