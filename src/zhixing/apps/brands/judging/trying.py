"""A text judged without being kept: what an officer sees while typing."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from zhixing.apps.brands.actions.judge_names import LOWEST_PROBABILITY
from zhixing.apps.brands.judging.finding import Finding
from zhixing.apps.brands.judging.judge import judge
from zhixing.apps.brands.judging.names import Name, region_of
from zhixing.apps.brands.judging.standing import standing_guard
from zhixing.kit.actors import Actor

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a text is like, the most probable first, and how many brands it was compared with."""

    text: str
    findings: list[Finding]
    brands: int


def try_text(actor: Actor, kind: str, text: str) -> Verdict:
    """Judge a text as a name of that kind, seen today by the actor's own office, would be."""
    standing = standing_guard()
    office = actor.unit_path
    name = Name(
        kind, 0, text.strip(), office, region=region_of(office), acted_on=timezone.localdate()
    )
    found = judge([name], standing, LOWEST_PROBABILITY)
    found.sort(key=lambda each: -each.probability)
    brands = sum(office.startswith(mark.unit_path) for mark in standing.marks.values())
    return Verdict(name.text, found[:SHOWN], brands)
