"""The registers of cases, as data."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from zhixing.apps.cases import page, selectors
from zhixing.apps.cases.actions.keep_case import (
    change_certificate,
    change_evidence,
    keep_certificate,
)
from zhixing.apps.cases.actions.open_case import change_case, open_case
from zhixing.apps.cases.filters import CaseFilters, CertificateFilters, EvidenceFilters
from zhixing.apps.cases.forms import CaseForm, CertificateForm, EvidenceForm
from zhixing.apps.cases.models import Case, CaseEvidence, Certificate
from zhixing.apps.cases.steps import case_steps
from zhixing.kit.register import OFFICE, Column, Facts, Permissions, Register, Section
from zhixing.kit.register.steps import StepRegister

PART = "cases/parts"


class CaseRegister(StepRegister):
    """Cases, with their clocks."""

    model = Case
    app_name, slug = "cases", "cases"
    prefix = ""
    label, label_one = _("Penalty cases"), _("Penalty case")
    permissions = Permissions(
        view="cases.view_case",
        add="cases.add_case",
        change="cases.change_case",
        export="cases.export_case",
    )
    selector = staticmethod(selectors.cases_visible)
    columns = (
        Column("number", _("Case number"), link=True),
        Column("title", _("Matter")),
        Column("party_name", _("Party")),
        Column("state_label", _("State")),
        Column("due_on", _("Next due"), sort="due_on"),
        Column("found_on", _("Found on"), sort="found_on"),
        OFFICE,
        Column("act_label", _("Kind of act"), shown=False),
        Column("filed_on", _("Case filed on"), shown=False),
        Column("decided_on", _("Decided on"), shown=False),
        Column("decision", _("Decision"), shown=False),
    )
    filterset = CaseFilters
    has_search = True
    search_hint = _("Number, matter or party")
    form = CaseForm
    create = staticmethod(open_case)
    update = staticmethod(change_case)
    steps = case_steps()
    detail_template = "cases/case.html"
    empty_hint = _("No case yet. Confirm a lead and refer it to case, or open one here.")
    facts = (
        Facts(
            _("Case"),
            (
                Column("number", _("Case number")),
                Column("state_label", _("State")),
                Column("party_name", _("Party")),
                Column("party_kind", _("Kind of party")),
                Column("party_code", _("Unified code")),
                Column("party_address", _("Address")),
                Column("party_head", _("Legal representative"), personal="name"),
                Column("party_phone", _("Telephone"), personal="phone"),
                Column("act_label", _("Kind of act")),
                Column("acted_on", _("Last day of the act")),
                Column("found_on", _("Lead found or received on")),
                Column("filed_on", _("Case filed on")),
                Column("decided_on", _("Decided on")),
                Column("closed_on", _("Closed on")),
                Column("summary", _("Result of the check")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (
            Section(10, "clocks", _("Clocks"), f"{PART}/clocks.html", page.clock_lines),
            Section(20, "next", _("What is missing"), f"{PART}/next.html", page.next_steps),
            Section(30, "people", _("Officers"), f"{PART}/people.html", page.people),
            Section(40, "evidence", _("Evidence"), f"{PART}/evidence.html", page.evidence),
            Section(50, "measures", _("Measures"), f"{PART}/measures.html", page.measures),
            Section(
                60, "decision", _("Report and decision"), f"{PART}/decision.html", page.decision
            ),
            Section(70, "services", _("Service"), f"{PART}/services.html", page.services),
            Section(80, "money", _("Money"), f"{PART}/money.html", page.money),
            Section(90, "timeline", _("Steps"), f"{PART}/timeline.html", page.timeline),
        )


class EvidenceRegister(Register):
    """Evidence of all cases; entered on the page of its case."""

    model = CaseEvidence
    app_name, slug = "cases", "evidence"
    label, label_one = _("Evidence"), _("Evidence")
    permissions = Permissions(
        view="cases.view_caseevidence",
        change="cases.change_caseevidence",
        export="cases.export_caseevidence",
    )
    selector = staticmethod(selectors.evidence_visible)
    columns = (
        Column("title", _("Name of the evidence"), link=True),
        Column("kind", _("Kind of evidence")),
        Column("case", _("Case")),
        Column("obtained_on", _("Taken on"), sort="obtained_on"),
        Column("pages", _("Number of pages"), numeric=True),
        Column("source", _("Provided by")),
        Column("place", _("Taken at"), shown=False),
        Column("proves", _("What it proves"), shown=False),
        Column("objection", _("Objection of the party"), shown=False),
        OFFICE,
    )
    form = EvidenceForm
    filterset = EvidenceFilters
    update = staticmethod(change_evidence)
    empty_hint = _("No evidence yet. Enter it on the page of its case.")

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (
            Section(
                10, "files", _("Files"), f"{PART}/files.html", lambda _actor, row: {"row": row}
            ),
        )


class CertificateRegister(Register):
    """Certificates of law enforcement."""

    model = Certificate
    app_name, slug = "cases", "certificates"
    label, label_one = _("Enforcement certificates"), _("Enforcement certificate")
    permissions = Permissions(
        view="cases.view_certificate",
        add="cases.add_certificate",
        change="cases.change_certificate",
    )
    selector = staticmethod(selectors.certificates_visible)
    columns = (
        Column("number", _("Certificate number"), link=True),
        Column("officer", _("Officer")),
        Column("valid_from", _("Valid from")),
        Column("valid_to", _("Valid to"), sort="valid_to"),
        OFFICE,
    )
    form = CertificateForm
    create = staticmethod(keep_certificate)
    update = staticmethod(change_certificate)
    filterset = CertificateFilters
    empty_hint = _("No certificate yet. Without two valid ones no case can be filed.")
