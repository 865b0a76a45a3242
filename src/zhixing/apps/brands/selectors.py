"""Questions about watch lists, sightings, sweeps and hits, asked by an actor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext

from zhixing.apps.accounts.api import Region
from zhixing.apps.brands.models import Hit, Sighting, Sweep, WatchedMark
from zhixing.apps.registry.api import TradeMark, marks_visible
from zhixing.kit.actors import Actor, require
from zhixing.kit.scope import with_offices_above, within_any


def watched_marks(actor: Actor) -> QuerySet[WatchedMark]:
    """The brands watched by the actor's offices, and those that offices above watch for all."""
    require(actor, "brands.view_watchedmark")
    above = {office for path in actor.scope_paths for office in with_offices_above(path)}
    own = within_any(actor.scope_paths)
    # An actor who sees everything has no condition, and "no condition or …" is not "everything".
    wanted = own | Q(unit_path__in=above) if own else own
    return WatchedMark.objects.filter(wanted).select_related("trade_mark")


def marks_watched_for(unit_path: str) -> QuerySet[WatchedMark]:
    """The brands an area is swept for: of its own office, of those above it and of those below.

    A brand of an office below protects the names of that office's own area alone.
    """
    own_or_above = Q(unit_path__in=with_offices_above(unit_path))
    return WatchedMark.objects.filter(
        own_or_above | Q(unit_path__within=unit_path), is_active=True
    ).order_by("pk")


def marks_to_take_over(actor: Actor, unit_path: str) -> Iterator[TradeMark]:
    """Protected marks in force that the register holds and the office's list does not."""
    listed = set(WatchedMark.objects.filter(unit_path=unit_path).values_list("text", flat=True))
    live = [TradeMark.Status.FILED, TradeMark.Status.REGISTERED]
    protected = ~Q(protection=[]) | Q(kind=TradeMark.Kind.GEOGRAPHICAL)
    rows = marks_visible(actor).filter(protected, status__in=live).order_by("pk")
    return (mark for mark in rows.iterator() if mark.text.strip() not in listed)


def sightings_visible(actor: Actor) -> QuerySet[Sighting]:
    """The sightings of the actor's offices."""
    require(actor, "brands.view_sighting")
    return Sighting.objects.visible_to(actor).select_related("subject", "reported_by")


def hits_visible(actor: Actor) -> QuerySet[Hit]:
    """What was found about names of the actor's offices."""
    require(actor, "brands.view_hit")
    return Hit.objects.visible_to(actor).select_related(
        "subject", "watched", "lead", "authorisation", "rival"
    )


def hits_of_name(actor: Actor, kind: str, pk: int) -> QuerySet[Hit]:
    """What was found about a name, by the kind of its register and its row; likeliest first."""
    found = hits_visible(actor).filter(name_kind=kind, object_id=pk)
    return found.order_by("-probability", "-pk")


def hits_of_brand(actor: Actor, brand: WatchedMark) -> QuerySet[Hit]:
    """The names of the actor's offices found like a brand and not gone since; likeliest first."""
    found = hits_visible(actor).filter(watched=brand).exclude(standing=Hit.Standing.GONE)
    return found.order_by("-probability", "-pk")


def territories(brands: Iterable[WatchedMark]) -> dict[int, str]:
    """Where brands are protected, by the names of the divisions, in one query."""
    listed = list(brands)
    codes = {code: code.ljust(6, "0") for brand in listed for code in brand.territory}
    names = dict(Region.objects.filter(code__in=codes.values()).values_list("code", "name"))
    everywhere = gettext("everywhere")
    return {
        brand.pk: "、".join(names.get(codes[code], code) for code in brand.territory) or everywhere
        for brand in listed
    }


def sweeps_visible(actor: Actor) -> QuerySet[Sweep]:
    """The sweeps of the actor's offices, newest first."""
    require(actor, "brands.view_sweep")
    return Sweep.objects.visible_to(actor).select_related("job")


def hits_left_alone(actor: Actor, sweep: Sweep) -> QuerySet[Hit]:
    """What a sweep found and left alone, the most probable first."""
    found = hits_visible(actor).filter(sweep=sweep, standing=Hit.Standing.EXCLUDED)
    return found.order_by("-probability", "-pk")


def may_see_sighting(actor: Actor, sighting: Model) -> bool:
    """Whether the sighting is among those the actor's selector shows."""
    return actor.has_perm("brands.view_sighting", sighting)
