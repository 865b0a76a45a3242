"""What trade-mark protection registers at start-up."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhixing.apps.accounts.api import Officer
from zhixing.apps.leads.api import register_evidence, register_lead_section
from zhixing.apps.protection import indicators, lead_section, recheck, subject_page
from zhixing.apps.protection.actions import inspect_markets, keep_oem
from zhixing.apps.protection.duties import duties
from zhixing.apps.protection.models import (
    AssistanceRequest,
    CrimeTransfer,
    InfringementFile,
    MarkInspection,
    OemEnterprise,
    OemOrder,
    StallVisit,
)
from zhixing.apps.registry.api import (
    MarkSection,
    SubjectSection,
    register_alerts,
    register_mark_section,
    register_section,
    register_timeline,
)
from zhixing.kit.actors import Actor
from zhixing.kit.duties import register_duties
from zhixing.kit.files.api import register_viewer
from zhixing.kit.history import name_deeds
from zhixing.kit.navigation import NavItem
from zhixing.kit.navigation import register as register_item
from zhixing.kit.register import Section

DEED_NAMES = {
    "infringement.open": _("Referred to case"),
    "infringement.change": _("File changed"),
    "infringement.fact": _("Amount entered"),
    "infringement.withdraw_fact": _("Amount withdrawn"),
    "infringement.investigate": _("Investigation finished"),
    "infringement.suspend": _("Suspended"),
    "infringement.resume": _("Gone on"),
    "infringement.decide": _("Decision written down"),
    "infringement.close": _("File closed"),
    "transfer.report": _("Suspected crime reported"),
    "transfer.approve": _("Transfer approved"),
    "transfer.refuse": _("Transfer refused"),
    "transfer.hand_over": _("Handed over to the police"),
    "transfer.answer": _("Answer of the police"),
    "transfer.finish": _("Transfer finished"),
    "assistance.enter": _("Request entered"),
    "assistance.change": _("Request changed"),
    "assistance.delay": _("Delay announced"),
    "assistance.answer": _("Answer given"),
    "assistance.withdraw": _("Request withdrawn"),
    "oem.file": _("OEM processor entered"),
    "oem.change": _("OEM processor changed"),
    "oem_order.enter": _("Order entered and checked"),
    "oem_order.change": _("Order changed and checked"),
    "oem_order.check": _("Order checked again"),
    "market.enter": _("Market entered"),
    "market.change": _("Market changed"),
    "mark_inspection.begin": _("Inspection begun"),
    "mark_inspection.stall": _("Stall entered"),
    "mark_inspection.finish": _("Inspection finished"),
}
VIEWED = (
    (InfringementFile, "infringementfile"),
    (CrimeTransfer, "crimetransfer"),
    (AssistanceRequest, "assistancerequest"),
    (OemEnterprise, "oementerprise"),
    (OemOrder, "oemorder"),
    (MarkInspection, "markinspection"),
    (StallVisit, "markinspection"),
)
PART = "protection/parts"


def register() -> None:
    """Called once, when the app is ready."""
    from zhixing.apps.protection import oem_registers  # its registers ask for loaded models

    import_module("zhixing.apps.protection.importers")  # they make themselves known
    name_deeds(DEED_NAMES)
    register_duties("protection", duties)
    for model, noun in VIEWED:
        _open_evidence(model, noun)
    register_evidence(keep_oem.MONITOR, _("OEM orders"), "protection/order_evidence.html")
    register_evidence(
        inspect_markets.MONITOR, _("Market inspections"), "protection/stall_evidence.html"
    )
    indicators.register()
    recheck.listen()
    for key, label, url_name, noun, icon in (
        ("protection", _("Trade-mark protection"), "overview", "infringementfile", "shield-check"),
        ("infringements", _("Infringement files"), "files", "infringementfile", "gavel"),
        ("transfers", _("Crime transfers"), "transfers", "crimetransfer", "building-bank"),
        ("assistance", _("Assistance requests"), "assistance", "assistancerequest", "mail"),
    ):
        register_item(
            NavItem(
                key, label, f"protection:{url_name}", 50, group="actions", icon=icon,
                permission=f"protection.view_{noun}",
            )
        )  # fmt: skip
    for key, label, url_name, noun, icon in (
        ("oem", _("OEM processors"), "oem", "oementerprise", "tool"),
        ("oem-orders", _("OEM orders"), "oem-orders", "oemorder", "clipboard-check"),
        ("markets", _("Markets"), "markets", "market", "building-store"),
        ("inspections", _("Market inspections"), "inspections", "markinspection", "list-check"),
    ):
        register_item(
            NavItem(
                key, label, f"protection:{url_name}", 45, group="monitors", icon=icon,
                permission=f"protection.view_{noun}",
            )
        )  # fmt: skip
    register_lead_section(
        Section(
            10, "case", _("Referral to case"), f"{PART}/lead_file.html", lead_section.file_of, True
        )
    )
    register_section(
        SubjectSection(
            35, "protection", _("Trade-mark protection"), f"{PART}/subject.html",
            subject_page.section,
        )
    )  # fmt: skip
    register_mark_section(
        MarkSection(
            40, "protection", _("Protection of this mark"), f"{PART}/mark.html",
            subject_page.mark_section,
        )
    )  # fmt: skip
    register_section(
        SubjectSection(
            36, "oem", _("OEM processor"), f"{PART}/maker.html", oem_registers.maker_section
        )
    )
    register_alerts("protection", subject_page.alerts)
    register_timeline("protection", _("Trade-mark protection"), subject_page.events)


def _open_evidence(model: type[Any], noun: str) -> None:
    """Evidence of a row is seen by whoever sees the row, and added by whoever changes it."""

    def may_view(actor: Actor | Officer, row: Any) -> bool:
        return actor.has_perm(f"protection.view_{noun}", row)

    def may_attach(actor: Actor | Officer, row: Any) -> bool:
        return actor.has_perm(f"protection.change_{noun}", row)

    register_viewer(model, may_view=may_view, may_attach=may_attach)
