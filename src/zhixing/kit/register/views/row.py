"""One row: its page and its change log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from zhixing.kit.history import entries_for
from zhixing.kit.register.base import Register
from zhixing.kit.register.changes import readable_log
from zhixing.kit.register.columns import Cell, Text
from zhixing.kit.register.views.doors import find_row, may
from zhixing.kit.requests import OfficerRequest

LOG_ENTRIES = 200


@dataclass(frozen=True, slots=True)
class Block:
    """A group of facts, ready to show."""

    label: Text
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Part:
    """A section, ready to show."""

    key: str
    label: Text
    template: str
    context: dict[str, Any]
    aside: bool


def show_row(request: OfficerRequest, register: type[Register], pk: int) -> HttpResponse:
    """The page of one row: facts, then the sections that have something for this officer."""
    obj = find_row(request, register, pk)
    context = {
        "register": register,
        "object": obj,
        "may": may(request, register, obj),
        "blocks": facts_of(register, obj),
        "parts": parts_of(request.user, register, obj),
        "edit_url": register.url("edit", obj.pk) if register.update is not None else "",
        "log_url": register.url("log", obj.pk),
        "list_url": register.url(),
        **register.page_context(request, obj),
    }
    return render(request, register.detail_template, context)


def facts_of(register: type[Register], obj: Any) -> list[Block]:
    """The register's facts about the row; without any declared, its columns are the facts."""
    groups = [(group.label, group.columns) for group in register.facts]
    return [
        Block(label, [column.cells([obj])[0] for column in columns])
        for label, columns in groups or [(register.label_one, register.columns)]
    ]


def parts_of(actor: Any, register: type[Register], obj: Any) -> list[Part]:
    """The sections with something in them for this actor, in order."""
    parts = []
    for section in sorted(register.sections(), key=lambda section: section.order):
        context = section.context(actor, obj)
        if context is not None:
            parts.append(
                Part(section.key, section.label, section.template, dict(context), section.aside)
            )
    return parts


def show_log(request: OfficerRequest, register: type[Register], pk: int) -> HttpResponse:
    """Who changed what and why, newest first."""
    obj = find_row(request, register, pk)
    context = {
        "register": register,
        "object": obj,
        "log": readable_log(type(obj), entries_for(obj, LOG_ENTRIES)),
        "limit": LOG_ENTRIES,
        "detail_url": obj.get_absolute_url(),
    }
    return render(request, "kit/register/log.html", context)
