"""A register, as data: one class says what the list, the page, the forms and the files hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from django.db import models
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet

from zhixing.kit.actors import Actor
from zhixing.kit.register.columns import Column, Text
from zhixing.kit.register.forms import RegisterForm
from zhixing.kit.requests import OfficerRequest
from zhixing.kit.search import search


@dataclass(frozen=True, slots=True)
class Permissions:
    """The permission asked for each door; a door without one does not exist."""

    view: str
    add: str = ""
    change: str = ""
    bulk: str = ""
    export: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a row's page: `template` with what `context` returns.

    `context` gets the actor and the row and returns None when there is nothing this actor may see;
    then the section is left out. `count` of the context, if given, stands beside the label. A
    section in the side column (`aside`) must be narrow.
    """

    order: int
    key: str
    label: Text
    template: str
    context: Callable[[Actor, Any], Mapping[str, Any] | None]
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """A titled group of columns on a row's page."""

    label: Text
    columns: tuple[Column, ...]


class Create(Protocol):
    """The action that enters a row."""

    def __call__(self, actor: Actor, values: Mapping[str, Any]) -> models.Model: ...


class Update(Protocol):
    """The action that changes a row; `stamp` is the `updated` value the form was opened with."""

    def __call__(
        self,
        actor: Actor,
        obj: Any,
        changes: Mapping[str, Any],
        *,
        stamp: Any = None,
        reason: str = "",
    ) -> models.Model: ...


class Register:
    """Subclass it, fill in the attributes, add `urls()` to the app's address list."""

    model: ClassVar[type[models.Model]]
    app_name: ClassVar[str]
    slug: ClassVar[str]
    prefix: ClassVar[str | None] = None
    label: ClassVar[Text]
    label_one: ClassVar[Text]
    permissions: ClassVar[Permissions]
    columns: ClassVar[tuple[Column, ...]]
    default_sort: ClassVar[str] = "-pk"
    page_size: ClassVar[int] = 50
    filterset: ClassVar[type[FilterSet] | None] = None
    has_search: ClassVar[bool] = False
    search_hint: ClassVar[Text] = _("Name, code or number")
    form: ClassVar[type[RegisterForm[Any]] | None] = None
    create: ClassVar[Create | None] = None
    update: ClassVar[Update | None] = None
    bulk_fields: ClassVar[tuple[str, ...]] = ()
    facts: ClassVar[tuple[Facts, ...]] = ()
    detail: ClassVar[bool] = True
    detail_template: ClassVar[str] = "kit/register/detail.html"
    importer: ClassVar[Any] = None
    # Why an empty register is empty and what to do next, in the words of the office.
    empty_hint: ClassVar[Text] = _("Nothing has been entered yet.")

    @staticmethod
    def selector(actor: Actor) -> QuerySet[Any]:
        """The rows the actor may see; a register names its own with `staticmethod(...)`."""
        raise LookupError("a register names the selector of its rows")

    @classmethod
    def key(cls) -> str:
        """Name of the register across apps, under which filters and columns are kept."""
        return f"{cls.app_name}.{cls.slug}"

    @classmethod
    def sections(cls) -> Sequence[Section]:
        """The parts below the facts of a row's page."""
        return ()

    @classmethod
    def page_context(cls, request: OfficerRequest, obj: Any) -> Mapping[str, Any]:
        """What a register's own detail template needs besides the common context."""
        return {}

    @classmethod
    def column(cls, name: str) -> Column | None:
        """The column of that name."""
        return next((column for column in cls.columns if column.name == name), None)

    @classmethod
    def rows_visible(cls, actor: Actor) -> QuerySet[Any]:
        """The rows the actor may see."""
        return cls.selector(actor)

    @classmethod
    def search_rows(cls, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """The rows that hold the words of the search box; by default in column `search_text`."""
        return search(rows, text)

    @classmethod
    def url(cls, page: str = "", pk: Any = None) -> str:
        """Address of the list (no page named) or of `new`, `detail`, `edit`, `log`, `bulk`, …"""
        name = f"{cls.app_name}:{cls.slug}{'-' + page if page else ''}"
        return reverse(name, args=[] if pk is None else [pk])

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The addresses of all doors that the register declares."""
        from zhixing.kit.register import views

        start = f"{cls.slug}/" if cls.prefix is None else cls.prefix
        doors: list[tuple[str, Callable[..., Any], str, bool]] = [
            ("", views.show_list, "", True),
            ("export/", views.export_rows, "export", bool(cls.permissions.export)),
            ("columns/", views.choose_columns, "columns", True),
            ("filters/", views.save_filter, "filters", True),
            ("filters/<int:pk>/delete/", views.delete_filter, "filter-delete", True),
            ("new/", views.create_row, "new", cls.create is not None),
            ("bulk/", views.edit_rows, "bulk", bool(cls.bulk_fields)),
            ("<int:pk>/", views.show_row, "detail", cls.detail),
            ("<int:pk>/edit/", views.edit_row, "edit", cls.update is not None),
            ("<int:pk>/log/", views.show_log, "log", True),
        ]
        return [
            path(start + route, view, {"register": cls}, f"{cls.slug}{'-' + name if name else ''}")
            for route, view, name, is_open in doors
            if is_open
        ]
