"""Screening ads with a rule set: one by one, or columns at once."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property, reduce
from pathlib import Path
from types import EllipsisType

import numpy as np
from numpy.typing import NDArray

from . import layout
from .compiling import Compiled, compile_rules
from .desk import Desk
from .findings import Finding, Part, Screened
from .keeping import kept_arena, user_folder
from .naming import disguise
from .packing import MEDIA, pack
from .ruleset import RuleSet

FULL = "full"
_NEAR = 16  # characters between two hits of one sentence that are still one finding
_CLEAR = 0.6  # of a place that breaks some rule in most categories, none being known
_ORDER = (layout.H_START, layout.H_END, layout.H_RULE)

_Hit = tuple[float, list[int]]
"""Probability, and the row of the kernel."""


class Screen:
    """A compiled rule set; build it once and use it for all ads of the day."""

    def __init__(
        self, ruleset: RuleSet, threshold: float = 0.5, *, cache: Path | EllipsisType | None = ...
    ) -> None:
        """Compile the rules, or take them compiled from `cache`.

        Args:
            ruleset: the rules in force.
            threshold: findings are raised from this probability on.
            cache: folder of compiled rule sets; by default the user's, none for no folder.

        Raises:
            PatternError: a pattern cannot be read or names an unknown list; the rule is named.
        """
        self.ruleset = ruleset
        self.threshold = threshold
        folder = user_folder() if isinstance(cache, EllipsisType) else cache
        self._arena = kept_arena(ruleset, folder, lambda: pack(self.compiled))
        self._local = threading.local()
        self._categories = {one.code: 1 << row for row, one in enumerate(ruleset.categories)}
        self._media = {name: 1 << row for row, name in enumerate(MEDIA)}
        self._rules = ruleset.rules
        self._numbers = np.arange(max(len(ruleset.categories), 1))
        self._strength = np.array([rule.strength for rule in self._rules], np.float64)

    @cached_property
    def compiled(self) -> Compiled:
        """The rules in numbers; made when asked for, screening itself does without."""
        return compile_rules(self.ruleset)

    @property
    def version(self) -> str:
        """The version of the rules, written into every finding."""
        return self.ruleset.version

    def one(
        self, text: str, category: str = "", medium: str = "", scope: str = "excerpt"
    ) -> Screened:
        """Screen one ad; category and medium may be unknown."""
        return self.many([text], [category], [medium], [scope])[0]

    def held(
        self, text: str, category: str = "", medium: str = "", scope: str = "excerpt"
    ) -> set[str]:
        """Names of all rules that hold in a text, before hits of one family are merged."""
        hits, _ = self._hits([text], [category], [medium], [scope])
        return {
            self._rules[rule].id
            for rule, exempt in hits[:, [layout.H_RULE, layout.H_EXEMPT]].tolist()
            if exempt < 0
        }

    def many(
        self,
        texts: Sequence[str],
        categories: Sequence[str],
        media: Sequence[str],
        scopes: Sequence[str],
    ) -> list[Screened]:
        """Screen a column of ads."""
        hits, shares = self._hits(texts, categories, media, scopes)
        hits = hits[hits[:, layout.H_EXEMPT] < 0]
        raised: dict[int, list[_Hit]] = defaultdict(list)
        unsure: dict[int, list[_Hit]] = defaultdict(list)
        for chance, row in zip(self._chances(hits).tolist(), hits.tolist(), strict=True):
            ad = row[layout.H_AD]
            if chance >= self.threshold:
                raised[ad].append((chance, row))
            elif categories[ad] not in self._categories:
                unsure[ad].append((chance, row))
        for ad, rows in unsure.items():
            raised[ad] += self._clear(rows, raised[ad], shares[ad])
        return [
            self._screened(text, category, raised.get(ad, ()), shares[ad])
            for ad, (text, category) in enumerate(zip(texts, categories, strict=True))
        ]

    def _clear(
        self, unsure: list[_Hit], raised: Sequence[_Hit], shares: NDArray[np.int32]
    ) -> list[_Hit]:
        """Hits of places that break some rule whichever the category is.

        Each rule speaks of other categories, so none alone is probable enough; together they are.
        Of such a place, the hits of the most probable family are raised.
        """
        found: list[_Hit] = []
        limit = max(self.threshold, _CLEAR)
        share = shares / max(1, int(shares.sum()))
        for place in _places(unsure):
            first = min(row[layout.H_START] for _, row in place)
            last = max(row[layout.H_END] for _, row in place)
            if any(row[layout.H_START] < last and first < row[layout.H_END] for _, row in raised):
                continue
            families: dict[str, NDArray[np.float64]] = {}
            for _, row in place:
                rule = self._rules[row[layout.H_RULE]]
                applies = row[layout.H_KINDS] >> self._numbers & 1
                before = families.get(rule.family, 0.0)
                families[rule.family] = np.maximum(before, applies * rule.strength)
            by_category = reduce(np.maximum, families.values())
            if float(by_category @ share) < limit:
                continue
            best = max(families, key=lambda family: float(families[family] @ share))
            found += [hit for hit in place if self._rules[hit[1][layout.H_RULE]].family == best]
        return found

    def _hits(
        self,
        texts: Sequence[str],
        categories: Sequence[str],
        media: Sequence[str],
        scopes: Sequence[str],
    ) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        coded = [text.encode("utf-8", "replace") for text in texts]
        offsets = np.zeros(len(coded) + 1, np.int64)
        np.cumsum([len(one) for one in coded], out=offsets[1:])
        data = np.frombuffer(b"".join(coded), np.uint8)
        hits, shares = self._desk().screen(
            data,
            offsets,
            np.array([self._categories.get(one, layout.ALL) for one in categories], np.int32),
            np.array([self._media.get(one, layout.ALL) for one in media], np.int32),
            np.array([one == FULL for one in scopes], np.int32),
        )
        return hits.copy(), shares.copy()

    def _desk(self) -> Desk:
        if not hasattr(self._local, "desk"):
            self._local.desk = Desk(self._arena)
        desk: Desk = self._local.desk
        return desk

    def _chances(self, hits: NDArray[np.int32]) -> NDArray[np.float64]:
        """The probability of each hit."""
        strength = self._strength[hits[:, layout.H_RULE]]
        share: NDArray[np.float64] = strength * hits[:, layout.H_SHARE] / 1000
        return share

    def _screened(
        self, text: str, category: str, hits: Sequence[_Hit], share: NDArray[np.int32]
    ) -> Screened:
        known = self.ruleset.categories
        probability = 1.0
        if category not in self._categories and len(known):
            best = int(share.argmax())
            category, probability = known[best].code, float(share[best]) / 1000
        findings = tuple(self._finding(text, one) for one in self._merged(hits)) if hits else ()
        return Screened(findings, category, probability)

    def _merged(self, hits: Sequence[_Hit]) -> list[_Merged]:
        """Hits of one family that overlap or stand near in one sentence as one finding."""
        merged: list[_Merged] = []
        families = [self._rules[row[layout.H_RULE]].family for _, row in hits]
        ordered = sorted(
            zip(families, hits, strict=True),
            key=lambda hit: (hit[0], *(hit[1][1][column] for column in _ORDER)),
        )
        for family, (chance, row) in ordered:
            if merged and merged[-1].joins(family, row):
                merged[-1].add(chance, row)
            else:
                merged.append(_Merged(family, [(chance, row)]))
        return sorted(merged, key=lambda one: (one.start < 0, one.start, one.end, one.family))

    def _finding(self, text: str, merged: _Merged) -> Finding:
        chance, best = max(merged.hits, key=lambda hit: (hit[0], -hit[1][layout.H_RULE]))
        rule = self._rules[best[layout.H_RULE]]
        start, end = merged.start, merged.end
        placed = start >= 0
        return Finding(
            family=rule.family,
            rule=rule.id,
            articles=rule.articles,
            penalty=rule.penalty,
            start=start if placed else None,
            end=end if placed else None,
            span=text[start:end] if placed else None,
            severity=rule.severity,
            probability=round(chance, 4),
            disguise=disguise(merged.how),
            reason=rule.reason_zh,
            remedy=rule.remedy_zh,
            version=self.version,
            parts=tuple(
                Part(self._rules[row[layout.H_RULE]].id, row[layout.H_START], row[layout.H_END])
                for _, row in merged.hits
                if placed
            ),
        )


def _places(hits: list[_Hit]) -> list[list[_Hit]]:
    """Hits by place: those that overlap are together; what is missing has none."""
    places: list[list[_Hit]] = []
    end = 0
    for hit in sorted(hits, key=lambda one: tuple(one[1][column] for column in _ORDER)):
        row = hit[1]
        if row[layout.H_START] < 0:
            continue
        if places and row[layout.H_START] < end:
            places[-1].append(hit)
        else:
            places.append([hit])
        end = max(end, row[layout.H_END])
    return places


class _Merged:
    """Hits of one family on their way to being one finding."""

    __slots__ = ("end", "family", "hits", "how", "start")

    def __init__(self, family: str, hits: list[_Hit]) -> None:
        row = hits[0][1]
        self.family, self.hits = family, hits
        self.start, self.end, self.how = (
            row[layout.H_START],
            row[layout.H_END],
            row[layout.H_HOW],
        )

    def joins(self, family: str, row: list[int]) -> bool:
        """Whether another hit, which begins no earlier, belongs to the same finding."""
        if family != self.family:
            return False
        if self.start < 0 or row[layout.H_START] < 0:
            return self.start < 0 and row[layout.H_START] < 0
        last = self.hits[-1][1]
        near = row[layout.H_START] - self.end <= _NEAR
        return row[layout.H_START] < self.end or (
            near and row[layout.H_SENTENCE] == last[layout.H_SENTENCE]
        )

    def add(self, chance: float, row: list[int]) -> None:
        """Take the hit in."""
        self.hits.append((chance, row))
        self.end = max(self.end, row[layout.H_END])
        self.how |= row[layout.H_HOW]
