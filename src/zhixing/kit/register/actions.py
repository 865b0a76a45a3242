"""Deeds on what officers keep of a register, and the bulk edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid, Refused
from zhixing.kit.register.models import ColumnChoice, SavedFilter

if TYPE_CHECKING:
    from zhixing.kit.register.base import Register


def choose_columns(actor: Actor, register: type[Register], names: Sequence[str]) -> ColumnChoice:
    """Keep which columns the officer sees, in the order of the register's own columns.

    Raises:
        Invalid: no known column is among them.
    """
    require(actor, register.permissions.view)
    columns = [column.name for column in register.columns if column.name in set(names)]
    if not columns:
        raise Invalid(_("Choose at least one column."))
    with deed(actor, "columns.choose") as act:
        act.obj, _made = ColumnChoice.objects.update_or_create(
            register=register.key(), owner_id=actor.actor_id, defaults={"columns": columns}
        )
    return act.obj


def save_filter(
    actor: Actor, register: type[Register], *, name: str, query: str, is_shared: bool
) -> SavedFilter:
    """Keep a filter under a name; a filter of one's own with that name is replaced.

    Raises:
        Invalid: the name is empty or too long, or nothing is filtered.
    """
    require(actor, register.permissions.view)
    name = name.strip()
    limit = SavedFilter._meta.get_field("name").max_length or 0
    if not name or len(name) > limit:
        raise Invalid(
            _("Give the filter a name of at most %(limit)s characters.") % {"limit": limit}
        )
    if not query or len(query) > 2000:
        raise Invalid(_("Set a filter first, then save it under a name."))
    with deed(actor, "filter.save") as act:
        act.obj, _made = SavedFilter.objects.update_or_create(
            register=register.key(),
            owner_id=actor.actor_id,
            name=name,
            defaults={"query": query, "is_shared": is_shared, "unit_path": actor.unit_path},
        )
    return act.obj


def delete_filter(actor: Actor, kept: SavedFilter) -> None:
    """Remove a filter of one's own.

    Raises:
        Refused: it belongs to a colleague.
    """
    if kept.owner_id != actor.actor_id:
        raise Refused(_("Only %(owner)s can delete this filter.") % {"owner": kept.owner})
    with deed(actor, "filter.delete", kept, detail={"name": kept.name, "query": kept.query}) as act:
        kept.delete()
        act.obj = None


def update_rows(
    actor: Actor,
    register: type[Register],
    rows: Sequence[Any],
    changes: Mapping[str, Any],
    *,
    reason: str,
) -> int:
    """Make the same change to every row through the register's own action, all or none.

    Returns:
        The number of rows changed.

    Raises:
        Refused: one of the rows lies outside the actor's offices, or the actor may not change it.
        Invalid: no reason, no change, or a row that cannot take the change (it is named).
        Stale: a row changed since it was read.
    """
    if not reason.strip():
        raise Invalid(_("Say why these are changed."), fields={"reason": [_("required")]})
    if register.update is None or not set(changes) or set(changes) - set(register.bulk_fields):
        raise Invalid(_("Choose what to change."))
    require(actor, register.permissions.bulk or register.permissions.change)
    with transaction.atomic():
        for row in rows:
            try:
                register.update(actor, row, changes, stamp=row.updated, reason=reason.strip())
            except Invalid as error:
                details = "; ".join(text for texts in error.fields.values() for text in texts)
                raise Invalid(f"{row}: {details or error}") from error
    return len(rows)
