"""Questions about leads, asked by an actor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from zhixing.apps.accounts.api import Officer
from zhixing.apps.leads.models import Lead
from zhixing.apps.registry.api import subjects_found
from zhixing.engines.rates import wilson
from zhixing.kit.actors import Actor, require
from zhixing.kit.indicators import Period

# Confirmed, corrected and referred all say that the suspicion was justified.
JUSTIFIED = (Lead.Disposition.CONFIRMED, Lead.Disposition.CORRECTED, Lead.Disposition.REFERRED)
BAND_WIDTH = 0.1
# What an officer entered by hand has no probability and stands first: a person vouches for it.
BEST_FIRST = (F("probability").desc(nulls_first=True), "-pk")
KEYS_AT_ONCE = 10_000


def leads_visible(actor: Actor) -> QuerySet[Lead]:
    """The leads of the actor's offices, best first."""
    require(actor, "leads.view_lead")
    return Lead.objects.visible_to(actor).select_related("subject", "assignee", "disposed_by")


def leads_of_keys(keys: Sequence[str]) -> dict[str, int]:
    """The primary keys of leads by stored key, for the monitor that raised them."""
    found: dict[str, int] = {}
    for start in range(0, len(keys), KEYS_AT_ONCE):
        part = Lead.objects.filter(dedup_key__in=keys[start : start + KEYS_AT_ONCE])
        found.update(part.values_list("dedup_key", "pk"))
    return found


def is_about(text: str) -> Q:
    """Leads whose subject the words find, or whose title holds them, such as the brand's name."""
    return Q(subject__in=subjects_found(text)) | Q(title__contains=text.strip())


def leads_open(actor: Actor) -> QuerySet[Lead]:
    """What waits for a decision, best first."""
    return leads_visible(actor).exclude(state=Lead.State.DISPOSED)


def leads_unassigned(actor: Actor) -> QuerySet[Lead]:
    """What nobody has taken or been given, best first."""
    return leads_visible(actor).filter(state=Lead.State.OPEN)


def leads_of_officer(officer: Officer) -> QuerySet[Lead]:
    """What the officer has to decide, the nearest deadline first."""
    return leads_open(officer).filter(assignee=officer).order_by("due_on", *BEST_FIRST)


def leads_due(officer: Officer, until: date) -> QuerySet[Lead]:
    """The officer's leads whose check clock ends by the day."""
    return leads_of_officer(officer).filter(due_on__lte=until)


@dataclass(frozen=True, slots=True)
class Quality:
    """What officers decided on the leads of one engine version."""

    monitor: str
    method_version: str
    raised: int
    counts: dict[str, int]
    precision: float | None
    interval: tuple[float, float] | None

    @property
    def decided(self) -> int:
        return sum(self.counts.values())

    @property
    def justified(self) -> int:
        return sum(self.counts[key] for key in JUSTIFIED)


def engine_quality(actor: Actor) -> list[Quality]:
    """Dispositions counted per monitor and engine version, with Wilson's 95 % interval.

    The share of justified among *decided* leads; open leads say nothing yet.
    """
    rows = (
        leads_visible(actor)
        .exclude(probability=None)
        .values("monitor", "method_version", "disposition")
        .annotate(n=Count("pk"))
        .order_by("monitor", "method_version")
    )
    groups: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        group = groups.setdefault((row["monitor"], row["method_version"]), {})
        group[row["disposition"]] = row["n"]
    result = []
    for (monitor, version), counts in groups.items():
        raised = sum(counts.values())
        decided = {key: counts.get(key, 0) for key in Lead.Disposition.values}
        justified, n = sum(decided[key] for key in JUSTIFIED), sum(decided.values())
        result.append(
            Quality(
                monitor,
                version,
                raised,
                decided,
                justified / n if n else None,
                wilson(justified, n) if n else None,
            )
        )
    return result


@dataclass(frozen=True, slots=True)
class BandMeaning:
    """Of the decided leads with a like probability, how many were justified."""

    low: float
    high: float
    justified: int
    decided: int


def meaning_of(actor: Actor, lead: Lead) -> BandMeaning:
    """What the lead's probability has meant so far, in a band of ±5 points around it."""
    if lead.probability is None:
        return BandMeaning(0.0, 0.0, 0, 0)
    low, high = (
        max(0.0, lead.probability - BAND_WIDTH / 2),
        min(1.0, lead.probability + BAND_WIDTH / 2),
    )
    counts = (
        Lead.objects.visible_to(actor)
        .filter(monitor=lead.monitor, state=Lead.State.DISPOSED, probability__range=(low, high))
        .aggregate(
            decided=Count("pk"),
            justified=Count("pk", filter=Q(disposition__in=JUSTIFIED)),
        )
    )
    return BandMeaning(low, high, counts["justified"], counts["decided"])


def leads_like(actor: Actor, lead: Lead, limit: int = 3) -> list[Lead]:
    """Decided leads of the same monitor and kind, nearest in score: how like cases ended."""
    decided = (
        leads_visible(actor)
        .filter(monitor=lead.monitor, kind=lead.kind, state=Lead.State.DISPOSED)
        .exclude(pk=lead.pk)
    )
    if lead.score is None:
        same_act = decided.filter(act_kind=lead.act_kind)
        return list(same_act.order_by("-disposed_at", "-pk")[:limit])
    decided, score = decided.exclude(score=None), lead.score
    above = list(decided.filter(score__gte=score).order_by("score", "pk")[:limit])
    below = list(decided.filter(score__lt=score).order_by("-score", "pk")[:limit])
    return sorted(above + below, key=lambda other: abs((other.score or 0.0) - score))[:limit]


def handled_share(actor: Actor, monitor: str, period: Period) -> tuple[int, int]:
    """(decided, found) among the monitor's leads found in the period."""
    counts = (
        Lead.objects.visible_to(actor)
        .filter(monitor=monitor, found_at__date__range=(period.start, period.end))
        .aggregate(
            found=Count("pk"),
            decided=Count(
                "pk", filter=Q(state=Lead.State.DISPOSED, disposed_at__date__lte=period.end)
            ),
        )
    )
    return counts["decided"], counts["found"]
