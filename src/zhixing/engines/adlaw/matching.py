"""Kernels that match rules: sequences of events, their conditions, and one ad after the other.

A plan is tried only around its rarest step: an event of that step *arms* the plan, and when the
whole ad is read the steps before and behind are looked for among the events near it. Conditions
are tried only for hits; only then are the events of the ad threaded by symbol.
"""

from __future__ import annotations

import math
from typing import Any

from . import events as finding
from .compiled import kernel
from .events import E_BITS, E_END, E_START, E_TERM
from .layout import (
    ABSENT,
    ABSENT_PLANS,
    ABSENT_START,
    AFTER,
    ALL,
    ARM_START,
    ARMS,
    AROUND,
    BEFORE,
    CHANGED,
    CLAUSE,
    COMPANY,
    CUE_START,
    CUES,
    DIGIT,
    H_AD,
    H_CATEGORY,
    H_END,
    H_EXEMPT,
    H_FIRST,
    H_HOW,
    H_KINDS,
    H_LAST,
    H_PLAN,
    H_RULE,
    H_SENTENCE,
    H_SHARE,
    H_START,
    IN_CLAUSE,
    IN_SENTENCE,
    IN_TEXT,
    INFO,
    LONGEST,
    NUMBERS,
    NUMERAL,
    ONE,
    OWNER_START,
    OWNERS,
    P_ANCHOR,
    P_AT_END,
    P_AT_START,
    P_CATEGORIES,
    P_END_GAP,
    P_FIRST,
    P_MEDIA,
    P_STEPS,
    P_WIDTH,
    PLANS,
    PRIORS,
    R_CATEGORIES,
    R_END,
    R_MEDIA,
    R_NEEDS,
    R_UNLESS,
    R_WIDTH,
    RULES,
    S_COMMAS,
    S_GAP,
    S_SYMBOL,
    S_WIDTH,
    STEPS,
    T_CATEGORIES,
    T_END,
    T_FIRST,
    T_WIDTH,
    T_WITHIN,
    TERM_START,
    TERM_SYMBOLS,
    TEST_PLANS,
    TESTS,
)
from .reading import AT, BEGIN, CLAUSES, CODE, FIRST, SENTENCES, TOKEN, read, syllables

A_PLAN, A_EVENT, ARMED_ROWS = range(3)
C_PLAN, C_START, C_END, C_BITS, CANDIDATE_ROWS = range(5)
# Rows of the search through the steps of a plan, by step.
D_PLACE, D_EVENT, D_EDGE, D_BITS, DEEP_ROWS = range(5)

# Why the kernel stopped: all ads done, or an array was too small for the next one.
DONE, MORE_CHARACTERS, MORE_EVENTS, MORE_ARMED, MORE_LINKS, MORE_CANDIDATES, MORE_HITS = range(7)


@kernel
def _is_in(arena: Any, term: int, symbol: int, bits: int) -> bool:
    """Whether an event of a term counts as a symbol."""
    starts, rows = arena[2 * TERM_START], arena[2 * TERM_SYMBOLS]
    for at in range(arena[starts + term], arena[starts + term + 1]):
        if arena[rows + 2 * at] == symbol:
            return not (arena[rows + 2 * at + 1] and bits & CHANGED)
    return False


@kernel
def _place_of(event: int, events: Any) -> tuple[int, int, int]:
    """Start, end and bits of an event; below -1 it is the single character at -2 - event."""
    if event < -1:
        return -2 - event, -1 - event, 0
    return events[E_START, event], events[E_END, event], events[E_BITS, event]


