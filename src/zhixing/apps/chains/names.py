"""Labels as a register of names: what whoever judges names is told of them.

Who judges is not known here (`registry.name_sources`); a label is entered once and both read into
roles and compared with protected brands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from zhixing.apps.chains.actions.keep_labels import create_label
from zhixing.apps.chains.models import Label, LabelParty
from zhixing.apps.registry.api import NamedParty, NameSource, SeenText
from zhixing.engines.labels import PARTY_ROLES
from zhixing.kit.actors import Actor
from zhixing.kit.exchange.bulk import AmongKeys
from zhixing.kit.files.api import attach

KIND = "label"
# Facts on a label that are names, beside the parties.
NAMING = ("brand", "product")
# Who puts a mark on goods; only where a label names none of them is it the seller.
MAKERS = ("manufacturer", "entrusting")
# Fields of a label that decide what it is like; none stands for every field.
DEEDS: Mapping[str, Collection[str]] = {
    "label.create": (),
    "label.update": ("text", "unit_path", "seller_id", "seller_name", "seen_on", "mark_id",
                     "nice_classes"),
    "label.confirm": (),
}  # fmt: skip


def label_source() -> NameSource:
    """The register of labels as a source of names."""
    return NameSource(
        kind=KIND,
        rows=_rows,
        read=read_names,
        record=record_label,
        add_permission="chains.add_label",
        page="chains:labels-detail",
        importer="labels",
        deeds=DEEDS,
    )


def _rows() -> QuerySet[Label]:
    return Label.objects.order_by()


def record_label(actor: Actor, *, text: str, where: str, photo: File[Any] | None) -> Label:
    """Enter a label standing in front of the shelf: its text, where, a photo.

    Raises:
        Refused: the actor enters no labels.
        Invalid: the text cannot be right, or the photo is no evidence.
    """
    with transaction.atomic():
        values = {"text": text, "place": where, "seen_on": timezone.localdate()}
        label = create_label(actor, values)
        if photo is not None:
            attach(actor, label, photo, role="photo", source=where)
    return label


def read_names(rows: QuerySet[Any]) -> list[SeenText]:
    """These labels with the names that stand on them, as an officer left them."""
    labels = list(rows.select_related("seller__region", "mark"))
    named: dict[int, list[LabelParty]] = defaultdict(list)
    parties = LabelParty.objects.filter(
        AmongKeys("label_id", sorted(label.pk for label in labels)),
        role__in=[*PARTY_ROLES, *NAMING],
    )
    for party in parties.select_related("subject").order_by("pk"):
        named[party.label_id].append(party)
    return [_seen(label, named[label.pk]) for label in labels]


def _seen(label: Label, parties: Sequence[LabelParty]) -> SeenText:
    makers = [party for party in parties if party.role in MAKERS]
    users = [(party.subject_id, party.name) for party in makers]
    if not users and (label.seller_name or label.seller_id):
        users = [(label.seller_id, label.seller_name)]
    known = next((party.subject for party in makers if party.subject is not None), None)
    suspect = known or label.seller
    region = label.seller.region if label.seller is not None else None
    mark = label.mark
    return SeenText(
        pk=label.pk,
        text=label.text,
        unit_path=label.unit_path,
        seen_on=label.seen_on,
        where=" ".join(part for part in (label.place, label.seller_name) if part),
        parties=tuple(
            NamedParty(party.role, party.name, party.start, party.end, party.subject_id)
            for party in parties
        ),
        users=tuple(users),
        subject_id=suspect.pk if suspect is not None else None,
        region=region.code if region is not None else "",
        industry=suspect.industry if suspect is not None else "",
        nice_classes=tuple(label.nice_classes or (mark.nice_classes if mark is not None else ())),
    )
