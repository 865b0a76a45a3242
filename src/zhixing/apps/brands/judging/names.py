"""Names to be judged, read from their registers in one shape."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from zhixing.apps.accounts.api import OrgUnit
from zhixing.apps.brands.models import NameKind, Sighting
from zhixing.apps.registry.api import (
    NamedParty,
    SeenText,
    Subject,
    TradeMark,
    marks_visible,
    name_source,
    subjects_visible,
)
from zhixing.kit.actors import SystemActor

READER = SystemActor("brands reader")
# Names whose use was seen on a day; the others go on being used.
SEEN_KINDS = (NameKind.SHOP.value, NameKind.LABEL.value, NameKind.LISTING.value)
_BITS = 64


@dataclass(frozen=True, slots=True)
class Name:
    """One name with what is known beside it.

    Attributes:
        pk: row in the register of its kind.
        region: GB/T 2260 code where it is used; empty when not known.
        industry: GB/T 4754 code of the operator.
        subject_id: the operator whom a suspicion is about.
        users: who uses it, by key and by name: the operator, or who put the mark on the goods.
        parties: whom and what the text names, where its register has read it already.
        trade_mark_id: the mark it is, for a mark.
        acted_on: day of the act, which decides the law: registered, seen; None for today.
    """

    kind: str
    pk: int
    text: str
    unit_path: str
    region: str = ""
    industry: str = ""
    subject_id: int | None = None
    users: tuple[tuple[int | None, str], ...] = ()
    parties: tuple[NamedParty, ...] | None = None
    trade_mark_id: int | None = None
    nice_classes: tuple[int, ...] = ()
    similar_groups: tuple[str, ...] = ()
    is_overseas: bool = False
    acted_on: date | None = None
    where: str = ""

    def digest(self, version: str) -> int:
        """A fingerprint of everything the verdict depends on, as a signed 64-bit number."""
        told = (
            self.text, self.unit_path, self.region, self.industry, self.subject_id, self.users,
            self.parties, self.nice_classes, self.similar_groups, self.is_overseas, self.acted_on,
            version,
        )  # fmt: skip
        raw = hashlib.sha256("\x1f".join(map(str, told)).encode()).digest()
        return int.from_bytes(raw[: _BITS // 8], "big", signed=True)


def names_after(
    kind: str, unit_path: str, last: int, limit: int, since: datetime | None = None
) -> list[Name]:
    """Up to `limit` names of a kind in an area, by key, after the key `last`.

    With `since`, only rows entered or changed from that moment on.
    """
    rows = _area(kind, unit_path, since).filter(pk__gt=last).order_by("pk")
    return _names(kind, rows[:limit])


def names_of(kind: str, keys: Iterable[int]) -> list[Name]:
    """The names of these rows, those that are judged at all."""
    return _names(kind, _rows(kind).filter(pk__in=list(keys)).order_by("pk"))


def count_of(kind: str, unit_path: str, since: datetime | None = None) -> int:
    """How many names of a kind an area has (that were entered or changed since)."""
    return int(_area(kind, unit_path, since).count())


def _area(kind: str, unit_path: str, since: datetime | None) -> QuerySet[Any]:
    rows = _rows(kind).filter(unit_path__within=unit_path)
    return rows if since is None else rows.filter(updated__gte=since)


def _rows(kind: str) -> QuerySet[Any]:
    """The rows whose names are judged: operators in business, marks filed or registered."""
    if kind == NameKind.SUBJECT:
        trading = [Subject.Status.ACTIVE, Subject.Status.SUSPENDED]
        return subjects_visible(READER).filter(status__in=trading).order_by()
    if kind == NameKind.MARK:
        live = [TradeMark.Status.FILED, TradeMark.Status.REGISTERED]
        return marks_visible(READER).filter(status__in=live).order_by()
    source = name_source(kind)
    return Sighting.objects.filter(kind=kind).order_by() if source is None else source.rows()


def _names(kind: str, rows: QuerySet[Any]) -> list[Name]:
    if kind == NameKind.SUBJECT:
        return [_of_subject(row) for row in rows.values(*_SUBJECT)]
    if kind == NameKind.MARK:
        return [_of_mark(row) for row in rows.values(*_MARK)]
    source = name_source(kind)
    if source is not None:
        return _of_source(kind, source.read(rows))
    found = list(rows.values(*_SIGHTING))
    regions = _regions({row["unit_path"] for row in found if not row["subject__region__code"]})
    return [_of_sighting(kind, row, regions) for row in found]


_SUBJECT = (
    "pk", "name", "unit_path", "region__code", "industry", "kind", "registered_on",
    "renamed_on", "address",
)  # fmt: skip
_MARK = (
    "pk", "text", "unit_path", "holder_id", "holder_name", "nice_classes", "similar_groups",
    "filed_on",
)  # fmt: skip
_SIGHTING = (
    "pk", "text", "unit_path", "subject_id", "subject__name", "subject__industry",
    "subject__region__code", "nice_classes", "seen_on", "seen_at",
)  # fmt: skip


def _of_subject(row: dict[str, Any]) -> Name:
    return Name(
        NameKind.SUBJECT.value, row["pk"], row["name"], row["unit_path"],
        region=row["region__code"] or "",
        industry=row["industry"],
        subject_id=row["pk"],
        users=((row["pk"], row["name"]),),
        is_overseas=row["kind"] == Subject.Kind.OVERSEAS,
        acted_on=row["renamed_on"] or row["registered_on"],
        where=row["address"],
    )  # fmt: skip


def _of_mark(row: dict[str, Any]) -> Name:
    return Name(
        NameKind.MARK.value, row["pk"], row["text"], row["unit_path"],
        subject_id=row["holder_id"],
        users=((row["holder_id"], row["holder_name"]),),
        trade_mark_id=row["pk"],
        nice_classes=_classes(row["nice_classes"]),
        similar_groups=tuple(row["similar_groups"]),
        acted_on=row["filed_on"],
    )  # fmt: skip


def _of_sighting(kind: str, row: dict[str, Any], regions: dict[str, str]) -> Name:
    return Name(
        kind, row["pk"], row["text"], row["unit_path"],
        region=row["subject__region__code"] or regions.get(row["unit_path"], ""),
        industry=row["subject__industry"] or "",
        subject_id=row["subject_id"],
        users=((row["subject_id"], row["subject__name"]),) if row["subject_id"] else (),
        nice_classes=_classes(row["nice_classes"]),
        acted_on=row["seen_on"],
        where=row["seen_at"],
    )  # fmt: skip


def _of_source(kind: str, rows: Sequence[SeenText]) -> list[Name]:
    """Rows of a register that another app keeps, such as product labels."""
    regions = _regions({row.unit_path for row in rows if not row.region})
    return [
        Name(
            kind, row.pk, row.text, row.unit_path,
            region=row.region or regions.get(row.unit_path, ""),
            industry=row.industry,
            subject_id=row.subject_id,
            users=row.users,
            parties=row.parties,
            nice_classes=_classes(row.nice_classes),
            acted_on=row.seen_on,
            where=row.where,
        )
        for row in rows
    ]  # fmt: skip


def _classes(values: Sequence[Any]) -> tuple[int, ...]:
    return tuple(int(value) for value in values)


def _regions(paths: Iterable[str]) -> dict[str, str]:
    """The region codes of offices by path; what is seen in an office's area is used there."""
    wanted = sorted(paths)
    if not wanted:
        return {}
    found = OrgUnit.objects.filter(path__in=wanted, region__isnull=False)
    return dict(found.values_list("path", "region__code"))


def region_of(unit_path: str) -> str:
    """The region code of an office; empty when it has none."""
    return _regions([unit_path]).get(unit_path, "")