@kernel
def _before(
    arena: Any, chars: Any, events: Any, deep: Any, plan: int, step: int, goal: int, hidden: int,
    bits: int,
) -> tuple[int, int]:  # fmt: skip
    """The latest start of steps `:step` of a plan that lead up to `goal`, and their bits; or -1."""
    plans, steps, longest = arena[2 * PLANS], arena[2 * STEPS], arena[2 * LONGEST]
    one = arena[2 * ONE]
    row, first = plan * P_WIDTH, arena[plans + plan * P_WIDTH + P_FIRST]
    tied, free = arena[plans + row + P_AT_START], arena[steps + first * S_WIDTH + S_GAP]
    if step == 0:
        if tied and goal - chars[BEGIN, goal] > free:
            return -1, 0
        return goal, bits
    best, best_bits = -1, 0
    level = step - 1
    deep[D_EDGE, step], deep[D_BITS, step] = goal, bits
    deep[D_PLACE, level], deep[D_EVENT, level] = goal - 1, -1
    while level < step:
        place, event = deep[D_PLACE, level], deep[D_EVENT, level]
        edge = deep[D_EDGE, level + 1]
        symbol = arena[steps + (first + level) * S_WIDTH + S_SYMBOL]
        behind = (first + level + 1) * S_WIDTH
        gap = arena[steps + behind + S_GAP]
        if place <= best or place < 0 or place < edge - gap - arena[longest + symbol]:
            level += 1
            continue
        # At each place first the single character, then the events that begin there.
        if event == -1:
            deep[D_EVENT, level] = chars[FIRST, place]
            term, end, ways = arena[one + chars[CODE, place]], place + 1, 0
            if term < 0:
                continue
        elif event < chars[FIRST, place + 1]:
            deep[D_EVENT, level] = event + 1
            term, end, ways = events[E_TERM, event], events[E_END, event], events[E_BITS, event]
        else:
            deep[D_PLACE, level], deep[D_EVENT, level] = place - 1, -1
            continue
        if end > edge or edge - end > gap or ways & hidden or not _is_in(arena, term, symbol, ways):
            continue
        if gap:
            stops = SENTENCES if arena[steps + behind + S_COMMAS] else CLAUSES
            if chars[stops, end] != chars[stops, edge]:
                continue
        if level:
            deep[D_EDGE, level], deep[D_BITS, level] = place, deep[D_BITS, level + 1] | ways
            level -= 1
            deep[D_PLACE, level], deep[D_EVENT, level] = place - 1, -1
        elif not tied or place - chars[BEGIN, place] <= free:
            best, best_bits = place, deep[D_BITS, 1] | ways
    return best, best_bits


@kernel
def _behind(
    arena: Any, chars: Any, count: int, events: Any, deep: Any, plan: int, step: int, goal: int,
    hidden: int, bits: int,
) -> tuple[int, int]:  # fmt: skip
    """The earliest end of the steps after `step` that follow `goal`, and their bits; or -1."""
    plans, steps = arena[2 * PLANS], arena[2 * STEPS]
    one = arena[2 * ONE]
    row, first = plan * P_WIDTH, arena[plans + plan * P_WIDTH + P_FIRST]
    size = arena[plans + row + P_STEPS]
    if step == size - 1:
        if arena[plans + row + P_AT_END] and not _ends(
            arena, chars, count, goal, arena[plans + row + P_END_GAP]
        ):
            return -1, 0
        return goal, bits
    best, best_bits = -1, 0
    level = step + 1
    deep[D_EDGE, step], deep[D_BITS, step] = goal, bits
    deep[D_PLACE, level], deep[D_EVENT, level] = goal, -1
    while level > step:
        place, event = deep[D_PLACE, level], deep[D_EVENT, level]
        edge = deep[D_EDGE, level - 1]
        here = (first + level) * S_WIDTH
        gap = arena[steps + here + S_GAP]
        if place >= count or place > edge + gap or (best >= 0 and place >= best):
            level -= 1
            continue
        if event == -1:
            if place > edge:
                stops = SENTENCES if arena[steps + here + S_COMMAS] else CLAUSES
                if chars[stops, edge] != chars[stops, place]:
                    level -= 1
                    continue
            deep[D_EVENT, level] = chars[FIRST, place]
            term, end, ways = arena[one + chars[CODE, place]], place + 1, 0
            if term < 0:
                continue
        elif event < chars[FIRST, place + 1]:
            deep[D_EVENT, level] = event + 1
            term, end, ways = events[E_TERM, event], events[E_END, event], events[E_BITS, event]
        else:
            deep[D_PLACE, level], deep[D_EVENT, level] = place + 1, -1
            continue
        if (
            ways & hidden
            or (best >= 0 and end >= best)
            or not _is_in(arena, term, arena[steps + here + S_SYMBOL], ways)
        ):
            continue
        if level < size - 1:
            deep[D_EDGE, level], deep[D_BITS, level] = end, deep[D_BITS, level - 1] | ways
            level += 1
            deep[D_PLACE, level], deep[D_EVENT, level] = end, -1
        elif not arena[plans + row + P_AT_END] or _ends(
            arena, chars, count, end, arena[plans + row + P_END_GAP]
        ):
            best, best_bits = end, deep[D_BITS, level - 1] | ways
    return best, best_bits


