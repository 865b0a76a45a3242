"""Holders and licensed users are left alone, with the contract shown, by whatever way they come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.apps.brands import examples
from tests.apps.brands.test_trade_names import _enterprise, _region
from zhixing.apps.brands.api import Hit, start_sweep
from zhixing.apps.leads.api import Lead
from zhixing.apps.registry.api import create_authorisation, create_mark, create_subject
from zhixing.kit.jobs.api import run_inline
from zhixing.kit.testing.suites import BACKEND

ACTOR = examples.ACTOR
HOLDER, SHOP, MAKER = "康师傅控股有限公司", "海州市康师傅食品经营部", "海州市恒昌食品厂"
pytestmark = pytest.mark.django_db(transaction=True)


def _brand(path: str) -> Any:
    """The holder, and its mark on the watch list."""
    holder = create_subject(ACTOR, {"name": HOLDER, "unit_path": path})
    mark = create_mark(ACTOR, {"text": "康师傅", "unit_path": path, "holder": holder})
    examples.watched(path, "康师傅", trade_mark=mark, holder_name=holder.name)
    return holder, mark


def _licensed(path: str, name: str) -> Any:
    holder, mark = _brand(path)
    user = create_subject(ACTOR, {"name": name, "unit_path": path, "industry": "F5229"})
    values = {"mark": mark, "grantor": holder, "grantee": user, "contract_number": "XK-7"}
    return user, create_authorisation(ACTOR, values)


def _by_arrival(path: str) -> Hit:
    user, _contract = _licensed(path, SHOP)
    return Hit.objects.get(object_id=user.pk, name_kind="subject")


def _by_sweep(path: str) -> Hit:
    user, _contract = _licensed(path, SHOP)
    Hit.objects.all().delete()
    run_inline(start_sweep(ACTOR, unit_path=path, anew=True).job)  # type: ignore[arg-type]
    return Hit.objects.get(object_id=user.pk, name_kind="subject")


def _on_a_shop(path: str) -> Hit:
    user, _contract = _licensed(path, MAKER)
    sighting = examples.sighting(path, "康师傅面馆", subject=user)
    return Hit.objects.get(object_id=sighting.pk, name_kind="shop")


def _on_a_label(path: str) -> Hit:
    _licensed(path, MAKER)
    label = examples.label(path, f"品牌:康师傅\n生产商:{MAKER}", seller_name="海州市平安超市")
    return Hit.objects.get(object_id=label.pk, name_kind="label")


def _against_a_trade_name(path: str) -> Hit:
    place = {"region": _region("379901"), "industry": "F5229"}
    first = examples.subject(
        path, "海州市鸿雁食品有限公司", registered_on=date(2015, 3, 2), **place
    )
    later = examples.subject(path, "海州市鸿雁商贸有限公司", **place)
    assert Hit.objects.get().standing == "lead"
    create_authorisation(
        ACTOR,
        {
            "mark_text": "鸿雁", "grantor": first, "grantee": later, "contract_number": "XK-7",
            "unit_path": path,
        },
    )  # fmt: skip
    return Hit.objects.get()


@pytest.mark.parametrize(
    "come", [_by_arrival, _by_sweep, _on_a_shop, _on_a_label, _against_a_trade_name]
)
def test_a_licensed_use_is_left_alone_and_its_contract_shown(
    come: Callable[[str], Hit], client: Any
) -> None:
    """The hit is kept, names the contract and links it; no lead is open with a probability."""
    people = examples.cast()
    hit = come(people.keeper.unit_path)
    assert (hit.standing, hit.ground) == ("excluded", "licence")
    assert hit.authorisation is not None
    assert "XK-7" in hit.ground_text
    client.force_login(people.keeper, backend=BACKEND)
    page = client.get(f"/brands/hits/{hit.pk}/").content.decode()
    assert hit.authorisation.get_absolute_url() in page
    for lead in Lead.objects.filter(pk=hit.lead_id):
        assert "XK-7" in lead.first_reason


def test_on_a_label_its_makers_are_asked_and_not_the_shop() -> None:
    """A licensed shop does not cover goods that somebody else made; the holder's own are fine."""
    path = examples.cast().keeper.unit_path
    shop, _contract = _licensed(path, SHOP)
    Hit.objects.all().delete()
    theirs = examples.label(path, f"品牌:康师傅\n生产商:{MAKER}", seller=shop)
    own = examples.label(path, f"品牌:康师傅\n委托方:{HOLDER}\n受托生产企业:{MAKER}")
    silent = examples.label(path, "品牌:康师傅 方便面", seller=shop)
    standing = {hit.object_id: (hit.standing, hit.ground) for hit in Hit.objects.all()}
    assert standing == {
        theirs.pk: ("lead", ""), own.pk: ("excluded", "holder"), silent.pk: ("excluded", "licence"),
    }  # fmt: skip


def test_a_licence_to_one_mark_says_nothing_of_another_trade_name() -> None:
    """The contract must be about the very trade name, from who bears it."""
    path = examples.cast().keeper.unit_path
    first = _enterprise("海州市鸿雁食品有限公司", registered_on=date(2015, 3, 2))
    later = _enterprise("海州市鸿雁商贸有限公司")
    other = create_subject(ACTOR, {"name": "海州市平安食品有限公司", "unit_path": path})
    for grantor, text in ((first, "青禾"), (other, "鸿雁")):
        values = {"mark_text": text, "grantor": grantor, "grantee": later, "unit_path": path}
        create_authorisation(ACTOR, values)
    assert Hit.objects.get().standing == "lead"
