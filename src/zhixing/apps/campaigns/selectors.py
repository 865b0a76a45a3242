"""Questions about campaigns, asked by an actor."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from zhixing.apps.campaigns.models import Campaign
from zhixing.kit.actors import Actor, require
from zhixing.kit.indicators import Period
from zhixing.kit.scope import with_offices_above, within_any


def campaigns_visible(actor: Actor) -> QuerySet[Campaign]:
    """The campaigns of the actor's offices, and those of the offices above the actor's own."""
    require(actor, "campaigns.view_campaign")
    found: QuerySet[Campaign] = Campaign.objects.filter(
        within_any(actor.scope_paths) | Q(unit_path__in=with_offices_above(actor.unit_path))
    )
    return found.select_related("closed_by")


def campaigns_held(actor: Actor, clause: str, period: Period) -> QuerySet[Campaign]:
    """Campaigns under a clause of the programme that run or ran in the period."""
    return (
        campaigns_visible(actor)
        .exclude(state=Campaign.State.DRAFT)
        .filter(clause=clause, starts_on__lte=period.end, ends_on__gte=period.start)
        .order_by("starts_on", "pk")
    )
