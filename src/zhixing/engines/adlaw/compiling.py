"""From rules as written to numbers: terms, symbols, sequences, and who owns which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from .commonness import commonness
from .patterns import Atom, PatternError, PlainSequence, Symbol, sequences
from .ruleset import Condition, Exemption, Rule, RuleSet
from .text import fold_characters

NUMBER, PERCENT = 0, 1  # the first two terms: a number, a percentage

_MOST_FUSED, _LONGEST_FUSED = 300, 6


@dataclass(frozen=True, slots=True)
class Step:
    """Symbol number, characters allowed before it, and whether a comma may be among them."""

    symbol: int
    gap: int
    commas: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """A sequence over symbol numbers, see `patterns.PlainSequence`."""

    steps: tuple[Step, ...]
    at_start: bool
    at_end: bool
    end_gap: int


@dataclass(frozen=True, slots=True)
class Test:
    """A condition: any of these plans at this place."""

    plans: tuple[int, ...]
    within: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Owned:
    """A rule with its plans and conditions; exemptions that cover it come after its own."""

    rule: Rule
    plans: tuple[int, ...]
    unless: tuple[tuple[Test, Exemption | None], ...]
    needs: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule set ready to be matched."""

    ruleset: RuleSet
    terms: tuple[str, ...]
    term_symbols: tuple[tuple[tuple[int, bool], ...], ...]  # (symbol, only undisguised)
    plain_too: tuple[bool, ...]  # term -> whether it is also looked for as written
    symbols: int
    cues: Mapping[int, tuple[tuple[int, int], ...]]  # term -> (category, weight in thousandths)
    plans: tuple[Plan, ...]
    anchors: tuple[int, ...]  # plan -> its rarest step
    by_first: Mapping[int, tuple[int, ...]]  # symbol -> plans that begin with it
    rules: tuple[Owned, ...]


