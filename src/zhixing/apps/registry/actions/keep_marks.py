"""Deeds on trade marks: enter, change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zhixing.apps.registry.checks import clean_nice_classes, clean_similar_groups
from zhixing.apps.registry.models import TradeMark
from zhixing.apps.registry.naming import fill_mark
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.register import apply_changes, fresh_row, validate


def create_mark(actor: Actor, values: Mapping[str, Any]) -> TradeMark:
    """Enter a trade mark; without `unit_path` the actor's own office looks after it.

    Raises:
        Refused: the office is not one of the actor's.
        Invalid: a field cannot be right.
    """
    mark = TradeMark(unit_path=actor.unit_path)
    apply_changes(mark, values)
    require(actor, "registry.add_trademark", mark)
    _check(mark)
    with deed(actor, "mark.create") as act:
        mark.save()
        act.obj = mark
    return mark


def update_mark(
    actor: Actor,
    obj: TradeMark,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> TradeMark:
    """Change fields of a trade mark.

    Raises:
        Refused: the mark, or the office it is given to, is not one of the actor's.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        mark = fresh_row(obj, stamp)
        require(actor, "registry.change_trademark", mark)
        with deed(actor, "mark.update", mark, reason=reason):
            apply_changes(mark, changes)
            require(actor, "registry.change_trademark", mark)
            _check(mark)
            mark.save()
    return mark


def _check(mark: TradeMark) -> None:
    mark.text = " ".join(mark.text.split())
    mark.registration_number = mark.registration_number.strip().upper()
    if mark.registration_number and (
        TradeMark.objects.filter(registration_number=mark.registration_number)
        .exclude(pk=mark.pk)
        .exists()
    ):
        sentence = _("A mark with this registration number is in the register already.")
        raise Invalid(sentence, fields={"registration_number": [sentence]})
    mark.nice_classes = clean_nice_classes(mark.nice_classes)
    mark.similar_groups = clean_similar_groups(mark.similar_groups)
    if unknown := set(mark.protection) - set(TradeMark.Protection.values):
        sentence = _("Unknown protection: %(found)s.") % {"found": ", ".join(sorted(unknown))}
        raise Invalid(sentence, fields={"protection": [sentence]})
    mark.protection = [code for code in TradeMark.Protection.values if code in mark.protection]
    if mark.holder is not None and not mark.holder_name:
        mark.holder_name = mark.holder.name
    for start, end in (("filed_on", "registered_on"), ("registered_on", "expires_on")):
        first, last = getattr(mark, start), getattr(mark, end)
        if first and last and last < first:
            sentence = _("Expected a day on or after %(start)s, found %(end)s.") % {
                "start": first,
                "end": last,
            }
            raise Invalid(sentence, fields={end: [sentence]})
    fill_mark(mark)
    validate(mark)
