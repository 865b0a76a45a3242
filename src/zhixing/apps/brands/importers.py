"""Lists of brands to protect, and of shop names and offers that were seen, from files."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.apps.accounts.api import units_visible
from zhixing.apps.brands.actions.keep_watch_list import SHORTEST, clean_territory
from zhixing.apps.brands.actions.revise_lists import next_revision
from zhixing.apps.brands.models import Sighting, WatchedMark
from zhixing.apps.registry.api import (
    OFFICE_COLUMN,
    PlacedImporter,
    Unusable,
    each,
    read_nice_classes,
    read_similar_groups,
    resolve_subjects,
)
from zhixing.kit.actors import Actor
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.fields import ImportField, mask_of
from zhixing.kit.exchange.importer import Context, Plan, Rows, register
from zhixing.kit.exchange.upsert import ModelImporter
from zhixing.kit.search import split_for_search

_BETWEEN = re.compile(r"[\s,;、，；|]+")


def _territory(text: str) -> str:
    try:
        codes = clean_territory(item for item in _BETWEEN.split(text) if item)
    except Invalid as error:
        raise Unusable(
            _("division codes of 2 to 12 digits"), _("Put a comma between two of them.")
        ) from error
    return json.dumps(codes)


@register
class WatchListImporter(ModelImporter):
    """Key: the brand on the list of the office chosen for the import."""

    slug = "watch-list"
    label = gettext_lazy("Watch list")
    permission = "brands.import_watchedmark"
    model = WatchedMark
    fields = (
        ImportField(
            "text",
            gettext_lazy("Brand"),
            aliases=("brand", "mark", "famous_mark", "品牌", "商标", "商标名称", "受保护商标"),
            required=True,
            max_length=60,
        ),
        ImportField(
            "protection",
            gettext_lazy("Protection"),
            aliases=("保护", "保护类型", "保护级别"),
            kind="choice",
            choices=dict(WatchedMark.Protection.choices),
            spellings={
                "驰名商标": "well_known",
                "驰名": "well_known",
                "省著名商标": "famous",
                "著名商标": "famous",
                "地理标志": "geographical",
                "涉外商标": "foreign",
                "涉外": "foreign",
                "本地品牌": "local",
            },
        ),
        ImportField(
            "holder_name",
            gettext_lazy("Holder"),
            aliases=("holder", "权利人", "注册人", "持有人"),
            max_length=120,
        ),
        ImportField(
            "territory",
            gettext_lazy("Territory"),
            aliases=("保护地域", "地域", "行政区划代码"),
            parse=each(_territory),
            help=gettext_lazy("Division codes; empty for everywhere."),
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
        ImportField("note", gettext_lazy("Note"), aliases=("备注", "说明"), max_length=200),
    )

    def offices(self, actor: Actor) -> list[tuple[str, str]]:
        return [(unit.path, unit.name) for unit in units_visible(actor) if unit.closed_on is None]

    def identities(self, mapped: Collection[str]) -> Sequence[Sequence[str]]:
        if "text" not in mapped:
            raise Invalid(_("Expected a column with the brand."))
        return [("text",)]

    def key(self, mapped: Collection[str]) -> Sequence[str]:
        return ("text", "unit_path")

    def stored(self, mapped: Collection[str]) -> Sequence[str]:
        return [column.name for column in self.fields if column.name in mapped]

    def constants(self, context: Context) -> Mapping[str, Any]:
        return {"unit_path": context.unit_path}

    def check(self, rows: Rows, context: Context) -> None:
        rows.fault(
            "text",
            mask_of(pc.less(pc.utf8_length(rows.columns["text"]), SHORTEST)),
            _("a brand of at least %(n)d characters") % {"n": SHORTEST},
            _("A shorter one would match half the register."),
        )
        rows.columns["unit_path"] = pa.array([context.unit_path] * len(rows), pa.string())
        super().check(rows, context)

    def apply(self, plan: Plan, context: Context) -> None:
        if len(plan.created) or len(plan.updated):
            self._revision = next_revision()
        super().apply(plan, context)

    def derived(self, rows: Rows, context: Context) -> Mapping[str, Any]:
        """New and changed brands carry the revision of this change, so names meet them anew."""
        return {"revision": [self._revision] * len(rows)}

    _revision = 0


_TEXT_LENGTH = 500


@register
class SightingImporter(PlacedImporter):
    """Key: kind, text, place and day; the operator is linked by code, or by its very name."""

    slug = "sightings"
    label = gettext_lazy("Sightings")
    permission = "brands.import_sighting"
    model = Sighting
    derived_from = ("text", "seen_at")
    fields = (
        ImportField(
            "kind",
            gettext_lazy("Kind"),
            aliases=("类型", "名称类型", "来源类型"),
            kind="choice",
            choices=dict(Sighting.Kind.choices),
            spellings={
                "招牌": "shop",
                "店名": "shop",
                "门头": "shop",
                "店招": "shop",
                "网店": "listing",
                "网页": "listing",
                "网络商品": "listing",
            },
            required=True,
        ),
        ImportField(
            "text",
            gettext_lazy("Text"),
            aliases=("文字", "名称", "内容", "店铺名称", "标题", "text", "name"),
            required=True,
            max_length=_TEXT_LENGTH,
        ),
        ImportField(
            "seen_at",
            gettext_lazy("Where seen"),
            aliases=("地点", "发现地点", "平台", "市场", "place"),
            max_length=200,
        ),
        ImportField(
            "seen_on",
            gettext_lazy("Seen on"),
            aliases=("日期", "发现日期", "采集日期", "date"),
            kind="date",
            required=True,
        ),
        ImportField(
            "uscc",
            gettext_lazy("Credit code of the operator"),
            aliases=("统一社会信用代码", "信用代码"),
            max_length=18,
            kind="code",
        ),
        ImportField(
            "operator",
            gettext_lazy("Operator"),
            aliases=("经营者", "经营主体", "主体名称", "商家"),
            max_length=200,
        ),
        ImportField(
            "address_of_page",
            gettext_lazy("Address of the page"),
            aliases=("网址", "链接", "url", "商品链接"),
            max_length=500,
        ),
        ImportField(
            "nice_classes",
            gettext_lazy("Nice classes"),
            aliases=("类别", "商品类别", "国际分类"),
            parse=each(read_nice_classes),
        ),
        ImportField("longitude", gettext_lazy("Longitude"), aliases=("经度",), kind="number"),
        ImportField("latitude", gettext_lazy("Latitude"), aliases=("纬度",), kind="number"),
        ImportField("note", gettext_lazy("Note"), aliases=("备注",), max_length=200),
        OFFICE_COLUMN,
    )

    def identities(self, mapped: Collection[str]) -> Sequence[Sequence[str]]:
        if not {"kind", "text", "seen_on"} <= set(mapped):
            raise Invalid(_("Expected columns with the kind, the text and the day."))
        place = ("seen_at",) if "seen_at" in mapped else ()
        return [("text", "kind", "seen_on", *place)]

    def stored(self, mapped: Collection[str]) -> Sequence[str]:
        resolved = {"uscc", "operator", "office"}
        names = [c.name for c in self.fields if c.name in mapped and c.name not in resolved]
        names += ["subject_id"] if {"uscc", "operator"} & set(mapped) else []
        return [*names, "unit_path"] if "office" in mapped else names

    def check(self, rows: Rows, context: Context) -> None:
        self.resolve_offices(rows, context)
        if {"uscc", "operator"} & set(rows.columns):
            rows.columns["subject_id"] = resolve_subjects(
                rows, context, code="uscc", name="operator"
            )
        super().check(rows, context)

    def derived(self, rows: Rows, context: Context) -> Mapping[str, Any]:
        columns = (rows.columns[name].to_pylist() for name in self.derived_from)
        texts = [split_for_search(*(t or "" for t in row)) for row in zip(*columns, strict=True)]
        return {"search_text": pa.array(texts, pa.string())}
