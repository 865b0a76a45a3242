from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from zhixing.engines.adlaw import RuleSet, Screen
from zhixing.law import advertising

FIXTURE = Path(__file__).parent / "fixture"


@pytest.fixture(scope="session")
def ruleset() -> RuleSet:
    """Three rules in a local directory; nothing of the built-in rules."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHIXING_LAW_DIR", str(FIXTURE))
        whole = advertising.advertising(date(2026, 1, 1))
    kept = ("absolute-superlative", "food-treats", "drug-approval-missing")
    rules = tuple(rule for rule in whole.rules if rule.id in kept)
    names = {"scope", "superlative", "disease", "treat", "negation"}
    words = {name: whole.words[f"test-{name}"] for name in names}
    return RuleSet(
        whole.version,
        {f"test-{name}": list_ for name, list_ in words.items()},
        rules,
        categories=whole.categories,
    )


@pytest.fixture(scope="session")
def screen(ruleset: RuleSet) -> Screen:
    return Screen(ruleset)
