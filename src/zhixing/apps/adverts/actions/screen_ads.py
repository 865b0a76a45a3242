"""Screening: each text once per version of the rules; findings, leads, and what is to be read.

A job walks what is due of an area in chunks; findings, leads and checkpoint of a chunk stand or
fall together. A text is due when it is new, when it was placed anew, when its category was
corrected or its approval changed, and when the rules in force on its day have changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from zhixing.apps.adverts import approvals
from zhixing.apps.adverts.actions.lead_ads import lead_ads
from zhixing.apps.adverts.models import Ad, Finding, Placement
from zhixing.apps.adverts.plans import Plan, plan_of
from zhixing.apps.adverts.screening import Asked, Screened, screen, version_on
from zhixing.kit.actors import Actor, SystemActor, require
from zhixing.kit.deeds import deed
from zhixing.kit.exchange.bulk import AmongKeys
from zhixing.kit.jobs.api import Job, JobContext, enqueue

CHUNK = 500
# So many texts are screened in the request that brought them; more go to a job.
AT_ONCE = 30
SPAN_LENGTH = 500
Place = tuple[str, int | None, int | None]


@dataclass(slots=True)
class Tally:
    """What a run brought."""

    ads: int = 0
    findings: int = 0
    leads: int = 0

    def add(self, other: Tally) -> None:
        """Put another run to it."""
        self.ads += other.ads
        self.findings += other.findings
        self.leads += other.leads

    def as_dict(self) -> dict[str, int]:
        """The tallies for a job's result and for the book."""
        return {"ads": self.ads, "findings": self.findings, "leads": self.leads}


@dataclass(slots=True)
class Raised:
    """A suspicion before it is a row, whoever raised it."""

    rule: str
    family: str
    start: int | None
    end: int | None
    probability: float
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        return (self.family, self.start, self.end)


@transaction.atomic
def start_screening(actor: Actor, *, unit_path: str) -> Job:
    """Queue the screening of what is due in an office's area; one that waits is enough.

    Raises:
        Refused: the actor may not screen for that office.
    """
    require(actor, "adverts.screen_ads", Ad(unit_path=unit_path))
    return enqueue(
        screen_area,
        actor=actor,
        label=_("Screening of advertisements"),
        params={"unit_path": unit_path},
        dedup_key=f"adverts.screen:{unit_path}",
        unit_path=unit_path,
    )


