"""Views of marks, licences and leads of other apps, each with the words of one task."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhixing.apps.leads.api import Lead
from zhixing.apps.registry.api import Authorisation, TradeMark
from zhixing.apps.trademarks.actions.keep_checks import add_check, change_check
from zhixing.apps.trademarks.filing import filing_state, missing
from zhixing.apps.trademarks.filters import (
    ForeignLeadFilters,
    LicenceFilters,
    MarkViewFilters,
    UseCheckFilters,
)
from zhixing.apps.trademarks.forms import UseCheckForm
from zhixing.apps.trademarks.models import UseCheck
from zhixing.apps.trademarks.selectors import (
    checks_visible,
    foreign_leads,
    foreign_marks,
    licences_to_file,
    marks_of_origin,
    protected_marks,
)
from zhixing.kit.formats import percent
from zhixing.kit.register import OFFICE, Column, Permissions, Register
from zhixing.kit.register.columns import Rows, listed

MARK_TONES = {"registered": "good", "filed": "accent"}
FILING_TONES = {
    "filed": "good",
    "ready": "accent",
    "incomplete": "warn",
    "too_late": "bad",
    "none": "neutral",
}
CHECK_TONES = {"in_order": "good"}


class _MarkView(Register):
    """A part of the marks in the register; each leads to the mark's own page."""

    model = TradeMark
    app_name = "trademarks"
    label_one = _("Trade mark")
    permissions = Permissions(view="registry.view_trademark", export="registry.export_trademark")
    default_sort = "text"
    filterset = MarkViewFilters
    has_search = True
    search_hint = _("Mark, number or holder")
    detail = False


class ForeignMarkRegister(_MarkView):
    """Foreign marks: who holds them, who may use them here, until when."""

    slug = "foreign-marks"
    label = _("Foreign marks")
    selector = staticmethod(foreign_marks)
    columns = (
        Column("text", _("Mark"), sort="text", link=True),
        Column("registration_number", _("Registration number"), sort="registration_number"),
        Column("nice_classes", _("Nice classes")),
        Column("holder_name", _("Holder")),
        Column("holder_country", _("Country of the holder")),
        Column("agent_name", _("Agent")),
        Column("users", _("Authorised here"), numeric=True),
        Column("expires_on", _("Expires on"), sort="expires_on"),
        Column("status", _("Status"), badge=MARK_TONES),
    )
    empty_hint = _("No foreign mark is in the register. Mark it so on the trade mark's own form.")


class OriginMarkRegister(_MarkView):
    """Marks of origin and of farm produce: holders, users, checks."""

    slug = "origin-marks"
    label = _("Geographical indications and farm-produce marks")
    selector = staticmethod(marks_of_origin)
    columns = (
        Column("text", _("Mark"), sort="text", link=True),
        Column("kind", _("Kind")),
        Column("holder_name", _("Holder")),
        Column("users", _("Authorised users"), numeric=True),
        Column("checked", _("Checks"), numeric=True),
        Column("checked_last", _("Last checked on")),
        Column("expires_on", _("Expires on"), sort="expires_on"),
        Column("status", _("Status"), badge=MARK_TONES),
    )
    empty_hint = _(
        "No geographical indication, collective, certification or farm-produce mark is in the "
        "register yet."
    )


class ProtectedMarkRegister(_MarkView):
    """Well-known and provincial famous marks."""

    slug = "protected-marks"
    label = _("Well-known and famous marks")
    selector = staticmethod(protected_marks)
    columns = (
        Column("text", _("Mark"), sort="text", link=True),
        Column("registration_number", _("Registration number"), sort="registration_number"),
        Column("holder_name", _("Holder")),
        Column("protection", _("Protection"), accessor="protection_labels"),
        Column("expires_on", _("Expires on"), sort="expires_on"),
        Column("status", _("Status"), badge=MARK_TONES),
        OFFICE,
    )
    empty_hint = _("No well-known or famous mark is in the register yet.")


