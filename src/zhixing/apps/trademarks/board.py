"""The board of stages: what stands where, the longest-standing first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from zhixing.apps.trademarks.models import Cultivation
from zhixing.apps.trademarks.selectors import BOARD_CARDS, cultivations_visible
from zhixing.kit.actors import Actor


@dataclass(frozen=True, slots=True)
class Lane:
    """One stage of the board."""

    stage: str
    label: str
    count: int
    cards: Sequence[Cultivation]
    url: str

    @property
    def more(self) -> int:
        """How many rows the lane does not show."""
        return self.count - len(self.cards)


def lanes(actor: Actor, office: str = "") -> list[Lane]:
    """The stages of the way, with the rows that have stood there longest; the exits are counted.

    Args:
        office: only this office and those below; empty for all the actor sees.
    """
    rows = cultivations_visible(actor)
    if office:
        rows = rows.filter(unit_path__within=office)
    counts = dict(rows.order_by().values_list("stage").annotate(n=Count("pk")))
    result = []
    for stage in (*Cultivation.PATH, *Cultivation.EXITS):
        shown: Sequence[Cultivation] = ()
        if stage not in Cultivation.EXITS and counts.get(stage):
            shown = list(rows.filter(stage=stage).order_by(f"{stage}_on", "pk")[:BOARD_CARDS])
        query = urlencode({"stage": stage, **({"office": office} if office else {})})
        url = f"{reverse('trademarks:cultivations')}?{query}"
        result.append(Lane(str(stage), str(stage.label), counts.get(stage, 0), shown, url))
    return result
