"""Ads whose category is not given: what is a breach in most categories is raised."""

from __future__ import annotations

from zhixing.engines.adlaw import Category, Condition, Exemption, Rule, RuleSet, Screen, Words

WORDS = {"cure": Words("cure", ("根治", "治愈")), "best": Words("best", ("最佳", "最好"))}
CURE = "七天根治糖尿病"


def screen_with(*rules: Rule, exemptions: tuple[Exemption, ...] = ()) -> Screen:
    categories = tuple(map(Category, ("food", "drug", "cosmetics", "general")))
    return Screen(RuleSet("test", WORDS, rules, exemptions, categories), cache=None)


def rule(family: str, *categories: str, pattern: str = "<cure>", strength: float = 0.9) -> Rule:
    return Rule(
        family.lower(), family, (pattern,), categories=frozenset(categories), strength=strength
    )


def test_a_breach_in_every_category_is_raised_though_no_family_is_probable() -> None:
    screen = screen_with(
        rule("FOOD_CURE", "food"), rule("DRUG_CURE", "drug"), rule("OTHER", "cosmetics", "general")
    )
    (found,) = screen.one(CURE).findings
    assert (found.family, found.span, found.probability) == ("OTHER", "根治", 0.45)
    (given,) = screen.one(CURE, "drug").findings
    assert (given.family, given.probability) == ("DRUG_CURE", 0.9)


def test_a_breach_in_few_categories_is_not_raised() -> None:
    screen = screen_with(rule("FOOD_CURE", "food"), rule("DRUG_CURE", "drug"))
    assert screen.one(CURE).findings == ()
    assert screen.one(CURE, "food").is_violating


def test_a_rule_for_all_categories_holds_whatever_the_category() -> None:
    screen = screen_with(rule("ABSOLUTE_TERM", pattern="<best>"), rule("FOOD_CURE", "food"))
    for category in ("", "food", "drug", "general", "unheard"):
        found = screen.one("最佳品牌，七天根治糖尿病", category).findings
        assert ("ABSOLUTE_TERM", "最佳") in {(one.family, one.span) for one in found}


def test_what_is_lawful_in_one_category_is_a_breach_in_the_others() -> None:
    lawful = Exemption(
        "drugs", frozenset(), (Condition("糖尿病", "clause"),), categories=frozenset({"drug"})
    )
    screen = screen_with(rule("CURE"), exemptions=(lawful,))
    (found,) = screen.one(CURE).findings
    assert found.probability == 0.675
    assert screen.one(CURE, "drug").findings == ()
    assert screen.one(CURE, "food").findings[0].probability == 0.9


def test_what_is_lawful_in_all_categories_is_not_raised() -> None:
    lawful = Exemption("all", frozenset(), (Condition("糖尿病", "clause"),))
    assert screen_with(rule("CURE"), exemptions=(lawful,)).one(CURE).findings == ()
