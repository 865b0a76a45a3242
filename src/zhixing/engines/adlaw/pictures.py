"""Pictures (emoji) that advertisers write instead of words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def pictures() -> Mapping[str, tuple[str, ...]]:
    """Picture -> its readings, in the order of the file, which numbers them."""
    text = (Path(__file__).parent / "data" / "emoji.toml").read_text(encoding="utf-8")
    return {one: tuple(words) for one, words in tomllib.loads(text)["readings"].items()}
