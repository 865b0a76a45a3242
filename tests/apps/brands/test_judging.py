"""What weighs in beside likeness: goods, territory, trade; who is left alone; what is no name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.apps.brands import examples
from zhixing.apps.brands.api import Hit, Sighting, start_sweep, take_over_marks
from zhixing.apps.brands.judging.goods import goods_between, goods_table, trade_of
from zhixing.apps.brands.judging.judge import judge
from zhixing.apps.brands.judging.names import Name
from zhixing.apps.brands.judging.standing import standing_guard
from zhixing.apps.brands.judging.texts import parts_of
from zhixing.apps.brands.models import WatchedMark
from zhixing.apps.leads.api import Lead
from zhixing.apps.registry.api import create_authorisation, create_mark, create_subject
from zhixing.kit.errors import Invalid, Refused
from zhixing.kit.jobs.api import Job, run_inline

ACTOR = examples.ACTOR
SHOP_NAME = "海州市康帅傅食品经营部"


def _probability(text: str = SHOP_NAME, **known: Any) -> float:
    (found,) = judge([Name("subject", 1, text, known.pop("path"), **known)], standing_guard(), 0.01)
    return found.probability


# ---------------------------------------------------------------------- circumstances


def test_goods_are_the_same_adjacent_or_other() -> None:
    """Groups decide within a class; neighbours of the table hold both ways."""
    assert goods_between([30], [], [30, 5], []) == "same_class"
    assert goods_between([30], ["3009"], [30], ["3009", "3002"]) == "same_class"
    assert goods_between([30], ["3009"], [30], ["3002"]) == "adjacent"
    assert goods_between([29], [], [30], []) == goods_between([30], [], [29], []) == "adjacent"
    assert goods_between([30], [], [12], []) == "other"
    assert goods_between([], [], [12], []) == "unknown"


def test_every_class_of_the_table_is_one_and_no_class_is_its_own_neighbour() -> None:
    """The file holds Nice classes and GB/T 4754 codes."""
    table = goods_table()
    assert set(table.trades) | set(table.adjacent) <= set(range(1, 46))
    assert all(number not in near for number, near in table.adjacent.items())
    for codes in (*table.trades.values(), table.general_trade):
        assert all((code[0].isalpha() and code[1:].isdecimal()) or len(code) == 1 for code in codes)


def test_an_operator_s_trade_is_that_of_the_goods_or_another() -> None:
    """General trade says nothing, nor does an unknown industry."""
    assert trade_of([30], "F5229") == "same"
    assert trade_of([30], "C3311") == "other"
    assert trade_of([30], "F5212") == "unknown"
    assert trade_of([30], "") == trade_of([], "F5229") == "unknown"


@pytest.mark.django_db
def test_goods_territory_trade_and_fame_move_the_probability() -> None:
    """Each in the direction the law says, and each says so in a reason."""
    path = examples.cast().keeper.unit_path
    mark = examples.watched(
        path, "康师傅", protection="foreign", nice_classes=[30], territory=["3799"]
    )
    plain = _probability(path=path)
    assert (
        _probability(path=path, industry="F5229") > plain > _probability(path=path, industry="C331")
    )
    assert (
        _probability(path=path, region="379901") > plain > _probability(path=path, region="110101")
    )
    assert _probability(path=path, nice_classes=(30,)) > plain
    assert _probability(path=path, nice_classes=(12,)) < plain
    WatchedMark.objects.filter(pk=mark.pk).update(protection="well_known", updated=timezone.now())
    assert _probability(path=path) > plain
    (found,) = judge(
        [Name("subject", 1, SHOP_NAME, path, industry="F5229", region="379901")],
        standing_guard(), 0.01,
    )  # fmt: skip
    codes = {row["code"] for row in found.rows}
    assert {"industry_same", "territory_same", "fame_well_known"} <= codes


@pytest.mark.django_db
def test_an_overseas_company_and_its_dressing_have_their_own_reason() -> None:
    """A company registered abroad by kind, or by 香港 … 国际 … 集团 in the name."""
    path = examples.cast().keeper.unit_path
    examples.watched(path, "康师傅")
    dressed = Name("subject", 1, "香港康师傅国际食品集团有限公司", path)
    abroad = Name("subject", 2, "康师傅食品有限公司", path, is_overseas=True)
    plain = Name("subject", 3, "海州市康师傅食品有限公司", path)
    found = {each.name.pk: each for each in judge([dressed, abroad, plain], standing_guard(), 0.3)}
    assert found[1].is_overseas
    assert found[2].is_overseas
    assert not found[3].is_overseas
    assert "overseas" in {row["code"] for row in found[1].rows}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    ["优质大米", "放心粮油店", "特产茶叶", "新鲜水果批发", "净含量 500克 保质期 12个月", "老字号"],
)
def test_descriptive_and_generic_words_are_no_hits(text: str) -> None:
    """What goods are and how they are praised names nobody."""
    path = examples.cast().keeper.unit_path
    for brand in ("五常大米", "康师傅", "西湖龙井", "老干妈", "大白兔"):
        examples.watched(path, brand)
    assert judge([Name("label", 1, text, path)], standing_guard(), 0.3) == []
    assert judge([Name("shop", 1, text, path)], standing_guard(), 0.3) == []


# ---------------------------------------------------------------------- texts


def test_a_label_is_parted_into_what_may_be_names() -> None:
    """Captions and punctuation part it; each part keeps its place; a register's name is one."""
    text = "品牌:康帅傅\n香港康帅傅国际集团 监制\nHEAD AND SHOULDERS"
    parts = [part for part in parts_of("label", text) if not part.is_window]
    assert [part.text for part in parts] == [
        "康帅傅", "香港康帅傅国际集团", "品牌", "监制", "HEAD AND SHOULDERS",
    ]  # fmt: skip
    assert [part.role for part in parts][:3] == ["brand", "supervisor", ""]
    assert all(text[part.start :].startswith(part.text) for part in parts_of("label", text))
    assert [part.text for part in parts_of("subject", "海州市(平安)食品")] == ["海州市(平安)食品"]
    assert parts_of("label", " \n") == []


