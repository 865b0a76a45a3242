"""Figures and rounds that the board counts by itself.

Apps register at start-up what they can count, under the code that the programme file names; the
programme app asks here. A code nobody registered is "not monitored yet", never a good light.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from zhixing.kit.actors import Actor


@dataclass(frozen=True, slots=True)
class Period:
    """The days a figure is about, both ends included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Figure:
    """A counted indicator. `value` is None when there is nothing to count yet.

    Attributes:
        value: the figure in the indicator's unit; a share lies in [0, 1].
        interval: 95 % interval where the figure is an estimate; None for a plain count.
        numerator, denominator: what a share was made of.
        as_of: the day up to which it was counted.
        rows_url: page that lists the rows behind the figure (a board cell without one is a defect).
        method: name of the computation and of its interval.
    """

    value: float | None
    rows_url: str
    as_of: date
    numerator: int | None = None
    denominator: int | None = None
    interval: tuple[float, float] | None = None
    method: str = "count"


@dataclass(frozen=True, slots=True)
class Round:
    """One performance of something the programme asks for n times a year."""

    on: date
    label: str
    url: str


FigureFunction = Callable[[Actor, Period], Figure]
RoundsFunction = Callable[[Actor, Period], Sequence[Round]]

_figures: dict[str, FigureFunction] = {}
_rounds: dict[str, RoundsFunction] = {}


def register_figure(code: str, function: FigureFunction) -> None:
    """Name the function that counts the indicator `code` for an actor and a period."""
    _figures[code] = function


def register_rounds(code: str, function: RoundsFunction) -> None:
    """Name the function that lists the rounds held of programme item `code`."""
    _rounds[code] = function


def figure(code: str, actor: Actor, period: Period) -> Figure | None:
    """The indicator as counted now, or None when no app counts it."""
    function = _figures.get(code)
    return function(actor, period) if function else None


def rounds(code: str, actor: Actor, period: Period) -> Sequence[Round] | None:
    """The rounds held in the period, or None when no app holds such rounds."""
    function = _rounds.get(code)
    return function(actor, period) if function else None