@kernel
def _ends(arena: Any, chars: Any, count: int, end: int, gap: int) -> bool:
    """Whether the clause ends within `gap` characters."""
    info = arena[2 * INFO]
    place = end
    while place < count and place - end <= gap and not arena[info + chars[CODE, place]] & CLAUSE:
        place += 1
    return place - end <= gap


@kernel
def match_around(
    arena: Any, chars: Any, count: int, events: Any, deep: Any, plan: int, event: int, hidden: int
) -> tuple[int, int, int]:
    """The shortest match of a plan whose rarest step is an event: start, end, bits; start -1."""
    plans = arena[2 * PLANS]
    row = plan * P_WIDTH
    anchor = arena[plans + row + P_ANCHOR]
    start, end, bits = _place_of(event, events)
    if bits & hidden or (arena[plans + row + P_STEPS] == 1 and bits & COMPANY):
        return -1, 0, 0
    if anchor:
        first, before = _before(arena, chars, events, deep, plan, anchor, start, hidden, bits)
        if first < 0:
            return -1, 0, 0
    else:
        first, before = _before(arena, chars, events, deep, plan, 0, start, hidden, bits)
        if first < 0:
            return -1, 0, 0
    last, behind = _behind(arena, chars, count, events, deep, plan, anchor, end, hidden, bits)
    if last < 0:
        return -1, 0, 0
    return first, last, before | behind


@kernel
def _is_within(
    arena: Any, chars: Any, within: int, start: int, end: int, first: int, last: int
) -> bool:
    """Whether `first:last` stands where a condition looks, seen from a hit at `start:end`."""
    info = arena[2 * INFO]
    if within == BEFORE:
        return bool(chars[BEGIN, start] <= first and last <= start)
    if within == AFTER:
        if first < end:
            return False
        place = end
        while place < last and not arena[info + chars[CODE, place]] & CLAUSE:
            place += 1
        return place == last
    if within == AROUND:
        return first <= start and end <= last
    if within == IN_CLAUSE:
        rows = CLAUSES
    elif within == IN_SENTENCE:
        rows = SENTENCES
    else:
        return True
    behind = max(start, end - 1)
    return bool(
        chars[rows, first] <= chars[rows, behind] and chars[rows, start] <= chars[rows, last - 1]
    )


@kernel
def _thread(
    arena: Any, chars: Any, count: int, events: Any, head: Any, stamp: Any, now: int, links: Any
) -> bool:
    """Thread all events of an ad by symbol, the latest first; false when `links` is too short."""
    term_start, term_symbols = arena[2 * TERM_START], arena[2 * TERM_SYMBOLS]
    one = arena[2 * ONE]
    linked = 0
    for place in range(count):
        first, last = chars[FIRST, place], chars[FIRST, place + 1]
        for event in range(first - 1, last):
            if event < first:
                term, target = arena[one + chars[CODE, place]], -2 - place
                if term < 0:
                    continue
            else:
                term, target = events[E_TERM, event], event
                # What is disguised meets no condition.
                if events[E_BITS, event] & CHANGED:
                    continue
            for at in range(arena[term_start + term], arena[term_start + term + 1]):
                symbol = arena[term_symbols + 2 * at]
                if linked >= links.shape[1]:
                    return False
                links[0, linked] = target
                links[1, linked] = head[symbol] if stamp[symbol] == now else -1
                head[symbol] = linked
                stamp[symbol] = now
                linked += 1
    return True


