"""Questions to the book."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from zhixing.apps.accounts.api import unit_names
from zhixing.apps.audit.chain import seal
from zhixing.apps.audit.models import AuditEntry
from zhixing.kit.actors import Actor, require
from zhixing.kit.history import HistoryEntry
from zhixing.kit.register.changes import LoggedDeed, readable_log
from zhixing.kit.scope import within_any


def audit_entries(actor: Actor) -> QuerySet[AuditEntry]:
    """The deeds done in the auditor's offices, newest first.

    What the platform did by itself (imports, sweeps, commands) belongs to no office; the auditor
    of the whole bureau sees it.

    Raises:
        Refused: the actor is no auditor.
    """
    require(actor, "audit.view_auditentry")
    seen = within_any(actor.scope_paths)
    if any(path.count("/") == 1 for path in actor.scope_paths):
        seen |= Q(unit_path="")
    return AuditEntry.objects.filter(seen)


def entries_for(obj: models.Model, limit: int) -> list[HistoryEntry]:
    """The latest deeds on one object; whoever may see the object may see its change log."""
    rows = list(
        AuditEntry.objects.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))[:limit]
    )
    names = unit_names([row.unit_path for row in rows])
    return [_entry(row, names) for row in rows]


@dataclass(frozen=True, slots=True)
class Opened:
    """One entry of the book, unfolded for its page.

    Attributes:
        line: the deed with its changes in words.
        kind: what kind of object it was about, in words; empty for none.
        object_label, request, detail: as sealed.
        fits: whether the seal recomputes from the seal before and the content.
        previous, following: numbers of the neighbours the auditor may open, or None.
    """

    row: AuditEntry
    line: LoggedDeed
    kind: str
    object_label: str
    request: str
    detail: dict[str, Any]
    fits: bool
    previous: int | None
    following: int | None


def opened(actor: Actor, row: AuditEntry) -> Opened:
    """The entry unfolded: changes in words, and whether its own seal fits."""
    body = row.content
    entry = _entry(row, unit_names([row.unit_path]))
    model = _model(row.object_type)
    (line,) = readable_log(model or AuditEntry, [entry])
    around = audit_entries(actor).order_by("sequence").values_list("sequence", flat=True)
    return Opened(
        row=row,
        line=line,
        kind=str(model._meta.verbose_name) if model else row.object_type,
        object_label=body["object_label"],
        request=body["request"],
        detail=body["detail"],
        fits=seal(row.previous, row.body) == row.seal,
        previous=around.filter(sequence__lt=row.sequence).last(),
        following=around.filter(sequence__gt=row.sequence).first(),
    )


def _model(label: str) -> type[models.Model] | None:
    try:
        return apps.get_model(label) if label else None
    except LookupError:
        return None  # an app that is no longer installed; its entries stay


def _entry(row: AuditEntry, names: dict[str, str]) -> HistoryEntry:
    return HistoryEntry(
        at=row.at,
        actor=row.actor_label,
        office=names.get(row.unit_path, ""),
        deed=row.deed,
        reason=row.content["reason"],
        before=row.content["before"],
        after=row.content["after"],
        sequence=row.sequence,
    )
