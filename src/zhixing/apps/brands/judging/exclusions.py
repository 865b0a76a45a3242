"""Who may use a brand: its holder, and whoever has a chain of contracts from the holder.

A contract counts when it is about the brand, in force on the day of the use, not for export only,
for these goods, and granted by the holder or by somebody who may grant it by such a contract
himself. A licence from anybody else is what free-riders show, and excludes nothing. Of the names
on a label its makers are asked, or the seller where it names none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from zhixing.apps.brands.judging.names import READER, SEEN_KINDS, Name
from zhixing.apps.brands.judging.rival_names import EnterpriseName
from zhixing.apps.brands.judging.wording import say
from zhixing.apps.brands.models import Hit, WatchedMark
from zhixing.apps.registry.api import Authorisation, authorisations_visible
from zhixing.engines.labels import folded_name
from zhixing.kit.exchange.bulk import AmongKeys

# A licence covers the mark as it is, not a look-alike of it.
COVERED = {"identical", "affix", "insert"}
LONGEST_CHAIN = 4


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Why a hit is left alone, what shows it, and the contract if there is one."""

    ground: str
    text: str
    authorisation_id: int | None = None


class Exclusions:
    """What is known of holders and contracts of some brands, read in one query.

    Args:
        marks: the brands that something was found like.
    """

    def __init__(self, marks: Iterable[WatchedMark]) -> None:
        self._contracts = _contracts_of({mark.pk: mark for mark in marks}.values())

    def of(self, name: Name, mark: WatchedMark, likeness: str) -> Exclusion | None:
        """The exclusion of this use, if there is one."""
        own = next((user for user in name.users if _is_holder(mark, *user)), None)
        if own is not None:
            return Exclusion(Hit.Ground.HOLDER.value, own[1] or say("ground_holder"))
        if likeness in COVERED and (contract := self._licence(name, mark)) is not None:
            what = say("ground_licence", what=describe(contract))
            return Exclusion(Hit.Ground.LICENCE.value, what, contract.pk)
        return None

    def _licence(self, name: Name, mark: WatchedMark) -> Authorisation | None:
        def grants(contract: Authorisation) -> bool:
            return _grants(mark, contract)

        on = name.acted_on if name.kind in SEEN_KINDS and name.acted_on else None
        day = on or timezone.localdate()
        valid = [c for c in self._contracts if _is_about(c, mark) and _allows(c, name, day)]
        chains = (_chain(grants, valid, user, LONGEST_CHAIN) for user in name.users)
        return next((contract for contract in chains if contract is not None), None)


def _contracts_of(marks: Iterable[WatchedMark]) -> Sequence[Authorisation]:
    listed = list(marks)
    if not listed:
        return []
    own = [mark.trade_mark_id for mark in listed if mark.trade_mark_id is not None]
    about = Q(mark_text__in=[mark.text for mark in listed]) | Q(mark_id__in=own)
    in_force = authorisations_visible(READER).filter(about, status=Authorisation.Status.IN_FORCE)
    return list(in_force.order_by("pk"))


def _is_about(contract: Authorisation, mark: WatchedMark) -> bool:
    by_link = contract.mark_id is not None and contract.mark_id == mark.trade_mark_id
    return by_link or contract.mark_text == mark.text


def _allows(contract: Authorisation, name: Name, day: date) -> bool:
    goods = set(contract.nice_classes)
    other_goods = goods and name.nice_classes and not goods & set(name.nice_classes)
    return contract.in_force(day) and not contract.export_only and not other_goods


def _chain(
    grants: Callable[[Authorisation], bool],
    contracts: Sequence[Authorisation],
    party: tuple[int | None, str],
    links: int,
) -> Authorisation | None:
    """The contract by which the party may use the brand, if it goes back to who may grant it."""
    for contract in contracts:
        if not _is_party(contract.grantee_id, contract.grantee_name, *party):
            continue
        if grants(contract):
            return contract
        grantor = (contract.grantor_id, contract.grantor_name)
        if links > 1 and _chain(grants, contracts, grantor, links - 1) is not None:
            return contract
    return None


def _grants(mark: WatchedMark, contract: Authorisation) -> bool:
    """Whether the grantor is the holder; of a holder nobody recorded, the mark's link says so."""
    if not _holder_names(mark) and _holder_id(mark) is None:
        return contract.mark_id is not None and contract.mark_id == mark.trade_mark_id
    return _is_holder(mark, contract.grantor_id, contract.grantor_name)


def _is_party(known_id: int | None, known_name: str, party_id: int | None, name: str) -> bool:
    by_link = known_id is not None and known_id == party_id
    return by_link or (bool(name) and folded_name(known_name) == folded_name(name))


def _is_holder(mark: WatchedMark, party_id: int | None, party_name: str) -> bool:
    holder = _holder_id(mark)
    by_link = holder is not None and holder == party_id
    return by_link or (bool(party_name) and folded_name(party_name) in _holder_names(mark))


def _holder_id(mark: WatchedMark) -> int | None:
    return mark.trade_mark.holder_id if mark.trade_mark is not None else None


def _holder_names(mark: WatchedMark) -> set[str]:
    """As labels write them too: brackets and blanks make no difference."""
    names = {mark.holder_name}
    if mark.trade_mark is not None:
        names.add(mark.trade_mark.holder_name)
    return {folded_name(name) for name in names} - {""}


class NameLicences:
    """Contracts by which bearers of a trade name let others use it, read in one query.

    Args:
        rivals: the earlier names.
    """

    def __init__(self, rivals: Iterable[EnterpriseName]) -> None:
        texts = sorted({rival.trade_name for rival in rivals})
        self._contracts: dict[str, list[Authorisation]] = defaultdict(list)
        if texts:
            about = authorisations_visible(READER).filter(AmongKeys("mark_text", texts))
            in_force = about.filter(status=Authorisation.Status.IN_FORCE)
            for contract in in_force.order_by("pk"):
                self._contracts[contract.mark_text].append(contract)

    def of(self, row: EnterpriseName, rival: EnterpriseName) -> Authorisation | None:
        """The contract by which the later one has leave of the earlier one, through others too."""

        def grants(contract: Authorisation) -> bool:
            return _is_party(contract.grantor_id, contract.grantor_name, rival.pk, rival.name)

        today = timezone.localdate()
        about = self._contracts.get(rival.trade_name, ())
        valid = [c for c in about if c.in_force(today) and not c.export_only]
        return _chain(grants, valid, (row.pk, row.name), LONGEST_CHAIN)


def describe(contract: Authorisation) -> str:
    """A contract in one line: kind, number, who grants it, until when."""
    parts = [
        str(contract.get_kind_display()),
        contract.contract_number,
        contract.grantor_name,
        f"—{contract.ends_on.isoformat()}" if contract.ends_on else "",
    ]
    return " ".join(part for part in parts if part)
