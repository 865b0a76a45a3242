"""A large file is imported in bounded memory (a bound, no timing)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

ROWS = 200_000
# Beyond what the house weighs before it begins; the whole 200,000 rows of eight columns as Python
# objects would take some 500 MB.
BOUND_MB = 390


@pytest.mark.sqlite
def test_two_hundred_thousand_rows_stay_within_the_bound(tmp_path: Path) -> None:
    """XLSX in, subjects out: what the import takes stays far below the size of the rows."""
    path = tmp_path / "rows.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["企业名称", "主体编号", "地址", "电话", "年份", "甲", "乙", "丙"])
        for n in range(1, ROWS + 1):
            cells = [f"济南鑫源{n}号商贸有限公司", f"K{n}", f"泉城路{n}号", "053188888888", "2001"]
            sheet.write_row(n, 0, [*cells, f"甲{n}", f"乙{n}", f"丙{n}"])
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "zhixing.project.settings",
        "ZHIXING_HOME": str(tmp_path / "home"),
    }
    environment.pop("ZHIXING_DATABASE_URL", None)
    # Compiling the kernels is part of the installation, not of an import.
    warm = [sys.executable, "-m", "zhixing.engines.lookalike.warm"]
    subprocess.run(warm, env=environment, check=True)
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("measured.py")), str(path)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    written, taken_mb = map(int, done.stdout.split())
    assert written == ROWS
    assert taken_mb < BOUND_MB
