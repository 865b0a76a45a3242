"""Questions about programmes, asked by an actor."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from zhixing.apps.programme.models import ItemSetting, Programme
from zhixing.kit.actors import Actor, require
from zhixing.kit.scope import within_any


def programmes_visible(actor: Actor) -> QuerySet[Programme]:
    """The programmes of the actor's bureaus: of the offices themselves and of those above them.

    Raises:
        Refused: the actor's role has no business with the programme.
    """
    require(actor, "programme.view_programme")
    above = {
        path[: position + 1]
        for path in actor.scope_paths
        for position, letter in enumerate(path)
        if letter == "/"
    }
    if "" in actor.scope_paths:  # the platform itself
        return Programme.objects.all()
    return Programme.objects.filter(within_any(actor.scope_paths) | Q(unit_path__in=above))


def programme_of(actor: Actor, year: int | None = None) -> Programme | None:
    """The programme of the year, or the latest one; of several bureaus the nearest above."""
    programmes = programmes_visible(actor)
    if year is not None:
        programmes = programmes.filter(year=year)
    return programmes.order_by("-year", "-unit_path").first()


def settings_of(programme: Programme) -> dict[str, ItemSetting]:
    """What the bureau set, by item code."""
    rows = programme.settings.select_related("owner_unit", "owner_officer__unit", "programme")
    return {row.item_code: row for row in rows}
