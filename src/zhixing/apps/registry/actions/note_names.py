"""Names that ended: an operator takes another name, or leaves the register.

A trade name stays barred to others for a while after it ended (企业名称登记管理规定 art 17), so the
register remembers which names ended and when. Part of the deed that changes the operator.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from zhixing.apps.registry.models import FormerName, Subject
from zhixing.kit.exchange.bulk import AmongKeys

AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Before:
    """What an operator's name was before a change."""

    name: str
    trade_name: str
    status: str
    renamed_on: date | None

    @classmethod
    def of(cls, subject: Subject) -> Before:
        """As the row stands."""
        return cls(subject.name, subject.trade_name, subject.status, subject.renamed_on)


def settle_names(before: Before, subject: Subject) -> FormerName | None:
    """Set the days that follow from a change, on the row in memory; the name that ended, unsaved.

    A day that came with the change stands; otherwise it is today.
    """
    today = timezone.localdate()
    is_ended = subject.status == Subject.Status.DEREGISTERED
    if not is_ended:
        subject.ended_on = None
    elif before.status != subject.status and subject.ended_on is None:
        subject.ended_on = today
    if subject.name == before.name:
        return None
    if subject.renamed_on in (None, before.renamed_on):
        subject.renamed_on = today
    return FormerName(
        subject=subject,
        name=before.name,
        trade_name=before.trade_name,
        used_until=subject.renamed_on,
    )


def names_before(keys: Sequence[int]) -> dict[int, Before]:
    """The names of these operators, before an import writes over them."""
    rows = Subject.objects.filter(AmongKeys("id", list(keys)))
    return {
        pk: Before(name, trade_name, status, renamed_on)
        for pk, name, trade_name, status, renamed_on in rows.values_list(
            "pk", "name", "trade_name", "status", "renamed_on"
        )
    }


def note_names(before: Mapping[int, Before]) -> None:
    """Settle the names of operators that an import has changed; part of its deed."""
    keys = sorted(before)
    for start in range(0, len(keys), AT_ONCE):
        part = Subject.objects.filter(AmongKeys("id", keys[start : start + AT_ONCE]))
        former, changed = [], []
        for subject in part.only("name", "status", "renamed_on", "ended_on"):
            was = (subject.renamed_on, subject.ended_on)
            ended = settle_names(before[subject.pk], subject)
            former += [ended] if ended is not None else []
            changed += [subject] if was != (subject.renamed_on, subject.ended_on) else []
        Subject.objects.bulk_update(changed, ["renamed_on", "ended_on"], batch_size=500)
        FormerName.objects.bulk_create(former, batch_size=AT_ONCE)
