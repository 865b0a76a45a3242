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


def test_a_branch_and_a_firm_of_the_same_head_are_the_same_house() -> None:
    """Neither imitates the other."""
    values: dict[str, Any] = {"registered_on": LONG_AGO, "legal_representative": "王建国"}
    _enterprise("海州市鸿雁食品有限公司", **values)
    _enterprise("海州市鸿雁食品有限公司江口分公司")
    _enterprise("海州市鸿雁商贸有限公司", legal_representative="王建国")
    assert not Lead.objects.exists()


def test_when_the_earlier_one_changes_its_name_the_suspicion_is_withdrawn() -> None:
    """Its lead says so."""
    first = _enterprise("海州市鸿雁食品有限公司", registered_on=LONG_AGO)
    _enterprise("海州市鸿雁商贸有限公司")
    update_subject(ACTOR, first, {"name": "海州市平安食品有限公司"})
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
