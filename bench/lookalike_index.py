"""Size, speed and exactness of the look-alike index and of standing guards.

``ZHIXING_BENCH_MARKS`` lists how many marks to index (default ``1000000``); beyond the names at
hand marks are made by joining halves of short ones, which is denser than any register. Times are
CPU time of one thread.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa
import rapidfuzz
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bench.lookalike import ROOT, TOP, Material, _material
from bench.row import Row
from zhixing.engines.lookalike import Guard, Index, build_index
from zhixing.engines.lookalike.build.fitting import read_marks
from zhixing.engines.lookalike.cores import cores
from zhixing.engines.rates import wilson

T = TypeVar("T")

SIZES = os.environ.get("ZHIXING_BENCH_MARKS", "1000000")
COMPARED = 100  # entries of search and scan that are compared
SCANNED = 25  # queries of that comparison
EXTRACTED = 12  # queries of the peer's linear scan
REPEATS = 3  # runs of the queries; the quickest of each counts
GUARDS = (10_000, 267_000)
SWEPT = 20_000


def main() -> list[Row]:
    """All figures from this run."""
    material = _material()
    rows = []
    for size in SIZES.replace(",", " ").split():
        rows.extend(_index(material, int(size)))
    for size in GUARDS:
        rows.extend(_guard(material, size))
    return rows


def crowd_of(material: Material, size: int) -> list[str]:
    """The marks to be found among ``size`` names, in random order."""
    rng = np.random.default_rng(2)
    marks = sorted({a for a, _ in material.alike})
    taken = {*marks, *(b for _, b in material.alike)}
    crowd = marks + [name for name in material.crowd if name not in taken]
    short = [name for name in material.crowd if 2 <= len(name) <= 8]
    while len(crowd) < size:
        heads, tails = rng.integers(0, len(short), (2, min(1_000_000, size - len(crowd)))).tolist()
        for head, tail in zip(heads, tails, strict=True):
            first, second = short[head], short[tail]
            made = first[: (len(first) + 1) // 2] + second[len(second) // 2 :]
            crowd.append(made if made not in taken else first)
    crowd = crowd[:size]
    return [crowd[row] for row in rng.permutation(len(crowd))]


def _index(material: Material, size: int) -> list[Row]:
    crowd = crowd_of(material, size)
    queries, wanted = [b for _, b in material.alike], [a for a, _ in material.alike]
    what = f"index of {len(crowd):,} marks, {material.label}"
    build_index(crowd[:1000]).search(queries[:2], TOP)
    index, seconds = _timed(lambda: build_index(crowd))
    with tempfile.TemporaryDirectory() as folder:
        index.save(Path(folder) / "index")
        on_disk = sum(path.stat().st_size for path in (Path(folder) / "index").iterdir())
        rows = [
            Row(f"{what}: build", "CPU s a million", seconds / len(crowd) * 1e6, "none", None,
                note="normalising included"),
            Row(f"{what}: arrays", "bytes a mark", index.nbytes / len(crowd), "none", None,
                note="postings, characters and rows of marks, in memory as on disk"),
            Row(f"{what}: folder", "bytes a mark", on_disk / len(crowd), "none", None,
                note=f"with ids and texts, {_text_bytes(crowd):.0f} bytes a mark"),
        ]  # fmt: skip
        rows.extend(_changes(what, Index.load(Path(folder) / "index")))
    ms = _latency(index, queries)
    table = index.search(queries, TOP)
    rows.extend(_recall(what, table, queries, wanted))
    _, spent = _timed(
        lambda: [
            process.extract(query, crowd, scorer=fuzz.ratio, limit=TOP)
            for query in queries[:EXTRACTED]
        ]
    )
    peer, theirs = f"rapidfuzz {rapidfuzz.__version__} extract", spent * 1000 / EXTRACTED
    rows.append(Row(f"{what}: p50", "CPU ms", float(np.median(ms)), peer, theirs, note="mean"))
    rows.append(Row(f"{what}: p99", "CPU ms", float(np.quantile(ms, 0.99)), peer, theirs))
    some = queries[:: max(1, len(queries) // SCANNED)]
    found, scanned = index.search(some, COMPARED), index.scan(some, COMPARED)
    share = len(_entries(found) & _entries(scanned)) / max(1, scanned.num_rows)
    scan_ms = float(np.median(scanned["ms"].drop_null().to_numpy()))
    note = f"first {COMPARED} of {len(some)} queries; the scan takes {scan_ms:,.0f} CPU ms each"
    rows.append(Row(f"{what}: entries of the exact scan", "share", share, "none", None, True, note))
    return rows


def _recall(what: str, table: pa.Table, queries: Sequence[str], wanted: Sequence[str]) -> list[Row]:
    """Marks of two characters have many honest namesakes and are told apart from longer ones."""
    found: list[list[str]] = [[] for _ in queries]
    for row, mark in zip(table["query_row"].to_pylist(), table["mark"].to_pylist(), strict=True):
        found[row].append(mark)
    hit = np.array([mark in names for mark, names in zip(wanted, found, strict=True)])
    short = np.diff(cores(wanted).offsets) <= 2
    rows = []
    for title, chosen in (("two-character marks", short), ("longer marks", ~short)):
        hits, n = int(hit[chosen].sum()), int(chosen.sum())
        low, high = wilson(hits, n)
        note = f"95 % {low:.2f}–{high:.2f}; n = {n}"
        rows.append(Row(f"{what}: {title}", f"R@{TOP}", hits / max(1, n), "none", None, True, note))
    return rows


def _changes(what: str, index: Index) -> list[Row]:
    def add() -> None:
        index.add(pa.table({"mark_id": ["another"], "mark": ["柏翎"]}))

    index.add(pa.table({"mark_id": ["first"], "mark": ["沁禾园"]}))
    _, added = _timed(add)
    _, removed = _timed(lambda: index.remove(["another"]))
    return [
        Row(f"{what}: add a mark", "CPU ms", added * 1000, "none", None),
        Row(f"{what}: remove a mark", "CPU ms", removed * 1000, "none", None),
    ]


def _guard(material: Material, size: int) -> list[Row]:
    famous = read_marks(ROOT / "bench" / "famous_marks.txt")
    short = [name for name in material.crowd if 2 <= len(name) <= 8]
    marks = (famous + short)[:size]
    what = f"guard list of {len(marks):,} marks"
    guard, prepared = _timed(lambda: Guard(marks))
    names = material.stream[:SWEPT]
    guard.sweep(names[:10])
    _, spent = _timed(lambda: guard.sweep(names, explain=False))
    single = [_timed(lambda name=name: guard.sweep([name]))[1] for name in names[:200]]
    return [
        Row(f"{what}: prepare", "CPU s", prepared, "none", None),
        Row(f"{what}: sweep", "names/s/core", len(names) / spent, "none", None, True),
        Row(f"{what}: one new name", "CPU ms", float(np.median(single)) * 1000, "none", None,
            note="with reasons, against the standing guard"),
    ]  # fmt: skip


def _latency(index: Index, queries: Sequence[str]) -> NDArray[np.float64]:
    runs = [index.search(queries, TOP)["ms"].drop_null().to_numpy() for _ in range(REPEATS)]
    quickest: NDArray[np.float64] = np.min(runs, axis=0)
    return quickest


def _entries(table: pa.Table) -> set[tuple[int, int]]:
    return set(zip(table["query_row"].to_pylist(), table["mark_row"].to_pylist(), strict=True))


def _text_bytes(names: Sequence[str]) -> float:
    return sum(len(name.encode()) for name in names) / len(names)


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    begun = time.process_time()
    result = work()
    return result, time.process_time() - begun
