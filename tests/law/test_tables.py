"""Effective-dated tables: the row of the day, and what a table may not contain."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from zhixing import law
from zhixing.law import errors
from zhixing.law.errors import LawError, NotInForce, TableInvalid, UnknownCode, UnknownTable
from zhixing.law.schema import Clock

Write = Callable[[str, str], Path]

ROW = """
[[provision]]
code = "hearing_fine"
title_zh = "听证罚款数额"
title_en = "Fine that opens a hearing"
amount = {amount}
unit = "yuan"
articles = [{{ instrument = "penalty-law", article = "63" }}]
valid_from = {first}
{last}
confidence = "local"
"""


def row(first: str, last: str = "", amount: str = "5000") -> str:
    return ROW.format(first=first, last=f"valid_to = {last}" if last else "", amount=amount)


def test_the_row_in_force_on_the_day_is_found() -> None:
    """The mediation limit changes with Order 121 on 2026-04-15, to the day."""
    before = law.on("clocks", "complaint_mediation", date(2026, 4, 14))
    after = law.on("clocks", "complaint_mediation", date(2026, 4, 15))
    assert (before.amount, before.unit, before.article) == (45, "working_day", "order-20 art 21")
    assert (after.amount, after.unit) == (60, "calendar_day")
    assert law.cite(after.articles[0]) == "《市场监督管理投诉举报处理办法》第23(1)(5)条"


def test_a_day_before_all_rows_is_not_guessed() -> None:
    """An act of a time the table does not cover is refused, naming the dates it holds."""
    with pytest.raises(NotInForce, match=r"lead_check is not in force on 2020-01-01.*2021-07-15"):
        law.on("clocks", "lead_check", date(2020, 1, 1))


def test_unknown_names_are_said_with_the_known_ones() -> None:
    """A mistyped code or table shows what there is."""
    with pytest.raises(UnknownCode, match="no provision 'lead_chek'; known: lead_check"):
        law.on("clocks", "lead_chek", date(2026, 1, 1))
    with pytest.raises(UnknownTable, match=r"no table 'clock'; known: .*clocks"):
        law.table("clock")
    with pytest.raises(UnknownTable):
        law.table("instruments")


def test_memory_is_not_verified() -> None:
    """A figure known from memory alone says so; a figure read in the text is verified."""
    assert not law.on("clocks", "penalty_publication", date(2023, 5, 5)).is_verified
    assert law.on("clocks", "penalty_publication", date(2026, 5, 5)).is_verified


def test_a_local_table_is_added(local_law: Write) -> None:
    """A province's own table needs no change of the package; fractions stay exact."""
    local_law("hearing.toml", row("2025-01-01", amount="5000.10"))
    found = law.on("hearing", "hearing_fine", date(2025, 1, 1))
    assert (found.amount, found.origin) == (Decimal("5000.10"), "local:hearing.toml")
    assert "hearing" in law.table_names()


def test_a_local_row_replaces_the_whole_history_of_its_code(local_law: Write) -> None:
    """The local rows of a code stand alone and say so; all other codes stay as built in."""
    local_law(
        "clocks.toml",
        """
[[provision]]
code = "lead_check"
title_zh = "线索核查"
title_en = "Check a lead"
amount = 10
unit = "working_day"
starts_zh = "发现线索之日"
starts_en = "the lead is found"
articles = [{ instrument = "city-rules", article = "5" }]
valid_from = 2024-01-01
confidence = "local"
""",
    )
    local_law(
        "instruments.toml",
        '[[instrument]]\ncode = "city-rules"\ntitle_zh = "市办案规则"\ntitle_en = "City rules"\n',
    )
    assert law.on("clocks", "lead_check", date(2026, 1, 5)).origin == "local:clocks.toml"
    assert law.deadline("lead_check", date(2026, 3, 2)).due == date(2026, 3, 16)
    assert law.on("clocks", "decision", date(2026, 1, 5)).origin == "built-in"
    with pytest.raises(NotInForce):
        law.on("clocks", "lead_check", date(2023, 12, 31))


