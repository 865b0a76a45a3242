"""Sweeps that come round by themselves."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from zhixing.apps.brands.actions.rejudge_hits import rejudge_hits_of
from zhixing.apps.brands.actions.sweep_names import sweep_what_is_due
from zhixing.apps.brands.models import Hit
from zhixing.kit.actors import Actor, SystemActor
from zhixing.kit.jobs.api import JobContext, Schedule, put_schedule, schedules_visible
from zhixing.kit.scope import office_names

# At night nobody waits for the database.
HOUR = time(2, 30)


def schedule_sweeps(actor: Actor, unit_path: str, every: str = Schedule.Every.DAY) -> Schedule:
    """Let what is due in an office's area be swept every night (or hour, week, month).

    Raises:
        Refused: the actor does not head the office.
        Invalid: `every` is unknown.
    """
    tomorrow = timezone.localdate() + timedelta(days=1)
    starts = timezone.make_aware(datetime.combine(tomorrow, HOUR))
    known = schedule_of(actor, unit_path)
    office = office_names([unit_path]).get(unit_path, unit_path)
    return put_schedule(
        actor,
        name=known.name if known else _("Sweep of names: %(office)s") % {"office": office},
        task=nightly_sweep,
        every=every,
        starts=known.starts if known and known.every == every else starts,
        unit_path=unit_path,
        params={"unit_path": unit_path},
    )


def schedule_of(actor: Actor, unit_path: str) -> Schedule | None:
    """The schedule of the office's sweeps, if there is one the actor may see."""
    rows = schedules_visible(actor).filter(unit_path=unit_path, task=nightly_sweep.module_path)
    return rows.first()


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
