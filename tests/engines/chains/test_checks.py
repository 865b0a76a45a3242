"""Authorisation chains: what is claimed against what is on file."""

from __future__ import annotations

import doctest
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhixing.engines.chains import (
    KINDS,
    Claim,
    Contract,
    Facts,
    LabelSeen,
    Limits,
    Mark,
    Resembled,
    allows,
    check,
    covers,
)

DAY = date(2026, 6, 1)
LIMITS = Limits(hub_products=3, hub_factories=3)
LENDER = Claim("licensor", "hk", "香港皇冠国际集团有限公司", "授权商", overseas=True)
FACTORY = Claim("manufacturer", "f1", "示范市华盛制衣有限公司", "制造商")
CONTRACT = Contract(
    1, "hk", LENDER.name, "f1", FACTORY.name, 7, "皇冠", "XK-1", "服装、衬衫", "示范省",
    starts=date(2026, 1, 1), ends=date(2026, 12, 31),
)  # fmt: skip
MARK = Mark(7, "皇冠", "hk", LENDER.name, date(2030, 1, 1))


def label(number: int = 1, *claims: Claim, **values: Any) -> LabelSeen:
    given = {"brand": "皇冠", "mark": 7, "goods": "男式衬衫", "where": "示范省示范市城东区"}
    return LabelSeen(number, DAY, claims=claims or (LENDER, FACTORY), **(given | values))


def kinds(facts: Facts, limits: Limits = LIMITS) -> list[str]:
    return [finding.kind for finding in check(facts, limits)]


def facts(*labels: LabelSeen, contract: Contract | None = CONTRACT, mark: Mark = MARK) -> Facts:
    return Facts(labels or (label(),), [contract] if contract else [], {7: mark})


def test_a_chain_that_contracts_bear_raises_nothing() -> None:
    """Holder, licence in force, its goods and its territory: no finding."""
    assert kinds(facts()) == []


def test_a_claimed_link_without_contract_is_a_gap_named_once_for_all_its_labels() -> None:
    """Thousands of labels of one link are one finding that counts them."""
    labels = [label(number) for number in range(1, 3001)]
    (finding,) = check(facts(*labels, contract=None), LIMITS)
    assert finding.kind == "gap"
    assert finding.label_count == 3000
    assert finding.labels[0] == 3000
    assert len(finding.labels) == 20
    assert LENDER.name in finding.reasons[0].text
    assert FACTORY.name in finding.reasons[0].text


def test_an_overseas_gap_weighs_more_than_a_domestic_one() -> None:
    """The clause is about overseas names; a domestic supervisor without filing is weaker."""
    domestic = replace(LENDER, party="d", name="示范市皇冠食品有限公司", overseas=False)
    overseas = check(facts(contract=None), LIMITS)[0]
    other = check(facts(label(1, domestic, FACTORY), contract=None), LIMITS)[0]
    assert overseas.probability > other.probability


def test_domestic_commissioned_manufacture_is_no_claim() -> None:
    """委托方 and 受托方 of the mainland need no filed licence."""
    principal = Claim("entrusting", "p", "上海味之源实业有限公司", "委托方")
    assert kinds(facts(label(1, principal, FACTORY), contract=None)) == []
    overseas = replace(principal, overseas=True)
    assert kinds(facts(label(1, overseas, FACTORY), contract=None)) == ["gap"]


def test_a_licensor_without_factory_and_contract_is_told() -> None:
    """Only the overseas name stands on the label."""
    assert kinds(facts(label(1, LENDER), contract=None)) == ["no_factory"]


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ({"ends": date(2026, 5, 31)}, "expired", "2026-05-31到期"),
        ({"starts": date(2026, 6, 2)}, "not_begun", "2026-06-02才生效"),
        ({"ended": True}, "expired", "提前终止"),
        ({"ends": date(2031, 1, 1)}, "beyond_mark", "2030-01-01"),
        ({"territory": "广东省、福建省"}, "territory", "广东省、福建省"),
        ({"territory": "境外"}, "territory", "境外"),
        ({"goods": "电饭煲"}, "goods", "电饭煲"),
        ({"export_only": True}, "export_only", "仅供出口"),
    ],
)
def test_a_contract_that_does_not_bear_the_use_is_told(
    change: dict[str, Any], kind: str, words: str
) -> None:
    """One kind of trouble, one finding, with the fact in its sentence and the contract named."""
    (finding,) = check(facts(contract=replace(CONTRACT, **change)), LIMITS)
    assert finding.kind == kind
    assert words in finding.reasons[0].text
    assert finding.contracts == (1,)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"expires": date(2026, 5, 1)}, "mark_dead"),
        ({"alive": False}, "mark_dead"),
        ({"holder": "x", "holder_name": "皇冠控股"}, "not_holder"),
    ],
)
def test_a_licence_cannot_rest_on_a_mark_that_does_not_bear_it(
    change: dict[str, Any], kind: str
) -> None:
    """Expired, cancelled, or somebody else's."""
    contract = replace(CONTRACT, ends=None)
    assert kinds(facts(contract=contract, mark=replace(MARK, **change))) == [kind]


