"""The book as a list."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from zhixing.apps.audit.filters import AuditFilters
from zhixing.apps.audit.models import AuditEntry
from zhixing.apps.audit.selectors import audit_entries
from zhixing.kit.history import deed_name
from zhixing.kit.register import OFFICE, Column, Permissions, Register
from zhixing.kit.register.columns import Rows


def _deeds(rows: Rows) -> dict[Any, str]:
    return {row.pk: str(deed_name(row.deed)) for row in rows if isinstance(row, AuditEntry)}


def _objects(rows: Rows) -> dict[Any, str]:
    return {row.pk: row.content["object_label"] for row in rows if isinstance(row, AuditEntry)}


def _reasons(rows: Rows) -> dict[Any, str]:
    return {row.pk: row.content["reason"] for row in rows if isinstance(row, AuditEntry)}


class AuditRegister(Register):
    """Every deed of the auditor's offices, the newest first."""

    model = AuditEntry
    app_name, slug, prefix = "audit", "entries", ""
    label, label_one = _("Audit"), _("Audit entry")
    permissions = Permissions(view="audit.view_auditentry")
    selector = staticmethod(audit_entries)
    columns = (
        Column("sequence", _("Number"), link=True),
        Column("at", _("Time")),
        Column("actor_label", _("Who")),
        OFFICE,
        Column("deed", _("Deed"), resolve=_deeds),
        Column("object", _("Object"), resolve=_objects),
        Column("reason", _("Reason"), resolve=_reasons),
        Column("object_type", _("Kind of object"), shown=False),
        Column("object_id", _("Object number"), shown=False),
        Column("seal", _("Seal"), shown=False),
    )
    default_sort = "-pk"
    filterset = AuditFilters
    detail = False
    empty_hint = _("No deed was done in your offices yet.")
