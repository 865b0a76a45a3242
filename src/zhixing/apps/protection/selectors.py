"""Questions about trade-mark protection, asked by an actor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from zhixing.apps.leads.api import Lead
from zhixing.apps.protection.crime_alert import Facts
from zhixing.apps.protection.models import (
    AssistanceRequest,
    CrimeTransfer,
    FileFact,
    InfringementFile,
    Market,
    MarkInspection,
    OemEnterprise,
    OemOrder,
    StallVisit,
)
from zhixing.apps.registry.api import (
    Authorisation,
    Subject,
    TradeMark,
    authorisations_visible,
    subjects_found,
)
from zhixing.kit.actors import Actor, require
from zhixing.kit.scope import within_any

YEARS = 5


def files_visible(actor: Actor) -> QuerySet[InfringementFile]:
    """The infringement files of the actor's offices, newest first."""
    require(actor, "protection.view_infringementfile")
    return InfringementFile.objects.visible_to(actor).select_related(
        "subject", "trade_mark", "handler", "lead"
    )


def files_open(actor: Actor, also: int | None = None) -> QuerySet[InfringementFile]:
    """Files on which work goes on, and the one named, for choosing."""
    done = (InfringementFile.State.DECIDED, InfringementFile.State.CLOSED)
    return files_visible(actor).filter(~Q(state__in=done) | Q(pk=also))


def file_of_lead(actor: Actor, lead: Lead) -> InfringementFile | None:
    """The file that a lead was referred to, if the actor may see it."""
    return files_visible(actor).filter(lead=lead).first()


def facts_of(actor: Actor, file: InfringementFile) -> QuerySet[FileFact]:
    """All facts of a file, withdrawn ones too, oldest first."""
    return FileFact.objects.filter(
        within_any(actor.scope_paths, "file__unit_path"), file=file
    ).select_related("entered_by", "file")


def totals_of(file: InfringementFile) -> Mapping[str, Decimal]:
    """Sums by measure over the facts that stand."""
    rows = (
        FileFact.objects.filter(file=file, withdrawn_for="")
        .values_list("measure")
        .annotate(total=Sum("amount"))
        .order_by("measure")
    )
    return dict(rows)


def facts_for_alert(file: InfringementFile) -> Facts:
    """What the comparison with the thresholds of crimes needs."""
    return Facts(
        act=file.act_kind,
        acted_on=file.acted_on,
        totals=totals_of(file),
        is_service=file.is_service,
        marks=file.marks_count,
        sanctioned_before=file.sanctioned_before,
    )


def earlier_files(subject: Subject | None, before: date) -> QuerySet[InfringementFile]:
    """Decided files on the same subject within the five years before a day.

    Whether acts count is the same wherever in the city they were dealt with, so this asks no
    jurisdiction; pages show the number alone.
    """
    start = date(before.year - YEARS, before.month, min(before.day, 28))
    return InfringementFile.objects.filter(
        subject=subject, decided_on__isnull=False, acted_on__range=(start, before)
    )


def transfers_visible(actor: Actor) -> QuerySet[CrimeTransfer]:
    """The transfers of the actor's offices, newest first."""
    require(actor, "protection.view_crimetransfer")
    return CrimeTransfer.objects.visible_to(actor).select_related(
        "file", "file__subject", "decided_by"
    )


def transfers_overdue(actor: Actor, now: datetime) -> QuerySet[CrimeTransfer]:
    """Transfers whose next step should have been taken."""
    return transfers_visible(actor).filter(due_at__lt=now)


def assistance_visible(actor: Actor) -> QuerySet[AssistanceRequest]:
    """The requests for assistance of the actor's offices, overdue first."""
    require(actor, "protection.view_assistancerequest")
    return AssistanceRequest.objects.visible_to(actor).select_related(
        "subject", "trade_mark", "handler", "file"
    )


