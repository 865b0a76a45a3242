"""Pages by key: the next page starts after the last row seen, however deep; nothing is counted.

A page is sorted by (column, primary key). Rows without a value come last in either direction; they
are read as a second segment, because "nulls last" has no index that both databases would use.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet

COUNT_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Cursor:
    """The row a page starts after (or, going back, ends before)."""

    value: Any
    pk: Any
    backwards: bool = False

    def encode(self) -> str:
        """The cursor as one word for an address."""
        text = json.dumps([self.value, self.pk, self.backwards], default=_exact)
        return urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(
        cls, word: str, field: models.Field[Any, Any], key: models.Field[Any, Any]
    ) -> Cursor | None:
        """The cursor of an address, or None when it is none of ours: the first page then."""
        try:
            value, pk, backwards = json.loads(urlsafe_b64decode(word + "=" * (-len(word) % 4)))
            value, pk = field.to_python(value), key.to_python(pk)
        except (ValueError, TypeError, ValidationError):
            return None
        if pk is None or (value is None and not field.null):
            return None
        return cls(value, pk, bool(backwards))


def _exact(value: Any) -> str:
    # Django's JSON encoder drops microseconds, and with them rows that share a millisecond.
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page, with the cursors of its neighbours."""

    rows: list[Any]
    previous: str
    next: str


def read_page(queryset: QuerySet[Any], sort: str, *, size: int, cursor: str = "") -> Page:
    """The page of `queryset` that the cursor points at.

    Args:
        queryset: filtered rows; its own ordering is dropped.
        sort: field name, with a minus for descending.
        size: rows of a page.
        cursor: word of a former page's `previous` or `next`; empty for the first page.
    """
    descending, name = sort.startswith("-"), sort.lstrip("-")
    meta = queryset.model._meta
    field = meta.pk if name == "pk" else meta.get_field(name)
    at = Cursor.decode(cursor, field, meta.pk) if cursor else None
    backwards = at is not None and at.backwards
    rows = _rows(queryset, field, descending, at, size + 1)
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return Page([], "", "")

    def word(row: Any, back: bool) -> str:
        return Cursor(getattr(row, field.attname), row.pk, back).encode()

    has_previous = more if backwards else at is not None
    has_next = True if backwards else more
    return Page(
        rows,
        word(rows[0], True) if has_previous else "",
        word(rows[-1], False) if has_next else "",
    )


def _rows(
    queryset: QuerySet[Any], field: Any, descending: bool, at: Cursor | None, limit: int
) -> list[Any]:
    """Up to `limit` rows beyond the cursor, in reading direction."""
    backwards = at is not None and at.backwards
    rising = descending == backwards
    segments = [False, True] if field.null else [False]  # False: rows with a value; True: without
    if backwards:
        segments.reverse()
    rows: list[Any] = []
    for without in segments:
        if at is not None and _is_behind(without, at):
            continue
        part = queryset.filter(**{f"{field.name}__isnull": without}) if field.null else queryset
        if at is not None and (at.value is None) == without:
            part = part.filter(_beyond(field, at, rising, without))
        sign = "" if rising else "-"
        order = (
            [f"{sign}pk"] if without or field.primary_key else [f"{sign}{field.name}", f"{sign}pk"]
        )
        rows += part.order_by(*order)[: limit - len(rows)]
        if len(rows) >= limit:
            break
    return rows


def _is_behind(without: bool, at: Cursor) -> bool:
    """Whether the segment was passed already in reading direction."""
    return without and at.value is not None if at.backwards else not without and at.value is None


def _beyond(field: Any, at: Cursor, rising: bool, without: bool) -> Q:
    step = "gt" if rising else "lt"
    if without or field.primary_key:
        return Q(**{f"pk__{step}": at.pk})
    # Written as a range and an exception, because an OR of two ranges leaves the index.
    return Q(**{f"{field.name}__{step}e": at.value}) & (
        Q(**{f"{field.name}__{step}": at.value}) | Q(**{f"pk__{step}": at.pk})
    )


@dataclass(frozen=True, slots=True)
class BoundedCount:
    """How many rows there are, as far as it was worth counting."""

    number: int
    is_more: bool


def bounded_count(queryset: QuerySet[Any], limit: int = COUNT_LIMIT) -> BoundedCount:
    """Count up to the limit and stop."""
    number = queryset.order_by()[: limit + 1].count()
    return BoundedCount(min(number, limit), number > limit)
