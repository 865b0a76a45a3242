"""The programme file: every clause of the plan is in it, and every reference leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from zhixing import law
from zhixing.law.errors import TableInvalid, UnknownCode, UnknownTable
from zhixing.law.programme import Programme

Write = Callable[[str, str], Path]
PLAN = (Path(__file__).parent / "quality-city.zh.txt").read_text(encoding="utf-8")
FILE = (
    Path(law.__file__).parent / "programmes" / "quality-city.toml"
).read_text(encoding="utf-8")  # fmt: skip
ZH_NOTE, EN_NOTE = re.findall(r"^note_(?:zh|en) = .*\n", FILE, re.MULTILINE)
HEADING = re.compile(r"^(?:([一二三])、|(\([一二三四五六七八九]\))|(\d)、)", re.MULTILINE)


@pytest.fixture
def plan() -> Programme:
    return law.programme("quality-city")


def paths_of_the_plan() -> list[str]:
    """Paths of all headings, walked in the plan itself."""
    paths, chapter = [], ""
    for found in HEADING.finditer(PLAN):
        chapter = found[1] or chapter
        paths.append(found[1] or f"{chapter}/{found[2] or found[3]}")
    return paths


def test_every_heading_of_the_plan_is_a_clause(plan: Programme) -> None:
    """The chapters, (一) to (七) and the three measures, in the order of the plan."""
    assert len(paths_of_the_plan()) == 13
    assert [clause.path for clause in plan.clauses] == paths_of_the_plan()
    assert [clause.level for clause in plan.clauses][:3] == [1, 1, 2]


def test_the_clauses_are_the_plan_to_the_letter(plan: Programme) -> None:
    """Preamble, headings and texts put together give the plan again."""
    parts = [plan.header.preamble]
    parts += [clause.heading + clause.text for clause in plan.clauses]
    assert "".join(parts) == re.sub(r"\s", "", PLAN)


def test_every_word_of_the_plan_belongs_to_an_item(plan: Programme) -> None:
    """No half-sentence of any clause is left without an item that stands for it."""
    assert {clause.path: plan.unquoted(clause.path) for clause in plan.clauses} == {
        clause.path: [] for clause in plan.clauses
    }


def test_words_without_an_item_are_noticed(plan: Programme) -> None:
    """Taking away one item shows its words as unquoted."""
    rest = tuple(item for item in plan.items if item.code != "sampling.publication")
    poorer = plan.model_copy(update={"items": rest})
    assert poorer.unquoted("二/(四)") == ["检测结果及时向社会公布"]


def test_the_numbers_the_plan_states_are_the_only_targets(plan: Programme) -> None:
    """Four rounds of goods testing and four of oversight, at least; nothing is invented."""
    yearly = {item.code: item for item in plan.items if item.cadence.kind == "per_year"}
    assert set(yearly) == {"sampling.rounds", "oversight.rounds"}
    assert all((i.cadence.times, i.cadence.at_least) == (4, True) for i in yearly.values())
    targets = {i.code: i.target for i in plan.indicators if i.target and not i.proposed}
    assert targets == {"sampling.rounds_held": 4, "programme.oversight_rounds": 4}


def test_a_proposed_target_says_that_the_plan_states_none(plan: Programme) -> None:
    """The brand guard's 90 percent is marked, and its item's note says so in both languages."""
    proposed = {i.code: i.target for i in plan.indicators if i.proposed}
    assert proposed == {"brands.leads_decided_share": Decimal("0.9")}
    item = plan.item("brands.sweep")
    assert "计划未规定" in item.note_zh
    assert "90%" in item.note_zh
    assert "90 percent is proposed" in item.note_en


def test_every_sub_item_of_the_clause_table_is_an_item(plan: Programme) -> None:
    """Goals, the fifteen points of food safety and all other lists of the design are there."""
    found = {path: len(plan.items_of(path)) for path in paths_of_the_plan()}
    assert found == {
        "一": 8, "二": 0, "二/(一)": 15, "二/(二)": 5, "二/(三)": 5, "二/(四)": 5, "二/(五)": 12,
        "二/(六)": 10, "二/(七)": 5, "三": 0, "三/1": 2, "三/2": 6, "三/3": 2,
    }  # fmt: skip


def test_only_units_that_the_plan_names_are_marked_so(plan: Programme) -> None:
    """A unit marked as named stands in the plan's own words."""
    named = {unit.title_zh for unit in plan.units if unit.named}
    assert named == {
        "质量兴市工作领导小组", "领导小组办公室", "公平交易局", "县区局、分局",
    }  # fmt: skip
    words = PLAN.replace("”", "").replace("“", "")
    assert all(name in words for name in named)


