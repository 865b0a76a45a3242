"""A column of a register: what it shows, how it sorts, whether it is personal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhixing.kit.masking import mask
from zhixing.kit.scope import office_names

Text = str | Promise
Rows = Sequence[models.Model]


@dataclass(frozen=True, slots=True)
class Column:
    """One column, as data.

    Attributes:
        name: stable key in addresses, column choices and exports.
        label: heading.
        accessor: dotted path from the row (`subject.name`); the name itself when empty. A callable
            is called without arguments; a field with choices shows its label.
        resolve: instead of an accessor: all rows of a page (or an export chunk) in, values by
            primary key out, so that a look-up costs one query and not one per row.
        sort: model field the column sorts by; needs an index `(field, id)`. Empty: no sorting.
        numeric: right-aligned, tabular figures.
        shown: whether it is on screen before the officer chose columns.
        link: whether its text leads to the row's page.
        personal: kind of mask (`kit.masking.MASKS`); on screen and in exports only masked.
        format: how a value reads on screen; exports keep the value itself.
        badge: value to colour name, for states; the label is always shown beside the colour.
    """

    name: str
    label: Text
    accessor: str = ""
    resolve: Callable[[Rows], Mapping[Any, Any]] | None = None
    sort: str = ""
    numeric: bool = False
    shown: bool = True
    link: bool = False
    personal: str = ""
    format: Callable[[Any], str] | None = None
    badge: Mapping[Any, str] | None = None

    def raw_values(self, rows: Rows) -> list[Any]:
        """The values as they stand in the rows, in the order of the rows."""
        if self.resolve is not None:
            found = self.resolve(rows)
            return [found.get(row.pk) for row in rows]
        return [_follow(row, self.accessor or self.name) for row in rows]

    def values(self, rows: Rows) -> list[Any]:
        """The values an export writes: labels of choices, personal data masked."""
        if self.personal:
            return [mask(self.personal, value) for value in self.raw_values(rows)]
        if self.resolve is not None:
            return self.raw_values(rows)
        return [_scalar(_label(row, self.accessor or self.name)) for row in rows]

    def cells(self, rows: Rows) -> list[Cell]:
        """What a page shows for the rows."""
        values = self.values(rows)
        badges = [""] * len(values)
        if self.badge is not None:
            badges = [self.badge.get(value, "secondary") for value in self.raw_values(rows)]
        return [
            Cell(self, self.text(value), badge) for value, badge in zip(values, badges, strict=True)
        ]

    def text(self, value: Any) -> str:
        """The value in the words of the page; empty when there is none."""
        if value is None or value == "" or value == []:
            return ""
        return self.format(value) if self.format is not None else plain_text(value)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table."""

    column: Column
    text: str
    badge: str = ""


def plain_text(value: Any) -> str:
    """A value as an officer reads it: yes/no, dates in words, lists joined."""
    if value is True or value is False:
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        moment = timezone.localtime(value) if timezone.is_aware(value) else value
        return date_format(moment, "Y-m-d H:i")
    if isinstance(value, date):
        return date_format(value, "Y-m-d")
    return str(_scalar(value))


def listed(items: Iterable[Any]) -> str:
    """The items in one line, with the comma of the language between them."""
    line = ""
    for item in items:
        pair = {"one": line, "other": item}
        line = _("%(one)s, %(other)s") % pair if line else str(item)
    return line


def _scalar(value: Any) -> Any:
    return listed(value) if isinstance(value, list | tuple) else value


def _follow(row: Any, path: str) -> Any:
    value = row
    for part in path.split("."):
        if value is None:
            return None
        value = getattr(value, part)
    return value() if callable(value) else value


def _label(row: Any, path: str) -> Any:
    """The value, or for a field with choices its label; a related row is shown by its name."""
    *before, last = path.split(".")
    owner = _follow(row, ".".join(before)) if before else row
    display = getattr(owner, f"get_{last}_display", None)
    value = display() if display is not None else _follow(owner, last) if owner else None
    return str(value) if isinstance(value, models.Model | Promise) else value


def _office_of(rows: Rows) -> Mapping[Any, Any]:
    paths = {row.pk: row.unit_path for row in rows}  # type: ignore[attr-defined]
    names = office_names(paths.values())
    return {pk: names.get(path, path) for pk, path in paths.items()}


# The office a row belongs to, by name; for every register of placed rows.
OFFICE = Column("office", gettext_lazy("Office"), resolve=_office_of)
