"""Names judged as they arrive, brands swept against everything, and leads judged anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.apps.brands import examples
from zhixing.apps.brands.api import Hit, Sweep, change_sighting, change_watched_mark, start_sweep
from zhixing.apps.brands.models import JudgedName
from zhixing.apps.leads.api import Lead, dispose_lead
from zhixing.apps.registry.api import (
    create_authorisation,
    create_mark,
    create_subject,
    update_authorisation,
    update_subject,
)
from zhixing.kit.jobs.api import Job, run_inline
from zhixing.kit.testing.imports import import_text

ACTOR = examples.ACTOR
# What listens to deeds hears of them when they are committed.
pytestmark = pytest.mark.django_db(transaction=True)
LOOK_ALIKE = "海州市康帅傅食品有限公司"


def _run_waiting() -> list[Sweep]:
    """Run every sweep that waits, as a worker would; returns them as they ended."""
    waiting = list(Sweep.objects.filter(job__state=Job.State.WAITING).order_by("pk"))
    for sweep in waiting:
        assert sweep.job is not None
        assert run_inline(sweep.job).state == Job.State.DONE
        sweep.refresh_from_db()
    return waiting


def test_a_new_enterprise_name_is_judged_when_it_is_entered() -> None:
    """The lead is there when the deed is done; an ordinary name leaves only that it was judged."""
    path = examples.cast().keeper.unit_path
    examples.watched(path, "康师傅")
    found = examples.subject(path, LOOK_ALIKE)
    examples.subject(path, "海州市恒泰五金商行")
    lead = Lead.objects.get()
    assert lead.subject == found
    assert lead.evidence["name_kind"] == "subject"
    assert lead.evidence["channel"] == "glyph"
    hit = Hit.objects.get()
    assert (hit.standing, hit.lead, hit.channel) == ("lead", lead, "glyph")
    assert JudgedName.objects.count() == 2


def test_a_mark_a_shop_name_a_label_and_an_offer_are_judged_when_they_are_entered() -> None:
    """Each kind becomes a lead that says what it is and where it was seen."""
    path = examples.cast().keeper.unit_path
    examples.watched(path, "康师傅")
    create_mark(ACTOR, {"text": "康帅傅", "unit_path": path, "registration_number": "900001"})
    examples.sighting(path, "康帅傅牛肉面馆", kind="shop", seen_at="江口镇农贸市场")
    examples.label(path, "品牌:康帅傅\n方便面 净含量 100g")
    examples.sighting(path, "【康帅傅】红烧牛肉面 整箱", kind="listing")
    kinds = {lead.evidence["name_kind"]: lead for lead in Lead.objects.all()}
    assert set(kinds) == {"mark", "shop", "label", "listing"}
    assert kinds["shop"].evidence["where"] == "江口镇农贸市场"
    label = kinds["label"]
    position = label.reasons[0]["b_position"]
    assert label.evidence["name"][position - 1] == "帅"
    assert label.evidence["part"] == "康帅傅"


def test_a_new_brand_is_swept_against_everything_that_is_there() -> None:
    """Its sweep judges every name against it alone; nothing is judged twice."""
    path = examples.cast().keeper.unit_path
    examples.watched(path, "王老吉")
    examples.subject(path, LOOK_ALIKE)
    examples.sighting(path, "康帅傅牛肉面馆", kind="shop")
    assert not Lead.objects.exists()
    _run_waiting()
    examples.watched(path, "康师傅")
    (sweep,) = _run_waiting()
    assert (sweep.names, sweep.judged, sweep.new_leads) == (2, 2, 2)
    assert sweep.tallies["shop"]["hits"] == 1
    again = start_sweep(ACTOR, unit_path=path)
    assert again.job is not None
    run_inline(again.job)
    again.refresh_from_db()
    assert (again.names, again.judged) == (2, 0)


def test_several_brands_added_at_once_are_swept_together() -> None:
    """One sweep waits for all of them."""
    path = examples.cast().keeper.unit_path
    for text in ("康师傅", "王老吉", "农夫山泉"):
        examples.watched(path, text)
    assert Sweep.objects.count() == 1


def test_what_a_file_brings_is_judged_in_a_job_and_nothing_else(
    settings: Any, tmp_path: Any
) -> None:
    """The sweep of an import looks at the rows that came with it."""
    settings.HOME = tmp_path
    path = examples.cast().keeper.unit_path
    examples.watched(path, "康师傅")
    examples.subject(path, "海州市恒泰五金商行")
    _run_waiting()
    text = f"企业名称\n{LOOK_ALIKE}\n海州市平安超市"
    import_text(ACTOR, "subjects", text, path)
    (sweep,) = _run_waiting()
    assert (sweep.kinds, sweep.names, sweep.judged, sweep.new_leads) == (["subject"], 2, 2, 1)


def test_a_changed_name_withdraws_the_suspicion_and_its_lead_says_so() -> None:
    """The open lead sinks with a note as first reason; the hit no longer holds."""
    path = examples.cast().keeper.unit_path
    examples.watched(path, "康师傅")
    subject = examples.subject(path, LOOK_ALIKE)
    update_subject(ACTOR, subject, {"name": "海州市平安食品有限公司"})
    lead = Lead.objects.get()
    assert lead.is_open
    assert lead.probability == 0
    assert lead.reasons[0]["code"] == "rejudged"
    assert "平安" in lead.first_reason
    assert Hit.objects.get().standing == "gone"
    # Another change that does not touch the name says nothing more.
    update_subject(ACTOR, subject, {"phone": "13800001234"})
    lead.refresh_from_db()
    assert len(lead.evidence["rejudged"]) == 1


def test_a_decision_is_never_reopened_by_the_machine() -> None:
    """A decided lead keeps decision, probability and reasons, and gains the note."""
    people = examples.cast()
    path = people.keeper.unit_path
    examples.watched(path, "康师傅")
    subject = examples.subject(path, LOOK_ALIKE)
    lead = Lead.objects.get()
    dispose_lead(people.keeper, lead, disposition="corrected", reason="责令改名")
    before = Lead.objects.values("probability", "reasons", "disposition", "state").get()
    update_subject(ACTOR, subject, {"name": "海州市平安食品有限公司"})
    assert Lead.objects.values("probability", "reasons", "disposition", "state").get() == before
    assert len(Lead.objects.get().evidence["rejudged"]) == 1


def test_whoever_leaves_business_is_withdrawn() -> None:
    """The suspicion of a deregistered operator no longer holds."""
    path = examples.cast().keeper.unit_path
    examples.watched(path, "康师傅")
    subject = examples.subject(path, LOOK_ALIKE)
    update_subject(ACTOR, subject, {"status": "deregistered"})
    assert Hit.objects.get().standing == "gone"
    assert not JudgedName.objects.exists()


def test_a_changed_text_of_a_sighting_is_judged_anew() -> None:
    """What was typed wrong and is corrected is compared again."""
    path = examples.cast().keeper.unit_path
    examples.watched(path, "康师傅")
    sighting = examples.sighting(path, "平安面馆")
    assert not Hit.objects.exists()
    change_sighting(ACTOR, sighting, {"text": "康帅傅面馆"})
    assert Hit.objects.get().object_id == sighting.pk


def test_a_licence_that_appears_excludes_and_one_that_ends_brings_the_lead_back() -> None:
    """The holder's contract excludes the use of the brand itself; the lead says which contract."""
    path = examples.cast().keeper.unit_path
    holder = create_subject(ACTOR, {"name": "康师傅控股有限公司", "unit_path": path})
    mark = create_mark(ACTOR, {"text": "康师傅", "unit_path": path, "holder": holder})
    examples.watched(path, "康师傅", trade_mark=mark, holder_name=holder.name)
    shop = examples.subject(path, "海州市康师傅食品经营部")
    lead = Lead.objects.get()
    values = {"mark": mark, "grantor": holder, "grantee": shop, "contract_number": "XK-7"}
    contract = create_authorisation(ACTOR, values)
    hit = Hit.objects.get(object_id=shop.pk)
    assert (hit.standing, hit.ground, hit.authorisation) == ("excluded", "licence", contract)
    lead.refresh_from_db()
    assert lead.is_open
    assert "XK-7" in lead.first_reason
    update_authorisation(ACTOR, contract, {"status": "ended"})
    hit.refresh_from_db()
    assert (hit.standing, hit.ground) == ("lead", "")
    lead.refresh_from_db()
    assert len(lead.evidence["rejudged"]) == 2


