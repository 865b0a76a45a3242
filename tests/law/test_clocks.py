"""Statutory clocks: from trigger to due day, by the law of the trigger's day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from zhixing import law
from zhixing.cli.law import clocks
from zhixing.law.clocks import BEIJING
from zhixing.law.errors import ExtensionRefused, NotInForce, TriggerUnusable, UnknownCode

Write = Callable[[str, str], Path]


@pytest.mark.parametrize(
    ("code", "trigger", "extensions", "due"),
    [
        # Over the autumn holidays of 2026 with the make-up workdays of 20 September, 10 October.
        ("lead_check", date(2026, 9, 18), 0, date(2026, 10, 15)),
        ("lead_check", date(2026, 9, 18), 1, date(2026, 11, 5)),
        # 90 and 120 days from filing; 120 days end on a Saturday.
        ("decision", date(2026, 3, 6), 0, date(2026, 6, 4)),
        ("decision", date(2026, 3, 6), 1, date(2026, 7, 6)),
        ("sealing", date(2026, 3, 6), 1, date(2026, 5, 6)),  # 5 May is the last day of a holiday
        ("sealing_food", date(2026, 3, 6), 1, date(2026, 5, 20)),
        ("payment", date(2026, 9, 16), 0, date(2026, 10, 8)),  # ends on 1 October
        ("complaint_mediation", date(2026, 4, 14), 0, date(2026, 6, 18)),  # 45 working days
        ("complaint_mediation", date(2026, 4, 15), 0, date(2026, 6, 15)),  # 14 June is a Sunday
        ("court_action", date(2026, 1, 5), 0, date(2026, 7, 6)),  # 5 July is a Sunday
    ],
)
def test_a_period_ends_on_the_day_counted_by_hand(
    code: str, trigger: date, extensions: int, due: date
) -> None:
    """Worked out with a paper calendar of 2026."""
    found = law.deadline(code, trigger, extensions)
    assert (found.due, found.provisional) == (due, False)


def test_an_instant_counts_from_its_day_in_beijing() -> None:
    """17:00 UTC is the next day in the office."""
    instant = datetime(2026, 3, 2, 17, tzinfo=UTC)
    assert law.deadline("lead_check", instant) == law.deadline("lead_check", date(2026, 3, 3))


def test_hours_run_through_from_the_instant() -> None:
    """24 hours end at the same time of day, also over a holiday."""
    found = law.deadline("urgent_measure_report", datetime(2026, 9, 30, 16, 5, tzinfo=BEIJING))
    assert found.due == datetime(2026, 10, 1, 16, 5, tzinfo=BEIJING)
    assert found.due - timedelta(hours=24) == datetime(2026, 9, 30, 8, 5, tzinfo=UTC)


def test_triggers_that_cannot_be_counted_from_are_refused() -> None:
    """An instant needs its zone, and a period in hours needs an instant."""
    with pytest.raises(TriggerUnusable, match="expected an instant with its time zone"):
        law.deadline("lead_check", datetime(2026, 3, 2, 17))  # noqa: DTZ001
    with pytest.raises(TriggerUnusable, match="urgent_measure_report counts hours"):
        law.deadline("urgent_measure_report", date(2026, 3, 2))


@pytest.mark.parametrize(
    ("code", "extensions", "sentence"),
    [
        ("lead_check", 2, r"the law grants 1 extension\(s\) \(order-2 art 18\); got 2"),
        ("lead_check", -1, "got -1"),
        ("payment", 1, r"the law grants 0 extension\(s\)"),
        ("review", 1, "fixes no length for the extension"),
    ],
)
def test_extensions_the_law_does_not_grant_are_refused(
    code: str, extensions: int, sentence: str
) -> None:
    """More than granted, or of a length that somebody has to decide."""
    with pytest.raises(ExtensionRefused, match=sentence):
        law.deadline(code, date(2026, 3, 2), extensions)


def test_a_clock_of_another_time_or_name_is_refused() -> None:
    """Reconsideration stands in the tables from the law of 2024 on."""
    with pytest.raises(NotInForce):
        law.deadline("reconsideration_request", date(2023, 12, 31))
    with pytest.raises(UnknownCode):
        law.deadline("lead_chek", date(2026, 1, 5))


def test_a_due_day_in_an_unannounced_year_is_provisional() -> None:
    """A due day that may still move says so."""
    assert law.deadline("decision", date(2149, 12, 1)).provisional


def test_the_list_shows_every_clock_with_article_and_origin() -> None:
    """One line per row in force on the day, tab-separated, with a header."""
    result = CliRunner().invoke(clocks, ["list", "--on", "2026-11-24"])
    header, *lines = [line.split("\t") for line in result.stdout.splitlines()]
    rows = {line[0]: dict(zip(header, line, strict=True)) for line in lines}
    assert len(rows) == len(lines) == len(law.table("clocks").rows)
    assert rows["sealing_food"]["extension"] == "1 x 45"
    assert rows["review"]["extension"] == "1 x as approved"
    assert rows["complaint_mediation"]["article"].startswith("order-121 art 23(1)(5)")
    assert rows["complaint_mediation"]["valid_from"] == "2026-04-15"
    assert rows["lead_check"]["origin"] == "built-in"


def test_the_list_goes_into_a_file(tmp_path: Path) -> None:
    """All rows, also those out of force, in the format of the ending."""
    out = tmp_path / "clocks.csv"
    result = CliRunner().invoke(clocks, ["list", "-o", str(out)])
    assert (result.exit_code, result.stdout) == (0, "")
    lines = out.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + sum(map(len, law.table("clocks").rows.values()))
    assert CliRunner().invoke(clocks, ["list", "-o", str(tmp_path / "clocks.doc")]).exit_code == 2


def test_a_day_before_all_law_lists_nothing(tmp_path: Path) -> None:
    """An empty list still has its columns."""
    out = tmp_path / "clocks.tsv"
    CliRunner().invoke(clocks, ["list", "--on", "1990-01-01", "-o", str(out)])
    assert out.read_text(encoding="utf-8").startswith("clock\tamount\tunit")


def test_a_broken_local_table_ends_the_command_with_one_line(local_law: Write) -> None:
    """Exit 2 and a sentence, no traceback."""
    local_law("clocks.toml", "[[provision]]\ncode = 'x'\n")
    for command in (["list"], ["check"]):
        result = CliRunner().invoke(clocks, command)
        assert result.exit_code == 2
        assert result.stderr == "Error: clocks.toml: x: title_zh is missing\n"


def test_check_names_everything_that_was_loaded(local_law: Write) -> None:
    """A table under a mistyped name shows as a table of its own, with no local clock."""
    local_law("clock.toml", "")
    result = CliRunner().invoke(clocks, ["check"])
    assert result.exit_code == 0
    assert "table clock: 0 rows, 0 local" in result.stdout
    assert "programme quality-city: 75 items, built-in" in result.stdout
