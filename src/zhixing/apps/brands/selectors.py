"""Questions about watch list and sweeps, asked by an actor."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from zhixing.apps.brands.models import Sweep, WatchedMark
from zhixing.kit.actors import Actor, require
from zhixing.kit.scope import with_offices_above, within_any


def watched_marks(actor: Actor) -> QuerySet[WatchedMark]:
    """The brands watched by the actor's offices, and those that offices above watch for all."""
    require(actor, "brands.view_watchedmark")
    above = {office for path in actor.scope_paths for office in with_offices_above(path)}
    return WatchedMark.objects.filter(within_any(actor.scope_paths) | Q(unit_path__in=above))


def marks_watched_for(unit_path: str) -> QuerySet[WatchedMark]:
    """The brands an area is swept for: those its own office watches or an office above it."""
    return WatchedMark.objects.filter(
        unit_path__in=with_offices_above(unit_path), is_active=True
    ).order_by("pk")


def sweeps_visible(actor: Actor) -> QuerySet[Sweep]:
    """The sweeps of the actor's offices, newest first."""
    require(actor, "brands.view_sweep")
    return Sweep.objects.visible_to(actor).select_related("job")