@kernel
def _holds(
    arena: Any, chars: Any, count: int, events: Any, head: Any, stamp: Any, now: int, links: Any,
    deep: Any, plan: int, within: int, start: int, end: int,
) -> bool:  # fmt: skip
    """Whether a plan stands, undisguised, where a condition looks."""
    plans, steps = arena[2 * PLANS], arena[2 * STEPS]
    first_step = arena[plans + plan * P_WIDTH + P_FIRST]
    for step in range(first_step, first_step + arena[plans + plan * P_WIDTH + P_STEPS]):
        if stamp[arena[steps + step * S_WIDTH + S_SYMBOL]] != now:
            return False
    symbol = arena[
        steps + (first_step + arena[plans + plan * P_WIDTH + P_ANCHOR]) * S_WIDTH + S_SYMBOL
    ]
    link = head[symbol]
    while link >= 0:
        first, last, _ = match_around(
            arena, chars, count, events, deep, plan, links[0, link], CHANGED
        )
        if first >= 0 and _is_within(arena, chars, within, start, end, first, last):
            return True
        link = links[1, link]
    return False


@kernel
def _test(
    arena: Any, chars: Any, count: int, events: Any, head: Any, stamp: Any, now: int, links: Any,
    deep: Any, test: int, start: int, end: int,
) -> bool:  # fmt: skip
    """Whether any plan of a condition holds around a hit."""
    tests, test_plans = arena[2 * TESTS], arena[2 * TEST_PLANS]
    row = test * T_WIDTH
    for at in range(arena[tests + row + T_FIRST], arena[tests + row + T_END]):
        if _holds(
            arena, chars, count, events, head, stamp, now, links, deep, arena[test_plans + at],
            arena[tests + row + T_WITHIN], start, end,
        ):  # fmt: skip
            return True
    return False


@kernel
def _exempted(
    arena: Any, chars: Any, count: int, events: Any, head: Any, stamp: Any, now: int, links: Any,
    deep: Any, rule: int, categories: int, start: int, end: int,
) -> tuple[int, int]:  # fmt: skip
    """The test that makes a hit lawful, or -1, and the categories for which it is a breach.

    -2 when what the rule needs is not there. What is lawful for one of the categories in question
    is still a breach for the others.
    """
    rules, tests = arena[2 * RULES], arena[2 * TESTS]
    row = rule * R_WIDTH
    for test in range(arena[rules + row + R_NEEDS], arena[rules + row + R_END]):
        if not _test(arena, chars, count, events, head, stamp, now, links, deep, test, start, end):
            return -2, 0
    kinds = arena[arena[2 * NUMBERS] + 1]
    left = arena[rules + row + R_CATEGORIES] & categories
    if categories == ALL and kinds:
        left &= (1 << kinds) - 1
    for test in range(arena[rules + row + R_UNLESS], arena[rules + row + R_NEEDS]):
        lawful = arena[tests + test * T_WIDTH + T_CATEGORIES]
        if lawful & left and _test(
            arena, chars, count, events, head, stamp, now, links, deep, test, start, end
        ):
            left &= ~lawful
            if not left:
                return test, 0
    return -1, left


@kernel
def _find_events(
    arena: Any, chars: Any, count: int, tokens: Any, total: int, events: Any, ends: Any
) -> int:
    """All events of an ad in order of where they begin; row FIRST tells which begin where."""
    info, sizes = arena[2 * INFO], arena[2 * NUMBERS]
    ends[0] = ends[1] = 0
    found = 0
    for place in range(count):
        chars[FIRST, place] = found
        found = finding.written(arena, chars, count, events, found, place)
        if arena[info + chars[CODE, place]] & (DIGIT | NUMERAL):
            found = finding.numbers(
                arena, chars, count, events, found, place, arena[sizes + 2], ends
            )
            found = finding.percentages(
                arena, chars, count, events, found, place, arena[sizes + 3], ends
            )
        token = chars[TOKEN, place]
        if token >= 0:
            found = finding.heard(arena, chars, count, tokens, total, events, found, token)
    chars[FIRST, count] = found
    return found


@kernel
def _arm(
    arena: Any, term: int, event: int, bits: int, categories: int, media: int, armed: Any, made: int
) -> int:
    """Note the plans of which an event is the rarest step."""
    arm_start, arms, plans = arena[2 * ARM_START], arena[2 * ARMS], arena[2 * PLANS]
    for at in range(arena[arm_start + term], arena[arm_start + term + 1]):
        plan = arena[arms + 2 * at]
        if (
            not (arena[arms + 2 * at + 1] and bits & CHANGED)
            and arena[plans + plan * P_WIDTH + P_CATEGORIES] & categories
            and arena[plans + plan * P_WIDTH + P_MEDIA] & media
        ):
            if made < armed.shape[1]:
                armed[A_PLAN, made] = plan
                armed[A_EVENT, made] = event
            made += 1
    return made


