"""In what two names are alike, as the look-alike engine tells it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def likeness_of(protected: str, accused: str) -> list[dict[str, Any]]:
    """The engine's reasons on two names; none when one is missing."""
    return likenesses([protected], [accused])[0]


def likenesses(protected: Sequence[str], accused: Sequence[str]) -> list[list[dict[str, Any]]]:
    """The engine's reasons on many pairs of names at once."""
    rows = [i for i, pair in enumerate(zip(protected, accused, strict=True)) if all(pair)]
    found: list[list[dict[str, Any]]] = [[] for _pair in protected]
    if rows:
        # Its tables take a moment to load, so only where there are names to compare.
        from zhixing.engines.lookalike import judge

        told = judge([protected[i] for i in rows], [accused[i] for i in rows])["reasons"]
        for row, reasons in zip(rows, told.to_pylist(), strict=True):
            found[row] = reasons
    return found
