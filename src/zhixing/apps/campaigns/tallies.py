"""The figures of a campaign: counted per office, beside target and base year.

The base year is counted over the same days. Where the platform holds no data so far back, a
figure entered with its source stands in; where there is none, nothing is shown rather than zero.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.apps.campaigns.models import Campaign, Target
from zhixing.kit.actors import Actor
from zhixing.kit.charts import Chart, bars
from zhixing.kit.indicators import Period
from zhixing.kit.measures import Extent, Measure, measures
from zhixing.kit.scope import is_within, office_names

ALL = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure; `url` leads to its rows.

    Attributes:
        count: rows counted; None before the campaign begins.
        base: the same in the base year; None when nobody knows.
        base_source: empty when the platform counted it, else where the figure was taken from.
    """

    count: int | None
    target: int | None
    base: int | None
    base_source: str
    url: str
    base_url: str

    @property
    def reached(self) -> float | None:
        """Share of the target that was reached; above one when it was exceeded."""
        if self.count is None or not self.target:
            return None
        return self.count / self.target

    @property
    def change(self) -> int | None:
        """More than in the base year, or less."""
        return None if self.count is None or self.base is None else self.count - self.base


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one office, or of all together."""

    office: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """All figures of a campaign as one actor sees them."""

    labels: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row
    period: Period
    base_period: Period
    hidden: int = 0

    @property
    def as_of(self) -> date:
        """The last day counted."""
        return self.period.end

    @property
    def charts(self) -> list[Chart]:
        """One chart a measure: its count by office."""
        if len(self.rows) < 2:
            return []
        return [
            bars(
                _("%(what)s by office") % {"what": label},
                [row.name for row in self.rows],
                [row.cells[at].count for row in self.rows],
                headings=(_("Office"), label),
            )
            for at, label in enumerate(self.labels)
        ]


def tally(actor: Actor, campaign: Campaign) -> Tally:
    """The figures counted now; of a closed campaign those that were frozen."""
    if campaign.is_closed and campaign.frozen is not None:
        return _thawed(actor, campaign, campaign.frozen)
    return count(actor, campaign)


def count(actor: Actor, campaign: Campaign) -> Tally:
    """Count every measure for the participating offices that the actor sees as a whole."""
    known = measures()
    wanted = [known[code] for code in campaign.measures if code in known]
    offices = [path for path in campaign.offices if is_within(path, actor.scope_paths)]
    period, base = periods(campaign)
    targets = {(t.measure, t.office): t for t in Target.objects.filter(campaign=campaign)}
    columns = [
        _column(actor, campaign, measure, offices, period, base, targets) for measure in wanted
    ]
    names = office_names(offices)
    rows = tuple(
        Row(path, names.get(path, path), tuple(column[path] for column in columns))
        for path in offices
    )
    total = Row(ALL, _("Together"), tuple(column[ALL] for column in columns))
    labels = tuple(str(measure.label) for measure in wanted)
    return Tally(labels, rows, total, period, base, len(campaign.offices) - len(offices))


def periods(campaign: Campaign) -> tuple[Period, Period]:
    """The days counted so far, and the same days of the base year."""
    end = min(campaign.ends_on, max(timezone.localdate(), campaign.starts_on))
    return (
        Period(campaign.starts_on, end),
        Period(campaign.in_base_year(campaign.starts_on), campaign.in_base_year(end)),
    )


def _column(
    actor: Actor,
    campaign: Campaign,
    measure: Measure,
    offices: Sequence[str],
    period: Period,
    base_period: Period,
    targets: Mapping[tuple[str, str], Target],
) -> dict[str, Cell]:
    """The figures of one measure by office, and of all together; three queries, however many."""
    everything = campaign.extent(tuple(offices))
    found: Mapping[str, int] = measure.count(actor, everything, period) if offices else {}
    since = measure.since(actor, everything) if offices else None
    has_base = since is not None and since <= base_period.start
    before = measure.count(actor, everything, base_period) if has_base else {}
    has_begun = campaign.starts_on <= timezone.localdate()
    cells = {}
    for office in [*offices, ALL]:
        target = targets.get((measure.code, office))
        extent = everything if office == ALL else campaign.extent((office,))
        base = _sum(before, extent) if has_base else target.base_value if target else None
        source = target.base_source if target and not has_base and base is not None else ""
        cells[office] = Cell(
            _sum(found, extent) if has_begun else None,
            target.number if target else None,
            base,
            source,
            measure.rows_url(extent, period),
            measure.rows_url(extent, base_period) if has_base else "",
        )
    return cells


def _sum(counts: Mapping[str, int], extent: Extent) -> int:
    return sum(n for path, n in counts.items() if is_within(path, extent.offices))


def freeze(found: Tally) -> dict[str, Any]:
    """The figures as JSON, to be kept when the campaign is closed."""

    def cells(row: Row) -> list[dict[str, Any]]:
        return [
            {
                "count": cell.count, "target": cell.target, "base": cell.base,
                "base_source": cell.base_source, "url": cell.url, "base_url": cell.base_url,
            }
            for cell in row.cells
        ]  # fmt: skip

    return {
        "labels": list(found.labels),
        "period": [found.period.start.isoformat(), found.period.end.isoformat()],
        "base_period": [found.base_period.start.isoformat(), found.base_period.end.isoformat()],
        "rows": [{"office": r.office, "name": r.name, "cells": cells(r)} for r in found.rows],
        "total": {"office": ALL, "name": found.total.name, "cells": cells(found.total)},
    }


def digest_of(frozen: Mapping[str, Any]) -> str:
    """SM3 of the figures in canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new("sm3", text.encode()).hexdigest()


def _thawed(actor: Actor, campaign: Campaign, frozen: Mapping[str, Any]) -> Tally:
    """The frozen figures; those of offices that the actor does not see are left out."""

    def row(told: Mapping[str, Any]) -> Row:
        return Row(told["office"], told["name"], tuple(Cell(**cell) for cell in told["cells"]))

    rows = tuple(
        row(told) for told in frozen["rows"] if is_within(told["office"], actor.scope_paths)
    )
    start, end = map(date.fromisoformat, frozen["period"])
    base_start, base_end = map(date.fromisoformat, frozen["base_period"])
    hidden = len(frozen["rows"]) - len(rows)
    return Tally(
        tuple(frozen["labels"]),
        rows,
        row(frozen["total"]),
        Period(start, end),
        Period(base_start, base_end),
        hidden,
    )
