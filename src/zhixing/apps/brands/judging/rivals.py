"""New enterprise names against the trade names that others in the same place and trade have or had.

Source: 企业名称登记管理规定 art 17 (no same trade name in one trade, or with no trade named, at one
registration authority; a name that was cancelled or changed bars it for a year longer);
企业名称登记管理规定实施办法 (Order 82) art 16, 23, 24 (no trade name close to an earlier one of
the same trade with influence). Whether two names are the same or alike, and whether their words
name one trade, the engine says (`lookalike.judge_names`). Here is what the register knows beside:
the authority is taken to be that of the county, and operators of one middle class (中类, a letter
and three digits) of GB/T 4754 are of one trade whatever their names say. Near names are looked for
in the middle class, identical ones in the whole county.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from django.utils import timezone

from zhixing import law
from zhixing.apps.brands.judging.exclusions import Exclusion, NameLicences, describe
from zhixing.apps.brands.judging.finding import Finding
from zhixing.apps.brands.judging.names import Name
from zhixing.apps.brands.judging.rival_names import (
    EnterpriseName,
    NameRow,
    enterprises_of,
    names_at,
    names_in_trade,
    names_of_trade_names,
    trade_of_code,
)
from zhixing.apps.brands.judging.wording import say
from zhixing.apps.brands.models import Hit, NameKind
from zhixing.engines.clocks import same_day
from zhixing.law.errors import NotInForce

if TYPE_CHECKING:
    from zhixing.engines.lookalike import NameVerdict

# An identical trade name is forbidden outright, so how rare its characters are does not matter.
FORBIDDEN = 0.9
# A name is like few others; what is less like than these is not what decides.
MOST_ALIKE = 200
# Months differ in length.
MARGIN = timedelta(days=5)
# Reasons of the engine about what the register knows better.
REGISTER_KNOWS = ("place_same", "place_other", "trade_same", "trade_other", "trade_unsaid")
Block = tuple[str, str]


def judge_trade_names(names: Sequence[Name]) -> list[Finding]:
    """Findings about new enterprise names like an earlier trade name of their place and trade.

    Branches are the same house and no rivals; firms with the same legal representative, and those
    to whom the earlier one has licensed the name, are findings that are left alone.
    """
    return [finding for _block, found in trade_name_blocks(names) for finding in found]


def trade_name_blocks(names: Sequence[Name]) -> Iterator[tuple[list[Name], list[Finding]]]:
    """The same block by block: the names of one place and trade, and the findings about them.

    Reading a block's rivals costs more than judging a name, so many names are best given at once.
    """
    by_key = {name.pk: name for name in names if name.kind == NameKind.SUBJECT}
    blocks: dict[Block, list[EnterpriseName]] = defaultdict(list)
    for row in _asked(by_key):
        if row.place and row.trade_name:
            blocks[row.place, row.trade].append(row)
    for block, rows in sorted(blocks.items()):
        yield [by_key[row.pk] for row in rows], _found(rows, block, by_key)


def asked_of(names: Sequence[Name]) -> set[int]:
    """The keys of those names that are held against their place and trade."""
    by_key = {name.pk: name for name in names if name.kind == NameKind.SUBJECT}
    return {row.pk for row in _asked(by_key)} if by_key else set()


def _asked(by_key: dict[int, Name]) -> Iterable[EnterpriseName]:
    """Which of the names the rule is about: new ones, and those something was found of."""
    today = timezone.localdate()
    held = set(
        Hit.objects.filter(against=Hit.Against.TRADE_NAME, object_id__in=list(by_key)).values_list(
            "object_id", flat=True
        )
    )
    rows = enterprises_of(list(by_key))
    return [row for row in rows if row.pk in held or today < _after(row.since, "new_name", today)]


def _found(rows: list[EnterpriseName], block: Block, by_key: dict[int, Name]) -> list[Finding]:
    """The likest earlier trade name of each row, if the engine says that it is the same or like."""
    candidates = _candidates(rows, block)
    licences = NameLicences(rival for rivals in candidates.values() for rival in rivals)
    found = []
    for row in rows:
        finding = _likest(by_key[row.pk], row, candidates[row.pk], licences)
        found += [finding] if finding is not None else []
    return found


def _likest(
    name: Name, row: EnterpriseName, rivals: Iterable[EnterpriseName], licences: NameLicences
) -> Finding | None:
    """The first of the candidates, the likest first, about whom there is something to say.

    What is left alone must not hide a rival who is not.
    """
    left_alone = None
    for rival in rivals:
        verdict = _judged(row, rival)
        if verdict is None:
            continue
        finding = _finding(name, row, rival, verdict, _exclusion(row, rival, licences))
        if finding.exclusion is None:
            return finding
        left_alone = left_alone or finding
    return left_alone


def _candidates(rows: list[EnterpriseName], block: Block) -> dict[int, list[EnterpriseName]]:
    """Whom to hold each row against: its namesakes in the county, then whom it is like."""
    place, trade = block
    ended_from = _barring_from(min(row.since for row in rows))
    namesakes = _namesakes(rows, place, ended_from)
    alike = _alike(rows, names_in_trade(place, trade, ended_from))
    return {
        row.pk: [
            rival
            for rival in dict.fromkeys([*namesakes[row.pk], *alike[row.pk]])
            if _is_earlier(row, rival)
        ]
        for row in rows
    }


def _alike(
    rows: list[EnterpriseName], names: list[tuple[NameRow, str]]
) -> dict[int, list[EnterpriseName]]:
    """Those whose names the engine finds like a row's, the likest first."""
    from zhixing.engines.lookalike import Guard

    found: dict[int, list[tuple[float, NameRow]]] = defaultdict(list)
    if names:
        keys = [str(number) for number in range(len(names))]
        guard = Guard(pa.table({"mark_id": keys, "mark": [name for _row, name in names]}))
        for hit in guard.sweep([row.name for row in rows]).to_pylist():
            at = names[hit["mark_row"]][0]
            found[rows[hit["name_row"]].pk].append((-hit["probability"], at))
    known = names_at(at for hits in found.values() for _chance, at in hits)
    likest = {pk: sorted(hits)[:MOST_ALIKE] for pk, hits in found.items()}
    return defaultdict(
        list,
        {pk: [known[at] for _chance, at in hits if at in known] for pk, hits in likest.items()},
    )


