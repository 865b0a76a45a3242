"""Importers that write one model: new rows in, changed fields updated, the rest left alone."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.kit.exchange.bulk import AmongKeys, insert_rows, update_rows
from zhixing.kit.exchange.fields import Mask, mask_of
from zhixing.kit.exchange.importer import Change, Context, Importer, Plan, Rows
from zhixing.kit.masking import mask
from zhixing.kit.scope import is_within

# Shown as a sample; more changes are counted, and the file of changes holds this many a batch.
MAX_CHANGES = 2_000
_PART = "\x1f"


@dataclass(slots=True)
class _Payload:
    rows: Rows
    keys: npt.NDArray[np.int64]  # primary key of the existing row; -1 where new


class ModelImporter(Importer):
    """Upserts rows of one model by a key; an empty cell leaves what the register has.

    Field names are the model's attribute names; a subclass that resolves a text to a foreign key
    does so in `check`, adding the column (`region_id`) to `rows.columns` and to `stored`.
    """

    model: ClassVar[type[models.Model]]
    # What `derived` reads; these columns are then always there, from the register if not the file.
    derived_from: ClassVar[Sequence[str]] = ()

    @abstractmethod
    def stored(self, mapped: Collection[str]) -> Sequence[str]:
        """The attribute names that the mapped fields write."""

    def key(self, mapped: Collection[str]) -> Sequence[str]:
        """The attribute names by which an existing row is found; the first one is looked up."""
        return self.identities(mapped)[0]

    def derived(self, rows: Rows, context: Context) -> Mapping[str, Any]:
        """Columns computed from others, written with new rows and with rows that change."""
        return {}

    def constants(self, context: Context) -> Mapping[str, Any]:
        """Values of every new row, such as its office."""
        return {}

    def check(self, rows: Rows, context: Context) -> None:
        """Refuse rows of other offices, and unique values that another row already has."""
        found = self._existing(rows, context)
        self._check_offices(rows, found, context)
        self._check_ambiguous(rows, found, context)
        for names in self.identities(context.mapped)[1:]:
            self._check_unique(rows, names[0], found)

    def plan(self, rows: Rows, context: Context) -> Plan:
        found = self._existing(rows, context)
        is_new = found.place < 0
        changed = np.zeros(len(rows), dtype=bool)
        changes: list[Change] = []
        if not is_new.all():
            place = pa.array(found.place, mask=is_new)
            for name in self.stored(context.mapped):
                after = rows.columns[name]
                before = found.column(self.model, name, after.type).take(place)
                differs = mask_of(pc.fill_null(pc.not_equal(before, after), True)) & ~is_new
                differs &= mask_of(pc.is_valid(after))
                changed |= differs
                changes += self._changes(rows, found, name, before, differs)
        keys = np.where(is_new, -1, found.pks[found.place] if len(found.pks) else -1)
        return Plan(
            np.flatnonzero(is_new),
            np.flatnonzero(changed),
            np.flatnonzero(~is_new & ~changed),
            changes,
            _Payload(rows, keys),
        )

    def apply(self, plan: Plan, context: Context) -> None:
        payload: _Payload = plan.payload
        self._insert(payload.rows, plan.created, context)
        self._update(payload, plan.updated, context)

    def _insert(self, rows: Rows, places: npt.NDArray[np.int64], context: Context) -> None:
        new = _taken(rows, places)
        if not len(new):
            return
        columns: dict[str, Any] = dict(self.constants(context))
        columns |= {name: new.columns[name] for name in self.stored(context.mapped)}
        for name in self.derived_from:
            new.columns.setdefault(name, pa.nulls(len(new), pa.string()))
        columns |= self.derived(new, context)
        now = timezone.now()
        for field in self.model._meta.concrete_fields:
            if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
                columns[field.attname] = now
        insert_rows(self.model, columns, len(new))

    def _update(self, payload: _Payload, places: npt.NDArray[np.int64], context: Context) -> None:
        changed = _taken(payload.rows, places)
        if not len(changed):
            return
        keys = payload.keys[places]
        names = list(self.stored(context.mapped))
        further = [name for name in self.derived_from if name not in names]
        old = self._values(keys, [*names, *further])
        # An empty cell leaves the old value.
        columns: dict[str, Any] = {}
        for name in names:
            after = changed.columns[name]
            columns[name] = pc.coalesce(after, old.column(self.model, name, after.type))
        known = {name: old.column(self.model, name, pa.string()) for name in further}
        changed.columns = changed.columns | columns | known
        columns |= self.derived(changed, context)
        now = timezone.now()
        for field in self.model._meta.concrete_fields:
            if getattr(field, "auto_now", False):
                columns[field.attname] = now
        update_rows(self.model, keys.tolist(), columns, len(changed))

    def _fetch(self, column: str, wanted: list[Any], names: Sequence[str]) -> list[Any]:
        if not wanted:
            return []
        found = self.model._base_manager.filter(AmongKeys(column, wanted))
        return list(found.values_list("pk", *names))

    def _values(self, keys: npt.NDArray[np.int64], names: Sequence[str]) -> _Found:
        rows = {row[0]: row for row in self._fetch("id", keys.tolist(), names)}
        ordered = [rows[key] for key in keys.tolist()]
        return _Found(keys, np.arange(len(keys)), list(names), ordered)

    def _existing(self, rows: Rows, context: Context) -> _Found:
        """The rows of the register that have these keys, and which row of the batch each is."""
        key = list(self.key(context.mapped))
        stored = list(self.stored(context.mapped))
        places = [f.attname for f in self.model._meta.concrete_fields if f.attname == "unit_path"]
        names = list(dict.fromkeys([*key, *stored, *places]))
        wanted = rows.columns[key[0]].drop_null().unique().to_pylist()
        fetched = self._fetch(key[0], wanted, names)
        found = _Found(
            np.array([row[0] for row in fetched], dtype=np.int64),
            np.zeros(0, dtype=np.int64),
            names,
            fetched,
        )
        if not fetched:
            found.place = np.full(len(rows), -1)
            return found
        theirs = joined([found.column(self.model, n, rows.columns[n].type) for n in key])
        found.codes = np.asarray(theirs.dictionary_encode().indices)
        ours = joined([rows.columns[name] for name in key])
        place = pc.index_in(ours, value_set=theirs)
        usable = mask_of(pc.is_valid(rows.columns[key[0]]))
        found.place = np.where(usable, np.asarray(pc.fill_null(place, -1)), -1)
        return found

    def _check_offices(self, rows: Rows, found: _Found, context: Context) -> None:
        if "unit_path" not in found.names or not len(found.pks):
            return
        paths = found.values("unit_path")
        foreign = np.array(
            [not is_within(path, context.actor.scope_paths) for path in paths], dtype=bool
        )
        if foreign.any():
            outside = (found.place >= 0) & foreign[found.place]
            rows.fault(
                next(iter(rows.raw)),
                outside,
                _("a row of your offices"),
                _("It is kept by another office; leave it out or ask that office."),
            )

    def _check_ambiguous(self, rows: Rows, found: _Found, context: Context) -> None:
        if len(found.pks) < 2:
            return
        counts = np.bincount(found.codes)
        name = self.key(context.mapped)[0]
        rows.fault(
            name,
            (found.place >= 0) & (counts[found.codes[found.place]] > 1),
            _("a key that names one row of the register"),
            _("The register has several; add a column with the code."),
        )

    def _check_unique(self, rows: Rows, name: str, found: _Found) -> None:
        wanted = rows.columns[name].drop_null().to_pylist()
        if not wanted:
            return
        holders = {value: pk for pk, value in self._fetch(name, wanted, [name])}
        if not holders:
            return
        values = pa.array(list(holders), rows.columns[name].type)
        place = np.asarray(pc.fill_null(pc.index_in(rows.columns[name], value_set=values), -1))
        taken = mask_of(pc.is_valid(rows.columns[name])) & (place >= 0)
        holder = np.array(list(holders.values()), dtype=np.int64)[place]
        mine = np.where(found.place >= 0, found.pks[found.place] if len(found.pks) else -1, -1)
        rows.fault(
            name,
            taken & (holder != mine),
            _("a value no other row of the register has"),
            _("Another row of the register has it; compare the two."),
        )

    def _changes(
        self, rows: Rows, found: _Found, name: str, before: pa.Array, differs: Mask
    ) -> list[Change]:
        personal: Mapping[str, str] = getattr(self.model, "personal_fields", {})
        label = str(getattr(self.model._meta.get_field(name), "verbose_name", name))
        key = self.key_texts(rows)
        changes = []
        for index in np.flatnonzero(differs)[:MAX_CHANGES]:
            place = int(index)
            old, new = (_shown(column[place].as_py()) for column in (before, rows.columns[name]))
            if name in personal:
                old, new = mask(personal[name], old), mask(personal[name], new)
            changes.append(Change(int(rows.numbers[place]), key[place], label, old, new))
        return changes

    def key_texts(self, rows: Rows) -> list[str]:
        """What names each row to a person."""
        first = self.key(frozenset(rows.raw))[0]
        return [_shown(value) for value in rows.columns[first].to_pylist()]


class _Found:
    """Rows fetched from the register, and for each row of a batch its place among them."""

    def __init__(
        self,
        pks: npt.NDArray[np.int64],
        place: npt.NDArray[np.int64],
        names: list[str],
        fetched: list[tuple[Any, ...]],
    ) -> None:
        self.pks, self.place, self.names, self._fetched = pks, place, names, fetched
        # Equal numbers where keys are equal.
        self.codes = np.arange(len(fetched))

    def values(self, name: str) -> list[Any]:
        position = self.names.index(name) + 1
        return [row[position] for row in self._fetched]

    def column(self, model: type[models.Model], name: str, kind: pa.DataType) -> pa.Array:
        """The stored values in the type of the file's column; an empty text counts as none."""
        values = self.values(name)
        if isinstance(model._meta.get_field(name), models.JSONField):
            values = [json.dumps(value, ensure_ascii=False) for value in values]
        elif pa.types.is_string(kind):
            values = [value or None for value in values]
        return pa.array(values, kind)


def joined(columns: Sequence[pa.Array]) -> pa.StringArray:
    """One text per row that is equal where all columns are equal; none counts as empty."""
    texts = [pc.fill_null(column.cast(pa.string()), "") for column in columns]
    if len(texts) == 1:
        return texts[0]
    return pc.binary_join_element_wise(*texts, _PART)


def _taken(rows: Rows, places: npt.NDArray[np.int64]) -> Rows:
    if len(places) == len(rows):
        return rows
    index = pa.array(places)
    return Rows(
        rows.numbers[places],
        {name: values.take(index) for name, values in rows.columns.items()},
        {name: values.take(index) for name, values in rows.raw.items()},
        rows.headings,
        np.zeros(len(places), dtype=bool),
    )


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
