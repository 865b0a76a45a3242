"""Product labels from a file, e.g. of a sampling round or a firm's filing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.apps.chains.actions.keep_labels import LONGEST_TEXT, read_labels
from zhixing.apps.chains.models import Label
from zhixing.apps.registry.api import (
    OFFICE_COLUMN,
    PlacedImporter,
    each,
    read_nice_classes,
    resolve_subjects,
)
from zhixing.engines.labels import METHOD
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.bulk import AmongKeys
from zhixing.kit.exchange.fields import ImportField
from zhixing.kit.exchange.importer import Context, Plan, Rows, register


@register
class LabelImporter(PlacedImporter):
    """Key: the label number. The text is read into parties as the rows are written."""

    slug = "labels"
    label = gettext_lazy("Product labels")
    permission = "chains.import_label"
    model = Label
    fields = (
        ImportField(
            "number",
            gettext_lazy("Label number"),
            aliases=("编号", "标签编号", "样品编号", "抽样单编号", "id"),
            required=True,
            max_length=60,
        ),
        ImportField(
            "text",
            gettext_lazy("Label text"),
            aliases=("标签", "标签内容", "标签文字", "标签全文", "文本"),
            required=True,
            max_length=LONGEST_TEXT,
        ),
        ImportField(
            "product", gettext_lazy("Product"), aliases=("品名", "产品名称"), max_length=120
        ),
        ImportField("brand", gettext_lazy("Brand"), aliases=("品牌", "商标"), max_length=60),
        ImportField("barcode", gettext_lazy("Bar code"), aliases=("条码", "条形码"), max_length=14),
        ImportField(
            "seller_code",
            gettext_lazy("Seller's code"),
            aliases=("销售者统一社会信用代码", "经营者代码"),
        ),
        ImportField(
            "seller_name",
            gettext_lazy("Seller"),
            aliases=("销售者", "被抽样单位", "经营者", "销售单位"),
            max_length=200,
        ),
        ImportField(
            "place", gettext_lazy("Place"), aliases=("地点", "销售地点", "地址"), max_length=200
        ),
        ImportField(
            "seen_on",
            gettext_lazy("Seen on"),
            aliases=("日期", "发现日期", "抽样日期"),
            kind="date",
        ),
        ImportField(
            "nice_classes",
            gettext_lazy("Nice classes"),
            aliases=("类别", "商品类别", "国际分类"),
            parse=each(read_nice_classes),
        ),
        ImportField("note", gettext_lazy("Note"), aliases=("备注",), max_length=200),
        OFFICE_COLUMN,
    )

    def identities(self, mapped: Collection[str]) -> Sequence[Sequence[str]]:
        if "number" not in mapped:
            raise Invalid(_("Expected a column with the number of the label."))
        return [("number",)]

    def stored(self, mapped: Collection[str]) -> Sequence[str]:
        resolved = ("office", "seller_code")
        names = [c.name for c in self.fields if c.name in mapped and c.name not in resolved]
        names += ["seen_on"] if "seen_on" not in mapped else []
        names += ["seller_id"] if {"seller_code", "seller_name"} & set(mapped) else []
        return [*names, "unit_path"] if "office" in mapped else names

    def constants(self, context: Context) -> Mapping[str, Any]:
        return {**super().constants(context), "method_version": METHOD.version}

    def check(self, rows: Rows, context: Context) -> None:
        self.resolve_offices(rows, context)
        if {"seller_code", "seller_name"} & set(rows.columns):
            rows.columns["seller_id"] = resolve_subjects(
                rows, context, code="seller_code", name="seller_name"
            )
        if "seen_on" in rows.columns:
            rows.columns["seen_on"] = pc.fill_null(rows.columns["seen_on"], timezone.localdate())
        else:
            # A row that is there already keeps its day: null is "as it was" to the importer.
            rows.columns["seen_on"] = pa.array([timezone.localdate()] * len(rows), pa.date32())
        super().check(rows, context)

    def apply(self, plan: Plan, context: Context) -> None:
        super().apply(plan, context)
        rows = plan.payload.rows
        numbers = rows.columns["number"].to_pylist()
        written = [numbers[place] for place in [*plan.created, *plan.updated]]
        if written:
            read_labels(list(Label.objects.filter(AmongKeys("number", written)).order_by("pk")))
