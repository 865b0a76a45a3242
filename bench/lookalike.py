"""The look-alike engine beside rapidfuzz and, when it is installed, tantivy.

With the shared data (the folder ``ZHIXING_SHARED`` names, or ``shared`` beside the checkout) the
figures are those of the development pairs among a million real names; without it the look-alikes
and the names are made by rule. Times are CPU time of one thread.
"""

from __future__ import annotations

import gzip
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rapidfuzz
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bench.row import Row
from zhixing.engines.lookalike import (
    Guard,
    build_index,
    judge,
    parse_names,
    trade_between,
    with_context,
)
from zhixing.engines.lookalike.build.fitting import read_marks
from zhixing.engines.lookalike.build.imitation import imitations, near_misses, ordinary_names
from zhixing.engines.lookalike.build.pairs import read_pairs
from zhixing.engines.lookalike.cores import cores
from zhixing.engines.rates import wilson

ROOT = Path(__file__).resolve().parents[1]
TOP = 10
SLOW_QUERIES = 60  # queries a linear scan is timed on
SWEPT = 200_000  # names swept by the engine
LOOKED_AT = 0.05  # probability from which on circumstances are weighed
SWEPT_SLOWLY = 5_000  # and by the peer


@dataclass(frozen=True, slots=True)
class Material:
    """What is measured on."""

    label: str
    alike: list[tuple[str, str]]  # (mark, look-alike)
    unlike: list[tuple[str, str]]
    crowd: list[str]  # names among which the marks must be found
    stream: list[str]  # enterprise names to sweep


def main() -> list[Row]:
    """All figures, ours and theirs, from this run."""
    material = _material()
    return [*_verdicts(material), *_search(material), *_guard(material)]


def _material() -> Material:
    shared = Path(os.environ.get("ZHIXING_SHARED") or ROOT.parent / "shared")
    folder = shared / "data" / "brand"
    marks = read_marks(ROOT / "bench" / "famous_marks.txt")
    if not (folder / "dev_pairs.tsv").is_file():
        rng = np.random.default_rng(1)
        made = [(a, b) for a, b, kind in imitations(marks, rng) if kind != "identical"]
        picked = [made[row] for row in rng.permutation(len(made))[:300]]
        names = ordinary_names(SWEPT, rng)
        stream = [f"南昌市{name}商贸有限公司" for name in names]
        return Material("made by rule", picked, list(near_misses(marks, rng))[:300], names, stream)
    lines = (folder / "dev_pairs.tsv").read_text("utf-8").splitlines()[1:]
    pairs = [line.split("\t") for line in lines]
    with gzip.open(folder / "enterprise_names_1m.tsv.gz", "rt", encoding="utf-8") as source:
        names = [line.split("\t")[0] for line in source.read().splitlines()[1:]]
    with gzip.open(folder / "short_names_267k.txt.gz", "rt", encoding="utf-8") as source:
        short = source.read().splitlines()
    return Material(
        "development pairs",
        [(a, b) for a, b, kind, _ in pairs if not kind.startswith("neg")],
        [(a, b) for a, b, kind, _ in pairs if kind.startswith("neg")],
        list(dict.fromkeys(short + names))[:1_000_000],
        names[:SWEPT],
    )


def _verdicts(material: Material) -> list[Row]:
    pairs = [*material.alike, *material.unlike]
    a, b = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    is_alike = np.arange(len(pairs)) < len(material.alike)
    ours = judge(a, b)["score"].to_numpy().astype(float)
    theirs = np.array([fuzz.ratio(x, y) for x, y in zip(a, b, strict=True)])
    what, peer = f"judge, {material.label}", f"rapidfuzz {rapidfuzz.__version__} ratio"
    caught, at = _caught(ours, is_alike), _caught(theirs, is_alike)
    n = len(material.alike)
    note = f"95 % {_interval(caught, n)} against {_interval(at, n)}; n = {n} + {len(pairs) - n}"
    return [
        Row(what, "AUC", _auc(ours, is_alike), peer, _auc(theirs, is_alike), True),
        Row(what, "TPR at 2 % FPR", caught / n, peer, at / n, True, note),
    ]


