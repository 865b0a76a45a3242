"""The rules of advertising law as the engine takes them: plain, frozen, in force on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

WITHIN = ("before", "after", "clause", "sentence", "text", "span")
"""Where an exemption or a condition is looked for, seen from the hit."""


@dataclass(frozen=True, slots=True)
class Words:
    """A concept: terms that say the same kind of thing; `plain` ones are never sought disguised."""

    name: str
    terms: tuple[str, ...]
    plain: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Condition:
    """A pattern and where it must (not) stand, see `WITHIN`."""

    pattern: str
    within: str


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a rule must, or must not, raise; executed by `check_rules`."""

    text: str
    category: str = ""
    span: str = ""
    medium: str = "web"
    scope: str = "excerpt"


@dataclass(frozen=True, slots=True)
class Rule:
    """One prohibition: when it is broken, where it stands, how grave it is, why."""

    id: str
    family: str
    patterns: tuple[str, ...]
    articles: tuple[str, ...] = ()
    penalty: tuple[str, ...] = ()
    categories: frozenset[str] = frozenset()
    except_categories: frozenset[str] = frozenset()
    media: frozenset[str] = frozenset()
    severity: str = "ordinary"
    unless: tuple[Condition, ...] = ()
    needs: tuple[Condition, ...] = ()
    absent: bool = False
    strength: float = 0.9
    reason_zh: str = ""
    reason_en: str = ""
    remedy_zh: str = ""
    remedy_en: str = ""
    title_zh: str = ""
    title_en: str = ""
    hits: tuple[Example, ...] = ()
    lawful: tuple[Example, ...] = ()

    def applies_to(self, category: str) -> bool:
        """Whether the rule speaks about ads of this product category."""
        if category in self.except_categories:
            return False
        return not self.categories or category in self.categories


@dataclass(frozen=True, slots=True)
class Exemption:
    """What makes a hit of some families (none named: of all) lawful, whichever rule raised it."""

    id: str
    families: frozenset[str]
    unless: tuple[Condition, ...]
    except_families: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    except_categories: frozenset[str] = frozenset()
    lawful: tuple[Example, ...] = ()
    reason_zh: str = ""
    reason_en: str = ""

    def covers(self, rule: Rule) -> bool:
        """Whether hits of the rule can be exempt by this."""
        if rule.family in self.except_families:
            return False
        return not self.families or rule.family in self.families


@dataclass(frozen=True, slots=True)
class Category:
    """A product category with the words that give it away, each with its weight."""

    code: str
    cues: Mapping[str, float] = field(default_factory=dict)
    prior: float = 1.0
    title_zh: str = ""
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules in force on one day, with the words they use; `version` names them for ever."""

    version: str
    words: Mapping[str, Words]
    rules: tuple[Rule, ...]
    exemptions: tuple[Exemption, ...] = ()
    categories: tuple[Category, ...] = ()
