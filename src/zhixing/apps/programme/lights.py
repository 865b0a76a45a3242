"""The lights of the board: explicit rules, written out in docs/methods/board-light.md.

A light never says more than the figures do: an interval that reaches over the target is "cannot
tell", and what nobody counts is "not monitored yet", never good.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhixing.apps.programme.amounts import amount
from zhixing.apps.programme.spans import Span
from zhixing.kit.indicators import Figure
from zhixing.law.programme import Cadence

GOOD, LATE, BAD, UNKNOWN, UNMONITORED = "good", "late", "bad", "unknown", "unmonitored"
# From worst to best.
ORDER = (BAD, LATE, UNKNOWN, GOOD)
# Figures that add up over the year; a yearly target is due in proportion to the days passed.
CUMULATIVE = frozenset({"count", "per_1000"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """A light and the sentence that says why."""

    light: str
    why: str


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure is held against.

    Attributes:
        unit: of the indicator: share, count, score, per_1000 or days.
        direction: what is better: up, down, or hold (not worse than the base year).
        target: the number asked for; None where only the base year counts.
        base: the figure of the base year, or None when it was not counted.
    """

    unit: str
    direction: str
    target: float | None = None
    base: Figure | None = None


def worst(lights: Iterable[str]) -> str:
    """The worst of the lights; "not monitored yet" when none of them is monitored."""
    seen = set(lights)
    return next((light for light in ORDER if light in seen), UNMONITORED)


def judge_item(parts: Sequence[Judgement | None]) -> tuple[str, list[str]]:
    """Light and sentences of an item from the parts the programme asks for.

    Args:
        parts: figure and rounds, as far as the programme asks for them; None for a part that no
            app counts yet. With one part uncounted the item can be no better than "cannot tell".
    """
    counted = [part for part in parts if part is not None]
    if not counted:
        return UNMONITORED, [_("No part of the platform counts this yet.")]
    sentences = [part.why for part in counted]
    lights = [part.light for part in counted]
    if len(counted) < len(parts):
        lights.append(UNKNOWN)
        sentences.append(_("Another part of this item is not counted yet."))
    return worst(lights), sentences


def judge_figure(figure: Figure, goal: Goal, span: Span) -> Judgement:
    """The light of a figure against its target, or without one against the base year."""
    if figure.value is None:
        return Judgement(UNKNOWN, _("There is nothing to count yet."))
    if goal.target is not None:
        return _against_target(figure, goal, span)
    if goal.base is not None and goal.base.value is not None:
        return _against_base(figure, goal.base, goal, span)
    return Judgement(
        UNKNOWN, _("There is neither a target nor a figure of the base year to hold it against.")
    )


def _against_target(figure: Figure, goal: Goal, span: Span) -> Judgement:
    assert goal.target is not None
    due = _due(goal.target, goal, span)
    told = {"target": amount(goal.target, goal.unit), "due": amount(due, goal.unit)}
    low, high = _oriented(figure, goal)
    if low >= _turned(due, goal):
        if due != goal.target:
            return Judgement(GOOD, _("Meets the %(due)s due by now of %(target)s.") % told)
        return Judgement(GOOD, _("Meets the target of %(target)s.") % told)
    if high < _turned(due, goal):
        if span.is_over:
            return Judgement(BAD, _("The year is over and the target of %(target)s missed.") % told)
        if _can_recover(high, goal):
            return Judgement(LATE, _("Misses the %(due)s due by now of %(target)s.") % told)
        return Judgement(BAD, _("Misses the target of %(target)s.") % told)
    if due != goal.target:
        return Judgement(
            UNKNOWN, _("The interval reaches over the %(due)s due by now of %(target)s.") % told
        )
    return Judgement(UNKNOWN, _("The interval reaches over the target of %(target)s.") % told)


def _due(target: float, goal: Goal, span: Span) -> float:
    """The part of a yearly target that is due by the day of looking."""
    if goal.unit not in CUMULATIVE or span.elapsed >= 1:
        return target
    part = target * span.elapsed
    if goal.unit != "count":
        return part
    return ceil(part) if goal.direction == "down" else floor(part)


def _can_recover(high: float, goal: Goal) -> bool:
    """Whether a figure that adds up is only behind: what should fall must not be used up yet."""
    if goal.unit not in CUMULATIVE:
        return False
    return goal.direction != "down" or (goal.target is not None and high >= -goal.target)


def _against_base(figure: Figure, base: Figure, goal: Goal, span: Span) -> Judgement:
    low, high = _oriented(figure, goal)
    base_low, base_high = _oriented(base, goal)
    told = {"base": amount(base.value, goal.unit)}
    if high < base_low:
        if goal.unit in CUMULATIVE and not span.is_over:
            return Judgement(
                LATE, _("Worse than the same days of the base year (%(base)s).") % told
            )
        return Judgement(BAD, _("Worse than the base year (%(base)s).") % told)
    if goal.direction == "hold" and low >= base_high:
        return Judgement(GOOD, _("Not worse than the base year (%(base)s).") % told)
    if low > base_high:
        return Judgement(GOOD, _("Better than the base year (%(base)s).") % told)
    return Judgement(
        UNKNOWN, _("Neither clearly better nor clearly worse than the base year (%(base)s).") % told
    )


def _turned(value: float, goal: Goal) -> float:
    """A value turned so that more is better."""
    return -value if goal.direction == "down" else value


def _oriented(figure: Figure, goal: Goal) -> tuple[float, float]:
    """The figure's interval, or its value twice, turned so that more is better."""
    assert figure.value is not None
    ends = figure.interval or (figure.value, figure.value)
    low, high = sorted(_turned(end, goal) for end in ends)
    return low, high


def judge_cadence(cadence: Cadence, held: int, span: Span) -> Judgement:
    """The light of rounds held against rounds due, evenly spread over the year.

    Rounds that are missing can no longer fit when fewer days are left than rounds are missing.
    """
    if cadence.kind == "continuous":
        return Judgement(
            UNKNOWN, _("Rounds are held, but no number is asked for and no figure is counted.")
        )
    if cadence.kind == "once":
        if held:
            return Judgement(GOOD, _("Done."))
        missed = Judgement(BAD, _("The year is over and this was not done."))
        return missed if span.is_over else Judgement(UNKNOWN, _("Not done yet; once is asked for."))
    assert cadence.times is not None
    due = span.rounds_due(cadence.times)
    told = {"held": held, "due": due, "times": cadence.times, "missing": cadence.times - held}
    if held >= due:
        return Judgement(GOOD, _("%(held)d held of %(due)d due by now (%(times)d a year).") % told)
    if span.is_over:
        return Judgement(BAD, _("The year is over with %(held)d of %(times)d rounds held.") % told)
    if told["missing"] > span.days_left:
        return Judgement(BAD, _("The %(missing)d missing can no longer fit into the year.") % told)
    text = ngettext(
        "%(held)d held, %(due)d was due by now (%(times)d a year).",
        "%(held)d held, %(due)d were due by now (%(times)d a year).",
        due,
    )
    return Judgement(LATE, text % told)
