"""The alert: what was found of an infringement against the amounts from which it is a crime.

A pure comparison of facts with `law/crimes.toml` as in force on the day of the act. It suggests;
whether to transfer is decided by the head of the agency (Order 310 art 5). A suspicion that is
reasonable suffices in cases of intellectual property (art 3(2)), so staying below every bar does
not forbid a transfer, and the page says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zhixing import law
from zhixing.apps.protection.law_words import articles, title
from zhixing.law.errors import NotInForce
from zhixing.law.schema import Naming, Threshold

TABLE = "crimes"
ACTS = "infringement_acts"
# Services have bars of their own; goods never meet them, nor services those of goods.
SERVICE = "213_service"
GOODS = "213"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the comparison needs of a file; amounts are sums over all its facts."""

    act: str
    acted_on: date
    totals: Mapping[str, Decimal]
    is_service: bool = False
    marks: int = 1
    sanctioned_before: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One amount against one bar."""

    code: str
    title: str
    measure: str
    found: Decimal
    bar: Decimal
    is_reached: bool
    articles: str
    is_verified: bool
    note: str

    def as_record(self) -> dict[str, Any]:
        """The line as it is kept with a transfer; amounts as exact text."""
        return {
            "code": self.code, "title": self.title, "measure": self.measure,
            "found": f"{self.found.normalize():f}", "bar": f"{self.bar.normalize():f}",
            "is_reached": self.is_reached,
            "articles": self.articles, "is_verified": self.is_verified, "note": self.note,
        }  # fmt: skip


def compare(facts: Facts) -> list[Line]:
    """Every bar that speaks about the act and an amount found; those reached come first.

    A row applies when it is in force on the day of the act and its variant is met: `ordinary`
    always, `two_marks` with two or more marks, `repeat` after an earlier sanction. The lower bar
    does not replace the ordinary one: both are shown.
    """
    crimes = crimes_of(facts.act, facts.acted_on, is_service=facts.is_service)
    amounts = with_sums(facts.totals)
    lines = [
        _line(row, amounts[row.measure])
        for row in _rows_on(facts.acted_on)
        if row.crime in crimes and row.measure in amounts and _applies(row, facts)
    ]
    return sorted(lines, key=lambda line: (not line.is_reached, -line.found / line.bar, line.code))


def crimes_of(act: str, day: date, *, is_service: bool) -> frozenset[str]:
    """The crimes an act of that day may be; empty for acts that are none, or before the tables."""
    try:
        row = law.on(ACTS, f"act.{act}", day)
    except NotInForce:
        return frozenset()
    assert isinstance(row, Naming)
    left_out = GOODS if is_service else SERVICE
    return frozenset(row.crimes) - {left_out}


def with_sums(totals: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The amounts, and sold and unsold together where both are known."""
    amounts = {measure: amount for measure, amount in totals.items() if amount > 0}
    if "sales" in amounts and "unsold" in amounts:
        amounts["sold_and_unsold"] = amounts["sales"] + amounts["unsold"]
    return amounts


def _rows_on(day: date) -> list[Threshold]:
    rows = (row for history in law.table(TABLE).rows.values() for row in history)
    return [row for row in rows if isinstance(row, Threshold) and row.is_in_force(day)]


def _applies(row: Threshold, facts: Facts) -> bool:
    match row.variant:
        case "two_marks":
            return facts.marks >= 2
        case "repeat":
            return facts.sanctioned_before
        case _:
            return True


def _line(row: Threshold, found: Decimal) -> Line:
    return Line(
        code=row.code,
        title=title(row),
        measure=row.measure,
        found=found,
        bar=row.amount,
        is_reached=found >= row.amount,
        articles=articles(row),
        is_verified=row.is_verified,
        note=row.note,
    )