def test_no_indicator_counts_fines(plan: Programme) -> None:
    """Penalty Law art 74: fines and confiscations never feed an appraisal."""
    assert not [i.code for i in plan.indicators if re.search("罚|没收", i.title_zh)]


def test_items_are_found_by_code(plan: Programme) -> None:
    """An item leads to its clause, owner, indicator and words."""
    item = plan.item("brands.sweep")
    assert plan.clause(item.path).title_zh.startswith("深入开展打击“傍名牌”")
    assert plan.unit(item.owner).title_zh == "公平交易局"
    assert plan.indicator(item.indicator or "").unit == "share"
    assert (item.monitor, item.engine) == ("brands", "lookalike")
    assert item.text == "深入开展打击“傍名牌”等不正当竞争行为专项执法行动……打击假冒仿冒"
    with pytest.raises(UnknownCode, match=r"no 'brands\.sweeps'; known: "):
        plan.item("brands.sweeps")


def test_a_local_programme_replaces_the_built_in_one(local_law: Write) -> None:
    """A bureau's own year stands alone and says where it comes from."""
    assert law.programme().origin == "built-in"
    local_law("programmes/quality-city.toml", FILE.replace("year = 2026", "year = 2027", 1))
    assert law.programme().header.year == 2027
    assert law.programme().origin == "local:programmes/quality-city.toml"


def test_a_new_programme_is_added(local_law: Write) -> None:
    """Another name is another programme."""
    local_law("programmes/food-2027.toml", FILE.replace('"quality-city"', '"food-2027"', 1))
    assert law.programme_names() == ["food-2027", "quality-city"]
    assert law.programme("food-2027").code == "food-2027"
    with pytest.raises(UnknownTable, match="no programme 'x'; known: food-2027, quality-city"):
        law.programme("x")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('code = "brands.sweep"', 'code = "sampling.rounds"', "sampling.rounds stands there 2"),
        ('path = "二/(二)"\ntitle_zh = "“', 'path = "九"\ntitle_zh = "“', "sweep: no clause 九"),
        ('owner = "fair_trade"', 'owner = "nobody"', "no unit nobody"),
        ('indicator = "brands.leads_decided_share"', "", "decided_share belongs to no item"),
        ('quotes = ["检测结果', 'quotes = ["结果检测', "二/(四) does not say 结果检测"),
        ('times = 4, at_least = true', "at_least = true", "times is given for kind per_year"),
        ('monitor = "brands"', 'monitors = "brands"', "goals.infringement: unknown key monitors"),
        ("target = 0.9\n", "", "leads_decided_share: only a target can be proposed"),
        (ZH_NOTE, "", "brands.sweep: a note stands in both languages"),
        (ZH_NOTE + EN_NOTE, "", "brands.sweep: a proposed target needs a note"),
        ("base_year = 2025", "base_year = 2026", "base_year must lie before 2026; got 2026"),
        ('code = "quality-city"', 'code = "other"', "code must be quality-city; got other"),
        ('[programme]', 'origin = "me"\n[programme]', "unknown key origin"),
    ],
)  # fmt: skip
def test_a_programme_that_does_not_hold_is_refused(
    local_law: Write, old: str, new: str, sentence: str
) -> None:
    """Doubled codes, references to nothing and untrue quotes are named at load."""
    assert old in FILE
    local_law("programmes/quality-city.toml", FILE.replace(old, new, 1))
    with pytest.raises(TableInvalid, match=re.escape(sentence)) as caught:
        law.programme()
    assert str(caught.value).startswith("quality-city.toml: ")


def test_a_clause_without_items_is_refused(local_law: Write) -> None:
    """Words of the plan that nothing stands for do not load."""
    moved = FILE.replace('path = "三/3"\ntitle_zh = "每', 'path = "三/2"\ntitle_zh = "每')
    extra = '\n[[clause]]\npath = "四"\nnumber = "四"\ntitle_zh = "附"\ntitle_en = "More"\n'
    local_law("programmes/quality-city.toml", FILE + extra + 'heading = "四"\ntext = "另"\n')
    with pytest.raises(TableInvalid, match="clause 四 has no item"):
        law.programme()
    local_law("programmes/quality-city.toml", moved)
    with pytest.raises(TableInvalid, match=r"oversight\.rounds: 三/2 does not say"):
        law.programme()
