"""A monitor's findings become leads; the same finding found again adds nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from zhixing import law
from zhixing.apps.leads.models import Lead
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed

KEYS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class NewLead:
    """What a monitor knows of a suspicion; the inbox adds number, clock and state.

    Attributes:
        key: what makes the suspicion the same one when found again, e.g. subject and mark.
        unit_path: the office that answers for it.
        probability: calibrated probability that it is justified, in [0, 1].
        act_kind: the kind of act suspected, by code of `law.acts`, where the monitor knows.
        acted_on: the day of the act, whose law applies; None where it goes on.
    """

    key: tuple[Any, ...]
    unit_path: str
    title: str
    kind: str
    score: float
    probability: float
    subject_id: int | None = None
    act_kind: str = ""
    acted_on: date | None = None
    reasons: list[dict[str, Any]] = field(default_factory=list)
    evidence: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Raised:
    """How many leads were new and how many were known already."""

    new: int
    known: int


def raise_leads(
    actor: Actor,
    monitor: str,
    clause: str,
    findings: Sequence[NewLead],
    *,
    method: str,
    version: str,
    found_at: datetime | None = None,
) -> Raised:
    """Put findings into the inbox, each with its statutory check clock (Order 2 art 18).

    A finding whose key is known is left as it stands: an officer's decision is not reopened by
    a machine that says the same again.

    Raises:
        Refused: the actor may not raise leads for one of the offices.
    """
    found_at = found_at or timezone.now()
    leads = {
        lead.dedup_key: lead
        for lead in _leads(monitor, clause, findings, method, version, found_at)
    }
    for lead in leads.values():
        require(actor, "leads.raise_lead", lead)
    known = _known(list(leads))
    new = [lead for key, lead in leads.items() if key not in known]
    if new:
        keys = sorted(lead.dedup_key for lead in new)
        detail = {
            "monitor": monitor,
            "count": len(new),
            "keys_sm3": hashlib.new("sm3", "\n".join(keys).encode()).hexdigest(),
            "method": f"{method} {version}",
        }
        with deed(actor, "lead.raise", detail=detail):
            Lead.objects.bulk_create(new, ignore_conflicts=True)
    return Raised(len(new), len(known))


def _known(keys: list[str]) -> set[str]:
    """Those of the keys that the inbox holds; a database takes only so many at once."""
    known: set[str] = set()
    for start in range(0, len(keys), KEYS_AT_ONCE):
        part = Lead.objects.filter(dedup_key__in=keys[start : start + KEYS_AT_ONCE])
        known.update(part.values_list("dedup_key", flat=True))
    return known


def _leads(
    monitor: str,
    clause: str,
    findings: Sequence[NewLead],
    method: str,
    version: str,
    found_at: datetime,
) -> list[Lead]:
    due = law.deadline("lead_check", timezone.localdate(found_at))
    return [
        Lead(
            **{key: value for key, value in asdict(finding).items() if key != "key"},
            monitor=monitor,
            clause=clause,
            method=method,
            method_version=version,
            dedup_key=dedup_key(monitor, finding.key),
            found_at=found_at,
            due_on=due.due,
            due_is_provisional=due.provisional,
        )
        for finding in findings
    ]


def dedup_key(monitor: str, key: tuple[Any, ...]) -> str:
    """The stored form of a finding's identity: 64 hex digits."""
    return hashlib.sha256("\x1f".join([monitor, *map(str, key)]).encode()).hexdigest()
