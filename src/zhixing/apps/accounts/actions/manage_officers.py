"""Deeds on officers: open an account, give and end roles, lock and unlock.

Nobody administers oneself: what an administrator is and may do, another administrator decides
(separation of duties, GB/T 22239-2019 8.1.4.2).
"""

from __future__ import annotations

from datetime import date, timedelta

from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zhixing.apps.accounts.models import Officer, OrgUnit, Role, RoleAssignment
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.reasons import stated


def create_officer(
    actor: Actor,
    *,
    username: str,
    display_name: str,
    unit: OrgUnit,
    roles: list[str],
    password: str,
    since: date,
    phone: str = "",
) -> Officer:
    """Open an account with its first roles at its own office.

    Raises:
        Refused: the actor is no administrator of that office.
        Invalid: the user name is taken, a role is unknown or the password is too weak.
    """
    require(actor, "accounts.change_officer", unit)
    if Officer.objects.filter(username=username).exists():
        raise Invalid(
            _("The user name “%(name)s” is taken; choose another.") % {"name": username},
            fields={"username": [_("already taken")]},
        )
    if unknown := set(roles) - set(Role.values):
        raise Invalid(
            _("Unknown roles: %(roles)s. Expected some of: %(known)s.")
            % {"roles": ", ".join(sorted(unknown)), "known": ", ".join(Role.values)}
        )
    officer = Officer(username=username, display_name=display_name, unit=unit, phone=phone)
    try:
        validate_password(password, officer)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), fields={"password": error.messages}) from error
    officer.set_password(password)
    with deed(actor, "officer.create", detail={"roles": sorted(roles)}) as act:
        officer.save()
        act.obj = officer
        for role in roles:
            RoleAssignment.objects.create(officer=officer, role=role, unit=unit, since=since)
    return officer


def assign_role(
    actor: Actor, officer: Officer, *, role: str, unit: OrgUnit, since: date, reason: str
) -> RoleAssignment:
    """Give an officer a role at an office from a day on.

    Raises:
        Refused: the actor does not administer both the officer and the office, or is the officer.
        Invalid: no reason, or an unknown role.
        Conflict: the officer holds the role there already, or the office is closed by then.
    """
    _require_other(actor, officer)
    require(actor, "accounts.change_officer", unit)
    if role not in Role.values:
        raise Invalid(
            _("Expected one of %(known)s, got “%(given)s”.")
            % {"known": ", ".join(Role.values), "given": role}
        )
    if not unit.is_open(since):
        raise Conflict(_("%(unit)s is closed on %(day)s.") % {"unit": unit, "day": since})
    held = officer.role_assignments.filter(role=role, unit=unit)
    if held.exclude(until__lt=since).exists():
        raise Conflict(
            _("%(officer)s holds this role at %(unit)s already.")
            % {"officer": officer, "unit": unit}
        )
    with deed(actor, "officer.assign_role", reason=stated(reason)) as act:
        act.obj = assignment = RoleAssignment.objects.create(
            officer=officer, role=role, unit=unit, since=since
        )
    return assignment


def end_role(actor: Actor, assignment: RoleAssignment, *, on: date, reason: str) -> RoleAssignment:
    """End a role; `on` is the last day it is held.

    Raises:
        Refused: the actor does not administer both the officer and the office, or is the officer.
        Invalid: no reason.
        Conflict: the role has ended already, or the day lies before it began.
    """
    _require_other(actor, assignment.officer)
    require(actor, "accounts.change_officer", assignment.unit)
    if assignment.until is not None:
        raise Conflict(_("This role has an end already."))
    if on < assignment.since - timedelta(days=1):
        raise Conflict(_("A role cannot end before it began."))
    with deed(actor, "officer.end_role", assignment, reason=stated(reason)):
        assignment.until = on
        assignment.save(update_fields=["until"])
    return assignment


def set_officer_active(actor: Actor, officer: Officer, *, active: bool, reason: str) -> Officer:
    """Lock an account, or open it again; a locked officer's open pages stop working at once.

    Raises:
        Refused: the actor does not administer the officer, or is the officer.
        Invalid: no reason.
        Conflict: the account is in that state already.
    """
    _require_other(actor, officer)
    if officer.is_active == active:
        raise Conflict(_("The account is unlocked.") if active else _("The account is locked."))
    with deed(
        actor, "officer.unlock" if active else "officer.lock", officer, reason=stated(reason)
    ):
        officer.is_active = active
        officer.save(update_fields=["is_active"])
    return officer


def lift_sign_in_lock(actor: Actor, officer: Officer, *, reason: str) -> Officer:
    """Let an officer sign in again who typed the password wrong too often.

    Raises:
        Refused: the actor does not administer the officer.
        Invalid: no reason.
    """
    require(actor, "accounts.change_officer", officer)
    with deed(actor, "officer.lift_sign_in_lock", officer, reason=stated(reason)):
        reset(username=officer.username)
    return officer


def _require_other(actor: Actor, officer: Officer) -> None:
    require(actor, "accounts.change_officer", officer)
    if actor.actor_id is not None and actor.actor_id == officer.pk:
        raise Refused(_("This is your own account; another administrator must do it."))
