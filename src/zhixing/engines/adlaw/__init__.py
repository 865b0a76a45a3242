"""Advertising law: ads screened against rules that are passed in, disguises seen through."""

from .checking import check_rules
from .findings import Finding, Screened
from .patterns import PatternError
from .ruleset import Category, Condition, Example, Exemption, Rule, RuleSet, Words
from .screening import Screen

__all__ = [
    "Category",
    "Condition",
    "Example",
    "Exemption",
    "Finding",
    "PatternError",
    "Rule",
    "RuleSet",
    "Screen",
    "Screened",
    "Words",
    "check_rules",
]