def _states(rows: Rows) -> dict[Any, str]:
    today = timezone.localdate()
    licences = [row for row in rows if isinstance(row, Authorisation)]
    return {row.pk: str(filing_state(row, today).label) for row in licences}


def _lacks(rows: Rows) -> dict[Any, str]:
    return {
        row.pk: listed(missing(row))
        for row in rows
        if isinstance(row, Authorisation) and row.filed_on is None
    }


class LicenceRegister(Register):
    """Licences and authorised operation, with what their filing lacks."""

    model = Authorisation
    app_name, slug = "trademarks", "licences"
    label, label_one = _("Licences and their filing"), _("Mark licence")
    permissions = Permissions(
        view="registry.view_authorisation", export="registry.export_authorisation"
    )
    selector = staticmethod(licences_to_file)
    columns = (
        Column("mark_text", _("Mark"), link=True),
        Column("kind", _("Kind")),
        Column("grantor_name", _("Who grants")),
        Column("grantee_name", _("Who is allowed")),
        Column("ends_on", _("Last day"), sort="ends_on"),
        Column("filing", _("Filing"), resolve=_states),
        Column("missing", _("Missing"), resolve=_lacks),
        OFFICE,
        Column("filing_number", _("Filing number"), shown=False),
        Column("filed_on", _("Filed on"), shown=False),
        Column("starts_on", _("First day"), shown=False),
        Column("contract_number", _("Contract number"), shown=False),
    )
    default_sort = "ends_on"
    filterset = LicenceFilters
    has_search = True
    search_hint = _("Mark or party")
    detail = False
    empty_hint = _("No licence is in the register. Contracts are entered under “Authorisations”.")


class UseCheckRegister(Register):
    """Checks of how marks are used."""

    model = UseCheck
    app_name, slug = "trademarks", "checks"
    label, label_one = _("Checks of marks' use"), _("Check of a mark's use")
    permissions = Permissions(
        view="trademarks.view_usecheck",
        add="trademarks.add_usecheck",
        change="trademarks.change_usecheck",
        export="trademarks.export_usecheck",
    )
    selector = staticmethod(checks_visible)
    columns = (
        Column("title", _("Mark and user"), accessor="__str__", link=True),
        Column("checked_on", _("Checked on"), sort="checked_on"),
        Column("outcome", _("Outcome"), badge=CHECK_TONES),
        Column("note", _("Note")),
        OFFICE,
    )
    default_sort = "-checked_on"
    filterset = UseCheckFilters
    has_search = True
    search_hint = _("Mark or user")
    form = UseCheckForm
    create = staticmethod(add_check)
    update = staticmethod(change_check)
    empty_hint = _("No check is entered yet. Begin with the users of marks of origin.")

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(Q(mark__text__contains=text) | Q(subject__name__contains=text))


class ForeignLeadRegister(Register):
    """Leads about foreign marks."""

    model = Lead
    app_name, slug = "trademarks", "foreign-leads"
    label, label_one = _("Leads about foreign marks"), _("Lead")
    permissions = Permissions(view="leads.view_lead", export="leads.export_lead")
    selector = staticmethod(foreign_leads)
    columns = (
        Column("probability", _("Probability"), sort="probability", numeric=True, format=percent),
        Column("title", _("Lead"), link=True),
        Column("state", _("State")),
        Column("disposition", _("Decision")),
        Column("found_at", _("Found"), sort="found_at"),
        OFFICE,
    )
    default_sort = "-probability"
    filterset = ForeignLeadFilters
    detail = False
    empty_hint = _("No lead about a foreign mark yet. Sweeps of the brand guard raise them.")


REGISTERS: tuple[type[Register], ...] = (
    ForeignMarkRegister,
    OriginMarkRegister,
    ProtectedMarkRegister,
    LicenceRegister,
    UseCheckRegister,
    ForeignLeadRegister,
)
