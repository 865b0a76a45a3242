"""From a compiled rule set and the character tables to the arena that the kernels work on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import product
from operator import or_
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import layout, trie
from .compiling import NUMBER, PERCENT, Compiled, Owned
from .disguises import DIGITS, drawn_variants, look_alikes, splits, written_variants
from .events import LONGEST_EVENT
from .ruleset import WITHIN
from .sounds import (
    class_numbers,
    readings,
    sound_tables,
    syllable_numbers,
)
from .text import CLAUSE_ENDS, LIMIT, SENTENCE_ENDS, folding, lines_of, tables

MEDIA = ("newspaper", "tv", "radio", "outdoor", "web", "app", "short_video", "live", "image")
_KNOWN_BITS = 22  # the bit table of familiar pairs has this power of two bits
_READINGS = 8  # ways to read a term aloud that are looked for
_INT = np.int32


def pack(compiled: Compiled) -> NDArray[np.int32]:
    """The arena of a compiled rule set."""
    parts = dict(_characters())
    parts |= _written(compiled)
    parts |= _heard(compiled)
    parts |= _symbols(compiled)
    parts |= _plans(compiled)
    return layout.pack(parts)


def category_bits(codes: Iterable[str], known: Sequence[str]) -> int:
    """A set of categories as bits; none named means all."""
    bits = 0
    for code in codes:
        if code in known:
            bits |= 1 << known.index(code)
    return bits


def _starts(counts: Iterable[int]) -> NDArray[np.int32]:
    return np.concatenate([[0], np.cumsum(np.fromiter(counts, np.int64))]).astype(_INT)


def _rows(rows: Sequence[Sequence[int]], width: int) -> NDArray[np.int32]:
    return np.array(rows, _INT).reshape(-1, width)


@cache
def _characters() -> Mapping[int, NDArray[np.int32]]:
    """The parts that do not depend on the rules."""
    table = folding()
    more = [[ord(one) for one in text] for text in table.more]
    info = np.zeros(LIMIT, _INT)
    for signs, bit in (
        ("0123456789", layout.DIGIT),
        ("零〇一二两三四五六七八九十百千万亿半几数", layout.NUMERAL),
        ("abcdefghijklmnopqrstuvwxyz", layout.LATIN),
        (CLAUSE_ENDS, layout.CLAUSE),
        (SENTENCE_ENDS, layout.SENTENCE),
        ("十百千万亿", layout.MAGNITUDE),
        (CLAUSE_ENDS + "、", layout.PUNCTUATION),
    ):
        for sign in signs:
            info[ord(sign)] |= bit
    info[0x4E00:0xA000] |= layout.HAN
    alike = _alike()
    joined, parts = _joined()
    for code in alike:
        info[code] |= layout.PASSES
    for first_part in {ord(way[0]) for ways in splits().values() for way in ways}:
        info[first_part] |= layout.JOINS
    syllable, classes, letters = sound_tables()
    raw = tables()
    first, second = (raw["pairs"] >> 16).astype(np.int64), (raw["pairs"] & 0xFFFF).astype(np.int64)
    keys = (first - 0x4E00) * 0x5200 + second - 0x4E00
    words = lines_of("long_words")
    codes = np.array([ord(one) for word in words for one in word], _INT)
    word_keys = np.zeros(len(words), np.int64)
    trie.word_keys(_starts(map(len, words)), codes[np.newaxis], word_keys)
    return {
        layout.FOLD: table.fold.astype(_INT),
        layout.HOW: table.how.astype(_INT),
        layout.MORE_START: _starts(map(len, more)),
        layout.MORE: np.array([code for row in more for code in row], _INT),
        layout.INFO: info,
        layout.SYLLABLE: syllable,
        layout.CLASS: classes,
        layout.LETTERS: letters,
        layout.KNOWN: _known(first, second),
        layout.FAMILIAR: trie.hash_table(keys.astype(_INT), raw["pair_levels"].astype(_INT)),
        layout.ALIKE_START: _starts(len(alike.get(code, ())) for code in range(LIMIT)),
        layout.ALIKE: np.array([one for code in sorted(alike) for one in alike[code]], _INT),
        layout.JOINED: joined,
        layout.PARTS_OF: parts,
        layout.LONG_WORDS: trie.hash_table(word_keys.astype(_INT), np.ones(len(words), _INT)),
    }


@dataclass(slots=True)
class _Sequences:
    """Sequences of codes with three values each, on their way into a trie."""

    lengths: list[int]
    codes: list[int]
    values: list[tuple[int, int, int]]

    def add(self, codes: Iterable[int], values: tuple[int, int, int]) -> None:
        before = len(self.codes)
        self.codes.extend(codes)
        self.lengths.append(len(self.codes) - before)
        self.values.append(values)

    def build(self, alphabet: int) -> trie.Trie:
        return trie.build(
            _starts(self.lengths),
            np.array(self.codes, _INT),
            np.array(self.values, _INT).reshape(-1, 3),
            alphabet,
        )


def _is_disguised(compiled: Compiled, term: int) -> bool:
    """Whether a term is looked for in disguise at all."""
    return any(not undisguised for _, undisguised in compiled.term_symbols[term])


def _alike() -> dict[int, list[int]]:
    """Code -> characters of terms that it may stand for."""
    found: dict[int, list[int]] = defaultdict(list)
    for line in lines_of("alike"):
        for other in look_alikes(line[0]):
            found[ord(other)].append(ord(line[0]))
    return found


def _joined() -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The table of two codes that are parts of a character, and its rows; row 0 is none."""
    rows: list[tuple[int, int, int]] = [(0, 0, 0)]
    first: dict[int, int] = {}
    for han, ways in splits().items():
        for way in ways:
            key = int(trie.mix(ord(way[0]), ord(way[1])))
            rows.append((ord(han), ord(way[2]) if len(way) > 2 else 0, first.get(key, 0)))
            first[key] = len(rows) - 1
    keys, values = np.array(list(first), _INT), np.array(list(first.values()), _INT)
    return trie.hash_table(keys, values), _rows(rows, 3)


