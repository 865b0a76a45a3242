"""What the law allows for an infringement: shown beside the file, decided by the officer.

Trademark Law art 60 (art 74 of the text of 2026): from a turnover of the bar on, up to the
multiple of it; with less, or none, up to the ceiling. Repeated acts within the years of the law
are punished more heavily. A seller who did not know and proves a lawful source is only told to
stop. The text in force on the day of the act decides; a later one if it is lighter (Penalty Law
art 37), so both are shown when the law has changed since.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhixing import law
from zhixing.apps.protection.law_words import articles, title
from zhixing.law.errors import NotInForce

FIGURES = "infringement"
ACTS = "infringement_acts"


@dataclass(frozen=True, slots=True)
class Range:
    """The range under one text of the law; amounts in yuan."""

    act: str
    act_articles: str
    fine_up_to: Decimal
    is_multiple: bool
    multiple: Decimal
    bar: Decimal
    fine_articles: str
    is_heavier: bool
    heavier_acts: int
    heavier_years: int
    stop_only: bool


def range_on(
    day: date, *, act: str, turnover: Decimal, earlier_acts: int = 0, source_shown: bool = False
) -> Range | None:
    """The range under the text in force on the day; None where the table does not reach back.

    Args:
        turnover: illegal turnover found so far, in yuan; zero when none is known.
        earlier_acts: infringements within the years that the law counts, before this one.
        source_shown: whether a seller proves a lawful source.
    """
    try:
        named = law.on(ACTS, f"act.{act}", day)
        bar = law.on(FIGURES, "fine_bar", day)
        multiple = law.on(FIGURES, "fine_multiple", day)
        ceiling = law.on(FIGURES, "fine_ceiling", day)
        heavier = law.on(FIGURES, "heavier_acts", day)
        years = law.on(FIGURES, "heavier_years", day)
    except NotInForce:
        return None
    is_multiple = turnover >= bar.amount
    return Range(
        act=title(named),
        act_articles=articles(named),
        fine_up_to=turnover * multiple.amount if is_multiple else ceiling.amount,
        is_multiple=is_multiple,
        multiple=multiple.amount,
        bar=bar.amount,
        fine_articles=articles(multiple if is_multiple else ceiling),
        is_heavier=earlier_acts + 1 >= heavier.amount,
        heavier_acts=int(heavier.amount),
        heavier_years=int(years.amount),
        stop_only=source_shown and act == "selling",
    )


def ranges(
    acted_on: date,
    today: date,
    *,
    act: str,
    turnover: Decimal,
    earlier_acts: int = 0,
    source_shown: bool = False,
) -> list[Range]:
    """The range of the day of the act, and that of today when the law has changed since."""
    found = [
        range_on(
            day, act=act, turnover=turnover, earlier_acts=earlier_acts, source_shown=source_shown
        )
        for day in (acted_on, today)
    ]
    then, now = found
    known = [one for one in (then,) if one is not None]
    return known if now is None or now == then else [*known, now]
