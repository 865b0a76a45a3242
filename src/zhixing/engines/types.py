"""What every engine answers with: a value, its interval, its reasons, and how to get it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence behind a finding.

    ``code`` is stable and machine-readable (``shape``, ``rule.9-3``); ``text`` is the sentence an
    officer can paste into a file; ``value`` is the strength in the engine's own unit; ``evidence``
    names what was looked at (positions, characters, articles) and holds JSON values only.
    """

    code: str
    text: str = ""
    value: float | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The reason as one flat JSON object: code, text, value and every evidence key."""
        return {"code": self.code, "text": self.text, "value": self.value, **self.evidence}


@dataclass(frozen=True, slots=True)
class MethodRef:
    """The method that produced a finding, e.g. ``MethodRef("rates.wilson", "2")``."""

    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"


@dataclass(frozen=True, slots=True)
class Digest:
    """A fingerprint of an engine's input, by which a repeated run is recognised."""

    algorithm: str
    value: str

    @classmethod
    def of(cls, *parts: object) -> Digest:
        """SHA-256 of ``parts`` in order; bytes as they are, anything else as canonical JSON."""
        state = hashlib.sha256()
        for part in parts:
            raw = (
                bytes(part)
                if isinstance(part, bytes | bytearray | memoryview)
                else json.dumps(part, ensure_ascii=False, sort_keys=True, default=str).encode()
            )
            state.update(len(raw).to_bytes(8, "big"))
            state.update(raw)
        return cls("sha256", state.hexdigest())

    def __str__(self) -> str:
        return f"{self.algorithm}:{self.value}"


@dataclass(frozen=True, slots=True)
class Finding:
    """An engine's answer: value, interval, reasons (strongest first), method, seed, inputs."""

    value: float
    interval: tuple[float, float] | None
    reasons: tuple[Reason, ...]
    method: MethodRef
    seed: int | None
    inputs: Digest

    def as_dict(self) -> dict[str, Any]:
        """The finding as JSON values, for files and evidence records."""
        return {
            "value": self.value,
            "interval": list(self.interval) if self.interval else None,
            "reasons": [reason.as_dict() for reason in self.reasons],
            "method": asdict(self.method),
            "seed": self.seed,
            "inputs": asdict(self.inputs),
        }
