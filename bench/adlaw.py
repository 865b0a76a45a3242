"""Ads screened: throughput beside plain matchers, and false alarms on text that is no ad.

Run by `make bench`. Peers find the same terms as written, with no disguise, rule or exemption: a
plain Python trie, `str.find` over the list, and pyahocorasick where it is installed. Texts come
from ZHIXING_ADS_DATA (laws_benign.txt.gz, thucnews_titles_20k.txt.gz) or, without it, from the
examples of the rules.
"""

from __future__ import annotations

import gzip
import os
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from bench.row import Row
from zhixing.engines.adlaw import RuleSet, Screen
from zhixing.engines.adlaw.reference import Trie
from zhixing.law.advertising import advertising

DATA = os.environ.get("ZHIXING_ADS_DATA", "")
_LEAST = 2e6  # bytes of text that are timed


def main() -> list[Row]:
    """Throughput in one run with the peers, then false alarms where there is text for them."""
    ruleset = advertising(date(2026, 1, 1))
    if not ruleset.rules:
        return []
    Screen(ruleset)  # the kernels are loaded, and the rules are on disk
    made = _seconds(lambda: Screen(ruleset, cache=None))
    kept = _seconds(lambda: Screen(ruleset))
    rows = [
        Row("adlaw: rule set compiled", "CPU s", made, "none", None),
        Row("adlaw: rule set from disk", "CPU s", kept, "compiled anew", made),
    ]
    screen = Screen(ruleset)
    texts = _lines("laws_benign.txt.gz") or _examples(ruleset)
    return [*rows, *_throughput(screen, texts), *_one_by_one(screen, texts), *_alarms(screen)]


def _lines(name: str) -> list[str]:
    path = Path(DATA) / name
    if not DATA or not path.is_file():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t")[0] for line in lines if line.strip()]


def _examples(ruleset: RuleSet) -> list[str]:
    """Texts of the rules' own examples, repeated until there is enough to time."""
    texts = [one.text for rule in ruleset.rules for one in (*rule.hits, *rule.lawful)]
    return texts * (1 + int(_LEAST / sum(len(text.encode()) for text in texts)))


def _throughput(screen: Screen, texts: Sequence[str]) -> list[Row]:
    texts = texts[: max(1, int(len(texts) * min(1.0, 2 * _LEAST / _size(texts))))]
    size = _size(texts) / 1e6
    empty = [""] * len(texts)
    general = ["general"] * len(texts)
    screen.many(texts[:10], general[:10], empty[:10], empty[:10])
    ours = size / _seconds(lambda: screen.many(texts, general, empty, empty))
    terms = screen.compiled.terms[2:]
    trie = Trie(screen.compiled.terms)
    part = texts[: max(1, len(texts) // 20)]
    few = _size(part) / 1e6
    rows = [
        Row("adlaw: rules, disguises, conditions", "MB/s", ours, "plain Python trie, exact terms",
            few / _seconds(lambda: [list(trie.find(text)) for text in part]), True),
        Row("adlaw: rules, disguises, conditions", "MB/s", ours, "`in` for each of 500 terms",
            few / _seconds(lambda: [[t for t in terms[:500] if t in text] for text in part]), True),
    ]  # fmt: skip
    try:
        import ahocorasick
    except ImportError:
        return rows
    automaton = ahocorasick.Automaton()
    for number, term in enumerate(terms):
        automaton.add_word(term, number)
    automaton.make_automaton()
    theirs = size / _seconds(lambda: [list(automaton.iter(text)) for text in texts])
    peer = "pyahocorasick, exact terms"
    return [*rows, Row("adlaw: rules, disguises, conditions", "MB/s", ours, peer, theirs, True)]


def _one_by_one(screen: Screen, texts: Sequence[str]) -> list[Row]:
    few = texts[:2000]
    seconds = _seconds(lambda: [screen.one(text, "general", "web") for text in few])
    return [Row("adlaw: one ad per call", "ads/s", len(few) / seconds, "none", None)]


def _alarms(screen: Screen) -> list[Row]:
    rows = []
    for what, name in (("laws", "laws_benign.txt.gz"), ("titles", "thucnews_titles_20k.txt.gz")):
        texts = _lines(name)
        if texts:
            empty = [""] * len(texts)
            flagged = sum(ad.is_violating for ad in screen.many(texts, empty, empty, empty))
            share = flagged / len(texts)
            rows.append(Row(f"adlaw: {what} flagged", "share", share, "none", None))
    return rows


def _size(texts: Sequence[str]) -> int:
    return sum(len(text.encode()) for text in texts)


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return max(time.process_time() - started, 1e-9)
