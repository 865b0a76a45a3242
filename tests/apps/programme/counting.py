"""Figures and rounds registered for one test, and a programme to show them on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from tests.apps.people import make_offices
from zhixing.apps.programme.actions.adopt_programme import adopt_programme
from zhixing.apps.programme.models import Programme
from zhixing.kit import indicators
from zhixing.kit.actors import SystemActor
from zhixing.kit.indicators import Figure, Period, Round

SYSTEM = SystemActor("test")
TODAY = date(2026, 11, 24)
# An item of the text whose indicator and rounds no app counts yet.
ITEM, INDICATOR = "sampling.rounds", "sampling.rounds_held"


def adopted(year: int = 2026) -> Programme:
    """The built-in programme, adopted by the test bureau."""
    return adopt_programme(
        SYSTEM, unit=make_offices().bureau, year=year, base_year=year - 1,
        source="quality-city", reason="plan of the year",
    )  # fmt: skip


@contextmanager
def registered(
    figures: dict[str, Any] | None = None, rounds: dict[str, Any] | None = None
) -> Iterator[None]:
    """Exactly these functions are registered while the block runs."""
    kept = (dict(indicators._figures), dict(indicators._rounds))
    indicators._figures.clear()
    indicators._rounds.clear()
    indicators._figures.update(figures or {})
    indicators._rounds.update(rounds or {})
    try:
        yield
    finally:
        for now, before in zip((indicators._figures, indicators._rounds), kept, strict=True):
            now.clear()
            now.update(before)


def figure(value: float | None, low: float | None = None, high: float | None = None) -> Any:
    """A function that counts the same at any time."""
    interval = None if low is None or high is None else (low, high)

    def count(actor: Any, period: Period) -> Figure:
        return Figure(value, "/rows/?a=b", period.end, interval=interval)

    return count


def rounds_on(*days: date) -> Any:
    """A function that knows rounds held on these days."""

    def held(actor: Any, period: Period) -> list[Round]:
        return [
            Round(day, f"round of {day}", f"/rounds/{day}/")
            for day in days
            if period.start <= day <= period.end
        ]

    return held
