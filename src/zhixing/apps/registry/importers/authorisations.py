"""Contracts that allow the use of a mark."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.apps.registry.importers.columns import code_text, each
from zhixing.apps.registry.importers.marks import read_nice_classes, read_similar_groups
from zhixing.apps.registry.importers.placed import OFFICE, PlacedImporter, resolve_subjects
from zhixing.apps.registry.models import Authorisation, TradeMark
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.fields import ImportField, mask_of
from zhixing.kit.exchange.importer import Context, Rows, register
from zhixing.kit.search import split_for_search

KEY = ("contract_number", "mark_text", "grantee_name")


@register
class AuthorisationImporter(PlacedImporter):
    """Key: contract number, mark and who is allowed. Parties and marks of the register are linked.

    A party is linked when one operator has that very name, a mark by its registration number.
    """

    slug = "authorisations"
    label = gettext_lazy("Authorisations")
    permission = "registry.import_authorisation"
    model = Authorisation
    derived_from = ("mark_text", "contract_number", "grantor_name", "grantee_name")
    fields = (
        ImportField(
            "contract_number",
            gettext_lazy("Contract number"),
            aliases=("合同编号", "合同号", "许可合同编号", "授权书编号"),
            required=True,
            max_length=60,
            parse=each(code_text),
        ),
        ImportField(
            "kind",
            gettext_lazy("Kind"),
            aliases=("授权类型", "合同类型", "类型"),
            kind="choice",
            choices=dict(Authorisation.Kind.choices),
            spellings={
                "商标使用许可": "licence",
                "许可": "licence",
                "授权经营": "operation",
                "定牌加工": "oem",
                "委托加工": "oem",
                "监制": "supervision",
                "经销": "distribution",
                "授权经销": "distribution",
            },
        ),
        ImportField(
            "exclusivity",
            gettext_lazy("Exclusivity"),
            aliases=("许可方式", "许可种类"),
            kind="choice",
            choices=dict(Authorisation.Exclusivity.choices),
            spellings={
                "独占许可": "sole",
                "独占使用许可": "sole",
                "排他许可": "exclusive",
                "排他使用许可": "exclusive",
                "普通许可": "ordinary",
                "普通使用许可": "ordinary",
            },
        ),
        ImportField(
            "grantor_name",
            gettext_lazy("Who grants"),
            aliases=("许可人", "授权人", "授权方", "委托方", "委托人"),
            required=True,
            max_length=200,
        ),
        ImportField(
            "grantee_name",
            gettext_lazy("Who is allowed"),
            aliases=("被许可人", "被授权人", "被授权方", "受托方", "受托人", "加工企业"),
            required=True,
            max_length=200,
        ),
        ImportField(
            "mark_text",
            gettext_lazy("Mark in the contract"),
            aliases=("商标", "商标名称", "许可商标"),
            required=True,
            max_length=120,
        ),
        ImportField(
            "registration_number",
            gettext_lazy("Registration number"),
            aliases=("商标注册号", "注册号"),
            parse=each(code_text),
            help=gettext_lazy("Of a mark that is in the register; it is then linked."),
        ),
        ImportField(
            "goods", gettext_lazy("Goods"), aliases=("许可商品", "商品", "产品"), max_length=300
        ),
        ImportField(
            "nice_classes",
            gettext_lazy("Nice classes"),
            aliases=("类别", "国际分类", "商品类别"),
            parse=each(read_nice_classes),
        ),
        ImportField(
            "similar_groups",
            gettext_lazy("Similar groups"),
            aliases=("类似群", "类似群组"),
            parse=each(read_similar_groups),
        ),
        ImportField(
            "territory", gettext_lazy("Territory"), aliases=("许可地域", "地域"), max_length=200
        ),
        ImportField(
            "starts_on",
            gettext_lazy("First day"),
            aliases=("许可期限自", "起始日期", "生效日期"),
            kind="date",
        ),
        ImportField(
            "ends_on",
            gettext_lazy("Last day"),
            aliases=("许可期限至", "终止日期", "到期日期"),
            kind="date",
        ),
        ImportField(
            "filing_number",
            gettext_lazy("Filing number"),
            aliases=("备案号", "备案编号"),
            max_length=40,
        ),
        ImportField("filed_on", gettext_lazy("Filed on"), aliases=("备案日期",), kind="date"),
        ImportField(
            "status",
            gettext_lazy("Status"),
            aliases=("状态", "合同状态"),
            kind="choice",
            choices=dict(Authorisation.Status.choices),
            spellings={
                "有效": "in_force",
                "提前终止": "ended",
                "终止": "ended",
                "撤回": "revoked",
                "撤销": "revoked",
            },
        ),
        OFFICE,
    )

    def identities(self, mapped: Collection[str]) -> Sequence[Sequence[str]]:
        if missing := [name for name in KEY if name not in mapped]:
            labels = {field.name: str(field.label) for field in self.fields}
            raise Invalid(
                _("Expected the columns %(columns)s.")
                % {"columns": ", ".join(labels[name] for name in missing)}
            )
        return [KEY]

    def stored(self, mapped: Collection[str]) -> Sequence[str]:
        resolved = ("office", "registration_number")
        names = [c.name for c in self.fields if c.name in mapped and c.name not in resolved]
        names += ["grantor_id", "grantee_id"]
        names += ["mark_id"] if "registration_number" in mapped else []
        return [*names, "unit_path"] if "office" in mapped else names

    def check(self, rows: Rows, context: Context) -> None:
        self.resolve_offices(rows, context)
        for party in ("grantor", "grantee"):
            rows.columns[f"{party}_id"] = resolve_subjects(
                rows, context, code="", name=f"{party}_name"
            )
        if "registration_number" in rows.columns:
            rows.columns["mark_id"] = _marks(rows.columns["registration_number"])
        if "starts_on" in rows.columns and "ends_on" in rows.columns:
            rows.fault(
                "ends_on",
                mask_of(pc.less(rows.columns["ends_on"], rows.columns["starts_on"])),
                _("a day not before the first day"),
                _("Compare both days with the contract."),
            )
        super().check(rows, context)

    def derived(self, rows: Rows, context: Context) -> Mapping[str, Any]:
        columns = (rows.columns[name].to_pylist() for name in self.derived_from)
        texts = [
            split_for_search(*(text or "" for text in row)) for row in zip(*columns, strict=True)
        ]
        return {"search_text": pa.array(texts, pa.string())}


def _marks(numbers: pa.Array) -> pa.Array:
    wanted = numbers.drop_null().unique().to_pylist()
    known = dict(
        TradeMark.objects.filter(registration_number__in=wanted).values_list(
            "registration_number", "pk"
        )
    )
    keys = pa.array(list(known.values()), pa.int64())
    return keys.take(pc.index_in(numbers, value_set=pa.array(list(known), pa.string())))
