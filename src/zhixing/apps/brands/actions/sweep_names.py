"""The sweep: every due name of an area against the lists that protect it; hits become leads.

The job walks the registers kind by kind and key by key in chunks and keeps the last key in its
checkpoint, so a killed worker's successor goes on where it stopped; leads and hits have keys, so a
chunk done twice adds nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from zhixing.apps.brands.actions.judge_names import LOWEST_PROBABILITY
from zhixing.apps.brands.actions.record_findings import (
    Tally,
    record_findings,
    remember_judged,
    rivals_met,
)
from zhixing.apps.brands.judging.due import awaiting_of, due_of, names_awaiting_rivals
from zhixing.apps.brands.judging.judge import judge, version
from zhixing.apps.brands.judging.names import Name, count_of, names_after
from zhixing.apps.brands.judging.rivals import asked_of, trade_name_blocks
from zhixing.apps.brands.judging.standing import current_revision, standing_guard
from zhixing.apps.brands.models import Hit, NameKind, Sweep
from zhixing.apps.brands.selectors import marks_watched_for
from zhixing.kit.actors import Actor, SystemActor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.jobs.api import Job, JobContext, enqueue

CHUNK = 20_000
# Several changes of a list within this time are swept together.
GATHER = timedelta(seconds=5)
TALLIES = ("names", "judged", "hits", "excluded", "new_leads")


@transaction.atomic
def start_sweep(
    actor: Actor,
    *,
    unit_path: str,
    min_probability: float = LOWEST_PROBABILITY,
    kinds: Sequence[str] = (),
    anew: bool = False,
) -> Sweep:
    """Queue a sweep of the office's area; one that is still running is returned instead.

    Args:
        kinds: kinds of names (`NameKind`); empty for all.
        anew: judge also names that nothing has changed about.

    Raises:
        Refused: the actor may not sweep that office's area.
        Invalid: the watch list is empty, or a kind is unknown.
    """
    if unknown := set(kinds) - set(NameKind.values):
        raise Invalid(
            _("Expected kinds among %(known)s, got %(given)s.")
            % {"known": ", ".join(NameKind.values), "given": ", ".join(sorted(unknown))}
        )
    sweep = _new(unit_path, min_probability, kinds, anew)
    require(actor, "brands.start_sweep", sweep)
    # The lock on the list makes the second of two officers who press the button at once wait.
    sweep.marks = len(marks_watched_for(unit_path).select_for_update())
    if not sweep.marks:
        raise Invalid(_("The watch list is empty. Add the brands to protect first."))
    running = Sweep.objects.filter(
        unit_path=unit_path, finished_at=None, changed_since=None, job__state__in=Job.LIVE
    )
    known = next((row for row in running if row.kinds == sweep.kinds and row.is_anew == anew), None)
    return known or _queue(actor, sweep)


@transaction.atomic
def sweep_what_is_due(
    actor: Actor,
    unit_path: str,
    *,
    kinds: Sequence[str] = (),
    since: datetime | None = None,
) -> Sweep | None:
    """Queue a sweep that an import or a change of a list asks for; None with nothing watched.

    One that waits already and covers the same does for both. One that runs does not: it may have
    passed the names concerned.
    """
    sweep = _new(unit_path, LOWEST_PROBABILITY, kinds, False)
    sweep.marks = marks_watched_for(unit_path).count()
    if not sweep.marks:
        return None
    waiting = Sweep.objects.filter(finished_at=None, job__state=Job.State.WAITING)
    for known in waiting.filter(unit_path__in=[unit_path, *_above(unit_path)]):
        covers = set(known.kinds) >= set(sweep.kinds)
        if covers and (known.changed_since is None or (since and known.changed_since <= since)):
            return known
    sweep.changed_since = since
    return _queue(actor, sweep, run_after=timezone.now() + GATHER)


def _above(unit_path: str) -> list[str]:
    return [unit_path[: end + 1] for end, character in enumerate(unit_path) if character == "/"]


def _new(unit_path: str, min_probability: float, kinds: Sequence[str], anew: bool) -> Sweep:
    return Sweep(
        unit_path=unit_path,
        started_at=timezone.now(),
        min_probability=min_probability,
        kinds=[kind for kind in NameKind.values if not kinds or kind in kinds],
        is_anew=anew,
        method_version=version(),
    )


def _queue(actor: Actor, sweep: Sweep, run_after: datetime | None = None) -> Sweep:
    with deed(actor, "sweep.start") as act:
        sweep.save()
        act.obj = sweep
        sweep.job = enqueue(
            sweep_names,
            actor=actor,
            label=_("Sweep of names against the watch list"),
            params={"sweep_id": sweep.pk},
            unit_path=sweep.unit_path,
            run_after=run_after,
        )
        sweep.save(update_fields=["job"])
    return sweep


@task(takes_context=True)  # type: ignore[arg-type]  # our context knows more
def sweep_names(context: JobContext, sweep_id: int) -> dict[str, Any]:
    """Run or resume a sweep; returns its tallies."""
    sweep = Sweep.objects.get(pk=sweep_id)
    actor = SystemActor(f"sweep {sweep.pk}")
    at = context.restored or {"kind": sweep.kinds[0], "last": 0, "revision": current_revision()}
    total = sum(count_of(kind, sweep.unit_path, sweep.changed_since) for kind in sweep.kinds)
    context.progress(sweep.names, total)
    for kind in sweep.kinds[sweep.kinds.index(at["kind"]) :]:
        last = at["last"] if kind == at["kind"] else 0
        while names := names_after(kind, sweep.unit_path, last, CHUNK, sweep.changed_since):
            last = names[-1].pk
            _chunk(context, actor, sweep, names, {**at, "kind": kind, "last": last})
            sweep.refresh_from_db()
            context.progress(sweep.names, total, str(NameKind(kind).label))
        if kind == NameKind.SUBJECT:
            _meet_rivals(context, actor, sweep, total)
    return _finish(actor, sweep, at["revision"])


def _chunk(
    context: JobContext, actor: Actor, sweep: Sweep, names: list[Name], at: dict[str, Any]
) -> None:
    """Judge what is due of a chunk; leads, tallies and checkpoint stand or fall together."""
    standing = standing_guard()
    due = due_of(names, standing.revision, version(), anew=sweep.is_anew)
    findings = judge(due.fresh, standing, sweep.min_probability)
    if due.behind:
        findings += judge(due.behind, standing.since(due.revision), sweep.min_probability)
    with transaction.atomic():
        tally = record_findings(
            actor, findings, lowest=sweep.min_probability, judged_fully=due.fresh,
            against=[Hit.Against.MARK], sweep=sweep,
        )  # fmt: skip
        if sweep.min_probability <= LOWEST_PROBABILITY:  # a stricter sweep leaves the rest due
            remember_judged(due.behind, standing.revision, version(), awaiting_of(due.behind))
            remember_judged(due.fresh, standing.revision, version(), asked_of(due.fresh))
        _add(sweep, at["kind"], len(names), len(due.fresh) + len(due.behind), tally)
        context.checkpoint(at)


def _meet_rivals(context: JobContext, actor: Actor, sweep: Sweep, total: int) -> None:
    """Hold the new enterprise names against their place and trade, block by block.

    Which names wait is kept with them, so an attempt that ends in between leaves the rest waiting.
    """
    waiting = names_awaiting_rivals(sweep.unit_path)
    for names, findings in trade_name_blocks(waiting):
        with transaction.atomic():
            tally = record_findings(
                actor, findings, lowest=sweep.min_probability, judged_fully=names,
                against=[Hit.Against.TRADE_NAME], sweep=sweep,
            )  # fmt: skip
            rivals_met([name.pk for name in names])
            _add(sweep, NameKind.SUBJECT.value, 0, 0, tally)
        sweep.refresh_from_db()
        context.progress(sweep.names, total, _("Trade names of one place and trade"))
    rivals_met([name.pk for name in waiting])  # those without a place or trade have no rivals


def _add(sweep: Sweep, kind: str, names: int, judged: int, tally: Tally) -> None:
    found = (names, judged, tally.hits[kind], tally.excluded[kind], tally.new_leads[kind])
    more = dict(zip(TALLIES, found, strict=True))
    before = sweep.tallies.get(kind, {})
    tallies = sweep.tallies | {kind: {key: before.get(key, 0) + more[key] for key in TALLIES}}
    Sweep.objects.filter(pk=sweep.pk).update(
        tallies=tallies, **{key: F(key) + more[key] for key in TALLIES}
    )


def _finish(actor: Actor, sweep: Sweep, revision: int) -> dict[str, Any]:
    """Close the run; what makes it repeatable stands in the book: engine, threshold, lists."""
    from zhixing.engines.lookalike import METHOD

    listed = sorted(marks_watched_for(sweep.unit_path).values_list("text", flat=True))
    tallies = {key: getattr(sweep, key) for key in TALLIES}
    told = {
        "method": f"{METHOD.name} {sweep.method_version}",
        "min_probability": sweep.min_probability,
        "kinds": sweep.kinds,
        "marks": len(listed),
        "marks_sm3": hashlib.new("sm3", "\n".join(listed).encode()).hexdigest(),
    }
    with deed(actor, "sweep.finish", sweep, detail=tallies | told):
        sweep.revision, sweep.marks = revision, len(listed)
        sweep.finished_at = timezone.now()
        sweep.save(update_fields=["finished_at", "revision", "marks"])
    return tallies
