"""Authorisation chains: do contracts bear what product labels claim?"""

from .checks import allows, check, covers
from .facts import Claim, Contract, Facts, LabelSeen, Limits, Mark, Resembled
from .findings import KINDS, LABELS_NAMED, METHOD, Finding
from .links import LENDERS, Contracts, lenders_of, links

__all__ = [
    "KINDS",
    "LABELS_NAMED",
    "LENDERS",
    "METHOD",
    "Claim",
    "Contract",
    "Contracts",
    "Facts",
    "Finding",
    "LabelSeen",
    "Limits",
    "Mark",
    "Resembled",
    "allows",
    "check",
    "covers",
    "lenders_of",
    "links",
]
