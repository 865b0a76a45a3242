"""What the board counts of campaigns against unfair competition."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from zhixing.apps.campaigns.selectors import campaigns_held
from zhixing.apps.leads.api import decided_of_found
from zhixing.engines.rates import wilson
from zhixing.kit.actors import Actor
from zhixing.kit.indicators import Figure, Period, Round

CLAUSE = "二/(二)"


def campaign_leads_decided(actor: Actor, period: Period) -> Figure:
    """Share of the leads found within campaigns of the period that were decided.

    Each campaign counts its own leads over its days within the period; a lead that two campaigns
    both cover counts in both.
    """
    decided = found = 0
    for campaign in campaigns_held(actor, CLAUSE, period):
        days = Period(max(campaign.starts_on, period.start), min(campaign.ends_on, period.end))
        counts = decided_of_found(actor, campaign.extent(tuple(campaign.offices)), days)
        decided, found = decided + counts[0], found + counts[1]
    query = urlencode(
        {"clause": CLAUSE, "state": ["running", "closed"], "runs_after": period.start,
         "runs_before": period.end}, doseq=True,
    )  # fmt: skip
    return Figure(
        value=decided / found if found else None,
        numerator=decided,
        denominator=found,
        interval=wilson(decided, found) if found else None,
        rows_url=f"{reverse('campaigns:campaigns')}?{query}",
        as_of=min(period.end, timezone.localdate()),
        method="share, Wilson",
    )


def campaigns_as_rounds(actor: Actor, period: Period) -> Sequence[Round]:
    """Campaigns under the clause that run or ran in the period, by their first day."""
    return [
        Round(campaign.starts_on, campaign.title, campaign.get_absolute_url())
        for campaign in campaigns_held(actor, CLAUSE, period)
    ]
