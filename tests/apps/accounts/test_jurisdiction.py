"""What an officer may see: roles in time, offices below, offices taken over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.apps.people import LONG_AGO, make_officer, make_offices
from zhixing.apps.accounts.actions.manage_offices import close_office, open_office
from zhixing.apps.accounts.models import Officer, Role, RoleAssignment
from zhixing.apps.accounts.selectors import officers_visible, units_open, units_visible
from zhixing.kit.actors import SystemActor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def again(officer: Officer) -> Officer:
    """The officer as the next request sees them; roles are looked up once a request."""
    return Officer.objects.get(pk=officer.pk)


def test_a_role_covers_its_office_and_all_below() -> None:
    """The bureau sees everything, a district its own, an office itself."""
    offices = make_offices()
    for unit, seen in (
        (offices.bureau, {"3799", "379901", "37990101", "37990102"}),
        (offices.district, {"379901", "37990101", "37990102"}),
        (offices.office, {"37990101"}),
    ):
        officer = make_officer(unit, Role.OFFICER)
        assert set(units_visible(officer).values_list("code", flat=True)) == seen


def test_without_a_role_nothing_is_seen() -> None:
    """Working at an office is not enough; a role opens it."""
    offices = make_offices()
    officer = make_officer(offices.bureau)
    assert not units_visible(officer).exists()
    assert not officers_visible(officer).exists()


def test_a_role_counts_from_its_first_to_its_last_day() -> None:
    """Yesterday's and tomorrow's roles count for nothing today; the last day still does."""
    offices, today, day = make_offices(), timezone.localdate(), timedelta(days=1)
    officer = make_officer(offices.office)
    for since, until, counts in (
        (LONG_AGO, today - day, False),
        (today + day, None, False),
        (LONG_AGO, today, True),
        (today, None, True),
    ):
        RoleAssignment.objects.all().delete()
        RoleAssignment.objects.create(
            officer=officer, role=Role.OFFICER, unit=offices.office, since=since, until=until
        )
        assert again(officer).has_role(Role.OFFICER) is counts, (since, until)
        assert bool(again(officer).scope_paths) is counts, (since, until)


def test_two_roles_add_up() -> None:
    """Somebody with roles at two offices sees both and nothing between them."""
    offices = make_offices()
    officer = make_officer(offices.office, Role.OFFICER)
    RoleAssignment.objects.create(
        officer=officer, role=Role.SAMPLER, unit=offices.other_office, since=LONG_AGO
    )
    codes = set(units_visible(again(officer)).values_list("code", flat=True))
    assert codes == {"37990101", "37990102"}


def test_a_successor_sees_what_the_closed_office_left() -> None:
    """After a merger the successor's officers see the old rows; a second merger passes both on."""
    offices = make_offices()
    third = open_office(
        SYSTEM, code="37990103", name="新城所", kind="office",
        parent=offices.district, opened_on=LONG_AGO,
    )  # fmt: skip
    heir, last = make_officer(offices.other_office, Role.OFFICER), make_officer(third, Role.OFFICER)
    today = timezone.localdate()
    assert list(again(heir).scope_paths) == [offices.other_office.path]
    close_office(SYSTEM, offices.office, on=today, successor=offices.other_office, reason="merged")
    assert set(again(heir).scope_paths) == {offices.office.path, offices.other_office.path}
    close_office(SYSTEM, offices.other_office, on=today, successor=third, reason="merged again")
    assert set(again(last).scope_paths) == {
        offices.office.path, offices.other_office.path, third.path,
    }  # fmt: skip


def test_a_closed_office_without_successor_falls_to_nobody_beside() -> None:
    """Only those above still see its rows."""
    offices = make_offices()
    beside, above = (
        make_officer(offices.other_office, Role.OFFICER),
        make_officer(offices.district, Role.HEAD),
    )
    close_office(SYSTEM, offices.office, on=timezone.localdate(), successor=None, reason="given up")
    assert list(again(beside).scope_paths) == [offices.other_office.path]
    assert units_visible(again(above)).filter(code="37990101").exists()
    assert not units_open(again(above)).filter(code="37990101").exists()


def test_a_like_code_is_not_below() -> None:
    """Office 3799 does not see 37991, whose code begins the same."""
    offices = make_offices()
    open_office(SYSTEM, code="37991", name="邻市局", kind="city", parent=None, opened_on=LONG_AGO)
    officer = make_officer(offices.bureau, Role.LEADER)
    assert not units_visible(officer).filter(code="37991").exists()


def test_officers_are_seen_by_their_office() -> None:
    """A district's administrator lists the officers of its offices and nobody of the bureau."""
    offices = make_offices()
    mine, above = make_officer(offices.office), make_officer(offices.bureau)
    administrator = make_officer(offices.district, Role.ADMINISTRATOR)
    seen = set(officers_visible(administrator))
    assert seen == {mine, administrator}
    assert above not in seen
