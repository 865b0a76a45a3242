"""Ends of statutory periods, millions at once, beside a loop over days and NumPy's own offsets."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from statistics import median

import numpy as np

from bench.row import Row
from zhixing.engines.clocks import account
from zhixing.engines.clocks.periods import UNITS, Stops, due_days
from zhixing.law.calendar import current

N, FEW, RUNS = 2_000_000, 5_000, 5
EPOCH = 719_163


def main() -> Iterator[Row]:
    """Deadlines a second of one core's CPU time, medians of five runs."""
    calendar, rng = current(), np.random.default_rng(1)
    first, last = date(2021, 1, 1).toordinal(), date(2026, 3, 1).toordinal()
    start = rng.integers(first, last, N).astype(np.int32)
    unit = rng.integers(0, 3, N).astype(np.int32)
    amount = np.where(unit == UNITS.index("month"), 3, rng.integers(3, 90, N)).astype(np.int32)
    rolls, none = np.zeros(N, np.int32), Stops.none(N)
    stops = _stops(start, rng)
    due_days(calendar, start[:9], amount[:9], unit[:9], rolls[:9], Stops.none(9))  # compiled once
    plain = _rate(lambda: due_days(calendar, start, amount, unit, rolls, none), N)
    stopped = _rate(lambda: due_days(calendar, start, amount, unit, rolls, stops), N)
    days = [date.fromordinal(int(day)) for day in start[:FEW]]

    def loop() -> None:
        for day, n, of in zip(days, amount[:FEW].tolist(), unit[:FEW].tolist(), strict=True):
            account(calendar, day, n, UNITS[of])  # type: ignore[arg-type]

    slow = _rate(loop, FEW)
    data = f"{N:,} made-up periods in working days, days and months"
    yield Row(data, "ends/s", plain, "day-by-day account", slow, higher_is_better=True)
    yield Row(
        "the same with 0 to 2 stops each", "ends/s", stopped, "day-by-day account", None,
        higher_is_better=True, note="the account was measured without stops",
    )  # fmt: skip
    work = unit == UNITS.index("working_day")
    holidays = np.array(list(calendar.holidays), "datetime64[D]")
    dates = (start[work].astype(np.int64) - EPOCH).astype("datetime64[D]")
    numpy = _rate(
        lambda: np.busday_offset(dates, amount[work], roll="backward", holidays=holidays),
        int(work.sum()),
    )
    columns = [column[work] for column in (start, amount, unit, rolls)]
    ours = _rate(lambda: due_days(calendar, *columns, Stops.none(int(work.sum()))), int(work.sum()))
    yield Row(
        "working days alone", "ends/s", ours, f"numpy.busday_offset {np.__version__}", numpy,
        higher_is_better=True, note="NumPy knows no make-up workdays, so its dates are wrong",
    )  # fmt: skip


def _stops(start: np.ndarray, rng: np.random.Generator) -> Stops:
    many = rng.integers(0, 3, len(start))
    offsets = np.concatenate([[0], np.cumsum(many)]).astype(np.int64)
    order = np.arange(offsets[-1]) - np.repeat(offsets[:-1], many)
    first = np.repeat(start, many) + rng.integers(1, 10, offsets[-1]) + 20 * order
    last = first + rng.integers(0, 8, offsets[-1])
    return Stops(offsets, first.astype(np.int32), last.astype(np.int32))


def _rate(run: Callable[[], object], n: int) -> float:
    seconds = []
    for _ in range(RUNS):
        begun = time.process_time()
        run()
        seconds.append(time.process_time() - begun)
    return n / median(seconds)