@task(takes_context=True)  # type: ignore[arg-type]  # our context knows more
def screen_area(context: JobContext, unit_path: str) -> dict[str, Any]:
    """Screen what is due of an area; returns the tallies. Done again it changes nothing."""
    actor = SystemActor(f"screening {unit_path}")
    mark_outdated(unit_path)
    due = Ad.objects.filter(unit_path__within=unit_path, is_due=True)
    total, tally = due.count(), Tally()
    last = (context.restored or {}).get("last", 0)
    while keys := list(due.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            tally.add(screen_ads(actor, keys))
            last = keys[-1]
            context.checkpoint({"last": last})
        context.progress(min(tally.ads, total), total)
    return tally.as_dict()


def mark_outdated(unit_path: str) -> int:
    """Make texts due that were screened by other rules than those in force on their day."""
    rows = Ad.objects.filter(unit_path__within=unit_path, is_due=False)
    days = rows.order_by().values_list("last_seen", flat=True).distinct()
    by_version: dict[str, list[date | None]] = {}
    today = timezone.localdate()
    for day in days:
        by_version.setdefault(version_on(day or today), []).append(day)
    marked = 0
    for version, of_days in by_version.items():
        on_day = Q(last_seen__in=[day for day in of_days if day is not None])
        if None in of_days:
            on_day |= Q(last_seen=None)
        marked += rows.filter(on_day).exclude(screened_version=version).update(is_due=True)
    return marked


def screen_soon(actor: Actor, keys: Sequence[int], unit_path: str) -> None:
    """Screen few texts at once, queue a job for many."""
    if len(keys) <= AT_ONCE:
        screen_ads(SystemActor(f"screening for {actor.actor_label}"), keys)
    else:
        start_screening(SystemActor("screening"), unit_path=unit_path)


@transaction.atomic
def screen_ads(actor: Actor, keys: Sequence[int]) -> Tally:
    """Screen the texts that are due among these; one deed."""
    locked = Ad.objects.select_for_update().filter(AmongKeys("id", list(keys)), is_due=True)
    ads = list(locked.order_by("pk"))
    if not ads:
        return Tally()
    with deed(actor, "ad.screen") as act:
        answers = _ask(ads)
        register = approvals.register_for(ads)
        known = _known(ads)
        plans: dict[str, Plan] = {}
        tally = Tally(ads=len(ads))
        new: list[Finding] = []
        changed: list[Finding] = []
        for ad in ads:
            version, raised = _raised(ad, answers[ad.pk], register)
            mine = known.get(ad.pk, [])
            standing = _write(ad, version, raised, mine, new, changed)
            tally.findings += len(standing)
            if ad.unit_path not in plans:
                plans[ad.unit_path] = plan_of(ad.unit_path)
            _judge(ad, version, standing, plans[ad.unit_path])
        Finding.objects.bulk_create(new, batch_size=500)
        Finding.objects.bulk_update(
            changed, ["is_current", "probability", "reason", "severity"], batch_size=500
        )
        Ad.objects.bulk_update(ads, _JUDGED, batch_size=500)
        tally.leads = lead_ads(actor, ads)
        versions = sorted({ad.screened_version for ad in ads})
        act.detail = tally.as_dict() | {"versions": versions}
    return tally


_JUDGED = [
    "is_due", "screened_version", "screened_at", "score", "is_serious", "reading", "is_double",
    "is_sample", "sample_share", "detected_category", "detected_probability", "updated",
]  # fmt: skip


def _ask(ads: Sequence[Ad]) -> dict[int, list[tuple[str, Screened]]]:
    """The engine's answers: one for each kind of medium an advertisement ran on."""
    kinds: dict[int, set[str]] = {ad.pk: set() for ad in ads}
    ran = Placement.objects.filter(AmongKeys("ad_id", list(kinds)), medium__isnull=False)
    for pk, kind in ran.order_by().values_list("ad", "medium__kind").distinct():
        kinds[pk].add(kind)
    today = timezone.localdate()
    asked, owners = [], []
    for ad in ads:
        for kind in sorted(kinds[ad.pk]) or [""]:
            day = ad.last_seen or today
            asked.append(Asked(ad.text, day, ad.category, kind, ad.is_whole))
            owners.append(ad.pk)
    result: dict[int, list[tuple[str, Screened]]] = {}
    for pk, answer in zip(owners, screen(asked), strict=True):
        result.setdefault(pk, []).append(answer)
    return result


def _raised(
    ad: Ad, answers: Sequence[tuple[str, Screened]], register: approvals.Register
) -> tuple[str, list[Raised]]:
    """All suspicions of a text, each place once, and the version of the rules."""
    found: dict[tuple[str, Place], Raised] = {}
    for _version, screened in answers:
        for one in screened.findings:
            suspicion = Raised(
                one.rule, one.family, one.start, one.end, float(one.probability),
                {
                    "articles": list(one.articles), "penalty": list(one.penalty),
                    "span": (one.span or "")[:SPAN_LENGTH], "disguise": one.disguise,
                    "severity": one.severity, "reason": one.reason, "remedy": one.remedy,
                },
            )  # fmt: skip
            known = found.get((one.rule, suspicion.place))
            if known is None or known.probability < suspicion.probability:
                found[(one.rule, suspicion.place)] = suspicion
    version, first = answers[0]
    if not ad.category:
        ad.detected_category = first.category
        ad.detected_probability = first.category_probability if first.category else None
    for doubt in approvals.doubts(ad, ad.kind_of_product, register):
        suspicion = _of_doubt(ad, doubt)
        found[(doubt.rule, suspicion.place)] = suspicion
    return version, list(found.values())


def _of_doubt(ad: Ad, doubt: approvals.Doubt) -> Raised:
    """A doubt about the number, over the number where it stands as it was normalised."""
    start = ad.text.find(doubt.number)
    stands = start >= 0
    return Raised(
        doubt.rule,
        doubt.family,
        start if stands else None,
        start + len(doubt.number) if stands else None,
        doubt.probability,
        {
            "articles": list(approvals.ARTICLES), "penalty": list(approvals.PENALTY),
            "span": doubt.number, "disguise": "", "severity": "serious", "reason": doubt.reason,
            "remedy": "",
        },
    )  # fmt: skip


def _known(ads: Sequence[Ad]) -> dict[int, list[Finding]]:
    rows = Finding.objects.filter(
        AmongKeys("ad_id", [ad.pk for ad in ads]), origin=Finding.Origin.ENGINE
    )
    known: dict[int, list[Finding]] = {}
    for row in rows.order_by("pk"):
        known.setdefault(row.ad_id, []).append(row)
    return known


def _write(
    ad: Ad,
    version: str,
    raised: Sequence[Raised],
    mine: Sequence[Finding],
    new: list[Finding],
    changed: list[Finding],
) -> list[Finding]:
    """Rows of what stands now; rows of other versions stay on record but no longer hold.

    A decision taken on the same family at the same place is carried over to the new version.
    """
    of_version = {
        (row.rule, row.family, row.start, row.end): row
        for row in mine
        if row.ruleset_version == version
    }
    decided: Mapping[Place, Finding] = {
        (row.family, row.start, row.end): row for row in mine if row.decision
    }
    now, standing = timezone.now(), []
    for one in raised:
        row = of_version.pop((one.rule, *one.place), None)
        if row is not None:
            row.is_current, row.probability = True, one.probability
            row.reason, row.severity = one.values["reason"], one.values["severity"]
            changed.append(row)
        else:
            row = Finding(
                ad=ad, rule=one.rule[:60], family=one.family, start=one.start, end=one.end,
                probability=one.probability, ruleset_version=version, found_at=now, **one.values,
            )  # fmt: skip
            before = decided.get(one.place)
            if before is not None:
                row.decision, row.is_carried = before.decision, True
                row.decided_by_id, row.decided_at = before.decided_by_id, before.decided_at
            new.append(row)
        standing.append(row)
    kept = {id(row) for row in standing}
    for row in mine:
        if row.is_current and id(row) not in kept:
            row.is_current = False
            changed.append(row)
    return standing


def _judge(ad: Ad, version: str, standing: Sequence[Finding], plan: Plan) -> None:
    """Set what follows from the findings: score, severity, whether officers are to read it."""
    ad.is_due, ad.screened_version, ad.screened_at = False, version, timezone.now()
    ad.updated = ad.screened_at
    alive = [row for row in standing if row.decision != Finding.Decision.REJECTED]
    ad.score = max((row.probability or 0.0 for row in alive), default=0.0)
    ad.is_serious = any(row.severity == Finding.Severity.SERIOUS for row in alive)
    reading = Ad.Reading
    if ad.reading in (reading.SECOND, reading.DISPUTED):
        return
    ad.is_double = plan.is_double(ad.text_key)
    if any(not row.decision for row in standing):
        ad.reading = reading.FIRST
    elif ad.verdict:
        ad.reading = reading.DONE
    elif not standing:
        ad.is_sample = plan.is_sample(ad.text_key)
        ad.sample_share = plan.sample_share
        ad.reading = reading.FIRST if ad.is_sample else reading.NONE