def _namesakes(
    rows: list[EnterpriseName], place: str, ended_from: date
) -> dict[int, list[EnterpriseName]]:
    """Those of the very same trade name, however common: of the same trade first, then by age."""
    by_trade_name: dict[str, list[EnterpriseName]] = defaultdict(list)
    for rival in names_of_trade_names(place, {row.trade_name for row in rows}, ended_from):
        by_trade_name[rival.trade_name].append(rival)

    def rank(row: EnterpriseName, rival: EnterpriseName) -> tuple[bool, date, int]:
        return not row.shares_trade(rival), rival.since, rival.pk

    return {row.pk: sorted(by_trade_name[row.trade_name], key=partial(rank, row)) for row in rows}


def _is_earlier(row: EnterpriseName, rival: EnterpriseName) -> bool:
    """Whether the other had the name before, still bars it, and is no branch or part of the row."""
    is_part = row.name.startswith(rival.name) or rival.name.startswith(row.name)
    is_before = (rival.since, rival.pk) < (row.since, row.pk)
    return row.pk != rival.pk and not is_part and is_before and _bars(rival, row.since)


def _bars(rival: EnterpriseName, day: date) -> bool:
    """Whether the name was borne on the day, or had ended so lately that it still bars others."""
    return rival.ended is None or day < _after(rival.ended, "ended_name", day)


def _barring_from(day: date) -> date:
    """From what day on an end may still bar a name that was taken on `day`; a day too many."""
    return day - (_after(day, "ended_name", day) - day) - MARGIN


def _after(start: date, code: str, day: date) -> date:
    """When the period that the law of the day lets begin at `start` is over.

    Before there was such a rule nothing was barred.
    """
    try:
        period = law.on("names", code, day)
    except NotInForce:
        return start
    months = int(period.amount) * (12 if period.unit == "year" else 1)
    return same_day(start, months)


