"""What the trade-mark services hold for an officer: each place with what waits there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhixing.apps.trademarks import selectors
from zhixing.apps.trademarks.models import Reminder
from zhixing.kit.actors import Actor

Text = str | Promise
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Place:
    """One page: its permission, what it is for, and how to count what waits there."""

    label: Text
    page: str
    permission: str
    hint: Text
    waiting: Callable[[Actor], int] | None = None
    waits: Text = ""


def _help(actor: Actor) -> int:
    return selectors.help_asked(actor).count()


def _reminders(actor: Actor) -> int:
    return selectors.reminders_visible(actor).filter(state=Reminder.State.OPEN).count()


def _unfiled(actor: Actor) -> int:
    in_force = selectors.in_force_on(timezone.localdate())
    return selectors.licences_to_file(actor).filter(in_force, filed_on__isnull=True).count()


def _dossiers(actor: Actor) -> int:
    soon = timezone.localdate() + SOON
    return selectors.dossiers_visible(actor).filter(due_on__lte=soon).count()


GROUPS: tuple[tuple[Text, tuple[Place, ...]], ...] = (
    (
        _("Cultivation"),
        (
            Place(
                _("Marks cultivated"),
                "board",
                "trademarks.view_cultivation",
                _("Stage by stage, from the candidate to the mark that people know."),
            ),
            Place(
                _("Help with filings"),
                "help",
                "trademarks.view_cultivation",
                _("Operators who asked for help, the most urgent first."),
                _help,
                _("wait"),
            ),
            Place(
                _("Scorecard of marks"),
                "scorecard",
                "trademarks.view_officetarget",
                _("Each office against its targets of the year."),
            ),
            Place(
                _("Targets of offices"),
                "targets",
                "trademarks.view_officetarget",
                _("How many marks each office is to bring on."),
            ),
        ),
    ),
    (
        _("Terms and licences"),
        (
            Place(
                _("Reminders of marks"),
                "reminder_overview",
                "trademarks.view_reminder",
                _("Renewals, licences that end, marks unused for three years."),
                _reminders,
                _("to be told"),
            ),
            Place(
                _("Licences and their filing"),
                "licences",
                "registry.view_authorisation",
                _("What the filing of each licence lacks."),
                _unfiled,
                _("in force, unfiled"),
            ),
            Place(
                _("Checks of marks' use"),
                "checks",
                "trademarks.view_usecheck",
                _("How licensees and users of marks of origin use them."),
            ),
        ),
    ),
    (
        _("Recommendation and protection"),
        (
            Place(
                _("Recommendation dossiers"),
                "dossiers",
                "trademarks.view_dossier",
                _("Criteria, evidence and stages of each recommendation."),
                _dossiers,
                _("due within a week"),
            ),
            Place(
                _("Well-known and famous marks"),
                "protected-marks",
                "registry.view_trademark",
                _("The marks that enjoy more protection."),
            ),
            Place(
                _("Marks of origin"),
                "origin-marks",
                "registry.view_trademark",
                _("Geographical indications and farm produce: holders, users, checks."),
            ),
            Place(
                _("Foreign marks"),
                "foreign-marks",
                "registry.view_trademark",
                _("Who holds them, who may use them here, until when."),
            ),
            Place(
                _("Leads about foreign marks"),
                "foreign-leads",
                "leads.view_lead",
                _("What monitors suspect against foreign marks."),
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One place as an officer sees it."""

    place: Place
    url: str
    count: int | None


def groups_for(actor: Actor) -> list[tuple[Text, Sequence[Line]]]:
    """The places the actor may open, with what waits there."""
    return [
        (label, [_line(actor, place) for place in places if actor.has_perm(place.permission)])
        for label, places in GROUPS
    ]


def _line(actor: Actor, place: Place) -> Line:
    count = place.waiting(actor) if place.waiting is not None else None
    return Line(place, reverse(f"trademarks:{place.page}"), count)
