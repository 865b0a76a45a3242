"""Writing: idempotent by key, all or nothing, resumed where it stopped, rejects returned."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import python_calamine

from tests.kit.exchange.conftest import Files, licence_number, quiet, uscc
from zhixing.apps.accounts.models import Region
from zhixing.apps.registry.models import Licence, Subject, TradeMark
from zhixing.kit.errors import Conflict
from zhixing.kit.exchange.committing import Superseded, commit_run, digest_rows
from zhixing.kit.exchange.models import ImportRun
from zhixing.kit.exchange.reading import Batch, delimited
from zhixing.kit.exchange.selectors import changes_page
from zhixing.kit.exchange.storage import sheet_path
from zhixing.kit.search import search

Imported = Callable[..., Any]
HEAD = ["统一社会信用代码", "企业名称", "成立日期", "联系电话", "地址"]


def subject_rows(count: int) -> list[list[str]]:
    return [
        HEAD,
        *[[uscc(n), f"济南鑫源{n}号商贸有限公司", "2001", "", "泉城路"] for n in range(count)],
    ]


def counts(run: ImportRun) -> tuple[int, int, int]:
    return run.created_count, run.updated_count, run.unchanged_count


def test_rows_are_written_with_their_derived_columns(
    imported: Imported, files: Files, bureau: SimpleNamespace
) -> None:
    """A written subject has its office, name parts, search text, source and dates."""
    run = commit_run(imported(files("a.xlsx", subject_rows(3))), bureau.reporter, quiet)
    assert (run.state, counts(run)) == ("done", (3, 0, 0))
    found = Subject.objects.get(uscc=uscc(1))
    assert found.unit_path == bureau.east.path
    assert found.registered_on == date(2001, 1, 1)
    assert found.trade_name
    assert found.source_import_id == run.pk
    assert found.phone == ""
    assert found in search(Subject.objects.all(), "鑫源")
    assert Subject.objects.get(uscc=uscc(2)).created is not None


def test_the_same_file_again_changes_nothing(
    imported: Imported, files: Files, bureau: SimpleNamespace
) -> None:
    """A second import of the same file says that all rows are as they were."""
    path = files("a.csv", subject_rows(5))
    commit_run(imported(path), bureau.reporter, quiet)
    before = list(Subject.objects.order_by("pk").values())
    run = imported(path)
    assert run.expected == {"created": 0, "updated": 0, "unchanged": 5}
    assert counts(commit_run(run, bureau.reporter, quiet)) == (0, 0, 5)
    assert list(Subject.objects.order_by("pk").values()) == before


def test_an_update_shows_what_changes_and_keeps_what_the_file_leaves_empty(
    imported: Imported, files: Files, bureau: SimpleNamespace
) -> None:
    """Changed fields are listed before and after, personal ones masked; empty cells keep."""
    rows = subject_rows(2)
    rows[1][3] = "13812341234"
    commit_run(imported(files("a.csv", rows)), bureau.reporter, quiet)
    rows[1][1], rows[1][3] = "济南德源商贸有限公司", "13912341234"
    rows[2][4] = ""
    run = imported(files("b.csv", rows))
    assert run.expected == {"created": 0, "updated": 1, "unchanged": 1}
    shown = {(change.before, change.after) for change in changes_page(run, 0, 10)}
    assert ("济南鑫源0号商贸有限公司", "济南德源商贸有限公司") in shown
    assert ("138****1234", "139****1234") in shown
    commit_run(run, bureau.reporter, quiet)
    changed, kept = Subject.objects.order_by("pk")
    assert (changed.name, changed.phone) == ("济南德源商贸有限公司", "13912341234")
    assert kept.address == "泉城路"
    assert list(search(Subject.objects.all(), "德源")) == [changed]
    assert changed not in search(Subject.objects.all(), "鑫源")


def test_with_errors_nothing_is_written_unless_asked(
    imported: Imported, files: Files, bureau: SimpleNamespace
) -> None:
    """All or nothing is the default; valid rows only is a decision."""
    rows = subject_rows(4)
    rows[2][2] = "昨天"
    run = imported(files("a.csv", rows))
    with pytest.raises(Conflict):
        commit_run(run, bureau.reporter, quiet)
    assert not Subject.objects.exists()
    run.mode = ImportRun.Mode.VALID_ONLY
    assert counts(commit_run(run, bureau.reporter, quiet)) == (3, 0, 0)
    assert not Subject.objects.filter(uscc=uscc(1)).exists()


def test_rejected_rows_come_back_and_can_be_sent_again(
    imported: Imported, files: Files, bureau: SimpleNamespace
) -> None:
    """The rejects hold the original columns and the reasons; corrected, the file imports."""
    rows = subject_rows(4)
    rows[2][2], rows[2][1] = "昨天", ""
    rows[4].append("多出来的")
    run = imported(files("a.csv", rows))
    run.mode = ImportRun.Mode.VALID_ONLY
    commit_run(run, bureau.reporter, quiet)
    path = sheet_path(run, "rejects")
    table = python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()
    assert table[0][:-1] == HEAD
    assert [row[0] for row in table[1:]] == [uscc(1), uscc(3)]
    assert table[1][-1].count("\n") == 1
    assert "成立日期" in table[1][-1]
    assert "多出来的" in table[2][-1]
    table[1][1], table[1][2] = "补上的名称", "2002-01-01"
    again = imported(files("b.xlsx", [row[:-1] for row in table]))
    assert again.expected["created"] == 2


def test_a_worker_that_stops_is_resumed_without_doubling(
    imported: Imported,
    files: Files,
    bureau: SimpleNamespace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was committed before the stop is not written again; the rest follows."""
    monkeypatch.setattr(delimited, "BATCH_ROWS", 10)
    run = imported(files("a.csv", subject_rows(45)))

    def stop(done: int, _total: int, _what: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        commit_run(run, bureau.reporter, stop)
    run = ImportRun.objects.get(pk=run.pk)
    assert (run.state, run.position, Subject.objects.count()) == ("running", 2, 20)
    run = commit_run(run, bureau.reporter, quiet)
    assert (run.state, counts(run)) == ("done", (45, 0, 0))
    assert Subject.objects.count() == 45


def test_a_register_changed_since_the_check_stops_the_writing(
    imported: Imported, files: Files, bureau: SimpleNamespace
) -> None:
    """What the check did not see is not written over; the run says what to do."""
    run = imported(files("a.csv", subject_rows(3)))
    Subject.objects.create(uscc=uscc(1), name="刚登记的", unit_path=bureau.west.path)
    with pytest.raises(Conflict, match="row 3"):
        commit_run(run, bureau.reporter, quiet)
    run.refresh_from_db()
    assert run.state == "failed"
    assert Subject.objects.count() == 1


def test_a_worker_overtaken_by_another_leaves_the_run_alone(
    imported: Imported,
    files: Files,
    bureau: SimpleNamespace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of two workers at one run each batch is written once, and the slower one spoils nothing."""
    monkeypatch.setattr(delimited, "BATCH_ROWS", 10)
    run = imported(files("a.csv", subject_rows(30)))

    def overtaken(done: int, _total: int, _what: str) -> None:
        if done == 1:
            commit_run(ImportRun.objects.get(pk=run.pk), bureau.reporter, quiet)

    with pytest.raises(Superseded):
        commit_run(run, bureau.reporter, overtaken)
    run.refresh_from_db()
    assert (run.state, counts(run), Subject.objects.count()) == ("done", (30, 0, 0), 30)


def test_each_batch_leaves_a_digest_that_can_be_computed_again() -> None:
    """The digest in the audit is SM3 over row numbers and cells with U+001F and U+001E."""
    import hashlib

    batch = Batch(
        np.array([2, 3]),
        {"a": pa.array(["一", "二"]), "b": pa.array(["x", ""]), "c": pa.array(["", ""])},
    )
    expected = hashlib.new("sm3", "2\x1f一\x1fx\x1e3\x1f二\x1f\x1e".encode()).hexdigest()
    assert digest_rows(batch, ["a", "b"]) == expected


def test_provinces_become_regions_or_stay_in_the_address(
    imported: Imported, files: Files, bureau: SimpleNamespace
) -> None:
    """A known province is linked, an unknown one kept as text; both again change nothing."""
    shandong = Region.objects.create(code="37", name="山东省", level=Region.Level.PROVINCE)
    path = files(
        "a.tsv",
        "name\tprovince\tyear\n鑫源公司\t山东\t1998\n鑫源公司\t浙江\t1999\n".encode(),
    )
    run = imported(path)
    assert run.mapping == {"name": "name", "province": "region", "year": "registered_on"}
    commit_run(run, bureau.reporter, quiet)
    known, unknown = Subject.objects.order_by("registered_on")
    assert (known.region_id, known.address) == (shandong.pk, "")
    assert (unknown.region_id, unknown.address) == (None, "浙江")
    assert imported(path).expected == {"created": 0, "updated": 0, "unchanged": 2}


def test_licences_and_marks_are_imported(
    imported: Imported, files: Files, bureau: SimpleNamespace
) -> None:
    """Licences go to their operator's office; marks keep classes, groups and protection."""
    subject = Subject.objects.create(uscc=uscc(1), name="鑫源", unit_path=bureau.east.path)
    licences = [
        ["许可证编号", "统一社会信用代码", "发证日期", "有效期至"],
        [licence_number(1), uscc(1), "2024-01-01", "2029-01-01"],
    ]
    run = imported(files("l.csv", licences), slug="licences", actor=bureau.chief)
    commit_run(run, bureau.chief, quiet)
    licence = Licence.objects.get()
    assert (licence.subject, licence.kind) == (subject, "JY")
    assert licence.unit_path == bureau.east.path
    marks = [
        ["注册号", "商标名称", "类别", "类似群", "保护类型", "注册人", "状态"],
        ["123456", "康师傅", "30、第29类", "3009,2907", "well_known", "鑫源", "registered"],
    ]
    path = files("m.csv", marks)
    run = imported(path, slug="trademarks", actor=bureau.chief)
    commit_run(run, bureau.chief, quiet)
    mark = TradeMark.objects.get()
    assert (mark.nice_classes, mark.similar_groups) == ([29, 30], ["2907", "3009"])
    assert (mark.protection, mark.holder) == (["well_known"], subject)
    assert mark in search(TradeMark.objects.all(), "师傅")
    again = imported(path, slug="trademarks", actor=bureau.chief)
    assert again.expected == {"created": 0, "updated": 0, "unchanged": 1}


@pytest.mark.sqlite
def test_a_worker_killed_in_mid_write_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """kill -9 between batches, then the same run again: every row once, the audit unbroken."""
    program = Path(__file__).with_name("killed.py")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "zhixing.project.settings",
        "ZHIXING_HOME": str(tmp_path),
    }
    environment.pop("ZHIXING_DATABASE_URL", None)

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(program), *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
        )

    killed = call("start")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    resumed = call("resume")
    assert resumed.returncode == 0, resumed.stderr
    assert resumed.stdout.split() == ["2", "done", "50", "50", "50"]