@kernel
def _cues(arena: Any, term: int, weights: Any) -> None:
    cue_start, cues = arena[2 * CUE_START], arena[2 * CUES]
    for at in range(arena[cue_start + term], arena[cue_start + term + 1]):
        weights[arena[cues + 2 * at]] += arena[cues + 2 * at + 1]


@kernel
def screen(
    arena: Any, data: Any, offsets: Any, categories: Any, media: Any, full: Any, first: int,
    chars: Any, how: Any, tokens: Any, events: Any, armed: Any, head: Any, stamp: Any, links: Any,
    candidates: Any, deep: Any, letters: Any, weights: Any, shares: Any, hits: Any, made: int,
) -> tuple[int, int, int]:  # fmt: skip
    """Screen ads `first:` of a block; returns hits made, ads done, and why it stopped.

    `categories` and `media` are sets as bits; `ALL` categories asks for detection. `shares` gets
    the probability of each category of each ad in thousandths.
    """
    one, arm_start = arena[2 * ONE], arena[2 * ARM_START]
    rules, absent = arena[2 * RULES], arena[2 * ABSENT]
    owner_start, owners = arena[2 * OWNER_START], arena[2 * OWNERS]
    absences = arena[2 * ABSENT + 1] - absent
    kinds = arena[arena[2 * NUMBERS] + 1]
    for ad in range(first, len(offsets) - 1):
        kept = made
        count = read(arena, data, offsets[ad], offsets[ad + 1], chars, how)
        if count < 0:
            return kept, ad, MORE_CHARACTERS
        total = syllables(arena, chars, count, tokens, letters)
        found = _find_events(arena, chars, count, tokens, total, events, letters[-2:])
        if found > events.shape[1]:
            return kept, ad, MORE_EVENTS
        kind, medium = categories[ad], media[ad]
        detecting = kind == ALL
        if detecting:
            for number in range(kinds):
                weights[number] = arena[arena[2 * PRIORS] + number]
        ready = 0
        for place in range(count):
            term = arena[one + chars[CODE, place]]
            if term >= 0:
                if arena[arm_start + term] < arena[arm_start + term + 1]:
                    ready = _arm(arena, term, -2 - place, 0, kind, medium, armed, ready)
                if detecting:
                    _cues(arena, term, weights)
        for event in range(found):
            term, bits = events[E_TERM, event], events[E_BITS, event]
            ready = _arm(arena, term, event, bits, kind, medium, armed, ready)
            if detecting and not bits & CHANGED:
                _cues(arena, term, weights)
        if ready > armed.shape[1]:
            return kept, ad, MORE_ARMED
        if detecting:
            _shares(weights[:kinds], shares[ad])
        else:
            for number in range(kinds):
                shares[ad, number] = 1000 if kind >> number & 1 else 0
        proposed = 0
        for at in range(ready):
            plan = armed[A_PLAN, at]
            start, end, bits = match_around(
                arena, chars, count, events, deep, plan, armed[A_EVENT, at], 0
            )
            if start < 0:
                continue
            if proposed >= candidates.shape[1]:
                return kept, ad, MORE_CANDIDATES
            candidates[C_PLAN, proposed] = plan
            candidates[C_START, proposed] = start
            candidates[C_END, proposed] = end
            candidates[C_BITS, proposed] = bits
            proposed += 1
        if not proposed and not (full[ad] and absences):
            continue
        now = stamp[-1] + 1
        stamp[-1] = now
        if not _thread(arena, chars, count, events, head, stamp, now, links):
            return kept, ad, MORE_LINKS
        for number in range(proposed):
            if _is_nested(candidates, proposed, number):
                continue
            plan = candidates[C_PLAN, number]
            start, end = candidates[C_START, number], candidates[C_END, number]
            for at in range(arena[owner_start + plan], arena[owner_start + plan + 1]):
                rule = arena[owners + at]
                row = rule * R_WIDTH
                if not (
                    arena[rules + row + R_CATEGORIES] & kind
                    and arena[rules + row + R_MEDIA] & medium
                ):
                    continue
                exempt, left = _exempted(
                    arena, chars, count, events, head, stamp, now, links, deep, rule, kind, start,
                    end,
                )  # fmt: skip
                if exempt == -2:
                    continue
                if made >= len(hits):
                    return kept, ad, MORE_HITS
                _hit(hits[made], ad, rule, shares[ad], left, kinds)
                hits[made, H_EXEMPT] = exempt
                _placed(hits[made], chars, how, start, end, candidates[C_BITS, number])
                hits[made, H_PLAN] = plan
                made += 1
        if not full[ad]:
            continue
        for at in range(absences):
            rule = arena[absent + at]
            row = rule * R_WIDTH
            if not (
                arena[rules + row + R_CATEGORIES] & kind and arena[rules + row + R_MEDIA] & medium
            ) or _is_stated(arena, chars, count, events, head, stamp, now, links, deep, at):
                continue
            exempt, left = _exempted(
                arena, chars, count, events, head, stamp, now, links, deep, rule, kind, 0, count
            )
            if exempt == -2:
                continue
            if made >= len(hits):
                return kept, ad, MORE_HITS
            _hit(hits[made], ad, rule, shares[ad], left, kinds)
            hits[made, H_EXEMPT] = exempt
            made += 1
    return made, len(offsets) - 1, DONE


