"""Questions about media and rounds, asked by an actor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet

from zhixing.apps.media.models import Medium, MediumDay, Round
from zhixing.kit.actors import Actor, require


def media_visible(actor: Actor) -> QuerySet[Medium]:
    """The media of the actor's offices."""
    require(actor, "media.view_medium")
    return Medium.objects.visible_to(actor).select_related("operator")


def rounds_visible(actor: Actor) -> QuerySet[Round]:
    """The rounds of the actor's offices."""
    require(actor, "media.view_round")
    return Round.objects.visible_to(actor).select_related("drawn_by")


def days_visible(actor: Actor) -> QuerySet[MediumDay]:
    """The monitored days of the actor's offices, whoever's round they belong to."""
    require(actor, "media.view_mediumday")
    return MediumDay.objects.visible_to(actor).select_related("medium", "round", "stratum")


def done_of_rounds(rows: Sequence[Any]) -> Mapping[Any, Any]:
    """`12/40` for each round: days monitored of the days drawn or chosen."""
    counts = Round.objects.filter(pk__in=[row.pk for row in rows]).annotate(
        n=Count("days"), done=Count("days", filter=Q(days__state=MediumDay.State.MONITORED))
    )
    return {row.pk: f"{row.done}/{row.n}" for row in counts if row.n}
