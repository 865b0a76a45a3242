"""Walking the chain: does every seal fit, is none missing, was no column changed beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from zhixing.apps.audit.chain import GENESIS, seal
from zhixing.apps.audit.models import AuditEntry, ChainHead
from zhixing.apps.audit.record import columns_in_body


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the walk found: entries checked, the last seal, and the first broken entry if any."""

    checked: int
    head: str
    broken_at: int | None = None
    problem: str = ""

    @property
    def is_whole(self) -> bool:
        return self.broken_at is None


def verify(progress: Callable[[int], None] | None = None) -> Verdict:
    """Check the whole chain in order and stop at the first broken entry.

    Args:
        progress: told the number of entries checked, every thousand.
    """
    previous, expected = GENESIS, 1
    for entry in AuditEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        if problem := _problem(entry, expected, previous):
            return Verdict(expected - 1, previous, expected, problem)
        previous, expected = entry.seal, expected + 1
        if progress and entry.sequence % 1000 == 0:
            progress(entry.sequence)
    head = ChainHead.objects.filter(id=1).first()
    kept = (head.sequence, head.seal) if head else (0, GENESIS)
    if kept != (expected - 1, previous):
        problem = f"the head names entry {kept[0]}, the chain ends at {expected - 1}"
        return Verdict(expected - 1, previous, expected, problem)
    return Verdict(expected - 1, previous)


def _problem(entry: AuditEntry, expected: int, previous: str) -> str:
    if entry.sequence != expected:
        return f"entry {expected} is missing, {entry.sequence} follows"
    if entry.previous != previous:
        return "it does not carry the seal of the entry before"
    if seal(previous, entry.body) != entry.seal:
        return "its content does not fit its seal"
    body = json.loads(entry.body)
    changed = [name for name, value in columns_in_body(entry).items() if body.get(name) != value]
    if body.get("at") != entry.at.isoformat():
        changed.append("at")
    return f"columns changed beside the sealed content: {', '.join(changed)}" if changed else ""
