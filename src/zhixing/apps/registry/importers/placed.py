"""What importers of rows with an office share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.apps.accounts.api import units_visible
from zhixing.apps.registry.models import Subject
from zhixing.apps.registry.selectors import subjects_visible
from zhixing.kit.actors import Actor
from zhixing.kit.exchange.fields import ImportField, mask_of
from zhixing.kit.exchange.importer import Context, Rows
from zhixing.kit.exchange.upsert import ModelImporter

OFFICE = ImportField(
    "office",
    gettext_lazy("Office code"),
    aliases=("管辖单位", "管辖机构", "监管所", "机构代码", "unit"),
    help=gettext_lazy("The office that answers for the row; without it, the office chosen above."),
)


class PlacedImporter(ModelImporter):
    """Rows that belong to the office in the file, else to the one chosen for the import."""

    def offices(self, actor: Actor) -> list[tuple[str, str]]:
        return [(unit.path, unit.name) for unit in units_visible(actor) if unit.closed_on is None]

    def constants(self, context: Context) -> Mapping[str, Any]:
        return {"unit_path": context.unit_path}

    def resolve_offices(self, rows: Rows, context: Context) -> None:
        """Add `unit_path` from `office`; an unknown or foreign office is an error."""
        if "office" not in rows.columns:
            return
        texts = rows.columns["office"]
        paths = dict(
            units_visible(context.actor)
            .filter(code__in=texts.drop_null().unique().to_pylist(), closed_on__isnull=True)
            .values_list("code", "path")
        )
        place = pc.index_in(texts, value_set=pa.array(list(paths), pa.string()))
        found = pa.array(list(paths.values()), pa.string()).take(place)
        rows.fault(
            "office",
            mask_of(pc.and_(pc.is_valid(texts), pc.is_null(found))),
            _("the code of an open office of yours"),
            _("Correct the code, or leave the cell empty."),
        )
        rows.columns["unit_path"] = pc.fill_null(found, context.unit_path)


def resolve_subjects(rows: Rows, context: Context, *, code: str, name: str) -> pa.Array:
    """Primary keys of the operators that the columns `code` and `name` mean; null where none.

    The code decides where there is one; a name must be the name of one operator of the actor's.
    """
    nothing = pa.nulls(len(rows), pa.string())
    codes, names = rows.columns.get(code, nothing), rows.columns.get(name, nothing)
    visible = subjects_visible(context.actor)
    by_code = dict(
        visible.filter(uscc__in=codes.drop_null().unique().to_pylist()).values_list("uscc", "pk")
    )
    by_name: dict[str, int | None] = {}
    wanted = names.filter(pc.is_null(codes)).drop_null().unique().to_pylist()
    for text, pk in visible.filter(name__in=wanted).values_list("name", "pk"):
        by_name[text] = None if text in by_name else pk
    return pc.coalesce(_looked_up(codes, by_code), _looked_up(names, by_name, pc.is_null(codes)))


def _looked_up(
    texts: pa.Array, known: Mapping[Any, int | None], where: pa.Array | None = None
) -> pa.Array:
    values = pa.array(list(known.values()), pa.int64())
    found = values.take(pc.index_in(texts, value_set=pa.array(list(known), pa.string())))
    return found if where is None else pc.if_else(where, found, pa.scalar(None, pa.int64()))


def office_of_subjects(subject_ids: pa.Array, fallback: str) -> pa.Array:
    """The offices of operators by primary key."""
    wanted = subject_ids.drop_null().unique().to_pylist()
    paths = dict(Subject.objects.filter(pk__in=wanted).values_list("pk", "unit_path"))
    place = np.array([paths.get(pk, fallback) for pk in subject_ids.to_pylist()], dtype=object)
    return pa.array(place, pa.string())
