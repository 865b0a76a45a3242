"""Reading personal data unmasked: with a reason, in one's own offices, and written down."""

from __future__ import annotations

import json

import pytest

from tests.apps.people import make_officer, make_offices
from zhixing.apps.accounts.models import Officer, Role
from zhixing.apps.audit.api import reveal
from zhixing.apps.audit.models import AuditEntry
from zhixing.kit.errors import Invalid, Refused

pytestmark = pytest.mark.django_db
PHONE = "13812345678"


@pytest.fixture
def person() -> Officer:
    """Somebody of the first office with a phone."""
    person = make_officer(make_offices().office, Role.OFFICER)
    person.phone = PHONE
    person.save()
    return person


def test_a_reason_opens_the_value_and_stands_in_the_book(person: Officer) -> None:
    """The entry names reader, field and reason, and not the value itself."""
    reader = make_officer(make_offices().district, Role.HEAD)
    assert reveal(reader, person, "phone", reason=" to call the officer ") == PHONE
    entry = AuditEntry.objects.get()
    body = json.loads(entry.body)
    assert (entry.deed, entry.actor_id) == ("personal_data.read", reader.pk)
    assert (body["reason"], body["detail"]) == ("to call the officer", {"field": "phone"})
    assert (entry.object_type, entry.object_id) == ("accounts.officer", str(person.pk))
    assert PHONE not in entry.body


def test_without_a_reason_it_stays_masked(person: Officer) -> None:
    """Blank is no reason."""
    reader = make_officer(make_offices().office, Role.OFFICER)
    for reason in ("", " \t"):
        with pytest.raises(Invalid) as caught:
            reveal(reader, person, "phone", reason=reason)
        assert "reason" in caught.value.fields
    assert not AuditEntry.objects.exists()


def test_another_office_or_role_is_refused(person: Officer) -> None:
    """Neither the office beside, nor a leader, an auditor or an administrator reads it."""
    offices = make_offices()
    for unit, role in (
        (offices.other_office, Role.OFFICER),
        (offices.bureau, Role.LEADER),
        (offices.bureau, Role.AUDITOR),
        (offices.bureau, Role.ADMINISTRATOR),
    ):
        with pytest.raises(Refused):
            reveal(make_officer(unit, role), person, "phone", reason="curious")
    assert not AuditEntry.objects.exists()


def test_only_declared_fields_are_read_this_way(person: Officer) -> None:
    """The password is no personal field to be shown."""
    reader = make_officer(make_offices().office, Role.OFFICER)
    with pytest.raises(Invalid):
        reveal(reader, person, "password", reason="curious")
