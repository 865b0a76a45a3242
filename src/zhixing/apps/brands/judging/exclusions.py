"""Who may use a brand: its holder, and whoever has a chain of contracts from the holder.

A contract counts when it is about the brand, in force on the day of the use, not for export only,
for these goods, and granted by the holder or by somebody who may grant it by such a contract
himself. A licence from anybody else is what free-riders show, and excludes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from zhixing.apps.brands.judging.names import READER, SIGHTING_KINDS, Name
from zhixing.apps.brands.judging.wording import say
from zhixing.apps.brands.models import Hit, WatchedMark
from zhixing.apps.registry.api import Authorisation, authorisations_visible

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
        if _is_holder(mark, name.subject_id, name.holder):
            return Exclusion(Hit.Ground.HOLDER.value, name.holder or say("ground_holder"))
        if likeness in COVERED and (contract := self._licence(name, mark)) is not None:
            what = say("ground_licence", what=describe(contract))
            return Exclusion(Hit.Ground.LICENCE.value, what, contract.pk)
        return None

    def _licence(self, name: Name, mark: WatchedMark) -> Authorisation | None:
        on = name.acted_on if name.kind in SIGHTING_KINDS and name.acted_on else None
        day = on or timezone.localdate()
        valid = [c for c in self._contracts if _is_about(c, mark) and _allows(c, name, day)]
        return _chain(mark, valid, name.subject_id, name.holder, LONGEST_CHAIN)


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
    mark: WatchedMark,
    contracts: Sequence[Authorisation],
    party_id: int | None,
    party_name: str,
    links: int,
) -> Authorisation | None:
    """The contract by which the party may use the brand, if it goes back to the holder."""
    for contract in contracts:
        if not _is_party(contract.grantee_id, contract.grantee_name, party_id, party_name):
            continue
        if _grants(mark, contract):
            return contract
        grantor = (contract.grantor_id, contract.grantor_name)
        if links > 1 and _chain(mark, contracts, *grantor, links - 1) is not None:
            return contract
    return None


def _grants(mark: WatchedMark, contract: Authorisation) -> bool:
    """Whether the grantor is the holder; of a holder nobody recorded, the mark's link says so."""
    if not _holder_names(mark) and _holder_id(mark) is None:
        return contract.mark_id is not None and contract.mark_id == mark.trade_mark_id
    return _is_holder(mark, contract.grantor_id, contract.grantor_name)


def _is_party(known_id: int | None, known_name: str, party_id: int | None, name: str) -> bool:
    by_link = known_id is not None and known_id == party_id
    return by_link or (bool(name) and known_name == name)


def _is_holder(mark: WatchedMark, party_id: int | None, party_name: str) -> bool:
    holder = _holder_id(mark)
    by_link = holder is not None and holder == party_id
    return by_link or (bool(party_name) and party_name in _holder_names(mark))


def _holder_id(mark: WatchedMark) -> int | None:
    return mark.trade_mark.holder_id if mark.trade_mark is not None else None


def _holder_names(mark: WatchedMark) -> set[str]:
    names = {mark.holder_name}
    if mark.trade_mark is not None:
        names.add(mark.trade_mark.holder_name)
    return names - {""}


def describe(contract: Authorisation) -> str:
    """A contract in one line: kind, number, who grants it, until when."""
    parts = [
        str(contract.get_kind_display()),
        contract.contract_number,
        contract.grantor_name,
        f"—{contract.ends_on.isoformat()}" if contract.ends_on else "",
    ]
    return " ".join(part for part in parts if part)
