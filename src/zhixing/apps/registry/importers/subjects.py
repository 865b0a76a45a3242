"""Operators from the registration authority's lists."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.apps.registry.actions.note_names import names_before, note_names
from zhixing.apps.registry.importers.columns import uscc_column
from zhixing.apps.registry.importers.placed import OFFICE, PlacedImporter
from zhixing.apps.registry.importers.regions import resolve_regions
from zhixing.apps.registry.models import Subject
from zhixing.apps.registry.naming import name_columns
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.fields import Defect, ImportField, mask_of
from zhixing.kit.exchange.importer import Context, Plan, Rows, register

# GB/T 4754: section letter, then up to four digits, of which the letter may be left out.
_INDUSTRY = r"^[A-T]?\d{0,4}$"


def _industry(_column: ImportField, texts: pa.StringArray) -> tuple[pa.Array, list[Defect]]:
    codes = pc.utf8_upper(pc.utf8_normalize(texts, form="NFKC"))
    bad = mask_of(pc.invert(pc.match_substring_regex(codes, _INDUSTRY)))
    if not bad.any():
        return codes, []
    return codes, [
        Defect(bad, _("a code of GB/T 4754 such as F5212"), _("Write the code, not the words."))
    ]


@register
class SubjectImporter(PlacedImporter):
    """Key: the credit code where mapped, else the source's own key, else name and region.

    A province or region that the register does not have is kept at the head of the address; a bare
    year of registration counts as its 1 January.
    """

    slug = "subjects"
    label = gettext_lazy("Subjects")
    permission = "registry.import_subject"
    model = Subject
    derived_from = ("name", "uscc", "address")
    fields = (
        ImportField(
            "uscc",
            gettext_lazy("Unified social credit code"),
            aliases=("统一社会信用代码", "社会信用代码", "信用代码", "统一代码", "credit code"),
            parse=uscc_column,
            help=gettext_lazy("18 characters; the check character is computed."),
        ),
        ImportField(
            "external_key",
            gettext_lazy("Key in the source list"),
            aliases=("主体编号", "序列号", "编号", "内部序号", "id", "key"),
            max_length=80,
            help=gettext_lazy("The source's own number, where there is no credit code."),
        ),
        ImportField(
            "name",
            gettext_lazy("Name"),
            aliases=("企业名称", "主体名称", "市场主体名称", "经营者名称", "名称", "字号名称"),
            required=True,
            max_length=200,
        ),
        ImportField(
            "kind",
            gettext_lazy("Kind"),
            aliases=("主体类型", "市场主体类型", "类型"),
            kind="choice",
            choices=dict(Subject.Kind.choices),
            spellings={
                "企业": "enterprise",
                "个体": "self_employed",
                "个体户": "self_employed",
                "个体工商户": "self_employed",
                "农民专业合作社": "cooperative",
                "合作社": "cooperative",
                "事业单位": "institution",
                "其他": "other",
            },
        ),
        ImportField(
            "industry",
            gettext_lazy("Industry (GB/T 4754)"),
            aliases=("行业代码", "行业", "国民经济行业"),
            max_length=5,
            parse=_industry,
        ),
        ImportField(
            "status",
            gettext_lazy("Status"),
            aliases=("经营状态", "登记状态", "企业状态", "状态"),
            kind="choice",
            choices=dict(Subject.Status.choices),
            spellings={
                "在业": "active",
                "存续": "active",
                "存续(在营、开业、在册)": "active",
                "在营": "active",
                "开业": "active",
                "停业": "suspended",
                "歇业": "suspended",
                "吊销": "revoked",
                "吊销,未注销": "revoked",
                "注销": "deregistered",
                "已注销": "deregistered",
            },
        ),
        ImportField(
            "address",
            gettext_lazy("Address"),
            aliases=("住所", "经营场所", "地址", "注册地址", "经营地址"),
            max_length=200,
        ),
        ImportField(
            "region",
            gettext_lazy("Region"),
            aliases=("province", "省份", "省", "行政区划", "区划代码", "所属区域", "地区"),
            max_length=60,
            help=gettext_lazy("Division code, or the name of a region."),
        ),
        ImportField(
            "longitude", gettext_lazy("Longitude"), aliases=("经度", "lng", "lon"), kind="number"
        ),
        ImportField("latitude", gettext_lazy("Latitude"), aliases=("纬度", "lat"), kind="number"),
        ImportField(
            "phone",
            gettext_lazy("Phone"),
            aliases=("电话", "联系电话", "手机", "手机号"),
            max_length=30,
            personal="phone",
        ),
        ImportField(
            "legal_representative",
            gettext_lazy("Legal representative"),
            aliases=("法定代表人", "负责人", "法人", "经营者"),
            max_length=60,
            personal="name",
        ),
        ImportField(
            "registered_on",
            gettext_lazy("Registered on"),
            aliases=("year", "成立日期", "注册日期", "登记日期", "成立年份", "年份"),
            kind="date_or_year",
            help=gettext_lazy("A date, or a year (its 1 January)."),
        ),
        ImportField(
            "renamed_on",
            gettext_lazy("Name changed on"),
            aliases=("名称变更日期", "更名日期"),
            kind="date",
            help=gettext_lazy("Without it, a name that differs counts as changed today."),
        ),
        ImportField(
            "ended_on",
            gettext_lazy("Deregistered on"),
            aliases=("注销日期", "注销时间"),
            kind="date",
            help=gettext_lazy("Without it, the day on which the list first says so."),
        ),
        OFFICE,
    )

    def identities(self, mapped: Collection[str]) -> Sequence[Sequence[str]]:
        codes = [(name,) for name in ("uscc", "external_key") if name in mapped]
        if codes:
            return codes
        if "name" not in mapped:
            raise Invalid(
                _("Expected a column with the credit code, the source's key or the name.")
            )
        return [("name", "region_id") if "region" in mapped else ("name",)]

    def stored(self, mapped: Collection[str]) -> Sequence[str]:
        names = [c.name for c in self.fields if c.name in mapped and c.name not in _RESOLVED]
        if "region" in mapped:
            names += ["region_id"] if "address" in names else ["region_id", "address"]
        return [*names, "unit_path"] if "office" in mapped else names

    def check(self, rows: Rows, context: Context) -> None:
        self.resolve_offices(rows, context)
        if "region" in rows.columns:
            resolve_regions(rows)
        for name, limit in (("longitude", 180), ("latitude", 90)):
            if name in rows.columns:
                rows.fault(
                    name,
                    mask_of(pc.greater(pc.abs(rows.columns[name]), limit)),
                    _("degrees between -%(limit)s and %(limit)s") % {"limit": limit},
                    _("Compare with the map; longitude and latitude may be exchanged."),
                )
        super().check(rows, context)

    def apply(self, plan: Plan, context: Context) -> None:
        before = names_before(plan.payload.keys[plan.updated].tolist())
        super().apply(plan, context)
        note_names(before)

    def constants(self, context: Context) -> Mapping[str, Any]:
        return {**super().constants(context), "source_import_id": context.run_id}

    def derived(self, rows: Rows, context: Context) -> Mapping[str, Any]:
        further = [rows.columns[name].to_pylist() for name in ("uscc", "address")]
        return {
            name: pa.array(values, pa.string())
            for name, values in name_columns(rows.columns["name"], *further).items()
        }


_RESOLVED = ("region", "office")
