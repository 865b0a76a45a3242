"""Work that comes round in every bureau from its first day, without anybody setting it up.

Apps register what must be looked at every night; whoever opens a bureau has it put in force there.
The office head may switch it off and on again; it is never set up twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django_tasks.base import Task

from zhixing.kit.actors import Actor, SystemActor, require
from zhixing.kit.jobs.actions import put_schedule, switch_schedule
from zhixing.kit.jobs.models import Schedule
from zhixing.kit.scope import office_names, with_offices_above

SETTER = SystemActor("standing schedules")


@dataclass(frozen=True, slots=True)
class Standing:
    """One daily piece of work: its words, its task (which takes `unit_path`), its local hour."""

    label: str | Promise
    task: Task[..., Any]
    at: time


_standing: dict[str, Standing] = {}


def register_standing(standing: Standing) -> None:
    """Name work that every bureau has done daily; a second one of the same task replaces it."""
    _standing[standing.task.module_path] = standing


def standing_schedule(task: Task[..., Any], unit_path: str) -> Schedule | None:
    """The schedule of that work in an office, in force or not."""
    return Schedule.objects.filter(task=task.module_path, unit_path=unit_path).first()


def covering_schedule(task: Task[..., Any], unit_path: str) -> Schedule | None:
    """The schedule in force that covers an office: its own, or that of the nearest one above."""
    paths = with_offices_above(unit_path)
    rows = Schedule.objects.filter(task=task.module_path, unit_path__in=paths, is_enabled=True)
    return max(rows, key=lambda row: len(row.unit_path), default=None)


@transaction.atomic
def put_standing(actor: Actor, task: Task[..., Any], unit_path: str) -> Schedule:
    """Put that work in force in an office: switch it on, or set it up from tomorrow.

    Raises:
        Refused: the actor heads no such office.
    """
    require(actor, "kit.steer_job", Schedule(unit_path=unit_path))
    known = standing_schedule(task, unit_path)
    if known is not None:
        return known if known.is_enabled else switch_schedule(actor, known, on=True)
    standing = _standing[task.module_path]
    tomorrow = timezone.localdate() + timedelta(days=1)
    return put_schedule(
        actor,
        name=_name(standing, unit_path),
        task=task,
        every=Schedule.Every.DAY,
        starts=timezone.make_aware(datetime.combine(tomorrow, standing.at)),
        unit_path=unit_path,
        params={"unit_path": unit_path},
    )


def _name(standing: Standing, unit_path: str) -> str:
    """The words and the office; two offices of one name are told apart by their paths."""
    longest = int(Schedule._meta.get_field("name").max_length or 0)
    name = f"{standing.label}: {office_names([unit_path]).get(unit_path, unit_path)}"[:longest]
    if Schedule.objects.filter(name=name).exists():
        return f"{name[: longest - len(unit_path) - 1]} {unit_path}"
    return name


def put_all_standing(unit_path: str) -> None:
    """Put everything that stands in force in a bureau that has just been opened."""
    for standing in _standing.values():
        put_standing(SETTER, standing.task, unit_path)


def end_standing(unit_path: str) -> None:
    """Switch off what comes round in an office that was closed."""
    for schedule in Schedule.objects.filter(unit_path=unit_path, is_enabled=True):
        switch_schedule(SETTER, schedule, on=False)
