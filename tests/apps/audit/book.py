"""Entries for the tests of the book."""

from __future__ import annotations

from typing import Any

from zhixing.apps.accounts.models import OrgUnit
from zhixing.apps.audit.models import AuditEntry
from zhixing.kit.actors import SystemActor
from zhixing.kit.deeds import deed

SYSTEM = SystemActor("test")


def write_entries(count: int, actor: Any = SYSTEM, obj: Any = None) -> list[AuditEntry]:
    """So many deeds by the actor, oldest first."""
    first = AuditEntry.objects.count() + 1
    for number in range(count):
        with deed(actor, "test.deed", obj, reason=f"理由 {number}", detail={"n": number}):
            pass
    return list(AuditEntry.objects.filter(sequence__gte=first).order_by("sequence"))


def rename(actor: Any, unit: OrgUnit, name: str, reason: str = "new name") -> AuditEntry:
    """A deed that changes one field."""
    with deed(actor, "office.rename", unit, reason=reason):
        unit.name = name
        unit.save()
    return AuditEntry.objects.first()  # type: ignore[return-value]
