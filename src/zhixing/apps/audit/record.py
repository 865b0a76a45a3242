"""Writing the book: called inside the transaction of every deed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from zhixing.apps.audit.chain import GENESIS, canonical, seal
from zhixing.apps.audit.models import AuditEntry, ChainHead
from zhixing.kit.deeds import Deed


def write(deed: Deed) -> None:
    """Append the deed to the chain.

    The head row is locked first, so that two writers cannot seal onto the same entry: on
    PostgreSQL by SELECT … FOR UPDATE, on SQLite because IMMEDIATE transactions write alone.
    """
    ChainHead.objects.get_or_create(id=1, defaults={"sequence": 0, "seal": GENESIS})
    head = ChainHead.objects.select_for_update().get(id=1)
    at = timezone.now()
    entry = AuditEntry(
        sequence=head.sequence + 1,
        at=at,
        actor_id=deed.actor.actor_id,
        actor_label=deed.actor.actor_label[:80],
        unit_path=deed.actor.unit_path,
        deed=deed.code,
        object_type=deed.obj._meta.label_lower if deed.obj is not None else "",
        object_id=str(deed.obj.pk) if deed.obj is not None and deed.obj.pk is not None else "",
        previous=head.seal,
    )
    entry.body = canonical(_body(entry, at, deed))
    entry.seal = seal(entry.previous, entry.body)
    entry.save(force_insert=True)
    head.sequence, head.seal = entry.sequence, entry.seal
    head.save(update_fields=["sequence", "seal"])


def _body(entry: AuditEntry, at: datetime, deed: Deed) -> dict[str, Any]:
    return {
        **columns_in_body(entry),
        "at": at.isoformat(),
        "object_label": str(deed.obj)[:200] if deed.obj is not None else "",
        "before": deed.before,
        "after": deed.after,
        "reason": deed.reason,
        "detail": deed.detail,
        "request": deed.request_id,
    }


def columns_in_body(entry: AuditEntry) -> dict[str, Any]:
    """The columns that the sealed content repeats, for writing it and for checking it."""
    return {
        "sequence": entry.sequence,
        "actor": entry.actor_id,
        "actor_label": entry.actor_label,
        "office": entry.unit_path,
        "deed": entry.deed,
        "object_type": entry.object_type,
        "object_id": entry.object_id,
    }
