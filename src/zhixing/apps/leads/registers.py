"""The inbox, as data."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhixing.apps.leads import evidence
from zhixing.apps.leads.actions.enter_lead import enter_lead
from zhixing.apps.leads.filters import LeadFilters
from zhixing.apps.leads.forms import LeadEntryForm
from zhixing.apps.leads.models import Lead
from zhixing.apps.leads.selectors import is_about, leads_visible
from zhixing.kit.acts import act_label
from zhixing.kit.formats import percent
from zhixing.kit.register import OFFICE, Column, Permissions, Register
from zhixing.kit.register.columns import Rows

STATE_TONES = {"open": "warn", "assigned": "accent", "taken": "accent", "disposed": "neutral"}
DISPOSITION_TONES = {
    "confirmed": "bad", "corrected": "warn", "referred": "accent", "dismissed": "neutral",
}  # fmt: skip


def _first_reasons(rows: Rows) -> dict[Any, str]:
    return {row.pk: row.first_reason for row in rows if isinstance(row, Lead)}


def _monitors(rows: Rows) -> dict[Any, str]:
    labels = evidence.labels()
    return {
        row.pk: str(labels.get(row.monitor, row.monitor)) for row in rows if isinstance(row, Lead)
    }


class LeadRegister(Register):
    """All suspicions of one's offices, the most probable first."""

    model = Lead
    app_name, slug, prefix = "leads", "leads", ""
    label, label_one = _("Leads"), _("Lead")
    permissions = Permissions(
        view="leads.view_lead", add="leads.raise_lead", export="leads.export_lead"
    )
    selector = staticmethod(leads_visible)
    columns = (
        Column("probability", _("Probability"), sort="probability", numeric=True, format=percent),
        Column("title", _("Lead"), link=True),
        Column("reason", _("Reason"), resolve=_first_reasons),
        Column("state", _("State"), badge=STATE_TONES),
        Column("due_on", _("Due"), sort="due_on"),
        Column("assignee", _("Officer")),
        OFFICE,
        Column("disposition", _("Decision"), badge=DISPOSITION_TONES, shown=False),
        Column("monitor", _("Monitor"), resolve=_monitors, shown=False),
        Column("act_kind", _("Kind of act"), format=act_label, shown=False),
        Column("acted_on", _("Day of the act"), shown=False),
        Column("clause", _("Clause"), shown=False),
        Column("kind", _("Kind"), shown=False),
        Column("subject", _("Subject"), shown=False),
        Column("found_at", _("Found"), sort="found_at", shown=False),
        Column("disposed_by", _("Decided by"), shown=False),
        Column("disposition_reason", _("Reason of the decision"), shown=False),
    )
    default_sort = "-probability"
    filterset = LeadFilters
    has_search = True
    search_hint = _("Name or code of the subject, or the brand")
    detail = False
    form = LeadEntryForm
    create = staticmethod(enter_lead)
    empty_hint = _(
        "No lead yet. Start a sweep of the brand guard, or enter what was reported to you."
    )

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(is_about(text))
