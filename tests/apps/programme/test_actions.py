"""Deeds on the programme: adopting it, putting somebody in charge, setting a target."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.apps.people import make_officer, make_offices
from tests.apps.programme.counting import ITEM, SYSTEM, adopted
from zhixing.apps.accounts.models import Role
from zhixing.apps.audit.models import AuditEntry
from zhixing.apps.programme.actions.adopt_programme import adopt_programme
from zhixing.apps.programme.actions.set_item import assign_item_owner, set_item_target
from zhixing.apps.programme.models import ItemSetting, Programme
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.history import entries_for

pytestmark = pytest.mark.django_db


def adopt(actor: Any, **other: Any) -> Programme:
    """The programme of 2026, adopted by the actor for the test bureau."""
    given = {
        "unit": make_offices().bureau, "year": 2026, "base_year": 2025,
        "source": "quality-city", "reason": "plan of the year",
    }  # fmt: skip
    return adopt_programme(actor, **given | other)


@pytest.mark.parametrize("role", [Role.LEADER, Role.HEAD])
def test_leader_and_head_of_the_bureau_may(role: str) -> None:
    """They adopt, assign and set; each deed stands in the book with its reason."""
    offices = make_offices()
    actor = make_officer(offices.bureau, role)
    programme = adopt(actor)
    assign_item_owner(actor, programme, ITEM, unit=offices.district, officer=None, reason="yours")
    setting = set_item_target(actor, programme, ITEM, target=6, reason="more is needed")
    assert [entry.reason for entry in entries_for(setting)] == ["more is needed", "yours"]
    assert [entry.reason for entry in entries_for(programme)] == ["plan of the year"]
    change = entries_for(setting)[0]
    assert (change.before["target"], change.after["target"]) == (None, 6)
    assert (setting.target_reason, setting.owner_unit) == ("more is needed", offices.district)


@pytest.mark.parametrize(
    "who",
    ["head of a district", "officer", "administrator", "other bureau", "former leader", "locked"],
)
def test_nobody_else_sets_anything(who: str) -> None:
    """A district's head, an officer, another city's leader and a former leader are refused."""
    offices, programme = make_offices(), adopted()
    actor = make_officer(offices.bureau, Role.LEADER)
    if who == "head of a district":
        actor = make_officer(offices.district, Role.HEAD, Role.LEADER)
    elif who == "officer":
        actor = make_officer(offices.bureau, Role.OFFICER)
    elif who == "administrator":
        actor = make_officer(offices.bureau, Role.ADMINISTRATOR)
    elif who == "other bureau":
        other = make_offices().bureau
        other.pk, other.code, other.path = None, "3798", "3798/"
        other.save()
        actor = make_officer(other, Role.LEADER)
    elif who == "former leader":
        actor.role_assignments.update(until=timezone.localdate() - timedelta(days=1))
    else:
        actor.is_active = False
    entries = AuditEntry.objects.count()
    for act in (
        lambda: adopt(actor, year=2027, base_year=2026),
        lambda: assign_item_owner(
            actor, programme, ITEM, unit=offices.bureau, officer=None, reason="mine"
        ),
        lambda: set_item_target(actor, programme, ITEM, target=1, reason="easier"),
    ):
        with pytest.raises(Refused):
            act()
    assert AuditEntry.objects.count() == entries
    assert not ItemSetting.objects.exists()


def test_a_year_is_adopted_once() -> None:
    """A second programme of the same year is a conflict."""
    adopt(SYSTEM)
    with pytest.raises(Conflict):
        adopt(SYSTEM)
    assert adopt(SYSTEM, year=2027, base_year=2026).year == 2027


def test_a_programme_needs_a_known_text_a_bureau_and_an_earlier_base_year() -> None:
    """Each wrong value is told; nothing is adopted."""
    offices = make_offices()
    for wrong in (
        {"source": "no-such-plan"},
        {"base_year": 2026},
        {"base_year": 2030},
        {"unit": offices.district},
        {"reason": "  "},
    ):
        with pytest.raises(Invalid):
            adopt(SYSTEM, **wrong)
    assert not Programme.objects.exists()


def test_the_version_of_the_text_is_kept() -> None:
    """The digest is that of the text with all its items."""
    programme = adopt(SYSTEM)
    assert len(programme.digest) == 64
    assert programme.text.code == programme.source


def test_somebody_in_charge_is_of_this_bureau() -> None:
    """Neither another city's office nor its officer, nor a locked account is put in charge."""
    offices, programme = make_offices(), adopted()
    foreign = make_offices().bureau
    foreign.pk, foreign.code, foreign.path = None, "3798", "3798/"
    foreign.save()
    locked = make_officer(offices.office)
    locked.is_active = False
    locked.save()
    for unit, officer in (
        (foreign, None),
        (None, make_officer(foreign)),
        (offices.office, locked),
    ):
        with pytest.raises(Invalid):
            assign_item_owner(SYSTEM, programme, ITEM, unit=unit, officer=officer, reason="x")
    assert not ItemSetting.objects.exists()


def test_a_charge_can_be_taken_back() -> None:
    """With neither office nor officer nobody is in charge, and the day is gone."""
    programme, offices = adopted(), make_offices()
    given = {"officer": None, "reason": "moved"}
    setting = assign_item_owner(SYSTEM, programme, ITEM, unit=offices.office, note="n", **given)
    assert (setting.owned_since, setting.note) == (timezone.localdate(), "n")
    setting = assign_item_owner(SYSTEM, programme, ITEM, unit=None, **given)
    assert (setting.is_owned, setting.owned_since) == (False, None)
    assert ItemSetting.objects.count() == 1


def test_every_change_asks_why() -> None:
    """Without a reason neither owner nor target changes."""
    programme, offices = adopted(), make_offices()
    with pytest.raises(Invalid):
        assign_item_owner(SYSTEM, programme, ITEM, unit=offices.office, officer=None, reason=" ")
    with pytest.raises(Invalid):
        set_item_target(SYSTEM, programme, ITEM, target=5, reason="")
    assert not ItemSetting.objects.exists()


def test_a_target_lies_in_the_range_of_its_unit() -> None:
    """A share beyond 1, a negative count, an item without a figure or unknown are refused."""
    programme = adopted()
    for code, target in (
        ("brands.sweep", 1.2),
        ("brands.sweep", -0.1),
        (ITEM, -1),
        ("organisation.work_plan", 1),
        ("no.such.item", 1),
    ):
        with pytest.raises(Invalid):
            set_item_target(SYSTEM, programme, code, target=target, reason="decided")
    assert (
        set_item_target(SYSTEM, programme, "brands.sweep", target=1, reason="decided").target == 1
    )
