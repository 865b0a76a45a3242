"""What the board counts of authorisation chains."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from zhixing.apps.chains.models import Label
from zhixing.engines.rates import wilson
from zhixing.kit.actors import Actor
from zhixing.kit.indicators import Figure, Period


def chains_checked(actor: Actor, period: Period) -> Figure:
    """Share of the labels that name a licensor, seen in the period, whose roles are confirmed.

    Every label is compared with the contracts on file as it is entered; a chain counts as checked
    when an officer has gone over what the engine read.
    """
    claimed = Label.objects.visible_to(actor).filter(
        has_lender=True, seen_on__range=(period.start, period.end)
    )
    total = claimed.count()
    checked = claimed.filter(confirmed_at__isnull=False).count()
    query = urlencode({"has_lender": "true", "seen_after": period.start, "seen_before": period.end})
    return Figure(
        value=checked / total if total else None,
        numerator=checked,
        denominator=total,
        interval=wilson(checked, total) if total else None,
        rows_url=f"{reverse('chains:labels')}?{query}",
        as_of=min(period.end, timezone.localdate()),
        method="share, Wilson",
    )
