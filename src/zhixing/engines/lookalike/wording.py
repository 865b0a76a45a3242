"""Reasons as rows of a table, and the sentences an officer can paste into a file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from zhixing.engines.types import Reason

REASONS = pa.list_(
    pa.struct(
        [
            ("code", pa.string()),
            ("position", pa.int32()),
            ("b_position", pa.int32()),
            ("a", pa.string()),
            ("b", pa.string()),
            ("channel", pa.string()),
            ("value", pa.float32()),
            ("text", pa.string()),
        ]
    )
)


@cache
def phrases() -> dict[str, str]:
    """Sentence templates by reason code."""
    text = (Path(__file__).parent / "phrases.toml").read_text("utf-8")
    templates: dict[str, str] = tomllib.loads(text)["zh"]
    return templates


def reason(
    code: str,
    channel: str,
    value: float | None,
    position: int = 0,
    b_position: int = 0,
    *,
    a: str = "",
    b: str = "",
    said: Mapping[str, Any] | None = None,
) -> Reason:
    """A reason with its sentence; ``said`` holds further words of the sentence."""
    words = {"position": position, "a": a, "b": b, "value": value or 0.0, **(said or {})}
    evidence = {"position": position, "b_position": b_position, "a": a, "b": b, "channel": channel}
    return Reason(code, phrases()[code].format(**words), value, evidence)
