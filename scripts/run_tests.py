"""Run every test: on SQLite, then those that use the database once more on PostgreSQL.

Chromium and PostgreSQL are installed where they are missing and the user may (root with apt).
Elsewhere this says exactly what to install and leaves out only the tests that need it; where
`CI` is set, a missing tool is a failure. Arguments are passed on to pytest in both passes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.harness import postgres  # noqa: E402
from tests.harness.browser import chromium  # noqa: E402

TOOLS = {"chromium": chromium, "postgresql": postgres.binaries}
NOTHING_COLLECTED = 5


def missing() -> list[str]:
    """Debian names of the tools that are not on this machine."""
    return [package for package, find in TOOLS.items() if find() is None]


def install(packages: list[str]) -> None:
    """Install the packages if this user may; afterwards `missing` tells whether it worked."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    print(f"Installing {', '.join(packages)} with apt-get", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages],
    ):
        subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )


def run(title: str, *options: str) -> tuple[str, int, str]:
    """One pass of pytest; gives its title, exit code and closing line."""
    print(f"\n=== {title}", flush=True)
    # The slow tests in a browser come last; a worker that is done takes over from the other.
    parallel = ("-n", _workers(), "--dist", "worksteal")
    command = [sys.executable, "-m", "pytest", "-q", *parallel, *options, *sys.argv[1:]]
    pytest = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    assert pytest.stdout is not None
    closing = ""
    for line in pytest.stdout:
        print(line, end="", flush=True)
        closing = line.strip() or closing
    code = pytest.wait()
    # Arguments may name tests none of which uses the database.
    return title, 0 if code == NOTHING_COLLECTED and sys.argv[1:] else code, closing


def _workers() -> str:
    return str(min(4, os.cpu_count() or 1))


def main() -> int:
    """Run both passes and say how they ended."""
    if lacking := missing():
        install(lacking)
        lacking = missing()
    if lacking and os.environ.get("CI"):
        print(f"Missing on this machine: {', '.join(lacking)}. Under CI no test is left out.")
        return 1

    without_browser = "chromium" in lacking
    passes = [
        run("All tests, on SQLite", *(["-m", "not browser"] if without_browser else [])),
    ]
    if "postgresql" not in lacking:
        chosen = "database and not browser" if without_browser else "database"
        passes.append(run("Tests of the database, on PostgreSQL", "--db", "postgres", "-m", chosen))

    print()
    for title, code, closing in passes:
        print(f"{'passed' if code == 0 else 'FAILED'}  {title}: {closing}")
    if without_browser:
        print("left out  tests in a real browser: install Chromium (apt-get install chromium)")
    if "postgresql" in lacking:
        print("left out  tests on PostgreSQL: install it (apt-get install postgresql)")
    return max(code for _, code, _ in passes)


if __name__ == "__main__":
    sys.exit(main())
