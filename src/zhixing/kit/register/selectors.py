"""Questions about what officers keep of a register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from zhixing.kit.register.columns import Column
from zhixing.kit.register.models import ColumnChoice, SavedFilter

if TYPE_CHECKING:
    from zhixing.kit.register.base import Register


def chosen_columns(actor: Any, register: type[Register]) -> list[Column]:
    """The columns the officer chose, or those shown by default; never none."""
    choice = ColumnChoice.objects.filter(register=register.key(), owner_id=actor.actor_id).first()
    chosen = [
        column for name in (choice.columns if choice else ()) if (column := register.column(name))
    ]
    return chosen or [column for column in register.columns if column.shown]


def saved_filters(actor: Any, register: type[Register]) -> QuerySet[SavedFilter]:
    """The officer's own filters and those shared in the same office, by name."""
    shared = Q(is_shared=True, unit_path=actor.unit_path)
    return SavedFilter.objects.filter(
        Q(owner_id=actor.actor_id) | shared, register=register.key()
    ).select_related("owner")
