"""Jurisdiction, the one mechanism: rows carry their office's path, selectors start from the actor.

Paths are materialised org-unit codes with a closing slash (`3701/370102/37010203/`), so that
"my office and all below" is a prefix and filters inside SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhixing.kit.actors import Actor

M = TypeVar("M", bound=models.Model)
PATH_LENGTH = 120
# Paths of a bureau and its districts hold too large a share of the rows for an index to help.
WIDE_DEPTH = 2


class PathField(models.CharField):  # type: ignore[type-arg]
    """An org-unit path: digits, letters and slashes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", PATH_LENGTH)
        super().__init__(*args, **kwargs)


@PathField.register_lookup
class Within(models.Lookup[str]):
    """`path__within=prefix`: the prefix itself and everything below it, on an index.

    SQLite answers LIKE without an index, so there the prefix becomes a range; `0` is the character
    after the closing slash in SQLite's binary order. SQLite takes every range for a narrow one and
    would fetch and sort a whole city to show its first page; the plus keeps wide prefixes off the
    index, so that the order of the page decides (one million rows: 1.7 s without, see method).
    """

    lookup_name = "within"

    def get_prep_lookup(self) -> str:
        return str(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s", (*params, f"{self.rhs}%")

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        if not self.rhs:
            return f"{column} >= %s", [*params, ""]
        if str(self.rhs).count("/") <= WIDE_DEPTH:
            column = f"+{column}"
        return f"({column} >= %s AND {column} < %s)", [
            *params,
            self.rhs,
            *params,
            f"{str(self.rhs)[:-1]}0",
        ]


def within_any(paths: Sequence[str], field: str = "unit_path") -> Q:
    """The condition that `field` lies in one of the offices, or below one."""
    if "" in paths:
        return Q()
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{field}__within": path})
    return condition


def is_within(path: str, scopes: Sequence[str]) -> bool:
    """Whether one path lies in one of the offices, or below one; mirrors `within_any`."""
    return any(path.startswith(scope) for scope in scopes)


def with_offices_above(path: str) -> list[str]:
    """The paths of the office itself and of every office above it, the highest first."""
    return [path[: end + 1] for end, character in enumerate(path) if character == "/"]


class ScopedQuerySet(models.QuerySet[M]):
    """A queryset that knows where its rows belong."""

    scope_field = "unit_path"

    def visible_to(self, actor: Actor) -> Self:
        """Only the rows of the actor's offices and those below them."""
        return self.filter(within_any(actor.scope_paths, self.scope_field))


class Placed(models.Model):
    """A row that belongs to an office."""

    unit_path = PathField(_("office"), db_index=True)

    objects: models.Manager[Any] = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True


OfficeNames = Callable[[list[str]], dict[str, str]]
_office_names: list[OfficeNames] = []


def register_office_names(function: OfficeNames) -> None:
    """Name the function that knows offices by path (called once, by the accounts app)."""
    _office_names[:] = [function]


def office_names(paths: Iterable[str]) -> dict[str, str]:
    """Names of offices by path, in one query; a path nobody knows is left out."""
    wanted = sorted(set(paths))
    return _office_names[0](wanted) if _office_names and wanted else {}
