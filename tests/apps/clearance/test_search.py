"""What a search before filing finds, in which list, for whom, and how it keeps up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.clearance import examples
from tests.apps.registry.examples import SYSTEM
from tests.engines.figures.logos import ALTERATIONS, logo, png
from zhixing.apps.clearance import indexing
from zhixing.apps.clearance.actions.rebuild_index import ask_for_rebuild
from zhixing.apps.clearance.advice import periods
from zhixing.apps.clearance.comparing import compare_names
from zhixing.apps.clearance.query import make_query
from zhixing.apps.clearance.reasons import SENTENCES, sentence
from zhixing.apps.clearance.searching import search, search_published
from zhixing.apps.clearance.words import ADVICE, LISTS, RELATIONS
from zhixing.apps.registry.api import TradeMark, set_figure, update_mark
from zhixing.engines import figures, lookalike
from zhixing.kit.errors import Invalid, Refused
from zhixing.kit.jobs.api import Job, run_inline

_NAMES = st.text(st.sampled_from("康师傅帅付食品有限公司海aB1 ・髙𠮷é"), max_size=12)

pytestmark = pytest.mark.django_db


def listed(result: dict[str, Any]) -> dict[str, list[str]]:
    """The texts of each list that is not empty."""
    return {
        found["key"]: [hit["text"] for hit in found["hits"]]
        for found in result["lists"]
        if found["hits"]
    }


def test_each_likeness_stands_in_its_list() -> None:
    """Identical, look, sound, meaning, order and additions are told apart, as examiners do."""
    for text in ("海之韵", "康帅傅", "康师付", "傅师康", "康师傅", "康師傅", "大康师傅", "雪浪"):
        examples.mark(text)
    found = listed(search(SYSTEM, make_query("康师傅", nice_classes=[30])))
    assert set(found["identical"]) == {"康师傅", "康師傅"}
    assert found["glyph"] == ["康帅傅"]
    assert found["sound"] == ["康师付"]
    assert set(found["arrangement"]) == {"傅师康", "大康师傅"}
    assert "海之韵" not in str(found)
    assert listed(search(SYSTEM, make_query("雪波")))["meaning"] == ["雪浪"]


def test_nearest_goods_come_first_and_dead_marks_last() -> None:
    """Same group, same class, unknown, other; within each the more alike; the ended ones below."""
    examples.mark("康帅傅", nice_classes=[25], similar_groups=["2501"], holder_name="其他")
    examples.mark("康师付", nice_classes=[30], similar_groups=["3001"], status="cancelled")
    examples.mark("康帅付", nice_classes=[30], similar_groups=["3005"])
    examples.mark("康师敷", nice_classes=[30], similar_groups=["3003"])
    examples.mark("康狮傅", nice_classes=[], similar_groups=[])
    result = search(SYSTEM, make_query("康师傅", similar_groups=["3003"]))
    sounds = next(found for found in result["lists"] if found["key"] == "sound")["hits"]
    assert [hit["relation"] for hit in sounds if hit["lives"]] == sorted(
        (hit["relation"] for hit in sounds if hit["lives"]), key=list(RELATIONS).index
    )
    assert sounds[0]["text"] == "康师敷"
    assert [hit["text"] for hit in sounds if not hit["lives"]] == [sounds[-1]["text"]] == ["康师付"]
    assert result["query"]["nice_classes"] == [30]  # the class of the group is added


def test_every_hit_says_what_an_officer_needs() -> None:
    """Class, status, last day, holder and reasons stand with each mark, in both languages."""
    mark = examples.mark("康帅傅", holder_name="示范市康食品有限公司")
    (hit,) = [
        hit
        for found in search(SYSTEM, make_query("康师傅", nice_classes=[30]))["lists"]
        for hit in found["hits"]
    ]
    assert (hit["mark_id"], hit["number"]) == (mark.pk, mark.registration_number)
    assert (hit["status"], hit["holder"]) == ("registered", "示范市康食品有限公司")
    assert hit["expires_on"] == (mark.expires_on.isoformat() if mark.expires_on else "")
    for language, word in (("en", "looks like"), ("zh-hans", "帅")):
        with translation.override(language):
            assert word in sentence(hit["reasons"][0])


def test_the_words_know_every_code_of_the_engines() -> None:
    """No reason, kind or list is without its words."""
    from zhixing.engines.lookalike.reasons import phrases

    # Circumstances (goods, place, fame) are weighed in sweeps, not in a search of marks.
    circumstances = ("goods_", "territory_", "industry_", "fame_", "excluded_")
    circumstances += ("place_", "trade_", "shell_")
    codes = {code for code in phrases() if not code.startswith(circumstances)}
    assert codes | set(figures.phrases()) <= set(SENTENCES)
    assert set(LISTS) == {"identical", "glyph", "sound", "meaning", "arrangement", "figure"}
    assert {"not_an_opinion", "register_of_the_bureau"} <= set(ADVICE)


def test_advice_follows_from_what_was_found() -> None:
    """An identical living mark, no class, nothing near: each is said; the caution always is."""
    examples.mark("海之韵")
    same = search(SYSTEM, make_query("海之韵", nice_classes=[30]))["advice"]
    assert same[0] == "identical_stands"
    other = search(SYSTEM, make_query("海之韵", nice_classes=[12]))["advice"]
    assert other[0] == "nothing_near"
    assert "classes_missing" in search(SYSTEM, make_query("海之韵"))["advice"]
    for codes in (same, other):
        assert codes[-2:] == ["not_an_opinion", "register_of_the_bureau"]


def test_a_picture_finds_its_mark() -> None:
    """By figure alone, mirrored, and together with words."""
    mark = examples.pictured("海之韵", 5)
    examples.pictured("山之音", 6)
    upload = png(ALTERATIONS["mirrored"](logo(5)))
    result = search(SYSTEM, make_query(picture=upload))
    (figure,) = [found for found in result["lists"] if found["key"] == "figure"]
    assert (figure["hits"][0]["mark_id"], figure["hits"][0]["kind"]) == (mark.pk, "mirrored")
    assert result["figures_compared"] == 2
    both = listed(search(SYSTEM, make_query("山之音", upload)))
    assert both["identical"] == ["山之音"]
    assert both["figure"][0] == "海之韵"


def test_the_index_keeps_up_with_every_change(monkeypatch: Any) -> None:
    """A new mark, a changed one and a new figure are found by the next search, without a job."""
    first = examples.mark("海之韵")
    assert "identical" in listed(search(SYSTEM, make_query("海之韵")))
    base = indexing.snapshot(ask_for_rebuild).base
    examples.mark("康师傅")
    assert "identical" in listed(search(SYSTEM, make_query("康师傅")))
    update_mark(SYSTEM, first, {"text": "天之蓝"})
    assert "identical" not in listed(search(SYSTEM, make_query("海之韵")))
    assert "identical" in listed(search(SYSTEM, make_query("天之蓝")))
    set_figure(SYSTEM, TradeMark.objects.get(pk=first.pk), upload=examples.picture(8))
    assert listed(search(SYSTEM, make_query(picture=png(logo(8)))))["figure"] == ["天之蓝"]
    assert indexing.snapshot(ask_for_rebuild).base is base  # all that without building it anew
    assert not Job.objects.exists()


def test_rows_committed_late_are_not_lost(monkeypatch: Any) -> None:
    """A long import's rows carry an older time of change than rows read before them."""
    examples.mark("海之韵")
    search(SYSTEM, make_query("海之韵"))
    late = examples.mark("康师傅")
    long_ago = TradeMark.objects.order_by("updated").first()
    assert long_ago is not None
    TradeMark.objects.filter(pk=late.pk).update(updated=long_ago.updated - 3 * indexing.OVERLAP)
    assert "identical" in listed(search(SYSTEM, make_query("康师傅")))


