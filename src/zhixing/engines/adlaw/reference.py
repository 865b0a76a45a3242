"""The slow, obvious matcher: what the kernels must find, written to be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .compiling import NUMBER, PERCENT, Compiled, Owned, Plan, Test
from .numbers import numbers, percentages
from .text import CLAUSE_ENDS, SENTENCE_ENDS, Folded

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that holds in a text, with its span in the folded text (none for an absence)."""

    rule: int
    span: Span | None


class Trie:
    """All terms of a compiled rule set, found at every place of a text."""

    def __init__(self, terms: tuple[str, ...]) -> None:
        self._root: dict[str, dict] = {}  # type: ignore[type-arg]
        for number, term in enumerate(terms):
            node = self._root
            for character in term:
                node = node.setdefault(character, {})
            node[""] = number  # type: ignore[assignment]

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Start, end and number of every term, overlapping ones too."""
        for start in range(len(text)):
            node = self._root
            for place in range(start, len(text)):
                if (further := node.get(text[place])) is None:
                    break
                node = further
                if (number := node.get("")) is not None:
                    yield start, place + 1, int(number)  # type: ignore[call-overload]


class Reading:
    """One folded text with the events of a rule set in it."""

    def __init__(self, compiled: Compiled, trie: Trie, folded: Folded) -> None:
        self.compiled = compiled
        self.text = folded.text
        self.events: dict[int, list[Span]] = defaultdict(list)
        found = [*trie.find(self.text)]
        found += [(start, end, NUMBER) for start, end in numbers(self.text)]
        found += [(start, end, PERCENT) for start, end in percentages(self.text)]
        for start, end, term in sorted(found):
            for symbol, _ in compiled.term_symbols[term]:
                self.events[symbol].append((start, end))
        self._matches: dict[int, list[Span]] = {}

    def matches(self, number: int) -> list[Span]:
        """Spans of a plan, of which none lies inside another."""
        if number not in self._matches:
            self._matches[number] = _minimal(self._find(self.compiled.plans[number]))
        return self._matches[number]

    def begun(self) -> set[int]:
        """Plans whose every symbol stands somewhere in the text."""
        present = self.events.keys()
        return {
            number
            for symbol in present
            for number in self.compiled.by_first.get(symbol, ())
            if all(step.symbol in present for step in self.compiled.plans[number].steps)
        }

    def _find(self, plan: Plan) -> set[Span]:
        first, *rest = plan.steps
        spans = {
            (start, end)
            for start, end in self.events[first.symbol]
            if not plan.at_start or start - self.clause(start)[0] <= first.gap
        }
        for step in rest:
            spans = {
                (start, later_end)
                for start, end in spans
                for later, later_end in self.events[step.symbol]
                if end <= later <= end + step.gap and self._passable(end, later, step.commas)
            }
        return {
            (start, end)
            for start, end in spans
            if not plan.at_end or self.clause(end)[1] - end <= plan.end_gap
        }

    def _passable(self, start: int, end: int, commas: bool) -> bool:
        ends = SENTENCE_ENDS if commas else CLAUSE_ENDS
        return not any(character in ends for character in self.text[start:end])

    @cached_property
    def _clauses(self) -> tuple[list[Span], list[Span]]:
        return _pieces(self.text, CLAUSE_ENDS), _pieces(self.text, SENTENCE_ENDS)

    def clause(self, place: int) -> Span:
        """The clause a place lies in; the end of a clause belongs to the clause."""
        return self._clauses[0][place]

    def sentence(self, place: int) -> Span:
        """The sentence a place lies in."""
        return self._clauses[1][place]

    def holds(self, test: Test, hit: Span) -> bool:
        """Whether a condition is met around a hit."""
        return any(
            self._within(test.within, hit, span)
            for plan in test.plans
            for span in self.matches(plan)
        )

    def _within(self, within: str, hit: Span, other: Span) -> bool:
        (start, end), (first, last) = hit, other
        if within == "text":
            return True
        if within == "span":
            return first <= start and end <= last
        if within == "before":
            return self.clause(start)[0] <= first and last <= start
        if within == "after":
            return end <= first and last <= self.clause(end)[1]
        piece = self.clause if within == "clause" else self.sentence
        return first < piece(max(start, end - 1))[1] and piece(start)[0] < last


def _pieces(text: str, ends: str) -> list[Span]:
    """For each place, and the place after the last character, the piece it lies in."""
    pieces: list[Span] = []
    start = 0
    for place, character in enumerate(text + ends[-1]):
        if character in ends:
            pieces += [(start, place)] * (place + 1 - start)
            start = place + 1
    return pieces


def _minimal(spans: set[Span]) -> list[Span]:
    return sorted(
        one
        for one in spans
        if not any(two != one and one[0] <= two[0] and two[1] <= one[1] for two in spans)
    )


def hits(
    compiled: Compiled, trie: Trie, folded: Folded, category: str, medium: str, scope: str
) -> list[Hit]:
    """Every rule that holds, with each of its spans, in order of the rules."""
    reading = Reading(compiled, trie, folded)
    begun = reading.begun()
    found: list[Hit] = []
    for number, owned in enumerate(compiled.rules):
        rule = owned.rule
        if not rule.applies_to(category) or (rule.media and medium not in rule.media):
            continue
        plans = [plan for plan in owned.plans if plan in begun]
        if rule.absent:
            if scope == "full" and _is_absent(reading, owned, plans):
                found.append(Hit(number, None))
            continue
        spans = {span for plan in plans for span in reading.matches(plan)}
        found += [
            Hit(number, span) for span in sorted(spans) if _stands(reading, owned, span, category)
        ]
    return found


def _is_absent(reading: Reading, owned: Owned, plans: list[int]) -> bool:
    whole = (0, len(reading.text))
    return (
        not any(reading.matches(plan) for plan in plans)
        and all(reading.holds(test, whole) for test in owned.needs)
        and not any(reading.holds(test, whole) for test, _ in owned.unless)
    )


def _stands(reading: Reading, owned: Owned, span: Span, category: str) -> bool:
    if not all(reading.holds(test, span) for test in owned.needs):
        return False
    for test, exemption in owned.unless:
        if exemption is not None and (
            category in exemption.except_categories
            or (exemption.categories and category not in exemption.categories)
        ):
            continue
        if reading.holds(test, span):
            return False
    return True