def _known(first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int32]:
    """The bit table of familiar pairs."""
    table = np.zeros(1 << (_KNOWN_BITS - 5), _INT)
    trie.set_bits(table, first.astype(_INT), second.astype(_INT))
    return table


def _written(compiled: Compiled) -> dict[int, NDArray[np.int32]]:
    found = _Sequences([], [], [])
    known = set(compiled.terms)
    one = np.full(LIMIT, -1, _INT)
    for term, text in enumerate(compiled.terms):
        if term in (NUMBER, PERCENT):
            continue
        fused = 0 if compiled.plain_too[term] else layout.FUSED
        if len(text) > 1:
            found.add(map(ord, text), (term, fused, 0))
        else:
            one[ord(text)] = term
        variants = [] if fused else [*written_variants(text)]
        if fused or _is_disguised(compiled, term):
            variants += drawn_variants(text)
        for surface, bits in dict(variants).items():
            if surface not in known:
                found.add(map(ord, surface), (term, bits, 0))
    built = found.build(LIMIT)
    return {
        layout.BENT: _bent(compiled),
        layout.PAIRS: built.pairs,
        layout.ROOT: built.root,
        layout.EDGES: built.edges,
        layout.ENTRIES: built.entries,
        layout.ROOT_ENTRIES: built.root_entries,
        layout.ONE: one,
    }


def _bent(compiled: Compiled) -> NDArray[np.int32]:
    """The first two characters of terms, one of them exchanged for one that looks like it."""
    starts = {
        text[:2]
        for term, text in enumerate(compiled.terms)
        if len(text) > 1 and (not compiled.plain_too[term] or _is_disguised(compiled, term))
    }
    first: list[int] = []
    second: list[int] = []
    for start in starts:
        one, two = start[0], start[1]
        for other in look_alikes(one):
            first.append(layout.FIRST_BENT + ord(other))
            second.append(ord(two))
        for other in look_alikes(two):
            first.append(ord(one))
            second.append(layout.SECOND_BENT + ord(other))
    return _mixed(first, second)