def test_a_sublicence_bears_the_link_and_its_weakest_contract_breaks_it() -> None:
    """Holder to lender to operator to factory: any contract out of force breaks the chain."""
    holder = replace(MARK, holder="owner", holder_name="皇冠控股")
    first = replace(CONTRACT, id=2, grantor="owner", grantor_name="皇冠控股", grantee="hk")
    second = replace(CONTRACT, id=3, grantee="op", grantee_name="示范市运营有限公司")
    third = replace(CONTRACT, id=4, grantor="op", grantor_name="示范市运营有限公司")
    assert kinds(Facts([label()], [first, second, third], {7: holder})) == []
    ran_out = replace(third, ends=date(2026, 2, 1))
    (finding,) = check(Facts([label()], [first, second, ran_out], {7: holder}), LIMITS)
    assert (finding.kind, finding.contracts) == ("expired", (4,))
    assert kinds(Facts([label()], [second, third], {7: MARK}), replace(LIMITS, depth=1)) == [
        "contract_contradicts"
    ]


def test_one_good_way_is_enough() -> None:
    """A renewed contract beside the old one: no finding."""
    old = replace(CONTRACT, id=9, starts=date(2025, 1, 1), ends=date(2025, 12, 31))
    assert "expired" not in kinds(Facts([label()], [old, CONTRACT], {7: MARK}))


def test_a_contract_that_names_somebody_else_contradicts_the_label() -> None:
    """The factory's filed licence for the mark is from another grantor than the label says."""
    other = replace(CONTRACT, grantor="owner", grantor_name="皇冠控股有限公司")
    (finding,) = check(facts(contract=other), LIMITS)
    assert finding.kind == "contract_contradicts"
    assert "皇冠控股有限公司" in finding.reasons[0].text


def test_labels_of_one_product_that_name_others_contradict() -> None:
    """Different licensors, different factories; the same in another order is no contradiction."""
    other = Claim("licensor", "uk", "英国皇冠有限公司", "授权方", overseas=True)
    second = Claim("manufacturer", "f2", "示范市美盛制衣厂")
    one = label(1, LENDER, FACTORY, product="p")
    assert (
        kinds(Facts([one, replace(one, id=2, claims=(FACTORY, LENDER))], [CONTRACT], {7: MARK}))
        == []
    )
    found = kinds(Facts([one, replace(one, id=2, claims=(other, second))]))
    assert {"contradicting_licensors", "contradicting_factories"} <= set(found)
    both = replace(one, id=2, claims=(LENDER, other, FACTORY))
    assert "contradicting_licensors" not in kinds(Facts([one, both]))


def test_a_lender_behind_many_factories_is_a_hub() -> None:
    """From the limit on, and not below it."""
    many = [
        label(
            n, LENDER, replace(FACTORY, party=f"f{n}", name=f"示范市第{n}制衣厂"), product=f"p{n}"
        )
        for n in range(1, 4)
    ]
    hubs = [f for f in check(Facts(many), LIMITS) if f.kind == "hub"]
    assert [finding.label_count for finding in hubs] == [3]
    assert "hub" not in kinds(Facts(many[:2]))


def test_an_overseas_lender_like_a_protected_mark_keeps_the_judgement() -> None:
    """Probability and reasons of the judge stand in the finding; a domestic one is not asked."""
    like = Resembled("皇冠", 0.87, [{"code": "identical", "text": "完全相同"}])
    finding = next(f for f in check(replace(facts(), resembled={"hk": like}), LIMITS))
    assert (finding.kind, finding.probability) == ("lookalike", 0.87)
    assert [reason.code for reason in finding.reasons] == ["lookalike", "identical"]
    domestic = label(1, replace(LENDER, overseas=False), FACTORY)
    assert kinds(replace(facts(domestic), resembled={"hk": like})) == []


