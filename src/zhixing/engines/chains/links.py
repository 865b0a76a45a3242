"""Links that labels claim, grouped, and the contracts that bear them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .facts import Claim, Contract, Facts, LabelSeen

# Roles that lend a name; an entrusting party lends one only if it is overseas, for commissioned
# manufacture between domestic firms is ordinary trade.
LENDERS = ("licensor", "supervisor", "technical")


@dataclass(slots=True)
class Link:
    """A lender behind a factory (or behind none) for one mark, with the labels that say so."""

    lender: Claim
    factory: Claim | None
    mark: int | None
    brand: str
    labels: list[LabelSeen] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str, str]:
        """Lender, factory, and mark or brand."""
        mark = f"m{self.mark}" if self.mark is not None else self.brand
        return self.lender.party, self.factory.party if self.factory else "", mark

    @property
    def ids(self) -> list[int]:
        return [label.id for label in self.labels]


def lenders_of(label: LabelSeen) -> list[Claim]:
    """Who lends a name on the label."""
    makers = {claim.party for claim in label.of("manufacturer")}
    overseas = [claim for claim in label.of("entrusting") if claim.overseas]
    return [claim for claim in [*label.of(*LENDERS), *overseas] if claim.party not in makers]


def links(labels: Sequence[LabelSeen]) -> list[Link]:
    """All links that the labels claim; thousands of labels of one link are one."""
    grouped: dict[tuple[str, str, str], Link] = {}
    for label in labels:
        makers: list[Claim | None] = [*label.of("manufacturer")] or [None]
        for lender in lenders_of(label):
            for maker in makers:
                link = Link(lender, maker, label.mark, label.brand)
                grouped.setdefault(link.key, link).labels.append(label)
    return list(grouped.values())


class Contracts:
    """Contracts by who grants and who is allowed."""

    def __init__(self, facts: Facts, depth: int) -> None:
        self.depth = depth
        self.granted: Mapping[str, list[Contract]] = _by(facts.contracts, "grantor")
        self.received: Mapping[str, list[Contract]] = _by(facts.contracts, "grantee")

    def paths(self, link: Link) -> list[list[Contract]]:
        """Ways from the lender to the factory through contracts for the link's mark.

        Without a factory: every contract the lender granted. At most `depth` contracts long. The
        walk begins at the factory: it received few contracts, a lender may have granted thousands.
        """
        if link.factory is None:
            granted = self.granted.get(link.lender.party, ())
            return [[contract] for contract in granted if concerns(contract, link)]
        return list(self._back(link.factory.party, link, ()))

    def bear(self, link: Link) -> bool:
        """Whether on every day a label was seen some way through the contracts was in force."""
        paths = self.paths(link)
        return all(
            any(all(c.standing(label.on) == "in_force" for c in path) for path in paths)
            for label in link.labels
        )

    def _back(
        self, party: str, link: Link, behind: tuple[Contract, ...]
    ) -> Iterator[list[Contract]]:
        if len(behind) >= self.depth:
            return
        seen = {contract.grantee for contract in behind}
        for contract in self.received.get(party, ()):
            if contract.grantor in seen or not concerns(contract, link):
                continue
            if contract.grantor == link.lender.party:
                yield [contract, *behind]
            else:
                yield from self._back(contract.grantor, link, (contract, *behind))


def concerns(contract: Contract, link: Link) -> bool:
    """Whether the contract may be about the link's mark: equal, or one of both unknown."""
    if contract.mark is not None and link.mark is not None:
        return contract.mark == link.mark
    if contract.mark_text and link.brand:
        return contract.mark_text in link.brand or link.brand in contract.mark_text
    return True


def _by(contracts: Sequence[Contract], side: str) -> Mapping[str, list[Contract]]:
    grouped: dict[str, list[Contract]] = defaultdict(list)
    for contract in contracts:
        grouped[getattr(contract, side)].append(contract)
    return grouped