def test_a_large_register_is_indexed_by_a_job(monkeypatch: Any) -> None:
    """The first search asks for the job once; after it, later changes are taken along again."""
    monkeypatch.setattr(indexing, "SMALL", 1)
    examples.pictured("海之韵", 4)
    examples.mark("康师傅")
    for _ in range(2):
        with pytest.raises(indexing.NotReady):
            search(SYSTEM, make_query("海之韵"))
    (job,) = Job.objects.all()
    run_inline(job)
    assert "identical" in listed(search(SYSTEM, make_query("海之韵")))
    assert listed(search(SYSTEM, make_query(picture=png(logo(4)))))["figure"] == ["海之韵"]
    examples.mark("天之蓝")
    assert "identical" in listed(search(SYSTEM, make_query("天之蓝")))
    # When much has changed the job is asked for, and searches go on with complete words.
    monkeypatch.setattr(indexing, "FEW", 2)
    for text in ("一山", "二水", "三木"):
        examples.mark(text)
    assert "identical" in listed(search(SYSTEM, make_query("二水")))
    assert Job.objects.filter(state__in=Job.LIVE).count() == 1


def test_an_index_made_by_other_methods_is_not_used(monkeypatch: Any) -> None:
    """A new version of an engine builds the index anew."""
    examples.mark("海之韵")
    at = indexing.stamp()
    indexing.save(indexing.build(at, indexing.read_marks()))
    assert indexing.described_on_disk() == {}
    monkeypatch.setattr(figures, "METHOD", type(lookalike.METHOD)("figures.gradients", "0"))
    indexing.forget()
    assert "identical" in listed(search(SYSTEM, make_query("海之韵")))


