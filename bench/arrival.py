"""The brand guard at the size of a bureau: names that arrive, and a brand against everything.

A scratch database (SQLite) is filled with a million operators of the demo's city through the
import that officers use; the watch list is the demo's. ``ZHIXING_BENCH_NAMES`` sets another number,
``ZHIXING_BENCH_NAME_LIST`` a .tsv.gz file (with a column ``name``) whose names the
operators get instead of made-up ones. Times are wall-clock, of the whole deed with its entry in the
book; nothing is asserted, the goal stands in the place of a peer.
"""

from __future__ import annotations

import gzip
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from bench.row import Row

NAMES = 1_000_000
ARRIVALS = 200
GOAL = "goal: within a second"
SECOND = 1.0


def main() -> list[Row]:
    """Fill the scratch database, sweep it, let names arrive, add a brand."""
    with tempfile.TemporaryDirectory(prefix="zhixing-bench-") as home:
        os.environ["ZHIXING_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "zhixing.project.settings"
        os.environ.pop("ZHIXING_DATABASE_URL", None)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        return _measured(int(os.environ.get("ZHIXING_BENCH_NAMES") or NAMES))


def _measured(n: int) -> list[Row]:
    from django.utils import timezone

    from zhixing.demo import build, marks

    city = build.bureau()
    table = _operators(n)
    loaded = _timed(lambda: build.subjects(table, city, lambda done, total, what: None))
    build.watch_list(city, marks.register(city, timezone.localdate()))
    first = _timed(_work_off)
    rows = [
        Row(f"import of {n:,} operators", "s", loaded, "", None, note="no peer; for the record"),
        Row(f"first sweep of {n:,} names, 53 brands, trade names", "s", first, "", None,
            note=f"{n / first:,.0f} names a second, kept in the book"),
    ]  # fmt: skip
    rows += _arrivals(city, table)
    rows += _brand(city, n)
    return rows


def _operators(n: int) -> pa.Table:
    """Operators of the demo's city, with the names of the list if there is one."""
    from zhixing.demo import town

    size = next(size for size, number in town.SIZES.items() if number >= n)
    table = town.build(size, 2026).subjects.slice(0, n)
    listed = os.environ.get("ZHIXING_BENCH_NAME_LIST")
    if not listed:
        return table
    names = pa.array(islice(_names(Path(listed)), n), pa.string())
    table = table.slice(0, len(names))
    return table.set_column(table.schema.get_field_index("name"), "name", names)


def _names(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        place = next(lines).rstrip("\n").split("\t").index("name")
        for line in lines:
            yield line.rstrip("\n").split("\t")[place]


def _arrivals(city: Any, table: pa.Table) -> list[Row]:
    """Each kind of name entered one by one, as an officer would."""
    from django.utils import timezone

    from zhixing.apps.accounts.api import Region
    from zhixing.apps.brands.api import record_sighting
    from zhixing.apps.chains.api import create_label
    from zhixing.apps.registry.api import create_mark, create_subject
    from zhixing.demo.build import ACTOR

    rng = np.random.default_rng(7)
    picked = [table.slice(int(row), 1).to_pylist()[0] for row in rng.integers(0, len(table), 200)]
    regions = {region.code: region for region in Region.objects.all()}
    today = timezone.localdate()

    def subject(number: int) -> None:
        like = picked[number % len(picked)]
        create_subject(
            ACTOR,
            {
                "name": like["name"].replace("有限", f"{'新晨泰和'[number % 4]}有限"),
                "unit_path": city.path,
                "region": regions.get(like["region"]),
                "industry": like["industry"],
                "registered_on": today,
            },
        )

    def label(number: int) -> None:
        maker = picked[number % len(picked)]["name"]
        text = f"品名:方便面\n品牌:康帅傅{number}\n生产商:{maker}\n监制:香港康师傅国际集团有限公司"
        create_label(ACTOR, {"text": text, "seen_on": today, "unit_path": city.path})

    def shop(number: int) -> None:
        record_sighting(ACTOR, {"text": f"康帅傅面馆{number}", "unit_path": city.path})

    def mark(number: int) -> None:
        create_mark(
            ACTOR,
            {
                "text": f"康帅傅{number}", "unit_path": city.path,
                "registration_number": f"B{number}",
            },
        )  # fmt: skip

    kinds: tuple[tuple[str, Callable[[int], None]], ...] = (
        ("enterprise name, its place and trade read", subject),
        ("product label, read and its chain checked", label),
        ("shop name", shop),
        ("mark", mark),
    )
    rows = []
    for what, enter in kinds:
        took = np.array([_timed(partial(enter, number)) for number in range(ARRIVALS)])
        middle, late, most = np.median(took), np.quantile(took, 0.99), took.max()
        note = f"p50 {middle:.3f}, p99 {late:.3f}, slowest of {ARRIVALS} {most:.3f} s"
        rows.append(Row(f"arrival of one {what}, p99", "s", float(late), GOAL, SECOND, note=note))
    return rows


def _brand(city: Any, n: int) -> list[Row]:
    """A brand that is new on the list, against everything that is there."""
    from zhixing.apps.brands.api import add_watched_mark
    from zhixing.demo.build import ACTOR

    _work_off()
    added = _timed(lambda: add_watched_mark(ACTOR, {"text": "大白兔", "unit_path": city.path}))
    swept = _timed(_work_off)
    return [
        Row("adding a brand", "s", added, GOAL, SECOND, note="its sweep is queued"),
        Row(f"sweep of a new brand against {n:,} names", "s", swept, "", None,
            note=f"{n / swept:,.0f} names a second; resumes at the last 20,000"),
    ]  # fmt: skip


def _work_off() -> None:
    """Run every job that waits, as a worker would."""
    from django.utils import timezone

    from zhixing.kit.jobs.api import Job, run_inline

    soon = timezone.now() + timedelta(minutes=1)
    Job.objects.filter(state=Job.State.WAITING, run_after__lte=soon).update(
        run_after=timezone.now()
    )
    while job := Job.objects.filter(state=Job.State.WAITING, run_after__lte=soon).first():
        ended = run_inline(job)
        assert ended.state == Job.State.DONE, ended.error


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