@pytest.mark.django_db
def test_a_brand_inside_running_text_is_found_and_two_characters_are_not() -> None:
    """康帅傅红烧牛肉面 without a space; a two-character brand would be met by chance."""
    path = examples.cast().keeper.unit_path
    examples.watched(path, "康师傅")
    examples.watched(path, "格力")
    inside = judge([Name("listing", 1, "正品康帅傅红烧牛肉面整箱", path)], standing_guard(), 0.3)
    assert [found.like for found in inside] == ["康师傅"]
    assert judge([Name("listing", 1, "提升人格力量的读书会", path)], standing_guard(), 0.3) == []


# ---------------------------------------------------------------------- who is left alone


@pytest.mark.django_db(transaction=True)
class TestLicences:
    """A contract excludes when it comes from the holder, covers the use, and is in force."""

    def _cast(self) -> tuple[Any, Any, Any]:
        path = examples.cast().keeper.unit_path
        holder = create_subject(ACTOR, {"name": "康师傅控股有限公司", "unit_path": path})
        mark = create_mark(ACTOR, {"text": "康师傅", "unit_path": path, "holder": holder})
        examples.watched(path, "康师傅", trade_mark=mark, nice_classes=[30])
        shop = examples.subject(path, "海州市康师傅食品经营部")
        return holder, mark, shop

    def _standing(self, row: Any) -> str:
        kind = row.kind if isinstance(row, Sighting) else "subject"
        return str(Hit.objects.get(object_id=row.pk, name_kind=kind).standing)

    def test_the_holder_is_left_alone_and_shown(self) -> None:
        """The holder's own company is a hit with its ground, and no lead."""
        holder, _mark, shop = self._cast()
        assert self._standing(shop) == "lead"
        start = start_sweep(ACTOR, unit_path=holder.unit_path, anew=True)
        assert run_inline(start.job).state == Job.State.DONE  # type: ignore[arg-type]
        hit = Hit.objects.get(object_id=holder.pk)
        assert (hit.standing, hit.ground, hit.lead) == ("excluded", "holder", None)
        assert Lead.objects.count() == 1

    def test_a_licence_of_somebody_else_excludes_nothing(self) -> None:
        """A shell company that "licenses" what it does not hold is what free-riders show."""
        holder, _mark, shop = self._cast()
        shell = create_subject(
            ACTOR, {"name": "香港康师傅国际集团", "kind": "overseas", "unit_path": holder.unit_path}
        )
        create_authorisation(ACTOR, {"mark_text": "康师傅", "grantor": shell, "grantee": shop})
        assert self._standing(shop) == "lead"

    def test_a_chain_that_goes_back_to_the_holder_excludes(self) -> None:
        """The holder's licensee may commission the shop, if its own contract is in force."""
        holder, mark, shop = self._cast()
        between = create_subject(
            ACTOR, {"name": "海州食品工贸有限公司", "unit_path": holder.unit_path}
        )
        create_authorisation(
            ACTOR, {"mark": mark, "grantor": between, "grantee": shop, "kind": "oem"}
        )
        assert self._standing(shop) == "lead"
        create_authorisation(ACTOR, {"mark": mark, "grantor": holder, "grantee": between})
        assert self._standing(shop) == "excluded"

    @pytest.mark.parametrize(
        "limit",
        [
            {"ends_on": date(2020, 1, 1)},
            {"starts_on": date(2999, 1, 1)},
            {"export_only": True},
            {"status": "revoked"},
        ],
    )
    def test_a_contract_that_does_not_cover_the_use_excludes_nothing(self, limit: Any) -> None:
        """Ended, not begun, for export only, withdrawn."""
        holder, mark, shop = self._cast()
        create_authorisation(ACTOR, {"mark": mark, "grantor": holder, "grantee": shop, **limit})
        assert self._standing(shop) == "lead"

    def test_a_licence_covers_the_brand_and_not_a_look_alike(self) -> None:
        """Who may use 康师傅 may not write 康帅傅."""
        holder, mark, _shop = self._cast()
        other = create_subject(ACTOR, {"name": SHOP_NAME, "unit_path": holder.unit_path})
        create_authorisation(ACTOR, {"mark": mark, "grantor": holder, "grantee": other})
        assert self._standing(other) == "lead"

    def test_a_sighting_is_held_against_the_day_it_was_seen(self) -> None:
        """A licence that ran out since covered the label of that day."""
        holder, mark, shop = self._cast()
        today = timezone.localdate()
        ended = today - timedelta(days=10)
        create_authorisation(
            ACTOR, {"mark": mark, "grantor": holder, "grantee": shop, "ends_on": ended}
        )
        old = examples.sighting(
            shop.unit_path, "康师傅面馆", subject=shop, seen_on=ended - timedelta(days=1)
        )
        new = examples.sighting(shop.unit_path, "康师傅面馆", subject=shop, seen_on=today)
        assert (self._standing(old), self._standing(new)) == ("excluded", "lead")


