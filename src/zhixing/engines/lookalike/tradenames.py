"""Enterprise names against enterprise names: the same or a similar trade name (字号) in one trade.

Within one registration authority the trade name of an enterprise must not be that of another of the
same trade, or of one that states no trade (企业名称登记管理规定, State Council Decree 734, art 17);
nor close to a prior influential name of the same trade (实施办法, Order 82, art 16). Influence is
not known here and is left to `context`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from zhixing.engines.types import Reason

from . import decision
from .cores import cores
from .grammar import NameParts, bare_division, parse_name
from .reasons import compare
from .wording import reason
from .words import lines, sections

IDENTICAL, SIMILAR = "identical", "similar"
_GROUP_WORDS = ("集团", "控股", "国际", "实业", "监制", "股份")
_SHORTEST = 2  # characters of a division's or trade's name that are compared


@dataclass(frozen=True, slots=True)
class NameVerdict:
    """A later enterprise name held against an earlier one.

    ``likeness`` is of the trade names; ``place`` same, other or unknown; ``trade`` same, unsaid
    (which the law treats as same), or other. ``conflict``: identical trade names in the same place
    and trade; similar ones are for an officer to weigh. Reasons: likeness first.
    """

    earlier: str
    later: str
    likeness: str
    place: str
    trade: str
    conflict: bool
    score: float
    probability: float
    reasons: tuple[Reason, ...]


def judge_names(earlier: str, later: str, *, same_authority: bool | None = None) -> NameVerdict:
    """Is the later name the same as, or similar to, the earlier one in its place and trade?

    ``same_authority`` says whether one authority registered both, where that is known; otherwise
    the administrative divisions in the names are compared.
    """
    first, second = parse_name(earlier), parse_name(later)
    a, b = cores([earlier]), cores([later])
    everyday = decision.everyday(a)[0], decision.everyday(b)[0]
    found = compare(earlier, later, a, 0, b, 0, *everyday, decision.decision().pair)
    same = found.score == 1.0
    alike = found.probability >= decision.decision().threshold
    likeness = IDENTICAL if same else SIMILAR if alike else ""
    place = _place(first, second, same_authority)
    trade = _trade(first, second)
    reasons = list(found.reasons)
    if place != "unknown":
        reasons.append(
            reason(f"place_{place}", "context", None, a=first.division, b=second.division)
        )
    reasons.append(reason(f"trade_{trade}", "context", None, a=first.industry, b=second.industry))
    if (shell := shell_pattern(later)) is not None:
        reasons.append(shell)
    conflict = same and place == "same" and trade != "other"
    return NameVerdict(
        earlier, later, likeness, place, trade, conflict, found.score, found.probability,
        tuple(reasons),
    )  # fmt: skip


def shell_pattern(name: str) -> Reason | None:
    """The wording of overseas shell names: 香港/国际/中国… + trade name + 集团/控股 …; or nothing.

    A sign to look at, not a finding: honest companies of Hong Kong are named so too.
    """
    parts = parse_name(name)
    abroad = [
        word
        for word in sections("shells")["overseas"] + ("中国", "国际")
        if word in parts.division or any(word in shell for shell in parts.shells)
    ]
    rest = name.replace(parts.trade_name, "", 1) if parts.trade_name else name
    grouped = [word for word in _GROUP_WORDS if word in rest and word not in abroad]
    places = [word for word in abroad if not any(word != o and word in o for o in abroad)]
    if not parts.trade_name or not places or not grouped:
        return None
    return reason(
        "shell_company", "part", None, a=parts.trade_name, b="、".join([*places, *grouped])
    )


def _place(first: NameParts, second: NameParts, same_authority: bool | None) -> str:
    if same_authority is not None:
        return "same" if same_authority else "other"
    one, other = bare_division(first.division), bare_division(second.division)
    if len(one) < _SHORTEST or len(other) < _SHORTEST:
        return "unknown"
    return "same" if one.startswith(other) or other.startswith(one) else "other"


def _trade(first: NameParts, second: NameParts) -> str:
    one, other = first.industry, second.industry
    if not one or not other:
        return "unsaid"
    return "same" if _one_trade(one, other) else "other"


def trade_between(industry: str, trades: Sequence[str]) -> str:
    """How the trade words of a name stand to a mark's trades: `same`, `other` or `unknown`.

    For `context.Context.industry`, where a register tells no industry code. ``industry`` is as
    `parse_name` gives it. Words of general trade (商贸, 实业, 科技 …) say nothing; nor does a name
    without trade words.
    """
    said = industry
    for word in sections("trades")["general"]:
        said = said.replace(word, "")
    if not said or not trades:
        return "unknown"
    return "same" if any(_one_trade(said, trade) for trade in trades) else "other"


def _one_trade(one: str, other: str) -> bool:
    if one.endswith(other) or other.endswith(one):
        return True
    return bool(_groups(one) & _groups(other))


@cache
def _groups(industry: str) -> frozenset[int]:
    """Lines of the trade list that the words of an industry stand on."""
    return frozenset(
        row
        for row, words in enumerate(lines("trades", "lines"))
        if any(word in industry or (industry in word) for word in words)
    )
