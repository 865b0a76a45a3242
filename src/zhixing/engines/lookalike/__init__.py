"""Look-alike names: which names are confusingly like a protected mark, and why.

Three uses: `build_index` and `Index.search` (one new name against millions of marks), `Guard`
(a stream of names against a protected list) and `judge` (given pairs). Names are compared by trade
name only; `parse_name` finds it. Method, sources and limits: the README beside this file.
"""

from .grammar import NameParts, Span, parse_name, parse_names
from .guard import DEFAULT_PROBABILITY, Guard, guard
from .index import Index, UnusableIndex, build_index
from .judging import judge
from .method import KINDS, METHOD
from .reasons import reasons_of
from .text import normalise

__all__ = [
    "DEFAULT_PROBABILITY",
    "KINDS",
    "METHOD",
    "Guard",
    "Index",
    "NameParts",
    "Span",
    "UnusableIndex",
    "build_index",
    "guard",
    "judge",
    "normalise",
    "parse_name",
    "parse_names",
    "reasons_of",
]
