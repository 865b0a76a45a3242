"""Like cases: the weights add up, the reasons say why, only the library is searched."""

from __future__ import annotations

import doctest
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.apps.precedents import examples
from zhixing.apps.precedents.api import like_cases, withdraw_precedent
from zhixing.apps.precedents.likeness import LIKE, WEIGHTS, Case, Likeness, add_words, compare
from zhixing.apps.precedents.selectors import per_year, summary
from zhixing.engines.rates import wilson
from zhixing.kit.errors import Refused

NAMES = {"act_kind": "name_confusion", "protected": "康师傅", "accused": "康帅博"}


def test_every_agreement_adds_its_weight() -> None:
    """Kind, protected name, one channel, a class: the sum of the table."""
    case = Case("name_confusion", "康师傅", frozenset({"glyph", "sound"}), frozenset({30, 32}))
    other = Case("name_confusion", "康师傅", frozenset({"glyph"}), frozenset({30}))
    found = compare(case, other)
    assert [kind for kind, _words in found.shared] == ["act_kind", "protected", "channel", "class"]
    assert found.score == sum(
        WEIGHTS[kind] for kind in ("act_kind", "protected", "channel", "class")
    )
    assert compare(Case(), Case()).score == 0, "empty is not alike"


def test_words_count_that_few_precedents_hold() -> None:
    """A run in all decisions says nothing; the rare one is named, joined to its full length."""
    common = "店招突出使用"
    facts = [common] * 9 + [common + "香港某公司监制"]
    found = [Likeness() for _fact in facts]
    add_words(found, Case(text="包装上写香港某公司监制," + common), [Case(text=f) for f in facts])
    assert [likeness.shared for likeness in found[:9]] == [[]] * 9
    assert found[9].shared == [("word", "香港某公司监制")]


@pytest.mark.django_db
def test_the_most_like_come_first_with_their_reasons() -> None:
    """Same kind and name before same kind alone; another kind is not called like."""
    people = examples.cast()
    near = examples.published(people)
    far = examples.published(
        people, title="某酒业名称混淆案", protected="茅台", accused="矛台", nice_classes=[33],
        facts="在招牌上使用近似字号", outcome="not_established",
    )  # fmt: skip
    examples.published(
        people, act_kind="false_promotion", protected="", accused="", facts="宣称根治",
        nice_classes=[5],
    )  # fmt: skip
    found = like_cases(people.keeper, **NAMES, text="标注香港某公司监制", classes=[30])
    assert [case.precedent for case in found.best] == [near, far]
    assert found.best[0].score > found.best[1].score >= LIKE
    reasons = " · ".join(found.best[0].reasons)
    for told in ("康师傅", "30", "监制"):
        assert told in reasons
    assert found.outcomes == {"established": 1, "not_established": 1}


@pytest.mark.django_db
def test_the_sentence_counts_all_like_cases_with_their_interval() -> None:
    """Three of five established, although three are shown; mediated ones are no verdict."""
    people = examples.cast()
    for outcome in ("established",) * 3 + ("not_established",) * 2 + ("mediated",):
        examples.published(people, outcome=outcome)
    found = like_cases(people.keeper, act_kind="name_confusion")
    assert len(found.best) == 3
    assert found.number == 6
    low, high = wilson(3, 5)
    for told in ("3", "5", f"{low * 100:.1f}", f"{high * 100:.1f}"):
        assert told in found.sentence


@pytest.mark.django_db
def test_drafts_and_withdrawn_ones_teach_nothing_and_the_library_is_shared() -> None:
    """Another office finds what was reviewed, and only that; an auditor finds nothing."""
    people = examples.cast()
    examples.draft(people.keeper)
    gone = examples.published(people)
    withdraw_precedent(people.head, gone, reason="决定被撤销")
    assert like_cases(people.keeper, **NAMES).number == 0
    kept = examples.published(people)
    assert [case.precedent for case in like_cases(people.elsewhere, **NAMES).best] == [kept]
    with pytest.raises(Refused):
        like_cases(people.stranger, **NAMES)


@pytest.mark.django_db
def test_the_summary_counts_by_kind_year_and_article() -> None:
    """Outcomes, interval and the articles used most; drafts are left out."""
    people = examples.cast()
    article = {"articles": "《反不正当竞争法》第7条第1款\n《商标法》第57条"}
    examples.published(people, **article)
    examples.published(people, outcome="not_established", articles="", decided_on=date(2025, 5, 5))
    examples.published(people, outcome="mediated")
    examples.draft(people.keeper)
    (kind,) = summary(people.elsewhere)
    assert (kind.total, kind.established, kind.either_way) == (3, 1, 2)
    assert kind.interval == wilson(1, 2)
    assert kind.articles == (("《反不正当竞争法》第7条", 2), ("《商标法》第57条", 1))
    assert per_year(people.keeper) == [
        (2025, {"not_established": 1}),
        (2026, {"established": 1, "mediated": 1}),
    ]
    (of_year,) = summary(people.keeper, 2025)
    assert of_year.counts == {"not_established": 1}


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 12])
def test_like_cases_need_as_many_queries_for_many(
    number: int, django_assert_max_num_queries: Any
) -> None:
    """No query a precedent."""
    people = examples.cast()
    for _each in range(number):
        examples.published(people)
    with django_assert_max_num_queries(7):
        like_cases(people.keeper, act_kind="name_confusion", text="监制")


def test_the_worked_example_of_the_page_holds() -> None:
    """Every line of docs/methods/like-cases.md gives what the page says."""
    page = Path(__file__).resolve().parents[3] / "docs" / "methods" / "like-cases.md"
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert result.attempted >= 8
    assert result.failed == 0
    text = page.read_text(encoding="utf-8")
    assert all(f"| {weight:g} |" in text for weight in WEIGHTS.values())