def test_leaving_the_local_directory_is_seen_at_once(
    local_law: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache is kept per directory, so a changed setting never answers with old figures."""
    local_law("hearing.toml", row("2025-01-01"))
    assert law.table("hearing")
    monkeypatch.delenv("ZHIXING_LAW_DIR")
    with pytest.raises(UnknownTable):
        law.table("hearing")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            row("2025-01-01", "2025-12-31") + row("2025-12-31"),
            "hearing_fine: the rows 2025-01-01 to 2025-12-31 and 2025-12-31 to now overlap",
        ),
        (row("2025-01-01") + row("2026-01-01"), "hearing_fine: the rows 2025-01-01 to now and"),
        (
            row("2025-01-01", "2025-12-30") + row("2026-01-01"),
            "2025-01-01 to 2025-12-30 and 2026-01-01 to now leave a gap",
        ),
        (row("2025-01-01", "2024-12-31"), "hearing_fine: valid_to 2024-12-31 lies"),
        (row("2025-01-01") + "colour = 1\n", "hearing_fine: unknown key colour"),
        (row("2025-01-01") + 'origin = "me"\n', "unknown key origin"),
        (row("2025-01-01").replace("penalty-law", "nowhere"), "unknown instrument 'nowhere'"),
        (row("2025-01-01", amount="-1"), "hearing_fine: amount"),
        (row("2025-01-01").replace("unit =", "size ="), "hearing_fine: unit is missing"),
        ("provision = 3\n", r"provision must be written as \[\[provision\]\] rows"),
        ('title = "x"\n', r"unknown key title; expected \[\[provision\]\]"),
        ("[[provision]\n", "not valid TOML"),
    ],
)
def test_a_table_that_does_not_hold_is_refused(local_law: Write, text: str, sentence: str) -> None:
    """Overlaps, gaps and unknown keys are refused at load, naming file, code and dates."""
    local_law("hearing.toml", text)
    with pytest.raises(TableInvalid, match=sentence) as caught:
        law.table("hearing")
    assert str(caught.value).startswith("hearing.toml: ")


def test_rows_may_stand_in_any_order(local_law: Write) -> None:
    """Order in the file is of no account; adjoining rows neither overlap nor leave a gap."""
    local_law("hearing.toml", row("2026-01-01", amount="9") + row("2025-01-01", "2025-12-31"))
    assert [law.on("hearing", "hearing_fine", date(y, 12, 31)).amount for y in (2025, 2026)] == [
        5000,
        9,
    ]


def test_bytes_that_are_not_utf8_and_missing_directories_are_named(
    local_law: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file in another encoding, and a setting that leads nowhere, are said in one sentence."""
    local_law("hearing.toml", "").write_bytes("[[provision]]\ntitle_zh = '听'".encode("gb18030"))
    with pytest.raises(TableInvalid, match=r"hearing.toml: not UTF-8"):
        law.table("hearing")
    monkeypatch.setenv("ZHIXING_LAW_DIR", "nowhere-at-all")
    with pytest.raises(TableInvalid, match="ZHIXING_LAW_DIR: nowhere-at-all is not a directory"):
        law.table("clocks")


def test_a_clock_counts_time_and_only_whole_units(local_law: Write) -> None:
    """A clock in yuan, or of half a day, is refused."""
    clock = row("2025-01-01").replace(
        'unit = "yuan"', 'unit = "yuan"\nstarts_zh = "x"\nstarts_en = "x"'
    )
    local_law("clocks.toml", clock)
    with pytest.raises(TableInvalid, match="a clock counts calendar_day, hour, month"):
        law.table("clocks")


def test_half_a_day_is_refused(local_law: Write) -> None:
    """Periods are whole numbers of their unit."""
    local_law("hearing.toml", row("2025-01-01", amount="1.5").replace("yuan", "calendar_day"))
    with pytest.raises(TableInvalid, match=r"whole number of calendar_days; got 1\.5"):
        law.table("hearing")


def test_every_built_in_table_loads_and_every_clock_has_its_own_article() -> None:
    """All rows parse, each cites a known instrument, and no figure is marked as local."""
    for name in law.table_names():
        for rows in law.table(name).rows.values():
            for provision in rows:
                assert provision.origin == "built-in"
                assert provision.confidence != "local"
                assert all(law.cite(citation) for citation in provision.articles)


def test_every_clock_of_the_interface_is_there_today() -> None:
    """The codes fixed for the command line are in force on a day of 2026, with their amounts."""
    expected = {
        "lead_check": (15, "working_day"), "decision": (90, "calendar_day"),
        "evidence_preservation": (7, "working_day"), "sealing": (30, "calendar_day"),
        "sealing_food": (30, "calendar_day"), "review": (10, "working_day"),
        "defence_or_hearing_request": (5, "working_day"), "decision_service": (7, "working_day"),
        "public_notice_service": (30, "calendar_day"), "payment": (15, "calendar_day"),
        "case_closing_form": (15, "working_day"), "penalty_publication": (20, "working_day"),
        "publication_withdrawal": (3, "working_day"), "assistance_reply": (15, "working_day"),
        "food_sample_delivery": (5, "working_day"), "food_test_report": (20, "working_day"),
        "food_retest_request": (7, "working_day"), "food_retest_report": (10, "working_day"),
        "complaint_acceptance": (7, "working_day"), "complaint_mediation": (60, "calendar_day"),
    }  # fmt: skip
    rows = {code: law.on("clocks", code, date(2026, 11, 24)) for code in expected}
    assert {code: (row.amount, row.unit) for code, row in rows.items()} == expected
    assert all(isinstance(row, Clock) for row in rows.values())


def test_threads_that_load_at_once_see_the_same(local_law: Write) -> None:
    """Many threads asking first get equal tables."""
    local_law("hearing.toml", row("2025-01-01"))
    with ThreadPoolExecutor(8) as pool:
        tables = list(pool.map(law.table, ["hearing"] * 32))
    assert all(table == tables[0] for table in tables)


def test_errors_have_codes_of_their_own() -> None:
    """Every leaf of the error tree has a stable code below `law.`."""
    leaves = [
        error for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, LawError) and error is not LawError
    ]  # fmt: skip
    codes = {error.code for error in leaves}
    assert len(codes) == len(leaves) == 8
    assert all(code.startswith("law.") and code != LawError.code for code in codes)


def test_the_law_needs_no_django() -> None:
    """The tables are read by commands and engines' callers that never start Django."""
    script = "import sys, zhixing.law; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
