from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from zhixing.engines.adlaw import RuleSet, Screen
from zhixing.engines.adlaw.keeping import kept_arena

ADS = ["本店锅具最 高 级", "姜茶zhi liao高血压", "弟1品牌", "今日供应姜茶"]


def answers(screen: Screen) -> list[object]:
    empty = [""] * len(ADS)
    return list(screen.many(ADS, ["food", "", "general", ""], empty, ["full"] * len(ADS)))


def test_rules_from_disk_answer_as_those_just_compiled(
    ruleset: RuleSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = answers(Screen(ruleset, cache=None))
    assert answers(Screen(ruleset, cache=tmp_path)) == expected
    assert len(list(tmp_path.iterdir())) == 1
    monkeypatch.setattr("zhixing.engines.adlaw.screening.pack", None)
    assert answers(Screen(ruleset, cache=tmp_path)) == expected
    assert len(expected) == len(ADS)


def test_another_day_uses_the_same_file_and_names_its_own_version(
    ruleset: RuleSet, tmp_path: Path
) -> None:
    Screen(ruleset, cache=tmp_path)
    later = Screen(replace(ruleset, version="later"), cache=tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
    assert later.one("最高级", "food").findings[0].version == "later"


def test_changed_rules_use_another_file(ruleset: RuleSet, tmp_path: Path) -> None:
    Screen(ruleset, cache=tmp_path)
    changed = replace(ruleset.rules[0], except_categories=frozenset({"drug"}))
    Screen(replace(ruleset, rules=(changed, *ruleset.rules[1:])), cache=tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("broken", ["cut", "bit", "empty"])
def test_a_broken_file_is_made_anew(ruleset: RuleSet, tmp_path: Path, broken: str) -> None:
    expected = answers(Screen(ruleset, cache=tmp_path))
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    damaged = {"cut": whole[:-8], "bit": whole[:-1] + bytes([whole[-1] ^ 1]), "empty": b""}
    path.write_bytes(damaged[broken])
    assert answers(Screen(ruleset, cache=tmp_path)) == expected
    assert path.read_bytes() == whole


def test_a_folder_that_cannot_be_written_only_costs_time(ruleset: RuleSet, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    expected = answers(Screen(ruleset, cache=None))
    assert answers(Screen(ruleset, cache=blocked / "below")) == expected


def test_no_folder_is_asked_for_nothing(ruleset: RuleSet) -> None:
    made: list[int] = []
    kept_arena(ruleset, None, lambda: made.append(1))  # type: ignore[arg-type, return-value]
    assert made == [1]