def test_a_confidential_filing_is_for_its_own_office() -> None:
    """A filing without a number is told to its office and those above, to nobody else."""
    people = examples.cast()
    path = people.keeper.unit_path
    examples.mark("海之韵", path, status="filed", registration_number="")
    query = make_query("海之韵")
    assert "identical" in listed(search(people.keeper, query))
    assert "identical" not in listed(search(people.elsewhere, query))
    assert "identical" not in listed(search_published(query))
    examples.mark("海之韵", path, status="filed", registration_number="88000001")
    assert "identical" in listed(search_published(query))


def test_the_public_is_not_told_the_names_of_people() -> None:
    """A holder who is a person is masked; an organisation is named."""
    examples.mark("海之韵", holder_name="欧阳小明")
    examples.mark("海之蕴", holder_name="示范市海之韵食品有限公司")
    hits = [h for found in search_published(make_query("海之韵"))["lists"] for h in found["hits"]]
    assert {hit["holder"] for hit in hits} == {"欧×××", "示范市海之韵食品有限公司"}
    told = str(search(SYSTEM, make_query("海之韵")))
    assert "欧阳小明" in told


def test_who_may_not_search_is_refused() -> None:
    """An auditor has no business with the search."""
    with pytest.raises(Refused):
        search(examples.cast().stranger, make_query("海之韵"))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "text"),
        ({"text": "···"}, "text"),
        ({"text": "康" * 121}, "text"),
        ({"text": "康师傅", "nice_classes": ["46"]}, "nice_classes"),
        ({"text": "康师傅", "nice_classes": ["x"]}, "nice_classes"),
        ({"text": "康师傅", "similar_groups": ["300"]}, "similar_groups"),
        ({"text": "康师傅", "similar_groups": ["4600"]}, "similar_groups"),
    ],
)
def test_a_query_that_cannot_be_right_names_its_field(given: Any, field: str) -> None:
    """Expected, found, and where."""
    with pytest.raises(Invalid) as refused:
        make_query(**given)
    assert list(refused.value.fields) == [field]


def test_a_search_needs_few_queries() -> None:
    """However many marks are found."""
    for number in range(30):
        examples.mark(f"康师傅{number}号")
    search(SYSTEM, make_query("康师傅"))
    with CaptureQueriesContext(
        connection,
    ) as seen:
        search(SYSTEM, make_query("康师傅"))
    assert len(seen) <= 3


@given(a=_NAMES, b=_NAMES)
def test_any_two_names_can_be_compared(a: str, b: str) -> None:
    """Whatever is typed, each column holds at most a character of either, with its own reading."""
    try:
        found = compare_names(a, b)
    except Invalid:
        return
    for side in ("a", "b"):
        said = [cell for cell in found["cells"] if cell[side]]
        assert all(cell[side] in found[side] for cell in said)
        assert not any(cell[f"{side}_pinyin"] for cell in said if cell[side].isascii())


@pytest.mark.parametrize(
    ("day", "months", "article"), [("2026-12-31", 3, "33"), ("2027-01-01", 2, "36")]
)
def test_periods_are_those_of_the_day(day: str, months: int, article: str) -> None:
    """The opposition period of the text in force on the day of the search stands in the result."""
    (opposition,) = [p for p in periods(date.fromisoformat(day)) if p["code"] == "tm_opposition"]
    assert (opposition["amount"], opposition["unit"]) == (months, "month")
    assert article in opposition["article"]
