"""Questions about offices and officers, asked by an actor."""

from __future__ import annotations

from collections.abc import Sequence

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from zhixing.apps.accounts.models import Officer, OrgUnit, RoleAssignment
from zhixing.kit.actors import Actor
from zhixing.kit.history import HistoryEntry, entries_for
from zhixing.kit.scope import within_any


def units_visible(actor: Actor) -> QuerySet[OrgUnit]:
    """The actor's offices and those below, in tree order."""
    return OrgUnit.objects.filter(within_any(actor.scope_paths, "path")).select_related("region")


def units_open(actor: Actor) -> QuerySet[OrgUnit]:
    """The visible offices that have not closed."""
    return units_visible(actor).filter(closed_on__isnull=True)


def unit_names(paths: list[str]) -> dict[str, str]:
    """Names of offices by path, for pages that show where rows belong."""
    return dict(OrgUnit.objects.filter(path__in=paths).values_list("path", "name"))


def officers_visible(actor: Actor) -> QuerySet[Officer]:
    """The officers of the actor's offices, by office and name."""
    return (
        Officer.objects.filter(within_any(actor.scope_paths, "unit__path"))
        .select_related("unit")
        .prefetch_related("role_assignments__unit")
        .order_by("unit__path", "display_name", "pk")
    )


def roles_of(officer: Officer) -> QuerySet[RoleAssignment]:
    """Every role the officer held or holds, the latest first."""
    return officer.role_assignments.select_related("unit", "officer__unit").order_by("-since", "pk")


def is_sign_in_locked(officer: Officer) -> bool:
    """Whether somebody typed the officer's password wrong too often just now."""
    return AccessAttempt.objects.filter(
        username=officer.username,
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME,
    ).exists()


def officer_log(officer: Officer, roles: Sequence[RoleAssignment]) -> list[HistoryEntry]:
    """The deeds on the account and on each of its roles, newest first."""
    entries = [entry for obj in (officer, *roles) for entry in entries_for(obj)]
    return sorted(entries, key=lambda entry: -entry.sequence)
