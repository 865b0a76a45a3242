"""The checks of authorisation chains: for all labels of an area as a job, for one label at once.

Findings are kept by what they are about, so that the same one found again is the same row; one
that no longer holds is marked so, and its lead stays for the officer to decide.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import time
from math import prod
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from zhixing.apps.chains.actions.keep_labels import reread_labels
from zhixing.apps.chains.gathering import (
    DEPTH,
    Gathered,
    gather,
    lenders_overseas,
    limits,
    lowest_probability,
)
from zhixing.apps.chains.models import ChainFinding, Label, LabelParty
from zhixing.apps.chains.parties import key_of, operators, subject_id_of
from zhixing.apps.chains.protected import resembled
from zhixing.apps.leads.api import NewLead, raise_leads
from zhixing.apps.registry.api import Authorisation
from zhixing.engines.chains import LENDERS, METHOD, Contracts, Finding, check, links
from zhixing.engines.labels import METHOD as READING
from zhixing.engines.labels import PARTY_ROLES, is_overseas
from zhixing.engines.types import Reason
from zhixing.kit.actors import Actor, SystemActor, require
from zhixing.kit.deeds import deed
from zhixing.kit.exchange.bulk import AmongKeys
from zhixing.kit.jobs.api import Job, JobContext, Standing, enqueue

MONITOR = "chains"
CLAUSE = "二/(二)"
# The kind of act of `law.acts` that a chain from an overseas firm may be.
SHELL_NAME = "shell_name"
# Labels looked at around one label, the latest first; the check of an area looks at all.
NEIGHBOURS = 300
# What a finding found again may say anew.
KEPT_UP = (
    "probability", "reasons", "label_id", "label_count", "labels", "contracts", "lender_name",
    "factory_name",
)  # fmt: skip
# Findings that nothing in force bears the link: suspicious words of its labels belong to them.
UNBORNE = ("gap", "no_factory", "contract_contradicts", "expired", "not_begun")
# At night, before the sweep of names, which judges the names that labels turn out to bear.
HOUR = time(1, 30)
READ_AT_ONCE = 500
# Words that a contract in force explains: the overseas firm did license this factory.
ANSWERED_FLAGS = (
    "overseas_behind_factory", "overseas_without_factory", "brand_in_overseas_name",
    "brand_in_name", "technical_support", "brand_of_nobody", "no_manufacturer",
)  # fmt: skip
# Kinds that are about one link, so that looking at the link again tells whether they still hold.
OF_A_LINK = (
    "gap", "no_factory", "expired", "lapsed", "not_begun", "mark_dead", "not_holder", "beyond_mark",
    "contract_contradicts", "territory", "goods", "export_only", "formula",
)  # fmt: skip


@transaction.atomic
def start_check(actor: Actor, *, unit_path: str) -> Job:
    """Queue a check of all labels of the office's area; one that is waiting or at work is enough.

    Raises:
        Refused: the actor may not check that office's area.
    """
    require(actor, "chains.check_chains", Label(unit_path=unit_path))
    return enqueue(
        check_area,
        actor=actor,
        label=_("Check of authorisation chains"),
        params={"unit_path": unit_path},
        dedup_key=f"chains:{unit_path}",
        unit_path=unit_path,
    )


@task(takes_context=True)  # type: ignore[arg-type]  # our context knows more
def check_area(context: JobContext, unit_path: str) -> dict[str, Any]:
    """Check every label of an area; returns the tallies. Done again it changes nothing.

    Labels elsewhere that share a licensor or are of the same product are looked at too: what speaks
    against a licensor of the whole city must not vanish when one county is checked.
    """
    actor = SystemActor(f"check of chains {unit_path}")
    labels = Label.objects.filter(unit_path__within=unit_path).order_by("pk")
    total = labels.count()
    context.progress(0, total)
    _read_again(context, actor, labels)
    _resolve_again(labels)
    keys = set(labels.values_list("pk", flat=True))
    gathered = gather(labels | _related(labels))
    context.progress(total, total)
    return keep_findings(
        actor,
        gathered,
        gone=Q(unit_path__within=unit_path),
        concerns=lambda finding: not finding.labels or not keys.isdisjoint(finding.labels),
    )


NIGHTLY = Standing(gettext_lazy("Check of authorisation chains"), check_area, HOUR)


def _read_again(context: JobContext, actor: Actor, labels: QuerySet[Label]) -> None:
    """Labels that another version of the engine read, batch by batch; those done stay done."""
    old = labels.exclude(method_version=READING.version)
    while batch := list(old.prefetch_related("parties")[:READ_AT_ONCE]):
        reread_labels(actor, batch)
        context.progress(0, None, _("Labels read by the new version of the engine"))


def _related(labels: QuerySet[Label]) -> QuerySet[Label]:
    """Labels wherever they are that share a licensor or a product with these."""
    own = labels.order_by().values("pk")
    lending = LabelParty.objects.filter(role__in=[*LENDERS, "entrusting"]).exclude(party_key="")
    keys = lending.filter(label__in=own).values("party_key")
    products = labels.order_by().exclude(product_key="").values("product_key")
    shared = Q(pk__in=lending.filter(party_key__in=keys).values("label_id"))
    return Label.objects.filter(shared | Q(product_key__in=products)).order_by("pk")


def _resolve_again(labels: QuerySet[Label]) -> None:
    """Link parties to operators that have come into the register since the label was read."""
    unknown = LabelParty.objects.filter(
        label__in=labels.values("pk"), role__in=PARTY_ROLES, subject__isnull=True
    )
    known = operators(unknown.values_list("name", flat=True).distinct())
    changed = []
    for party in unknown.iterator(chunk_size=5_000):
        operator = known[party.name]
        if operator.subject_id is not None:
            party.subject_id, party.party_key = operator.subject_id, operator.key
            changed.append(party)
    LabelParty.objects.bulk_update(changed, ["subject", "party_key"], batch_size=500)


def check_around(actor: Actor, label: Label) -> dict[str, Any]:
    """Check the links of one label, with the labels that share a licensor or are of its product."""
    _resolve_again(Label.objects.filter(pk=label.pk))
    keys = list(
        label.parties.filter(role__in=[*LENDERS, "entrusting"]).values_list("party_key", flat=True)
    )
    shared = Q(pk=label.pk)
    if keys:
        named = LabelParty.objects.filter(party_key__in=keys).values("label_id")
        shared |= Q(pk__in=named)
    if label.product_key:
        shared |= Q(product_key=label.product_key)
    others = Label.objects.filter(shared).exclude(pk=label.pk).order_by("-seen_on", "-pk")
    around = list(others.select_related("seller__region", "mark")[:NEIGHBOURS])
    makers = label.parties.filter(role="manufacturer").values_list("party_key", flat=True)
    factories = [*makers, ""]
    is_whole = len(around) < NEIGHBOURS  # all labels of these links are looked at
    gone = Q(label=label)
    if is_whole:
        gone |= Q(lender_key__in=keys, factory_key__in=factories)

    def concerns(finding: Finding) -> bool:
        ours = finding.lender in keys and finding.factory in factories
        return ours or label.pk in finding.labels

    return keep_findings(
        actor,
        gather([label, *around]),
        gone=gone & Q(kind__in=OF_A_LINK),
        concerns=concerns,
        is_whole=is_whole,
    )


def check_contract(contract: Authorisation) -> None:
    """Look again at the links of a contract's parties, after it was entered or changed."""
    keys = {
        key_of(contract.grantor_name, contract.grantor_id),
        key_of(contract.grantee_name, contract.grantee_id),
    }
    known = operators([contract.grantor_name, contract.grantee_name])
    keys |= {operator.key for operator in known.values()}
    named = LabelParty.objects.filter(party_key__in=keys, role="manufacturer")
    labels = Label.objects.filter(pk__in=named.values("label_id")).order_by("-seen_on", "-pk")
    around = list(labels.select_related("seller__region", "mark")[:NEIGHBOURS])
    if not around:
        return
    # Only links whose labels were all looked at can be said to be in order now.
    seen_all = len(around) < NEIGHBOURS
    gone = Q(factory_key__in=keys, kind__in=OF_A_LINK) if seen_all else Q(pk__in=[])
    keep_findings(SystemActor(f"contract {contract.pk}"), gather(around), gone=gone)


