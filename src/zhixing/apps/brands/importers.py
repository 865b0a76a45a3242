"""A list of brands to protect, from a file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.apps.accounts.api import units_visible
from zhixing.apps.brands.actions.keep_watch_list import SHORTEST
from zhixing.apps.brands.models import WatchedMark
from zhixing.kit.actors import Actor
from zhixing.kit.errors import Invalid
from zhixing.kit.exchange.fields import ImportField, mask_of
from zhixing.kit.exchange.importer import Context, Rows, register
from zhixing.kit.exchange.upsert import ModelImporter


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
