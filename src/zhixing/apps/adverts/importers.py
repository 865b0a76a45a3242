"""Broadcast logs and lists of approvals from files."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.apps.accounts.api import units_visible
from zhixing.apps.adverts.actions.capture_ads import (
    LONGEST_TEXT,
    Seen,
    appearance_keys,
    clean,
    known_appearances,
)
from zhixing.apps.adverts.actions.capture_import import capture_batch
from zhixing.apps.adverts.actions.keep_approvals import complete_imported, last_day
from zhixing.apps.adverts.models import Approval
from zhixing.apps.adverts.numbers import kind_of, normalised
from zhixing.apps.media.api import Medium, media_visible
from zhixing.apps.registry.api import (
    OFFICE_COLUMN,
    PlacedImporter,
    Unusable,
    each,
    resolve_subjects,
)
from zhixing.engines.neardup import key_of
from zhixing.kit.actors import Actor
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.fields import ImportField, mask_of
from zhixing.kit.exchange.importer import Context, Importer, Plan, Rows, register

_CLOCK = re.compile(r"(?:^|[ T])(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2}))?秒?$")
_LENGTH = re.compile(r"^(?:(\d+)[:：])?(\d+)[:：](\d{1,2})$")
KEY = ("medium", "shown_on", "shown_at", "page", "programme", "url", "text")


def _clock(text: str) -> str:
    """A time of day as HH:MM:SS, from 7:05, 19:30:15 or a whole date and time."""
    found = _CLOCK.search(text.strip())
    hour, minute, second = (int(part or 0) for part in found.groups()) if found else (99, 0, 0)
    if hour > 23 or minute > 59 or second > 59:
        raise Unusable(_("a time of day such as 19:30:15"), _("Write hour and minute."))
    return f"{hour:02}:{minute:02}:{second:02}"


def _seconds(text: str) -> int:
    """A duration in seconds, from 15, 15秒 or 0:15."""
    plain = text.strip().removesuffix("秒").strip()
    if plain.isdecimal() and len(plain) <= 6:
        return int(plain)
    found = _LENGTH.match(plain)
    if not found:
        raise Unusable(_("a duration in seconds, or as 0:15"), _("Write digits only."))
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


@register
class PlacementImporter(Importer):
    """A log: each row one appearance; equal texts become one advertisement.

    Key: medium, day, time, page, programme, address and text together, or the row's own number in
    the log where it has one.
    """

    slug = "ad-placements"
    label = gettext_lazy("Advertisements and placements (logs)")
    permission = "adverts.import_placement"
    fields = (
        ImportField(
            "number",
            gettext_lazy("Row number in the log"),
            aliases=("序号", "流水号", "记录号", "id"),
            max_length=40,
        ),
        ImportField(
            "medium",
            gettext_lazy("Medium, by number or name"),
            aliases=("媒体", "媒体名称", "媒介名称", "频道", "播出频道", "媒体编号"),
            required=True,
            max_length=120,
        ),
        ImportField(
            "shown_on",
            gettext_lazy("Day"),
            aliases=("日期", "播出日期", "发布日期", "刊播日期"),
            required=True,
            kind="date",
        ),
        ImportField(
            "shown_at",
            gettext_lazy("Time"),
            aliases=("时间", "播出时间", "开始时间", "起始时间"),
            parse=each(_clock),
        ),
        ImportField(
            "seconds",
            gettext_lazy("Duration, seconds"),
            aliases=("时长", "时长(秒)", "广告时长", "播出时长"),
            parse=each(_seconds, pa.int64()),
        ),
        ImportField(
            "area_cm2",
            gettext_lazy("Area, cm²"),
            aliases=("面积", "版面面积", "面积(平方厘米)"),
            kind="number",
        ),
        ImportField("page", gettext_lazy("Page"), aliases=("版面", "版次"), max_length=40),
        ImportField(
            "programme",
            gettext_lazy("Programme or column"),
            aliases=("栏目", "节目", "时段"),
            max_length=120,
        ),
        ImportField("url", gettext_lazy("Address"), aliases=("网址", "链接"), max_length=500),
        ImportField(
            "title", gettext_lazy("Title"), aliases=("广告名称", "广告标题", "标题"), max_length=120
        ),
        ImportField(
            "text",
            gettext_lazy("Words of the advertisement"),
            aliases=("广告内容", "广告词", "文案", "内容", "字幕", "文本"),
            required=True,
            max_length=LONGEST_TEXT,
        ),
        ImportField(
            "category",
            gettext_lazy("Product category"),
            aliases=("商品类别", "广告类别", "类别"),
            max_length=30,
        ),
        ImportField(
            "product", gettext_lazy("Product"), aliases=("产品", "商品名称", "品牌"), max_length=120
        ),
        ImportField(
            "advertiser_code",
            gettext_lazy("Advertiser's code"),
            aliases=("广告主统一社会信用代码",),
        ),
        ImportField(
            "advertiser_name",
            gettext_lazy("Advertiser"),
            aliases=("广告主", "广告主名称"),
            max_length=200,
        ),
        ImportField(
            "agent_name",
            gettext_lazy("Agent"),
            aliases=("广告经营者", "代理公司"),
            max_length=200,
        ),
        ImportField("endorser", gettext_lazy("Endorser"), aliases=("代言人",), max_length=60),
    )

    def identities(self, mapped: Collection[str]) -> Sequence[Sequence[str]]:
        if missing := [name for name in ("medium", "shown_on", "text") if name not in mapped]:
            labels = {field.name: str(field.label) for field in self.fields}
            raise Invalid(
                _("Expected the columns %(columns)s.")
                % {"columns": ", ".join(labels[name] for name in missing)}
            )
        if "number" in mapped:
            return [("number",)]
        return [[name for name in KEY if name in mapped]]

    def offices(self, actor: Actor) -> list[tuple[str, str]]:
        return [(unit.path, unit.name) for unit in units_visible(actor) if unit.closed_on is None]

    def check(self, rows: Rows, context: Context) -> None:
        """Categories must be known; a medium that is not in the register keeps its name."""
        if "category" in rows.columns:
            rows.columns["category"] = _categories(rows)
        future = mask_of(pc.greater(rows.columns["shown_on"], timezone.localdate()))
        rows.fault(
            "shown_on", future, _("today or an earlier day"), _("Compare the day with the log.")
        )

    def plan(self, rows: Rows, context: Context) -> Plan:
        """Rows whose appearance is known already stay as they are."""
        seen = _seen(rows, context)
        keys = appearance_keys(seen, [key_of(clean(found.text)) for found in seen])
        known = known_appearances(keys)
        is_known = np.array([key in known for key in keys], dtype=bool)
        nothing = np.zeros(0, dtype=np.int64)
        new, old = np.flatnonzero(~is_known), np.flatnonzero(is_known)
        return Plan(new, nothing, old, [], seen)

    def apply(self, plan: Plan, context: Context) -> None:
        capture_batch(context.actor, context.run_id, plan.payload)


def _categories(rows: Rows) -> pa.Array:
    """Codes from codes or words of either language."""
    from zhixing.law.advertising import advertising

    known: dict[str, str] = {}
    for category in advertising(timezone.localdate()).categories:
        known |= {
            category.code: category.code,
            category.title_zh: category.code,
            category.title_en.lower(): category.code,
        }
    texts = rows.columns["category"]
    folded = pc.utf8_lower(texts)
    codes = pa.array(list(known.values()), pa.string())
    found = codes.take(pc.index_in(folded, value_set=pa.array(list(known), pa.string())))
    rows.fault(
        "category",
        mask_of(pc.and_(pc.is_valid(texts), pc.is_null(found))),
        _("one of %(choices)s") % {"choices": "、".join(sorted(set(known.values())))},
        _("Leave the cell empty; then the words tell the category."),
    )
    return found


def _seen(rows: Rows, context: Context) -> list[Seen]:
    columns = {name: values.to_pylist() for name, values in rows.columns.items()}
    count = len(rows)
    advertisers = [None] * count
    if {"advertiser_code", "advertiser_name"} & set(columns):
        advertisers = resolve_subjects(
            rows, context, code="advertiser_code", name="advertiser_name"
        ).to_pylist()
    media = _media(set(columns["medium"]), context)

    def text(name: str, place: int) -> str:
        return (columns[name][place] or "") if name in columns else ""

    def number(name: str, place: int) -> int | None:
        value = columns[name][place] if name in columns else None
        return None if value is None else round(value)

    return [
        Seen(
            text=columns["text"][place],
            shown_on=_as_day(columns["shown_on"][place]),
            shown_at=time.fromisoformat(text("shown_at", place))
            if text("shown_at", place)
            else None,
            medium=media.get(columns["medium"][place]),
            medium_name=columns["medium"][place],
            seconds=number("seconds", place),
            area_cm2=number("area_cm2", place),
            page=text("page", place) or text("number", place),
            programme=text("programme", place),
            url=text("url", place),
            title=text("title", place),
            category=text("category", place),
            product=text("product", place),
            advertiser_name=text("advertiser_name", place),
            advertiser_id=advertisers[place],
            agent_name=text("agent_name", place),
            endorser=text("endorser", place),
            where=str(rows.numbers[place]),
        )
        for place in range(count)
    ]


def _as_day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def _media(texts: set[str], context: Context) -> dict[str, Medium]:
    """Media of the actor's offices by number, else by a name that only one of them has."""
    visible = media_visible(context.actor)
    found: dict[str, Medium] = {}
    twice: set[str] = set()
    for medium in visible.filter(name__in=texts):
        if medium.name in found:
            twice.add(medium.name)
        found[medium.name] = medium
    found = {name: medium for name, medium in found.items() if name not in twice}
    return found | {medium.number: medium for medium in visible.filter(number__in=texts)}


