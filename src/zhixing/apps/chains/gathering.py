"""The facts of a run of checks, read in a fixed number of queries however many labels there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from zhixing import law
from zhixing.apps.chains.models import Label, LabelParty
from zhixing.apps.chains.parties import EVERYWHERE, key_of, operators, spellings, subject_id_of
from zhixing.apps.registry.api import Authorisation, TradeMark, authorisations_visible
from zhixing.engines.chains import Claim, Contract, Facts, LabelSeen, Limits, Mark
from zhixing.engines.labels import LENDING_ROLES, PARTY_ROLES
from zhixing.kit.exchange.bulk import AmongKeys

# Contracts of one check; a bureau's whole register of contracts is smaller.
MOST_CONTRACTS = 50_000
# How many contracts a way may be long; also how often contracts of contracts are looked up.
DEPTH = 4


@dataclass(frozen=True, slots=True)
class Gathered:
    """Facts, with the rows they were made of."""

    facts: Facts
    labels: Mapping[int, Label]
    contracts: Mapping[int, Authorisation]
    names: Mapping[str, str]


def limits() -> Limits:
    """The bureau's limits for a hub, as in force today."""
    today = timezone.localdate()
    return Limits(
        hub_products=int(law.on("chains", "hub_products", today).amount),
        hub_factories=int(law.on("chains", "hub_factories", today).amount),
        depth=DEPTH,
        lapsed_days=int(law.on("chains", "lapsed_for", today).amount),
    )


def lowest_probability() -> float:
    """From what probability on a finding becomes a lead."""
    return int(law.on("chains", "lead_from", timezone.localdate()).amount) / 100


def gather(labels: QuerySet[Label] | Sequence[Label]) -> Gathered:
    """Labels with their parties, the contracts of these parties, and the marks of both."""
    if isinstance(labels, QuerySet):
        labels = list(labels.select_related("seller__region", "mark"))
    rows = {label.pk: label for label in labels}
    claims: dict[int, list[Claim]] = {pk: [] for pk in rows}
    names: dict[str, str] = {}
    parties = LabelParty.objects.filter(AmongKeys("label_id", sorted(rows)))
    for party in parties.filter(role__in=PARTY_ROLES).order_by("pk"):
        names.setdefault(party.party_key, party.name)
        claims[party.label_id].append(
            Claim(party.role, party.party_key, party.name, party.formula, party.is_overseas)
        )
    contracts, filed = contracts_around(names)
    for contract in contracts:
        names.setdefault(contract.grantor, contract.grantor_name)
        names.setdefault(contract.grantee, contract.grantee_name)
    seen = [
        LabelSeen(
            label.pk, label.seen_on, label.product_key, label.title, label.brand, label.product,
            label.mark_id, _where(label), tuple(claims[label.pk]),
        )
        for label in rows.values()
    ]  # fmt: skip
    marks = {label.mark.pk: label.mark for label in rows.values() if label.mark is not None}
    marks |= {row.mark.pk: row.mark for row in filed.values() if row.mark is not None}
    known = {pk: _mark(mark) for pk, mark in marks.items()}
    facts = Facts(seen, contracts, known, today=timezone.localdate())
    return Gathered(facts, rows, filed, names)


def contracts_around(names: Mapping[str, str]) -> tuple[list[Contract], dict[int, Authorisation]]:
    """Contracts of the parties, and the contracts of those they lead to, a few steps on.

    Read over all offices: a contract that another office keeps bears a link too.

    Args:
        names: the parties, key → name; a contract may name a party without being linked to it.
    """
    found: dict[int, Authorisation] = {}
    made: dict[int, Contract] = {}
    asked: set[str] = set()
    wanted = {key: name for key, name in names.items() if key}
    for _step in range(DEPTH):
        if not wanted or len(found) >= MOST_CONTRACTS:
            break
        rows = _contracts_of(wanted, MOST_CONTRACTS - len(found))
        asked |= set(wanted)
        new = {row.pk: row for row in rows if row.pk not in found}
        found |= new
        made |= {contract.id: contract for contract in _as_contracts(list(new.values()))}
        ends = {c.grantor: c.grantor_name for c in made.values()}
        ends |= {c.grantee: c.grantee_name for c in made.values()}
        wanted = {key: name for key, name in ends.items() if key not in asked}
    return list(made.values()), found


def _contracts_of(parties: Mapping[str, str], most: int) -> list[Authorisation]:
    pks = sorted(pk for key in parties if (pk := subject_id_of(key)) is not None)
    texts = sorted({text for name in parties.values() for text in spellings(name)})
    concerned = Q(AmongKeys("grantor_id", pks)) | Q(AmongKeys("grantee_id", pks))
    if texts:
        concerned |= Q(AmongKeys("grantor_name", texts)) | Q(AmongKeys("grantee_name", texts))
    return list(authorisations_visible(EVERYWHERE).filter(concerned).order_by("-pk")[:most])


def _as_contracts(rows: Sequence[Authorisation]) -> list[Contract]:
    unlinked = [row.grantor_name for row in rows if row.grantor_id is None]
    unlinked += [row.grantee_name for row in rows if row.grantee_id is None]
    known = operators(unlinked)

    def key(name: str, pk: int | None) -> str:
        return key_of(name, pk) if pk is not None else known[name].key

    return [
        Contract(
            id=row.pk,
            grantor=key(row.grantor_name, row.grantor_id),
            grantor_name=row.grantor_name,
            grantee=key(row.grantee_name, row.grantee_id),
            grantee_name=row.grantee_name,
            mark=row.mark_id,
            mark_text=row.mark_text,
            number=row.contract_number,
            goods=row.goods,
            territory=row.territory,
            export_only=row.export_only,
            starts=row.starts_on,
            ends=row.ends_on,
            ended=row.status != Authorisation.Status.IN_FORCE,
        )
        for row in rows
    ]


def _mark(mark: TradeMark) -> Mark:
    return Mark(
        mark.pk,
        mark.text,
        key_of(mark.holder_name, mark.holder_id) if mark.holder_id else "",
        mark.holder_name,
        mark.expires_on,
        mark.status == TradeMark.Status.REGISTERED,
    )


def _where(label: Label) -> str:
    """Where the goods were seen, as text: place, and the seller's address and region."""
    parts = [label.place]
    if label.seller is not None:
        parts += [label.seller.address, label.seller.region.name if label.seller.region else ""]
    return " ".join(part for part in parts if part)


def lenders_overseas(facts: Facts) -> dict[str, str]:
    """Overseas firms that lend a name on the labels: key → name."""
    return {
        claim.party: claim.name
        for label in facts.labels
        for claim in label.of(*LENDING_ROLES)
        if claim.overseas
    }
