"""Deeds on sightings: record a name that was seen, change the record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.brands.models import Sighting
from zhixing.apps.registry.api import clean_nice_classes
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.files.api import attach
from zhixing.kit.register import apply_changes, fresh_row, validate
from zhixing.kit.search import split_for_search

SHORTEST = 2


def record_sighting(
    actor: Actor, values: Mapping[str, Any], *, photo: File[Any] | None = None
) -> Sighting:
    """Record a name that was seen; without `unit_path` it belongs to the actor's own office.

    It is judged as soon as it is kept. A photo becomes its first evidence file.

    Raises:
        Refused: the office is not one of the actor's.
        Invalid: a field cannot be right, or the photo is no evidence.
    """
    sighting = Sighting(unit_path=actor.unit_path, seen_on=timezone.localdate())
    apply_changes(sighting, {key: value for key, value in values.items() if value is not None})
    sighting.reported_by_id = actor.actor_id
    require(actor, "brands.add_sighting", sighting)
    _check(sighting)
    with transaction.atomic(), deed(actor, "sighting.record") as act:
        sighting.save()
        act.obj = sighting
        if photo is not None:
            attach(actor, sighting, photo, role="photo", source=sighting.seen_at)
    return sighting


def change_sighting(
    actor: Actor,
    obj: Sighting,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> Sighting:
    """Change fields of a sighting; a changed text is judged anew.

    Raises:
        Refused: the sighting is not in the actor's offices.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        sighting = fresh_row(obj, stamp)
        require(actor, "brands.change_sighting", sighting)
        with deed(actor, "sighting.change", sighting, reason=reason):
            apply_changes(sighting, changes)
            require(actor, "brands.change_sighting", sighting)
            _check(sighting)
            sighting.save()
    return sighting


def _check(sighting: Sighting) -> None:
    # Line ends part a label and stay; other runs of blanks become one.
    lines = (" ".join(line.split()) for line in sighting.text.splitlines())
    sighting.text = "\n".join(line for line in lines if line)
    if len(sighting.text) < SHORTEST:
        sentence = _("Expected a name of at least %(n)d characters, found “%(text)s”.") % {
            "n": SHORTEST,
            "text": sighting.text,
        }
        raise Invalid(sentence, fields={"text": [sentence]})
    if sighting.seen_on and sighting.seen_on > timezone.localdate():
        sentence = _("Expected today or an earlier day, found %(day)s.") % {"day": sighting.seen_on}
        raise Invalid(sentence, fields={"seen_on": [sentence]})
    if (sighting.longitude is None) != (sighting.latitude is None):
        sentence = _("Give both longitude and latitude, or neither.")
        raise Invalid(sentence, fields={"latitude": [sentence]})
    sighting.nice_classes = clean_nice_classes(sighting.nice_classes)
    sighting.search_text = split_for_search(sighting.text, sighting.seen_at)
    validate(sighting)
