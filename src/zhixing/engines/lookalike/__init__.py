"""Look-alike names: which names are confusingly like a protected mark, and why.

Three uses: `build_index` and `Index.search` (one new name against millions of marks), `Guard`
(a stream of names against a protected list) and `judge` (given pairs). Names are compared by trade
name only; `parse_name` finds it. Method, sources and limits: the README beside this file.
"""

from .context import Context, with_context
from .grammar import NameParts, Span, parse_name, parse_names
from .guard import DEFAULT_PROBABILITY, Guard, guard
from .index import CHANNELS, Index, UnusableIndex, build_index
from .judging import judge
from .method import KINDS, METHOD
from .reasons import reasons_of
from .sidebyside import Cell, SideBySide, compare
from .text import normalise
from .tradenames import NameVerdict, judge_names, shell_pattern, trade_between

__all__ = [
    "CHANNELS",
    "DEFAULT_PROBABILITY",
    "KINDS",
    "METHOD",
    "Cell",
    "Context",
    "Guard",
    "Index",
    "NameParts",
    "NameVerdict",
    "SideBySide",
    "Span",
    "UnusableIndex",
    "build_index",
    "compare",
    "guard",
    "judge",
    "judge_names",
    "normalise",
    "parse_name",
    "parse_names",
    "reasons_of",
    "shell_pattern",
    "trade_between",
    "with_context",
]
