"""How good a rule set is on labelled cases: recall, precision and lawful ads flagged.

A labelled violation is found when a finding of its family overlaps its span by a character (an
absence: when its family is raised). A finding is right when it finds a label; families a case
calls optional count neither way. Cases are as in the README of the ad data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .findings import Finding, Screened


@dataclass(slots=True)
class Score:
    """Counts over cases; each pair is (right, of)."""

    clean: list[int] = field(default_factory=lambda: [0, 0])
    disguised: list[int] = field(default_factory=lambda: [0, 0])
    precision: list[int] = field(default_factory=lambda: [0, 0])
    lawful: list[int] = field(default_factory=lambda: [0, 0])
    found: Counter[str] = field(default_factory=Counter)
    labelled: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    raised: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, list[int]] = field(default_factory=dict)
    missed: list[tuple[Mapping[str, Any], Mapping[str, Any]]] = field(default_factory=list)
    wrong: list[tuple[Mapping[str, Any], Finding]] = field(default_factory=list)


def score(cases: Sequence[Mapping[str, Any]], screened: Iterable[Screened]) -> Score:
    """The counts of all cases against what was raised for them."""
    total = Score()
    for case, ad in zip(cases, screened, strict=True):
        _count(total, case, ad.findings)
    return total


def _count(total: Score, case: Mapping[str, Any], findings: Sequence[Finding]) -> None:
    labels = case["violations"]
    kind = case.get("obfuscation") or ""
    for label in labels:
        is_found = any(_finds(one, label) for one in findings)
        for pair in (
            total.disguised if kind else total.clean,
            total.kinds.setdefault(kind or "clean", [0, 0]),
        ):
            pair[0] += is_found
            pair[1] += 1
        total.labelled[label["family"]] += 1
        total.found[label["family"]] += is_found
        if not is_found:
            total.missed.append((case, label))
    counted = [one for one in findings if one.family not in case.get("optional", ())]
    for one in counted:
        is_right = any(_finds(one, label) for label in labels)
        total.precision[0] += is_right
        total.precision[1] += 1
        total.raised[one.family] += 1
        total.right[one.family] += is_right
        if not is_right:
            total.wrong.append((case, one))
    if case.get("lawful"):
        total.lawful[0] += bool(counted)
        total.lawful[1] += 1


def _finds(finding: Finding, label: Mapping[str, Any]) -> bool:
    if finding.family != label["family"]:
        return False
    if label.get("start") is None or finding.start is None or finding.end is None:
        return label.get("start") is None and finding.start is None
    return bool(finding.start < label["end"] and label["start"] < finding.end)
