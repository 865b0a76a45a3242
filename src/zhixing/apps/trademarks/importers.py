"""Lists that exist in life: marks cultivated, targets of offices."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.apps.registry.api import (
    OFFICE_COLUMN,
    PlacedImporter,
    Subject,
    TradeMark,
    code_text,
    each,
    read_nice_classes,
    resolve_subjects,
    uscc_column,
)
from zhixing.apps.trademarks.models import Cultivation, OfficeTarget
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.fields import ImportField, mask_of
from zhixing.kit.exchange.importer import Context, Rows, register
from zhixing.kit.search import split_for_search

DAYS = tuple(f"{stage}_on" for stage in (*Cultivation.PATH, *Cultivation.EXITS))
EXIT_DAYS = tuple(f"{stage}_on" for stage in Cultivation.EXITS)
_RESOLVED = ("uscc", "subject", "office")


def _day_field(name: str, label: Any, *aliases: str) -> ImportField:
    return ImportField(name, label, aliases=aliases, kind="date")


@register
class CultivationImporter(PlacedImporter):
    """Key: the mark at its office. The stage follows from the days, so no column names it."""

    slug = "cultivations"
    label = gettext_lazy("Marks cultivated")
    permission = "trademarks.import_cultivation"
    model = Cultivation
    derived_from = ("mark_text", "filing_number", "registration_number")
    fields = (
        ImportField(
            "mark_text",
            gettext_lazy("Mark"),
            aliases=("商标名称", "商标", "培育商标", "mark"),
            required=True,
            max_length=120,
        ),
        ImportField(
            "uscc",
            gettext_lazy("Credit code of the subject"),
            aliases=("统一社会信用代码", "信用代码"),
            parse=uscc_column,
        ),
        ImportField(
            "subject",
            gettext_lazy("Name of the subject"),
            aliases=("主体名称", "企业名称", "培育主体", "经营者名称"),
            max_length=200,
        ),
        ImportField(
            "kind",
            gettext_lazy("Kind"),
            aliases=("商标类型", "类型"),
            kind="choice",
            choices=dict(Cultivation.Kind.choices),
            spellings={
                "普通商标": "ordinary",
                "集体商标": "collective",
                "证明商标": "certification",
                "地理标志": "geographical",
                "农产品商标": "agricultural",
            },
        ),
        ImportField(
            "nice_classes",
            gettext_lazy("Nice classes"),
            aliases=("类别", "国际分类", "商品类别"),
            parse=each(read_nice_classes),
        ),
        ImportField(
            "goods",
            gettext_lazy("Goods and services"),
            aliases=("商品服务", "商品"),
            max_length=300,
        ),
        ImportField(
            "filing_number",
            gettext_lazy("Application number"),
            aliases=("申请号",),
            max_length=20,
            parse=each(code_text),
        ),
        ImportField(
            "registration_number",
            gettext_lazy("Registration number"),
            aliases=("注册号", "商标注册号"),
            max_length=20,
            parse=each(code_text),
        ),
        _day_field("candidate_on", gettext_lazy("Candidate since"), "列入日期", "建档日期"),
        _day_field("guided_on", gettext_lazy("Guided on"), "辅导日期", "指导日期"),
        _day_field("searched_on", gettext_lazy("Searched on"), "查询日期"),
        _day_field("filed_on", gettext_lazy("Filed on"), "申请日期"),
        _day_field("registered_on", gettext_lazy("Mark registered on"), "注册日期"),
        _day_field("in_use_on", gettext_lazy("In use since"), "使用日期"),
        _day_field("famous_on", gettext_lazy("Famous since"), "认定日期"),
        _day_field("dropped_on", gettext_lazy("Dropped on"), "终止日期"),
        _day_field("refused_on", gettext_lazy("Refused on"), "驳回日期"),
        ImportField("note", gettext_lazy("Note"), aliases=("备注", "说明"), max_length=300),
        OFFICE_COLUMN,
    )

    def identities(self, mapped: Collection[str]) -> Sequence[Sequence[str]]:
        if "mark_text" not in mapped:
            raise Invalid(_("Expected a column with the mark."))
        return [("mark_text", "office")] if "office" in mapped else [("mark_text",)]

    def key(self, mapped: Collection[str]) -> Sequence[str]:
        return ("mark_text", "unit_path")

    def stored(self, mapped: Collection[str]) -> Sequence[str]:
        # All days are always there, so that the stage follows from file and register together.
        left_out = (*_RESOLVED, *DAYS)
        names = [c.name for c in self.fields if c.name in mapped and c.name not in left_out]
        names += ["trade_mark_id"] if "registration_number" in mapped else []
        names += ["unit_path"] if "office" in mapped else []
        return [*names, "subject_id", *DAYS]

    def check(self, rows: Rows, context: Context) -> None:
        rows.columns["unit_path"] = pa.array([context.unit_path] * len(rows), pa.string())
        self.resolve_offices(rows, context)
        rows.columns["subject_id"] = pa.nulls(len(rows), pa.int64())
        if {"uscc", "subject"} & set(rows.raw):
            self._resolve_subjects(rows, context)
        if "registration_number" in rows.columns:
            rows.columns["trade_mark_id"] = _marks_of(rows.columns["registration_number"])
        self._check_days(rows)
        super().check(rows, context)

    def _resolve_subjects(self, rows: Rows, context: Context) -> None:
        """An operator that is named must be one of the register."""
        found = resolve_subjects(rows, context, code="uscc", name="subject")
        name = "uscc" if "uscc" in rows.columns else "subject"
        named = [rows.columns[n] for n in ("uscc", "subject") if n in rows.columns]
        rows.fault(
            name,
            mask_of(pc.is_valid(pc.coalesce(*named))) & mask_of(pc.is_null(found)) & ~rows.bad,
            _("one operator of your offices in the register"),
            _("Import the operator first, or correct the code or name."),
        )
        rows.columns["subject_id"] = found

    def _check_days(self, rows: Rows) -> None:
        """Days in their order, and none to come; without a first day it is that of the next."""
        today = pa.scalar(timezone.localdate())
        given = frozenset(rows.columns)
        for name in DAYS:
            rows.columns.setdefault(name, pa.nulls(len(rows), pa.date32()))
        before = pa.nulls(len(rows), pa.date32())
        for name in DAYS:
            days = rows.columns[name]
            if name in given:
                rows.fault(
                    name,
                    mask_of(pc.greater(days, today)),
                    _("a day that has come"),
                    _("Enter what is only planned as a note."),
                )
                rows.fault(
                    name,
                    mask_of(pc.less(days, before)),
                    _("a day not before that of the stage before"),
                    _("Compare the days of this row."),
                )
            if name not in EXIT_DAYS:
                before = pc.max_element_wise(before, days, skip_nulls=True)

    def derived(self, rows: Rows, context: Context) -> Mapping[str, Any]:
        texts = [rows.columns[name].to_pylist() for name in self.derived_from]
        names = _names_of(rows.columns["subject_id"])
        searchable = [
            split_for_search(*(text or "" for text in row))
            for row in zip(*texts, names, strict=True)
        ]
        days = [rows.columns[name].to_pylist() for name in DAYS]
        first, stages = [], []
        for row in zip(*days, strict=True):
            mark = Cultivation(**dict(zip(DAYS, row, strict=True)))
            stages.append(mark.stage_by_days)
            first.append(min((day for day in row if day is not None), default=None))
        today = pa.scalar(timezone.localdate())
        return {
            "search_text": pa.array(searchable, pa.string()),
            "stage": pa.array(stages, pa.string()),
            "candidate_on": pc.coalesce(pa.array(first, pa.date32()), today),
        }


def _names_of(subject_ids: pa.Array) -> list[str]:
    """The names of operators by primary key; empty where there is none."""
    wanted = subject_ids.drop_null().unique().to_pylist()
    known = dict(Subject.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return [known.get(pk, "") for pk in subject_ids.to_pylist()]


def _marks_of(numbers: pa.Array) -> pa.Array:
    """The marks of the register that have these registration numbers; null where none has."""
    wanted = numbers.drop_null().unique().to_pylist()
    known = dict(
        TradeMark.objects.filter(registration_number__in=wanted).values_list(
            "registration_number", "pk"
        )
    )
    return pa.array([known.get(number) for number in numbers.to_pylist()], pa.int64())


def _count(_column: ImportField, texts: pa.StringArray) -> tuple[pa.Array, list[Any]]:
    from zhixing.kit.exchange.fields import Defect

    whole = pc.match_substring_regex(texts, r"^\d{1,6}$")
    wrong = mask_of(pc.invert(whole))
    numbers = pc.if_else(whole, texts, pa.scalar(None, pa.string())).cast(pa.int64())
    return numbers, [Defect(wrong, _("a whole number"), _("Write digits alone."))]


@register
class OfficeTargetImporter(PlacedImporter):
    """Key: office and year."""

    slug = "mark-targets"
    label = gettext_lazy("Targets of offices")
    permission = "trademarks.import_officetarget"
    model = OfficeTarget
    fields = (
        OFFICE_COLUMN,
        ImportField(
            "year", gettext_lazy("Year"), aliases=("年度", "年份"), required=True, parse=_count
        ),
        ImportField(
            "registered",
            gettext_lazy("Marks registered"),
            aliases=("新增注册", "注册目标", "注册件数"),
            parse=_count,
        ),
        ImportField(
            "in_use",
            gettext_lazy("Marks put to use"),
            aliases=("使用目标", "投入使用"),
            parse=_count,
        ),
        ImportField(
            "famous",
            gettext_lazy("Marks become famous"),
            aliases=("驰名著名目标", "知名目标"),
            parse=_count,
        ),
        ImportField("note", gettext_lazy("Note"), aliases=("备注",), max_length=200),
    )

    def identities(self, mapped: Collection[str]) -> Sequence[Sequence[str]]:
        if "year" not in mapped:
            raise Invalid(_("Expected a column with the year."))
        return [("year", "office")] if "office" in mapped else [("year",)]

    def key(self, mapped: Collection[str]) -> Sequence[str]:
        return ("year", "unit_path")

    def stored(self, mapped: Collection[str]) -> Sequence[str]:
        names = [c.name for c in self.fields if c.name in mapped and c.name != "office"]
        return [*names, "unit_path"] if "office" in mapped else names

    def check(self, rows: Rows, context: Context) -> None:
        rows.columns["unit_path"] = pa.array([context.unit_path] * len(rows), pa.string())
        self.resolve_offices(rows, context)
        years = rows.columns["year"]
        rows.fault(
            "year",
            mask_of(pc.or_(pc.less(years, 2000), pc.greater(years, 2100))),
            _("a year between 2000 and 2100"),
            _("Write the year in four digits."),
        )
        super().check(rows, context)
