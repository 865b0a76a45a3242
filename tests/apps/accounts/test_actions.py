"""Deeds on offices and officers: what they do, what they refuse, and to whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.apps.people import LONG_AGO, Offices, make_officer, make_offices
from zhixing.apps.accounts.actions.manage_officers import (
    assign_role,
    create_officer,
    end_role,
    lift_sign_in_lock,
    set_officer_active,
)
from zhixing.apps.accounts.actions.manage_offices import close_office, open_office
from zhixing.apps.accounts.models import Officer, OrgUnit, Role, RoleAssignment
from zhixing.apps.audit.models import AuditEntry
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.history import entries_for

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def other_county(offices: Offices) -> OrgUnit:
    """A district bureau beside that of the offices."""
    return OrgUnit.objects.create(
        code="379902",
        name="城西区局",
        kind="county",
        parent=offices.bureau,
        path=f"{offices.bureau.path}379902/",
        opened_on=LONG_AGO,
    )


def new_officer(actor: Any, unit: OrgUnit, **more: Any) -> Officer:
    """An officer with one role, entered by the actor."""
    given = {
        "username": "wang",
        "display_name": "王明",
        "unit": unit,
        "roles": [Role.OFFICER],
        "password": "long-and-plain-words",
        "since": LONG_AGO,
        **more,
    }
    return create_officer(actor, **given)


# Each deed, done to the first office or its officer by the actor given.
DEEDS: dict[str, Callable[[Any, Offices, Officer], Any]] = {
    "open an office": lambda actor, offices, officer: open_office(
        actor, code="37990103", name="新所", kind="office", parent=offices.district, opened_on=TODAY
    ),
    "close an office": lambda actor, offices, officer: close_office(
        actor, offices.office, on=TODAY, successor=None, reason="merged"
    ),
    "create an officer": lambda actor, offices, officer: new_officer(actor, offices.office),
    "assign a role": lambda actor, offices, officer: assign_role(
        actor, officer, role=Role.SAMPLER, unit=offices.office, since=TODAY, reason="needed"
    ),
    "end a role": lambda actor, offices, officer: end_role(
        actor, officer.role_assignments.get(), on=TODAY, reason="moved"
    ),
    "lock an account": lambda actor, offices, officer: set_officer_active(
        actor, officer, active=False, reason="left"
    ),
    "lift a sign-in lock": lambda actor, offices, officer: lift_sign_in_lock(
        actor, officer, reason="mistyped"
    ),
}


@pytest.mark.parametrize("name", DEEDS)
def test_an_administrator_of_the_bureau_may(name: str) -> None:
    """Each deed is done once by the administrator above, and stands in the book."""
    offices = make_offices()
    officer = make_officer(offices.office, Role.OFFICER)
    administrator = make_officer(offices.bureau, Role.ADMINISTRATOR)
    DEEDS[name](administrator, offices, officer)
    assert AuditEntry.objects.get().actor_id == administrator.pk


@pytest.mark.parametrize("name", DEEDS)
@pytest.mark.parametrize("who", ["another county", "another office", "leader", "locked", "ended"])
def test_anybody_else_is_refused(name: str, who: str) -> None:
    """An administrator elsewhere, a leader, a locked and a former administrator change nothing."""
    offices = make_offices()
    officer = make_officer(offices.office, Role.OFFICER)
    if who == "another county":
        actor = make_officer(other_county(offices), Role.ADMINISTRATOR)
    elif who == "another office":
        actor = make_officer(offices.other_office, Role.ADMINISTRATOR)
    elif who == "leader":
        actor = make_officer(offices.bureau, Role.LEADER)
    else:
        actor = make_officer(offices.bureau, Role.ADMINISTRATOR)
        if who == "locked":
            actor.is_active = False
        else:
            yesterday = timezone.localdate() - timedelta(days=1)
            actor.role_assignments.update(until=yesterday)
    before = (OrgUnit.objects.count(), Officer.objects.count(), RoleAssignment.objects.count())
    with pytest.raises(Refused):
        DEEDS[name](actor, offices, officer)
    after = (OrgUnit.objects.count(), Officer.objects.count(), RoleAssignment.objects.count())
    assert after == before
    assert not AuditEntry.objects.exists()


def test_nobody_administers_oneself() -> None:
    """An administrator can neither raise the own roles nor end them nor lock the own account."""
    offices = make_offices()
    actor = make_officer(offices.bureau, Role.ADMINISTRATOR)
    with pytest.raises(Refused):
        assign_role(
            actor, actor, role=Role.LEADER, unit=offices.bureau, since=TODAY, reason="because"
        )
    with pytest.raises(Refused):
        end_role(actor, actor.role_assignments.get(), on=TODAY, reason="because")
    with pytest.raises(Refused):
        set_officer_active(actor, actor, active=False, reason="because")


def test_a_role_needs_both_officer_and_office_in_the_jurisdiction() -> None:
    """A county's administrator draws no officer of another county into the own offices."""
    offices = make_offices()
    actor = make_officer(offices.district, Role.ADMINISTRATOR)
    stranger = make_officer(other_county(offices), Role.OFFICER)
    with pytest.raises(Refused):
        assign_role(
            actor, stranger, role=Role.OFFICER, unit=offices.office, since=TODAY, reason="help"
        )


