"""New enterprise names against the trade names of their place and trade."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.apps.brands import examples
from zhixing.apps.accounts.api import Region
from zhixing.apps.brands.api import Hit, start_sweep
from zhixing.apps.leads.api import Lead
from zhixing.apps.registry.api import update_subject
from zhixing.kit.jobs.api import Job, run_inline

ACTOR = examples.ACTOR
pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = date(2015, 3, 2)


def _region(code: str) -> Region:
    region, _made = Region.objects.get_or_create(
        code=code, defaults={"name": f"区{code}", "level": "county"}
    )
    return region


def _enterprise(name: str, *, place: str = "379901", trade: str = "F5229", **values: Any) -> Any:
    path = examples.offices().office.path
    return examples.subject(path, name, region=_region(place), industry=trade, **values)


def test_the_same_trade_name_in_one_place_and_trade_is_a_lead_with_the_article() -> None:
    """The later of the two; art 17, and the pair stands side by side."""
    first = _enterprise("海州市鸿雁食品有限公司", registered_on=LONG_AGO)
    later = _enterprise("海州市鸿雁商贸有限公司")
    lead = Lead.objects.get()
    assert (lead.subject, lead.act_kind) == (later, "name_confusion")
    assert "第17条" in lead.first_reason
    assert lead.evidence["mark"] == first.name
    hit = Hit.objects.get()
    assert (hit.against, hit.rival, hit.like) == ("trade_name", first, "鸿雁")
    assert hit.probability >= 0.9


def test_a_near_trade_name_is_a_lead_too() -> None:
    """Order 82 art 16."""
    _enterprise("海州市蓝鲸湾食品有限公司", registered_on=LONG_AGO)
    _enterprise("海州市蓝鲸弯食品有限公司")
    assert "第16条" in Lead.objects.get().first_reason


@pytest.mark.parametrize(
    "other",
    [
        {"place": "379902"},
        {"trade": "C3311"},
        {"kind": "self_employed"},
        {"registered_on": LONG_AGO + timedelta(days=1)},
        {"status": "deregistered"},
    ],
)
def test_elsewhere_in_another_trade_or_long_known_it_is_none(other: dict[str, Any]) -> None:
    """Another county, another trade, a self-employed business, an old name, one out of business."""
    _enterprise("海州市鸿雁食品有限公司", registered_on=LONG_AGO)
    _enterprise("海州市鸿雁商贸有限公司", **other)
    assert not Lead.objects.exists()


def test_words_of_one_trade_make_one_trade_whatever_the_codes_say() -> None:
    """The engine reads the trade off the names, the reason says so; akin is not the same."""
    _enterprise("海州市鸿雁食品有限公司", registered_on=LONG_AGO)
    _enterprise("海州市博泰茶叶有限公司", registered_on=LONG_AGO)
    _enterprise("江口县鸿雁食品有限公司", trade="C1499")
    assert any("行业" in row["text"] for row in Lead.objects.get().reasons)
    _enterprise("海州市博泰水产有限公司", trade="C1499")
    assert Lead.objects.count() == 1


def test_a_revoked_enterprise_still_bars_its_name() -> None:
    """A licence taken away does not take the name off the register."""
    _enterprise("海州市鸿雁食品有限公司", registered_on=LONG_AGO, status="revoked")
    _enterprise("海州市鸿雁商贸有限公司")
    assert Lead.objects.count() == 1


@pytest.mark.parametrize(("days", "found"), [(364, 1), (366, 0)])
def test_a_name_that_was_cancelled_bars_others_for_a_year(days: int, found: int) -> None:
    """Art 17: cancelled less than a year before the new one; the reason tells the day."""
    ended = timezone.localdate() - timedelta(days=days)
    _enterprise(
        "海州市鸿雁食品有限公司", registered_on=LONG_AGO, status="deregistered", ended_on=ended
    )
    _enterprise("海州市鸿雁商贸有限公司", registered_on=timezone.localdate())
    assert Lead.objects.count() == found
    if found:
        assert ended.isoformat() in Lead.objects.get().first_reason


def test_a_name_given_up_bars_others_and_its_bearer_may_come_back_to_it() -> None:
    """The old name is held against a newcomer, not against the enterprise that bore it."""
    first = _enterprise("海州市鸿雁食品有限公司", registered_on=LONG_AGO)
    update_subject(ACTOR, first, {"name": "海州市平安食品有限公司"})
    _enterprise("海州市鸿雁商贸有限公司", registered_on=timezone.localdate())
    lead = Lead.objects.get()
    assert lead.evidence["mark"] == "海州市鸿雁食品有限公司"
    assert "变更" in lead.first_reason
    other = _enterprise("海州市青禾食品有限公司", registered_on=LONG_AGO)
    update_subject(ACTOR, other, {"name": "海州市麦穗食品有限公司"})
    update_subject(ACTOR, other, {"name": "海州市青禾食品有限公司"})
    assert Lead.objects.count() == 1


def test_an_old_enterprise_that_takes_a_new_name_is_held_against_its_elders() -> None:
    """New is the name, not the enterprise."""
    _enterprise("海州市鸿雁食品有限公司", registered_on=LONG_AGO)
    other = _enterprise("海州市青禾食品有限公司", registered_on=LONG_AGO)
    update_subject(ACTOR, other, {"name": "海州市鸿雁商贸有限公司"})
    assert Lead.objects.get().subject == other


def test_a_branch_is_silent_and_a_firm_of_the_same_head_is_left_alone_openly() -> None:
    """Neither imitates the other; of the second the hit says why."""
    values: dict[str, Any] = {"registered_on": LONG_AGO, "legal_representative": "王建国"}
    _enterprise("海州市鸿雁食品有限公司", **values)
    _enterprise("海州市鸿雁食品有限公司江口分公司")
    assert not Hit.objects.exists()
    _enterprise("海州市鸿雁商贸有限公司", legal_representative="王建国")
    hit = Hit.objects.get()
    assert (hit.standing, hit.ground) == ("excluded", "holder")
    assert not Lead.objects.exists()


def test_a_rival_who_gave_no_leave_is_not_hidden_by_one_who_did() -> None:
    """The likest that is not excluded counts."""
    _enterprise("海州市鸿雁食品有限公司", registered_on=LONG_AGO, legal_representative="王建国")
    rival = _enterprise("海州市鸿雁粮油有限公司", registered_on=LONG_AGO + timedelta(days=1))
    Hit.objects.all().delete()
    _enterprise("海州市鸿雁商贸有限公司", legal_representative="王建国")
    assert Hit.objects.get().rival == rival
    assert Lead.objects.count() == 1


def test_when_the_register_is_corrected_the_suspicion_is_withdrawn() -> None:
    """The later one moves to another county; its lead says so."""
    _enterprise("海州市鸿雁食品有限公司", registered_on=LONG_AGO)
    later = _enterprise("海州市鸿雁商贸有限公司")
    update_subject(ACTOR, later, {"region": _region("379902")})
    assert Hit.objects.get().standing == "gone"
    assert Lead.objects.get().evidence["rejudged"]


def test_a_sweep_finds_it_among_the_new_names_of_a_file() -> None:
    """A name that came in before is not held against its elders; a new one is."""
    examples.watched(examples.offices().bureau.path, "康师傅")
    _enterprise("海州市鸿雁食品有限公司", registered_on=LONG_AGO)
    later = _enterprise("海州市鸿雁商贸有限公司", registered_on=timezone.localdate())
    Hit.objects.all().delete()
    Lead.objects.all().delete()
    sweep = start_sweep(ACTOR, unit_path=examples.offices().bureau.path, anew=True)
    assert run_inline(sweep.job).state == Job.State.DONE  # type: ignore[arg-type]
    assert [hit.object_id for hit in Hit.objects.all()] == [later.pk]
