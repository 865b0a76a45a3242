"""The best marks of a query, found without looking at most of them and without missing any.

Likeness is cut into 256 steps of `slack` (0 is identical). Level by level the names whose bound
lies within the level's slack are collected and aligned in the order of their bounds; when enough
rows are found that nothing left over can reach, the search is done.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import align, bounds
from .bounds import Near, Voices
from .characters import LATIN_UNITS
from .compiled import kernel
from .cores import MAX_UNITS
from .postings import (
    BLOCK,
    CELL,
    CELLS,
    COUNT,
    FIRST,
    IDS,
    INLINE,
    KIND,
    LENGTH,
    PLACE,
    POINTER,
    SKIP,
    SPAN,
    STARTS,
    WIDTH,
    Postings,
)

STEPS = 256
LEAST_SCORE = 0.34  # with hardly a third of the characters nothing is worth showing
MOST_SLACK = 168  # int(STEPS * (1 - LEAST_SCORE))
LEVELS = np.array([30, 50, 70, 90, 110, 130, MOST_SLACK], np.int64)
ROWS = 0x7FFFFFFF
SCALE = 1 << 20
LOWEST_RANK = int(LEAST_SCORE * SCALE) << 32


class Work(NamedTuple):
    """Working memory of one thread for one segment of an index."""

    near: Near
    found: NDArray[np.int32]  # names whose bound is within the level
    slack: NDArray[np.uint8]
    block: NDArray[np.uint8]
    order: NDArray[np.int32]
    starts: NDArray[np.int64]  # (STEPS + 2,)
    rows: NDArray[np.int64]  # (STEPS + 1,) rows found by slack
    scored: NDArray[np.int64]  # score and name of what was aligned
    upto: NDArray[np.int64]  # length of names -> greatest slack that is collected


def work(postings: Postings) -> Work:
    """Fresh working memory. Long arrays take up memory only as far as they are used."""
    names = postings.names
    return Work(
        bounds.near(),
        np.empty(names, np.int32),
        np.empty(names, np.uint8),
        np.empty(names, np.uint8),
        np.empty(names, np.int32),
        np.zeros(STEPS + 2, np.int64),
        np.zeros(STEPS + 1, np.int64),
        np.empty(names, np.int64),
        np.zeros(MAX_UNITS + 1, np.int64),
    )


@kernel
def collect(p: Postings, near_count: int, m: int, above: int, w: Work) -> int:
    """Names whose bound has a slack above ``above`` and within ``w.upto`` of their length.

    Each once, into ``w``; returns their number.
    """
    count = 0
    best = w.near.best
    for which in range(len(p.lists)):
        kind, n = p.lists[which, KIND], int(p.lists[which, LENGTH])
        longest, fewest = max(n, m), min(n, m)
        if longest > 3 * fewest:
            continue
        whole = align.FULL * longest
        most = ((w.upto[n] + 1) * whole - 1) // STEPS
        least = ((above + 1) * whole - 1) // STEPS
        forced = bounds.forced(n, m)
        if forced > most:
            continue
        # One of the characters that stay costs at most the mean of what they may cost together.
        limit = (most - forced) // fewest
        block = p.lists[which, BLOCK]
        first = p.blocks[block, FIRST]
        cells = p.lists[which, CELLS]
        before = count
        if kind == INLINE:
            count = _inline(p, which, n, m, limit, least, most, near_count, w, count)
        elif kind == POINTER:
            base, ids = p.lists[which, STARTS], p.lists[which, IDS]
            for x in range(near_count):
                cost = w.near.costs[x]
                if cost > limit:
                    break
                unit = w.near.units[x]
                for entry in range(p.starts[base + unit], p.starts[base + unit + 1]):
                    name = p.ids[ids + entry]
                    at = cells + name * n
                    total = bounds.least_cost(p.cells, at, n, m, most, best)
                    if least < total <= most and _cheapest(p.cells, at, n, best) == unit:
                        w.found[count] = first + name
                        w.slack[count] = total * STEPS // whole
                        count += 1
        elif _any_near(p, cells, n, limit, best):
            for name in range(p.blocks[block, COUNT]):
                total = bounds.least_cost(p.cells, cells + name * n, n, m, most, best)
                if least < total <= most:
                    w.found[count] = first + name
                    w.slack[count] = total * STEPS // whole
                    count += 1
        w.block[before:count] = block
    return count


@kernel
def _inline(
    p: Postings, which: int, n: int, m: int, limit: int, least: int, most: int,
    near_count: int, w: Work, count: int,
) -> int:  # fmt: skip
    """`collect` for a list with the other characters inline."""
    best, starts, cells = w.near.best, p.starts, p.cells
    base, ids = p.lists[which, STARTS], p.lists[which, IDS]
    width, skip = int(p.lists[which, WIDTH]), int(p.lists[which, SKIP])
    shift = p.lists[which, CELLS] + skip
    place = int(p.lists[which, PLACE])
    first = p.blocks[p.lists[which, BLOCK], FIRST]
    forced = bounds.forced(n, m)
    dropped = max(0, n - m)
    whole = align.FULL * max(n, m)
    for x in range(near_count):
        own = int(w.near.costs[x])
        if own > limit:
            break
        unit = w.near.units[x]
        for entry in range(starts[base + unit], starts[base + unit + 1]):
            at = np.uint64(shift + entry * width)  # an unsigned index spares a check each
            one, two, three = 0, 0, 0
            if n > 1:
                one = int(best[cells[at]])
                if dropped == 0 and own + forced + one > most:
                    continue
            if n > 2:
                two = int(best[cells[at + np.uint64(1)]])
                if dropped == 0 and own + forced + one + two > most:
                    continue
            if n > 3:
                three = int(best[cells[at + np.uint64(2)]])
            total = own + forced + one + two + three
            if dropped:
                high, other = max(own, one), max(two, three)
                total -= max(high, other)
                if dropped == 2:
                    low = min(own, one) if high >= other else min(two, three)
                    total -= max(low, min(high, other))
            if total > most or total <= least:
                continue
            again = False  # the list of another place, where it is nearer or comes first, has it
            for k in range(n - 1):
                cost = int(best[cells[at + np.uint64(k)]])
                again = again or cost < own or (cost == own and k < place)
            if again:
                continue
            name = entry if ids < 0 else p.ids[ids + entry]
            w.found[count] = first + name
            w.slack[count] = total * STEPS // whole
            count += 1
    return count


@kernel
def _cheapest(cells: NDArray[np.uint16], at: int, n: int, best: NDArray[np.uint8]) -> int:
    unit = cells[at]
    for place in range(1, n):
        if best[cells[at + place]] < best[unit]:
            unit = cells[at + place]
    return int(unit)


@kernel
def _any_near(p: Postings, cells: int, n: int, limit: int, best: NDArray[np.uint8]) -> bool:
    """Whether a block read whole can hold anything: Latin names hold nothing but letters."""
    for place in range(n):
        unit = p.cells[cells + place]
        if unit == 0 or unit > LATIN_UNITS:
            return True
    return bool(best[1 : LATIN_UNITS + 1].min() <= limit)


@kernel
def _by_slack(count: int, w: Work) -> None:
    """Order what was collected by slack, into ``w.order``; ``w.starts`` tells where each begins."""
    w.starts[:] = 0
    for at in range(count):
        w.starts[w.slack[at] + 2] += 1
    for step in range(2, len(w.starts)):
        w.starts[step] += w.starts[step - 1]
    for at in range(count):
        step = w.slack[at] + 1
        w.order[w.starts[step]] = at
        w.starts[step] += 1


@kernel
def counted(name: int, p: Postings, kept: NDArray[np.bool_], k: int) -> int:
    """Rows bearing a name that may be shown, counted up to ``k``; no ``kept`` means all rows."""
    begin, end = p.member_start[name], p.member_start[name + 1]
    if not len(kept):
        return int(min(k, end - begin))
    count = 0
    for at in range(begin, end):
        if kept[p.members[at]]:
            count += 1
            if count == k:
                break
    return count


@kernel
def seek(
    query: NDArray[np.uint16],
    words: int,
    k: int,
    each: int,
    channel: int,
    exhaustive: bool,
    p: Postings,
    v: Voices,
    kept: NDArray[np.bool_],
    t: align.Tables,
    s: align.Scratch,
    w: Work,
    ranks: NDArray[np.int64],
) -> int:
    """Sortable numbers of rows, the best ``k`` among them, into ``ranks``; their number.

    At most ``each`` rows of one trade name are taken, bare marks first: the many bearers of one
    name must not hide the next. Beside them the first that has the trade ``words`` of the query.

    A number is made of the score, then a bare mark before a full name, then the row; see `ROWS`.
    Returns a negative number when ``ranks`` is too short: minus the length it must have.
    ``exhaustive`` aligns every name: the audit of the bounds.
    """
    m = len(query)
    if m == 0 or len(p.blocks) == 0:
        return 0
    align.set_profile(query, t, s)
    bounds.set_channel(query, t, s, channel)
    w.rows[:] = 0
    scored = _everything(query, each, p, kept, t, s, w) if exhaustive else 0
    if not exhaustive:
        near_count = bounds.set_near(query, p.present, v, t, s, align.FULL, w.near)
        above, total = -1, 0
        for upto in LEVELS:
            w.upto[:] = upto
            count = collect(p, near_count, m, above, w)
            _by_slack(count, w)
            done = False
            for step in range(above + 1, upto + 1):
                for x in range(w.starts[step], w.starts[step + 1]):
                    at = w.order[x]
                    block = w.block[at]
                    scored = _align(query, w.found[at], block, each, p, kept, t, s, w, scored)
                total += w.rows[step]
                if total >= k:
                    done = True
                    break
            if done:
                break
            above = upto
        bounds.clear_near(near_count, w.near)
    align.clear_profile(query, t, s)
    return _expand(scored, words, k, each, p, kept, w, ranks)


@kernel
def _everything(
    query: NDArray[np.uint16], k: int, p: Postings, kept: NDArray[np.bool_],
    t: align.Tables, s: align.Scratch, w: Work,
) -> int:  # fmt: skip
    scored = 0
    for block in range(len(p.blocks)):
        n, m = p.blocks[block, SPAN], len(query)
        if max(n, m) > 3 * min(n, m):
            continue
        first = p.blocks[block, FIRST]
        for name in range(first, first + p.blocks[block, COUNT]):
            scored = _align(query, name, block, k, p, kept, t, s, w, scored)
    return scored


@kernel
def units_of(name: int, block: int, p: Postings) -> NDArray[np.uint16]:
    """The units of a distinct name."""
    n = p.blocks[block, SPAN]
    at = p.blocks[block, CELL] + (name - p.blocks[block, FIRST]) * n
    return p.cells[at : at + n]


@kernel
def _align(
    query: NDArray[np.uint16], name: int, block: int, k: int, p: Postings,
    kept: NDArray[np.bool_], t: align.Tables, s: align.Scratch, w: Work, scored: int,
) -> int:  # fmt: skip
    """Align one name; note its score when it is worth showing and has rows to show."""
    mark = units_of(name, block, p)
    n, m = len(mark), len(query)
    least = align.cost(mark, query, t, s)
    slack = least * STEPS // (align.FULL * max(n, m))
    if slack > MOST_SLACK:
        return scored
    rows = counted(name, p, kept, k)
    if rows:
        w.rows[slack] += rows
        w.scored[scored] = (np.int64(align.score_of(least, n, m) * SCALE) << 32) | name
        scored += 1
    return scored


@kernel
def _expand(
    scored: int, words: int, k: int, each: int, p: Postings, kept: NDArray[np.bool_], w: Work,
    ranks: NDArray[np.int64],
) -> int:  # fmt: skip
    """Rows of the names scored, as far as they can be among the best ``k``."""
    total, last = 0, 0
    for step in range(len(w.rows)):
        total += w.rows[step]
        last = step
        if total >= k:
            break
    if 2 * total > len(ranks):
        return -2 * total
    # Scores of one step of slack share a step of score; one more for rounding.
    lowest = np.int64((1.0 - (last + 2) / STEPS) * SCALE)
    count = 0
    for at in range(scored):
        score, name = w.scored[at] >> 32, w.scored[at] & ROWS
        if score < lowest:
            continue
        shown, told = 0, words == 0
        for x in range(p.member_start[name], p.member_start[name + 1]):
            row = p.members[x]
            if len(kept) and not kept[row]:
                continue
            same = not told and p.words[row - p.first_row[0]] == words
            if shown == each and not same:
                continue
            if count == len(ranks):
                return -2 * len(ranks)
            bare = np.int64(p.bare[row - p.first_row[0]])
            ranks[count] = (score << 32) | (bare << 31) | (ROWS - row)
            count += 1
            shown += 0 if shown == each else 1
            told = told or same
            if shown == each and told:
                break
    return count