def _mixed(first: list[int], second: list[int]) -> NDArray[np.int32]:
    table = np.zeros(1 << (layout.MIXED_BITS - 5), _INT)
    trie.set_bits(table, np.array(first, _INT), np.array(second, _INT))
    return table


def _heard(compiled: Compiled) -> dict[int, NDArray[np.int32]]:
    numbers, classes = syllable_numbers(), class_numbers()
    found = _Sequences([], [], [])
    syllables: list[int] = []
    codes: list[int] = []
    first: list[int] = []
    second: list[int] = []
    digits = {ord(han): ord(digit) for han, digit in DIGITS.items()}
    for term, text in enumerate(compiled.terms):
        if term in (NUMBER, PERCENT) or not _is_disguised(compiled, term):
            continue
        ways = [readings(one) for one in text]
        if not all(ways):
            continue
        for number, way in enumerate(product(*ways)):
            if number >= _READINGS:
                break
            raw = [numbers[one] for one in way]
            found.add((int(classes[one]) for one in raw), (term, len(syllables), len(raw)))
            syllables += raw
            codes += map(ord, text)
            if len(raw) < 2:
                continue
            for longer in (0, layout.LONGER)[: 1 + (len(raw) > 2)]:
                for one in {ord(text[0]), digits.get(ord(text[0]), 0)} - {0}:
                    first.append(layout.FIRST_RIGHT + longer + one)
                    second.append(int(classes[raw[1]]))
                for two in {ord(text[1]), digits.get(ord(text[1]), 0)} - {0}:
                    first.append(layout.SECOND_RIGHT + longer + int(classes[raw[0]]))
                    second.append(two)
    built = found.build(int(classes.max()) + 1)
    return {
        layout.SOUND_PAIRS: built.pairs,
        layout.SOUND_MIXED: _mixed(first, second),
        layout.SOUND_ROOT: np.concatenate([built.root, built.root_entries]),
        layout.SOUND_EDGES: built.edges,
        layout.SOUND_ENTRIES: built.entries,
        layout.SOUND_SYLLABLES: np.array([*syllables, 0], _INT),
        layout.SOUND_CODES: np.array([*codes, 0], _INT),
    }


def _symbols(compiled: Compiled) -> dict[int, NDArray[np.int32]]:
    arms: dict[int, list[tuple[int, int]]] = defaultdict(list)
    owned = {plan for rule in compiled.rules if not rule.rule.absent for plan in rule.plans}
    armed: dict[int, list[int]] = defaultdict(list)
    for number in sorted(owned):
        plan = compiled.plans[number]
        armed[plan.steps[compiled.anchors[number]].symbol].append(number)
    longest = np.ones(compiled.symbols, _INT)
    for term, rows in enumerate(compiled.term_symbols):
        size = LONGEST_EVENT if term in (NUMBER, PERCENT) else _surface(compiled.terms[term])
        for symbol, undisguised in rows:
            longest[symbol] = max(longest[symbol], size)
            arms[term] += [(plan, int(undisguised)) for plan in armed[symbol]]
    cues, kinds, terms = compiled.cues, compiled.ruleset.categories, range(len(compiled.terms))
    return {
        layout.TERM_START: _starts(map(len, compiled.term_symbols)),
        layout.TERM_SYMBOLS: _rows(
            [(one, int(plain)) for row in compiled.term_symbols for one, plain in row], 2
        ),
        layout.CUE_START: _starts(len(cues.get(term, ())) for term in terms),
        layout.CUES: _rows([row for term in terms for row in cues.get(term, ())], 2),
        layout.ARM_START: _starts(len(arms[term]) for term in terms),
        layout.ARMS: _rows([row for term in terms for row in arms[term]], 2),
        layout.LONGEST: longest,
        layout.PRIORS: np.array([round(1000 * np.log(one.prior)) for one in kinds], _INT),
        layout.NUMBERS: np.array([compiled.symbols, len(kinds), NUMBER, PERCENT], _INT),
    }


