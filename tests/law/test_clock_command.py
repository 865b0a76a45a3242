"""`zhixing clocks due` and `why` on plain files."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from zhixing.cli.law import clocks

EVENTS = """id,clock,trigger,stops,extensions
a,lead_check,2026-09-18,,
b,lead_check,2026-09-18,"[[""2026-09-21"",""2026-09-23""]]",1
c,urgent_measure_report,2026-09-18T10:20,,
d,decision,2026-01-05,"[[""2026-02-01"",null]]",
e,nope,2026-01-05,,
f,lead_check,18 September,,
g,lead_check,2026-09-18,"[[""2026-09-23"",""2026-09-21""]]",
h,lead_check,2026-09-18,,3
i,penalty_publication,2028-01-05,,
"""


def _read(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize("brief", [False, True])
def test_every_event_is_answered_or_rejected(tmp_path: Path, brief: bool) -> None:
    """Dates, doubt and articles; what cannot be used comes back with the reason."""
    events, out, rejects = (tmp_path / name for name in ("events.csv", "due.csv", "rejects.csv"))
    events.write_text(EVENTS, encoding="utf-8")
    arguments = ["due", str(events), "-o", str(out), "--rejects", str(rejects)]
    done = CliRunner().invoke(clocks, arguments + ["--brief"] * brief)
    assert done.exit_code == 0, done.output
    found = _read(out)
    assert {key: (row["due"], row["provisional"]) for key, row in found.items()} == {
        "a": ("2026-10-15", "0"),
        "b": ("2026-11-10", "0"),
        "c": ("2026-09-19T10:20:00+08:00", "0"),
        "d": ("", "0"),
        "i": ("2028-02-02", "1"),
    }
    assert all(row["article"].startswith("《") for row in found.values())
    refused = rejects.read_text(encoding="utf-8")
    for said in ("'nope'", "'18 September'", "before it begins", "grants 1 extension"):
        assert said in refused
    if not brief:
        assert "不计中秋、国庆节2026-09-25至09-27" in found["a"]["why"]
        assert "中止、检测等期间2026-09-21至09-23" in found["b"]["why"]
        assert "须重算" in found["i"]["why"]
        assert "stopped since 2026-02-01" in found["d"]["why"]


def test_why_shows_what_a_stop_changed() -> None:
    """The date with the stop, and beside it without."""
    done = CliRunner().invoke(
        clocks, ["why", "payment", "2026-03-02", "--stop", "2026-03-05..2026-03-06"]
    )
    assert done.exit_code == 0, done.output
    with_stop, without = done.output.splitlines()
    assert "至2026-03-19届满" in with_stop
    assert "至2026-03-17届满" in without
    refused = CliRunner().invoke(clocks, ["why", "payment", "yesterday"])
    assert (refused.exit_code, "expected a day" in refused.output) == (2, True)