def _judged(row: EnterpriseName, rival: EnterpriseName) -> NameVerdict | None:
    """The engine's verdict where there is something to it; None where names or trades differ."""
    from zhixing.engines.lookalike import judge_names

    verdict = judge_names(rival.name, row.name, same_authority=True)
    return verdict if verdict.likeness and _is_one_trade(row, rival, verdict) else None


def _is_one_trade(row: EnterpriseName, rival: EnterpriseName, verdict: NameVerdict) -> bool:
    """By their codes, or by their words; a name that states no trade bars its like in every trade.

    Words that merely belong together (茶叶, 水产) count only where a code is not known.
    """
    from zhixing.engines.lookalike import parse_name

    if row.shares_trade(rival):
        return True
    if verdict.trade == "unsaid":
        return verdict.likeness == "identical"
    is_coded = bool(row.trade and rival.trade)
    words = {parse_name(row.name).industry, parse_name(rival.name).industry}
    return verdict.trade == "same" and (not is_coded or len(words) == 1)


def _finding(
    name: Name,
    row: EnterpriseName,
    rival: EnterpriseName,
    verdict: NameVerdict,
    exclusion: Exclusion | None,
) -> Finding:
    is_same = verdict.likeness == "identical"
    return Finding(
        name=name,
        like=rival.trade_name,
        against=Hit.Against.TRADE_NAME.value,
        probability=_probability(verdict, is_same),
        score=verdict.score,
        likeness="identical" if is_same else _likeness(verdict),
        rows=_reasons(row, rival, verdict, is_same),
        rival_id=rival.pk,
        rival_name=rival.name,
        act_kind="name_confusion",
        compared=rival.name,
        exclusion=exclusion,
    )


def _probability(verdict: NameVerdict, is_same: bool) -> float:
    """Place and trade weighed as for brands; what is forbidden outright is at least that likely."""
    from zhixing.engines.lookalike import Context, with_context

    context = Context(territory="same", industry="same")
    chance = float(with_context([verdict.probability], [context])[0][0])
    return max(chance, FORBIDDEN) if is_same else chance


def _likeness(verdict: NameVerdict) -> str:
    """The kind of the strongest reason, as brands have it."""
    from zhixing.engines.lookalike import KINDS

    codes = (reason.code for reason in verdict.reasons)
    return next((code for code in codes if code in KINDS), "")


def _reasons(
    row: EnterpriseName, rival: EnterpriseName, verdict: NameVerdict, is_same: bool
) -> list[dict[str, Any]]:
    """The rule first, then what shows that the trade is one, then the engine's reasons."""
    told = [reason.as_dict() for reason in verdict.reasons]
    if row.shares_trade(rival):
        trade = [_row("trade_code", say("trade_code", trade=trade_of_code(row.industry)))]
    else:
        trade = [reason for reason in told if reason["code"].startswith("trade_")]
    likeness = [reason for reason in told if reason["code"] not in REGISTER_KNOWS]
    return [_rule(row, rival, is_same), *trade, *likeness]


def _rule(row: EnterpriseName, rival: EnterpriseName, is_same: bool) -> dict[str, Any]:
    """The reason that names the rule, with the articles in force on the day of the name."""
    code = "names.same_trade_name" if is_same else "names.near_trade_name"
    rows = [one for one in law.acts().rules[code] if one.is_in_force(row.since)]
    articles = "、".join(law.cite(citation) for one in rows for citation in one.articles)
    phrase = "trade_name_same" if is_same else "trade_name_near"
    text = say(phrase, rival=rival.name, like=rival.trade_name, articles=articles)
    if rival.ended is not None:
        text += say(f"ended_{rival.end}", day=rival.ended.isoformat())
    return _row(phrase, text)


def _row(code: str, text: str) -> dict[str, Any]:
    return {"code": code, "channel": "context", "value": None, "text": text}


def _exclusion(
    row: EnterpriseName, rival: EnterpriseName, licences: NameLicences
) -> Exclusion | None:
    """The same house, or a name used by leave of the earlier one."""
    if row.head and row.head == rival.head:
        return Exclusion(Hit.Ground.HOLDER.value, say("same_house"))
    contract = licences.of(row, rival)
    if contract is None:
        return None
    what = say("ground_licence", what=describe(contract))
    return Exclusion(Hit.Ground.LICENCE.value, what, contract.pk)
