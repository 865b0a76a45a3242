"""The sentences of `phrases.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def _phrases() -> dict[str, str]:
    return tomllib.loads((Path(__file__).parent.parent / "phrases.toml").read_text("utf-8"))


def say(code: str, **words: str) -> str:
    """The sentence of that code with its words filled in."""
    return _phrases()[code].format(**words)
