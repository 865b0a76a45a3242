"""Proposals: the system's from the figures of a month, an officer's from what he knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing import law
from zhixing.apps.discipline import facts, ladder, rating, selectors
from zhixing.apps.discipline.models import Sanction
from zhixing.apps.media.api import Medium, media_visible
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Invalid
from zhixing.kit.reasons import stated


def propose_sanctions(actor: Actor, month: date) -> list[Sanction]:
    """Hold the confirmed figures of a month against the ladder, medium by medium.

    A medium on which a step is under way, or for which the same or a higher step was proposed for
    this month already, is left alone: running it again adds nothing.

    Raises:
        Refused: the actor does not work on measures of the offices.
        Invalid: the month is not over.
    """
    require(actor, "discipline.add_sanction")
    start, end = facts.month_of(month)
    today = timezone.localdate()
    if end >= today:
        sentence = _("The month is not over; its figures may still change.")
        raise Invalid(sentence, fields={"month": [sentence]})
    rates = rating.by_domain(facts.random_days(actor, start, end), lambda row: row.medium)
    made = []
    for medium in media_visible(actor).exclude(status=Medium.Status.CLOSED).order_by("pk"):
        if not actor.has_perm("discipline.add_sanction", medium):
            continue
        standing = selectors.standing_of(medium, start, end, rates.get(medium.pk, rating.EMPTY))
        proposal = ladder.assess(standing, today)
        if proposal is not None and not _is_known(medium, proposal.step, start):
            made.append(_propose(actor, medium, proposal, standing, start, end))
    return made


@transaction.atomic
def propose_by_hand(
    actor: Actor, medium: Medium, *, step: str, month: date, grounds: str
) -> Sanction:
    """An officer's own proposal, for what figures do not show: harm to order and stability.

    Raises:
        Refused: the medium is not of the actor's offices.
        Conflict: a step is under way on the medium.
        Invalid: no grounds.
    """
    require(actor, "discipline.add_sanction", medium)
    told = stated(grounds)
    today = timezone.localdate()
    rung = law.media_ladder().step_on(step, today)
    if Sanction.objects.filter(medium=medium, state__in=Sanction.UNDER_WAY).exists():
        raise Conflict(_("A step on this medium is under way already."))
    start, end = facts.month_of(month)
    rates = rating.by_domain(facts.random_days(actor, start, end), lambda row: row.medium)
    standing = selectors.standing_of(medium, start, end, rates.get(medium.pk, rating.EMPTY))
    return _enter(
        actor, medium, rung, start, end,
        reasons=[], figures=_figures(standing), grounds=told, by=actor.actor_id,
    )  # fmt: skip


def _is_known(medium: Medium, step: law.LadderStep, start: date) -> bool:
    known = Sanction.objects.filter(medium=medium)
    if known.filter(state__in=Sanction.UNDER_WAY).exists():
        return True
    same = known.filter(period_start=start).exclude(proposed_by__isnull=False)
    orders = {one.code: one.order for one in law.media_ladder().steps}
    return any(orders.get(code, 0) >= step.order for code in same.values_list("step", flat=True))


def _propose(
    actor: Actor,
    medium: Medium,
    proposal: ladder.Proposal,
    standing: ladder.Standing,
    start: date,
    end: date,
) -> Sanction:
    reasons = [met.as_record() for met in proposal.met]
    with transaction.atomic():
        return _enter(
            actor, medium, proposal.step, start, end,
            reasons=reasons, figures=_figures(standing), grounds="", by=None,
        )  # fmt: skip


def _figures(standing: ladder.Standing) -> dict[str, Any]:
    return standing.rates.as_record() | {
        "serious_count": standing.serious,
        "serious_focus_count": standing.serious_focus,
        "taken": [[step, on.isoformat()] for step, on in standing.taken],
    }


def _enter(
    actor: Actor,
    medium: Medium,
    step: law.LadderStep,
    start: date,
    end: date,
    *,
    reasons: Sequence[Any],
    figures: dict[str, Any],
    grounds: str,
    by: int | None,
) -> Sanction:
    sanction = Sanction(
        unit_path=medium.unit_path,
        medium=medium,
        step=step.code,
        period_start=start,
        period_end=end,
        reasons=list(reasons),
        figures=figures,
        grounds=grounds,
        proposed_by_id=by,
        proposed_on=timezone.localdate(),
    )
    with deed(actor, "sanction.propose", reason=grounds) as act:
        sanction.save()
        act.obj = sanction
        act.detail = {"ladder": law.media_ladder().origin}
    return sanction
