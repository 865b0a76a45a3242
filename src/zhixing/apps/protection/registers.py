"""The registers of trade-mark protection, as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhixing.apps.protection import page, selectors
from zhixing.apps.protection.actions.ask_assistance import change_request, enter_request
from zhixing.apps.protection.actions.keep_files import change_file
from zhixing.apps.protection.file_steps import ASSISTANCE_STEPS, FILE_STEPS, TRANSFER_STEPS
from zhixing.apps.protection.filters import AssistanceFilters, FileFilters, TransferFilters
from zhixing.apps.protection.forms import AssistanceForm, FileForm
from zhixing.apps.protection.models import AssistanceRequest, CrimeTransfer, InfringementFile
from zhixing.kit.register import OFFICE, Column, Facts, Permissions, Section
from zhixing.kit.register.steps import StepRegister

FILE_TONES = {
    "opened": "accent", "investigated": "accent", "suspended": "warn", "decided": "good",
    "closed": "neutral",
}  # fmt: skip
TRANSFER_TONES = {
    "reported": "warn", "approved": "warn", "refused": "neutral", "handed_over": "accent",
    "filed": "good", "not_filed": "bad",
}  # fmt: skip
ASSISTANCE_TONES = {"open": "warn", "answered": "good", "withdrawn": "neutral"}


def permissions(noun: str) -> Permissions:
    """The permissions of one of the app's models."""
    return Permissions(
        view=f"protection.view_{noun}",
        add=f"protection.add_{noun}",
        change=f"protection.change_{noun}",
        export=f"protection.export_{noun}",
    )


class FileRegister(StepRegister):
    """Infringement files."""

    model = InfringementFile
    app_name = "protection"
    slug = "files"
    label, label_one = _("Infringement files"), _("Infringement file")
    permissions = permissions("infringementfile")
    selector = staticmethod(selectors.files_visible)
    columns = (
        Column("party_name", _("Party"), link=True),
        Column("mark_text", _("Mark")),
        Column("act_kind", _("Kind of act")),
        Column("state", _("State"), badge=FILE_TONES),
        Column("crime_suspected", _("Crime suspected")),
        Column("opened_on", _("File opened on"), sort="opened_on"),
        Column("handler", _("Officer")),
        OFFICE,
        Column("acted_on", _("Day of the act"), sort="acted_on", shown=False),
        Column("decided_on", _("Decided on"), shown=False),
        Column("outcome", _("Outcome"), shown=False),
    )
    default_sort = "-opened_on"
    filterset = FileFilters
    has_search = True
    search_hint = _("Party or mark")
    form = FileForm
    update = staticmethod(change_file)
    empty_hint = _("No file yet. Confirm a lead and refer it to case on its page.")
    steps = FILE_STEPS
    facts = (
        Facts(
            _("Infringement"),
            (
                Column("state", _("State"), badge=FILE_TONES),
                Column("party_name", _("Party")),
                Column("mark_text", _("Mark")),
                Column("act_kind", _("Kind of act")),
                Column("acted_on", _("Day of the act")),
                Column("marks_count", _("Number of marks")),
                Column("earlier_acts", _("Earlier infringements within five years")),
                Column("sanctioned_before", _("Punished within two years before")),
                Column("source_shown", _("Lawful source proven")),
                Column("handler", _("Officer")),
                OFFICE,
                Column("suspended_for", _("Suspended for")),
                Column("findings", _("What was found")),
                Column("outcome", _("Decision")),
                Column("decided_on", _("Decided on")),
                Column("why_no_transfer", _("Why no transfer")),
            ),
        ),
    )

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(selectors.about(text))

    @classmethod
    def sections(cls) -> Sequence[Section]:
        part = "protection/parts"
        return (
            Section(10, "origin", _("Where it comes from"), f"{part}/origin.html", page.origin),
            Section(20, "amounts", _("Amounts found"), f"{part}/amounts.html", page.amounts),
            Section(30, "alert", _("Crime thresholds"), f"{part}/alert.html", page.alert),
            Section(40, "range", _("What the law allows"), f"{part}/range.html", page.legal),
            Section(
                50, "linked", _("Transfers and assistance"), f"{part}/linked.html", page.linked
            ),
            Section(60, "files", _("Evidence"), f"{part}/evidence.html", page.evidence),
        )


