"""A list of markets, from a file."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.apps.protection.models import Market
from zhixing.apps.registry.api import OFFICE_COLUMN, PlacedImporter, each, read_nice_classes
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.fields import ImportField, mask_of
from zhixing.kit.exchange.importer import Context, Rows, register


@register
class MarketImporter(PlacedImporter):
    """Key: the market's name in its office."""

    slug = "markets"
    label = gettext_lazy("Markets")
    permission = "protection.import_market"
    model = Market
    fields = (
        ImportField(
            "name",
            gettext_lazy("Market"),
            aliases=("市场名称", "市场", "名称"),
            required=True,
            max_length=120,
        ),
        ImportField(
            "kind",
            gettext_lazy("Kind"),
            aliases=("类型", "市场类型"),
            kind="choice",
            required=True,
            choices=dict(Market.Kind.choices),
            spellings={"批发": "wholesale", "零售": "retail"},
        ),
        ImportField(
            "stalls",
            gettext_lazy("Number of stalls"),
            aliases=("摊位数", "商户数", "经营户数"),
            kind="integer",
            required=True,
        ),
        ImportField("goods", gettext_lazy("Goods sold"), aliases=("经营商品",), max_length=200),
        ImportField(
            "nice_classes",
            gettext_lazy("Nice classes of the goods sold"),
            aliases=("类别", "商品类别"),
            parse=each(read_nice_classes),
        ),
        ImportField("address", gettext_lazy("Address"), aliases=("地址",), max_length=200),
        OFFICE_COLUMN,
    )

    def identities(self, mapped: Collection[str]) -> Sequence[Sequence[str]]:
        if missing := {"name", "kind", "stalls"} - set(mapped):
            labels = {field.name: str(field.label) for field in self.fields}
            raise Invalid(
                _("Expected the columns %(columns)s.")
                % {"columns": ", ".join(sorted(labels[name] for name in missing))}
            )
        return [("name",)]

    def key(self, mapped: Collection[str]) -> Sequence[str]:
        return ("name", "unit_path")

    def stored(self, mapped: Collection[str]) -> Sequence[str]:
        return [f.name for f in self.fields if f.name in mapped and f.name != "office"]

    def check(self, rows: Rows, context: Context) -> None:
        rows.fault(
            "stalls",
            mask_of(pc.less(rows.columns["stalls"], 1)),
            _("at least one stall"),
            _("Count the stalls of the market."),
        )
        if "office" in rows.columns:
            self.resolve_offices(rows, context)
        else:
            rows.columns["unit_path"] = pa.array([context.unit_path] * len(rows), pa.string())
        super().check(rows, context)
