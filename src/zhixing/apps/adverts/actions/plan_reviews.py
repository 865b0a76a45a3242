"""The deed that says which share of advertisements is read twice, or without a finding."""

from __future__ import annotations

import secrets

from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.adverts.models import ReviewPlan
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid


def plan_reviews(
    actor: Actor, *, unit_path: str, double_share: float, sample_share: float, seed: str = ""
) -> ReviewPlan:
    """Set the shares of an office from now on; advertisements screened before keep theirs.

    Raises:
        Refused: the actor does not head the office.
        Invalid: a share is none.
    """
    plan = ReviewPlan(
        unit_path=unit_path,
        double_share=double_share,
        sample_share=sample_share,
        seed=seed or secrets.token_hex(16),
        since=timezone.now(),
        set_by_id=actor.actor_id,
    )
    require(actor, "adverts.plan_reviews", plan)
    for name in ("double_share", "sample_share"):
        if not 0 <= getattr(plan, name) <= 1:
            sentence = _("Expected a share from 0 to 100 %, got %(share)s.") % {
                "share": getattr(plan, name)
            }
            raise Invalid(sentence, fields={name: [sentence]})
    with deed(actor, "review.plan") as act:
        plan.save()
        act.obj = plan
    return plan
