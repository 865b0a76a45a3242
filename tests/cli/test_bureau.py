"""A bureau from the command line: set up, fill, sweep, save, restore, serve."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.db import connection

from tests.cli.conftest import Command

PASSWORD = "Market-Day-2026"
NAMES = "name,province,year\n测试市康帅傅食品有限公司,浙江,2003\n测试市恒泰五金商行,浙江,1999\n"
BRANDS = "品牌,保护级别\n康师傅,驰名商标\n"


def _init(zhixing: Command) -> None:
    done = zhixing("init", "--bureau", "测试市局", "--code", "370100", "--password", PASSWORD)
    assert done.returncode == 0, done.stderr


def test_a_bureau_is_set_up_filled_swept_saved_and_restored(
    zhixing: Command, tmp_path: Path
) -> None:
    """The main job on files: import names and brands, sweep, back up, restore, verify."""
    _init(zhixing)
    (tmp_path / "names.csv").write_text(NAMES, encoding="utf-8")
    (tmp_path / "brands.csv").write_text(BRANDS, encoding="utf-8")
    for register, file in (("subjects", "names.csv"), ("watch-list", "brands.csv")):
        done = zhixing("import", register, file)
        assert done.returncode == 0, done.stdout + done.stderr
    swept = zhixing("sweep")
    assert (
        "2 names against 1 brands: 2 judged, 1 hits, 0 left alone, 1 new leads" in swept.stdout
    ), swept.stderr
    assert "0 judged, 0 hits" in zhixing("sweep").stdout
    assert "1 hits, 0 left alone, 0 new" in zhixing("sweep", "--anew", "--kind", "subject").stdout

    saved = zhixing("backup", "copy.tar.gz")
    assert saved.returncode == 0, saved.stderr
    if connection.vendor == "sqlite":
        elsewhere = {"ZHIXING_HOME": str(tmp_path / "elsewhere")}
        refused = zhixing("restore", "copy.tar.gz")
        assert refused.returncode == 2
        assert "not empty" in refused.stderr
        assert zhixing("restore", "copy.tar.gz", **elsewhere).returncode == 0
        verdict = zhixing("audit", "verify", **elsewhere)
    else:
        verdict = zhixing("audit", "verify")
    assert verdict.returncode == 0, verdict.stderr
    assert "unbroken" in verdict.stdout


def test_a_second_init_changes_nothing(zhixing: Command) -> None:
    """A bureau that stands is never set up again over its data."""
    _init(zhixing)
    again = zhixing("init", "--bureau", "别的局", "--code", "370200", "--password", PASSWORD)
    assert again.returncode == 2
    assert "nothing was changed" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sweep",), "no bureau yet"),
        (("import", "subjects", "names.csv"), "no bureau yet"),
    ],
)
def test_without_a_bureau_a_command_says_what_to_do(
    zhixing: Command, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    """One clear line and exit code 2, no trace."""
    (tmp_path / "names.csv").write_text(NAMES, encoding="utf-8")
    done = zhixing(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_demo_runs_the_loop_and_is_built_once(zhixing: Command) -> None:
    """It prints recall and precision, leaves the chain unbroken, and is served as it stands."""
    first = zhixing("demo", "--no-serve")
    assert first.returncode == 0, first.stderr
    found, planted = map(int, re.findall(r"recall.*\((\d+)/(\d+)", first.stdout)[0])
    assert found >= 0.7 * planted
    assert "unbroken" in first.stdout
    again = zhixing("demo", "--no-serve")
    assert "as it stands" in again.stdout


def test_the_demo_never_touches_a_real_bureau(zhixing: Command) -> None:
    """A folder with real data is refused."""
    _init(zhixing)
    refused = zhixing("demo", "--no-serve")
    assert refused.returncode == 2
    assert "real bureau" in refused.stderr


def test_the_site_is_served_and_ends_cleanly(
    zhixing: Command, environment: dict[str, str], tmp_path: Path
) -> None:
    """`serve` answers its health check and its sign-in page, and stops on SIGTERM."""
    _init(zhixing)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "zhixing", "serve", "--port", str(port)],
        env=environment,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
    )
    try:
        page = _fetch(f"http://127.0.0.1:{port}/login/", until=time.monotonic() + 60)
        assert "csrfmiddlewaretoken" in page
        assert _fetch(f"http://127.0.0.1:{port}/healthz", until=time.monotonic() + 5) == "ok"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _fetch(address: str, until: float) -> str:
    """What the address answers, once somebody listens there."""
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                return str(response.read().decode())
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
