"""Licences and filings, each of an operator that is in the register."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.apps.registry.importers.columns import code_text, each, uscc_column
from zhixing.apps.registry.importers.placed import (
    PlacedImporter,
    office_of_subjects,
    resolve_subjects,
)
from zhixing.apps.registry.models import Licence
from zhixing.engines.identifiers import check_licence_number
from zhixing.engines.identifiers.codes import LICENCE_PREFIXES
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.fields import ImportField, mask_of
from zhixing.kit.exchange.importer import Context, Rows, register


def _number(text: str) -> str:
    """JY, SC and YB numbers with the right check digit; other numbers only brought into shape."""
    number = code_text(text)
    return check_licence_number(number) if number[:2] in LICENCE_PREFIXES else number


@register
class LicenceImporter(PlacedImporter):
    """Key: the number. The office is that of the operator, found by credit code or by name."""

    slug = "licences"
    label = gettext_lazy("Licences and filings")
    permission = "registry.import_licence"
    model = Licence
    fields = (
        ImportField(
            "number",
            gettext_lazy("Number"),
            aliases=("许可证编号", "许可证号", "备案编号", "证书编号", "编号"),
            required=True,
            max_length=60,
            parse=each(_number),
            help=gettext_lazy("The check digit of JY, SC and YB numbers is computed."),
        ),
        ImportField(
            "kind",
            gettext_lazy("Kind"),
            aliases=("许可类型", "证照类型", "类型"),
            kind="choice",
            choices=dict(Licence.Kind.choices),
            spellings={
                "食品经营许可证": "JY",
                "食品经营许可": "JY",
                "食品生产许可证": "SC",
                "食品生产许可": "SC",
                "预包装食品备案": "YB",
                "仅销售预包装食品备案": "YB",
                "其他": "OTHER",
            },
            help=gettext_lazy("Without it, by the first two letters of the number."),
        ),
        ImportField(
            "uscc",
            gettext_lazy("Unified social credit code"),
            aliases=("统一社会信用代码", "社会信用代码", "信用代码"),
            parse=uscc_column,
            help=gettext_lazy("Of the operator, who must be in the register."),
        ),
        ImportField(
            "subject",
            gettext_lazy("Subject"),
            aliases=("企业名称", "经营者名称", "主体名称", "单位名称", "生产者名称"),
            max_length=200,
            help=gettext_lazy("Where there is no credit code: the operator's exact name."),
        ),
        ImportField(
            "scope",
            gettext_lazy("Scope"),
            aliases=("经营项目", "许可范围", "主体业态", "食品类别"),
            max_length=300,
        ),
        ImportField(
            "issued_by", gettext_lazy("Issued by"), aliases=("发证机关", "发证单位"), max_length=100
        ),
        ImportField(
            "valid_from",
            gettext_lazy("Valid from"),
            aliases=("发证日期", "有效期自", "签发日期"),
            kind="date",
        ),
        ImportField(
            "valid_to",
            gettext_lazy("Valid to"),
            aliases=("有效期至", "有效期止", "到期日期"),
            kind="date",
        ),
        ImportField(
            "status",
            gettext_lazy("Status"),
            aliases=("状态", "许可状态"),
            kind="choice",
            choices=dict(Licence.Status.choices),
            spellings={
                "有效": "valid",
                "正常": "valid",
                "停业": "suspended",
                "吊销": "revoked",
                "撤销": "revoked",
                "注销": "cancelled",
            },
        ),
    )

    def identities(self, mapped: Collection[str]) -> Sequence[Sequence[str]]:
        if "number" not in mapped:
            raise Invalid(_("Expected a column with the number of the licence."))
        if not {"uscc", "subject"} & set(mapped):
            raise Invalid(_("Expected a column with the operator's credit code or name."))
        return [("number",)]

    def stored(self, mapped: Collection[str]) -> Sequence[str]:
        names = [c.name for c in self.fields if c.name in mapped and c.name not in _RESOLVED]
        return [*names, *(() if "kind" in names else ("kind",)), "subject_id", "unit_path"]

    def check(self, rows: Rows, context: Context) -> None:
        self._fill_kind(rows)
        subjects = resolve_subjects(rows, context, code="uscc", name="subject")
        name = "uscc" if "uscc" in rows.columns else "subject"
        rows.fault(
            name,
            mask_of(pc.is_null(subjects)) & ~rows.bad,
            _("one operator of your offices in the register"),
            _("Import the operator first, or correct the code or name."),
        )
        rows.columns["subject_id"] = subjects
        rows.columns["unit_path"] = office_of_subjects(subjects, context.unit_path)
        if "valid_from" in rows.columns and "valid_to" in rows.columns:
            rows.fault(
                "valid_to",
                mask_of(pc.less(rows.columns["valid_to"], rows.columns["valid_from"])),
                _("a day not before the first day of validity"),
                _("Compare both days with the licence."),
            )
        super().check(rows, context)

    def _fill_kind(self, rows: Rows) -> None:
        prefix = pc.utf8_slice_codeunits(rows.columns["number"], 0, 2)
        known = pc.is_in(prefix, value_set=pa.array(LICENCE_PREFIXES))
        by_number = pc.if_else(known, prefix, Licence.Kind.OTHER.value)
        given = rows.columns.get("kind", pa.nulls(len(rows), pa.string()))
        kind = pc.coalesce(given, by_number)
        rows.fault(
            "kind" if "kind" in rows.columns else "number",
            mask_of(pc.and_(pc.not_equal(kind, by_number), known)),
            _("the kind that the number begins with"),
            _("Correct the kind or the number."),
        )
        rows.columns["kind"] = kind


_RESOLVED = ("uscc", "subject")
