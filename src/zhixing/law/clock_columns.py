"""The ends of many clocks at once, for boards and commands; `clocks.deadline` explains one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhixing.engines.clocks.periods import OPEN, ROLLS, UNITS, Stops, due_days
from zhixing.law.calendar import current
from zhixing.law.schema import Clock
from zhixing.law.tables import table

TABLE = "clocks"
# numpy counts days from 1970-01-01, Python's ordinals from the year 1.
EPOCH = 719_163
NO_DAY = np.datetime64("NaT", "D")

Days = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class DueColumn:
    """The ends of clocks, row by row.

    Attributes:
        due: the last days; not-a-time where there is none (see `problems`, or stopped without end).
        provisional: whether a year not announced was needed.
        problems: what is wrong with rows that have no answer, by place.
    """

    due: Days
    provisional: NDArray[np.bool_]
    problems: dict[int, str]


def due_column(
    codes: NDArray[Any],
    triggers: Days,
    *,
    extensions: NDArray[np.int32] | None = None,
    stops: Stops | None = None,
    region: str = "",
) -> DueColumn:
    """The last day of each clock, by the law in force on the day of its trigger.

    Args:
        codes: codes of `clocks.toml`, one a row; periods in hours are refused.
        triggers: the days of the events, `datetime64[D]`.
        extensions: how many extensions were granted; default none.
        stops: days that do not count, with ordinals of `date.toordinal`; default none.
        region: division code of the office, for local holidays.

    Raises:
        ValueError: columns of unequal length.
        TableInvalid: a law table cannot be used.
    """
    n = len(codes)
    granted = np.zeros(n, np.int32) if extensions is None else extensions
    start = triggers.astype("datetime64[D]").astype(np.int64) + EPOCH
    amount, unit, rolls = np.zeros(n, np.int32), np.zeros(n, np.int32), np.zeros(n, np.int32)
    problems: dict[int, str] = {}
    known = table(TABLE).rows
    for code in np.unique(codes):
        mine = codes == code
        answered = np.zeros(n, bool)
        for row in known.get(str(code), ()):
            if not isinstance(row, Clock) or row.unit not in UNITS:
                continue
            last = row.valid_to.toordinal() if row.valid_to else OPEN
            here = mine & (start >= row.valid_from.toordinal()) & (start <= last)
            most = row.extension.times if row.extension and row.extension.amount else 0
            here &= (granted >= 0) & (granted <= most)
            more = row.extension.amount or 0 if row.extension else 0
            amount[here] = int(row.amount) + more * granted[here]
            unit[here], rolls[here] = UNITS.index(row.unit), ROLLS.index(row.rolls)
            answered |= here
        for place in np.flatnonzero(mine & ~answered):
            problems[int(place)] = f"{code}: no such period in days with these extensions then"
    usable = amount > 0
    found = due_days(
        current(region),
        np.where(usable, start, 0).astype(np.int32),
        np.where(usable, amount, 1),
        unit,
        rolls,
        stops or Stops.none(n),
    )
    ends = usable & (found.due > 0)
    due = np.full(n, NO_DAY)
    due[ends] = (found.due[ends].astype(np.int64) - EPOCH).astype("datetime64[D]")
    return DueColumn(due, found.provisional & ends, problems)
