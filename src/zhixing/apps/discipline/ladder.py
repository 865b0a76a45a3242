"""Which step of the ladder the confirmed figures of a medium ask for, and why.

The figures propose, people decide. A line that rests on the lower end of an interval is met only
where the sample is sure of it; too few advertisements meet no rate line at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhixing import law
from zhixing.apps.discipline.rating import Rates
from zhixing.engines.rates import Ratio


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a medium in a period.

    Attributes:
        rates: from random rounds.
        serious, serious_focus: confirmed serious violations, of all and of the focus trades;
            wherever they were found, since each of them is a fact.
        taken: steps in force before, with the day of each.
    """

    rates: Rates
    serious: int
    serious_focus: int
    taken: Sequence[tuple[str, date]]


@dataclass(frozen=True, slots=True)
class Met:
    """A line that was met, with the figures that meet it."""

    line: law.Line
    figure: float
    rows: int
    interval: tuple[float, float] | None

    def as_record(self) -> dict[str, Any]:
        """JSON values, kept with the proposal."""
        return {
            "code": self.line.code,
            "step": self.line.step,
            "measure": self.line.measure,
            "applies": self.line.applies,
            "bound": self.line.bound,
            "at_least": float(self.line.at_least),
            "after": self.line.after,
            "within_months": self.line.within_months,
            "figure": self.figure,
            "rows": self.rows,
            "interval": list(self.interval) if self.interval else None,
            "is_verified": self.line.is_verified,
        }


@dataclass(frozen=True, slots=True)
class Proposal:
    """The highest step that a line asks for, and every line met, those of that step first."""

    step: law.LadderStep
    met: tuple[Met, ...]


def assess(standing: Standing, day: date) -> Proposal | None:
    """The step that the figures ask for under the ladder of the day; None where no line is met."""
    ladder = law.media_ladder()
    steps = {step.code: step for step in ladder.steps_on(day)}
    met = [
        found
        for line in ladder.lines_on(day)
        if line.step in steps and (found := _meets(line, standing, day)) is not None
    ]
    if not met:
        return None
    highest = max((steps[found.line.step] for found in met), key=lambda step: step.order)
    in_order = sorted(met, key=lambda found: -steps[found.line.step].order)
    return Proposal(highest, tuple(in_order))


def _meets(line: law.Line, standing: Standing, day: date) -> Met | None:
    if line.after and not _was_taken(line, standing.taken, day):
        return None
    if line.measure == "serious_count":
        count = standing.serious_focus if line.applies == "focus" else standing.serious
        return Met(line, count, count, None) if count >= line.at_least else None
    ratio = standing.rates.of("focus" if line.applies == "focus" else line.measure)
    figure = _figure(line, ratio)
    if figure is None or ratio.rows < line.min_items or figure < float(line.at_least):
        return None
    assert ratio.value is not None
    return Met(line, ratio.value, ratio.rows, ratio.interval)


def _figure(line: law.Line, ratio: Ratio) -> float | None:
    """What is held against the line; of a census the lower end is the value itself."""
    if line.bound == "lower" and ratio.interval is not None:
        return ratio.interval[0]
    return ratio.value


def _was_taken(line: law.Line, taken: Sequence[tuple[str, date]], day: date) -> bool:
    start = months_before(day, line.within_months)
    return any(step == line.after and start <= on <= day for step, on in taken)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of a shorter month."""
    from calendar import monthrange

    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
