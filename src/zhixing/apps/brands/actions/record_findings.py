"""Findings into the book: hits, leads, leads judged anew, and which names were judged."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from zhixing.apps.brands.judging.finding import Finding
from zhixing.apps.brands.judging.names import Name
from zhixing.apps.brands.judging.wording import say
from zhixing.apps.brands.models import Hit, JudgedName, NameKind, Sweep
from zhixing.apps.leads.api import (
    NewLead,
    Rejudgement,
    dedup_key,
    leads_of_keys,
    raise_leads,
    rejudge_leads,
)
from zhixing.kit.actors import Actor
from zhixing.kit.deeds import deed
from zhixing.kit.formats import percent

MONITOR = "brands"
CLAUSE = "二/(二)"
NAME_LENGTH = 200
# A probability that moves less than this is the same judgement.
SAME = 0.005
AT_ONCE = 5_000
_KEPT = (
    "unit_path", "name", "part", "subject_id", "watched_id", "rival_id", "like", "protection",
    "likeness", "channel", "is_overseas", "probability", "sentence", "standing", "ground",
    "ground_text", "authorisation_id", "lead_id", "sweep_id", "judged_at",
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """What a batch brought, by kind of name."""

    hits: Counter[str] = field(default_factory=Counter)
    excluded: Counter[str] = field(default_factory=Counter)
    new_leads: Counter[str] = field(default_factory=Counter)


def record_findings(
    actor: Actor,
    findings: Sequence[Finding],
    *,
    lowest: float,
    judged_fully: Iterable[Name] = (),
    against: Collection[str] = tuple(Hit.Against.values),
    sweep: Sweep | None = None,
) -> Tally:
    """Keep the findings of a batch, in the caller's transaction.

    Args:
        lowest: the probability from which on findings were asked for.
        judged_fully: names that met every brand: what was found of them before, is not below
            `lowest` and is not among the findings any more no longer holds; its lead says so.
        against: what they were compared with; findings of the other sort are left as they are.
        sweep: the run that found them.
    """
    now = timezone.now()
    by_key = {dedup_key(MONITOR, found.key): found for found in findings}
    names = {(name.kind, name.pk): name for name in judged_fully}
    known = _known(by_key, names)
    gone = {
        key: hit
        for key, hit in known.items()
        if key not in by_key
        and hit.against in against
        and hit.standing != Hit.Standing.GONE
        and hit.probability >= lowest
    }
    if not by_key and not gone:
        return Tally()
    detail = {"hits": len(by_key), "gone": len(gone), "keys_sm3": _digest(by_key)}
    with deed(actor, "names.judge", sweep, detail=detail):
        tally, leads = _raise(actor, by_key)
        _rejudge(actor, by_key, known, leads)
        _withdraw(actor, gone, names, now)
        rows = [_hit(key, found, leads.get(key), sweep, now) for key, found in by_key.items()]
        Hit.objects.bulk_create(
            rows,
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=[name.removesuffix("_id") for name in _KEPT],
        )
    return tally


def _digest(keys: Iterable[str]) -> str:
    return hashlib.new("sm3", "\n".join(sorted(keys)).encode()).hexdigest()


def _known(by_key: dict[str, Finding], names: dict[tuple[str, int], Name]) -> dict[str, Hit]:
    """The hits that the book holds of these keys, and of the names that met every brand."""
    known: dict[str, Hit] = {}
    keys = list(by_key)
    for start in range(0, len(keys), AT_ONCE):
        part = Hit.objects.filter(key__in=keys[start : start + AT_ONCE])
        known.update({hit.key: hit for hit in part})
    for kind in {kind for kind, _pk in names}:
        pks = [pk for other, pk in names if other == kind]
        for start in range(0, len(pks), AT_ONCE):
            part = Hit.objects.filter(name_kind=kind, object_id__in=pks[start : start + AT_ONCE])
            known.update({hit.key: hit for hit in part})
    return known


def _raise(actor: Actor, by_key: dict[str, Finding]) -> tuple[Tally, dict[str, int]]:
    """Leads of everything that is not left alone; returns the tally and every lead by key."""
    from zhixing.engines.lookalike import METHOD

    tally = Tally()
    before = leads_of_keys(list(by_key))
    suspicious = {key: found for key, found in by_key.items() if found.exclusion is None}
    for key, found in by_key.items():
        kind = found.name.kind
        if key not in suspicious:
            tally.excluded[kind] += 1
            continue
        tally.hits[kind] += 1
        tally.new_leads[kind] += key not in before
    new = [_lead(found) for key, found in suspicious.items() if key not in before]
    raise_leads(actor, MONITOR, CLAUSE, new, method=METHOD.name, version=str(METHOD.version))
    return tally, leads_of_keys(list(by_key))


def _lead(found: Finding) -> NewLead:
    return NewLead(
        key=found.key,
        unit_path=found.name.unit_path,
        title=_title(found),
        kind=found.likeness,
        score=found.score,
        probability=found.probability,
        subject_id=found.name.subject_id,
        act_kind=found.act_kind,
        acted_on=found.acted_on,
        reasons=found.rows,
        evidence=_evidence(found),
    )


def _title(found: Finding) -> str:
    return f"{found.name.text} ≈ {found.like}"[:NAME_LENGTH]


def _evidence(found: Finding) -> dict[str, Any]:
    from zhixing.engines.lookalike import METHOD

    mark, name = found.mark, found.name
    return {
        "mark": found.compared or found.like,
        "mark_id": mark.pk if mark else None,
        "protection": mark.protection if mark else "",
        "holder": mark.holder_name if mark else found.rival_name,
        "name": name.text,
        "part": found.part,
        "part_start": found.part_start,
        "role": found.role,
        "name_kind": name.kind,
        "object_id": name.pk,
        "against": found.against,
        "rival_id": found.rival_id,
        "channel": found.channel,
        "is_overseas": found.is_overseas,
        "where": name.where,
        "acted_on": name.acted_on.isoformat() if name.acted_on else "",
        "text": found.sentence,
        "method": METHOD.name,
        **found.evidence,
    }


def _hit(key: str, found: Finding, lead_id: int | None, sweep: Sweep | None, now: datetime) -> Hit:
    mark, exclusion = found.mark, found.exclusion
    return Hit(
        key=key,
        unit_path=found.name.unit_path,
        name_kind=found.name.kind,
        object_id=found.name.pk,
        name=found.name.text[:NAME_LENGTH],
        part=_part(found)[:NAME_LENGTH],
        subject_id=found.name.subject_id,
        against=found.against,
        watched=mark,
        rival_id=found.rival_id,
        like=found.like,
        protection=mark.protection if mark else "",
        likeness=found.likeness,
        channel=found.channel,
        is_overseas=found.is_overseas,
        probability=found.probability,
        sentence=found.sentence,
        standing=Hit.Standing.EXCLUDED if exclusion else Hit.Standing.LEAD,
        ground=exclusion.ground if exclusion else "",
        ground_text=exclusion.text[:NAME_LENGTH] if exclusion else "",
        authorisation_id=exclusion.authorisation_id if exclusion else None,
        lead_id=lead_id,
        sweep=sweep,
        found_at=now,
        judged_at=now,
    )


def _part(found: Finding) -> str:
    return "" if found.part == found.name.text else found.part


def _rejudge(
    actor: Actor, by_key: dict[str, Finding], known: dict[str, Hit], leads: dict[str, int]
) -> None:
    """Leads whose name, probability or ground is another than when they were last judged."""
    told = []
    for key, hit in known.items():
        found = by_key.get(key)
        if found is None or key not in leads:
            continue
        note = _changed(hit, found)
        if note:
            changes = {
                "title": _title(found), "kind": found.likeness, "score": found.score,
                "probability": found.probability, "reasons": found.rows,
            }  # fmt: skip
            told.append(Rejudgement(leads[key], note, changes, _evidence(found)))
    rejudge_leads(actor, told)


def _changed(hit: Hit, found: Finding) -> str:
    """In one sentence what is different; empty when nothing is."""
    ground = found.exclusion.ground if found.exclusion else ""
    if ground != hit.ground:
        if ground == Hit.Ground.LICENCE and found.exclusion:
            return say("licence_found", what=found.exclusion.text)
        if ground:
            return say("holder_found")
        return say("licence_ended", verdict=_verdict(found))
    if hit.name != found.name.text[:NAME_LENGTH]:
        return say("renamed", was=hit.name, now=found.name.text, verdict=_verdict(found))
    is_back = hit.standing == Hit.Standing.GONE
    if is_back or abs(hit.probability - found.probability) >= SAME:
        return say("circumstances", verdict=_verdict(found))
    return ""


def _verdict(found: Finding) -> str:
    return say("still_alike", probability=percent(found.probability, 0))


def _withdraw(
    actor: Actor, gone: dict[str, Hit], names: dict[tuple[str, int], Name], now: datetime
) -> None:
    """Hits that no longer hold, with a note in their leads."""
    told = []
    for hit in gone.values():
        name = names.get((hit.name_kind, hit.object_id))
        if hit.lead_id is not None:
            told.append(Rejudgement(hit.lead_id, _why_gone(hit, name), {"probability": 0.0}))
    rejudge_leads(actor, told)
    Hit.objects.filter(pk__in=[hit.pk for hit in gone.values()]).update(
        standing=Hit.Standing.GONE, ground="", ground_text="", judged_at=now
    )


def _why_gone(hit: Hit, name: Name | None) -> str:
    if name is None:
        return say("out_of_business")
    verdict = say("not_alike", like=hit.like)
    if name.text[:NAME_LENGTH] != hit.name:
        return say("renamed", was=hit.name, now=name.text, verdict=verdict)
    return say("circumstances", verdict=verdict)


def withdraw_names(actor: Actor, kind: str, keys: Sequence[int]) -> None:
    """What was found of names that are not judged any more (left business, mark ended)."""
    hits = Hit.objects.filter(name_kind=kind, object_id__in=list(keys))
    gone = {hit.key: hit for hit in hits.exclude(standing=Hit.Standing.GONE)}
    if gone:
        with deed(actor, "names.judge", detail={"gone": len(gone), "keys_sm3": _digest(gone)}):
            _withdraw(actor, gone, {}, timezone.now())
    JudgedName.objects.filter(name_kind=kind, object_id__in=list(keys)).delete()


def remember_judged(
    names: Iterable[Name], revision: int, version: str, awaiting: Collection[int] = ()
) -> None:
    """Note that these names were judged as they are, up to this revision of the lists.

    Args:
        awaiting: those that are still to be held against their place and trade.
    """
    now = timezone.now()
    rows = [
        JudgedName(
            name_kind=name.kind,
            object_id=name.pk,
            unit_path=name.unit_path,
            digest=name.digest(version),
            revision=revision,
            judged_at=now,
            awaits_rivals=name.pk in awaiting,
        )
        for name in names
    ]
    JudgedName.objects.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["name_kind", "object_id"],
        update_fields=["unit_path", "digest", "revision", "judged_at", "awaits_rivals"],
    )


def rivals_met(keys: Sequence[int]) -> None:
    """Note that these enterprises have been held against their place and trade."""
    JudgedName.objects.filter(name_kind=NameKind.SUBJECT, object_id__in=list(keys)).update(
        awaits_rivals=False
    )
