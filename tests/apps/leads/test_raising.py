"""A monitor's findings become leads, once."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.apps.leads import examples
from zhixing import law
from zhixing.apps.audit.models import AuditEntry
from zhixing.apps.leads.actions import raise_leads as raising
from zhixing.apps.leads.api import Raised, dispose_lead, raise_leads
from zhixing.apps.leads.models import Lead
from zhixing.kit.actors import SystemActor
from zhixing.kit.errors import Refused

pytestmark = pytest.mark.django_db
ACTOR = SystemActor("test")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def _raise(findings: list, **values: object) -> Raised:
    return raise_leads(
        ACTOR, "brands", "二/(二)", findings, method="lookalike.pairs", version="1", **values
    )


def test_a_lead_gets_the_statutory_check_clock() -> None:
    """Fifteen working days from the day it was found, across a holiday (Order 2 art 18)."""
    people = examples.cast()
    found_at = datetime(2026, 9, 21, 10, tzinfo=SHANGHAI)
    _raise([examples.finding(people.keeper.unit_path, 1)], found_at=found_at)
    lead = Lead.objects.get()
    expected = law.deadline("lead_check", found_at.date())
    assert (lead.due_on, lead.due_is_provisional) == (expected.due, False)
    assert len(expected.counted) == 15


def test_the_same_finding_adds_nothing_even_after_it_was_dismissed() -> None:
    """A machine that says the same again does not reopen an officer's decision."""
    people = examples.cast()
    findings = [examples.finding(people.keeper.unit_path, n) for n in (1, 2)]
    assert _raise(findings) == Raised(new=2, known=0)
    first = Lead.objects.order_by("pk").first()
    assert first is not None
    dispose_lead(people.keeper, first, disposition="dismissed", reason="并存多年")
    assert _raise(findings) == Raised(new=0, known=2)
    first.refresh_from_db()
    assert (Lead.objects.count(), first.disposition) == (2, "dismissed")


def test_large_batches_are_compared_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known is found wherever in the batch it stands; a finding told twice counts once."""
    people = examples.cast()
    monkeypatch.setattr(raising, "KEYS_AT_ONCE", 2)
    findings = [examples.finding(people.keeper.unit_path, n) for n in range(5)]
    assert _raise(findings[1:4]) == Raised(new=3, known=0)
    assert _raise([*findings, findings[0]]) == Raised(new=2, known=3)


def test_one_batch_is_one_entry_in_the_book() -> None:
    """The audit holds how many leads a batch raised, with a digest of their keys."""
    people = examples.cast()
    _raise([examples.finding(people.keeper.unit_path, n) for n in range(5)])
    entries = AuditEntry.objects.filter(deed="lead.raise")
    assert entries.count() == 1
    assert '"count":5' in entries.get().body


def test_an_officer_cannot_raise_leads_for_another_office() -> None:
    """Jurisdiction holds for findings too, and nothing of the batch is written."""
    people = examples.cast()
    findings = [
        examples.finding(people.keeper.unit_path, 1),
        examples.finding(people.elsewhere.unit_path, 2),
    ]
    with pytest.raises(Refused):
        raise_leads(people.keeper, "brands", "二/(二)", findings, method="m", version="1")
    assert not Lead.objects.exists()
