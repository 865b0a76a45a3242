"""Product labels: who stands behind the goods in which role, and what is suspicious about it."""

from .columns import parse_labels
from .contract import Found, read_contract
from .flags import LabelFlag, flags, score
from .method import METHOD
from .names import is_overseas
from .parse import parse
from .parties import LENDING_ROLES, PARTY_ROLES, ROLES, Party
from .text import fold, folded_name

__all__ = [
    "LENDING_ROLES",
    "METHOD",
    "PARTY_ROLES",
    "ROLES",
    "Found",
    "LabelFlag",
    "Party",
    "flags",
    "fold",
    "folded_name",
    "is_overseas",
    "parse",
    "parse_labels",
    "read_contract",
    "score",
]
