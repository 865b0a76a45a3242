"""Which doors of a register stand open to an actor; templates ask `may.…` and nothing else."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from zhixing.kit.actors import require
from zhixing.kit.register.base import Register
from zhixing.kit.requests import OfficerRequest


def may(request: OfficerRequest, register: type[Register], obj: Any = None) -> dict[str, bool]:
    """What the officer may do here (to this row)."""
    held = register.permissions
    user = request.user

    def has(perm: str) -> bool:
        return bool(perm) and user.has_perm(perm, obj)

    return {
        "create": register.create is not None and has(held.add),
        "edit": register.update is not None and has(held.change),
        "bulk": bool(register.bulk_fields) and has(held.bulk or held.change),
        "export": has(held.export),
        "import": register.importer is not None and register.importer().may(user),
    }


def find_row(request: OfficerRequest, register: type[Register], pk: int) -> Any:
    """The row, if it lies in the officer's offices.

    Raises:
        Http404: there is none, or it is not for this officer to know.
        Refused: the officer may not read this register at all.
    """
    require(request.user, register.permissions.view)
    return get_object_or_404(register.rows_visible(request.user), pk=pk)
