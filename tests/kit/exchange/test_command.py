"""`zhixing import` takes the same steps as the pages."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
import python_calamine
from click.testing import CliRunner, Result

from tests.kit.exchange.conftest import Files, uscc
from zhixing.apps.registry.models import Subject
from zhixing.cli.exchange import import_

ROWS = [
    ["统一社会信用代码", "企业名称", "甲"],
    [uscc(1), "济南鑫源商贸有限公司", "2001"],
    ["91370100MA30000019", "", "2002"],
]


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(import_, ["subjects", *map(str, arguments)])


@pytest.mark.usefixtures("bureau")
def test_errors_stop_the_import_and_go_to_the_rejects(files: Files, tmp_path: Path) -> None:
    """With errors nothing is written, the exit code is 2, and the rejects say why."""
    rejects = tmp_path / "rejects.xlsx"
    done = call(files("a.csv", ROWS), "--rejects", rejects)
    assert done.exit_code == 2, done.output
    assert "甲 → —" in done.output
    assert "row 3" in done.output
    assert not Subject.objects.exists()
    sheet = python_calamine.load_workbook(str(rejects)).get_sheet_by_index(0)
    assert sheet.to_python()[1][0] == ROWS[2][0]


@pytest.mark.usefixtures("bureau")
def test_valid_rows_are_written_on_request_and_once(files: Files) -> None:
    """--valid-only writes the good rows; again they are unchanged; --map and --set are used."""
    path = files("a.csv", ROWS)
    options = ("--valid-only", "--map", "甲=registered_on", "--set", "kind=enterprise")
    done = call(path, *options)
    assert done.exit_code == 0, done.output
    assert Subject.objects.get().registered_on is not None
    assert "1 unchanged" in call(path, *options).output


def test_a_dry_run_writes_nothing(files: Files, bureau: SimpleNamespace) -> None:
    """--dry-run tells what would happen, for the office given."""
    done = call(files("a.csv", ROWS[:2]), "--dry-run", "--office", bureau.east.code)
    assert done.exit_code == 0, done.output
    assert "1 new" in done.output
    assert not Subject.objects.exists()


@pytest.mark.usefixtures("bureau")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--map", "甲"), "--map"),
        (("--map", "甲=colour"), "colour"),
        (("--map", "丙=name"), "丙"),
        (("--set", "kind=飞船"), "飞船"),
        (("--office", "9999"), "9999"),
    ],
)
def test_wrong_options_say_what_was_expected(
    files: Files, options: tuple[str, ...], said: str
) -> None:
    """One line on stderr and exit code 2."""
    done = call(files("a.csv", ROWS), *options)
    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output