def _search(material: Material) -> list[Row]:
    marks = sorted({a for a, _ in material.alike})
    taken = {*marks, *(b for _, b in material.alike)}
    crowd = marks + [name for name in material.crowd if name not in taken]
    # Peers and engine break ties by row: the marks must not stand first.
    crowd = [crowd[row] for row in np.random.default_rng(2).permutation(len(crowd))]
    queries = [b for _, b in material.alike]
    wanted = [a for a, _ in material.alike]
    build = _spent(lambda: build_index(crowd))
    index = build_index(crowd)
    index.search(queries[:1], TOP)
    table = index.search(queries, TOP)
    found: list[list[str]] = [[] for _ in queries]
    for row, mark in zip(table["query_row"].to_pylist(), table["mark"].to_pylist(), strict=True):
        found[row].append(mark)
    ours = _recall(found, wanted)
    ms = table["ms"].drop_null().to_numpy()
    n = len(queries)
    what = f"search {len(crowd):,} names, {material.label}"
    rows = [
        Row(f"{what}: build", "CPU s", build, "none", None, note="normalising included"),
        Row(f"{what}: p99", "CPU ms", float(np.quantile(ms, 0.99)), "none", None),
    ]
    slow = queries[:SLOW_QUERIES]
    hits: list[list[str]] = []

    def scan() -> None:
        for query in slow:
            best = process.extract(query, crowd, scorer=fuzz.ratio, limit=TOP)
            hits.append([name for name, _, _ in best])

    seconds = _spent(scan)
    peer = f"rapidfuzz {rapidfuzz.__version__} extract"
    theirs = _recall(hits, wanted[:SLOW_QUERIES])
    note = f"95 % {_interval(ours, n)} of {n} against {_interval(theirs, len(slow))} of {len(slow)}"
    rows.append(Row(what, "R@10", ours / n, peer, theirs / len(slow), True, note))
    per_query = seconds * 1000 / len(slow)
    rows.append(Row(f"{what}: p50", "CPU ms", float(np.median(ms)), peer, per_query))
    rows.extend(_tantivy(what, crowd, queries, wanted, ours, float(np.median(ms))))
    return rows


def _tantivy(
    what: str,
    crowd: Sequence[str],
    queries: Sequence[str],
    wanted: Sequence[str],
    ours: int,
    ms: float,
) -> list[Row]:
    """Character 1- and 2-grams and syllables under BM25: what a search server with pinyin does."""
    try:
        import tantivy
    except ImportError:
        return []
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("grams", tokenizer_name="whitespace")
    builder.add_integer_field("row", stored=True)
    index = tantivy.Index(builder.build())
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    for row, name in enumerate(crowd):
        writer.add_document(tantivy.Document(grams=" ".join(_grams(name)), row=row))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    hits: list[list[str]] = []
    times: list[float] = []
    for query in queries:
        begun = time.process_time()
        words = [
            (tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "grams", gram))
            for gram in _grams(query)
        ]
        best = searcher.search(tantivy.Query.boolean_query(words), TOP).hits
        hits.append([crowd[searcher.doc(address)["row"][0]] for _, address in best])
        times.append((time.process_time() - begun) * 1000)
    theirs, n = _recall(hits, wanted), len(queries)
    peer = "tantivy n-grams + pinyin"
    note = f"95 % {_interval(ours, n)} against {_interval(theirs, n)}; n = {n}"
    return [
        Row(what, "R@10", ours / n, peer, theirs / n, True, note),
        Row(f"{what}: p50", "CPU ms", ms, peer, float(np.median(times))),
    ]


def _grams(text: str) -> list[str]:
    from zhixing.engines.lookalike import normalise
    from zhixing.engines.lookalike.characters import characters

    known = characters()
    letters = normalise(text)
    said = [known.closest_readings(letter, letter)[0] for letter in letters]
    pairs = [letters[at : at + 2] for at in range(len(letters) - 1)]
    spoken = ["_".join(said[at : at + 2]) for at in range(len(said) - 1)]
    return [*letters, *pairs, *said, *spoken]


def _guard(material: Material) -> list[Row]:
    marks = read_marks(ROOT / "bench" / "famous_marks.txt")
    guard = Guard(marks)
    guard.sweep(material.stream[:10])
    seconds = _spent(lambda: guard.sweep(material.stream))
    some = material.stream[:SWEPT_SLOWLY]
    trade = parse_names(some)["trade_name"].to_pylist()
    slow = _spent(lambda: process.cdist(trade, marks, scorer=fuzz.ratio, workers=1))
    what = f"guard list of {len(marks)} marks, {len(material.stream):,} names"
    peer = f"rapidfuzz {rapidfuzz.__version__} cdist"
    note = "rapidfuzz is given the trade names; with reasons on our side only"
    rate, their_rate = len(material.stream) / seconds, len(some) / slow
    return [
        Row(what, "names/s/core", rate, peer, their_rate, True, note),
        *_alarms(what, guard, material.stream),
        *_guarded(material, marks),
    ]


