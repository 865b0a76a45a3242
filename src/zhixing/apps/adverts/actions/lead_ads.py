"""One lead per advertisement, with the text and what was found in it as evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.adverts.families import act_of, family_label
from zhixing.apps.adverts.leading import lead_probability
from zhixing.apps.adverts.models import Ad, Finding
from zhixing.apps.adverts.screening import METHOD, articles_in_words
from zhixing.apps.leads.api import (
    Lead,
    NewLead,
    Rejudgement,
    dedup_key,
    leads_of_keys,
    raise_leads,
    rejudge_leads,
)
from zhixing.kit.actors import Actor
from zhixing.kit.exchange.bulk import AmongKeys

MONITOR = "adverts"
CLAUSE = "二/(六)"
TEXT_SHOWN = 2_000
REASONS = 10
# A probability that moves less than this is the same judgement.
SAME = 0.005


def lead_ads(actor: Actor, ads: Sequence[Ad]) -> int:
    """Raise leads of these advertisements, judge those anew that have one; returns the new ones.

    Prints of one advertisement share a lead: the first that is suspicious raises it.
    """
    threshold = lead_probability(timezone.localdate())
    suspicious = [ad for ad in ads if ad.score >= threshold or ad.lead_id is not None]
    found = _findings(suspicious)
    new: dict[str, list[NewLead]] = {}
    keys = {ad.pk: dedup_key(MONITOR, (ad.same_as_id or ad.pk,)) for ad in suspicious}
    before = leads_of_keys(list(keys.values()))
    for ad in suspicious:
        if keys[ad.pk] not in before and ad.score >= threshold:
            new.setdefault(ad.screened_version, []).append(_lead(ad, found[ad.pk]))
    raised = 0
    for version, leads in new.items():
        done = raise_leads(actor, MONITOR, CLAUSE, leads, method=METHOD, version=version)
        raised += done.new
    after = leads_of_keys(list(keys.values()))
    linked = []
    for ad in suspicious:
        pk = after.get(keys[ad.pk])
        if pk is not None and ad.lead_id != pk:
            ad.lead_id = pk
            linked.append(ad)
    Ad.objects.bulk_update(linked, ["lead"], batch_size=500)
    _anew(actor, [ad for ad in suspicious if keys[ad.pk] in before], found)
    return raised


def _findings(ads: Sequence[Ad]) -> dict[int, list[Finding]]:
    rows = Finding.objects.filter(AmongKeys("ad_id", [ad.pk for ad in ads]), is_current=True)
    found: dict[int, list[Finding]] = {ad.pk: [] for ad in ads}
    for row in rows.exclude(decision=Finding.Decision.REJECTED):
        found[row.ad_id].append(row)
    for mine in found.values():
        mine.sort(key=lambda row: (-(row.probability or 1.0), row.pk))
    return found


def _lead(ad: Ad, findings: Sequence[Finding]) -> NewLead:
    strongest = findings[0]
    return NewLead(
        key=(ad.same_as_id or ad.pk,),
        unit_path=ad.unit_path,
        title=_title(ad, strongest),
        kind=strongest.family,
        score=ad.score,
        probability=ad.score,
        subject_id=ad.advertiser_id,
        act_kind=act_of(strongest.family),
        acted_on=ad.last_seen,
        reasons=reasons_of(findings),
        evidence=_evidence(ad, findings),
    )


def _title(ad: Ad, strongest: Finding) -> str:
    return (
        _("Advertisement “%(ad)s”: %(family)s")
        % {"ad": str(ad), "family": family_label(strongest.family)}
    )[:200]


def reasons_of(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """The findings as reasons of a lead, strongest first, each with its words and article."""
    return [
        {
            "code": row.rule or row.family,
            "text": _reason(row),
            "value": row.probability,
            "family": row.family,
            "span": row.span,
        }
        for row in findings[:REASONS]
    ]


def _reason(row: Finding) -> str:
    """`Absolute terms “全国第一” (广告法 9(3)): why`."""
    told = {
        "family": family_label(row.family),
        "span": row.span,
        "articles": "; ".join(articles_in_words(row.articles)),
        "reason": row.reason,
    }
    if row.is_absence:
        return _("%(family)s (%(articles)s): %(reason)s") % told
    return _("%(family)s “%(span)s” (%(articles)s): %(reason)s") % told


def _evidence(ad: Ad, findings: Sequence[Finding]) -> dict[str, Any]:
    return {
        "ad": ad.pk,
        "text": ad.text[:TEXT_SHOWN],
        "spans": [[row.start, row.end, row.family] for row in findings if row.start is not None],
        "placements": ad.placement_count,
        "first_seen": ad.first_seen.isoformat() if ad.first_seen else "",
        "last_seen": ad.last_seen.isoformat() if ad.last_seen else "",
    }


def _anew(actor: Actor, ads: Sequence[Ad], found: dict[int, list[Finding]]) -> None:
    """Tell leads whose probability has moved; a decided one keeps everything but the note."""
    leads = {lead.pk: lead for lead in Lead.objects.filter(pk__in=[ad.lead_id for ad in ads])}
    told = []
    for ad in ads:
        lead = leads.get(ad.lead_id or 0)
        if lead is None or lead.evidence.get("ad") != ad.pk:
            continue  # another print of the advertisement raised it
        if lead.probability is not None and abs(lead.probability - ad.score) < SAME:
            continue
        note = _(
            "Screened anew by rules %(version)s: probability %(now)d %%, before %(before)d %%."
        )
        words = {
            "version": ad.screened_version,
            "now": round(ad.score * 100),
            "before": round((lead.probability or 0.0) * 100),
        }
        changes: dict[str, Any] = {"score": ad.score, "probability": ad.score}
        if found[ad.pk]:
            changes["reasons"] = reasons_of(found[ad.pk])
        told.append(Rejudgement(lead.pk, note % words, changes, _evidence(ad, found[ad.pk])))
    rejudge_leads(actor, told)


def lead_read_ad(actor: Actor, ad: Ad) -> None:
    """Make sure that an advertisement found unlawful by its readers has a lead."""
    key = dedup_key(MONITOR, (ad.same_as_id or ad.pk,))
    if key not in leads_of_keys([key]):
        found = _findings([ad])[ad.pk]
        confirmed = [row for row in found if row.decision == Finding.Decision.CONFIRMED]
        lead = _lead(ad, confirmed)
        raise_leads(
            actor, MONITOR, CLAUSE, [replace(lead, score=1.0, probability=1.0)],
            method="reading", version=ad.screened_version,
        )  # fmt: skip
    pk = leads_of_keys([key])[key]
    if ad.lead_id != pk:
        ad.lead_id = pk
        ad.save(update_fields=["lead"])
