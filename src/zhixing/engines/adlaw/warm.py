"""`python -m zhixing.engines.adlaw.warm`: compile every kernel once, at installation.

Numba keeps what it compiled beside the source; without this the first ad waits for the compiler.
"""

from __future__ import annotations

from zhixing.engines.adlaw import Condition, Rule, RuleSet, Screen, Words


def warm_up() -> None:
    """Screen one ad with one rule."""
    words = Words("best", ("最佳", "第一"))
    rule = Rule(
        "best", "ABSOLUTE_TERM", ("(全国)? ..2 <best>", "# 天"), unless=(Condition("不", "before"),)
    )
    screen = Screen(RuleSet("warm", {"best": words}, (rule,)))
    screen.many(["全国zuijia，3天", "弟一"], ["", "food"], ["", "web"], ["full", "excerpt"])


if __name__ == "__main__":
    warm_up()
