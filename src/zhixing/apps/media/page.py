"""What the pages of a medium and of a round show below their facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q

from zhixing.apps.media.models import Medium, MediumDay, Round
from zhixing.apps.media.selectors import days_visible
from zhixing.kit.actors import Actor

DAYS_SHOWN = 50


def draw_of(actor: Actor, found: Round) -> Mapping[str, Any] | None:
    """How the round was drawn, stratum by stratum; None before it is under way."""
    if found.state == Round.State.DRAFT or not found.is_random:
        return None
    strata = found.strata.annotate(
        monitored=Count("days", filter=Q(days__state=MediumDay.State.MONITORED)),
        missed=Count("days", filter=Q(days__state=MediumDay.State.MISSED)),
    )
    return {"round": found, "strata": strata.order_by("pk")}


def days_of_round(actor: Actor, found: Round) -> Mapping[str, Any] | None:
    """The days of the round that the actor sees, what is still to be monitored first."""
    if found.state == Round.State.DRAFT:
        return None
    rows = days_visible(actor).filter(round=found)
    left = rows.filter(state=MediumDay.State.PLANNED).order_by("day", "pk")
    done = rows.exclude(state=MediumDay.State.PLANNED).order_by("-day", "-pk")
    shown = [*left[:DAYS_SHOWN]]
    shown += done[: DAYS_SHOWN - len(shown)]
    return {"days": shown, "count": rows.count(), "round": found}


def days_of_medium(actor: Actor, medium: Medium) -> Mapping[str, Any] | None:
    """The days on which the medium was or is to be monitored."""
    if not actor.has_perm("media.view_mediumday", medium):
        return None
    rows = days_visible(actor).filter(medium=medium)
    return {"days": rows.order_by("-day", "-pk")[:DAYS_SHOWN], "count": rows.count()}
