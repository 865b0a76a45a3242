"""How like a precedent is to a case at hand: a sum of weights, each with its reason in words.

The weights are one table, so that anybody can add up why a precedent stands where it stands. They
order the list; they are no probability. Method and a worked example: docs/methods/like-cases.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from zhixing.kit.search import split_for_search

# What each agreement adds; a precedent with at least LIKE is called like.
WEIGHTS: Mapping[str, float] = {
    "act_kind": 4.0,  # same kind of act
    "protected": 3.0,  # same protected name or mark
    "channel": 1.5,  # each channel in which the names are alike in both
    "class": 1.5,  # at least one goods class in common
    "word": 0.5,  # each run of characters that the facts share and few others hold
}
LIKE = 4.0
MAX_CHANNELS = 2
MAX_WORDS = 3
# A run shared by more than this part of the precedents compared says nothing of likeness.
COMMON_SHARE = 0.25
FEW = 4
# What stands in most decisions and tells no facts.
EMPTY_WORDS = frozenset(
    "当事 事人 有限 限公 公司 商品 产品 销售 经营 行为 规定 使用 进行 发现 调查 检查 我局 本局"
    " 市场 监督 管理 情况 相关 上述 单位 以及 其中 并且 没有 消费 费者".split()
)


@dataclass(frozen=True, slots=True)
class Case:
    """What is compared: a lead at hand, or a precedent."""

    act_kind: str = ""
    protected: str = ""
    channels: frozenset[str] = frozenset()
    classes: frozenset[int] = frozenset()
    text: str = ""


@dataclass(slots=True)
class Likeness:
    """What two cases have in common, as (kind of agreement, words) pairs, and its weight."""

    shared: list[tuple[str, str]] = field(default_factory=list)

    @property
    def score(self) -> float:
        """The sum of the weights."""
        return sum(WEIGHTS[kind] for kind, _words in self.shared)


def compare(case: Case, other: Case) -> Likeness:
    """What is common without a look at the facts."""
    found = Likeness()
    if case.act_kind and case.act_kind == other.act_kind:
        found.shared.append(("act_kind", other.act_kind))
    if case.protected and case.protected == other.protected:
        found.shared.append(("protected", other.protected))
    for channel in sorted(case.channels & other.channels)[:MAX_CHANNELS]:
        found.shared.append(("channel", channel))
    if common := sorted(case.classes & other.classes):
        found.shared.append(("class", ", ".join(map(str, common))))
    return found


def add_words(found: Sequence[Likeness], case: Case, others: Sequence[Case]) -> None:
    """Add to each likeness the longest runs of characters that its facts share with the case.

    A pair of characters counts when few of the precedents compared hold it; neighbouring pairs are
    joined to a run, and the longest runs are named.
    """
    wanted = pairs_of(case.text)
    held = [set(wanted) & set(pairs_of(other.text)) for other in others]
    counts = Counter(pair for pairs in held for pair in pairs)
    limit = max(FEW, len(others) * COMMON_SHARE)
    for likeness, other, pairs in zip(found, others, held, strict=True):
        telling = {pair for pair in pairs if pair and counts[pair] <= limit}
        for run in _runs(wanted, telling, _joined(other.text))[:MAX_WORDS]:
            likeness.shared.append(("word", run))


def pairs_of(text: str) -> list[str]:
    """Neighbouring characters of a text, and its Latin words and numbers, in their order."""
    tokens = split_for_search(text).split()
    pairs = []
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        if token.isascii():
            pairs.append(token)
        else:
            pairs.append(token + after if after and not after.isascii() else "")
    return pairs


def _joined(text: str) -> str:
    return split_for_search(text).replace(" ", "")


def _runs(pairs: Iterable[str], telling: set[str], text: str) -> list[str]:
    """Runs of telling pairs that stand in the text as they are, the longest first."""
    runs: list[list[str]] = []
    run: list[str] = []
    for pair in pairs:
        if pair not in telling:
            run = []
        elif pair.isascii():
            runs.append([pair])
            run = []
        elif run and _spelled([*run, pair]) in text:
            run.append(pair)
        else:
            run = [pair]
            runs.append(run)
    words = [_spelled(run) for run in runs if not EMPTY_WORDS.issuperset(run)]
    return sorted(dict.fromkeys(words), key=len, reverse=True)


def _spelled(run: Sequence[str]) -> str:
    """甲乙 乙丙 → 甲乙丙."""
    return run[0] + "".join(pair[1:] for pair in run[1:])
