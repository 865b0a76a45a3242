"""The pattern language of the rules: parsed, and written out as plain sequences of symbols.

    literal      these characters            <list>     a term of the list
    (a|b c|<l>)  one of these sequences      (..)?      may be missing
    ..N          up to N characters between, not across the end of a sentence
    ~N           the same, not across a comma either
    #            a number                    #%         a percentage
    ^  $         start and end of a clause

Parts stand in order, adjacent unless a gap stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

LIMIT = 512  # sequences one pattern may expand to

_TOKEN = re.compile(
    r"\s*(?:(?P<list><[a-z0-9-]+>)|(?P<gap>\.\.\d+|~\d+)|(?P<pct>\#%)|(?P<num>\#)"
    r"|(?P<open>\()|(?P<maybe>\)\?)|(?P<close>\))|(?P<bar>\|)|(?P<start>\^)|(?P<end>\$)"
    r"|(?P<literal>(?:(?!\.\.\d|~\d)[^\s<>()|#^$])+))"
)


class PatternError(ValueError):
    """A pattern that cannot be read; the message says where and what was expected."""


@dataclass(frozen=True, slots=True, order=True)
class Atom:
    """What one symbol may be: a literal, a list by name, a number or a percentage."""

    kind: Literal["literal", "list", "number", "percent"]
    value: str = ""


Symbol = frozenset[Atom]


@dataclass(frozen=True, slots=True)
class Step:
    """A symbol and the gap before it: at most `gap` characters, `commas` allowed among them."""

    symbol: Symbol
    gap: int = 0
    commas: bool = True


@dataclass(frozen=True, slots=True)
class PlainSequence:
    """A pattern without choices: steps in order, tied to the start or end of a clause or not.

    With `at_start` the gap of the first step counts from the start of the clause; `end_gap` is
    what may stand between the last step and the end.
    """

    steps: tuple[Step, ...]
    at_start: bool = False
    at_end: bool = False
    end_gap: int = 0


@dataclass(frozen=True, slots=True)
class _Gap:
    size: int
    commas: bool


@dataclass(frozen=True, slots=True)
class _Edge:
    start: bool


_Item = Symbol | _Gap | _Edge
_Choice = list[tuple[_Item, ...]]  # the ways a part of a pattern can be read


def sequences(pattern: str) -> tuple[PlainSequence, ...]:
    """The plain sequences a pattern stands for, without doubles, in a fixed order.

    Raises:
        PatternError: the pattern cannot be read, is empty or stands for too many sequences.
    """
    ways, rest = _alternatives(_tokens(pattern), 0, pattern)
    if rest is not None:
        raise PatternError(f"{pattern!r}: a closing bracket without an opening one")
    return tuple(dict.fromkeys(_sequence(way, pattern) for way in ways))


def list_names(pattern: str) -> set[str]:
    """Names of the word lists a pattern mentions."""
    return {text[1:-1] for kind, text in _tokens(pattern) if kind == "list"}


def _tokens(pattern: str) -> list[tuple[str, str]]:
    found, position = [], 0
    text = pattern.strip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise PatternError(f"{pattern!r}: cannot read {text[position:]!r}")
        found.append((match.lastgroup, match.group(match.lastgroup)))
        position = match.end()
    return found


def _alternatives(
    tokens: Sequence[tuple[str, str]], at: int, pattern: str
) -> tuple[_Choice, int | None]:
    """Ways to read the tokens from `at`, and where the bracket that ends them stands."""
    ways: _Choice = []
    current: _Choice = [()]
    while at < len(tokens):
        kind, text = tokens[at]
        if kind == "bar":
            ways += current
            current = [()]
        elif kind in ("close", "maybe"):
            return ways + current, at
        elif kind == "open":
            inner, end = _alternatives(tokens, at + 1, pattern)
            if end is None:
                raise PatternError(f"{pattern!r}: a bracket is not closed")
            inner = _joined(inner)
            if tokens[end][0] == "maybe":
                inner = [*inner, ()]
            current = [one + two for one, two in product(current, inner)]
            at = end
        else:
            item = _item(kind, text)
            current = [(*way, item) for way in current]
        if len(current) + len(ways) > LIMIT:
            raise PatternError(f"{pattern!r}: stands for more than {LIMIT} sequences; split it")
        at += 1
    return ways + current, None


def _item(kind: str, text: str) -> _Item:
    if kind == "gap":
        return _Gap(int(text.lstrip(".~")), commas=text.startswith("."))
    if kind in ("start", "end"):
        return _Edge(kind == "start")
    if kind == "list":
        return frozenset([Atom("list", text[1:-1])])
    if kind in ("num", "pct"):
        return frozenset([Atom("number" if kind == "num" else "percent")])
    return frozenset([Atom("literal", text)])


def _joined(ways: _Choice) -> _Choice:
    """Alternatives of a single symbol each become one symbol, which keeps sequences few."""
    single = [way[0] for way in ways if len(way) == 1 and isinstance(way[0], frozenset)]
    rest = [way for way in ways if len(way) != 1 or not isinstance(way[0], frozenset)]
    if not single:
        return rest
    return [(frozenset().union(*single),), *rest]


def _sequence(way: Iterable[_Item], pattern: str) -> PlainSequence:
    steps: list[Step] = []
    gap, commas = 0, True
    at_start = at_end = False
    for item in way:
        if isinstance(item, _Gap):
            gap, commas = gap + item.size, commas and item.commas
        elif isinstance(item, _Edge):
            if item.start != (not steps):
                raise PatternError(f"{pattern!r}: ^ stands first and $ last")
            if item.start:
                at_start = True
            else:
                at_end = True
        elif at_end:
            raise PatternError(f"{pattern!r}: nothing can follow $")
        else:
            steps.append(Step(item, gap, commas))
            gap, commas = 0, True
    if not steps:
        raise PatternError(f"{pattern!r}: needs at least one word in every reading")
    if gap and not at_end:
        raise PatternError(f"{pattern!r}: ends with a gap")
    if not at_start:
        steps[0] = replace(steps[0], gap=0, commas=True)
    return PlainSequence(_glued(steps), at_start, at_end, gap)


def _glued(steps: list[Step]) -> tuple[Step, ...]:
    """Adjacent single literals are one literal."""
    out: list[Step] = []
    for step in steps:
        if (
            out
            and not step.gap
            and (one := _literal(out[-1].symbol))
            and (two := _literal(step.symbol))
        ):
            out[-1] = replace(out[-1], symbol=frozenset([Atom("literal", one + two)]))
        else:
            out.append(step)
    return tuple(out)


def _literal(symbol: Symbol) -> str:
    if len(symbol) != 1:
        return ""
    (atom,) = symbol
    return atom.value if atom.kind == "literal" else ""