def about(text: str) -> Q:
    """Rows whose party or mark hold the words, or whose subject they find."""
    words = text.strip()
    return (
        Q(party_name__contains=words)
        | Q(mark_text__contains=words)
        | Q(subject__in=subjects_found(words))
    )


def of_subject(rows: QuerySet[Any], subject: Subject, limit: int) -> list[Any]:
    """The newest rows about a subject."""
    return list(rows.filter(subject=subject).order_by("-pk")[:limit])


def of_mark(rows: QuerySet[Any], mark: TradeMark, limit: int) -> list[Any]:
    """The newest rows about a mark."""
    return list(rows.filter(trade_mark=mark).order_by("-pk")[:limit])


def about_file(text: str) -> Q:
    """Transfers whose file's party or mark hold the words."""
    words = text.strip()
    return Q(file__party_name__contains=words) | Q(file__mark_text__contains=words)


def facts_visible(actor: Actor) -> QuerySet[FileFact]:
    """The facts of the files that the actor may see."""
    return FileFact.objects.filter(file__in=files_visible(actor)).select_related("file")


def transfers_waiting(actor: Actor) -> QuerySet[CrimeTransfer]:
    """Transfers with a step due, the nearest first."""
    return transfers_visible(actor).filter(due_at__isnull=False).order_by("due_at", "pk")


def assistance_waiting(actor: Actor) -> QuerySet[AssistanceRequest]:
    """Requests that wait for an answer, the nearest first."""
    return (
        assistance_visible(actor)
        .filter(waiting_until__isnull=False)
        .order_by("waiting_until", "pk")
    )


def makers_visible(actor: Actor) -> QuerySet[OemEnterprise]:
    """The OEM processors of the actor's offices."""
    require(actor, "protection.view_oementerprise")
    return OemEnterprise.objects.visible_to(actor).select_related("subject")


def makers_active(actor: Actor, also: int | None = None) -> QuerySet[OemEnterprise]:
    """Processors that make to order today, and the one named, for choosing."""
    return makers_visible(actor).filter(Q(is_active=True) | Q(pk=also)).order_by("subject__name")


def orders_visible(actor: Actor) -> QuerySet[OemOrder]:
    """The OEM orders of the actor's offices, newest first."""
    require(actor, "protection.view_oemorder")
    return (
        OemOrder.objects.visible_to(actor)
        .select_related("enterprise", "enterprise__subject", "client", "trade_mark")
        .select_related("authorisation")
    )


CHOICES = 500


def authorisations_for(actor: Actor, also: int | None = None) -> QuerySet[Authorisation]:
    """Contracts that an order may rest on, the newest first, and the one named."""
    visible = authorisations_visible(actor)
    newest = visible.order_by("-pk").values("pk")[:CHOICES]
    return visible.filter(Q(pk__in=list(newest.values_list("pk", flat=True))) | Q(pk=also))


def about_order(text: str) -> Q:
    """Orders whose number, mark or client hold the words, or whose maker they find."""
    words = text.strip()
    return (
        Q(number__contains=words)
        | Q(mark_text__contains=words)
        | Q(client_name__contains=words)
        | Q(enterprise__subject__in=subjects_found(words))
    )


def markets_visible(actor: Actor) -> QuerySet[Market]:
    """The markets of the actor's offices."""
    require(actor, "protection.view_market")
    return Market.objects.visible_to(actor).select_related("subject")


def markets_open(actor: Actor) -> QuerySet[Market]:
    """Markets that are open today, for choosing."""
    return markets_visible(actor).filter(is_open=True).order_by("name", "pk")


def inspections_visible(actor: Actor) -> QuerySet[MarkInspection]:
    """The market inspections of the actor's offices, newest first."""
    require(actor, "protection.view_markinspection")
    return MarkInspection.objects.visible_to(actor).select_related("market")


def visits_visible(actor: Actor) -> QuerySet[StallVisit]:
    """The stalls visited in inspections that the actor may see."""
    return StallVisit.objects.filter(inspection__in=inspections_visible(actor)).select_related(
        "inspection", "inspection__market", "subject"
    )
