"""The registers of OEM processors and their orders, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhixing.apps.protection import forms, oem_page, page, selectors
from zhixing.apps.protection.actions import keep_oem
from zhixing.apps.protection.filters import OemEnterpriseFilters, OemOrderFilters
from zhixing.apps.protection.importers import OemEnterpriseImporter, OemOrderImporter
from zhixing.apps.protection.models import OemEnterprise, OemOrder
from zhixing.apps.protection.registers import permissions
from zhixing.apps.registry.api import subjects_found
from zhixing.kit.actors import Actor
from zhixing.kit.register import OFFICE, Column, Facts, Section
from zhixing.kit.register.steps import Step, StepRegister

VERDICT_TONES = {"ok": "good", "missing": "warn", "contradiction": "bad"}
PART = "protection/parts"
CHECK, LINKS = f"{PART}/order_check.html", f"{PART}/links.html"


class OemEnterpriseRegister(StepRegister):
    """Processors that make goods to order."""

    model = OemEnterprise
    app_name = "protection"
    slug = "oem"
    label, label_one = _("OEM processors"), _("OEM processor")
    permissions = permissions("oementerprise")
    selector = staticmethod(selectors.makers_visible)
    columns = (
        Column("subject", _("Subject"), link=True),
        Column("goods", _("Goods made to order")),
        Column("nice_classes", _("Nice classes")),
        Column("since", _("Makes to order since"), sort="since"),
        Column("is_active", _("Makes to order today")),
        OFFICE,
        Column("contact_name", _("Contact"), shown=False, personal="name"),
        Column("contact_phone", _("Phone of the contact"), shown=False, personal="phone"),
        Column("note", _("Note"), shown=False),
    )
    default_sort = "since"
    filterset = OemEnterpriseFilters
    has_search = True
    search_hint = _("Name or code of the processor, or goods")
    form = forms.OemEnterpriseForm
    create = staticmethod(keep_oem.file_enterprise)
    update = staticmethod(keep_oem.change_enterprise)
    importer = OemEnterpriseImporter
    empty_hint = _("No processor yet. Enter those that make goods under marks of others.")
    facts = (
        Facts(
            _("Filing"),
            (
                Column("goods", _("Goods made to order")),
                Column("nice_classes", _("Nice classes")),
                Column("since", _("Makes to order since")),
                Column("is_active", _("Makes to order today")),
                Column("contact_name", _("Contact"), personal="name"),
                Column("contact_phone", _("Phone of the contact"), personal="phone"),
                Column("note", _("Note")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        found = rows.filter(subject__in=subjects_found(text))
        return found | rows.filter(goods__contains=text.strip())

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (
            Section(10, "orders", _("OEM orders"), f"{PART}/orders.html", oem_page.orders),
            Section(20, "files", _("Evidence"), f"{PART}/evidence.html", page.evidence),
        )


def _may_check(actor: Actor, order: OemOrder) -> bool:
    return actor.has_perm("protection.change_oemorder", order)


ORDER_STEPS = (
    Step(
        "check", _("Check again"), forms.NothingStep, keep_oem.check_order, _may_check,
        _("Checked with marks and contracts as they stand now."),
    ),
)  # fmt: skip


class OemOrderRegister(StepRegister):
    """Orders under marks of others, each with the result of its check."""

    model = OemOrder
    app_name = "protection"
    slug = "oem-orders"
    label, label_one = _("OEM orders"), _("OEM order")
    permissions = permissions("oemorder")
    selector = staticmethod(selectors.orders_visible)
    columns = (
        Column("number", _("Order number"), link=True),
        Column("enterprise", _("OEM processor")),
        Column("client_name", _("Client")),
        Column("mark_text", _("Mark on the goods")),
        Column("verdict", _("Result of the check"), badge=VERDICT_TONES),
        Column("ordered_on", _("Ordered on"), sort="ordered_on"),
        OFFICE,
        Column("goods", _("Goods"), shown=False),
        Column("nice_classes", _("Nice classes"), shown=False),
        Column("quantity", _("Quantity (pieces)"), numeric=True, shown=False),
        Column("export_only", _("Made for export only"), shown=False),
        Column("destination", _("Destination"), shown=False),
        Column("checked_at", _("Checked"), shown=False),
    )
    default_sort = "-ordered_on"
    filterset = OemOrderFilters
    has_search = True
    search_hint = _("Number, mark, client or processor")
    form = forms.OemOrderForm
    create = staticmethod(keep_oem.enter_order)
    update = staticmethod(keep_oem.change_order)
    importer = OemOrderImporter
    empty_hint = _("No order yet. Enter the orders of a processor; each is checked at once.")
    steps = ORDER_STEPS
    facts = (
        Facts(
            _("OEM order"),
            (
                Column("number", _("Order number")),
                Column("client_name", _("Client")),
                Column("client_country", _("Country of a client overseas")),
                Column("mark_text", _("Mark on the goods")),
                Column("goods", _("Goods")),
                Column("nice_classes", _("Nice classes")),
                Column("quantity", _("Quantity (pieces)")),
                Column("export_only", _("Made for export only")),
                Column("destination", _("Destination")),
                Column("domestic_quantity", _("Of these sold in China")),
                Column("ordered_on", _("Ordered on")),
                Column("delivered_on", _("Delivery until")),
                Column("label_text", _("Text of the label")),
                OFFICE,
            ),
        ),
    )

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(selectors.about_order(text))

    @classmethod
    def sections(cls) -> Sequence[Section]:
        return (
            Section(10, "check", _("Check of the mark"), CHECK, oem_page.check),
            Section(20, "linked", _("What it rests on"), LINKS, oem_page.links),
            Section(30, "files", _("Evidence"), f"{PART}/evidence.html", page.evidence),
        )


def maker_section(actor: Actor, subject: Any) -> Mapping[str, Any] | None:
    """The filing of an operator as OEM processor, on the operator's page."""
    if not actor.has_perm("protection.view_oementerprise"):
        return None
    maker = selectors.makers_visible(actor).filter(subject=subject).first()
    return None if maker is None else {"maker": maker, **oem_page.orders(actor, maker)}
