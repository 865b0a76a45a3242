"""`make bench`: run every module of this folder and print one table.

Each module offers `main()`, which gives `bench.row.Row`s. Only ratios within one run are worth
quoting; the machine and the commit are printed with them. Arguments name the modules to run.
"""

from __future__ import annotations

import importlib
import os
import platform
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.row import Row  # noqa: E402

NOT_A_BENCH = {"__init__", "row", "run"}


def modules() -> list[str]:
    """The names of all measurements here."""
    names = {path.stem for path in Path(__file__).parent.glob("*.py")}
    return sorted(names - NOT_A_BENCH)


def machine() -> str:
    """Processor, cores, memory, system and Python, in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def commit() -> str:
    """The commit measured, marked `+` when files differ from it."""
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty=+"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return described.stdout.strip() or "no commit yet"


def table(rows: list[Row]) -> Table:
    """The rows as people read them; a ratio above 1 is in our favour."""
    made = Table()
    for heading in ("what", "unit", "Zhixing", "peer", "its figure", "ratio", "note"):
        right = heading in {"Zhixing", "its figure", "ratio"}
        made.add_column(heading, justify="right" if right else "left", overflow="fold")
    for row in rows:
        theirs = "cannot" if row.theirs is None else f"{row.theirs:,.4g}"
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}×"
        made.add_row(row.what, row.unit, f"{row.ours:,.4g}", row.peer, theirs, ratio, row.note)
    return made


def main(names: list[str]) -> int:
    """Run the named measurements, or all."""
    if unknown := set(names) - set(modules()):
        print(f"No such measurement: {', '.join(sorted(unknown))}; there are {modules()}.")
        return 2
    rows: list[Row] = []
    for name in names or modules():
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        rows.extend(importlib.import_module(f"bench.{name}").main())
    width = None if sys.stdout.isatty() else 160
    console = Console(width=width)
    console.print(f"{machine()}\ncommit {commit()}")
    console.print(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