# ---------------------------------------------------------------------- lists


@pytest.mark.django_db
def test_protected_marks_are_taken_over_in_one_step() -> None:
    """With holder, classes and link, one brand per text; twice takes nothing more."""
    people = examples.cast()
    path = people.keeper.unit_path

    def mark(number: int, text: str, **values: Any) -> Any:
        return create_mark(
            ACTOR, {"text": text, "unit_path": path, "registration_number": f"9{number}", **values}
        )

    first = mark(
        1, "康师傅", protection=["well_known"], nice_classes=[30], holder_name="康师傅公司"
    )
    mark(2, "康师傅", protection=["provincial"], nice_classes=[32], holder_name="康师傅公司")
    mark(3, "五常大米", kind="geographical", nice_classes=[30])
    mark(4, "飘柔", protection=["foreign"])
    mark(5, "无名", nice_classes=[30])
    mark(6, "旧驰名", protection=["well_known"], status="expired")
    taken = {row.text: row for row in take_over_marks(people.keeper)}
    assert set(taken) == {"康师傅", "五常大米", "飘柔"}
    assert taken["康师傅"].nice_classes == [30, 32]
    assert (taken["康师傅"].protection, taken["康师傅"].trade_mark) == ("well_known", first)
    assert taken["五常大米"].protection == "geographical"
    assert taken["飘柔"].protection == "foreign"
    assert len({row.revision for row in taken.values()}) == 1
    assert take_over_marks(people.keeper) == []
    with pytest.raises(Refused):
        take_over_marks(people.stranger)


@pytest.mark.django_db
def test_a_territory_is_division_codes() -> None:
    """Closing zeros fall away, a part of another falls away, anything else is refused."""
    path = examples.cast().keeper.unit_path
    mark = examples.watched(path, "康师傅", territory=["370000", "370102", "1101"])
    assert mark.territory == ["1101", "37"]
    with pytest.raises(Invalid):
        examples.watched(path, "王老吉", territory=["山东"])


@pytest.mark.django_db(transaction=True)
def test_a_bureau_wide_sweep_uses_the_lists_of_offices_below_for_their_own_names() -> None:
    """The office's brand protects names of its area, and no name of the office beside it."""
    offices = examples.offices()
    examples.subject(offices.office.path, "海州市康帅傅食品有限公司")
    examples.subject(offices.other_office.path, "海州市康帅傅饮料有限公司")
    examples.watched(offices.office.path, "康师傅")
    sweep = start_sweep(ACTOR, unit_path=offices.bureau.path)
    assert run_inline(sweep.job).state == Job.State.DONE  # type: ignore[arg-type]
    assert [lead.unit_path for lead in Lead.objects.all()] == [offices.office.path]
    sweep.refresh_from_db()
    assert (sweep.marks, sweep.names) == (1, 2)
