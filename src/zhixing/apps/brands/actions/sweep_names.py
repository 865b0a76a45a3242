"""The sweep: every name of the area against the watch list; each hit becomes a lead.

The job walks the register by primary key in chunks and keeps the last key in its checkpoint, so a
killed worker's successor goes on where it stopped; leads deduplicate by (subject, brand), so a
chunk done twice adds nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from zhixing.apps.brands.models import Sweep, WatchedMark
from zhixing.apps.brands.selectors import marks_watched_for
from zhixing.apps.leads.api import NewLead, raise_leads
from zhixing.apps.registry.api import names_after
from zhixing.kit.actors import Actor, SystemActor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.jobs.api import Job, JobContext, enqueue

MONITOR = "brands"
CLAUSE = "二/(二)"
CHUNK = 50_000
# Leads are ranked, so a sweep also brings up what is less likely than not: an officer who reads
# from the top loses nothing, and on the development look-alikes the engine misses fewer.
LOWEST_PROBABILITY = 0.3


@transaction.atomic
def start_sweep(
    actor: Actor, *, unit_path: str, min_probability: float = LOWEST_PROBABILITY
) -> Sweep:
    """Queue a sweep of the office's area; one that is still running is returned instead.

    Raises:
        Refused: the actor may not sweep that office's area.
        Invalid: the watch list is empty.
    """
    from zhixing.engines.lookalike import METHOD

    sweep = Sweep(
        unit_path=unit_path,
        started_at=timezone.now(),
        min_probability=min_probability,
        method_version=str(METHOD.version),
    )
    require(actor, "brands.start_sweep", sweep)
    # The lock on the list makes the second of two officers who press the button at once wait.
    sweep.marks = len(marks_watched_for(unit_path).select_for_update())
    if not sweep.marks:
        raise Invalid(_("The watch list is empty. Add the brands to protect first."))
    running = Sweep.objects.filter(unit_path=unit_path, finished_at=None, job__state__in=Job.LIVE)
    if (known := running.first()) is not None:
        return known
    with deed(actor, "sweep.start") as act:
        sweep.save()
        act.obj = sweep
        sweep.job = enqueue(
            sweep_names,
            actor=actor,
            label=_("Sweep of names against the watch list"),
            params={"sweep_id": sweep.pk},
            unit_path=unit_path,
        )
        sweep.save(update_fields=["job"])
    return sweep


@task(takes_context=True)  # type: ignore[arg-type]  # our context knows more
def sweep_names(context: JobContext, sweep_id: int) -> dict[str, Any]:
    """Run or resume a sweep; returns its tallies."""
    from zhixing.engines.lookalike import METHOD, Guard

    sweep = Sweep.objects.get(pk=sweep_id)
    actor = SystemActor(f"sweep {sweep.pk}")
    marks = list(marks_watched_for(sweep.unit_path).select_related("trade_mark"))
    guard = Guard(
        pa.table(
            {"mark_id": [str(mark.pk) for mark in marks], "mark": [mark.text for mark in marks]}
        )
    )
    by_id = {str(mark.pk): mark for mark in marks}
    last, total = (
        (context.restored or {}).get("last", 0),
        names_after(actor, sweep.unit_path, 0).count(),
    )
    context.progress(sweep.names, total)
    while rows := list(names_after(actor, sweep.unit_path, last)[:CHUNK]):
        hits = guard.sweep([row["name"] for row in rows], min_probability=sweep.min_probability)
        findings = list(_findings(hits, rows, by_id, METHOD.name))
        last = rows[-1]["pk"]
        # Leads, tallies and checkpoint stand or fall together: a chunk counts once.
        with transaction.atomic():
            raised = raise_leads(
                actor, MONITOR, CLAUSE, findings, method=METHOD.name, version=sweep.method_version
            )
            Sweep.objects.filter(pk=sweep.pk).update(
                names=F("names") + len(rows),
                hits=F("hits") + len(findings),
                new_leads=F("new_leads") + raised.new,
            )
            context.checkpoint({"last": last})
        sweep.refresh_from_db()
        context.progress(sweep.names, total)
    tallies = {"names": sweep.names, "hits": sweep.hits, "new_leads": sweep.new_leads}
    # What makes the sweep repeatable stands in the book: engine, threshold, digest of the list.
    listed = "\n".join(sorted(mark.text for mark in marks))
    told = {
        "method": f"{METHOD.name} {sweep.method_version}",
        "min_probability": sweep.min_probability,
        "marks": len(marks),
        "marks_sm3": hashlib.new("sm3", listed.encode()).hexdigest(),
    }
    with deed(actor, "sweep.finish", sweep, detail=tallies | told):
        sweep.finished_at = timezone.now()
        sweep.save(update_fields=["finished_at"])
    return tallies


def _findings(
    hits: pa.Table, rows: list[dict[str, Any]], marks: dict[str, WatchedMark], method: str
) -> Iterator[NewLead]:
    """Hits as leads, without the holder's own names."""
    for hit in hits.to_pylist():
        row, mark = rows[hit["name_row"]], marks[hit["mark_id"]]
        if _is_holder(row, mark):
            continue
        yield NewLead(
            key=(row["pk"], mark.pk),
            unit_path=row["unit_path"],
            title=f"{row['name']} ≈ {mark.text}"[:200],
            kind=hit["kind"],
            score=float(hit["score"]),
            probability=float(hit["probability"]),
            subject_id=row["pk"],
            reasons=hit["reasons"],
            evidence={
                "mark": mark.text,
                "mark_id": mark.pk,
                "protection": mark.protection,
                "holder": mark.holder_name,
                "name": row["name"],
                "text": hit["text"],
                "method": method,
            },
        )


def _is_holder(row: dict[str, Any], mark: WatchedMark) -> bool:
    """Whether the subject is the mark's own holder, by link or by name."""
    if mark.trade_mark is not None and mark.trade_mark.holder_id == row["pk"]:
        return True
    return bool(mark.holder_name) and mark.holder_name == row["name"]