def keep_findings(
    actor: Actor,
    gathered: Gathered,
    *,
    gone: Q,
    concerns: Callable[[Finding], bool] = lambda _finding: True,
    is_whole: bool = True,
) -> dict[str, Any]:
    """Judge the facts; keep what is found, raise leads, mark what no longer holds.

    Args:
        gone: which findings on record this run looked at again, so that one it does not find anew
            no longer holds.
        concerns: which of the findings to keep; a run around one label sees others only in part.
        is_whole: whether all labels of these findings were looked at; else those on record keep
            their counts.
    """
    facts = replace(gathered.facts, resembled=resembled(lenders_overseas(gathered.facts)))
    found = _with_formulas(check(facts, limits()), gathered)
    now = timezone.now()
    rows = {_key(f): _row(f, gathered, now) for f in found if concerns(f)}
    rows = {key: row for key, row in rows.items() if row.unit_path}
    known = {row.key: row for row in ChainFinding.objects.filter(AmongKeys("key", sorted(rows)))}
    new = [row for key, row in rows.items() if key not in known]
    again = [known[key] for key in rows if key in known]
    changed = [row for row in again if _brought_up(row, rows[row.key], is_whole)]
    same = [row.pk for row in again if row.seen_at != now]
    with transaction.atomic():
        ChainFinding.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
        ChainFinding.objects.bulk_update(
            changed,
            [name.removesuffix("_id") for name in [*KEPT_UP, "seen_at", "gone_at"]],
            batch_size=200,
        )
        ChainFinding.objects.filter(AmongKeys("id", same)).update(seen_at=now)
        ended = ChainFinding.objects.filter(gone, gone_at__isnull=True, seen_at__lt=now).update(
            gone_at=now
        )
        raised = _raise(actor, list(rows.values()), gathered)
        tallies = {
            "labels": len(gathered.labels),
            "findings": len(rows),
            "new_findings": len(new),
            "ended_findings": ended,
            "new_leads": raised,
        }
        if new or ended:
            with deed(actor, "chains.check", detail={**tallies, "method": str(METHOD)}):
                pass
    return tallies