def test_a_county_cannot_hand_its_rows_to_another() -> None:
    """A successor opens the closed office's rows to its officers, so it must be one's own."""
    offices = make_offices()
    actor = make_officer(offices.district, Role.ADMINISTRATOR)
    successor = other_county(offices)
    with pytest.raises(Refused):
        close_office(actor, offices.office, on=TODAY, successor=successor, reason="merged")
    both = make_officer(offices.bureau, Role.ADMINISTRATOR)
    closed = close_office(both, offices.office, on=TODAY, successor=successor, reason="merged")
    assert closed.successor == successor


def test_an_administrator_opens_no_second_bureau() -> None:
    """Only the platform's own set-up makes a unit without a parent."""
    offices = make_offices()
    actor = make_officer(offices.bureau, Role.ADMINISTRATOR)
    with pytest.raises(Refused):
        open_office(actor, code="3701", name="外市局", kind="city", parent=None, opened_on=TODAY)


@pytest.mark.parametrize("code", ["37990101", "3799/1", "3799 1", "局", ""])
def test_an_office_code_is_new_and_plain(code: str) -> None:
    """A code that is taken, or could break the path, is refused."""
    offices = make_offices()
    actor = make_officer(offices.bureau, Role.ADMINISTRATOR)
    with pytest.raises(Invalid) as caught:
        open_office(
            actor, code=code, name="新所", kind="office", parent=offices.district, opened_on=TODAY
        )
    assert "code" in caught.value.fields


def test_an_office_opens_below_an_open_parent_alone() -> None:
    """Below a closed office none is opened from the day after its last."""
    offices = make_offices()
    actor = make_officer(offices.bureau, Role.ADMINISTRATOR)
    close_office(actor, offices.office, on=TODAY, successor=None, reason="merged")
    given = {"name": "新点", "kind": "office", "parent": offices.office}
    with pytest.raises(Conflict):
        open_office(actor, code="1", opened_on=TODAY + timedelta(days=1), **given)
    assert open_office(actor, code="1", opened_on=TODAY, **given).path.endswith("37990101/1/")


