"""The change log of an object, read from the book of deeds; the audit app registers the reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One deed on an object, as its change log shows it."""

    at: datetime
    actor: str
    office: str
    deed: str
    reason: str
    before: dict[str, Any]
    after: dict[str, Any]
    sequence: int


Reader = Callable[[models.Model, int], list[HistoryEntry]]
_readers: list[Reader] = []


def register_reader(reader: Reader) -> None:
    """Name the function that answers `entries_for` (called once, by the audit app)."""
    _readers[:] = [reader]


def entries_for(obj: models.Model, limit: int = 50) -> list[HistoryEntry]:
    """The latest deeds on the object, newest first."""
    return [entry for reader in _readers for entry in reader(obj, limit)]


_deed_names: dict[str, Any] = {}


def name_deeds(names: Mapping[str, Any]) -> None:
    """Give deed codes the words a change log shows, e.g. `{"lead.dispose": _("decided")}`."""
    _deed_names.update(names)


def deed_name(code: str) -> Any:
    """The words of a deed code; the code itself when nobody named it."""
    return _deed_names.get(code, code)


def deed_names() -> Mapping[str, Any]:
    """The words of every named deed by its code, for filters."""
    return dict(_deed_names)