def _with_formulas(found: Sequence[Finding], gathered: Gathered) -> list[Finding]:
    """The findings, with what the labels' own words add.

    Suspicious words about a link that has a finding are further reasons of that finding; about a
    link that contracts bear they are answered; the others are findings of their own.
    """
    told = {(f.lender, f.factory): f for f in found if f.kind in UNBORNE}
    contracts = Contracts(gathered.facts, DEPTH)
    own: list[Finding] = []
    for seen in sorted(gathered.facts.labels, key=lambda seen: seen.id):
        raised = gathered.labels[seen.id].flags
        links_of = links([seen]) if raised else []
        if links_of and all(contracts.bear(link) for link in links_of):
            raised = [flag for flag in raised if flag["code"] not in ANSWERED_FLAGS]
        reasons = tuple(Reason(f["code"], f["text"], f["weight"]) for f in raised)
        if not reasons:
            continue
        chance = 1 - prod(1 - flag["weight"] for flag in raised)
        pairs = {
            (link.lender.party, link.factory.party if link.factory else "") for link in links_of
        }
        known = [pair for pair in pairs if pair in told]
        for pair in known:
            told[pair] = _strengthened(told[pair], reasons, chance)
        if not known:
            lender, factory = min(pairs, default=("", ""))
            own.append(
                Finding(
                    "formula", ("formula", str(seen.id)), chance, reasons, (seen.id,), 1,
                    lender=lender, factory=factory,
                )
            )  # fmt: skip
    kept = [told.get((f.lender, f.factory), f) if f.kind in UNBORNE else f for f in found]
    return [*kept, *own]


def _strengthened(finding: Finding, reasons: Sequence[Reason], chance: float) -> Finding:
    """The finding with the words of one more label; its probability is that of the stronger."""
    known = {reason.code for reason in finding.reasons}
    more = tuple(reason for reason in reasons if reason.code not in known)
    return replace(
        finding, reasons=finding.reasons + more, probability=max(finding.probability, chance)
    )


def _key(finding: Finding) -> str:
    return hashlib.sha256("\x1f".join(finding.key).encode()).hexdigest()


def _row(finding: Finding, gathered: Gathered, now: Any) -> ChainFinding:
    label = gathered.labels.get(finding.labels[0]) if finding.labels else None
    contract = gathered.contracts.get(finding.contracts[0]) if finding.contracts else None
    place = label or contract
    return ChainFinding(
        unit_path=place.unit_path if place else "",
        kind=finding.kind,
        key=_key(finding),
        lender_key=finding.lender,
        lender_name=gathered.names.get(finding.lender, ""),
        factory_key=finding.factory,
        factory_name=gathered.names.get(finding.factory, ""),
        label=label,
        label_count=finding.label_count,
        labels=list(finding.labels),
        contracts=list(finding.contracts),
        probability=finding.probability,
        reasons=[reason.as_dict() for reason in finding.reasons],
        found_at=now,
        seen_at=now,
    )


def _brought_up(known: ChainFinding, row: ChainFinding, is_whole: bool) -> bool:
    """Bring a finding on record up to what was found now; whether that changed anything."""
    same = not is_whole or all(getattr(known, name) == getattr(row, name) for name in KEPT_UP)
    if known.gone_at is None and same:
        return False
    for name in KEPT_UP:
        setattr(known, name, getattr(row, name))
    known.seen_at, known.gone_at = row.seen_at, None
    return True


def _raise(actor: Actor, rows: Sequence[ChainFinding], gathered: Gathered) -> int:
    """Leads of findings that are probable enough; the inbox knows which it has already."""
    lowest = lowest_probability()
    leads = [_lead(row, gathered) for row in rows if row.probability >= lowest]
    if not leads:
        return 0
    raised = raise_leads(actor, MONITOR, CLAUSE, leads, method=METHOD.name, version=METHOD.version)
    return raised.new


def _lead(row: ChainFinding, gathered: Gathered) -> NewLead:
    factory, lender = subject_id_of(row.factory_key), subject_id_of(row.lender_key)
    seller = row.label.seller_id if row.label is not None else None
    contract = gathered.contracts.get(row.contracts[0]) if row.contracts else None
    return NewLead(
        key=(row.key,),
        unit_path=row.unit_path,
        title=str(row)[:200],
        kind=row.kind,
        act_kind=SHELL_NAME if is_overseas(row.lender_name) else "",
        score=row.probability,
        probability=row.probability,
        subject_id=factory or seller or lender,
        reasons=row.reasons,
        evidence={
            "key": row.key,
            "lender": row.lender_name,
            "lender_key": row.lender_key,
            "factory": row.factory_name,
            "label": row.label_id,
            "label_title": row.label.title if row.label is not None else "",
            "label_text": row.label.text if row.label is not None else "",
            "label_count": row.label_count,
            "contract": contract.pk if contract else None,
            "contract_number": contract.contract_number if contract else "",
        },
    )