def test_an_office_with_open_offices_below_does_not_close() -> None:
    """Closing goes from the bottom up, once, not before the opening, and never onto itself."""
    offices = make_offices()
    actor = make_officer(offices.bureau, Role.ADMINISTRATOR)

    def close(unit: OrgUnit, successor: OrgUnit | None = None, on: date = TODAY) -> OrgUnit:
        return close_office(actor, unit, on=on, successor=successor, reason="reorganised")

    for unit, successor, on in (
        (offices.district, None, TODAY),
        (offices.office, offices.office, TODAY),
        (offices.office, None, LONG_AGO - timedelta(days=1)),
    ):
        with pytest.raises(Conflict):
            close(unit, successor, on)
    close(offices.office, offices.other_office)
    with pytest.raises(Conflict):
        close(offices.office)
    with pytest.raises(Conflict):
        close(offices.other_office, offices.office)
    close(offices.other_office)
    assert close(offices.district).closed_on == TODAY


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_the_deeds_that_take_something_away_ask_why(reason: str) -> None:
    """Without a reason no office closes, no role changes and no account is locked."""
    offices = make_offices()
    officer = make_officer(offices.office, Role.OFFICER)
    actor = make_officer(offices.bureau, Role.ADMINISTRATOR)
    role = officer.role_assignments.get()
    given = {"role": Role.HEAD, "unit": offices.office, "since": TODAY}
    for act in (
        lambda: close_office(actor, offices.office, on=TODAY, successor=None, reason=reason),
        lambda: assign_role(actor, officer, **given, reason=reason),
        lambda: end_role(actor, role, on=TODAY, reason=reason),
        lambda: set_officer_active(actor, officer, active=False, reason=reason),
    ):
        with pytest.raises(Invalid):
            act()
    assert not AuditEntry.objects.exists()


def test_a_taken_name_an_unknown_role_and_a_weak_password_are_refused() -> None:
    """Each says which field is wrong; nothing is entered."""
    offices = make_offices()
    actor = make_officer(offices.bureau, Role.ADMINISTRATOR)
    for wrong in ({"username": actor.username}, {"roles": ["emperor"]}, {"password": "1234567890"}):
        with pytest.raises(Invalid):
            new_officer(actor, offices.office, **wrong)
    assert Officer.objects.count() == 1


def test_a_new_officer_can_sign_in_and_works_at_the_own_office() -> None:
    """The account holds its roles from the day given; the phone stands masked in the book."""
    offices = make_offices()
    actor = make_officer(offices.bureau, Role.ADMINISTRATOR)
    officer = new_officer(actor, offices.office, phone="13812345678")
    assert officer.check_password("long-and-plain-words")
    assert list(officer.scope_paths) == [offices.office.path]
    body = AuditEntry.objects.get().body
    assert "138****5678" in body
    assert "13812345678" not in body
    assert "long-and-plain-words" not in body


def test_a_role_is_not_held_twice_at_once() -> None:
    """The same role at the same office is refused while it runs, and given anew after its end."""
    offices = make_offices()
    actor = make_officer(offices.bureau, Role.ADMINISTRATOR)
    officer = make_officer(offices.office, Role.OFFICER)

    def give(since: date) -> RoleAssignment:
        return assign_role(
            actor, officer, role=Role.OFFICER, unit=offices.office, since=since, reason="back"
        )

    with pytest.raises(Conflict):
        give(TODAY)
    end_role(actor, officer.role_assignments.get(), on=TODAY, reason="moved")
    with pytest.raises(Conflict):
        give(TODAY)
    assert give(TODAY + timedelta(days=1)).until is None


def test_a_role_ends_once_and_not_before_it_began() -> None:
    """The end of a role is set once; the log says from what to what."""
    offices = make_offices()
    actor = make_officer(offices.bureau, Role.ADMINISTRATOR)
    role = make_officer(offices.office, Role.OFFICER).role_assignments.get()
    with pytest.raises(Conflict):
        end_role(actor, role, on=LONG_AGO - timedelta(days=2), reason="moved")
    end_role(actor, role, on=TODAY, reason="moved")
    with pytest.raises(Conflict):
        end_role(actor, role, on=TODAY, reason="moved")
    (entry,) = entries_for(role)
    assert (entry.before["until"], entry.after["until"]) == (None, TODAY.isoformat())
    assert entry.reason == "moved"


def test_an_account_is_locked_once() -> None:
    """Locking a locked account is told, not repeated."""
    offices = make_offices()
    actor = make_officer(offices.bureau, Role.ADMINISTRATOR)
    officer = make_officer(offices.office, Role.OFFICER)
    set_officer_active(actor, officer, active=False, reason="left")
    with pytest.raises(Conflict):
        set_officer_active(actor, officer, active=False, reason="left")
    assert set_officer_active(actor, officer, active=True, reason="came back").is_active
