"""Screening that comes round by itself, so that changed rules reach what was captured before."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.adverts.actions.screen_ads import screen_area
from zhixing.kit.actors import Actor
from zhixing.kit.jobs.api import Schedule, put_schedule, schedules_visible
from zhixing.kit.scope import office_names

# At night nobody waits for the database.
HOUR = time(3, 10)


def schedule_screening(actor: Actor, unit_path: str) -> Schedule:
    """Screen what is due in an office's area every night.

    Raises:
        Refused: the actor does not head the office.
    """
    tomorrow = timezone.localdate() + timedelta(days=1)
    known = schedule_of(actor, unit_path)
    office = office_names([unit_path]).get(unit_path, unit_path)
    starts = timezone.make_aware(datetime.combine(tomorrow, HOUR))
    return put_schedule(
        actor,
        name=known.name
        if known
        else _("Screening of advertisements: %(office)s") % {"office": office},
        task=screen_area,
        every=Schedule.Every.DAY,
        starts=known.starts if known else starts,
        unit_path=unit_path,
        params={"unit_path": unit_path},
    )


def schedule_of(actor: Actor, unit_path: str) -> Schedule | None:
    """The schedule of the office's screening, if there is one the actor may see."""
    rows = schedules_visible(actor).filter(unit_path=unit_path, task=screen_area.module_path)
    return rows.first()
