"""Signing in and out: who gets in, who is kept out and for how long, and how that is undone."""

from __future__ import annotations

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.apps.people import make_officer, make_offices
from zhixing.apps.accounts.actions.manage_officers import lift_sign_in_lock, set_officer_active
from zhixing.apps.accounts.models import Officer, Role
from zhixing.apps.accounts.selectors import is_sign_in_locked
from zhixing.kit.actors import SystemActor

pytestmark = pytest.mark.django_db
PASSWORD = "long-and-plain-words"


def an_officer() -> Officer:
    """An officer who knows the password."""
    officer = make_officer(make_offices().office, Role.OFFICER)
    officer.set_password(PASSWORD)
    officer.save()
    return officer


def sign_in(client: Client, officer: Officer, password: str = PASSWORD) -> Any:
    """What the sign-in page answers."""
    return client.post(reverse("login"), {"username": officer.username, "password": password})


def fail(client: Client, officer: Officer, times: int) -> Any:
    """The answer to the last of several wrong passwords."""
    for _attempt in range(times):
        response = sign_in(client, officer, "wrong")
    return response


def test_the_right_password_leads_to_the_desk() -> None:
    """After signing in the officer stands at the desk; after signing out at the sign-in page."""
    client = Client()
    response = sign_in(client, an_officer())
    assert (response.status_code, response["Location"]) == (302, reverse("desk"))
    assert client.get(reverse("me")).status_code == 200
    assert client.post(reverse("logout"))["Location"] == reverse("login")
    assert client.get(reverse("me")).status_code == 302


def test_signing_in_returns_to_the_page_asked_for() -> None:
    """A page that was refused for want of a session is opened after signing in."""
    client, officer = Client(), an_officer()
    refused = client.get(reverse("programme:board"))
    data = {"username": officer.username, "password": PASSWORD, "next": reverse("programme:board")}
    assert client.post(refused["Location"], data)["Location"] == reverse("programme:board")


def test_a_wrong_password_says_so_and_warns_of_the_lock() -> None:
    """The page comes back with one sentence that names neither part as the wrong one."""
    response = fail(Client(), an_officer(), 1)
    (message,) = response.context["form"].non_field_errors()
    assert response.status_code == 200
    assert str(settings.AXES_FAILURE_LIMIT) in message
    assert "30" in message
    assert "user name or the password" in message or "用户名或密码" in message


def test_too_many_wrong_passwords_lock_the_sign_in() -> None:
    """At the limit even the right password is refused, with a page that says what to do."""
    officer, client = an_officer(), Client()
    assert fail(client, officer, settings.AXES_FAILURE_LIMIT - 1).status_code == 200
    locked = fail(client, officer, 1)
    assert locked.status_code == 429
    assert "registration/locked_out.html" in [template.name for template in locked.templates]
    assert sign_in(client, officer).status_code == 429
    assert client.get(reverse("me")).status_code == 302


def test_the_lock_is_of_one_name_at_one_address() -> None:
    """A stranger who mistypes elsewhere locks neither the officer out nor the colleagues."""
    officer, colleague = an_officer(), an_officer()
    stranger = Client(REMOTE_ADDR="10.9.9.9")
    fail(stranger, officer, settings.AXES_FAILURE_LIMIT)
    assert sign_in(Client(), officer).status_code == 302
    assert sign_in(stranger, colleague).status_code == 302


def test_the_lock_ends_by_itself() -> None:
    """After the time set for it the right password works again."""
    officer, client = an_officer(), Client()
    fail(client, officer, settings.AXES_FAILURE_LIMIT)
    for attempt in AccessAttempt.objects.all():
        attempt.attempt_time -= settings.AXES_COOLOFF_TIME
        attempt.save()
    assert not is_sign_in_locked(officer)
    assert sign_in(client, officer).status_code == 302


def test_an_administrator_lifts_the_lock() -> None:
    """The officer's page shows the lock; lifted with a reason, the officer gets in."""
    officer, client = an_officer(), Client()
    fail(client, officer, settings.AXES_FAILURE_LIMIT)
    assert is_sign_in_locked(officer)
    lift_sign_in_lock(SystemActor("test"), officer, reason="asked by telephone")
    assert not is_sign_in_locked(officer)
    assert sign_in(client, officer).status_code == 302


def test_a_locked_account_is_out_at_once() -> None:
    """Neither the open session nor the password is worth anything once the account is locked."""
    officer, client = an_officer(), Client()
    sign_in(client, officer)
    set_officer_active(SystemActor("test"), officer, active=False, reason="left the bureau")
    assert client.get(reverse("me"))["Location"].startswith(reverse("login"))
    assert sign_in(client, officer).status_code == 200
    assert client.get(reverse("me")).status_code == 302


def test_an_officer_changes_the_password() -> None:
    """The new password works and the session goes on; a weak one is refused beside its field."""
    officer, client = an_officer(), Client()
    sign_in(client, officer)
    typed = {"old_password": PASSWORD, "new_password1": "123", "new_password2": "123"}
    refused = client.post(reverse("password_change"), typed)
    assert "new_password2" in refused.context["form"].errors
    typed |= {"new_password1": "quite-another-one", "new_password2": "quite-another-one"}
    assert client.post(reverse("password_change"), typed).status_code == 302
    assert client.get(reverse("me")).status_code == 200
    assert sign_in(Client(), officer, "quite-another-one").status_code == 302


def test_the_language_is_switched_on_ones_own_page() -> None:
    """English chosen once stays for the browser."""
    client = Client()
    sign_in(client, an_officer())
    assert 'lang="zh-hans"' in client.get(reverse("me")).content.decode().lower()
    client.post(reverse("set_language"), {"language": "en", "next": reverse("me")})
    assert 'lang="en"' in client.get(reverse("me")).content.decode()


def test_ones_own_page_shows_the_phone_masked() -> None:
    """Not even the officer's own number stands plain on a page."""
    officer, client = an_officer(), Client()
    officer.phone = "13812345678"
    officer.save()
    sign_in(client, officer)
    page = client.get(reverse("me")).content.decode()
    assert "138****5678" in page
    assert "13812345678" not in page


def test_the_site_says_that_it_is_alive_without_signing_in() -> None:
    """`/healthz` answers a monitor that has no account."""
    response = Client().get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
