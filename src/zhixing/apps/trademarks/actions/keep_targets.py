"""Deeds on the targets of offices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zhixing.apps.trademarks.models import OfficeTarget
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.register import apply_changes, fresh_row, validate


def set_target(actor: Actor, values: Mapping[str, Any]) -> OfficeTarget:
    """Set an office its targets of a year.

    Raises:
        Refused: the actor does not answer for that office.
        Invalid: no number at all, or the office has targets for the year already.
    """
    target = OfficeTarget(unit_path=actor.unit_path)
    apply_changes(target, values)
    require(actor, "trademarks.add_officetarget", target)
    _check(target)
    with deed(actor, "mark_target.set") as act:
        target.save()
        act.obj = target
    return target


def change_target(
    actor: Actor,
    obj: OfficeTarget,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> OfficeTarget:
    """Change the targets of an office.

    Raises:
        Refused: the actor does not answer for that office.
        Stale: a colleague changed them since `stamp`.
        Invalid: no number at all, or another row of the same office and year.
    """
    with transaction.atomic():
        target = fresh_row(obj, stamp)
        require(actor, "trademarks.change_officetarget", target)
        with deed(actor, "mark_target.change", target, reason=reason):
            apply_changes(target, changes)
            require(actor, "trademarks.change_officetarget", target)
            _check(target)
            target.save()
    return target


def _check(target: OfficeTarget) -> None:
    if all(getattr(target, measure) is None for measure in OfficeTarget.MEASURES):
        sentence = _("Set a number for at least one measure.")
        raise Invalid(sentence, fields={"registered": [sentence]})
    validate(target)
