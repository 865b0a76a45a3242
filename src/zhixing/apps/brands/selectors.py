"""Questions about watch list and sweeps, asked by an actor."""

from __future__ import annotations

from django.db.models import QuerySet

from zhixing.apps.brands.models import Sweep, WatchedMark
from zhixing.kit.actors import Actor, require


def watched_marks(actor: Actor) -> QuerySet[WatchedMark]:
    """The brands watched by the actor's offices."""
    require(actor, "brands.view_watchedmark")
    return WatchedMark.objects.visible_to(actor)


def sweeps_visible(actor: Actor) -> QuerySet[Sweep]:
    """The sweeps of the actor's offices, newest first."""
    require(actor, "brands.view_sweep")
    return Sweep.objects.visible_to(actor).select_related("job")
