"""A monitor that judges a known suspicion anew says so; it never reopens a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from zhixing.apps.leads.models import Lead
from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed

REJUDGED = "rejudged"


@dataclass(frozen=True, slots=True)
class Rejudgement:
    """What a monitor now says of a lead, and in one sentence why it says it anew.

    Attributes:
        changes: new values of title, kind, score, probability, reasons; only those that changed.
        evidence: keys of the evidence that changed.
    """

    lead_id: int
    note: str
    changes: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Any] = field(default_factory=dict)


def rejudge_leads(actor: Actor, rejudgements: Sequence[Rejudgement]) -> int:
    """Write new judgements into their leads; returns how many leads were touched.

    An open lead takes the new values, with the note as its first reason. A lead that an officer
    has decided keeps everything and only gains the note.

    Raises:
        Refused: the actor may not raise leads for one of the offices.
    """
    by_lead = {rejudged.lead_id: rejudged for rejudged in rejudgements}
    leads = Lead.objects.select_for_update().filter(pk__in=list(by_lead)).order_by("pk")
    touched = 0
    for lead in leads:
        require(actor, "leads.raise_lead", lead)
        rejudged = by_lead[lead.pk]
        with deed(actor, "lead.rejudge", lead, reason=rejudged.note):
            _note(lead, rejudged)
            if lead.is_open:
                _take_over(lead, rejudged)
            lead.save()
        touched += 1
    return touched


def _note(lead: Lead, rejudged: Rejudgement) -> None:
    said = {"at": timezone.now().isoformat(timespec="seconds"), "text": rejudged.note}
    lead.evidence = lead.evidence | {REJUDGED: [*lead.evidence.get(REJUDGED, []), said]}


def _take_over(lead: Lead, rejudged: Rejudgement) -> None:
    for name, value in rejudged.changes.items():
        setattr(lead, name, value)
    lead.evidence = lead.evidence | rejudged.evidence
    earlier = [reason for reason in lead.reasons if reason.get("code") != REJUDGED]
    lead.reasons = [{"code": REJUDGED, "text": rejudged.note, "value": None}, *earlier]
