"""From names to findings: what each is like, how probable a confusion is, who is left alone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from zhixing.apps.brands.judging.exclusions import Exclusions
from zhixing.apps.brands.judging.finding import Finding
from zhixing.apps.brands.judging.goods import goods_between, trade_of
from zhixing.apps.brands.judging.names import SEEN_KINDS, Name
from zhixing.apps.brands.judging.overseas import overseas_reason
from zhixing.apps.brands.judging.standing import StandingGuard
from zhixing.apps.brands.judging.texts import Part, parts_of
from zhixing.apps.brands.models import Hit, NameKind, WatchedMark

# Circumstances can raise a likeness by about two log-odds (data/context.toml of the engine), so
# the engine is asked for what could still reach the threshold.
MOST_GAIN = 2.5
# Raised when the same name against the same list would be judged differently; see `version`.
CIRCUMSTANCES = 2
FAME = {
    WatchedMark.Protection.WELL_KNOWN: "well_known",
    WatchedMark.Protection.FAMOUS: "known",
    WatchedMark.Protection.GEOGRAPHICAL: "known",
    WatchedMark.Protection.FOREIGN: "known",
    WatchedMark.Protection.LOCAL: "unknown",
}
_CERTAIN = 1e-9
# A stretch cut out of running text must be this likely a brand before circumstances are weighed.
CLOSE = 0.5


def version() -> str:
    """Version of engine and circumstances, as part of what makes a verdict."""
    from zhixing.engines.lookalike import METHOD

    return f"{METHOD.version}.{CIRCUMSTANCES}"


def judge(names: Sequence[Name], standing: StandingGuard, min_probability: float) -> list[Finding]:
    """Every finding about the names whose probability, circumstances weighed, is high enough.

    Of several parts of one label that are like one brand the likest counts. What is left alone
    (the holder's own, under licence) is among the findings, with its exclusion.
    """
    parts = [
        (name, part) for name in names for part in parts_of(name.kind, name.text, name.parties)
    ]
    hits = standing.sweep([part.text for _name, part in parts], _lowest(min_probability))
    pairs = [(*parts[hit["name_row"]], hit) for hit in hits]
    protected = [
        (name, part, hit)
        for name, part, hit in pairs
        if _protects(hit["watched"], name) and (not part.is_window or _is_close(part, hit))
    ]
    return _likest(_weighed(protected, min_probability))


def _lowest(min_probability: float) -> float:
    """The likeness alone that could still reach the threshold."""
    if not _CERTAIN < min_probability < 1 - _CERTAIN:
        return min_probability
    odds = math.log(min_probability / (1 - min_probability)) - MOST_GAIN
    return 1 / (1 + math.exp(-odds))


def _protects(mark: WatchedMark, name: Name) -> bool:
    """Whether the brand's list is the name's own office's or one above it; never against itself."""
    is_itself = name.trade_mark_id is not None and name.trade_mark_id == mark.trade_mark_id
    return name.unit_path.startswith(mark.unit_path) and not is_itself


def _is_close(part: Part, hit: dict[str, Any]) -> bool:
    """Whether a stretch of a longer text is the whole of a brand, with little changed."""
    same_length = len(part.text) == len(hit["watched"].text)
    return same_length and hit["probability"] >= CLOSE and hit["kind"] not in ("insert", "delete")


def _weighed(
    pairs: Iterable[tuple[Name, Part, dict[str, Any]]], min_probability: float
) -> Iterable[Finding]:
    from zhixing.engines.lookalike import with_context

    listed = list(pairs)
    if not listed:
        return
    known = Exclusions(hit["watched"] for _name, _part, hit in listed)
    exclusions = [known.of(name, hit["watched"], hit["kind"]) for name, _part, hit in listed]
    contexts = [_context(name, hit["watched"]) for name, _part, hit in listed]
    before = [hit["probability"] for _name, _part, hit in listed]
    after, told = with_context(before, contexts)
    for (name, part, hit), chance, reasons, exclusion in zip(
        listed, after.tolist(), told, exclusions, strict=True
    ):
        if chance < min_probability:
            continue
        rows = [_placed(row, part) for row in hit["reasons"]]
        rows += [reason.as_dict() for reason in reasons]
        overseas = overseas_reason(name, part.text)
        yield Finding(
            name=name,
            like=hit["watched"].text,
            against=Hit.Against.MARK.value,
            probability=float(chance),
            score=float(hit["score"]),
            likeness=hit["kind"],
            rows=[*rows, overseas] if overseas else rows,
            mark=hit["watched"],
            part=part.text,
            part_start=part.start,
            role=part.role,
            act_kind=act_of(name, overseas is not None),
            acted_on=name.acted_on if name.kind in SEEN_KINDS else None,
            is_overseas=overseas is not None,
            exclusion=exclusion,
        )


def act_of(name: Name, is_overseas: bool) -> str:
    """The kind of act suspected, by code of `law.acts`; a mark that was filed is no act."""
    if name.kind == NameKind.MARK:
        return ""
    if is_overseas:
        return "shell_name"
    worn_as_name = {NameKind.SUBJECT, NameKind.SHOP}
    return "mark_confusion" if name.kind in worn_as_name else "mark_infringement"


def _context(name: Name, mark: WatchedMark) -> Any:
    from zhixing.engines.lookalike import Context

    return Context(
        goods=goods_between(
            name.nice_classes, name.similar_groups, mark.nice_classes, mark.similar_groups
        ),
        territory=_territory(name, mark),
        industry=trade_of(mark.nice_classes, name.industry),
        fame=FAME[WatchedMark.Protection(mark.protection)],
    )


def _territory(name: Name, mark: WatchedMark) -> str:
    """Whether the name is used where protection is claimed; everywhere weighs nothing."""
    if not mark.territory or not name.region:
        return "unknown"
    return "same" if name.region.startswith(tuple(mark.territory)) else "other"


def _placed(row: dict[str, Any], part: Part) -> dict[str, Any]:
    """A reason with its position in the whole text; 0 stays "the whole".

    A name that an officer corrected may stand nowhere in the text; its positions are left out.
    """
    if part.start is None:
        return row | {"b_position": 0}
    position = row.get("b_position") or 0
    return row | {"b_position": position + part.start} if position else row


def _likest(findings: Iterable[Finding]) -> list[Finding]:
    """One finding per name and brand text: the likest part, on the list of the highest office.

    What another part shows of an overseas company (香港某某集团监制) is told with it.
    """
    best: dict[tuple[str, int, str], Finding] = {}
    for found in findings:
        key = (found.name.kind, found.name.pk, found.like)
        known = best.get(key)
        if known is None:
            best[key] = found
            continue
        first, second = sorted((found, known), key=_rank, reverse=True)
        best[key] = _with_overseas(first, second)
    return list(best.values())


def _with_overseas(found: Finding, other: Finding) -> Finding:
    if found.is_overseas or not other.is_overseas:
        return found
    told = [row for row in other.rows if row["code"] == "overseas"]
    return replace(found, rows=[*found.rows, *told], is_overseas=True)


def _rank(found: Finding) -> tuple[float, int, int]:
    path = found.mark.unit_path if found.mark else ""
    return (found.probability, -len(path), -(found.mark.pk if found.mark else 0))
