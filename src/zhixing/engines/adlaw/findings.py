"""What screening answers with."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a finding and the rule that holds there."""

    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A probable breach: where it stands (nowhere, when something is missing), why, how sure.

    What stands in one sentence and breaks the same prohibition is one finding; `parts` are its
    stretches, in order of place.
    """

    family: str
    rule: str
    articles: tuple[str, ...]
    penalty: tuple[str, ...]
    start: int | None
    end: int | None
    span: str | None
    severity: str
    probability: float
    disguise: str
    reason: str
    remedy: str
    version: str
    parts: tuple[Part, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The finding as JSON values."""
        values = asdict(self)
        for name in ("articles", "penalty", "parts"):
            values[name] = list(values[name])
        return values


@dataclass(frozen=True, slots=True)
class Screened:
    """One ad as screened: its findings in order of place, absences last, and its category."""

    findings: tuple[Finding, ...]
    category: str
    category_probability: float

    @property
    def is_violating(self) -> bool:
        """Whether anything was raised."""
        return bool(self.findings)
