"""Media from a file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.apps.media.actions.keep_media import complete_imported
from zhixing.apps.media.models import Medium
from zhixing.apps.registry.api import OFFICE_COLUMN, PlacedImporter, resolve_subjects
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.bulk import AmongKeys
from zhixing.kit.exchange.fields import ImportField
from zhixing.kit.exchange.importer import Context, Plan, Rows, register

KIND_WORDS = {
    "报纸": "newspaper", "报": "newspaper", "期刊": "magazine", "杂志": "magazine", "电视": "tv",
    "电视台": "tv", "广播": "radio", "电台": "radio", "户外": "outdoor", "户外广告": "outdoor",
    "网站": "website", "互联网": "website", "APP": "app", "应用程序": "app", "直播": "live",
    "直播账号": "live", "自媒体": "self_media", "公众号": "self_media",
}  # fmt: skip


@register
class MediumImporter(PlacedImporter):
    """Key: the number of the medium."""

    slug = "media"
    label = gettext_lazy("Media")
    permission = "media.import_medium"
    model = Medium
    fields = (
        ImportField(
            "number",
            gettext_lazy("Medium number"),
            aliases=("编号", "媒体编号", "媒介编号", "id"),
            required=True,
            max_length=40,
        ),
        ImportField(
            "name",
            gettext_lazy("Medium"),
            aliases=("媒体", "媒体名称", "媒介名称", "名称"),
            required=True,
            max_length=120,
        ),
        ImportField(
            "kind",
            gettext_lazy("Kind of medium"),
            aliases=("媒体类别", "媒介类别", "媒体类型", "类别"),
            required=True,
            kind="choice",
            choices=dict(Medium.Kind.choices),
            spellings=KIND_WORDS,
        ),
        ImportField(
            "operator_code",
            gettext_lazy("Operator's code"),
            aliases=("主办单位统一社会信用代码", "统一社会信用代码"),
        ),
        ImportField(
            "operator_name",
            gettext_lazy("Operator"),
            aliases=("主办单位", "运营单位", "经营者"),
            max_length=200,
        ),
        ImportField(
            "authority",
            gettext_lazy("Competent authority"),
            aliases=("主管部门", "主管单位"),
            max_length=120,
        ),
        ImportField(
            "address",
            gettext_lazy("Channel, address or account"),
            aliases=("频道", "网址", "账号", "地址"),
            max_length=300,
        ),
        OFFICE_COLUMN,
    )

    def identities(self, mapped: Collection[str]) -> Sequence[Sequence[str]]:
        if "number" not in mapped:
            raise Invalid(_("Expected a column with the number of the medium."))
        return [("number",)]

    def stored(self, mapped: Collection[str]) -> Sequence[str]:
        resolved = ("office", "operator_code")
        names = [c.name for c in self.fields if c.name in mapped and c.name not in resolved]
        names += ["operator_id"] if {"operator_code", "operator_name"} & set(mapped) else []
        return [*names, "unit_path"] if "office" in mapped else names

    def check(self, rows: Rows, context: Context) -> None:
        self.resolve_offices(rows, context)
        if {"operator_code", "operator_name"} & set(rows.columns):
            rows.columns["operator_id"] = resolve_subjects(
                rows, context, code="operator_code", name="operator_name"
            )
        super().check(rows, context)

    def apply(self, plan: Plan, context: Context) -> None:
        super().apply(plan, context)
        numbers: list[Any] = plan.payload.rows.columns["number"].to_pylist()
        written = [numbers[place] for place in [*plan.created, *plan.updated]]
        if written:
            complete_imported(list(Medium.objects.filter(AmongKeys("number", written))))
