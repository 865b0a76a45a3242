"""Which labels a drawing shows: those around a party or a label, a few steps on, capped."""

from __future__ import annotations

from dataclasses import dataclass

from zhixing.apps.chains.models import Label, LabelParty
from zhixing.apps.chains.selectors import labels_of_party, labels_visible
from zhixing.kit.actors import Actor
from zhixing.kit.exchange.bulk import AmongKeys

# Labels read for one drawing; parties beyond are counted, not drawn.
MOST_LABELS = 500
DEEPEST = 3
LENDING = ("licensor", "supervisor", "technical", "entrusting")


@dataclass(frozen=True, slots=True)
class Around:
    """The labels of a drawing, and how many there are in all at its first step."""

    labels: list[Label]
    total: int

    @property
    def is_cut(self) -> bool:
        """Whether there are more labels than were read."""
        return self.total > len(self.labels)


def around_party(actor: Actor, key: str, depth: int) -> Around:
    """Labels that name the party or were seen at it; then those of their licensors."""
    rows = labels_of_party(actor, key)
    first = list(rows.order_by("-seen_on", "-pk")[:MOST_LABELS])
    total = len(first) if len(first) < MOST_LABELS else rows.count()
    return Around(_further(actor, first, depth), total)


def around_label(actor: Actor, label: Label, depth: int) -> Around:
    """The label; then the labels of its licensors."""
    first = list(labels_visible(actor).filter(pk=label.pk))
    return Around(_further(actor, first, depth), len(first))


def _further(actor: Actor, labels: list[Label], depth: int) -> list[Label]:
    """Labels that share a licensor with those found, step by step, until the cap."""
    found = {label.pk: label for label in labels}
    for _step in range(min(depth, DEEPEST) - 1):
        room = MOST_LABELS - len(found)
        if room <= 0:
            break
        parties = LabelParty.objects.filter(AmongKeys("label_id", sorted(found)))
        keys = set(parties.filter(role__in=LENDING).values_list("party_key", flat=True)) - {""}
        named = LabelParty.objects.filter(party_key__in=sorted(keys)).values("label_id")
        rows = labels_visible(actor).filter(pk__in=named).exclude(pk__in=list(found))
        new = list(rows.order_by("-seen_on", "-pk")[:room])
        if not new:
            break
        found |= {label.pk: label for label in new}
    return list(found.values())
