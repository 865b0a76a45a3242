"""What can be counted by office over a period, for campaigns and their reports.

Apps register at start-up what they can count; a campaign asks here, so it needs to know none of
them. Counts are grouped by the office path of the rows, so that one query serves all offices, and
each count names the page that lists its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from zhixing.kit.actors import Actor
from zhixing.kit.indicators import Period


@dataclass(frozen=True, slots=True)
class Extent:
    """What is counted: rows of these offices and below; the other lists narrow when not empty.

    Attributes:
        offices: org-unit paths.
        act_kinds: codes of `law.acts`.
        monitors: codes of monitors that raise leads.
        regions: division codes (GB/T 2260); a code stands for everything below it.
    """

    offices: tuple[str, ...]
    act_kinds: tuple[str, ...] = ()
    monitors: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


Count = Callable[[Actor, Extent, Period], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is counted, never typed in.

    Attributes:
        code: stable name, `<app>.<what>`.
        label: what is counted, in the words of the office.
        count: rows the actor may see, by office path.
        rows_url: address of the list of exactly these rows.
        since: first day of which the platform holds rows the actor may see; None: no rows at all.
    """

    code: str
    label: str | Promise
    count: Count
    rows_url: Callable[[Extent, Period], str]
    since: Callable[[Actor, Extent], date | None]


_measures: dict[str, Measure] = {}


def register_measure(measure: Measure) -> None:
    """Offer a measure to campaigns; a second one of the same code replaces the first."""
    _measures[measure.code] = measure


def measures() -> Mapping[str, Measure]:
    """Every measure that an app counts, by code, in the order of registration."""
    return dict(_measures)


def region_prefix(code: str) -> str:
    """The part of a division code that all divisions below it share: 370100 → 3701."""
    if len(code) == 6:
        return code[:2] if code.endswith("0000") else code.removesuffix("00")
    return code