def _surface(term: str) -> int:
    """The most folded characters a term may take up, spelled, split or set off."""
    return min(6 * len(term), LONGEST_EVENT)


def _plans(compiled: Compiled) -> dict[int, NDArray[np.int32]]:
    codes = [one.code for one in compiled.ruleset.categories]
    families = sorted({one.rule.family for one in compiled.rules})
    owners: dict[int, list[int]] = defaultdict(list)
    rules: list[tuple[int, ...]] = []
    tests: list[tuple[int, ...]] = []
    test_plans: list[int] = []

    def add_test(plans: Sequence[int], within: str, bits: int) -> None:
        first = len(test_plans)
        test_plans.extend(plans)
        tests.append((WITHIN_CODES[within], first, len(test_plans), bits))

    for number, owned in enumerate(compiled.rules):
        for owned_plan in owned.plans:
            owners[owned_plan].append(number)
        unless = len(tests)
        for test, exemption in owned.unless:
            bits = layout.ALL
            if exemption is not None:
                bits = _applies(exemption.categories, exemption.except_categories, codes)
            add_test(test.plans, test.within, bits)
        needs = len(tests)
        for test in owned.needs:
            add_test(test.plans, test.within, layout.ALL)
        rules.append(
            (*_gates(owned, codes), unless, needs, len(tests), families.index(owned.rule.family))
        )
    plans: list[tuple[int, ...]] = []
    steps: list[tuple[int, ...]] = []
    for number, plan in enumerate(compiled.plans):
        gates = [rules[rule][:2] for rule in owners[number]]
        categories = reduce(or_, (one for one, _ in gates), 0)
        media = reduce(or_, (one for _, one in gates), 0)
        anchor = compiled.anchors[number]
        row = (len(steps), len(plan.steps), anchor, plan.at_start, plan.at_end, plan.end_gap)
        plans.append((*map(int, row), categories, media))
        steps += [(step.symbol, step.gap, int(step.commas)) for step in plan.steps]
    absent = [number for number, one in enumerate(compiled.rules) if one.rule.absent]
    active = [
        [rule for rule in owners[number] if not compiled.rules[rule].rule.absent]
        for number in range(len(compiled.plans))
    ]
    return {
        layout.PLANS: _rows(plans, layout.P_WIDTH),
        layout.STEPS: _rows(steps, layout.S_WIDTH),
        layout.OWNER_START: _starts(map(len, active)),
        layout.OWNERS: np.array([rule for row in active for rule in row], _INT),
        layout.RULES: _rows(rules, layout.R_WIDTH),
        layout.TESTS: _rows(tests, layout.T_WIDTH),
        layout.TEST_PLANS: np.array(test_plans, _INT),
        layout.ABSENT: np.array(absent, _INT),
        layout.ABSENT_START: _starts(len(compiled.rules[one].plans) for one in absent),
        layout.ABSENT_PLANS: np.array(
            [plan for one in absent for plan in compiled.rules[one].plans], _INT
        ),
    }


WITHIN_CODES = {name: code for code, name in enumerate(WITHIN)}


def _gates(owned: Owned, codes: Sequence[str]) -> tuple[int, int]:
    rule = owned.rule
    media = category_bits(rule.media, MEDIA) if rule.media else layout.ALL
    return _applies(rule.categories, rule.except_categories, codes), media


def _applies(categories: Any, excepted: Any, codes: Sequence[str]) -> int:
    bits = category_bits(categories, codes) if categories else layout.ALL
    return bits & ~category_bits(excepted, codes)
