"""What an alignment says, in words an officer can paste into a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhixing.engines.types import Reason

from . import align, decision, grammar, renderings
from .characters import LATIN_UNITS, SHAPE_SEEN, SOUND_HEARD, Characters, characters
from .cores import Cores
from .wording import REASONS, phrases, reason

__all__ = ["REASONS", "Comparison", "compare", "phrases", "reasons_of"]

_NOT_ALIKE = 0.5  # up to this score a pair is of no kind


@dataclass(frozen=True, slots=True)
class Comparison:
    """A mark and a name compared: score, probability, kind, reasons (strongest first)."""

    score: float
    probability: float
    kind: str
    reasons: tuple[Reason, ...]

    def rows(self) -> list[dict[str, Any]]:
        """The reasons as rows of the `REASONS` column."""
        return [reason.as_dict() for reason in self.reasons]

    def sentence(self) -> str:
        """All reasons as one sentence."""
        return ";".join(reason.text for reason in self.reasons)


def reasons_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
    """The reasons of one row of a result table."""
    return tuple(
        Reason(
            row["code"],
            row["text"],
            row["value"],
            {key: row[key] for key in ("position", "b_position", "a", "b", "channel")},
        )
        for row in rows
    )


def compare(
    mark: str,
    name: str,
    marks: Cores,
    mark_row: int,
    names: Cores,
    name_row: int,
    common: bool,
    everyday_name: bool,
    model: decision.Model,
) -> Comparison:
    """Compare two texts whose trade names are rows of ``marks`` and ``names``.

    ``common`` and ``everyday_name`` say whether mark and name are words of many traders. A mark
    that is such a word with its trade (雪花啤酒) is told by both: beside a name with the same trade
    words neither counts as an everyday word.
    """
    a, b = marks.of(mark_row), names.of(name_row)
    if not len(a) or not len(b):
        return Comparison(0.0, 0.0, "", ())
    if common and same_trade_words(marks, mark_row, names, name_row):
        common = everyday_name = False
    measured = measure(a, b, bool(common), bool(everyday_name))
    score, steps = measured.score, measured.steps
    pair = _Pair(mark, name, marks.positions_of(mark_row), names.positions_of(name_row))
    dressed = bool(names.traits[name_row] & grammar.HAS_DRESS) and not bool(
        marks.traits[mark_row] & grammar.HAS_DRESS
    )
    if (other := measured.other) is not None:
        a_text, b_text = pair.whole_mark(), pair.whole_name()
        at = _at(pair.name_at, 0)
        reasons = [reason(other.code, other.channel, score, b_position=at, a=a_text, b=b_text)]
        kind = other.kind
    else:
        reasons = list(_reasons(pair, steps))
        latin = bool((a <= LATIN_UNITS).any())
        kind = _kind([step[0] for step in steps], reasons, latin, dressed)
        if score <= _NOT_ALIKE:
            kind = ""
    chance = float(decision.probability(np.array(model.logit(measured.values))))
    if dressed:
        words = "、".join(f"“{word}”" for word in grammar.parse_name(name).shells)
        reasons.append(reason("dressed", "part", None, b=words))
    if common:
        reasons.append(reason("common", "identical", None, a=pair.whole_mark()))
    if everyday_name and score < 1:
        reasons.append(reason("everyday", "identical", None, b=pair.whole_name()))
    return Comparison(score, chance, kind, tuple(reasons))


def same_trade_words(marks: Cores, mark_row: int, names: Cores, name_row: int) -> bool:
    """Whether both trade names stand beside the very same words of a trade."""
    return bool(marks.words[mark_row] and marks.words[mark_row] == names.words[name_row])


class Other(NamedTuple):
    """How two whole names say the same although their signs are others."""

    code: str
    channel: str
    kind: str
    score: float


class Measured(NamedTuple):
    """A mark and a name compared, not yet told: score, decision features, operations."""

    score: float
    values: NDArray[np.float64]
    steps: list[list[int]]
    other: Other | None  # set when that is the stronger likeness


def measure(
    a: NDArray[np.uint16], b: NDArray[np.uint16], common: bool, everyday_name: bool
) -> Measured:
    """Compare two trade names that are not empty."""
    t, s = align.tables(), align.scratch_of_thread()
    values = np.zeros(len(decision.FEATURES))
    align.set_profile(b, t, s)
    least = align.cost(a, b, t, s)
    decision.features(a, b, least, common, everyday_name, t, s, values)
    steps = s.ops[: align.trace(a, b, t, s)][::-1].tolist()
    align.clear_profile(b, t, s)
    score = float(align.score_of(least, len(a), len(b)))
    other = _by_other_signs(a, b)
    if other is None or other.score <= score:
        return Measured(score, values, steps, None)
    decision.as_whole(a, other.score, other.code == "pinyin", values)
    return Measured(other.score, values, steps, other)


def _by_other_signs(a: NDArray[np.uint16], b: NDArray[np.uint16]) -> Other | None:
    if renderings.same_meaning(a, b):
        return Other("rendering", "meaning", "meaning", renderings.SAME_MEANING)
    if renderings.spelled_out(a, b):
        return Other("pinyin", "sound", "sound", renderings.SPELLED_OUT)
    return None


def operations(mark: NDArray[np.uint16], name: NDArray[np.uint16]) -> list[list[int]]:
    """The cheapest alignment of two trade names, first to last: operation, places, cost."""
    t, s = align.tables(), align.scratch_of_thread()
    align.set_profile(name, t, s)
    align.cost(mark, name, t, s)
    steps: list[list[int]] = s.ops[: align.trace(mark, name, t, s)][::-1].tolist()
    align.clear_profile(name, t, s)
    return steps


@dataclass(frozen=True, slots=True)
class _Pair:
    mark: str
    name: str
    mark_at: Sequence[int]
    name_at: Sequence[int]

    def a(self, i: int, count: int = 1) -> str:
        return "".join(self.mark[p] for p in self.mark_at[i : i + count])

    def b(self, j: int, count: int = 1) -> str:
        return "".join(self.name[p] for p in self.name_at[j : j + count])

    def whole_mark(self) -> str:
        return self.a(0, len(self.mark_at))

    def whole_name(self) -> str:
        return self.b(0, len(self.name_at))


def _reasons(pair: _Pair, steps: Sequence[Sequence[int]]) -> Iterable[Reason]:
    """One or two reasons an operation; characters that are the same need none."""
    if all(kind == align.MATCH for kind, *_ in steps):
        a, b = pair.whole_mark(), pair.whole_name()
        yield reason("identical", "identical", 1.0, a=a, b=b, b_position=_at(pair.name_at, 0))
        if a != b:
            yield reason("folded", "identical", 1.0, a=a, b=b)
        return
    known = characters()
    for at, (kind, i, j, paid) in enumerate(steps):
        where = (i + 1, _at(pair.name_at, j))
        left = 1 - paid / align.FULL
        if kind == align.CHANGE:
            yield from _changed(pair.a(i), pair.b(j), where, known)
        elif kind == align.SWAPPED:
            a, b = pair.a(i, 2), pair.b(j, 2)
            yield reason("order", "order", left, *where, a=a, b=b, said={"next": i + 2})
        elif kind == align.SHUFFLED:
            a, b = pair.whole_mark(), pair.whole_name()
            yield reason("shuffled", "order", left, *where, a=a, b=b)
        elif kind == align.ADDED:
            if at and steps[at - 1][0] == align.ADDED:
                continue  # told with the first of the run
            run = next((k for k, step in enumerate(steps[at:]) if step[0] != kind), len(steps) - at)
            more = pair.b(j, run)
            again = run == 1 and more in (pair.b(j - 1) if j else "", pair.b(j + 1))
            yield reason("repeated" if again else "added", "part", None, *where, b=more)
        elif kind == align.LOST:
            yield reason("lost", "part", None, *where, a=pair.a(i))


def _changed(a: str, b: str, where: tuple[int, int], known: Characters) -> Iterable[Reason]:
    """A character exchanged: alike by shape, by sound, by both, or by neither."""
    shape, sound = known.shape(a, b), known.sound(a, b)
    if a.isascii() or b.isascii():
        yield reason("letter", "latin", shape, *where, a=a, b=b)
        return
    means = known.means(a, b)
    if means:
        yield reason("meaning", "meaning", shape, *where, a=a, b=b)
    elif shape >= SHAPE_SEEN:
        yield reason("shape", "glyph", shape, *where, a=a, b=b)
    if sound >= SOUND_HEARD:
        pinyin_a, pinyin_b = known.closest_readings(a, b)
        code = "sound_same" if pinyin_a == pinyin_b else "sound"
        said = {"pinyin_a": pinyin_a, "pinyin_b": pinyin_b}
        yield reason(code, "sound", sound, *where, a=a, b=b, said=said)
    if shape < SHAPE_SEEN and sound < SOUND_HEARD and not means:
        yield reason("different", "glyph", max(shape, sound), *where, a=a, b=b)


def _at(positions: Sequence[int], j: int) -> int:
    return int(positions[j]) + 1 if j < len(positions) else 0


def _kind(steps: Sequence[int], reasons: Sequence[Reason], latin: bool, dressed: bool) -> str:
    """The strongest description of how the name resembles the mark; "" when it does not."""
    done = set(steps)
    if done == {align.MATCH}:
        return "affix" if dressed else "identical"
    if latin:
        return "latin"
    if done & {align.SWAPPED, align.SHUFFLED}:
        return "order"
    if align.CHANGE in done:
        codes = {reason.code for reason in reasons}
        shape, sound = "shape" in codes, bool(codes & {"sound", "sound_same"})
        if shape or sound:
            return "shape+sound" if shape and sound else "shape" if shape else "sound"
        return "meaning" if "meaning" in codes else ""
    if align.ADDED in done:
        return "insert"
    return "delete"
