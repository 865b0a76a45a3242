"""The guard that stands by in each process: all watched brands, prepared once per list state.

A name is protected by the lists of its own office and of those above it. One guard holds every
list; which of its hits count follows from the paths.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from django.db.models import Count, Max

from zhixing.apps.brands.models import ListRevision, WatchedMark

_lock = threading.Lock()
_kept: dict[str, Any] = {}
State = tuple[int, int, int | None, Any]


@dataclass(frozen=True, slots=True)
class StandingGuard:
    """The brands at one revision of the lists, with the engine's guard over their texts."""

    revision: int
    marks: Mapping[str, WatchedMark]
    guard: Any

    def sweep(self, texts: Sequence[str], min_probability: float) -> list[dict[str, Any]]:
        """The engine's hits of the texts, each with its brand under `watched`."""
        if not self.marks or not texts:
            return []
        hits = self.guard.sweep(list(texts), min_probability=min_probability).to_pylist()
        return [hit | {"watched": self.marks[hit["mark_id"]]} for hit in hits]

    def since(self, revision: int) -> StandingGuard:
        """A guard over the brands that changed after the revision alone."""
        changed = [mark for mark in self.marks.values() if mark.revision > revision]
        if len(changed) == len(self.marks):
            return self
        return StandingGuard(self.revision, *_prepared(changed))


def standing_guard() -> StandingGuard:
    """The guard over the lists as they are now; built when they have changed since the last."""
    state = _state()
    with _lock:
        if _kept.get("state") != state:
            # Read again under the lock, so that state and brands belong together.
            state = _state()
            _kept["guard"] = StandingGuard(state[0], *_prepared(list(_active())))
            _kept["state"] = state
        standing: StandingGuard = _kept["guard"]
    return standing


def current_revision() -> int:
    """How often any list has changed; 0 before the first brand."""
    return ListRevision.objects.values_list("number", flat=True).first() or 0


def _state() -> State:
    """The revision, and what tells another database at the same revision (a restored backup)."""
    seen = WatchedMark.objects.aggregate(number=Count("pk"), last=Max("pk"), changed=Max("updated"))
    return current_revision(), seen["number"], seen["last"], seen["changed"]


def _active() -> Any:
    rows = WatchedMark.objects.filter(is_active=True).select_related("trade_mark__holder")
    return rows.order_by("pk")


def _prepared(marks: Sequence[WatchedMark]) -> tuple[dict[str, WatchedMark], Any]:
    """Brands by the key the engine returns, and its guard; none for an empty list."""
    from zhixing.engines.lookalike import Guard

    by_key = {str(mark.pk): mark for mark in marks}
    if not by_key:
        return {}, None
    columns = {"mark_id": list(by_key), "mark": [mark.text for mark in marks]}
    return by_key, Guard(pa.table(columns))


def stand_by() -> None:
    """Load the engine in the background, so that the first name typed is judged at once."""
    if "guard" not in _kept:
        threading.Thread(target=_load_engine, name="brands-stand-by", daemon=True).start()


def _load_engine() -> None:
    from zhixing.engines.lookalike import Guard

    # A made-up brand; the database is left to the threads that serve.
    Guard(pa.table({"mark_id": ["0"], "mark": ["品牌"]})).sweep(["品牌"], min_probability=0.5)
