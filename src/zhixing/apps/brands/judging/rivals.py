"""New enterprise names against the trade names that others in the same place and trade have.

Source: 企业名称登记管理规定 art 17 (no same trade name in one trade at one registration authority);
企业名称登记管理规定实施办法 (Order 82) art 16, 23, 24 (no trade name close to an earlier one of
the same trade with influence). The authority is taken to be that of the county, the trade the
middle class (中类, a letter and three digits) of GB/T 4754.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
from django.db.models import QuerySet
from django.utils import timezone

from zhixing import law
from zhixing.apps.brands.judging.finding import Finding
from zhixing.apps.brands.judging.names import READER, Name
from zhixing.apps.brands.judging.wording import say
from zhixing.apps.brands.models import Hit, NameKind
from zhixing.apps.registry.api import Subject, subjects_visible

# Names older than this have lived beside each other; the rule is about what is registered now.
NEW_FOR = timedelta(days=365)
COUNTY, MIDDLE_CLASS = 6, 4
# The law forbids the same trade name outright, so how rare its characters are does not matter.
SAME = 0.9
# What is merely near must be more likely than not once place and trade are weighed.
NEAR = 0.5
BEFORE = 0.25
KEYS_AT_ONCE = 5_000
_COLUMNS = (
    "pk", "name", "trade_name", "region__code", "industry", "registered_on", "created",
    "legal_representative",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Row:
    """An enterprise with what the rule asks about."""

    pk: int
    name: str
    trade_name: str
    place: str
    trade: str
    since: date
    head: str

    @classmethod
    def of(cls, row: dict[str, Any]) -> _Row:
        return cls(
            row["pk"], row["name"], row["trade_name"], (row["region__code"] or "")[:COUNTY],
            row["industry"][:MIDDLE_CLASS],
            row["registered_on"] or timezone.localdate(row["created"]),
            row["legal_representative"],
        )  # fmt: skip


def judge_trade_names(names: Sequence[Name]) -> list[Finding]:
    """Findings about new enterprise names like an earlier trade name of their place and trade.

    Branches, and firms with the same legal representative, are the same house and no rivals.
    """
    return [finding for _block, found in trade_name_blocks(names) for finding in found]


def trade_name_blocks(names: Sequence[Name]) -> Iterator[tuple[list[Name], list[Finding]]]:
    """The same block by block: the names of one place and trade, and the findings about them.

    Reading a block's rivals costs more than judging a name, so many names are best given at once.
    """
    by_key = {name.pk: name for name in names if name.kind == NameKind.SUBJECT}
    blocks: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in _asked(by_key):
        if row.place and len(row.trade) == MIDDLE_CLASS and row.trade_name:
            blocks[row.place, row.trade].append(row)
    for (place, trade), rows in sorted(blocks.items()):
        found = _block(rows, _rivals(place, trade), by_key)
        yield [by_key[row.pk] for row in rows], found


def asked_of(names: Sequence[Name]) -> set[int]:
    """The keys of those names that are held against their place and trade."""
    by_key = {name.pk: name for name in names if name.kind == NameKind.SUBJECT}
    return {row.pk for row in _asked(by_key)} if by_key else set()


def _asked(by_key: dict[int, Name]) -> Iterable[_Row]:
    """Which of the names the rule is about: new ones, and those something was found of."""
    recent = timezone.localdate() - NEW_FOR
    held = set(
        Hit.objects.filter(against=Hit.Against.TRADE_NAME, object_id__in=list(by_key)).values_list(
            "object_id", flat=True
        )
    )
    rows = (_Row.of(row) for row in _enterprises().filter(pk__in=list(by_key)).values(*_COLUMNS))
    return [row for row in rows if row.since >= recent or row.pk in held]


def _enterprises() -> QuerySet[Subject]:
    """Enterprises with a name of their own; a branch bears that of its head office."""
    kinds = [Subject.Kind.ENTERPRISE, Subject.Kind.COOPERATIVE]
    rows = subjects_visible(READER).select_related(None).filter(kind__in=kinds)
    return rows.exclude(name__contains="分公司")


def _rivals(place: str, trade: str) -> list[_Row]:
    """The enterprises in business of a county and middle class, by a range of the trade's index."""
    in_trade = {"industry__gte": trade, "industry__lt": trade[:-1] + chr(ord(trade[-1]) + 1)}
    rows = _enterprises().filter(
        status__in=[Subject.Status.ACTIVE, Subject.Status.SUSPENDED],
        region__code__startswith=place,
        **in_trade,
    )
    return [_Row.of(row) for row in rows.exclude(trade_name="").order_by("pk").values(*_COLUMNS)]


