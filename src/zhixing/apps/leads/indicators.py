"""What the board counts of leads that no single monitor raises."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from zhixing.apps.leads.models import Lead
from zhixing.engines.rates import wilson
from zhixing.kit.actors import Actor
from zhixing.kit.indicators import Figure, Period

FRAUD = ("false_promotion", "commercial_fraud")


def fraud_leads_decided(actor: Actor, period: Period) -> Figure:
    """Share of the period's leads on false publicity and commercial fraud decided by its end."""
    counts = (
        Lead.objects.visible_to(actor)
        .filter(act_kind__in=FRAUD, found_at__date__range=(period.start, period.end))
        .aggregate(
            found=Count("pk"),
            decided=Count(
                "pk", filter=Q(state=Lead.State.DISPOSED, disposed_at__date__lte=period.end)
            ),
        )
    )
    decided, found = counts["decided"], counts["found"]
    query = urlencode(
        {"act_kind": FRAUD, "found_after": period.start, "found_before": period.end}, doseq=True
    )
    return Figure(
        value=decided / found if found else None,
        numerator=decided,
        denominator=found,
        interval=wilson(decided, found) if found else None,
        rows_url=f"{reverse('leads:leads')}?{query}",
        as_of=min(period.end, timezone.localdate()),
        method="share, Wilson",
    )
