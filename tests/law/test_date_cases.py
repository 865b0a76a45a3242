"""Worked dates, put down by counting on a calendar sheet apart from this code."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from zhixing import law
from zhixing.engines.clocks.periods import Stops
from zhixing.engines.clocks.stops import merged
from zhixing.law.clock_columns import due_column

SHEET = Path(__file__).with_name("date_cases.csv")
with SHEET.open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))


def _stops(case: dict[str, str]) -> tuple[law.Stop, ...]:
    pairs = json.loads(case["stops"] or "[]")
    return tuple(law.Stop(date.fromisoformat(a), date.fromisoformat(b)) for a, b in pairs)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['clock']} {case['what']}")
def test_the_worked_date_is_found(case: dict[str, str]) -> None:
    """With a sentence that names it and the article."""
    event = law.Event(
        case["clock"],
        date.fromisoformat(case["trigger"]),
        _stops(case),
        int(case["extensions"] or 0),
    )
    found = law.deadline(event.code, event.trigger, event.extensions, event.stops)
    assert (found.due.isoformat(), found.provisional) == (case["due"], False)
    said = law.why(event)
    assert f"至{case['due']}届满" in said
    assert "依据《" in said


def test_columns_find_all_of_them_at_once() -> None:
    """The same dates through the columns."""
    assert len(CASES) >= 40
    spans = [
        merged(
            (stop.first.toordinal(), stop.last.toordinal()) for stop in _stops(case) if stop.last
        )
        for case in CASES
    ]
    flat = np.array([span for row in spans for span in row], np.int32).reshape(-1, 2)
    found = due_column(
        np.array([case["clock"] for case in CASES]),
        np.array([case["trigger"] for case in CASES], "datetime64[D]"),
        extensions=np.array([int(case["extensions"] or 0) for case in CASES], np.int32),
        stops=Stops(
            np.cumsum([0, *map(len, spans)]).astype(np.int64),
            flat[:, 0].copy(),
            flat[:, 1].copy(),
        ),
    )
    assert found.due.astype(str).tolist() == [case["due"] for case in CASES]
    assert not found.provisional.any()
    assert found.problems == {}


def test_columns_tell_which_rows_have_no_answer() -> None:
    """Unknown, in hours, before its time, or with an extension the law does not grant."""
    codes = ["nope", "urgent_measure_report", "lead_check", "lead_check", "payment"]
    days = ["2026-03-02", "2026-03-02", "2001-03-02", "2026-03-02", "2026-03-02"]
    found = due_column(
        np.array(codes),
        np.array(days, "datetime64[D]"),
        extensions=np.array([0, 0, 0, 2, 0], np.int32),
    )
    assert sorted(found.problems) == [0, 1, 2, 3]
    assert np.isnat(found.due[:4]).all()
    assert str(found.due[4]) == "2026-03-17"
