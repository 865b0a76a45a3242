"""The kinds of act: texts by date, checklists, and what a faulty file is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from zhixing import law
from zhixing.law.errors import TableInvalid, UnknownCode

Write = Callable[[str, str], Path]


def articles(kind: str, day: date) -> list[str]:
    """The articles in force for a kind of act."""
    return [str(c) for rule in law.acts().rules_on(kind, day) for c in rule.articles]


@pytest.mark.parametrize(
    ("kind", "day", "found"),
    [
        ("name_confusion", date(2025, 10, 14), "unfair-competition-law art 6"),
        ("name_confusion", date(2025, 10, 15), "unfair-competition-law art 7"),
        ("false_promotion", date(2025, 10, 14), "unfair-competition-law art 20"),
        ("false_promotion", date(2025, 10, 15), "unfair-competition-law art 25"),
        ("counterfeit", date(2026, 12, 31), "trademark-law art 57"),
        ("counterfeit", date(2027, 1, 1), "trademark-law art 72"),
        ("commercial_fraud", date(2026, 5, 1), "consumer-law art 55"),
    ],
)
def test_the_text_of_the_day_of_the_act_applies(kind: str, day: date, found: str) -> None:
    """A revised law changes the article on its first day, not before."""
    assert found in articles(kind, day)


def test_of_two_texts_of_a_rule_one_applies_on_each_day() -> None:
    """Texts of one rule follow each other: on the day of change and the day before, exactly one."""
    for code, rows in law.acts().rules.items():
        for row in rows:
            for day in (row.valid_from, row.valid_from - timedelta(days=1)):
                assert sum(other.is_in_force(day) for other in rows) <= 1, code
        assert rows[-1].valid_to is None or rows[-1].valid_to.year == 2026, code


def test_every_kind_can_be_checked_and_punished() -> None:
    """Each has essential items, a clause of the programme, and what forbids it today."""
    plan = law.programme()
    for code, kind in law.acts().kinds.items():
        assert len(kind.essential) >= 2, code
        assert plan.clause(kind.clause).text, code
        roles = {rule.role for rule in law.acts().rules_on(code, date(2026, 6, 1))}
        assert roles >= {"forbids", "penalty"}, code


def test_what_is_known_from_memory_alone_is_not_verified() -> None:
    """The amounts of the consumer law were not seen in its text."""
    rules = law.acts().rules_on("commercial_fraud", date(2026, 1, 1))
    by_code = {rule.code: rule for rule in rules}
    assert not by_code["consumers.fraud_fine"].is_verified
    assert law.acts().rules_on("counterfeit", date(2026, 1, 1))[0].is_verified


def test_an_unknown_kind_names_the_known_ones() -> None:
    """The message helps whoever mistyped."""
    with pytest.raises(UnknownCode, match="name_confusion"):
        law.acts().kind("piracy")


LOCAL = """
[[rule]]
code = "local.fine"
role = "penalty"
text_zh = "本省裁量基准"
text_en = "Province's own scale"
articles = [{ instrument = "unfair-competition-law", article = "23" }]
valid_from = 2025-10-15
confidence = "local"

[[act]]
code = "name_confusion"
title_zh = "企业名称混淆"
title_en = "Names"
clause = "二/(二)"
rules = ["competition.confusion", "local.fine"]

[[act.item]]
code = "sign_alike"
text_zh = "是否近似"
text_en = "Alike?"
evidence_zh = "照片"
evidence_en = "Photo"
essential = true
"""


def test_a_bureau_replaces_a_kind_and_keeps_the_rest(local_law: Write) -> None:
    """The local kind stands with its own checklist; the others stay as built in."""
    local_law("acts.toml", LOCAL)
    kinds = law.acts().kinds
    assert [item.code for item in kinds["name_confusion"].items] == ["sign_alike"]
    assert kinds["name_confusion"].origin == "local:acts.toml"
    assert kinds["counterfeit"].origin == "built-in"
    assert "acts" not in law.table_names()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("essential = true", "", "at least one"),
        ('"unfair-competition-law"', '"competition-law"', "unknown instrument"),
        ('"local.fine"]', '"local.fines"]', "no rule local.fines"),
        ('code = "sign_alike"', 'code = "a_code_that_is_too_long"', "name_confusion"),
    ],
)
def test_a_faulty_file_is_refused(local_law: Write, old: str, new: str, told: str) -> None:
    """The sentence names the file and what is wrong."""
    local_law("acts.toml", LOCAL.replace(old, new))
    with pytest.raises(TableInvalid, match=r"acts\.toml") as caught:
        law.acts()
    assert told in str(caught.value)


def test_texts_that_overlap_or_leave_a_gap_are_refused(local_law: Write) -> None:
    """Otherwise nobody knew which one applied."""
    second = LOCAL.split("[[act]]")[0].replace("2025-10-15", "2026-10-15")
    local_law("acts.toml", LOCAL + second)
    with pytest.raises(TableInvalid, match="gap"):
        law.acts()