def _block(rows: list[_Row], rivals: list[_Row], by_key: dict[int, Name]) -> list[Finding]:
    """The likest earlier trade name of each row, if it is the same or near enough."""
    from zhixing.engines.lookalike import Context, with_context

    pairs = [pair for pair in _alike(rows, rivals) if _is_rival(pair[0], pair[1])]
    if not pairs:
        return []
    context = Context(territory="same", industry="same")
    before = [hit["probability"] for _row, _rival, hit in pairs]
    chances, told = with_context(before, [context] * len(pairs))
    found: dict[int, Finding] = {}
    for (row, rival, hit), chance, reasons in zip(pairs, chances.tolist(), told, strict=True):
        is_same = row.trade_name == rival.trade_name
        probability = max(chance, SAME) if is_same else chance
        if probability < NEAR or (row.pk in found and found[row.pk].probability >= probability):
            continue
        likeness = [*hit["reasons"], *(reason.as_dict() for reason in reasons)]
        found[row.pk] = Finding(
            name=by_key[row.pk],
            like=rival.trade_name,
            against=Hit.Against.TRADE_NAME.value,
            probability=probability,
            score=float(hit["score"]),
            likeness=hit["kind"],
            rows=[_rule(rival, is_same), *likeness],
            rival_id=rival.pk,
            rival_name=rival.name,
            act_kind="name_confusion",
            compared=rival.name,
        )
    return list(found.values())


Pair = tuple[_Row, _Row, dict[str, Any]]


def _alike(rows: list[_Row], rivals: list[_Row]) -> Iterator[Pair]:
    """Pairs the engine finds alike, and those of the very same trade name, however common it is."""
    if not rivals:
        return
    for hit in _swept(rows, rivals, BEFORE):
        row, rival = rows[hit["name_row"]], rivals[hit["mark_row"]]
        if row.trade_name != rival.trade_name:
            yield row, rival, hit
    by_trade_name: dict[str, list[_Row]] = defaultdict(list)
    for rival in rivals:
        by_trade_name[rival.trade_name].append(rival)
    for row in rows:
        same = [rival for rival in by_trade_name[row.trade_name] if _is_rival(row, rival)]
        if same:
            first = min(same, key=lambda rival: (rival.since, rival.pk))
            yield from ((row, first, hit) for hit in _swept([row], [first], 0.0))


def _swept(rows: list[_Row], rivals: list[_Row], least: float) -> list[dict[str, Any]]:
    from zhixing.engines.lookalike import Guard

    table = pa.table({"mark_id": [str(r.pk) for r in rivals], "mark": [r.name for r in rivals]})
    hits: list[dict[str, Any]] = (
        Guard(table).sweep([row.name for row in rows], min_probability=least).to_pylist()
    )
    return hits


def _is_rival(row: _Row, rival: _Row) -> bool:
    """Whether the other was there first and is not the same house."""
    is_part = row.name.startswith(rival.name) or rival.name.startswith(row.name)
    same_house = is_part or (bool(row.head) and row.head == rival.head)
    return row.pk != rival.pk and not same_house and (rival.since, rival.pk) < (row.since, row.pk)


def _rule(rival: _Row, is_same: bool) -> dict[str, Any]:
    """The reason that names the rule, with the articles in force today."""
    code = "names.same_trade_name" if is_same else "names.near_trade_name"
    today = timezone.localdate()
    rows = [row for row in law.acts().rules[code] if row.is_in_force(today)]
    articles = "、".join(law.cite(citation) for row in rows for citation in row.articles)
    phrase = "trade_name_same" if is_same else "trade_name_near"
    text = say(phrase, rival=rival.name, like=rival.trade_name, articles=articles)
    return {"code": phrase, "channel": "context", "value": None, "text": text}
