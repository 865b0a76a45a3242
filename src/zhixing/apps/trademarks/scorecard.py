"""The scorecard of 一所多标: what each field office brought on in a year, against its target.

Offices are ranked by the share of their targets they met, never by fines; an office without a
target is listed, not ranked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse

from zhixing import law
from zhixing.apps.accounts.api import OrgUnit, units_visible
from zhixing.apps.trademarks.models import Cultivation, OfficeTarget
from zhixing.apps.trademarks.selectors import cultivations_visible, targets_visible
from zhixing.kit.actors import Actor

MEASURES = OfficeTarget.MEASURES


@dataclass(frozen=True, slots=True)
class Cell:
    """One measure of one office: counted in the year and the year before, against the target."""

    measure: str
    label: str
    count: int
    base: int
    target: int | None
    url: str
    base_url: str

    @property
    def share(self) -> float | None:
        """What part of the target is met; more than one when it is passed."""
        return self.count / self.target if self.target else None


@dataclass(frozen=True, slots=True)
class Line:
    """One office on the scorecard; `stock` counts its marks registered and alive."""

    name: str
    path: str
    cells: Sequence[Cell]
    stock: int
    stock_url: str
    rank: int | None = None

    @property
    def met(self) -> float | None:
        """The mean share of its targets, each counted as met in full at most."""
        shares = [min(cell.share, 1.0) for cell in self.cells if cell.share is not None]
        return sum(shares) / len(shares) if shares else None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The offices in order, and all of the actor's area in one line."""

    year: int
    lines: Sequence[Line]
    total: Line
    several: int
    needed: int

    @property
    def offices(self) -> int:
        """How many field offices there are."""
        return len(self.lines)


def marks_needed(day: date) -> int:
    """How many marks make an office one of several marks (law table, set by the bureau)."""
    return int(law.on("trademarks", "marks_per_office", day).amount)


def stock_of(actor: Actor, until: date) -> dict[str, int]:
    """Marks registered by the day and alive, by the exact office that cultivates them."""
    rows = cultivations_visible(actor).filter(
        registered_on__lte=until, dropped_on=None, refused_on=None
    )
    return dict(rows.order_by().values_list("unit_path").annotate(n=Count("pk")))


def field_offices(actor: Actor, on: date) -> list[OrgUnit]:
    """The field offices of the actor's area that work on the day."""
    units = units_visible(actor).filter(kind=OrgUnit.Kind.OFFICE, opened_on__lte=on)
    return list(units.filter(Q(closed_on=None) | Q(closed_on__gte=on)))


def scorecard(actor: Actor, year: int, today: date) -> Scorecard:
    """The scorecard of a year; of the running year as it stands today."""
    day = min(date(year, 12, 31), today)
    counted = {measure: _by_office(actor, measure, year) for measure in MEASURES}
    before = {measure: _by_office(actor, measure, year - 1) for measure in MEASURES}
    targets = {target.unit_path: target for target in targets_visible(actor).filter(year=year)}
    stock = stock_of(actor, day)
    offices = field_offices(actor, day)
    lines = [
        _line(unit.name, unit.path, year, counted, before, targets.get(unit.path), stock)
        for unit in offices
    ]
    needed = marks_needed(day)
    several = sum(line.stock >= needed for line in lines)
    return Scorecard(
        year, _ranked(lines), _total(year, counted, before, lines, stock), several, needed
    )


def _by_office(actor: Actor, measure: str, year: int) -> dict[str, int]:
    rows = cultivations_visible(actor).filter(**{f"{measure}_on__year": year})
    return dict(rows.order_by().values_list("unit_path").annotate(n=Count("pk")))


def _line(
    name: str,
    path: str,
    year: int,
    counted: Mapping[str, Mapping[str, int]],
    before: Mapping[str, Mapping[str, int]],
    target: OfficeTarget | None,
    stock: Mapping[str, int],
) -> Line:
    cells = [
        Cell(
            measure,
            str(Cultivation.Stage(measure).label),
            counted[measure].get(path, 0),
            before[measure].get(path, 0),
            getattr(target, measure, None),
            rows_url(path, **{f"{measure}_year": year}),
            rows_url(path, **{f"{measure}_year": year - 1}),
        )
        for measure in MEASURES
    ]
    return Line(name, path, cells, stock.get(path, 0), rows_url(path, obtained="true"))


def _ranked(lines: Sequence[Line]) -> list[Line]:
    """Best first; equal shares have equal rank; without a target at the end, unranked."""
    measured = sorted(
        (line for line in lines if line.met is not None),
        key=lambda line: (-(line.met or 0), line.path),
    )
    ranked: list[Line] = []
    for place, line in enumerate(measured, start=1):
        same = ranked[-1] if ranked and ranked[-1].met == line.met else None
        rank = same.rank if same is not None else place
        ranked.append(Line(line.name, line.path, line.cells, line.stock, line.stock_url, rank))
    return ranked + [line for line in lines if line.met is None]


def _total(
    year: int,
    counted: Mapping[str, Mapping[str, int]],
    before: Mapping[str, Mapping[str, int]],
    lines: Sequence[Line],
    stock: Mapping[str, int],
) -> Line:
    """All of the actor's area, with what bureaus cultivate themselves."""
    cells = []
    for place, measure in enumerate(MEASURES):
        given = [line.cells[place].target for line in lines]
        targets = [target for target in given if target is not None]
        cells.append(
            Cell(
                measure,
                str(Cultivation.Stage(measure).label),
                sum(counted[measure].values()),
                sum(before[measure].values()),
                sum(targets) if targets else None,
                rows_url("", **{f"{measure}_year": year}),
                rows_url("", **{f"{measure}_year": year - 1}),
            )
        )
    return Line("", "", cells, sum(stock.values()), rows_url("", obtained="true"))


def rows_url(path: str, **query: object) -> str:
    """The register narrowed to the rows behind a figure."""
    params = {**({"office": path} if path else {}), **query}
    return f"{reverse('trademarks:cultivations')}?{urlencode(params)}"
