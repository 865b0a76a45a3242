"""Deeds on checks of how marks are used."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.trademarks.models import UseCheck
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.register import apply_changes, fresh_row, validate


def add_check(actor: Actor, values: Mapping[str, Any]) -> UseCheck:
    """Enter a check; it belongs to the office of the operator that was checked.

    Raises:
        Refused: the operator is not of the actor's offices.
        Invalid: a field cannot be right.
    """
    row = UseCheck()
    apply_changes(row, values)
    row.unit_path = row.subject.unit_path if row.subject_id else actor.unit_path
    require(actor, "trademarks.add_usecheck", row)
    _check(row)
    with deed(actor, "use_check.add") as act:
        row.save()
        act.obj = row
    return row


def change_check(
    actor: Actor,
    obj: UseCheck,
    changes: Mapping[str, Any],
    *,
    stamp: datetime | None = None,
    reason: str = "",
) -> UseCheck:
    """Correct a check.

    Raises:
        Refused: it is not of the actor's offices.
        Stale: a colleague changed it since `stamp`.
        Invalid: a field cannot be right.
    """
    with transaction.atomic():
        row = fresh_row(obj, stamp)
        require(actor, "trademarks.change_usecheck", row)
        with deed(actor, "use_check.change", row, reason=reason):
            apply_changes(row, changes)
            row.unit_path = row.subject.unit_path
            require(actor, "trademarks.change_usecheck", row)
            _check(row)
            row.save()
    return row


def _check(row: UseCheck) -> None:
    validate(row)
    if row.checked_on > timezone.localdate():
        sentence = _("Expected a day that has come, found %(day)s.") % {"day": row.checked_on}
        raise Invalid(sentence, fields={"checked_on": [sentence]})
