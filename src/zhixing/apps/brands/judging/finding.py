"""What judging a name brings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhixing.apps.brands.judging.exclusions import Exclusion
from zhixing.apps.brands.judging.names import Name
from zhixing.apps.brands.models import Hit, NameKind, WatchedMark


@dataclass(frozen=True, slots=True)
class Finding:
    """One name like one brand, or like another operator's trade name.

    Attributes:
        like: the brand, or the rival's trade name.
        rows: the reasons as a lead keeps them, likeness first, then circumstances.
        part, role: the part of a label that is alike, and what its bearer is there.
        part_start: where it begins in the text, in characters from 0; None if nowhere.
        act_kind: the kind of act suspected, by code of `law.acts`.
        acted_on: day of the act where it is over; what goes on is judged by today's law.
        compared: what the name stands beside on the lead's page, if not `like`.
    """

    name: Name
    like: str
    against: str
    probability: float
    score: float
    likeness: str
    rows: list[dict[str, Any]]
    mark: WatchedMark | None = None
    rival_id: int | None = None
    rival_name: str = ""
    part: str = ""
    part_start: int | None = 0
    role: str = ""
    act_kind: str = ""
    acted_on: date | None = None
    compared: str = ""
    is_overseas: bool = False
    exclusion: Exclusion | None = None
    evidence: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes the finding the same one when found again."""
        if self.against == Hit.Against.TRADE_NAME:
            return ("trade-name", self.name.pk, self.rival_id)
        mark = self.mark.pk if self.mark else 0
        # An enterprise name keeps the key it has had from the first version on.
        return (self.name.pk, mark) if self.name.kind == "subject" else self._long_key(mark)

    def _long_key(self, mark: int) -> tuple[Any, ...]:
        # Shop names and offers are rows of one register, the sightings.
        kind = self.name.kind
        register = "sighting" if kind in (NameKind.SHOP, NameKind.LISTING) else kind
        return (register, self.name.pk, mark)

    @property
    def sentence(self) -> str:
        """The reasons in one sentence."""
        return ";".join(str(row["text"]) for row in self.rows if row.get("text"))

    @property
    def channel(self) -> str:
        """The channel of the strongest reason that has one a person compares by."""
        known = set(Hit.Channel.values)
        channels = (str(row.get("channel") or "") for row in self.rows)
        return next((channel for channel in channels if channel in known), "")
