"""Questions about marks cultivated, targets, reminders and uses, asked by an actor."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from zhixing.apps.leads.api import Lead, leads_visible
from zhixing.apps.registry.api import (
    Authorisation,
    Subject,
    TradeMark,
    authorisations_visible,
    marks_visible,
)
from zhixing.apps.trademarks.actions.find_reminders import find_reminders
from zhixing.apps.trademarks.filing import FILED_KINDS
from zhixing.apps.trademarks.models import (
    Cultivation,
    Dossier,
    MarkUse,
    OfficeTarget,
    Reminder,
    UseCheck,
)
from zhixing.kit.actors import Actor, require
from zhixing.kit.jobs.api import Schedule, covering_schedule
from zhixing.kit.scope import Placed, office_names

BOARD_CARDS = 20
ORIGIN_KINDS = (
    TradeMark.Kind.GEOGRAPHICAL,
    TradeMark.Kind.COLLECTIVE,
    TradeMark.Kind.CERTIFICATION,
)


def cultivations_visible(actor: Actor) -> QuerySet[Cultivation]:
    """The marks that the actor's offices cultivate."""
    require(actor, "trademarks.view_cultivation")
    return Cultivation.objects.visible_to(actor).select_related("subject", "trade_mark", "assignee")


def help_asked(actor: Actor) -> QuerySet[Cultivation]:
    """Requests for help with a filing that wait, or whose filing is not made yet."""
    return cultivations_visible(actor).filter(
        help_asked_on__isnull=False, stage__in=Cultivation.WAITING
    )


def cultivations_of(actor: Actor, subject: Subject) -> QuerySet[Cultivation]:
    """The marks cultivated of one operator, the latest first."""
    return cultivations_visible(actor).filter(subject=subject).order_by("-pk")


def targets_visible(actor: Actor) -> QuerySet[OfficeTarget]:
    """The targets of the actor's offices."""
    require(actor, "trademarks.view_officetarget")
    return OfficeTarget.objects.visible_to(actor)


def reminders_visible(actor: Actor) -> QuerySet[Reminder]:
    """The reminders of the actor's offices, the nearest day first."""
    require(actor, "trademarks.view_reminder")
    rows = Reminder.objects.visible_to(actor).order_by("due_on", "pk")
    return rows.select_related("mark", "authorisation", "subject", "told_by")


def reminders_of(actor: Actor, row: Subject | TradeMark) -> QuerySet[Reminder]:
    """What stands about a mark, or is to be told to an operator, and is not settled."""
    concerned = Q(mark=row) if isinstance(row, TradeMark) else Q(subject=row)
    return reminders_visible(actor).filter(concerned).exclude(state=Reminder.State.CLOSED)


def reminder_counts(actor: Actor) -> dict[tuple[str, str], int]:
    """How many reminders of each kind stand in each state, by (kind, state)."""
    rows = Reminder.objects.visible_to(actor).values_list("kind", "state")
    return {(kind, state): n for kind, state, n in rows.order_by().annotate(n=Count("pk"))}


def uses_of(actor: Actor, mark: TradeMark) -> QuerySet[MarkUse]:
    """The uses of a mark on record, whichever office saw them, the latest first."""
    require(actor, "trademarks.view_markuse")
    return MarkUse.objects.filter(mark=mark)


def daily_look(actor: Actor) -> Schedule | None:
    """The daily look that covers the actor's office: its own or that of an office above."""
    require(actor, "trademarks.view_reminder")
    return covering_schedule(find_reminders, actor.unit_path)


def in_force_on(day: date) -> Q:
    """Contracts that allow the use on the day; mirrors `Authorisation.in_force`."""
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    return Q(status=Authorisation.Status.IN_FORCE) & begun & lasting


def licences_to_file(actor: Actor) -> QuerySet[Authorisation]:
    """The contracts of the actor's offices that allow the use of a mark as such."""
    return authorisations_visible(actor).filter(kind__in=FILED_KINDS)


def checks_visible(actor: Actor) -> QuerySet[UseCheck]:
    """The checks of the actor's offices."""
    require(actor, "trademarks.view_usecheck")
    return UseCheck.objects.visible_to(actor).select_related("mark", "subject")


def checks_of_licence(actor: Actor, row: Authorisation) -> list[UseCheck]:
    """The checks of the licensee's use of the mark, the latest first."""
    if row.mark_id is None or row.grantee_id is None:
        return []
    if not actor.has_perm("trademarks.view_usecheck"):
        return []
    return list(checks_visible(actor).filter(mark=row.mark_id, subject=row.grantee_id)[:5])


def _with_users(actor: Actor, marks: QuerySet[TradeMark]) -> QuerySet[TradeMark]:
    """The marks, each with `users`: contracts in force that the actor may see."""
    users: QuerySet[Authorisation] = Authorisation.objects.none()
    if actor.has_perm("registry.view_authorisation"):
        users = authorisations_visible(actor).filter(in_force_on(timezone.localdate()))
    return marks.annotate(users=_count(users))


def foreign_marks(actor: Actor) -> QuerySet[TradeMark]:
    """Foreign marks that the actor may see."""
    return _with_users(actor, marks_visible(actor).filter(_protected(TradeMark.Protection.FOREIGN)))


def marks_of_origin(actor: Actor) -> QuerySet[TradeMark]:
    """Geographical indications, collective and certification marks, and marks of farm produce.

    Each with its users, and the number and last day of the checks that the actor may see.
    """
    farm = Cultivation.objects.filter(kind=Cultivation.Kind.AGRICULTURAL, trade_mark__isnull=False)
    marks = marks_visible(actor).filter(
        Q(kind__in=ORIGIN_KINDS) | Q(pk__in=farm.values("trade_mark"))
    )
    checks = UseCheck.objects.none()
    if actor.has_perm("trademarks.view_usecheck"):
        checks = UseCheck.objects.visible_to(actor)
    last = checks.filter(mark=OuterRef("pk")).order_by("-checked_on").values("checked_on")[:1]
    return _with_users(actor, marks).annotate(checked=_count(checks), checked_last=Subquery(last))


def protected_marks(actor: Actor) -> QuerySet[TradeMark]:
    """Registered marks of the actor's offices that are well-known, or famous by the old scheme."""
    require(actor, "registry.view_trademark")
    kinds = TradeMark.Protection
    return (
        TradeMark.objects.visible_to(actor)
        .filter(_protected(kinds.WELL_KNOWN) | _protected(kinds.PROVINCIAL))
        .filter(status=TradeMark.Status.REGISTERED)
        .select_related("holder")
    )


def foreign_leads(actor: Actor) -> QuerySet[Lead]:
    """Leads of the actor's offices that protect a foreign mark."""
    return leads_visible(actor).filter(evidence__protection="foreign")


def dossiers_visible(actor: Actor) -> QuerySet[Dossier]:
    """The recommendation dossiers of the actor's offices."""
    require(actor, "trademarks.view_dossier")
    return Dossier.objects.visible_to(actor).select_related("mark", "subject")


def office_of(row: Placed) -> str:
    """The name of the office that a row belongs to."""
    return office_names([row.unit_path]).get(row.unit_path, row.unit_path)


def _protected(kind: str) -> Q:
    """Marks so protected; as text, since SQLite has no JSON containment."""
    return Q(protection__icontains=f'"{kind}"')


def _count(rows: QuerySet[Any]) -> Coalesce:
    """How many of the rows belong to each mark."""
    counted = rows.filter(mark=OuterRef("pk")).order_by().values("mark").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)
