"""The figures of the overview page, each with the list behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.protection import selectors
from zhixing.kit.actors import Actor


@dataclass(frozen=True, slots=True)
class Tally:
    """A figure, what it counts, the rows behind it; `is_bad` when it should be zero."""

    label: str
    value: int
    url: str
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Figures about one thing."""

    label: str
    url: str
    tallies: list[Tally]


def groups(actor: Actor, now: datetime) -> list[Group]:
    """Counts over the actor's offices: one query for each thing."""
    return [
        _files(actor),
        _transfers(actor, now),
        _assistance(actor, now),
        _orders(actor),
        _markets(actor, now),
    ]


def _files(actor: Actor) -> Group:
    url = reverse("protection:files")
    done = Q(state__in=("decided", "closed"))
    open_states = "state=opened&state=investigated&state=suspended"
    counted: dict[str, Any] = selectors.files_visible(actor).aggregate(
        open=Count("pk", filter=~done, distinct=True),
        suspected=Count(
            "pk", filter=~done & Q(crime_suspected=True, transfers__isnull=True), distinct=True
        ),
    )
    return Group(
        _("Infringement files"),
        url,
        [
            Tally(_("Being worked on"), counted["open"], f"{url}?{open_states}"),
            Tally(
                _("Crime suspected, nothing transferred"), counted["suspected"],
                f"{url}?{open_states}&crime_suspected=true&transferred=false",
                counted["suspected"] > 0,
            ),
        ],
    )  # fmt: skip


def _transfers(actor: Actor, now: datetime) -> Group:
    url = reverse("protection:transfers")
    counted: dict[str, Any] = selectors.transfers_visible(actor).aggregate(
        waiting=Count("pk", filter=Q(due_at__isnull=False)),
        overdue=Count("pk", filter=Q(due_at__lt=now)),
    )
    return Group(
        _("Crime transfers"),
        url,
        [
            Tally(_("A step is due"), counted["waiting"], f"{url}?waiting=true"),
            Tally(
                _("Overdue"), counted["overdue"], f"{url}?overdue=true", counted["overdue"] > 0
            ),
        ],
    )  # fmt: skip


def _assistance(actor: Actor, now: datetime) -> Group:
    url = reverse("protection:assistance")
    today = timezone.localdate(now)
    counted: dict[str, Any] = selectors.assistance_visible(actor).aggregate(
        received=Count("pk", filter=Q(state="open", direction="in")),
        sent=Count("pk", filter=Q(state="open", direction="out")),
        overdue=Count("pk", filter=Q(waiting_until__lt=today)),
    )
    return Group(
        _("Assistance requests"),
        url,
        [
            Tally(
                _("Received, to be answered"), counted["received"], f"{url}?direction=in&state=open"
            ),
            Tally(
                _("Sent, answer awaited"), counted["sent"], f"{url}?direction=out&state=open"
            ),
            Tally(
                _("Overdue"), counted["overdue"], f"{url}?overdue=true", counted["overdue"] > 0
            ),
        ],
    )  # fmt: skip


def _orders(actor: Actor) -> Group:
    url = reverse("protection:oem-orders")
    counted: dict[str, Any] = selectors.orders_visible(actor).aggregate(
        contradiction=Count("pk", filter=Q(verdict="contradiction")),
        missing=Count("pk", filter=Q(verdict="missing")),
    )
    return Group(
        _("OEM orders"),
        url,
        [
            Tally(
                _("Contradiction"), counted["contradiction"], f"{url}?verdict=contradiction",
                counted["contradiction"] > 0,
            ),
            Tally(_("Something is missing"), counted["missing"], f"{url}?verdict=missing"),
        ],
    )  # fmt: skip


def _markets(actor: Actor, now: datetime) -> Group:
    url = reverse("protection:inspections")
    new_year = timezone.localdate(now).replace(month=1, day=1)
    this_year = f"inspected_after={new_year}"
    counted: dict[str, Any] = selectors.inspections_visible(actor).aggregate(
        finished=Count("pk", filter=Q(state="finished", inspected_on__gte=new_year)),
        under_way=Count("pk", filter=Q(state="under_way")),
    )
    return Group(
        _("Market inspections"),
        url,
        [
            Tally(
                _("Finished this year"), counted["finished"], f"{url}?state=finished&{this_year}"
            ),
            Tally(_("Under way"), counted["under_way"], f"{url}?state=under_way"),
        ],
    )  # fmt: skip
