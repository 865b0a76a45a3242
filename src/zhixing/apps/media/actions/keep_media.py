"""Deeds on media: enter, change, set the status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zhixing.apps.media.models import Medium
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.register import apply_changes, fresh_row, validate
from zhixing.kit.search import split_for_search


def create_medium(actor: Actor, values: Mapping[str, Any]) -> Medium:
    """Enter a medium.

    Raises:
        Refused: the office is not one of the actor's.
        Invalid: a field cannot be right.
    """
    medium = Medium(unit_path=actor.unit_path)
    apply_changes(medium, values)
    require(actor, "media.add_medium", medium)
    _complete(medium)
    with deed(actor, "medium.create") as act:
        medium.save()
        act.obj = medium
    return medium


def update_medium(
    actor: Actor,
    obj: Medium,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> Medium:
    """Change a medium.

    Raises:
        Refused: the medium, or the office it is given to, is not one of the actor's.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        medium = fresh_row(obj, stamp)
        require(actor, "media.change_medium", medium)
        with deed(actor, "medium.update", medium, reason=reason):
            apply_changes(medium, changes)
            require(actor, "media.change_medium", medium)
            _complete(medium)
            medium.save()
    return medium


def set_medium_status(actor: Actor, obj: Medium, status: str, *, reason: str) -> Medium:
    """Suspend a medium's advertising, take it up again, or close it.

    Raises:
        Refused: the actor neither heads nor leads its office.
        Invalid: the status is unknown, or no reason is given.
    """
    if status not in Medium.Status.values:
        raise Invalid(
            _("Expected one of %(known)s, got “%(given)s”.")
            % {"known": ", ".join(Medium.Status.values), "given": status}
        )
    if not reason.strip():
        raise Invalid(_("Say why the status changes."), fields={"reason": [_("required")]})
    with transaction.atomic():
        medium = fresh_row(obj)
        require(actor, "media.set_status", medium)
        with deed(actor, "medium.status", medium, reason=reason.strip()):
            medium.status = status
            medium.save(update_fields=["status", "updated"])
    return medium


def complete_imported(media: Sequence[Medium]) -> None:
    """Fill what follows from the columns of media that an import has just written."""
    for medium in media:
        medium.search_text = _words(medium)
    Medium.objects.bulk_update(media, ["search_text"], batch_size=500)


def _complete(medium: Medium) -> None:
    medium.name, medium.number = medium.name.strip(), medium.number.strip()
    if medium.operator is not None and not medium.operator_name:
        medium.operator_name = medium.operator.name
    medium.search_text = _words(medium)
    same = Medium.objects.filter(number=medium.number).exclude(pk=medium.pk)
    if medium.number and same.exists():
        sentence = _("A medium with this number is in the register already.")
        raise Invalid(sentence, fields={"number": [sentence]})
    validate(medium)


def _words(medium: Medium) -> str:
    return split_for_search(medium.number, medium.name, medium.operator_name, medium.address)