def _approval_number(text: str) -> str:
    return normalised(text)


@register
class ApprovalImporter(PlacedImporter):
    """Key: the approval number. A row without a last day gets the longest term of the law."""

    slug = "ad-approvals"
    label = gettext_lazy("Advertising approvals")
    permission = "adverts.import_approval"
    model = Approval
    fields = (
        ImportField(
            "number",
            gettext_lazy("Approval number"),
            aliases=("广告批准文号", "批准文号", "广告审查文号", "文号", "审查证明文号"),
            required=True,
            max_length=60,
            parse=each(_approval_number),
        ),
        ImportField(
            "kind",
            gettext_lazy("Kind of product"),
            aliases=("产品类别", "类别", "种类"),
            kind="choice",
            choices=dict(Approval.Kind.choices),
            spellings={"药": "drug", "器械": "device", "特医食品": "fsmp", "医疗": "medical"},
        ),
        ImportField(
            "product",
            gettext_lazy("Product"),
            aliases=("产品名称", "商品名称", "产品", "医疗机构名称"),
            required=True,
            max_length=120,
        ),
        ImportField(
            "licence_number",
            gettext_lazy("Registration number of the product"),
            aliases=("产品注册号", "注册证号", "产品批准文号"),
            max_length=60,
        ),
        ImportField(
            "applicant_name",
            gettext_lazy("Applicant"),
            aliases=("申请人", "单位名称", "申请单位"),
            max_length=200,
        ),
        ImportField(
            "valid_from",
            gettext_lazy("Valid from"),
            aliases=("有效期自", "批准日期", "有效期起"),
            required=True,
            kind="date",
        ),
        ImportField(
            "valid_to",
            gettext_lazy("Valid to"),
            aliases=("有效期至", "有效期止", "有效期截止"),
            kind="date",
        ),
        ImportField(
            "status",
            gettext_lazy("Status"),
            aliases=("状态",),
            kind="choice",
            choices=dict(Approval.Status.choices),
            spellings={"有效": "valid", "撤销": "withdrawn", "注销": "cancelled"},
        ),
        OFFICE_COLUMN,
    )

    def identities(self, mapped: Collection[str]) -> Sequence[Sequence[str]]:
        if missing := {"number", "product", "valid_from"} - set(mapped):
            labels = {field.name: str(field.label) for field in self.fields}
            raise Invalid(
                _("Expected the columns %(columns)s.")
                % {"columns": ", ".join(labels[name] for name in sorted(missing))}
            )
        return [("number",)]

    def stored(self, mapped: Collection[str]) -> Sequence[str]:
        names = [c.name for c in self.fields if c.name in mapped and c.name != "office"]
        names += [name for name in ("kind", "valid_to") if name not in mapped]
        names += ["applicant_id"] if "applicant_name" in mapped else []
        return [*names, "unit_path"] if "office" in mapped else names

    def check(self, rows: Rows, context: Context) -> None:
        self.resolve_offices(rows, context)
        self._kinds(rows)
        self._terms(rows)
        if "applicant_name" in rows.columns:
            rows.columns["applicant_id"] = resolve_subjects(
                rows, context, code="", name="applicant_name"
            )
        super().check(rows, context)

    def _kinds(self, rows: Rows) -> None:
        """The kind that the number tells, where the file names none."""
        told = pa.array(
            [kind_of(number or "") or None for number in rows.columns["number"].to_pylist()],
            pa.string(),
        )
        given = rows.columns.get("kind", pa.nulls(len(rows), pa.string()))
        rows.columns["kind"] = pc.coalesce(given, told)
        rows.fault(
            "kind" if "kind" in rows.raw else "number",
            mask_of(pc.is_null(rows.columns["kind"])) & ~rows.bad,
            _("a kind of product, or a number that tells it"),
            _("Add a column with the kind of product."),
        )

    def _terms(self, rows: Rows) -> None:
        given = rows.columns.get("valid_to", pa.nulls(len(rows), pa.date32()))
        ends = [
            end or (last_day(kind, start) if kind and start else None)
            for end, kind, start in zip(
                given.to_pylist(),
                rows.columns["kind"].to_pylist(),
                rows.columns["valid_from"].to_pylist(),
                strict=True,
            )
        ]
        rows.columns["valid_to"] = pa.array(ends, pa.date32())
        rows.fault(
            "valid_to" if "valid_to" in rows.raw else "valid_from",
            mask_of(pc.less(rows.columns["valid_to"], rows.columns["valid_from"])),
            _("a day not before the first day"),
            _("Compare both days with the approval."),
        )

    def derived(self, rows: Rows, context: Context) -> Mapping[str, Any]:
        return {}

    def apply(self, plan: Plan, context: Context) -> None:
        super().apply(plan, context)
        numbers: list[Any] = plan.payload.rows.columns["number"].to_pylist()
        written = [numbers[place] for place in [*plan.created, *plan.updated]]
        if written:
            complete_imported(written)
