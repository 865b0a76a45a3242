"""Is the evidence still what was received: every stored content hashed again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from zhixing.kit.files import store
from zhixing.kit.files.models import EvidenceFile


@dataclass(slots=True)
class StoreVerdict:
    """What the check found: contents hashed, and the hashes of those missing or changed."""

    checked: int = 0
    broken: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.broken


def verify(progress: Callable[[int], None] | None = None) -> StoreVerdict:
    """Hash every content that a row names, once.

    Args:
        progress: told the number of contents checked after each.
    """
    verdict = StoreVerdict()
    named = EvidenceFile.objects.order_by("sm3").values_list("sm3", flat=True).distinct()
    for sm3 in named.iterator():
        verdict.checked += 1
        if not store.is_intact(sm3):
            verdict.broken.append(sm3)
        if progress is not None:
            progress(verdict.checked)
    return verdict


def broken_files() -> list[EvidenceFile]:
    """Evidence whose stored content is missing or no longer has its hash."""
    return list(EvidenceFile.objects.filter(sm3__in=verify().broken).order_by("pk"))
