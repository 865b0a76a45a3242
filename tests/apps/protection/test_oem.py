"""OEM orders in the register: checked at once and again, doubts become leads once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.apps.protection import examples
from zhixing.apps.leads.api import Lead, dispose_lead
from zhixing.apps.protection.actions import keep_oem as deeds
from zhixing.apps.registry.api import create_authorisation, update_authorisation, update_mark
from zhixing.kit.errors import Invalid, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Any:
    return examples.cast()


def _codes(order: Any) -> set[str]:
    return {line["code"] for line in order.lines if line["verdict"] != "ok"}


def test_a_mark_of_somebody_else_raises_a_lead_at_once(people: Any) -> None:
    """Same mark, same class, no contract: contradiction, one lead of the maker's office."""
    mark = examples.mark(people.keeper.unit_path, 1, text="山岭牌户外")
    order = examples.order(people.keeper.unit_path, 1, mark_text="山岭牌户外")
    assert order.verdict == "contradiction"
    assert "rival_same" in _codes(order)
    lead = Lead.objects.get(monitor="protection.oem")
    assert (lead.subject, lead.unit_path) == (order.enterprise.subject, order.unit_path)
    assert mark.holder_name in lead.reasons[0]["text"]


def test_a_look_alike_is_found_and_one_for_other_goods_is_not(people: Any) -> None:
    """One character apart in class 25; the same pair in class 30 is no rival."""
    examples.mark(people.keeper.unit_path, 1, text="康师傅", nice_classes=[30])
    like = examples.order(people.keeper.unit_path, 1, mark_text="康帅傅", nice_classes=[30])
    assert "rival_like" in _codes(like)
    other = examples.order(people.keeper.unit_path, 2, mark_text="康帅傅", nice_classes=[25])
    assert "rival_like" not in _codes(other)


def test_a_contract_ends_the_doubt_and_its_end_brings_it_back(
    people: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """The order is checked anew when its contract or its mark is changed in the register."""
    today = timezone.localdate()
    mark = examples.mark(
        people.keeper.unit_path, 1, text="山岭", expires_on=today + timedelta(days=400)
    )
    order = examples.order(people.keeper.unit_path, 1, mark_text="山岭", trade_mark=mark)
    assert "right_other" in _codes(order)
    contract = create_authorisation(
        examples.SYSTEM,
        {
            "kind": "oem", "grantor_name": mark.holder_name, "mark": mark, "mark_text": "山岭",
            "grantee_name": order.enterprise.subject.name, "grantee": order.enterprise.subject,
            "nice_classes": [25], "starts_on": today - timedelta(days=100),
            "ends_on": today + timedelta(days=100), "unit_path": people.keeper.unit_path,
            "contract_number": "HT-1",
        },
    )  # fmt: skip
    label = f"山岭 {order.enterprise.subject.name} 产地中国"
    order = deeds.change_order(
        people.keeper, order, {"authorisation": contract, "label_text": label}
    )
    assert (order.verdict, _codes(order)) == ("ok", set())
    with django_capture_on_commit_callbacks(execute=True):
        update_authorisation(examples.SYSTEM, contract, {"status": "revoked"})
    order.refresh_from_db()
    assert _codes(order) == {"contract_ended"}
    with django_capture_on_commit_callbacks(execute=True):
        update_authorisation(examples.SYSTEM, contract, {"status": "in_force"})
        update_mark(examples.SYSTEM, mark, {"status": "cancelled"})
    order.refresh_from_db()
    assert _codes(order) == {"mark_not_registered"}


def test_the_same_doubt_does_not_come_again_and_a_new_one_does(people: Any) -> None:
    """A dismissed lead stays dismissed when the order is checked again."""
    order = examples.order(people.keeper.unit_path, 1)
    assert _codes(order) >= {"right_none"}
    lead = Lead.objects.get(monitor="protection.oem")
    dispose_lead(people.keeper, lead, disposition="dismissed", reason="已补交授权")
    deeds.check_order(people.keeper, order)
    assert Lead.objects.filter(monitor="protection.oem").count() == 1
    deeds.change_order(people.keeper, order, {"export_only": True, "domestic_quantity": 10})
    assert Lead.objects.filter(monitor="protection.oem").count() == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"nice_classes": []}, "nice_classes"),
        ({"nice_classes": [46]}, "nice_classes"),
        ({"mark_text": " "}, "mark_text"),
        ({"number": ""}, "number"),
        ({"client_name": ""}, "client_name"),
    ],
)
def test_what_cannot_be_right_is_refused_by_field(
    people: Any, values: dict[str, Any], field: str
) -> None:
    """No class, no mark, no number, nobody who ordered; nothing is kept and no lead raised."""
    with pytest.raises(Invalid) as refused:
        examples.order(people.keeper.unit_path, 1, **values)
    assert field in refused.value.fields
    assert not Lead.objects.filter(monitor="protection.oem").exists()


def test_more_than_all_cannot_be_sold_here(people: Any) -> None:
    """The part sold in China is a part."""
    with pytest.raises(Invalid):
        examples.order(people.keeper.unit_path, 1, quantity=10, domestic_quantity=11)


@pytest.mark.parametrize("who", ["elsewhere", "stranger"])
def test_whoever_is_not_of_the_office_can_do_nothing(people: Any, who: str) -> None:
    """Neither file a processor, nor enter, change or check an order."""
    outsider = getattr(people, who)
    order = examples.order(people.keeper.unit_path, 1)
    given = {"subject": examples.subject(people.keeper.unit_path, 5), "goods": "鞋"}
    for attempt in (
        lambda: deeds.file_enterprise(outsider, given),
        lambda: deeds.change_enterprise(outsider, order.enterprise, {"goods": "鞋"}),
        lambda: deeds.change_order(outsider, order, {"goods": "鞋"}),
        lambda: deeds.check_order(outsider, order),
        lambda: deeds.enter_order(
            outsider,
            {
                "enterprise": order.enterprise, "number": "9", "client_name": "甲",
                "mark_text": "乙", "nice_classes": [25], "goods": "鞋", "quantity": 1,
                "ordered_on": timezone.localdate(),
            },
        ),
    ):  # fmt: skip
        with pytest.raises(Refused):
            attempt()


def test_a_processor_is_filed_once(people: Any) -> None:
    """The same operator twice is refused."""
    first = examples.maker(people.keeper.unit_path, 1)
    with pytest.raises(Invalid):
        examples.maker(people.keeper.unit_path, 2, subject=first.subject)
