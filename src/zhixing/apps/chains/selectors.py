"""Questions about labels and chains, asked by an actor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet

from zhixing.apps.chains.models import ChainFinding, Label, LabelParty
from zhixing.apps.registry.api import Subject
from zhixing.kit.actors import Actor, require
from zhixing.kit.exchange.bulk import AmongKeys


def labels_visible(actor: Actor) -> QuerySet[Label]:
    """The labels seen by the actor's offices."""
    require(actor, "chains.view_label")
    return Label.objects.visible_to(actor).select_related("seller", "mark", "confirmed_by")


def findings_visible(actor: Actor) -> QuerySet[ChainFinding]:
    """What was found about the labels of the actor's offices."""
    require(actor, "chains.view_chainfinding")
    return ChainFinding.objects.visible_to(actor).select_related("label")


def labels_of_party(actor: Actor, key: str) -> QuerySet[Label]:
    """Labels that name the party, or that were seen at it."""
    named = Q(pk__in=LabelParty.objects.filter(party_key=key).values("label_id"))
    if key[:1] == "s" and key[1:].isdecimal():
        named |= Q(seller_id=int(key[1:]))
    return labels_visible(actor).filter(named)


def findings_of_party(actor: Actor, key: str) -> QuerySet[ChainFinding]:
    """What still holds about a party as licensor or factory, the most probable first."""
    concerned = Q(lender_key=key) | Q(factory_key=key)
    return (
        findings_visible(actor)
        .filter(concerned, gone_at__isnull=True)
        .order_by("-probability", "-pk")
    )


def findings_of_label(actor: Actor, label: Label) -> QuerySet[ChainFinding]:
    """What still holds about the licensors and factories on a label."""
    parties = label.parties.exclude(party_key="")
    keys = list(parties.values_list("party_key", flat=True))
    concerned = Q(label=label) | (Q(lender_key__in=keys) & Q(factory_key__in=[*keys, ""]))
    return (
        findings_visible(actor)
        .filter(concerned, gone_at__isnull=True)
        .order_by("-probability", "-pk")
    )


def parties_named(labels: Iterable[Label], *roles: str) -> Mapping[int, str]:
    """Names of the parties in these roles by label, in one query."""
    rows = LabelParty.objects.filter(label__in=[label.pk for label in labels], role__in=roles)
    named: dict[int, list[str]] = {}
    for pk, name in rows.order_by("pk").values_list("label_id", "name"):
        named.setdefault(pk, []).append(name)
    return {pk: "、".join(dict.fromkeys(names)) for pk, names in named.items()}


def name_of_party(labels: Iterable[Label], key: str) -> str:
    """The name by which the labels call a party, or by which its shop is called."""
    pks = [label.pk for label in labels]
    found = LabelParty.objects.filter(AmongKeys("label_id", pks), party_key=key).first()
    return found.name if found is not None else next(label.seller_name for label in labels)


def leading_lenders(actor: Actor, limit: int) -> list[Any]:
    """The overseas firms on most labels of the actor's offices: key, name, n."""
    rows = LabelParty.objects.filter(label__in=labels_visible(actor).values("pk"), is_overseas=True)
    return list(
        rows.exclude(role=LabelParty.Role.MANUFACTURER)
        .values("party_key", "name")
        .annotate(n=Count("label", distinct=True))
        .order_by("-n", "name")[:limit]
    )


def subjects_to_open(actor: Actor, pks: Iterable[int]) -> dict[int, Subject]:
    """Those of the operators whose page the actor may open."""
    if not actor.has_perm("registry.view_subject"):
        return {}
    found = Subject.objects.visible_to(actor).filter(AmongKeys("id", sorted(set(pks))))
    return {subject.pk: subject for subject in found}
