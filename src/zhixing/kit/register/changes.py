"""A change log in words: field labels instead of names, labels of choices instead of codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst

from zhixing.kit.history import HistoryEntry, deed_name
from zhixing.kit.register.columns import plain_text
from zhixing.kit.scope import PathField, office_names

# Kept by the platform itself; a log that repeated them would hide what an officer did.
_OWN = {"id", "created", "updated", "search_text"}


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LoggedDeed:
    """One entry of a change log, ready to show."""

    entry: HistoryEntry
    what: str
    changes: list[Change]


def readable_log(model: type[models.Model], entries: Sequence[HistoryEntry]) -> list[LoggedDeed]:
    """The entries in words; related rows and offices are looked up once for all of them."""
    words = _Words(model, entries)
    return [
        LoggedDeed(entry, str(deed_name(entry.deed)), _changes(words, entry)) for entry in entries
    ]


def changed_labels(model: type[models.Model], entry: HistoryEntry) -> list[str]:
    """The labels of the fields that the deed changed."""
    words = _Words(model, ())
    return [words.label(name) for name in _names(entry)]


def _names(entry: HistoryEntry) -> list[str]:
    names = [*entry.after, *(name for name in entry.before if name not in entry.after)]
    return [name for name in names if name not in _OWN]


def _changes(words: _Words, entry: HistoryEntry) -> list[Change]:
    """The fields that the deed changed; of a row's first entry only those that hold something."""
    changes = []
    for name in _names(entry):
        before = words.value(name, entry.before.get(name))
        after = words.value(name, entry.after.get(name))
        if before != after:
            changes.append(Change(words.label(name), before, after))
    return changes


class _Words:
    """Labels and values of one model's fields, as an officer reads them."""

    def __init__(self, model: type[models.Model], entries: Sequence[HistoryEntry]) -> None:
        self.model = model
        self.names: dict[str, Mapping[Any, str]] = {}
        seen: dict[str, set[Any]] = {}
        for entry in entries:
            for state in (entry.before, entry.after):
                for name, value in state.items():
                    if value is not None and not isinstance(value, list | dict):
                        seen.setdefault(name, set()).add(value)
        for name, values in seen.items():
            field = self.field(name)
            if isinstance(field, models.ForeignKey):
                rows = field.related_model._default_manager.filter(pk__in=values)
                self.names[name] = {row.pk: str(row) for row in rows}
            elif isinstance(field, PathField):
                self.names[name] = office_names(values)

    def field(self, name: str) -> Any:
        try:
            return self.model._meta.get_field(name.removesuffix("_id"))
        except FieldDoesNotExist:
            return None

    def label(self, name: str) -> str:
        field = self.field(name)
        return capfirst(str(getattr(field, "verbose_name", name)))

    def value(self, name: str, value: Any) -> str:
        if value is None or value == "" or value == []:
            return ""
        field = self.field(name)
        if name in self.names:
            return self.names[name].get(value, str(value))
        if choices := getattr(field, "flatchoices", None):
            return str(dict(choices).get(value, value))
        if isinstance(field, models.DateTimeField) and (moment := parse_datetime(str(value))):
            return plain_text(moment)
        return plain_text(value)
