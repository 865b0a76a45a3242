"""What the board counts of the brand guard."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from zhixing.apps.brands.actions.sweep_names import MONITOR
from zhixing.apps.brands.models import Sweep
from zhixing.apps.leads.api import handled_share
from zhixing.engines.rates import wilson
from zhixing.kit.actors import Actor
from zhixing.kit.indicators import Figure, Period, Round


def lookalike_leads_decided(actor: Actor, period: Period) -> Figure:
    """Share of the period's look-alike leads on which an officer has decided."""
    decided, found = handled_share(actor, MONITOR, period)
    query = urlencode({"monitor": MONITOR, "found_after": period.start, "found_before": period.end})
    return Figure(
        value=decided / found if found else None,
        numerator=decided,
        denominator=found,
        interval=wilson(decided, found) if found else None,
        rows_url=f"{reverse('leads:leads')}?{query}",
        as_of=min(period.end, timezone.localdate()),
        method="share, Wilson",
    )


def sweeps_held(actor: Actor, period: Period) -> Sequence[Round]:
    """Finished sweeps of the actor's area in the period."""
    sweeps = Sweep.objects.visible_to(actor).filter(
        finished_at__date__range=(period.start, period.end)
    )
    return [
        Round(timezone.localdate(sweep.finished_at), str(sweep), sweep.get_absolute_url())
        for sweep in sweeps.order_by("finished_at")
    ]