def test_a_brand_no_longer_watched_finds_nothing_new() -> None:
    """Switched off, it protects no more."""
    path = examples.cast().keeper.unit_path
    brand = examples.watched(path, "康师傅")
    change_watched_mark(ACTOR, brand, {"is_active": False})
    examples.subject(path, LOOK_ALIKE)
    assert not Lead.objects.exists()


def test_a_contract_that_ran_out_by_itself_is_seen_by_the_nightly_sweep() -> None:
    """Nobody touches it; the schedule looks again at what it covered."""
    from zhixing.apps.brands.actions.schedule_sweeps import nightly_sweep
    from zhixing.kit.jobs.api import enqueue

    people = examples.cast()
    path, today = people.keeper.unit_path, timezone.localdate()
    holder = create_subject(ACTOR, {"name": "康师傅控股有限公司", "unit_path": path})
    mark = create_mark(ACTOR, {"text": "康师傅", "unit_path": path, "holder": holder})
    examples.watched(path, "康师傅", trade_mark=mark)
    shop = examples.subject(path, "海州市康师傅食品经营部")
    contract = create_authorisation(
        ACTOR, {"mark": mark, "grantor": holder, "grantee": shop, "ends_on": today}
    )
    assert Hit.objects.get(object_id=shop.pk).standing == "excluded"
    type(contract).objects.filter(pk=contract.pk).update(ends_on=today - timedelta(days=1))
    job = enqueue(
        nightly_sweep, actor=ACTOR, label="night", params={"unit_path": path}, unit_path=path
    )
    assert run_inline(job).state == Job.State.DONE
    assert Hit.objects.get(object_id=shop.pk).standing == "lead"
