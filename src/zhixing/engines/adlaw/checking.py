"""The examples that every rule carries, executed."""

from __future__ import annotations

from collections.abc import Iterator

from .ruleset import Example, Exemption, Rule, RuleSet
from .screening import Screen


def check_rules(ruleset: RuleSet, screen: Screen | None = None) -> list[str]:
    """A line for every example that does not hold; none when all do.

    A hit must raise the rule's family (over its span, if it names one), and the rule itself must
    be among those that hold there; a lawful example must not raise the family at all.
    """
    screen = screen or Screen(ruleset)
    lines = [line for rule in ruleset.rules for line in _check(screen, rule)]
    return lines + [line for one in ruleset.exemptions for line in _check_exemption(screen, one)]


def _check(screen: Screen, rule: Rule) -> Iterator[str]:
    for example in rule.hits:
        if rule.id not in (held := screen.held(*_asked(example))):
            others = f" (held: {', '.join(sorted(held))})" if held else ""
            yield f"{rule.id}: hits: not raised by {_shown(example)}{others}"
        elif example.span and not _covers(screen, rule, example):
            yield f"{rule.id}: hits: raised outside {example.span!r} in {_shown(example)}"
    for example in rule.lawful:
        for one in screen.one(*_asked(example)).findings:
            if one.family == rule.family:
                yield f"{rule.id}: lawful: {one.rule} raises {one.span!r} in {_shown(example)}"


def _check_exemption(screen: Screen, exemption: Exemption) -> Iterator[str]:
    """An exemption's examples raise none of the families it covers."""
    for example in exemption.lawful:
        for one in screen.one(*_asked(example)).findings:
            covered = not exemption.families or one.family in exemption.families
            if covered and one.family not in exemption.except_families:
                yield f"{exemption.id}: lawful: {one.rule} raises {one.span!r} in {_shown(example)}"


def _asked(example: Example) -> tuple[str, str, str, str]:
    return example.text, example.category, example.medium, example.scope


def _covers(screen: Screen, rule: Rule, example: Example) -> bool:
    start = example.text.index(example.span)
    end = start + len(example.span)
    return any(
        one.family == rule.family
        and one.start is not None
        and one.end is not None
        and one.start < end
        and start < one.end
        for one in screen.one(*_asked(example)).findings
    )


def _shown(example: Example) -> str:
    return f"{example.text!r} [{example.category or 'no category'}, {example.scope}]"
