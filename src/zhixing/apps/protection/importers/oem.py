"""Lists of OEM processors and of their orders, from a file; imported orders are checked too."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.apps.protection.actions.keep_oem import check_order
from zhixing.apps.protection.models import OemEnterprise, OemOrder
from zhixing.apps.registry.api import (
    PlacedImporter,
    TradeMark,
    code_text,
    each,
    office_of_subjects,
    read_nice_classes,
    resolve_subjects,
    uscc_column,
)
from zhixing.kit.actors import SystemActor
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.fields import ImportField, mask_of
from zhixing.kit.exchange.importer import Context, Plan, Rows, register

MAKER = (
    ImportField(
        "uscc",
        gettext_lazy("Unified social credit code"),
        aliases=("统一社会信用代码", "社会信用代码", "信用代码"),
        parse=uscc_column,
        help=gettext_lazy("Of the operator, who must be in the register."),
    ),
    ImportField(
        "subject",
        gettext_lazy("OEM processor"),
        aliases=("企业名称", "加工企业", "加工企业名称", "受托方"),
        max_length=200,
        help=gettext_lazy("Where there is no credit code: the operator's exact name."),
    ),
)
CLASSES = ImportField(
    "nice_classes",
    gettext_lazy("Nice classes"),
    aliases=("类别", "国际分类", "商品类别"),
    parse=each(read_nice_classes),
)


def _needs_maker(mapped: Collection[str]) -> None:
    if not {"uscc", "subject"} & set(mapped):
        raise Invalid(_("Expected a column with the operator's credit code or name."))


def _shown_name(mapped: Collection[str]) -> str:
    return "subject" if "subject" in mapped else "uscc"


@register
class OemEnterpriseImporter(PlacedImporter):
    """Key: the operator, found by credit code or name; the office is the operator's."""

    slug = "oem-processors"
    label = gettext_lazy("OEM processors")
    permission = "protection.import_oementerprise"
    model = OemEnterprise
    fields = (
        *MAKER,
        ImportField(
            "goods",
            gettext_lazy("Goods made to order"),
            aliases=("加工商品", "加工产品", "定牌商品"),
            required=True,
            max_length=300,
        ),
        CLASSES,
        ImportField(
            "since", gettext_lazy("Makes to order since"), aliases=("起始日期",), kind="date"
        ),
        ImportField(
            "contact_name", gettext_lazy("Contact"), aliases=("联系人",), max_length=60,
            personal="name",
        ),
        ImportField(
            "contact_phone", gettext_lazy("Phone of the contact"),
            aliases=("联系电话", "联系人电话"), max_length=30, personal="phone",
        ),
        ImportField("note", gettext_lazy("Note"), aliases=("备注",), max_length=200),
    )  # fmt: skip

    def identities(self, mapped: Collection[str]) -> Sequence[Sequence[str]]:
        _needs_maker(mapped)
        if "goods" not in mapped:
            raise Invalid(_("Expected a column with the goods made to order."))
        return [("uscc", "subject") if {"uscc", "subject"} <= set(mapped)
                else (_shown_name(mapped),)]  # fmt: skip

    def key(self, mapped: Collection[str]) -> Sequence[str]:
        return ("subject_id",)

    def stored(self, mapped: Collection[str]) -> Sequence[str]:
        names = [f.name for f in self.fields if f.name in mapped]
        return [*(n for n in names if n not in {"uscc", "subject"}), "subject_id", "unit_path"]

    def check(self, rows: Rows, context: Context) -> None:
        subjects = resolve_subjects(rows, context, code="uscc", name="subject")
        rows.fault(
            _shown_name(rows.columns),
            mask_of(pc.is_null(subjects)) & ~rows.bad,
            _("one operator of your offices in the register"),
            _("Import the operator first, or correct the code or name."),
        )
        rows.columns["subject_id"] = subjects
        rows.columns["unit_path"] = office_of_subjects(subjects, context.unit_path)
        super().check(rows, context)

    def key_texts(self, rows: Rows) -> list[str]:
        return [text or "" for text in rows.columns[_shown_name(rows.raw)].to_pylist()]


