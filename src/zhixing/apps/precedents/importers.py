"""Published decisions, from a file; each waits for the review of a second person."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing import law
from zhixing.apps.accounts.api import units_visible
from zhixing.apps.precedents.articles import Unreadable, read_articles
from zhixing.apps.precedents.masked import has_numbers
from zhixing.apps.precedents.models import Precedent
from zhixing.apps.precedents.names import likenesses
from zhixing.kit.actors import Actor
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.fields import Defect, ImportField, Parser
from zhixing.kit.exchange.importer import Context, Rows, register
from zhixing.kit.exchange.upsert import ModelImporter
from zhixing.kit.search import split_for_search

_BETWEEN = re.compile(r"[\s,;、，；|]+")
SEARCHED = (
    "title", "number", "parties", "facts", "protected", "accused", "articles", "penalty",
    "decided_by",
)  # fmt: skip


def _read_each(read: Callable[[str], str], expected: Any, advice: Any) -> Parser:
    """A parser that reads text by text; a text it cannot read is a defect."""

    def parse(_column: ImportField, texts: pa.StringArray) -> tuple[pa.Array, list[Defect]]:
        values: list[str | None] = []
        bad = np.zeros(len(texts), dtype=bool)
        for place, text in enumerate(texts.to_pylist()):
            try:
                values.append(None if text is None else read(text))
            except ValueError:
                values.append(None)
                bad[place] = True
        defects = [Defect(bad, str(expected), str(advice))] if bad.any() else []
        return pa.array(values, pa.string()), defects

    return parse


def _articles(text: str) -> str:
    return "\n".join(read_articles(text))


def _act_kind(text: str) -> str:
    for code, kind in law.acts().kinds.items():
        if text in {code, kind.title_zh, kind.title_en}:
            return code
    raise Unreadable(text)


def _classes(text: str) -> str:
    items = [item.removeprefix("第").removesuffix("类") for item in _BETWEEN.split(text) if item]
    if not all(item.isdecimal() and 1 <= int(item) <= 45 for item in items):
        raise Unreadable(text)
    return json.dumps(sorted({int(item) for item in items}))


def _masked(text: str) -> str:
    if has_numbers(text):
        raise Unreadable(text)
    return text


MASKED = _read_each(
    _masked,
    gettext_lazy("text without identity, code and telephone numbers"),
    gettext_lazy("Take the number out or mask it."),
)


@register
class PrecedentImporter(ModelImporter):
    """Key: the number of the decision among those of the office chosen for the import."""

    slug = "precedents"
    label = gettext_lazy("Precedents")
    permission = "precedents.import_precedent"
    model = Precedent
    derived_from = SEARCHED
    fields = (
        ImportField(
            "number", gettext_lazy("Number of the decision"),
            aliases=("文号", "决定书文号", "处罚决定书文号", "行政处罚决定书文号", "案号"),
            required=True, max_length=80,
        ),
        ImportField(
            "title", gettext_lazy("Case title"), aliases=("案件名称", "案由", "标题"),
            required=True, max_length=200, parse=MASKED,
        ),
        ImportField(
            "act_kind", gettext_lazy("Kind of act"), aliases=("违法行为种类", "违法行为类型"),
            required=True,
            parse=_read_each(
                _act_kind,
                gettext_lazy("a kind of act of the list"),
                gettext_lazy("Write it as the filter of the library does."),
            ),
        ),
        ImportField(
            "facts", gettext_lazy("Facts"), aliases=("违法事实", "主要违法事实", "案情"),
            required=True, max_length=4000, parse=MASKED,
        ),
        ImportField(
            "outcome", gettext_lazy("Outcome"), aliases=("结果", "认定结果", "处理结果"),
            required=True, kind="choice", choices=dict(Precedent.Outcome.choices),
            spellings={"属实": "established", "构成": "established", "处罚": "established",
                       "不成立": "not_established", "不予处罚": "not_established",
                       "调解": "mediated", "移送": "transferred", "移送公安": "transferred"},
        ),
        ImportField(
            "decided_by", gettext_lazy("Deciding authority"),
            aliases=("处罚机关", "作出行政处罚决定机关名称", "决定机关"), required=True,
            max_length=120,
        ),
        ImportField(
            "decided_on", gettext_lazy("Decided on"),
            aliases=("处罚日期", "作出行政处罚决定日期", "决定日期"), required=True, kind="date",
        ),
        ImportField(
            "parties", gettext_lazy("Parties"), aliases=("当事人",), max_length=200, parse=MASKED
        ),
        ImportField(
            "protected", gettext_lazy("Protected name or mark"),
            aliases=("受保护名称", "权利商标", "被仿冒名称"), max_length=120,
        ),
        ImportField(
            "accused", gettext_lazy("Name or mark complained of"),
            aliases=("涉案名称", "涉案标识"), max_length=120,
        ),
        ImportField(
            "nice_classes", gettext_lazy("Goods classes"), aliases=("商品类别", "类别"),
            parse=_read_each(
                _classes,
                gettext_lazy("goods classes between 1 and 45"),
                gettext_lazy("Put a comma between two of them."),
            ),
        ),
        ImportField(
            "articles", gettext_lazy("Articles applied"),
            aliases=("处罚依据", "法律依据", "行政处罚依据", "适用条款"),
            parse=_read_each(
                _articles,
                gettext_lazy("title of the law in title marks, and number of the article"),
                gettext_lazy("Leave other words out."),
            ),
        ),
        ImportField("acted_on", gettext_lazy("Day of the act"), aliases=("违法日期",), kind="date"),
        ImportField(
            "penalty", gettext_lazy("Penalty"), aliases=("处罚内容", "行政处罚内容"),
            max_length=1000, parse=MASKED,
        ),
        ImportField(
            "reference", gettext_lazy("Where it was published"),
            aliases=("来源", "网址", "公示网址"), max_length=300,
        ),
    )  # fmt: skip

    def offices(self, actor: Actor) -> list[tuple[str, str]]:
        return [(unit.path, unit.name) for unit in units_visible(actor) if unit.closed_on is None]

    def identities(self, mapped: Collection[str]) -> Sequence[Sequence[str]]:
        if "number" not in mapped:
            raise Invalid(_("Expected a column with the number of the decision."))
        return [("number",)]

    def key(self, mapped: Collection[str]) -> Sequence[str]:
        return ("number", "unit_path")

    def stored(self, mapped: Collection[str]) -> Sequence[str]:
        return [column.name for column in self.fields if column.name in mapped]

    def constants(self, context: Context) -> Mapping[str, Any]:
        return {"unit_path": context.unit_path, "source": Precedent.Source.PUBLISHED.value}

    def check(self, rows: Rows, context: Context) -> None:
        rows.columns["unit_path"] = pa.array([context.unit_path] * len(rows), pa.string())
        super().check(rows, context)

    def derived(self, rows: Rows, context: Context) -> Mapping[str, Any]:
        """The search text and the likeness; whatever was changed must be read again."""
        number = len(rows)
        columns = {
            name: [text or "" for text in rows.columns[name].to_pylist()] for name in SEARCHED
        }
        found = likenesses(columns["protected"], columns["accused"])
        texts = [split_for_search(*row) for row in zip(*columns.values(), strict=True)]
        writer = context.actor.actor_id
        return {
            "search_text": pa.array(texts, pa.string()),
            "likeness": pa.array([json.dumps(reasons) for reasons in found], pa.string()),
            "state": Precedent.State.DRAFT.value,
            "written_by_id": pa.array([writer] * number, pa.int64()),
            "reviewed_by_id": pa.array([None] * number, pa.int64()),
            "reviewed_at": pa.array([None] * number, pa.timestamp("us", "UTC")),
        }
