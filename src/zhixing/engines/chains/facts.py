"""What the checks of authorisation chains look at: labels, contracts, marks, limits.

A party is known by its key: whoever prepares the facts gives one operator one key wherever it is
met, on labels and in contracts, e.g. its number in the register or else its name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Claim:
    """One party on a label, in a role of `engines.labels` (licensor, manufacturer …)."""

    role: str
    party: str
    name: str
    formula: str = ""
    overseas: bool = False


@dataclass(frozen=True, slots=True)
class LabelSeen:
    """A label as it was seen.

    Attributes:
        product: equal for labels of the same product, e.g. bar code or brand and product; empty
            when unknown.
        where: place and regions of the seller as text, for the territory of a licence.
        mark: number of the mark in the register, None if not known.
    """

    id: int
    on: date
    product: str = ""
    title: str = ""
    brand: str = ""
    goods: str = ""
    mark: int | None = None
    where: str = ""
    claims: tuple[Claim, ...] = ()

    def of(self, *roles: str) -> list[Claim]:
        """The parties in these roles."""
        return [claim for claim in self.claims if claim.role in roles]


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract that allows the use of a mark. `ended`: ended early or withdrawn."""

    id: int
    grantor: str
    grantor_name: str
    grantee: str
    grantee_name: str
    mark: int | None = None
    mark_text: str = ""
    number: str = ""
    goods: str = ""
    territory: str = ""
    export_only: bool = False
    starts: date | None = None
    ends: date | None = None
    ended: bool = False

    def standing(self, day: date) -> str:
        """in_force, ended, not_begun or ran_out on the day."""
        if self.ended:
            return "ended"
        if self.starts is not None and day < self.starts:
            return "not_begun"
        return "ran_out" if self.ends is not None and day > self.ends else "in_force"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the register; `alive`: registered, not refused, invalid or cancelled."""

    id: int
    text: str
    holder: str
    holder_name: str
    expires: date | None = None
    alive: bool = True


@dataclass(frozen=True, slots=True)
class Resembled:
    """A party's trade name judged against protected marks: the one it is most like."""

    mark_text: str
    probability: float
    reasons: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a bureau sets.

    Attributes:
        hub_products, hub_factories: from how many on a licensor is a hub.
        depth: how many contracts long a way may be.
        lapsed_days: for how long a link whose contract has run out since is worth a look.
    """

    hub_products: int
    hub_factories: int
    depth: int = 4
    lapsed_days: int = 365


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything one run of the checks looks at; `today` for what has ended since it was seen."""

    labels: Sequence[LabelSeen]
    contracts: Sequence[Contract] = ()
    marks: Mapping[int, Mark] = field(default_factory=dict)
    resembled: Mapping[str, Resembled] = field(default_factory=dict)
    today: date | None = None
