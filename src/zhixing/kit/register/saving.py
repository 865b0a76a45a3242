"""What the actions of a register share: the lock against lost changes, and validation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from zhixing.kit.errors import Conflict, Invalid

M = TypeVar("M", bound=models.Model)


class Stale(Conflict):
    """Somebody changed the row after the form was opened; `row` is the row as it stands now."""

    code = "state.stale"

    def __init__(self, row: models.Model) -> None:
        super().__init__(
            _("“%(row)s” was changed while you were writing. Compare, then save again.")
            % {"row": row}
        )
        self.row = row


def fresh_row(obj: M, stamp: datetime | None = None) -> M:
    """The row read again and locked until the transaction ends.

    Args:
        obj: the row as it was read before.
        stamp: its `updated` value at that time; None when the caller did not show it to anybody.

    Raises:
        Stale: the row carries another stamp now.
    """
    row = type(obj)._default_manager.select_for_update().get(pk=obj.pk)
    if stamp is not None and row.updated != stamp:  # type: ignore[attr-defined]
        raise Stale(row)
    return row


def apply_changes(obj: models.Model, changes: Mapping[str, Any]) -> None:
    """Set the fields named in `changes`.

    Raises:
        Invalid: a name is no field of the model that may be edited.
    """
    known = {field.name for field in obj._meta.concrete_fields if field.editable}
    if unknown := sorted(set(changes) - known):
        raise Invalid(_("Unknown fields: %(names)s.") % {"names": ", ".join(unknown)})
    for name, value in changes.items():
        setattr(obj, name, value)


def validate(obj: models.Model) -> None:
    """Check the row's own fields and constraints.

    Raises:
        Invalid: with what was expected and found, by field.
    """
    try:
        obj.full_clean()
    except ValidationError as error:
        fields = dict(error.message_dict)
        general = fields.pop(NON_FIELD_ERRORS, [])
        message = " ".join(general) or _("Some fields cannot be saved as they are.")
        raise Invalid(message, fields=fields) from error