def trades_of_marks() -> dict[str, tuple[str, ...]]:
    """The trade words of each well-known mark; none where it is in many."""
    found: dict[str, tuple[str, ...]] = {}
    trades: tuple[str, ...] = ()
    for line in (ROOT / "bench" / "famous_marks.txt").read_text("utf-8").splitlines():
        if line.startswith("# trade:"):
            trades = tuple(line.removeprefix("# trade:").split())
        elif not line.startswith("#"):
            found |= dict.fromkeys(line.split(), trades)
    return found


def _alarms(what: str, guard: Guard, stream: Sequence[str]) -> list[Row]:
    """Names of ordinary enterprises that reach 0.5, by names alone and with their trade weighed.

    A name that bears the very same trade name as a mark is a lead whoever bears it (often the
    holder), unless the mark is an everyday word; so it is counted apart. Everything else is an
    alarm.
    """
    hits = guard.sweep(stream, min_probability=LOOKED_AT, explain=False)
    trades = trades_of_marks()
    industry = parse_names(hits["name"])["industry"].to_pylist()
    relation = [
        trade_between(said, trades[mark])
        for said, mark in zip(industry, hits["mark"].to_pylist(), strict=True)
    ]
    alone = hits["probability"].to_numpy()
    weighed, _ = with_context(alone, {"industry": relation})
    rows = hits["name_row"].to_numpy()
    same = hits["score"].to_numpy() >= 1
    other_trade = np.array(relation) == "other"

    def share(title: str, chosen: NDArray[np.bool_]) -> Row:
        count = len(set(rows[chosen].tolist()))
        note = f"95 % {_percent(count, len(stream))}"
        return Row(f"{what}: {title}", "share", count / len(stream), "none", None, note=note)

    return [
        share("alarms, names alone", (alone >= 0.5) & ~same),
        share("alarms, trade weighed", (weighed >= 0.5) & ~same),
        share("leads by the same trade name", (weighed >= 0.5) & same),
        share("of these in another trade", (weighed >= 0.5) & same & other_trade),
    ]


def _guarded(material: Material, marks: Sequence[str]) -> list[Row]:
    """Look-alikes that a sweep raises at 0.5: as bare names, and in the mark's own trade."""
    composed = read_pairs(ROOT / "bench" / "lookalike_pairs.txt")
    check = [(pair.mark, pair.name) for pair in composed if pair.alike and pair.half == "check"]
    rows = []
    for label, pairs in (("check half", check), (material.label, material.alike)):
        guard = Guard(sorted({*marks, *(mark for mark, _ in pairs)}))
        hits = guard.sweep([name for _, name in pairs], min_probability=LOOKED_AT, explain=False)
        asked = zip(hits["name_row"].to_pylist(), hits["mark"].to_pylist(), strict=True)
        chance = dict(zip(asked, hits["probability"].to_pylist(), strict=True))
        alone = np.array([chance.get((row, mark), 0.0) for row, (mark, _) in enumerate(pairs)])
        weighed, _ = with_context(alone, {"industry": ["same"] * len(alone)})
        short = np.diff(cores([mark for mark, _ in pairs]).offsets) <= 2
        for title, values, chosen in (
            ("names alone", alone, short | ~short),
            ("in the mark's trade", weighed, short | ~short),
            ("in the mark's trade, two-character marks", weighed, short),
            ("in the mark's trade, longer marks", weighed, ~short),
        ):
            count, n = int((values[chosen] >= 0.5).sum()), int(chosen.sum())
            note = f"95 % {_interval(count, n)}; n = {n}"
            what = f"guard at 0.5, {label}, {title}"
            rows.append(Row(what, "recall", count / max(1, n), "none", None, True, note))
    return rows


def _auc(score: NDArray[np.float64], alike: NDArray[np.bool_]) -> float:
    above = score[alike][:, None] - score[~alike]
    return float((above > 0).mean() + 0.5 * (above == 0).mean())


def _caught(score: NDArray[np.float64], alike: NDArray[np.bool_]) -> int:
    """Look-alikes scoring above all but 2 % of the others."""
    others = np.sort(score[~alike])[::-1]
    return int((score[alike] > others[int(0.02 * len(others))]).sum())


def _recall(found: Sequence[Sequence[str]], wanted: Sequence[str]) -> int:
    return sum(mark in names for names, mark in zip(found, wanted, strict=True))


def _interval(successes: int, n: int) -> str:
    low, high = wilson(successes, n)
    return f"{low:.2f}–{high:.2f}"


def _percent(successes: int, n: int) -> str:
    low, high = wilson(successes, n)
    return f"{low:.3%}–{high:.3%}"


def _spent(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
