"""The daily look at all marks and licences of an office's area; each finding is written once.

The job is short and repeats itself without harm: a killed one is simply done again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, time
from itertools import chain
from typing import Any

from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from zhixing.apps.registry.api import Authorisation, TradeMark
from zhixing.apps.trademarks import finding
from zhixing.apps.trademarks.finding import Found
from zhixing.apps.trademarks.models import Cultivation, MarkUse, Reminder
from zhixing.kit.actors import Actor, SystemActor, require
from zhixing.kit.deeds import deed
from zhixing.kit.jobs.api import Job, JobContext, Schedule, Standing, enqueue, put_standing

AT_ONCE = 2_000
EVERY_DAY_AT = time(5, 30)


def start_reminders(actor: Actor, *, unit_path: str) -> Job:
    """Queue the look at an office's area; one that is still running is returned instead.

    Raises:
        Refused: the actor may not do this for that office.
    """
    require(actor, "trademarks.find_reminder", Reminder(unit_path=unit_path))
    return enqueue(
        find_reminders,
        actor=actor,
        label=_("Reminders of marks and licences"),
        params={"unit_path": unit_path},
        dedup_key=f"trademarks:{unit_path}",
        unit_path=unit_path,
    )


def schedule_reminders(actor: Actor, *, unit_path: str) -> Schedule:
    """Have an office's area looked at every day before work begins, as in every bureau.

    Raises:
        Refused: the actor heads no such office.
    """
    require(actor, "trademarks.find_reminder", Reminder(unit_path=unit_path))
    return put_standing(actor, find_reminders, unit_path)


@task(takes_context=True)  # type: ignore[arg-type]  # our context knows more
def find_reminders(context: JobContext, unit_path: str) -> dict[str, Any]:
    """Look at the area; write what is new, settle what is no longer so; returns the tallies."""
    actor, today = SystemActor(f"reminders {unit_path}"), timezone.localdate()
    found = {one.key: one for one in _all(unit_path, today)}
    context.progress(0, len(found))
    new = 0
    keys = sorted(found)
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        new += _write(actor, [found[key] for key in part])
        context.progress(start + len(part), len(found))
    settled = _settle(actor, unit_path, set(found), today)
    return {"found": len(found), "new": new, "settled": settled}


DAILY = Standing(gettext_lazy("Reminders of marks and licences"), find_reminders, EVERY_DAY_AT)


def _all(unit_path: str, today: date) -> Iterator[Found]:
    """Everything worth a reminder in the area today."""
    marks = TradeMark.objects.filter(
        _in_area(unit_path, "holder"), status=TradeMark.Status.REGISTERED
    ).select_related("holder")
    ending = marks.filter(expires_on__lte=finding.latest_end(today)).order_by("pk")
    licences = Authorisation.objects.filter(
        unit_path__within=unit_path, status=Authorisation.Status.IN_FORCE
    ).select_related("mark", "grantee", "grantor")
    return chain(
        finding.about_terms(ending.iterator(AT_ONCE), today),
        finding.about_use(_followed(marks), today),
        finding.about_licences(licences.order_by("pk").iterator(AT_ONCE), today),
    )


def _in_area(unit_path: str, holder: str) -> Q:
    """Marks that the area looks after, and marks of its operators that offices above keep."""
    return Q(unit_path__within=unit_path) | Q(**{f"{holder}__unit_path__within": unit_path})


def _followed(marks: QuerySet[TradeMark]) -> Iterator[tuple[TradeMark, date | None]]:
    """Marks that an office cultivates or of which a use is on record, with the last use.

    The day on which a mark cultivated was put to use is one too.

    For any other mark, silence says only that nobody looked.
    """
    followed = marks.filter(
        Q(pk__in=Cultivation.objects.filter(trade_mark__isnull=False).values("trade_mark"))
        | Q(pk__in=MarkUse.objects.values("mark"))
    )
    days = followed.annotate(seen=Max("uses__used_on"), put=Max("cultivations__in_use_on"))
    for mark in days.order_by("pk").iterator(AT_ONCE):
        yield mark, max((day for day in (mark.seen, mark.put) if day is not None), default=None)


def _write(actor: Actor, found: list[Found]) -> int:
    """Enter what is not there yet; returns how many."""
    known = set(
        Reminder.objects.filter(dedup_key__in=[one.key for one in found]).values_list(
            "dedup_key", flat=True
        )
    )
    new = [one for one in found if one.key not in known]
    if not new:
        return 0
    keys = "\n".join(one.key for one in new)
    detail = {"count": len(new), "keys_sm3": hashlib.new("sm3", keys.encode()).hexdigest()}
    with deed(actor, "reminder.find", detail=detail):
        Reminder.objects.bulk_create([as_reminder(one) for one in new], ignore_conflicts=True)
    return len(new)


def as_reminder(one: Found) -> Reminder:
    """The row of a finding: it belongs to the office of whoever is to be told."""
    mark, licence = one.mark, one.authorisation
    subject = licence.grantee if licence is not None else mark.holder if mark else None
    if licence is not None:
        title, name, place = str(licence), licence.grantee_name, licence.unit_path
    else:
        assert mark is not None
        title, name = mark.text, mark.holder_name
        place = subject.unit_path if subject is not None else mark.unit_path
    return Reminder(
        kind=one.kind,
        title=title[:120],
        mark=mark,
        authorisation=licence,
        subject=subject,
        holder_name=name[:200],
        due_on=one.due,
        term_end=one.term_end,
        facts=one.facts,
        dedup_key=one.key,
        unit_path=place,
        found_at=timezone.now(),
    )


def _settle(actor: Actor, unit_path: str, found: set[str], today: date) -> int:
    """Close what is no longer so: the mark was renewed or ended, the use shown, the licence new."""
    living = Reminder.objects.filter(unit_path__within=unit_path).exclude(
        state=Reminder.State.CLOSED
    )
    gone = [pk for pk, key in living.values_list("pk", "dedup_key") if key not in found]
    for start in range(0, len(gone), AT_ONCE):
        part = Reminder.objects.filter(pk__in=gone[start : start + AT_ONCE])
        renewed = Q(
            kind__in=Reminder.TERM_KINDS,
            mark__status=TradeMark.Status.REGISTERED,
            mark__expires_on__gt=F("term_end"),
        )
        renewed_pks = list(part.filter(renewed).values_list("pk", flat=True))
        detail = {"count": part.count(), "renewed": len(renewed_pks)}
        closed = {"state": Reminder.State.CLOSED, "settled_on": today}
        with deed(actor, "reminder.settle", detail=detail):
            part.exclude(pk__in=renewed_pks).update(outcome=Reminder.Outcome.GONE, **closed)
            Reminder.objects.filter(pk__in=renewed_pks).update(
                outcome=Reminder.Outcome.RENEWED, **closed
            )
    return len(gone)
