"""Violation rates of media and trades, from the monitored days of random rounds.

What was monitored because somebody pointed at it is another thing and never enters here:
`facts.random_days` reads days that were drawn, and a day of a targeted round has no stratum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from zhixing import law
from zhixing.engines.rates import Clusters, Ratio, columns, ratios

K = TypeVar("K", bound=Hashable)
NOTHING = Ratio(None, None, 0.0, 0, 0, 0, 0.0, False, 0)


@dataclass(frozen=True, slots=True)
class Day:
    """One monitored medium-day of a random round, with its sizes.

    Attributes:
        frame, monitored: days of the stratum, and how many of them were monitored; what was drawn
            and missed is taken to be missing at random.
        by_category: (advertisements, unlawful, serious) of each product category, as entered one
            by one; where an officer recorded a larger number, the lawful ones have no category.
    """

    stratum: int
    frame: int
    monitored: int
    medium: int
    day: date
    unit_path: str
    items: int
    seconds: int
    area: int
    bad_items: int
    bad_seconds: int
    bad_area: int
    serious_items: int
    suspected_items: int
    by_category: Mapping[str, tuple[int, int, int]]

    @property
    def is_itemised(self) -> bool:
        """Whether every advertisement monitored was entered, so that each has its category."""
        return sum(counts[0] for counts in self.by_category.values()) == self.items


def itemised(rows: Days) -> list[Day]:
    """The days on which every advertisement was entered, standing for the others too.

    Rates of trades can rest on these alone: where only the unlawful ones were entered, all that is
    known of a trade would be unlawful.
    """
    left_out = Counter(row.stratum for row in rows if not row.is_itemised)
    return [
        replace(row, monitored=row.monitored - left_out[row.stratum])
        for row in rows
        if row.is_itemised
    ]


Days = Sequence[Day]
Entry = tuple[int, int, float, float, int, int]


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of one medium, trade or other domain.

    Attributes:
        item, time, area: unlawful share of advertisements, of their seconds, of their area.
        serious: share of seriously unlawful advertisements.
        focus: unlawful share of the advertisements of the focus trades.
        suspected: what engines suspect and nobody has read: not in the rates yet.
    """

    item: Ratio
    time: Ratio
    area: Ratio
    serious: Ratio
    focus: Ratio
    suspected: int

    def of(self, measure: str) -> Ratio:
        """The rate by the name a line of the ladder has for it."""
        found: Ratio = getattr(self, measure)
        return found

    def as_record(self) -> dict[str, Any]:
        """JSON values, to be frozen with a proposal or a paper."""
        names = ("item", "time", "area", "serious", "focus")
        return {name: ratio_record(self.of(name)) for name in names} | {"suspected": self.suspected}


def ratio_record(ratio: Ratio) -> dict[str, Any]:
    """A rate as JSON values."""
    return {
        "value": ratio.value,
        "interval": list(ratio.interval) if ratio.interval else None,
        "rows": ratio.rows,
        "bad_rows": ratio.bad_rows,
        "days": ratio.clusters,
        "is_census": ratio.is_census,
    }


def whole(rows: Days) -> Rates:
    """The rates of all rows together."""
    return by_domain(rows, lambda row: "").get("", EMPTY)


def by_domain(rows: Days, key: Callable[[Day], K]) -> dict[K, Rates]:
    """The rates of each domain that `key` tells of a day: its medium, its kind, its office."""
    keys = list(dict.fromkeys(key(row) for row in rows))
    place = {found: number for number, found in enumerate(keys)}
    domains = [place[key(row)] for row in rows]
    sample = _Sample(rows)

    def rates(entry: Callable[[Day], tuple[float, float, int, int]]) -> list[Ratio]:
        entries = [(i, domains[i], *entry(row)) for i, row in enumerate(rows)]
        return sample.ratios(entries, len(keys))

    whole_days = itemised(rows)
    focused = _focused(whole_days, [place[key(row)] for row in whole_days], len(keys))
    items = rates(lambda row: (row.bad_items, row.items, row.items, row.bad_items))
    times = rates(lambda row: (row.bad_seconds, row.seconds, row.items, row.bad_items))
    areas = rates(lambda row: (row.bad_area, row.area, row.items, row.bad_items))
    serious = rates(lambda row: (row.serious_items, row.items, row.items, row.serious_items))
    suspected = [0] * len(keys)
    for row, domain in zip(rows, domains, strict=True):
        suspected[domain] += row.suspected_items
    parts = zip(items, times, areas, serious, focused, suspected, strict=True)
    return dict(zip(keys, (Rates(*part) for part in parts), strict=True))


def by_trade(rows: Days) -> dict[str, tuple[Ratio, Ratio]]:
    """(rate by item, serious rate) of each trade of the ladder, by its code, in its order."""
    rows = itemised(rows)
    ladder = law.media_ladder()
    place = {trade.code: number for number, trade in enumerate(ladder.trades)}
    sample = _Sample(rows)
    bad: list[Entry] = []
    serious: list[Entry] = []
    for number, row in enumerate(rows):
        for category, (items, bad_items, serious_items) in row.by_category.items():
            trade = place[ladder.trade_of(category)]
            bad.append((number, trade, bad_items, items, items, bad_items))
            serious.append((number, trade, serious_items, items, items, serious_items))
    pairs = zip(sample.ratios(bad, len(place)), sample.ratios(serious, len(place)), strict=True)
    return dict(zip(place, pairs, strict=True))


def _focused(rows: Days, domains: Sequence[int], count: int) -> list[Ratio]:
    """Rates by item of the advertisements of the focus trades."""
    ladder = law.media_ladder()
    entries: list[Entry] = []
    for number, row in enumerate(rows):
        for category, (items, bad, _serious) in row.by_category.items():
            if ladder.trade_of(category) in ladder.focus:
                entries.append((number, domains[number], bad, items, items, bad))
    return _Sample(rows).ratios(entries, count)


class _Sample:
    """The days as clusters of their strata."""

    def __init__(self, rows: Days) -> None:
        strata = list(dict.fromkeys(row.stratum for row in rows))
        place = {stratum: number for number, stratum in enumerate(strata)}
        sizes = {row.stratum: (row.frame, row.monitored) for row in rows}
        given = [(place[row.stratum], 0, 0.0, 0.0, 0, 0) for row in rows]
        frames = [(sizes[stratum][0], sizes[stratum][1], 0.0, 0.0, 0, 0) for stratum in strata]
        self._clusters = Clusters(columns(given)[0], columns(frames)[0], columns(frames)[1])

    def ratios(self, entries: Sequence[Entry], domains: int) -> list[Ratio]:
        return ratios(self._clusters, *columns(entries), domains)


EMPTY = Rates(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, 0)