@kernel
def _is_stated(
    arena: Any, chars: Any, count: int, events: Any, head: Any, stamp: Any, now: int, links: Any,
    deep: Any, number: int,
) -> bool:  # fmt: skip
    """Whether the ad states what the absence rule of this number asks for."""
    absent_start, absent_plans = arena[2 * ABSENT_START], arena[2 * ABSENT_PLANS]
    for at in range(arena[absent_start + number], arena[absent_start + number + 1]):
        plan = arena[absent_plans + at]
        if _holds(
            arena, chars, count, events, head, stamp, now, links, deep, plan, IN_TEXT, 0, count
        ):
            return True
    return False


@kernel
def _hit(row: Any, ad: int, rule: int, shares: Any, categories: int, kinds: int) -> None:
    """A hit that stands nowhere yet, with how probable it is that the rule speaks of the ad."""
    share = best = 0
    for kind in range(kinds):
        if categories >> kind & 1:
            share += shares[kind]
        if shares[kind] > shares[best]:
            best = kind
    row[:] = -1
    row[H_AD] = ad
    row[H_RULE] = rule
    row[H_HOW] = 0
    row[H_SHARE] = min(share, 1000)
    row[H_CATEGORY] = best
    row[H_KINDS] = categories


@kernel
def _placed(row: Any, chars: Any, how: Any, start: int, end: int, bits: int) -> None:
    """Where a hit stands in the original, and how all from its start to its end is written."""
    row[H_START] = chars[AT, start]
    row[H_END] = chars[AT, end - 1] + 1
    for place in range(row[H_START], row[H_END]):
        bits |= how[place] & 0x7F
    row[H_HOW] = bits
    row[H_FIRST] = start
    row[H_LAST] = end
    row[H_SENTENCE] = chars[SENTENCES, start]


@kernel
def _shares(weights: Any, shares: Any) -> None:
    """Probabilities in thousandths from log weights in thousandths."""
    most = weights[0]
    for kind in range(len(weights)):
        most = max(most, weights[kind])
    total = 0.0
    for kind in range(len(weights)):
        total += math.exp((weights[kind] - most) / 1000.0)
    for kind in range(len(weights)):
        shares[kind] = int(1000.0 * math.exp((weights[kind] - most) / 1000.0) / total + 0.5)


@kernel
def _is_nested(candidates: Any, proposed: int, one: int) -> bool:
    """Whether another match of the same plan lies inside this one, or is the same and better."""
    plan, start, end = candidates[C_PLAN, one], candidates[C_START, one], candidates[C_END, one]
    for other in range(max(0, one - 400), min(proposed, one + 400)):
        if candidates[C_PLAN, other] != plan or other == one:
            continue
        first, last = candidates[C_START, other], candidates[C_END, other]
        if (
            start <= first
            and last <= end
            and (
                (first, last) != (start, end)
                or candidates[C_BITS, other] < candidates[C_BITS, one]
                or (candidates[C_BITS, other] == candidates[C_BITS, one] and other < one)
            )
        ):
            return True
    return False
