"""Adopting a programme, putting somebody in charge, setting a target: who may, and what is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.apps.people import LONG_AGO, make_officer, make_offices
from tests.apps.programme.examples import REASON, adopt, cast
from zhixing.apps.accounts.api import open_office
from zhixing.apps.accounts.models import Officer
from zhixing.apps.programme.api import (
    ItemSetting,
    Programme,
    adopt_programme,
    assign_item_owner,
    programme_of,
    set_item_target,
)
from zhixing.kit.actors import SystemActor
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.history import entries_for

pytestmark = pytest.mark.django_db
SWEEP = "brands.sweep"  # an item with a share
GROUP = "organisation.leading_group"  # an item without a figure


def foreign_leader() -> Officer:
    """The leader of another city's bureau."""
    other = open_office(
        SystemActor("test"), code="3798", name="邻市局", kind="city", parent=None,
        opened_on=LONG_AGO,
    )  # fmt: skip
    return make_officer(other, "leader")


def test_the_leader_adopts_the_programme_of_a_year() -> None:
    """The row names text, version and years; the deed stands in its change log with the reason."""
    people = cast()
    adopted = Programme.objects.get()
    assert (adopted.year, adopted.base_year, adopted.source) == (2026, 2025, "quality-city")
    assert len(adopted.digest) == 64
    (entry,) = entries_for(adopted)
    assert (entry.deed, entry.reason, entry.actor) == ("programme.adopt", REASON, "王建国")
    assert programme_of(people.leader) == adopted


def test_a_head_of_the_bureau_may_adopt_too() -> None:
    """Leader and head of the city bureau are meant, not the leader alone."""
    offices = make_offices()
    assert adopt(make_officer(offices.bureau, "head"), offices).pk


def test_one_programme_a_year() -> None:
    """A second one is refused as a conflict; another year is not."""
    people = cast()
    with pytest.raises(Conflict):
        adopt(people.leader, people.offices)
    assert adopt(people.leader, people.offices, year=2027).pk


@pytest.mark.parametrize(
    "wrong", [{"base_year": 2026}, {"base_year": 2027}, {"source": "no-such-text"}, {"reason": " "}]
)
def test_what_cannot_be_adopted(wrong: dict[str, Any]) -> None:
    """A base year not before the year, an unknown text and a missing reason are told apart."""
    offices = make_offices()
    leader = make_officer(offices.bureau, "leader")
    given: dict[str, Any] = {
        "unit": offices.bureau, "year": 2026, "base_year": 2025, "source": "quality-city",
        "reason": REASON,
    }  # fmt: skip
    with pytest.raises(Invalid):
        adopt_programme(leader, **{**given, **wrong})
    assert not Programme.objects.exists()


def test_a_district_adopts_none() -> None:
    """The programme is the city bureau's, even where the leader of the city asks."""
    offices = make_offices()
    with pytest.raises(Refused):
        adopt(make_officer(offices.district, "leader"), offices)
    with pytest.raises(Invalid):
        adopt_programme(
            SystemActor("test"), unit=offices.district, year=2026, base_year=2025,
            source="quality-city", reason=REASON,
        )  # fmt: skip
    assert not Programme.objects.exists()


@pytest.mark.parametrize("role", ["officer", "sampler", "reporter", "auditor", "administrator"])
def test_other_roles_of_the_bureau_set_nothing(role: str) -> None:
    """Those who work on the programme read it; only leader and head set anything."""
    people = cast()
    actor = make_officer(people.offices.bureau, role)
    with pytest.raises(Refused):
        adopt(actor, people.offices, year=2027)
    with pytest.raises(Refused):
        set_item_target(actor, people.programme, SWEEP, target=0.8, reason=REASON)
    with pytest.raises(Refused):
        assign_item_owner(
            actor, people.programme, SWEEP, unit=people.offices.bureau, officer=None, reason=REASON
        )
    assert not ItemSetting.objects.exists()


def test_the_leader_of_another_bureau_is_refused() -> None:
    """Wrong side: a leader elsewhere neither sees nor sets this bureau's programme."""
    people, foreigner = cast(), foreign_leader()
    assert programme_of(foreigner) is None
    with pytest.raises(Refused):
        adopt(foreigner, people.offices, year=2027)
    with pytest.raises(Refused):
        set_item_target(foreigner, people.programme, SWEEP, target=0.8, reason=REASON)
    with pytest.raises(Refused):
        assign_item_owner(
            foreigner, people.programme, SWEEP, unit=None, officer=foreigner, reason=REASON
        )
    assert not ItemSetting.objects.exists()


