"""Spans of days that do not count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Stop:
    """Days that do not count, both ends included; without `last` it still lasts."""

    first: date
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stops of one period in order, those that overlap or touch made one.

    Raises:
        ValueError: a stop ends before it begins.
    """
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if last < first:
            raise ValueError(f"a stop ends before it begins: {first} to {last}")
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
