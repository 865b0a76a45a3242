"""The table of divisions, as the statistical authority publishes it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.apps.accounts.models import CITY_ZEROS, PROVINCE_ZEROS, Region
from zhixing.apps.accounts.selectors import units_visible
from zhixing.kit.actors import Actor
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.fields import ImportField, mask_of
from zhixing.kit.exchange.importer import Context, Rows, register
from zhixing.kit.exchange.upsert import ModelImporter

LEVEL_OF_LENGTH = {9: Region.Level.TOWNSHIP, 12: Region.Level.VILLAGE}


@register
class RegionImporter(ModelImporter):
    """Key: the code (6, 9 or 12 digits), which also says the level and the division above."""

    slug = "regions"
    label = gettext_lazy("Regions")
    permission = "accounts.import_region"
    model = Region
    derived_from = ("code",)
    fields = (
        ImportField(
            "code",
            gettext_lazy("Division code"),
            aliases=("区划代码", "行政区划代码", "统计用区划代码", "代码"),
            required=True,
            max_length=12,
        ),
        ImportField(
            "name",
            gettext_lazy("Name"),
            aliases=("名称", "区划名称", "地区名称"),
            required=True,
            max_length=60,
        ),
        ImportField(
            "urban_rural",
            gettext_lazy("Urban–rural class"),
            aliases=("城乡分类代码", "城乡分类"),
            kind="choice",
            choices=dict(Region.UrbanRural.choices),
        ),
        ImportField("longitude", gettext_lazy("Longitude"), aliases=("经度",), kind="number"),
        ImportField("latitude", gettext_lazy("Latitude"), aliases=("纬度",), kind="number"),
    )

    def offices(self, actor: Actor) -> list[tuple[str, str]]:
        return [(unit.path, unit.name) for unit in units_visible(actor) if unit.closed_on is None]

    def identities(self, mapped: Collection[str]) -> Sequence[Sequence[str]]:
        if "code" not in mapped:
            raise Invalid(_("Expected a column with the division code."))
        return [("code",)]

    def stored(self, mapped: Collection[str]) -> Sequence[str]:
        return [column.name for column in self.fields if column.name in mapped]

    def check(self, rows: Rows, context: Context) -> None:
        well_formed = pc.match_substring_regex(rows.columns["code"], r"^\d{6}(\d{3}(\d{3})?)?$")
        rows.fault(
            "code",
            ~mask_of(pc.fill_null(well_formed, False)),
            _("6, 9 or 12 digits"),
            _("Write the code as GB/T 2260 and the statistical table have it."),
        )
        super().check(rows, context)

    def derived(self, rows: Rows, context: Context) -> Mapping[str, Any]:
        codes = rows.columns["code"].to_pylist()
        return {"level": pa.array([_level(code) for code in codes], pa.string())}


def _level(code: str) -> str:
    if len(code) in LEVEL_OF_LENGTH:
        return LEVEL_OF_LENGTH[len(code)].value
    if code.endswith(PROVINCE_ZEROS):
        return Region.Level.PROVINCE.value
    return (Region.Level.CITY if code.endswith(CITY_ZEROS) else Region.Level.COUNTY).value
