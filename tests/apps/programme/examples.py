"""A bureau that has adopted the programme, and figures and rounds to count in tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from tests.apps.people import Offices, make_officer, make_offices
from zhixing.apps.accounts.models import Officer
from zhixing.apps.programme.api import Programme, adopt_programme
from zhixing.engines.rates import wilson
from zhixing.kit import indicators
from zhixing.kit.actors import Actor
from zhixing.kit.indicators import Figure, Period, Round

SOURCE = "quality-city"
YEAR, BASE_YEAR = 2026, 2025
TODAY = date(2026, 11, 24)
REASON = "decided by the leading group"
ROWS = "/leads/"


@dataclass(frozen=True, slots=True)
class Cast:
    """The bureau's leader, the head and an officer of its district, and a programme."""

    offices: Offices
    leader: Officer
    district_head: Officer
    officer: Officer
    programme: Programme


def cast(*, year: int = YEAR) -> Cast:
    """A bureau whose leader has adopted the programme of the year."""
    offices = make_offices()
    leader = make_officer(offices.bureau, "leader", name="王建国")
    return Cast(
        offices,
        leader,
        make_officer(offices.district, "head", name="赵静"),
        make_officer(offices.office, "officer", name="张伟"),
        adopt(leader, offices, year=year),
    )


def adopt(leader: Officer, offices: Offices, *, year: int = YEAR) -> Programme:
    """The deed with everything it asks for."""
    return adopt_programme(
        leader, unit=offices.bureau, year=year, base_year=year - 1, source=SOURCE, reason=REASON
    )


def share(numerator: int, denominator: int, on: date = TODAY) -> Figure:
    """A share with its Wilson interval."""
    interval = wilson(numerator, denominator) if denominator else None
    value = numerator / denominator if denominator else None
    return Figure(value, ROWS, on, numerator, denominator, interval, "share, Wilson")


def fixed(figure: Figure) -> Callable[[Actor, Period], Figure]:
    """A function that counts the same whoever asks and for whatever days."""
    return lambda _actor, _period: figure


def held(*days: date) -> Callable[[Actor, Period], Sequence[Round]]:
    """Rounds on these days, as far as they lie in the period asked for."""
    return lambda _actor, period: [
        Round(day, f"round of {day}", ROWS) for day in days if period.start <= day <= period.end
    ]


def count_only(
    monkeypatch: pytest.MonkeyPatch,
    figures: Mapping[str, Callable[[Actor, Period], Figure]] = {},
    rounds: Mapping[str, Callable[[Actor, Period], Sequence[Round]]] = {},
) -> None:
    """For the test, these are all the figures and rounds that the platform counts."""
    monkeypatch.setattr(indicators, "_figures", dict(figures))
    monkeypatch.setattr(indicators, "_rounds", dict(rounds))


def count_everything(monkeypatch: pytest.MonkeyPatch, programme: Programme) -> None:
    """A full board: every figure and all rounds are counted, each clause with news this week."""

    def moving(number: int, unit: str) -> Callable[[Actor, Period], Figure]:
        def figure(_actor: Actor, period: Period) -> Figure:
            grown = number % 7 + period.end.year % 2 + period.end.timetuple().tm_yday // 7
            if unit == "share":
                return share(300 + grown * 4, 600, period.end)
            return Figure(float(grown), ROWS, period.end)

        return figure

    text = programme.text
    count_only(
        monkeypatch,
        {row.code: moving(number, row.unit) for number, row in enumerate(text.indicators)},
        {
            item.code: held(*(TODAY - timedelta(days=3 + 80 * n) for n in range(3)))
            for item in text.items
            if item.cadence.kind != "continuous"
        },
    )
