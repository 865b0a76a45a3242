"""The daily look at cases: preserved evidence whose days are over is free, dates are counted anew.

The job repeats itself without harm: a killed one is simply done again.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from zhixing.apps.cases.actions import run_clocks as clocks
from zhixing.apps.cases.models import Case, CaseMeasure
from zhixing.kit.actors import Actor, SystemActor, require
from zhixing.kit.deeds import deed
from zhixing.kit.jobs.api import Job, JobContext, enqueue


def start_daily(actor: Actor, *, unit_path: str) -> Job:
    """Queue the look at an office's cases; one that is still running is returned instead.

    Raises:
        Refused: the actor may not do this for that office.
    """
    require(actor, "cases.head_case", Case(unit_path=unit_path))
    return enqueue(
        look_at_cases,
        actor=actor,
        label=_("Clocks of cases"),
        params={"unit_path": unit_path},
        dedup_key=f"cases:{unit_path}",
        unit_path=unit_path,
    )


@task(takes_context=True)  # type: ignore[arg-type]  # our context knows more
def look_at_cases(context: JobContext, unit_path: str) -> dict[str, Any]:
    """Let preservations lapse and count provisional dates anew; returns the tallies."""
    actor, today = SystemActor(f"cases {unit_path}"), timezone.localdate()
    lapsed = lapse_preservations(actor, unit_path, today)
    cases = Case.objects.filter(
        unit_path__within=unit_path, clocks__met_on=None, clocks__is_provisional=True
    ).distinct()
    counted = 0
    for case in cases.order_by("pk").iterator():
        with transaction.atomic():
            clocks.recount(Case.objects.select_for_update().get(pk=case.pk))
        counted += 1
        context.progress(counted, counted)
    return {"lapsed": lapsed, "counted": counted}


def lapse_preservations(actor: Actor, unit_path: str, today: date) -> int:
    """Preserved evidence that was not dealt with in time is free (Order 2 art 35)."""
    late = CaseMeasure.objects.filter(
        case__unit_path__within=unit_path,
        kind=CaseMeasure.Kind.PRESERVATION,
        settled_on=None,
        clock__due_on__lt=today,
    ).select_related("clock", "case")
    for measure in late:
        due = measure.clock.due_on or today
        with deed(actor, "case.measure_lapse", measure.case, detail={"measure": measure.pk}):
            measure.settled_on = due + timedelta(days=1)
            measure.outcome = CaseMeasure.Outcome.LAPSED
            measure.save()
            measure.clock.met_on = measure.settled_on
            measure.clock.save(update_fields=["met_on"])
            clocks.recount(measure.case)
    return len(late)