@register
class OemOrderImporter(PlacedImporter):
    """Key: order number and processor; the processor must be filed. Each order is checked."""

    slug = "oem-orders"
    label = gettext_lazy("OEM orders")
    permission = "protection.import_oemorder"
    model = OemOrder
    fields = (
        ImportField(
            "number", gettext_lazy("Order number"), aliases=("订单号", "订单编号", "合同号"),
            required=True, max_length=60,
        ),
        *MAKER,
        ImportField(
            "client_name", gettext_lazy("Client"), aliases=("委托方", "委托人", "客户"),
            required=True, max_length=200,
        ),
        ImportField(
            "client_country", gettext_lazy("Country of a client overseas"),
            aliases=("国家", "国家(地区)"), max_length=60,
        ),
        ImportField(
            "mark_text", gettext_lazy("Mark on the goods"), aliases=("商标", "使用商标"),
            required=True, max_length=120,
        ),
        ImportField(
            "registration_number", gettext_lazy("Registration number"),
            aliases=("商标注册号", "注册号"), parse=each(code_text),
            help=gettext_lazy("Of a mark that is in the register; it is then linked."),
        ),
        ImportField(
            "goods", gettext_lazy("Goods"), aliases=("商品", "产品"), required=True,
            max_length=200,
        ),
        ImportField(
            CLASSES.name, CLASSES.label, aliases=CLASSES.aliases, parse=CLASSES.parse,
            required=True,
        ),
        ImportField(
            "quantity", gettext_lazy("Quantity (pieces)"), aliases=("数量", "件数"),
            kind="integer", required=True,
        ),
        ImportField(
            "destination", gettext_lazy("Destination"), aliases=("目的地", "出口国"),
            max_length=120,
        ),
        ImportField(
            "ordered_on", gettext_lazy("Ordered on"), aliases=("下单日期", "签订日期"),
            kind="date", required=True,
        ),
        ImportField(
            "delivered_on", gettext_lazy("Delivery until"), aliases=("交货日期",), kind="date"
        ),
        ImportField("label_text", gettext_lazy("Text of the label"), aliases=("标签文字",)),
    )  # fmt: skip

    def identities(self, mapped: Collection[str]) -> Sequence[Sequence[str]]:
        _needs_maker(mapped)
        wanted = {field.name for field in self.fields if field.required}
        if missing := wanted - set(mapped):
            labels = {field.name: str(field.label) for field in self.fields}
            raise Invalid(
                _("Expected the columns %(columns)s.")
                % {"columns": ", ".join(sorted(labels[name] for name in missing))}
            )
        return [("number", _shown_name(mapped))]

    def key(self, mapped: Collection[str]) -> Sequence[str]:
        return ("number", "enterprise_id")

    def stored(self, mapped: Collection[str]) -> Sequence[str]:
        resolved = {"uscc", "subject", "registration_number"}
        names = [f.name for f in self.fields if f.name in mapped and f.name not in resolved]
        names += ["trade_mark_id"] if "registration_number" in mapped else []
        return [*names, "enterprise_id", "unit_path"]

    def constants(self, context: Context) -> Mapping[str, Any]:
        # Replaced by the check, which runs in the same transaction.
        unchecked = {"verdict": OemOrder.Verdict.MISSING.value, "checked_at": timezone.now()}
        return {**super().constants(context), **unchecked}

    def check(self, rows: Rows, context: Context) -> None:
        subjects = resolve_subjects(rows, context, code="uscc", name="subject")
        makers = dict(
            OemEnterprise.objects.visible_to(context.actor)
            .filter(subject__in=subjects.drop_null().unique().to_pylist())
            .values_list("subject", "pk")
        )
        place = pc.index_in(subjects, value_set=pa.array(list(makers), pa.int64()))
        found = pa.array(list(makers.values()), pa.int64()).take(place)
        rows.fault(
            _shown_name(rows.columns),
            mask_of(pc.is_null(found)) & ~rows.bad,
            _("an OEM processor of your offices"),
            _("Enter its filing first, or correct the code or name."),
        )
        rows.columns["enterprise_id"] = found
        rows.columns["unit_path"] = office_of_subjects(subjects, context.unit_path)
        if "registration_number" in rows.columns:
            rows.columns["trade_mark_id"] = _marks(rows.columns["registration_number"])
        if "delivered_on" in rows.columns:
            rows.fault(
                "delivered_on",
                mask_of(pc.less(rows.columns["delivered_on"], rows.columns["ordered_on"])),
                _("a day not before the order"),
                _("Compare both days with the order."),
            )
        super().check(rows, context)

    def apply(self, plan: Plan, context: Context) -> None:
        super().apply(plan, context)
        rows: Rows = plan.payload.rows
        touched = [*plan.created.tolist(), *plan.updated.tolist()]
        numbers, makers = (rows.columns[name].to_pylist() for name in ("number", "enterprise_id"))
        wanted = {(makers[place], numbers[place]) for place in touched}
        actor = SystemActor(f"import {context.run_id} of OEM orders")
        orders = OemOrder.objects.filter(
            enterprise__in={maker for maker, _number in wanted},
            number__in={number for _maker, number in wanted},
        )
        for order in orders.order_by("pk"):
            if (order.enterprise_id, order.number) in wanted:
                check_order(actor, order)


def _marks(numbers: pa.Array) -> pa.Array:
    wanted = numbers.drop_null().unique().to_pylist()
    known = dict(
        TradeMark.objects.filter(registration_number__in=wanted).values_list(
            "registration_number", "pk"
        )
    )
    keys = pa.array(list(known.values()), pa.int64())
    return keys.take(pc.index_in(numbers, value_set=pa.array(list(known), pa.string())))
