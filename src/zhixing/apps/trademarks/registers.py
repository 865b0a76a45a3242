"""The registers of marks cultivated, requests for help and targets, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zhixing.apps.trademarks import page
from zhixing.apps.trademarks.actions.keep_cultivations import add_cultivation, change_cultivation
from zhixing.apps.trademarks.actions.keep_targets import change_target, set_target
from zhixing.apps.trademarks.explanations import why
from zhixing.apps.trademarks.filters import (
    CultivationFilters,
    HelpFilters,
    OfficeTargetFilters,
    ReminderFilters,
)
from zhixing.apps.trademarks.forms import CultivationForm, OfficeTargetForm
from zhixing.apps.trademarks.importers import CultivationImporter, OfficeTargetImporter
from zhixing.apps.trademarks.models import Cultivation, OfficeTarget, Reminder
from zhixing.apps.trademarks.models.target import titles_of
from zhixing.apps.trademarks.selectors import (
    cultivations_visible,
    help_asked,
    reminders_visible,
    targets_visible,
)
from zhixing.kit.register import OFFICE, Column, Facts, Permissions, Register, Section
from zhixing.kit.register.columns import Rows
from zhixing.kit.requests import OfficerRequest

STAGE_TONES = {
    "candidate": "neutral",
    "guided": "neutral",
    "filed": "accent",
    "registered": "good",
    "in_use": "good",
    "famous": "good",
    "dropped": "warn",
    "refused": "bad",
}


class CultivationRegister(Register):
    """Marks that offices help into being."""

    model = Cultivation
    app_name, slug = "trademarks", "cultivations"
    label, label_one = _("Marks cultivated"), _("Mark cultivated")
    permissions = Permissions(
        view="trademarks.view_cultivation",
        add="trademarks.add_cultivation",
        change="trademarks.change_cultivation",
        bulk="trademarks.bulk_change_cultivation",
        export="trademarks.export_cultivation",
    )
    selector = staticmethod(cultivations_visible)
    columns = (
        Column("mark_text", _("Mark"), sort="mark_text", link=True),
        Column("subject", _("Subject")),
        Column("kind", _("Kind")),
        Column("stage", _("Stage"), badge=STAGE_TONES),
        Column("since", _("Since")),
        OFFICE,
        Column("nice_classes", _("Nice classes"), shown=False),
        Column("candidate_on", _("Candidate since"), sort="candidate_on", shown=False),
        Column("searched_on", _("Searched on"), shown=False),
        Column("filed_on", _("Filed on"), sort="filed_on", shown=False),
        Column("filing_number", _("Application number"), shown=False),
        Column("registered_on", _("Mark registered on"), sort="registered_on", shown=False),
        Column("registration_number", _("Registration number"), shown=False),
        Column("in_use_on", _("In use since"), shown=False),
        Column("famous_on", _("Famous since"), shown=False),
        Column("assignee", _("Officer"), shown=False),
        Column("contact_name", _("Contact"), shown=False, personal="name"),
        Column("contact_phone", _("Contact's phone"), shown=False, personal="phone"),
        Column("note", _("Note"), shown=False),
        Column("updated", _("Changed"), sort="updated", shown=False),
    )
    default_sort = "-updated"
    filterset = CultivationFilters
    has_search = True
    search_hint = _("Mark, number or subject")
    form = CultivationForm
    create = staticmethod(add_cultivation)
    update = staticmethod(change_cultivation)
    bulk_fields = ("kind", "unit_path")
    importer = CultivationImporter
    empty_hint = _("No mark is cultivated yet. Enter a candidate, or import the office's list.")
    detail_template = "trademarks/cultivation.html"
    facts = (
        Facts(
            _("Mark"),
            (
                Column("subject", _("Subject")),
                Column("kind", _("Kind")),
                Column("goods", _("Goods and services")),
                Column("nice_classes", _("Nice classes")),
                Column("filing_number", _("Application number")),
                Column("registration_number", _("Registration number")),
                Column("note", _("Note")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (Section(10, "files", _("Evidence"), page.FILES, page.files),)

    @classmethod
    def page_context(cls, request: OfficerRequest, obj: Cultivation) -> Mapping[str, Any]:
        return page.cultivation(request.user, obj)


class HelpRegister(Register):
    """Operators who asked for help with a filing, the most urgent first."""

    model = Cultivation
    app_name, slug = "trademarks", "help"
    label, label_one = _("Requests for help with filings"), _("Request for help")
    permissions = Permissions(
        view="trademarks.view_cultivation", export="trademarks.export_cultivation"
    )
    selector = staticmethod(help_asked)
    columns = (
        Column("mark_text", _("Mark"), sort="mark_text", link=True),
        Column("subject", _("Subject")),
        Column("help_due_on", _("Due"), sort="help_due_on"),
        Column("missing", _("Missing for the filing"), resolve=page.missing_of),
        Column("assignee", _("Officer")),
        Column("stage", _("Stage"), badge=STAGE_TONES),
        OFFICE,
        Column("help_asked_on", _("Asked on"), shown=False),
        Column("request", _("What is asked for"), shown=False),
        Column("contact_name", _("Contact"), shown=False, personal="name"),
        Column("contact_phone", _("Contact's phone"), shown=False, personal="phone"),
    )
    default_sort = "help_due_on"
    filterset = HelpFilters
    has_search = True
    search_hint = _("Mark, number or subject")
    detail = False
    empty_hint = _(
        "Nobody waits for help with a filing. When an operator asks, enter the mark with the day."
    )


class OfficeTargetRegister(Register):
    """Targets per office and year."""

    model = OfficeTarget
    app_name, slug = "trademarks", "targets"
    label, label_one = _("Targets of offices"), _("Target of an office")
    permissions = Permissions(
        view="trademarks.view_officetarget",
        add="trademarks.add_officetarget",
        change="trademarks.change_officetarget",
        export="trademarks.export_officetarget",
    )
    selector = staticmethod(targets_visible)
    columns = (
        Column("title", _("Office and year"), resolve=titles_of, link=True),
        Column("year", _("Year"), sort="year"),
        Column("registered", _("Marks registered"), numeric=True),
        Column("in_use", _("Marks put to use"), numeric=True),
        Column("famous", _("Marks become famous"), numeric=True),
        Column("note", _("Note")),
    )
    default_sort = "-year"
    filterset = OfficeTargetFilters
    form = OfficeTargetForm
    create = staticmethod(set_target)
    update = staticmethod(change_target)
    importer = OfficeTargetImporter
    empty_hint = _("No office has a target yet. Set one, or import the list of the year.")


KIND_TONES = {
    "renewal": "accent",
    "grace": "warn",
    "expired": "bad",
    "licence_ending": "accent",
    "licence_beyond": "warn",
    "non_use": "warn",
}
REMINDER_TONES = {"open": "warn", "told": "good", "closed": "neutral"}


def _reasons(rows: Rows) -> dict[Any, str]:
    return {row.pk: why(row) for row in rows if isinstance(row, Reminder)}


class ReminderRegister(Register):
    """What holders and licensees should be told, the nearest day first."""

    model = Reminder
    app_name, slug = "trademarks", "reminders"
    label, label_one = _("Reminders of marks"), _("Reminder of a mark")
    permissions = Permissions(view="trademarks.view_reminder", export="trademarks.export_reminder")
    selector = staticmethod(reminders_visible)
    columns = (
        Column("title", _("Mark"), link=True),
        Column("kind", _("Kind"), badge=KIND_TONES),
        Column("due_on", _("Due"), sort="due_on"),
        Column("why", _("Why"), resolve=_reasons),
        Column("holder_name", _("Whom to tell")),
        Column("state", _("State"), badge=REMINDER_TONES),
        OFFICE,
        Column("told_on", _("Told on"), shown=False),
        Column("told_by", _("Told by"), shown=False),
        Column("channel", _("How told"), shown=False),
        Column("outcome", _("Outcome"), shown=False),
        Column("note", _("Note"), shown=False),
    )
    default_sort = "due_on"
    filterset = ReminderFilters
    has_search = True
    search_hint = _("Mark or holder")
    detail = False
    empty_hint = _("No reminder. Look at all marks and licences once, or have it done every day.")

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(Q(title__contains=text) | Q(holder_name__contains=text))