@dataclass(slots=True)
class _Tables:
    ruleset: RuleSet
    terms: dict[str, int] = field(default_factory=lambda: {"\1": NUMBER, "\2": PERCENT})
    symbols: dict[Symbol, int] = field(default_factory=dict)
    members: dict[int, dict[int, bool]] = field(default_factory=lambda: defaultdict(dict))
    plans: dict[Plan, int] = field(default_factory=dict)
    ordered: list[Plan] = field(default_factory=list)
    terms_of: list[dict[str, bool]] = field(default_factory=list)  # symbol -> term: plain
    fused: dict[tuple[int, int], int | None] = field(default_factory=dict)
    written: set[int] = field(default_factory=lambda: {NUMBER, PERCENT})

    def symbol(self, symbol: Symbol) -> int:
        if symbol not in self.symbols:
            number = self.symbols[symbol] = len(self.symbols)
            self.terms_of += [{} for _ in range(number + 1 - len(self.terms_of))]
            for atom in sorted(symbol):
                for text, term, undisguised in self._terms(atom):
                    known = self.members[term].get(number, True)
                    self.members[term][number] = known and undisguised
                    self.terms_of[number][text] = self.members[term][number]
        return self.symbols[symbol]

    def _terms(self, atom: Atom) -> Iterable[tuple[str, int, bool]]:
        """Text, number, and whether looked for only undisguised, of all an atom stands for."""
        if atom.kind == "number":
            return [("\1", NUMBER, True)]
        if atom.kind == "percent":
            return [("\2", PERCENT, True)]
        if atom.kind == "literal":
            # A single character is too short to be sought in disguise by itself.
            folded, term = self._term(atom.value)
            return [(folded, term, len(folded) == 1)]
        if atom.value not in self.ruleset.words:
            raise PatternError(f"no word list <{atom.value}>")
        words = self.ruleset.words[atom.value]
        return [(*self._term(term), term in words.plain) for term in words.terms]

    def _term(self, text: str) -> tuple[str, int]:
        folded = fold_characters(text)
        if not folded:
            raise PatternError(f"{text!r} holds no character that counts")
        term = self.terms.setdefault(folded, len(self.terms))
        self.written.add(term)
        return folded, term

    def plans_of(self, pattern: str) -> tuple[int, ...]:
        return tuple(self._plan(one) for one in sequences(pattern))

    def _plan(self, sequence: PlainSequence) -> int:
        plan = Plan(
            tuple(Step(self.symbol(s.symbol), s.gap, s.commas) for s in sequence.steps),
            sequence.at_start,
            sequence.at_end,
            sequence.end_gap,
        )
        return self._number(plan)

    def _number(self, plan: Plan) -> int:
        if plan not in self.plans:
            self.plans[plan] = len(self.ordered)
            self.ordered.append(plan)
        return self.plans[plan]

    def fuse(self, number: int) -> list[int]:
        """Plans like one, with two neighbouring steps made one where a single character is met.

        A single character is too short to be looked for in disguise; together with the word
        beside it, it can be.
        """
        plan = self.ordered[number]
        found = []
        for at in range(len(plan.steps) - 1):
            symbol = self._fused(plan.steps[at].symbol, plan.steps[at + 1].symbol)
            if symbol is not None:
                step = replace(plan.steps[at], symbol=symbol)
                steps = (*plan.steps[:at], step, *plan.steps[at + 2 :])
                found.append(self._number(replace(plan, steps=steps)))
        return found

    def _fused(self, one: int, two: int) -> int | None:
        key = one, two
        if key not in self.fused:
            terms = self._products(self.terms_of[one], self.terms_of[two])
            self.fused[key] = None
            if terms and len(terms) <= _MOST_FUSED:
                number = self.fused[key] = len(self.symbols)
                self.symbols[frozenset([Atom("literal", f"{one} {two}")])] = number
                for text in terms:
                    term = self.terms.setdefault(text, len(self.terms))
                    self.members[term].setdefault(number, False)
        return self.fused[key]

    def _products(self, one: Mapping[str, bool], two: Mapping[str, bool]) -> list[str]:
        """Terms of both, one of them a single character; plain ones only in longer company."""
        ones = [(text, plain) for text, plain in one.items() if _is_han(text)]
        twos = [(text, plain) for text, plain in two.items() if _is_han(text)]
        single = [(text, plain) for text, plain in twos if len(text) == 1]
        return [
            first + second
            for first, first_plain in ones
            for second, second_plain in (twos if len(first) == 1 else single)
            if len(first) + len(second) <= _LONGEST_FUSED
            and (len(first) + len(second) > 2 or not (first_plain or second_plain))
        ]

    def anchors(self) -> tuple[int, ...]:
        """The step of each plan that ordinary text has least often."""
        often = [0.0] * len(self.symbols)
        for text, term in self.terms.items():
            share = commonness(text)
            for symbol in self.members[term]:
                often[symbol] += share
        return tuple(
            min(range(len(plan.steps)), key=lambda at: (often[plan.steps[at].symbol], at))
            for plan in self.ordered
        )

    def cues(self) -> dict[int, tuple[tuple[int, int], ...]]:
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, category in enumerate(self.ruleset.categories):
            for word, weight in category.cues.items():
                found[self._term(word)[1]].append((number, round(1000 * weight)))
        return {term: tuple(rows) for term, rows in found.items()}

    def test(self, condition: Condition) -> Test:
        return Test(self.plans_of(condition.pattern), condition.within, condition.pattern)


@cache
def _is_han(text: str) -> bool:
    return all("\u4e00" <= sign <= "\u9fff" for sign in text)


def compile_rules(ruleset: RuleSet) -> Compiled:
    """The rule set in numbers.

    Raises:
        PatternError: a pattern cannot be read or names an unknown list; the rule is named.
    """
    tables = _Tables(ruleset)
    exempt = [
        (one, [(tables.test(condition), one) for condition in one.unless])
        for one in ruleset.exemptions
    ]
    owned = []
    for rule in ruleset.rules:
        try:
            plans = tuple(dict.fromkeys(p for text in rule.patterns for p in tables.plans_of(text)))
            if not rule.absent:
                plans = tuple(dict.fromkeys([*plans, *(f for p in plans for f in tables.fuse(p))]))
            unless: list[tuple[Test, Exemption | None]] = [
                (tables.test(condition), None) for condition in rule.unless
            ]
            needs = tuple(tables.test(condition) for condition in rule.needs)
        except PatternError as error:
            raise PatternError(f"rule {rule.id}: {error}") from error
        if not rule.absent:
            unless += [test for one, tests in exempt if one.covers(rule) for test in tests]
        owned.append(Owned(rule, plans, tuple(unless), needs))
    cues = tables.cues()
    first: dict[int, list[int]] = defaultdict(list)
    for plan, number in tables.plans.items():
        first[plan.steps[0].symbol].append(number)
    return Compiled(
        ruleset,
        tuple(tables.terms),
        tuple(tuple(tables.members[term].items()) for term in range(len(tables.terms))),
        tuple(term in tables.written for term in range(len(tables.terms))),
        len(tables.symbols),
        cues,
        tuple(tables.plans),
        tables.anchors(),
        {symbol: tuple(plans) for symbol, plans in first.items()},
        tuple(owned),
    )