def test_contracts_that_lead_back_are_one_cycle() -> None:
    """A ring is found once, whatever contract it is entered by; a chain is no ring."""
    ring = [
        replace(CONTRACT, id=n, grantor=a, grantee=b, grantor_name=a, grantee_name=b)
        for n, (a, b) in enumerate(("ab", "bc", "ca"), start=1)
    ]
    (finding,) = check(Facts([], ring), LIMITS)
    assert (finding.kind, finding.contracts) == ("cycle", (1, 2, 3))
    assert kinds(Facts([], ring[:2])) == []
    other_mark = [*ring[:2], replace(ring[2], mark=8)]
    assert kinds(Facts([], other_mark)) == []


def test_a_large_hub_is_checked_without_walking_everything_for_everybody() -> None:
    """A thousand factories of one licensor, each with its contract: nothing but the hub."""
    labels, contracts = [], []
    for n in range(1000):
        factory = replace(FACTORY, party=f"f{n}", name=f"第{n}厂")
        labels.append(label(n, LENDER, factory))
        contracts.append(replace(CONTRACT, id=n, grantee=f"f{n}"))
    assert kinds(Facts(labels, contracts, {7: MARK})) == ["hub"]


@pytest.mark.parametrize(
    ("territory", "where", "covered"),
    [
        ("", "示范市", True),
        ("全国", "示范市", True),
        ("中国大陆地区", "示范市", True),
        ("中国香港", "示范省示范市", False),
        ("广东省", "广东佛山", True),
        ("广东省、福建省", "示范省示范市", False),
        ("示范市", "", True),
    ],
)
def test_territories(territory: str, where: str, covered: bool) -> None:
    """Places are compared without their level; what is unknown is no objection."""
    assert covers(territory, where) is covered


@pytest.mark.parametrize(
    ("goods", "product", "allowed"),
    [
        ("服装、衬衫", "男式衬衫", True),
        ("核定使用的全部商品", "电饭煲", True),
        ("酒", "茅王神酒", True),
        ("电饭煲", "男式衬衫", False),
        ("", "男式衬衫", True),
        ("皮鞋;皮带", "", True),
    ],
)
def test_goods(goods: str, product: str, allowed: bool) -> None:
    """A list that shares no word with the product objects."""
    assert allows(goods, product) is allowed


def test_the_worked_examples_of_the_page_hold() -> None:
    """Every line of docs/methods/authorisation-chains.md gives what the page says."""
    page = Path(__file__).resolve().parents[3] / "docs" / "methods" / "authorisation-chains.md"
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert result.attempted >= 12
    assert result.failed == 0


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans()), max_size=12),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(-40, 40)), max_size=8),
)
def test_any_facts_give_the_same_findings_again(
    claimed: list[tuple[int, int, bool]], contracts: list[tuple[int, int, int]]
) -> None:
    """Findings are of known kinds, have distinct keys and a reason, and do not depend on order."""
    labels = [
        label(n, replace(LENDER, party=f"l{a}", overseas=o), replace(FACTORY, party=f"l{b}"),
              product=f"p{n % 2}")
        for n, (a, b, o) in enumerate(claimed)
    ]  # fmt: skip
    filed = [
        replace(CONTRACT, id=n, grantor=f"l{a}", grantee=f"l{b}", ends=DAY + timedelta(days))
        for n, (a, b, days) in enumerate(contracts)
        if a != b
    ]
    found = check(Facts(labels, filed, {7: MARK}), LIMITS)
    assert all(finding.kind in KINDS and finding.reasons[0].text for finding in found)
    assert all(0 <= finding.probability <= 1 for finding in found)
    assert len({finding.key for finding in found}) == len(found)
    again = check(Facts(labels, list(reversed(filed)), {7: MARK}), LIMITS)
    assert {finding.kind for finding in again} == {finding.kind for finding in found}


def test_a_contract_that_ran_out_since_is_told_from_the_day_after_its_last() -> None:
    """Borne when seen, not any more today; renewed, long past or found late already, it is not."""

    def on(days: int, *more: Contract, seen: date = DAY) -> list[str]:
        today = date(2026, 12, 31) + timedelta(days)
        own = replace(label(), on=seen)
        return kinds(Facts([own], [CONTRACT, *more], {7: MARK}, today=today))

    assert on(0) == []
    assert on(1) == ["lapsed"]
    assert on(365) == ["lapsed"]
    assert on(366) == []
    again = replace(CONTRACT, id=2, starts=date(2027, 1, 1), ends=date(2027, 12, 31))
    assert on(1, again) == []
    assert on(20, seen=date(2027, 1, 10)) == ["expired"]
