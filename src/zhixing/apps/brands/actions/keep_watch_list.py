"""Deeds on the watch list: add a brand, change it, stop watching it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zhixing.apps.brands.models import WatchedMark
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.register import apply_changes, fresh_row, validate

SHORTEST = 2


def add_watched_mark(actor: Actor, values: Mapping[str, Any]) -> WatchedMark:
    """Put a brand on the watch list; without `unit_path` on that of the actor's own office.

    Raises:
        Refused: the actor keeps no watch list of that office.
        Invalid: the text is too short to tell names apart, or is on the list already.
    """
    mark = WatchedMark(unit_path=actor.unit_path)
    apply_changes(mark, values)
    require(actor, "brands.add_watchedmark", mark)
    _check(mark)
    with deed(actor, "watched_mark.add") as act:
        mark.save()
        act.obj = mark
    return mark


def change_watched_mark(
    actor: Actor,
    obj: WatchedMark,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> WatchedMark:
    """Change what the list says of a brand, or stop and resume watching it.

    Raises:
        Refused: the brand is not on a list of the actor's offices.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        mark = fresh_row(obj, stamp)
        require(actor, "brands.change_watchedmark", mark)
        with deed(actor, "watched_mark.change", mark, reason=reason):
            apply_changes(mark, changes)
            require(actor, "brands.change_watchedmark", mark)
            _check(mark)
            mark.save()
    return mark


def _check(mark: WatchedMark) -> None:
    mark.text = mark.text.strip()
    if len(mark.text) < SHORTEST:
        sentence = _(
            "A watched brand needs at least %(n)d characters; “%(text)s” would match too much."
        ) % {"n": SHORTEST, "text": mark.text}
        raise Invalid(sentence, fields={"text": [sentence]})
    validate(mark)