class TransferRegister(StepRegister):
    """Transfers of suspected crimes."""

    model = CrimeTransfer
    app_name = "protection"
    slug = "transfers"
    label, label_one = _("Crime transfers"), _("Crime transfer")
    permissions = permissions("crimetransfer")
    selector = staticmethod(selectors.transfers_visible)
    columns = (
        Column("file", _("Infringement file"), link=True),
        Column("mark", _("Mark"), accessor="file.mark_text"),
        Column("state", _("State"), badge=TRANSFER_TONES),
        Column("due_at", _("Next step due"), sort="due_at"),
        Column("reported_at", _("Reported"), sort="reported_at"),
        Column("police", _("Police office")),
        Column("was_late", _("Late")),
        OFFICE,
        Column("decided_by", _("Decided by"), shown=False),
        Column("decided_at", _("Decision taken"), shown=False),
        Column("handed_over_at", _("Handed over"), shown=False),
        Column("answered_on", _("Answer of"), shown=False),
    )
    default_sort = "due_at"
    filterset = TransferFilters
    has_search = True
    search_hint = _("Party or mark")
    empty_hint = _("Nothing was transferred yet. A transfer begins with a report in a file.")
    steps = TRANSFER_STEPS
    facts = (
        Facts(
            _("Transfer"),
            (
                Column("state", _("State"), badge=TRANSFER_TONES),
                Column("report", _("Written report")),
                Column("reported_at", _("Reported")),
                Column("decided_by", _("Decided by")),
                Column("decided_at", _("Decision taken")),
                Column("refusal", _("Reason of the refusal")),
                Column("police", _("Police office")),
                Column("handed_over_at", _("Handed over")),
                Column("answered_on", _("Answer of")),
                Column("answer", _("Answer")),
                Column("finish_note", _("What was done after the answer")),
                Column("was_late", _("A step of the bureau was late")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(selectors.about_file(text))

    @classmethod
    def sections(cls) -> Sequence[Section]:
        part = "protection/parts"
        return (
            Section(10, "clock", _("Next step"), f"{part}/transfer_clock.html", page.clock),
            Section(20, "reasons", _("Reasons"), f"{part}/transfer_reasons.html", page.reasons),
            Section(30, "files", _("Evidence"), f"{part}/evidence.html", page.evidence),
        )


class AssistanceRegister(StepRegister):
    """Requests for assistance."""

    model = AssistanceRequest
    app_name = "protection"
    slug = "assistance"
    label, label_one = _("Assistance requests"), _("Assistance request")
    permissions = permissions("assistancerequest")
    selector = staticmethod(selectors.assistance_visible)
    columns = (
        Column("matter", _("Matter"), link=True),
        Column("direction", _("Direction")),
        Column("other_bureau", _("Other bureau")),
        Column("state", _("State"), badge=ASSISTANCE_TONES),
        Column("waiting_until", _("Answer due"), sort="waiting_until"),
        Column("received_on", _("Received on"), sort="received_on"),
        Column("answered_on", _("Answered on")),
        Column("handler", _("Officer")),
        OFFICE,
        Column("number", _("Number of the letter"), shown=False),
        Column("party_name", _("Party"), shown=False),
        Column("mark_text", _("Mark"), shown=False),
        Column("sent_on", _("Sent on"), shown=False),
    )
    default_sort = "waiting_until"
    filterset = AssistanceFilters
    has_search = True
    search_hint = _("Party, mark or bureau")
    form = AssistanceForm
    create = staticmethod(enter_request)
    update = staticmethod(change_request)
    empty_hint = _("No request yet. Enter one that was received, or write one to another bureau.")
    steps = ASSISTANCE_STEPS
    facts = (
        Facts(
            _("Assistance request"),
            (
                Column("state", _("State"), badge=ASSISTANCE_TONES),
                Column("direction", _("Direction")),
                Column("other_bureau", _("Other bureau")),
                Column("number", _("Number of the letter")),
                Column("party_name", _("Party")),
                Column("mark_text", _("Mark")),
                Column("asked", _("What is asked")),
                Column("sent_on", _("Sent on")),
                Column("received_on", _("Received on")),
                Column("extension_reason", _("Reason of the delay")),
                Column("answered_on", _("Answered on")),
                Column("answer", _("Answer")),
                Column("handler", _("Officer")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(selectors.about(text)) | rows.filter(other_bureau__contains=text.strip())

    @classmethod
    def sections(cls) -> Sequence[Section]:
        part = "protection/parts"
        return (
            Section(
                10, "clock", _("Answer due"), f"{part}/assistance_clock.html", page.assistance_clock
            ),
            Section(20, "origin", _("What it is about"), f"{part}/about.html", page.about_request),
            Section(30, "files", _("Evidence"), f"{part}/evidence.html", page.evidence),
        )
