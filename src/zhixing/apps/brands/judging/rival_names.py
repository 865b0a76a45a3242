"""Enterprise names of a county as the rule about trade names needs them: borne now, or until when.

A name counts as long as its bearer is in the register; one that was given up, or whose bearer was
deregistered, has the day of its end. A county's trade may hold tens of thousands of names, so of
those only the names are read at first, and the rest of the few that are like.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from zhixing.apps.accounts.api import Region
from zhixing.apps.brands.judging.names import READER
from zhixing.apps.registry.api import FormerName, Subject, subjects_visible
from zhixing.kit.exchange.bulk import AmongKeys

COUNTY, MIDDLE_CLASS = 6, 4
RENAMED, DEREGISTERED = "renamed", "deregistered"
_SUBJECT = (
    "pk", "name", "trade_name", "region__code", "industry", "registered_on", "renamed_on",
    "ended_on", "created", "legal_representative",
)  # fmt: skip


class NameRow(NamedTuple):
    """Where a name is kept: with its bearer, or among the former names."""

    row: int
    is_former: bool


@dataclass(frozen=True, slots=True)
class EnterpriseName:
    """A name of an enterprise.

    Attributes:
        place: the county, by the first six digits of its division code.
        since: from what day on it was borne.
        ended: until what day, for a name that is not borne any more; `end` says how it ended.
        head: the legal representative.
    """

    pk: int
    name: str
    trade_name: str
    place: str
    industry: str
    since: date
    head: str
    ended: date | None = None
    end: str = ""

    @property
    def trade(self) -> str:
        """Its middle class; empty where the code does not reach it."""
        return trade_of_code(self.industry)

    def shares_trade(self, other: EnterpriseName) -> bool:
        """Whether both are of one middle class by their codes."""
        return bool(self.trade) and self.trade == other.trade


def trade_of_code(industry: str) -> str:
    """The middle class of a GB/T 4754 code, empty for a shorter one."""
    return industry[:MIDDLE_CLASS] if len(industry) >= MIDDLE_CLASS else ""


def enterprises_of(keys: Sequence[int]) -> list[EnterpriseName]:
    """The enterprises among these operators, with their present names."""
    rows = _enterprises().filter(AmongKeys("id", list(keys))).order_by("pk")
    return [_present(row) for row in rows.values(*_SUBJECT)]


def names_in_trade(place: str, trade: str, ended_from: date) -> list[tuple[NameRow, str]]:
    """All names of a county and middle class, borne or ended since; none without a trade."""
    if not trade:
        return []
    after = trade[:-1] + chr(ord(trade[-1]) + 1)
    of_trade = {"industry__gte": trade, "industry__lt": after}
    rows = _in_county(_enterprises(), place).filter(**of_trade).filter(_counts(ended_from))
    former = _ended(place, ended_from).filter(
        **{f"subject__{name}": value for name, value in of_trade.items()}
    )
    found = [(NameRow(pk, False), name) for pk, name in rows.values_list("pk", "name")]
    return found + [(NameRow(pk, True), name) for pk, name in former.values_list("pk", "name")]


def names_of_trade_names(
    place: str, trade_names: Collection[str], ended_from: date
) -> list[EnterpriseName]:
    """All names of a county with one of these trade names, whatever their trade."""
    wanted = AmongKeys("trade_name", sorted(trade_names))
    rows = _in_county(_enterprises(), place).filter(wanted).filter(_counts(ended_from))
    former = _ended(place, ended_from).filter(wanted)
    return [_present(row) for row in rows.order_by("pk").values(*_SUBJECT)] + _read(former)


def names_at(rows: Iterable[NameRow]) -> dict[NameRow, EnterpriseName]:
    """These names with what the rule asks about."""
    listed = set(rows)
    present = enterprises_of(sorted(row for row, is_former in listed if not is_former))
    kept = sorted(row for row, is_former in listed if is_former)
    former = FormerName.objects.filter(AmongKeys("id", kept))
    found = {NameRow(name.pk, False): name for name in present}
    pks = former.order_by("pk").values_list("pk", flat=True)
    return found | {NameRow(pk, True): name for pk, name in zip(pks, _read(former), strict=True)}


def _enterprises() -> QuerySet[Subject]:
    """Enterprises with a name of their own; a branch bears that of its head office."""
    kinds = [Subject.Kind.ENTERPRISE, Subject.Kind.COOPERATIVE]
    rows = subjects_visible(READER).select_related(None).filter(kind__in=kinds)
    return rows.exclude(name__contains="分公司").exclude(trade_name="").order_by()


def _counts(ended_from: date) -> Q:
    """In the register, or ended on a known day that is not too long ago."""
    return ~Q(status=Subject.Status.DEREGISTERED) | Q(ended_on__gte=ended_from)


def _in_county(rows: QuerySet[Subject], place: str) -> QuerySet[Subject]:
    # By the keys of its regions, which the index of region and industry serves; a join would not.
    return rows.filter(region_id__in=_regions(place))


def _regions(place: str) -> list[int]:
    return list(Region.objects.filter(code__startswith=place).values_list("pk", flat=True))


def _ended(place: str, ended_from: date) -> QuerySet[FormerName]:
    """Names of a county given up since that day, by enterprises that stay in the register."""
    kinds = [Subject.Kind.ENTERPRISE, Subject.Kind.COOPERATIVE]
    rows = FormerName.objects.filter(used_until__gte=ended_from, subject__kind__in=kinds)
    return rows.filter(subject__region_id__in=_regions(place)).exclude(trade_name="").order_by()


def _present(row: dict[str, Any]) -> EnterpriseName:
    """The name an operator has, or had at its end."""
    ended = row["ended_on"]
    return EnterpriseName(
        row["pk"], row["name"], row["trade_name"], (row["region__code"] or "")[:COUNTY],
        row["industry"],
        row["renamed_on"] or row["registered_on"] or timezone.localdate(row["created"]),
        row["legal_representative"],
        ended,
        DEREGISTERED if ended else "",
    )  # fmt: skip


def _read(rows: QuerySet[FormerName]) -> list[EnterpriseName]:
    """Names given up for another, by key; how long they had been borne does not matter."""
    return [
        EnterpriseName(
            row.subject.pk, row.name, row.trade_name,
            (row.subject.region.code if row.subject.region else "")[:COUNTY],
            row.subject.industry,
            row.subject.registered_on or timezone.localdate(row.subject.created),
            row.subject.legal_representative,
            row.used_until,
            RENAMED,
        )
        for row in rows.select_related("subject__region").order_by("pk")
    ]  # fmt: skip