def test_the_head_of_a_district_is_refused() -> None:
    """Below the bureau the programme is followed, not set."""
    people = cast()
    with pytest.raises(Refused):
        set_item_target(people.district_head, people.programme, SWEEP, target=0.8, reason=REASON)
    assert programme_of(people.district_head) == people.programme


def test_an_owner_is_put_in_charge_and_taken_back() -> None:
    """Office, officer, note and first day are kept; nobody clears the day; both are in the log."""
    people = cast()
    setting = assign_item_owner(
        people.leader, people.programme, SWEEP, unit=people.offices.district,
        officer=people.district_head, note=" monthly ", reason=REASON,
    )  # fmt: skip
    since = setting.owned_since
    assert (setting.owner_unit, setting.owner_officer) == (
        people.offices.district,
        people.district_head,
    )
    assert setting.note == "monthly"
    assert since is not None
    ItemSetting.objects.update(owned_since=LONG_AGO)
    setting = assign_item_owner(
        people.leader, people.programme, SWEEP, unit=people.offices.district,
        officer=people.district_head, note="weekly", reason="more often",
    )  # fmt: skip
    assert setting.owned_since == LONG_AGO
    setting = assign_item_owner(
        people.leader, people.programme, SWEEP, unit=None, officer=None, reason="reorganised"
    )
    assert not setting.is_owned
    assert setting.owned_since is None
    reasons = [entry.reason for entry in entries_for(setting)]
    assert reasons == ["reorganised", "more often", REASON]


def test_owners_are_of_the_bureau_and_active() -> None:
    """Somebody from elsewhere, or with a locked account, cannot be put in charge."""
    people, foreigner = cast(), foreign_leader()
    locked = make_officer(people.offices.office, "officer")
    locked.is_active = False
    locked.save()
    for unit, officer in ((foreigner.unit, None), (None, foreigner), (None, locked)):
        with pytest.raises(Invalid):
            assign_item_owner(
                people.leader, people.programme, SWEEP, unit=unit, officer=officer, reason=REASON
            )
    assert not ItemSetting.objects.exists()


def test_a_target_is_set_with_its_reason_and_taken_back() -> None:
    """The reason stands beside the target; without a target there is none to explain."""
    people = cast()
    setting = set_item_target(people.leader, people.programme, SWEEP, target=0.8, reason=REASON)
    assert (setting.target, setting.target_reason) == (0.8, REASON)
    setting = set_item_target(people.leader, people.programme, SWEEP, target=None, reason="too low")
    assert (setting.target, setting.target_reason) == (None, "")
    latest = entries_for(setting)[0]
    assert (latest.before["target"], latest.after["target"]) == (0.8, None)


@pytest.mark.parametrize(
    ("code", "target", "reason"),
    [
        (SWEEP, 1.2, REASON),
        (SWEEP, -0.1, REASON),
        (SWEEP, 0.8, "  "),
        (GROUP, 1.0, REASON),
        ("no.such_item", 0.8, REASON),
    ],
)
def test_targets_that_mean_nothing_are_refused(code: str, target: float, reason: str) -> None:
    """A share outside [0, 1], no reason, an item without a figure, an unknown item."""
    people = cast()
    with pytest.raises(Invalid):
        set_item_target(people.leader, people.programme, code, target=target, reason=reason)
    assert not ItemSetting.objects.exists()


@pytest.mark.parametrize("why", ["former", "locked"])
def test_who_led_the_bureau_once_sets_nothing(why: str) -> None:
    """A role that ended yesterday, or a locked account, opens nothing."""
    people = cast()
    actor = make_officer(people.offices.bureau, "leader")
    if why == "former":
        actor.role_assignments.update(until=timezone.localdate() - timedelta(days=1))
    else:
        actor.is_active = False
    with pytest.raises(Refused):
        adopt(actor, people.offices, year=2027)
    with pytest.raises(Refused):
        set_item_target(actor, people.programme, SWEEP, target=0.8, reason=REASON)
    assert not ItemSetting.objects.exists()
