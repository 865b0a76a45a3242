"""Look-alikes and ordinary names made by rule, to fit and test the engine on.

The techniques are those of published cases: a character exchanged for one of like shape or sound,
neighbours swapped, a dressing character added, a letter doubled or exchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from zhixing.engines.lookalike.characters import LATIN_UNITS, Characters, characters
from zhixing.engines.lookalike.words import sections

_PLAIN = 16.0  # characters rarer than this are not used by imitators here
_COMMON = 0.2  # share of ordinary trade names that are everybody's words
_LENGTHS = ((2, 0.7), (3, 0.14), (4, 0.16))  # of ordinary trade names


def imitations(marks: Sequence[str], rng: np.random.Generator) -> Iterator[tuple[str, str, str]]:
    """(mark, look-alike, kind) for every technique that suits each mark."""
    known = characters()
    affixes = [word for word in sections("generic")["affix"] if len(word) == 1]
    for mark in marks:
        units = [known.unit(character) for character in mark]
        if len(mark) < 2 or 0 in units:
            continue
        place = int(rng.integers(len(mark)))
        if all(unit <= LATIN_UNITS for unit in units):
            yield from _latin(mark, place, known, rng)
            continue
        for kind, options in (
            ("shape", _same_shape(units[place], known)),
            ("sound", _same_sound(units[place], known)),
        ):
            if options:
                other = options[int(rng.integers(len(options)))]
                yield mark, mark[:place] + other + mark[place + 1 :], kind
        if len(mark) > 2 and place and mark[place - 1] != mark[place]:
            swapped = mark[: place - 1] + mark[place] + mark[place - 1] + mark[place + 1 :]
            yield mark, swapped, "order"
        affix = affixes[int(rng.integers(len(affixes)))]
        yield mark, affix + mark if place % 2 else mark + affix, "insert"
        yield mark, mark, "identical"


def near_misses(marks: Sequence[str], rng: np.random.Generator) -> Iterator[tuple[str, str]]:
    """(mark, name) that share characters and are not alike.

    Some characters are exchanged at random, or the mark stands inside a much longer name.
    """
    known = characters()
    strangers = ordinary_names(4 * len(marks) + 1, rng)
    for at, mark in enumerate(marks):
        if len(mark) < 2:
            continue
        yield mark, mark + "".join(strangers[4 * at + 3 : 4 * at + 5])
        for stranger in strangers[4 * at : 4 * at + 3]:
            keep = int(rng.integers(1, max(2, len(mark) - 1)))
            start = int(rng.integers(len(mark) - keep + 1))
            kept = mark[start : start + keep]
            name = stranger[: len(mark) - keep] if start else ""
            name = name + kept if start else kept + stranger[: len(mark) - keep]
            changed = [(x, y) for x, y in zip(mark, name, strict=False) if x != y]
            if changed and all(known.shape(x, y) < 0.6 > known.sound(x, y) for x, y in changed):
                yield mark, name


def ordinary_names(count: int, rng: np.random.Generator) -> list[str]:
    """Trade names drawn by the commonness of characters, some of them everyday words."""
    known = characters()
    chance = np.where(known.bits <= _PLAIN, np.exp2(-known.bits.astype(float)), 0)
    chance[: LATIN_UNITS + 1] = 0
    chance /= chance.sum()
    lengths = rng.choice([n for n, _ in _LENGTHS], count, p=[p for _, p in _LENGTHS])
    units = rng.choice(len(chance), int(lengths.sum()), p=chance)
    text = "".join(chr(code) for code in known.codes[units])
    ends = np.cumsum(lengths)
    names = [text[end - length : end] for end, length in zip(ends, lengths, strict=True)]
    words = sections("generic")["common"]
    for row in np.flatnonzero(rng.random(count) < _COMMON):
        names[row] = words[int(rng.integers(len(words)))]
    return names


def _same_shape(unit: int, known: Characters) -> list[str]:
    rows = slice(known.shape_start[unit], known.shape_start[unit + 1])
    near = known.shape_unit[rows][known.shape_score[rows] >= 0.7 * 255]
    return [chr(known.codes[u]) for u in near[:20] if known.bits[u] <= _PLAIN]


def _same_sound(unit: int, known: Characters) -> list[str]:
    syllable = known.readings[unit, 0]
    if not syllable:
        return []
    alike = np.flatnonzero((known.readings[:, 0] == syllable) & (known.bits <= _PLAIN))
    return [chr(known.codes[u]) for u in alike if u != unit]


def _latin(
    mark: str, place: int, known: Characters, rng: np.random.Generator
) -> Iterator[tuple[str, str, str]]:
    unit = known.unit(mark[place])
    rows = slice(known.shape_start[unit], known.shape_start[unit + 1])
    near = known.shape_unit[rows][known.shape_score[rows] >= 0.75 * 255]
    if len(near):
        other = chr(known.codes[near[int(rng.integers(len(near)))]]).upper()
        yield mark, mark[:place] + other + mark[place + 1 :], "latin"
    yield mark, mark[:place] + mark[place] + mark[place:], "latin"
    yield mark, mark, "identical"
