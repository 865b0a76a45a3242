"""The least that any character of a mark can cost against a query, and what follows for a mark.

For a query every unit has a least cost: of changing it into whichever character of the query is
nearest. A mark cannot cost less than its characters' least costs together with the characters that
must be added or dropped because the lengths differ. Exchanged places cost more than nothing, and a
character that is dropped although the lengths do not force it makes another be added, which costs
more than any change. So what the bound rules out need not be aligned, and nothing is lost by that.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import align
from .characters import characters
from .compiled import kernel

# Channels: what may count as likeness of two characters.
ALL, GLYPH, SOUND = range(3)


class Voices(NamedTuple):
    """Units by syllable: those reading as ``s`` are ``units[starts[s]:starts[s + 1]]``."""

    starts: NDArray[np.int32]
    units: NDArray[np.uint16]


class Near(NamedTuple):
    """The least costs of one query, for one thread."""

    best: NDArray[np.uint8]  # unit -> least cost; `align.FULL` where nothing is alike
    units: NDArray[np.uint16]  # units with a lower cost, cheapest first
    costs: NDArray[np.uint8]
    met: NDArray[np.uint16]
    tally: NDArray[np.int32]


def near() -> Near:
    """Fresh working memory."""
    size = len(characters().codes)
    return Near(
        np.full(size, align.FULL, np.uint8),
        np.zeros(size, np.uint16),
        np.zeros(size, np.uint8),
        np.zeros(size, np.uint16),
        np.zeros(align.FULL + 1, np.int32),
    )


def voices(present: NDArray[np.uint8]) -> Voices:
    """The units that occur in an index, by syllable."""
    readings, syllables = _readings()
    unit, column = np.nonzero(readings)
    once = (column == 0) | (readings[unit, 0] != readings[unit, 1])
    kept = once & (present[unit] > 0)
    unit, syllable = unit[kept], readings[unit[kept], column[kept]]
    order = np.argsort(syllable, kind="stable")
    starts = np.zeros(syllables + 1, np.int32)
    np.cumsum(np.bincount(syllable, minlength=syllables), out=starts[1:])
    held = unit[order].astype(np.uint16)
    starts.flags.writeable = held.flags.writeable = False
    return Voices(starts, held)


@cache
def _readings() -> tuple[NDArray[np.uint16], int]:
    known = characters()
    return known.readings, len(known.syllables)


@kernel
def set_channel(query: NDArray[np.uint16], t: align.Tables, s: align.Scratch, channel: int) -> None:
    """Blank the part of a loaded profile that ``channel`` does not hear or see."""
    for j in range(len(query)):
        if channel == GLYPH:
            s.sound[j, :] = 0
        elif channel == SOUND:
            for at in range(t.shape_start[query[j]], t.shape_start[query[j] + 1]):
                s.shape[j, t.shape_unit[at]] = 0


@kernel
def set_near(
    query: NDArray[np.uint16],
    present: NDArray[np.uint8],
    v: Voices,
    t: align.Tables,
    s: align.Scratch,
    cap: int,
    w: Near,
) -> int:
    """Find the least costs of the query whose profile is loaded; returns how many are near.

    Costs above ``cap`` need not be found: they may be taken for one whole character.
    `clear_near` must follow before the next query.
    """
    met = 0
    for j in range(len(query)):
        own = query[j]
        if own != 0 and present[own]:
            met = _lower(own, 0, w, met)
        for at in range(t.shape_start[own], t.shape_start[own + 1]):
            unit = t.shape_unit[at]
            if present[unit]:
                cost = _change(unit, j, t, s)
                if cost <= cap:
                    met = _lower(unit, cost, w, met)
        if align.change_cost(0, align.FULL) > cap:
            continue  # what sounds alike and does not look alike costs more
        for syllable in range(1, len(v.starts) - 1):
            heard = s.sound[j, syllable]
            if heard and align.change_cost(0, heard) <= cap:
                for at in range(v.starts[syllable], v.starts[syllable + 1]):
                    unit = v.units[at]
                    met = _lower(unit, _change(unit, j, t, s), w, met)
    w.tally[:] = 0
    for at in range(met):
        w.tally[w.best[w.met[at]]] += 1
    total = 0
    for cost in range(len(w.tally)):
        total, w.tally[cost] = total + w.tally[cost], total
    for at in range(met):
        unit = w.met[at]
        cost = w.best[unit]
        w.units[w.tally[cost]] = unit
        w.costs[w.tally[cost]] = cost
        w.tally[cost] += 1
    return met


@kernel
def clear_near(count: int, w: Near) -> None:
    """Undo `set_near`, touching only what it wrote."""
    for at in range(count):
        w.best[w.met[at]] = align.FULL


@kernel
def _change(unit: int, j: int, t: align.Tables, s: align.Scratch) -> int:
    sound = max(s.sound[j, t.readings[unit, 0]], s.sound[j, t.readings[unit, 1]])
    return align.change_cost(s.shape[j, unit], sound)


@kernel
def _lower(unit: int, cost: int, w: Near, met: int) -> int:
    if cost < w.best[unit]:
        if w.best[unit] == align.FULL:
            w.met[met] = unit
            met += 1
        w.best[unit] = cost
    return met


@kernel
def forced(n: int, m: int) -> int:
    """Cost of characters dropped or added because mark and query differ in length."""
    return align.INSERT * (m - n) if m > n else align.DELETE * (n - m)


@kernel
def least_cost(
    cells: NDArray[np.uint16], at: int, n: int, m: int, most: int, best: NDArray[np.uint8]
) -> int:
    """Bound of a mark of ``n`` units at ``cells[at]``; any number above ``most`` means too much."""
    total = forced(n, m)
    if n <= m:
        for place in range(n):
            total += int(best[cells[at + place]])
            if total > most:
                return total
        return total
    # The n - m costliest characters are taken to be the dropped ones; from the third on none is
    # dearer than the second. Those that stay cost at least as much as the cheapest each.
    first, second, cheapest = 0, 0, align.FULL
    kept = forced(n, m)
    for place in range(n):
        cost = int(best[cells[at + place]])
        total += cost
        cheapest = min(cheapest, cost)
        if cost > first:
            first, second = cost, first
        elif cost > second:
            second = cost
    return int(max(total - first - second * (n - m - 1), kept + m * cheapest))
