"""What a list shows: rows after filters, search, sort and page, all told by the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from zhixing.kit.register.columns import Cell, Column, listed
from zhixing.kit.register.paging import BoundedCount, Page, bounded_count, read_page
from zhixing.kit.register.selectors import chosen_columns

if TYPE_CHECKING:
    from zhixing.kit.register.base import Register

SEARCH, SORT, AFTER = "q", "sort", "cursor"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    obj: Any
    url: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: how a click on it would sort, and how the list is sorted now."""

    column: Column
    link: str
    state: str  # "", "ascending" or "descending"


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in force, and the address of the list without it."""

    label: str
    value: str
    link: str


class Listing:
    """The list of a register as one actor asked for it.

    Args:
        register: what is listed.
        actor: who asks; only rows of their offices are in it.
        params: the query string.
        request: given to the filters, whose choices may depend on the actor.
    """

    def __init__(
        self, register: type[Register], actor: Any, params: QueryDict, request: Any = None
    ) -> None:
        self.register, self.actor, self.params = register, actor, params
        self.text = params.get(SEARCH, "").strip() if register.has_search else ""
        rows = register.rows_visible(actor)
        self.filters = None
        if register.filterset is not None:
            self.filters = register.filterset(params, queryset=rows, request=request)

    @cached_property
    def queryset(self) -> QuerySet[Any]:
        """All rows that the filters and the search box leave, unordered."""
        rows = (
            self.filters.qs if self.filters is not None else self.register.rows_visible(self.actor)
        )
        return self.register.search_rows(rows, self.text) if self.text else rows

    @cached_property
    def sort(self) -> str:
        """The field sorted by, with a minus for descending."""
        asked = self.params.get(SORT, "")
        known = {column.sort for column in self.register.columns if column.sort}
        return asked if asked.lstrip("-") in known else self.register.default_sort

    @cached_property
    def page(self) -> Page:
        """The rows on screen.

        A filter that leaves few rows is worked out before the sort: walking the index of the sort
        until enough rows match would read the whole table (a million rows: 3 s to find nothing).
        """
        rows = self.queryset
        if self.is_filtered and not self.count.is_more:
            if not self.count.number:
                return Page([], "", "")
            found = rows.order_by().values("pk")[: self.count.number]
            rows = self.register.rows_visible(self.actor).filter(pk__in=found)
        cursor = self.params.get(AFTER, "")
        return read_page(rows, self.sort, size=self.register.page_size, cursor=cursor)

    @cached_property
    def count(self) -> BoundedCount:
        """How many rows are in the list, counted up to a limit."""
        return bounded_count(self.queryset)

    @cached_property
    def columns(self) -> list[Column]:
        """The columns this officer sees, in their order."""
        return chosen_columns(self.actor, self.register)

    @property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.columns]

    def _heading(self, column: Column) -> Heading:
        if not column.sort:
            return Heading(column, "", "")
        if self.sort == column.sort:
            return Heading(column, self.link({SORT: f"-{column.sort}"}), "ascending")
        state = "descending" if self.sort == f"-{column.sort}" else ""
        return Heading(column, self.link({SORT: column.sort}), state)

    @property
    def rows(self) -> list[Row]:
        objs = self.page.rows
        by_column = [column.cells(objs) for column in self.columns]
        lines = zip(*by_column, strict=True) if by_column else ([] for _obj in objs)
        return [
            Row(obj, obj.get_absolute_url(), list(cells))
            for obj, cells in zip(objs, lines, strict=True)
        ]

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters in force, in words."""
        chips = []
        if self.text:
            chips.append(Chip(_("Search"), self.text, self.link({SEARCH: None})))
        if self.filters is None:
            return chips
        form = self.filters.form
        for name in form.fields:
            value = (
                form.cleaned_data.get(name) if self.filters.is_bound and form.is_valid() else None
            )
            if value not in (None, "", [], ()) and not _is_empty(value):
                keys = {
                    key: None for key in self.params if key == name or key.startswith(f"{name}_")
                }
                label = str(form.fields[name].label or name)
                chips.append(Chip(label, _words(form.fields[name], value), self.link(keys)))
        return chips

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.chips)

    @property
    def filter_query(self) -> str:
        """The filters and the search as a query string, without page; what a saved filter keeps."""
        return self._query({AFTER: None})

    def link(self, changes: Mapping[str, str | None]) -> str:
        """Query string of this list with some parameters changed; the page starts anew."""
        return "?" + self._query({AFTER: None, **changes})

    @property
    def first_link(self) -> str:
        return self.link({})

    @property
    def previous_link(self) -> str:
        return self.link({AFTER: self.page.previous}) if self.page.previous else ""

    @property
    def next_link(self) -> str:
        return self.link({AFTER: self.page.next}) if self.page.next else ""

    def _query(self, changes: Mapping[str, str | None]) -> str:
        params = self.params.copy()
        for key, value in changes.items():
            if value is None:
                params.pop(key, None)
            else:
                params[key] = value
        for key in [key for key in params if not any(params.getlist(key))]:
            del params[key]
        return params.urlencode()


def _is_empty(value: Any) -> bool:
    if isinstance(value, slice):
        return value.start is None and value.stop is None
    return isinstance(value, QuerySet) and not value


def _words(field: Any, value: Any) -> str:
    """A filter's value as the form would show it."""
    if isinstance(value, slice):
        return f"{value.start or '…'} – {value.stop or '…'}"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    labels = {str(key): str(label) for key, label in getattr(field, "choices", [])}
    values = value if isinstance(value, list | tuple | QuerySet) else [value]
    return listed(labels.get(str(item), str(item)) for item in values)
