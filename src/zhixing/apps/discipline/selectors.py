"""Questions about discipline, asked by an actor."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from zhixing.apps.discipline.ladder import Standing
from zhixing.apps.discipline.models import Bulletin, Dispatch, Sanction, Training, TrainingCall
from zhixing.apps.media.api import Medium
from zhixing.kit.actors import Actor, require
from zhixing.kit.scope import within_any

# States in which a step counts as taken when the next one asks whether it was.
TAKEN = (Sanction.State.ISSUED, Sanction.State.LIFTED)


def sanctions_visible(actor: Actor) -> QuerySet[Sanction]:
    """The sanctions on media of the actor's offices, newest first."""
    require(actor, "discipline.view_sanction")
    return Sanction.objects.visible_to(actor).select_related("medium", "handler", "decided_by")


def sanctions_of(medium: Medium) -> QuerySet[Sanction]:
    """Every step ever meant for a medium, newest first."""
    return Sanction.objects.filter(medium=medium).order_by("-proposed_on", "-pk")


def steps_taken(medium: Medium) -> list[tuple[str, date]]:
    """The steps taken on the medium, with the day each was issued."""
    rows = Sanction.objects.filter(medium=medium, state__in=TAKEN, issued_on__isnull=False)
    found = rows.order_by("issued_on", "pk").values_list("step", "issued_on")
    return [(step, on) for step, on in found if on is not None]


def standing_of(medium: Medium, start: date, end: date, rates: object) -> Standing:
    """What is known of the medium in the period; `rates` from its random days."""
    from zhixing.apps.discipline import facts, rating

    assert isinstance(rates, rating.Rates)
    serious, serious_focus = facts.serious_of(medium, start, end)
    return Standing(rates, serious, serious_focus, steps_taken(medium))


def sanctions_due(actor: Actor, today: date) -> QuerySet[Sanction]:
    """Sanctions with a duty of the bureau that is due, as `duties` names it."""
    waiting = Q(state="noticed", reply_due__lt=today) | Q(state__in=("submitted", "approved"))
    late = Q(state="issued") & (
        Q(publication_due__isnull=False, published_on__isnull=True)
        | Q(term_until__lt=today, rectified_on__isnull=True)
        | Q(authority="", authority_told_on__isnull=True, step__in=_told_steps())
    )
    return sanctions_visible(actor).filter(waiting | late)


def sanctions_with_days(actor: Actor, until: date) -> list[tuple[Sanction, date, str]]:
    """Measures with a day up to `until`: what is due then, the nearest first."""
    found: list[tuple[Sanction, date, str]] = []
    rows = sanctions_visible(actor)
    for field, state, open_when, what in (
        ("reply_due", "noticed", {}, _("The reply of the medium is due")),
        ("term_until", "issued", {"rectified_on": None}, _("See what the medium put right")),
        ("publication_due", "issued", {"published_on": None}, _("Publish the measure")),
    ):
        due = rows.filter(state=state, **{f"{field}__lte": until}, **open_when)
        found += [(one, getattr(one, field), what) for one in due]
    return sorted(found, key=lambda row: (row[1], row[0].pk))


def _told_steps() -> list[str]:
    from zhixing import law

    return sorted({step.code for step in law.media_ladder().steps if step.notifies_authority})


def dispatches_visible(actor: Actor) -> QuerySet[Dispatch]:
    """Suspected advertisements that the actor's offices sent on or received."""
    require(actor, "discipline.view_dispatch")
    mine = within_any(actor.scope_paths) | within_any(actor.scope_paths, "to_path")
    return Dispatch.objects.filter(mine).select_related("ad", "sent_by", "lead")


def dispatches_waiting(actor: Actor) -> QuerySet[Dispatch]:
    """Those on which something is due, the nearest first."""
    return dispatches_visible(actor).filter(due_on__isnull=False).order_by("due_on", "pk")


def bulletins_visible(actor: Actor) -> QuerySet[Bulletin]:
    """The monthly papers of the actor's offices, newest first."""
    require(actor, "discipline.view_bulletin")
    return Bulletin.objects.visible_to(actor)


def trainings_visible(actor: Actor) -> QuerySet[Training]:
    """The training sessions of the actor's offices, newest first."""
    require(actor, "discipline.view_training")
    return Training.objects.visible_to(actor)


def trainings_open(actor: Actor) -> QuerySet[Training]:
    """Sessions that have not been held, for choosing."""
    return trainings_visible(actor).filter(is_held=False).order_by("held_on", "pk")


def calls_visible(actor: Actor) -> QuerySet[TrainingCall]:
    """The advertisers on the training lists of the actor's offices."""
    require(actor, "discipline.view_trainingcall")
    return TrainingCall.objects.visible_to(actor).select_related("subject", "training")
