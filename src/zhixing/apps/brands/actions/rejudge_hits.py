"""What was found is judged anew when a contract appears, changes or runs out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from zhixing.apps.brands.actions.judge_names import judge_names
from zhixing.apps.brands.judging.names import READER
from zhixing.apps.brands.models import Hit
from zhixing.apps.registry.api import Authorisation, authorisations_visible
from zhixing.kit.actors import Actor


def rejudge_hits_of(
    actor: Actor, *, contracts: Sequence[int] = (), since: datetime | None = None
) -> int:
    """Judge anew the names that contracts may concern; returns how many.

    Concerned are the hits of the marks of these contracts, and hits left alone because of them.

    Args:
        contracts: contracts that were entered or changed.
        since: or all that were entered or changed from that moment on.
    """
    rows = authorisations_visible(READER)
    rows = rows.filter(updated__gte=since) if since is not None else rows.filter(pk__in=contracts)
    hits = hits_concerned(rows)
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind, pk in hits.values_list("name_kind", "object_id"):
        by_kind[kind].add(pk)
    for kind, keys in sorted(by_kind.items()):
        judge_names(actor, kind, sorted(keys))
    return sum(map(len, by_kind.values()))


def hits_concerned(contracts: QuerySet[Authorisation]) -> QuerySet[Hit]:
    """Hits that still hold against brands or trade names that these contracts are about."""
    listed = list(contracts.values_list("pk", "mark_id", "mark_text"))
    marks = {mark for _pk, mark, _text in listed if mark is not None}
    about = Q(like__in={text for _pk, _mark, text in listed if text})
    about |= Q(watched__trade_mark_id__in=marks) | Q(
        authorisation_id__in=[pk for pk, _, _ in listed]
    )
    return Hit.objects.filter(about).exclude(standing=Hit.Standing.GONE)


def names_rivalling(subject: int) -> list[int]:
    """Operators whose names were found like the trade name of this one."""
    hits = Hit.objects.filter(rival_id=subject).exclude(standing=Hit.Standing.GONE)
    return sorted(set(hits.values_list("object_id", flat=True)) - {subject})
