"""Trade marks worth looking after."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pyarrow as pa
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.apps.registry.importers.columns import Unusable, code_text, each
from zhixing.apps.registry.importers.placed import OFFICE, PlacedImporter, resolve_subjects
from zhixing.apps.registry.models import TradeMark
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.fields import ImportField
from zhixing.kit.exchange.importer import Context, Rows, register
from zhixing.kit.search import split_for_search

_BETWEEN = re.compile(r"[\s,;、，；|]+")


def read_nice_classes(text: str) -> str:
    """Nice classes as a JSON list, sorted and without doubles."""
    items = [item.removeprefix("第").removesuffix("类") for item in _BETWEEN.split(text) if item]
    if not all(item.isdecimal() and 1 <= int(item) <= 45 for item in items):
        raise Unusable(_("Nice classes between 1 and 45"), _("Put a comma between two of them."))
    return json.dumps(sorted({int(item) for item in items}))


def read_similar_groups(text: str) -> str:
    """Similar groups as a JSON list, sorted and without doubles."""
    items = [item for item in _BETWEEN.split(text) if item]
    if not all(re.fullmatch(r"\d{4}", item) for item in items):
        raise Unusable(_("similar groups of four digits"), _("Put a comma between two of them."))
    return json.dumps(sorted(set(items)))


@register
class TradeMarkImporter(PlacedImporter):
    """Key: the registration number. The holder is linked when one operator has that very name."""

    slug = "trademarks"
    label = gettext_lazy("Trade marks")
    permission = "registry.import_trademark"
    model = TradeMark
    derived_from = ("text", "registration_number", "holder_name", "agent_name")
    fields = (
        ImportField(
            "registration_number",
            gettext_lazy("Registration number"),
            aliases=("注册号", "商标注册号", "申请号", "注册证号", "mark_id"),
            required=True,
            max_length=20,
            parse=each(code_text),
        ),
        ImportField(
            "text",
            gettext_lazy("Mark"),
            aliases=("商标名称", "商标", "商标文字", "mark"),
            required=True,
            max_length=120,
        ),
        ImportField(
            "nice_classes",
            gettext_lazy("Nice classes"),
            aliases=("类别", "国际分类", "商品类别", "classes"),
            parse=each(read_nice_classes),
        ),
        ImportField(
            "similar_groups",
            gettext_lazy("Similar groups"),
            aliases=("类似群", "类似群组"),
            parse=each(read_similar_groups),
        ),
        ImportField(
            "holder_name",
            gettext_lazy("Holder"),
            aliases=("注册人", "权利人", "商标注册人", "申请人", "holder"),
            max_length=200,
        ),
        ImportField(
            "holder_country",
            gettext_lazy("Country of the holder"),
            aliases=("国别", "注册人国家", "国家/地区", "国家"),
            max_length=60,
        ),
        ImportField(
            "agent_name",
            gettext_lazy("Agent"),
            aliases=("代理机构", "代理人", "商标代理机构", "国内代理"),
            max_length=200,
        ),
        ImportField("filed_on", gettext_lazy("Filed on"), aliases=("申请日期",), kind="date"),
        ImportField(
            "registered_on", gettext_lazy("Registered on"), aliases=("注册日期",), kind="date"
        ),
        ImportField(
            "expires_on",
            gettext_lazy("Expires on"),
            aliases=("有效期至", "专用权期限止", "到期日期"),
            kind="date",
        ),
        ImportField(
            "kind",
            gettext_lazy("Kind"),
            aliases=("商标类型", "类型"),
            kind="choice",
            choices=dict(TradeMark.Kind.choices),
            spellings={
                "普通商标": "ordinary",
                "一般": "ordinary",
                "集体商标": "collective",
                "证明商标": "certification",
                "地理标志": "geographical",
            },
        ),
        ImportField(
            "protection",
            gettext_lazy("Protection"),
            aliases=("保护", "保护类型"),
            kind="list",
            choices=dict(TradeMark.Protection.choices),
            spellings={
                "驰名商标": "well_known",
                "驰名": "well_known",
                "省著名商标": "provincial",
                "著名商标": "provincial",
                "涉外商标": "foreign",
                "涉外": "foreign",
            },
        ),
        ImportField(
            "status",
            gettext_lazy("Status"),
            aliases=("状态", "商标状态"),
            kind="choice",
            choices=dict(TradeMark.Status.choices),
            spellings={
                "申请中": "filed",
                "已注册": "registered",
                "注册": "registered",
                "期满": "expired",
                "驳回": "refused",
                "无效": "invalid",
                "注销": "cancelled",
                "撤销": "cancelled",
            },
        ),
        OFFICE,
    )

    def identities(self, mapped: Collection[str]) -> Sequence[Sequence[str]]:
        if "registration_number" not in mapped:
            raise Invalid(_("Expected a column with the registration number of the mark."))
        return [("registration_number",)]

    def stored(self, mapped: Collection[str]) -> Sequence[str]:
        names = [c.name for c in self.fields if c.name in mapped and c.name != "office"]
        names += ["holder_id"] if "holder_name" in mapped else []
        return [*names, "unit_path"] if "office" in mapped else names

    def check(self, rows: Rows, context: Context) -> None:
        self.resolve_offices(rows, context)
        if "holder_name" in rows.columns:
            rows.columns["holder_id"] = resolve_subjects(rows, context, code="", name="holder_name")
        super().check(rows, context)

    def derived(self, rows: Rows, context: Context) -> Mapping[str, Any]:
        columns = (rows.columns[name].to_pylist() for name in self.derived_from)
        texts = [
            split_for_search(*(text or "" for text in row)) for row in zip(*columns, strict=True)
        ]
        return {"search_text": pa.array(texts, pa.string())}
