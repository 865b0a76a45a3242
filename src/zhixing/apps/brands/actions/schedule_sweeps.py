"""Sweeps that come round by themselves."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from zhixing.apps.brands.actions.rejudge_hits import rejudge_hits_of
from zhixing.apps.brands.actions.sweep_names import sweep_what_is_due
from zhixing.apps.brands.models import Hit
from zhixing.kit.actors import Actor, SystemActor
from zhixing.kit.jobs.api import (
    JobContext,
    Schedule,
    Standing,
    covering_schedule,
    put_standing,
)

# At night nobody waits for the database.
HOUR = time(2, 30)


def schedule_sweeps(actor: Actor, unit_path: str) -> Schedule:
    """Let what is due in an office's area be swept every night; bureaus have it from the first day.

    Raises:
        Refused: the actor does not head the office.
    """
    return put_standing(actor, nightly_sweep, unit_path)


def schedule_of(unit_path: str) -> Schedule | None:
    """The schedule of sweeps that cover the office, its own or that of an office above."""
    return covering_schedule(nightly_sweep, unit_path)


@task(takes_context=True)  # type: ignore[arg-type]  # our context knows more
def nightly_sweep(context: JobContext, unit_path: str) -> dict[str, Any]:
    """Queue the sweep of what is due, and look again at what contracts have excluded.

    A contract runs out without anybody touching it; what it covered becomes a lead then.
    """
    actor = SystemActor(f"schedule {unit_path}")
    licensed = Hit.objects.filter(unit_path__within=unit_path, ground=Hit.Ground.LICENCE)
    contracts = list(licensed.values_list("authorisation_id", flat=True).distinct())
    looked_at = rejudge_hits_of(actor, contracts=[pk for pk in contracts if pk is not None])
    sweep = sweep_what_is_due(actor, unit_path)
    return {"licensed": looked_at, "sweep": sweep.pk if sweep else None}


NIGHTLY = Standing(_("Sweep of names"), nightly_sweep, HOUR)
