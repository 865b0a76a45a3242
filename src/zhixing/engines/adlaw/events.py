"""Kernels that find terms: as written, and through what was done to hide them."""

from __future__ import annotations

from typing import Any

from .compiled import kernel
from .layout import (
    ALIKE,
    ALIKE_START,
    BENT,
    CHANGED,
    CLASS,
    COMPANY,
    DIGIT,
    EDGES,
    ENTRIES,
    FAMILIAR,
    FIRST_BENT,
    FIRST_RIGHT,
    FUSED,
    GLYPH,
    HOMOPHONE,
    INFO,
    JOINED,
    JOINS,
    LONG_WORDS,
    LONGER,
    LOOSE,
    MAGNITUDE,
    MIXED_MASK,
    NEAR_SOUND,
    NUMERAL,
    ONE,
    PAIRS,
    PARTS_OF,
    PASSES,
    PINYIN,
    PUNCTUATION,
    REPEAT,
    ROOT,
    ROOT_ENTRIES,
    SECOND_BENT,
    SECOND_RIGHT,
    SOUND_CODES,
    SOUND_EDGES,
    SOUND_ENTRIES,
    SOUND_MIXED,
    SOUND_PAIRS,
    SOUND_ROOT,
    SOUND_SYLLABLES,
    SPLIT,
    UNSHARED,
)
from .reading import (
    CODE,
    FROM_DIGIT,
    FROM_LETTERS,
    T_END,
    T_KIND,
    T_START,
    T_SYLLABLE,
    TOKEN,
    USUAL,
)
from .trie import ENTRY, PAIR_MASK, find_edge, look_up, mix, pair_key, word_key

E_START, E_END, E_BITS, E_TERM, EVENT_ROWS = range(5)
LONGEST_EVENT = 48  # characters; longer numbers are not seen

_COMMON = 2  # level of a pair that ordinary text is full of


@kernel
def _add(events: Any, made: int, start: int, end: int, bits: int, term: int) -> int:
    """Note an event; past the capacity only the count grows, and the caller starts anew."""
    if made < events.shape[1]:
        events[E_START, made] = start
        events[E_END, made] = end
        events[E_BITS, made] = bits
        events[E_TERM, made] = term
    return made + 1


@kernel
def _level(arena: Any, first: int, second: int) -> int:
    """How familiar two neighbouring characters are: 0, 1 or 2."""
    key = pair_key(first, second)
    return look_up(arena, FAMILIAR, key) if key >= 0 else 0


@kernel
def _straddled(arena: Any, chars: Any, count: int, start: int, end: int, place: int) -> bool:
    """Whether the changed character at an edge makes a common pair with its outer neighbour."""
    if (
        place == start
        and start > 0
        and _level(arena, chars[CODE, start - 1], chars[CODE, start]) >= _COMMON
    ):
        return True
    return bool(
        place == end - 1
        and end < count
        and _level(arena, chars[CODE, end - 1], chars[CODE, end]) >= _COMMON
    )


@kernel
def _note(arena: Any, events: Any, made: int, start: int, end: int, entry: int, bits: int) -> int:
    """Events of a list of entries that end at one place."""
    entries = arena[2 * ENTRIES]
    while entry >= 0:
        row = entries + entry * ENTRY
        written = arena[row + 1] | bits
        if not written & FUSED or written & CHANGED:
            made = _add(events, made, start, end, written & ~FUSED, arena[row])
        entry = arena[row + 3]
    return made


@kernel
def written(arena: Any, chars: Any, count: int, events: Any, made: int, start: int) -> int:
    """Terms of two characters and more that begin at a place, as written or hidden from the eye."""
    first = chars[CODE, start]
    info, root = arena[2 * INFO], arena[2 * ROOT]
    root_entries = arena[2 * ROOT_ENTRIES]
    if arena[root_entries + first] >= 0:
        made = _note(arena, events, made, start, start + 1, arena[root_entries + first], 0)
    if start + 1 >= count:
        return made
    second = chars[CODE, start + 1]
    strange = not chars[USUAL, start + 1]
    if strange and _may_bend(arena, arena[info + first], FIRST_BENT + first, second):
        made = _bent(arena, chars, count, events, made, start, -1, start)
    node = arena[root + first]
    if node < 0:
        return made
    if first == second or (
        arena[info + second] & PUNCTUATION and (start < 2 or chars[CODE, start - 1] == second)
    ):
        return _scattered(arena, chars, count, events, made, start)
    if strange and _may_bend(arena, arena[info + second], first, SECOND_BENT + second):
        made = _bent(arena, chars, count, events, made, start, node, start + 1)
    pairs = arena[2 * PAIRS]
    bit = mix(first, second) & PAIR_MASK
    if not arena[pairs + (bit >> 5)] >> (bit & 31) & 1:
        return made
    bits = 0
    place = start + 1
    while place < count:
        code = chars[CODE, place]
        edge = find_edge(arena, EDGES, node, code)
        if edge >= 0:
            node = arena[edge + 2]
            place += 1
            if arena[edge + 3] >= 0:
                made = _note(arena, events, made, start, place, arena[edge + 3], bits)
        elif code == chars[CODE, place - 1]:
            bits = REPEAT
            place += 1
        else:
            if (
                place > start + 1
                and arena[info + code] & (PASSES | JOINS)
                and not (chars[USUAL, place] and chars[USUAL, place + 1])
            ):
                made = _bent(arena, chars, count, events, made, start, node, place)
            break
    return made


@kernel
def _may_bend(arena: Any, info: int, first: int, second: int) -> bool:
    """Whether a character may be part of a split one, or stand for another in some term."""
    if info & JOINS:
        return True
    if not info & PASSES:
        return False
    bit = mix(first, second) & MIXED_MASK
    return bool(arena[arena[2 * BENT] + (bit >> 5)] >> (bit & 31) & 1)


@kernel
def _bent(
    arena: Any, chars: Any, count: int, events: Any, made: int, start: int, node: int, place: int
) -> int:
    """Terms that go on, from a node (-1: the root), with what a character stands for."""
    code = chars[CODE, place]
    info, root = arena[2 * INFO], arena[2 * ROOT]
    if arena[info + code] & PASSES:
        alike_start, alike = arena[2 * ALIKE_START], arena[2 * ALIKE]
        pairs = arena[2 * PAIRS]
        for at in range(arena[alike_start + code], arena[alike_start + code + 1]):
            other = arena[alike + at]
            # The table of pairs tells most of these apart at little cost.
            if node < 0:
                next_node, entry = arena[root + other], -1
                bit = mix(other, chars[CODE, place + 1]) & PAIR_MASK
                if next_node < 0 or not arena[pairs + (bit >> 5)] >> (bit & 31) & 1:
                    continue
            else:
                if place == start + 1:
                    bit = mix(chars[CODE, start], other) & PAIR_MASK
                    if not arena[pairs + (bit >> 5)] >> (bit & 31) & 1:
                        continue
                edge = find_edge(arena, EDGES, node, other)
                if edge < 0:
                    continue
                next_node, entry = arena[edge + 2], arena[edge + 3]
            made = _onward(
                arena, chars, count, events, made, start, next_node, entry, place, place + 1, GLYPH
            )
    if arena[info + code] & JOINS and place + 1 < count:
        parts = arena[2 * PARTS_OF]
        row = look_up(arena, JOINED, mix(code, chars[CODE, place + 1]))
        while row > 0:
            other, third = arena[parts + row * 3], arena[parts + row * 3 + 1]
            size = 3 if third else 2
            if not third or (place + 2 < count and chars[CODE, place + 2] == third):
                if node < 0:
                    next_node, entry = arena[root + other], -1
                    term = arena[arena[2 * ONE] + other]
                    if term >= 0:
                        made = _add(events, made, start, start + size, SPLIT | COMPANY, term)
                else:
                    edge = find_edge(arena, EDGES, node, other)
                    next_node = arena[edge + 2] if edge >= 0 else -1
                    entry = arena[edge + 3] if edge >= 0 else -1
                if next_node >= 0:
                    made = _onward(
                        arena, chars, count, events, made, start, next_node, entry, place,
                        place + size, SPLIT,
                    )  # fmt: skip
            row = arena[parts + row * 3 + 2]
    return made


@kernel
def _onward(
    arena: Any, chars: Any, count: int, events: Any, made: int, start: int, node: int, entry: int,
    changed: int, place: int, bits: int,
) -> int:  # fmt: skip
    """The rest of terms behind a changed character; later characters may be split too."""
    info = arena[2 * INFO]
    while True:
        if entry >= 0 and not _is_chance(arena, chars, count, start, place, changed, bits):
            made = _note(arena, events, made, start, place, entry, bits)
        if place >= count:
            return made
        code = chars[CODE, place]
        edge = find_edge(arena, EDGES, node, code)
        size = 1
        if edge < 0 and arena[info + code] & JOINS and place + 1 < count:
            parts = arena[2 * PARTS_OF]
            row = look_up(arena, JOINED, mix(code, chars[CODE, place + 1]))
            while row > 0 and edge < 0:
                third = arena[parts + row * 3 + 1]
                size = 3 if third else 2
                if not third or (place + 2 < count and chars[CODE, place + 2] == third):
                    edge = find_edge(arena, EDGES, node, arena[parts + row * 3])
                    bits |= SPLIT if edge >= 0 else 0
                row = arena[parts + row * 3 + 2]
        if edge < 0:
            return made
        node, entry = arena[edge + 2], arena[edge + 3]
        place += size


@kernel
def _is_chance(
    arena: Any, chars: Any, count: int, start: int, end: int, changed: int, bits: int
) -> bool:
    """Whether a changed character is at home where it stands, so that no one put it there."""
    if bits & SPLIT:
        return bool(chars[USUAL, changed + 1])
    inner = (changed == start or chars[USUAL, changed]) and (
        changed == end - 1 or chars[USUAL, changed + 1]
    )
    return bool(inner) or _straddled(arena, chars, count, start, end, changed)


@kernel
def _scattered(arena: Any, chars: Any, count: int, events: Any, made: int, start: int) -> int:
    """Terms whose characters are each repeated, or each set off by the same stop or line end."""
    info = arena[2 * INFO]
    node = arena[arena[2 * ROOT] + chars[CODE, start]]
    stop = chars[CODE, start + 1]
    is_set_off = bool(arena[info + stop] & PUNCTUATION)
    # The first on its line may follow a heading; others are set off on both sides or not at all.
    if (
        is_set_off
        and start > 0
        and chars[CODE, start - 1] != stop
        and not (start == 1 and arena[info + chars[CODE, 0]] & PUNCTUATION)
    ):
        return made
    place, steps = start + 1, 1
    while place < count:
        code = chars[CODE, place]
        if is_set_off:
            if code != stop or place + 1 >= count:
                break
            place += 1
            code = chars[CODE, place]
        edge = find_edge(arena, EDGES, node, code)
        if edge >= 0:
            node = arena[edge + 2]
            steps += 1
            apart = place + 1 >= count or chars[CODE, place + 1] == stop or steps > 2
            if arena[edge + 3] >= 0 and (apart or not is_set_off):
                bits = LOOSE if is_set_off else REPEAT if place >= start + steps else 0
                made = _note(arena, events, made, start, place + 1, arena[edge + 3], bits)
        elif is_set_off or code != chars[CODE, place - 1]:
            break
        place += 1
    return made


@kernel
def spelled(arena: Any, tokens: Any, token: int, events: Any, made: int) -> int:
    """Terms of one character spelled as one syllable; they need other words beside them."""
    if tokens[T_KIND, token] != FROM_LETTERS or tokens[T_END, token] - tokens[T_START, token] < 2:
        return made
    entries = arena[2 * SOUND_ENTRIES]
    roots = arena[2 * SOUND_ROOT]
    # The first half of the table holds nodes, the second the entries of single syllables.
    half = (arena[2 * SOUND_ROOT + 1] - roots) // 2
    entry = arena[roots + half + arena[arena[2 * CLASS] + tokens[T_SYLLABLE, token]]]
    syllables = arena[2 * SOUND_SYLLABLES]
    while entry >= 0:
        if arena[syllables + arena[entries + entry * ENTRY + 1]] == tokens[T_SYLLABLE, token]:
            made = _add(
                events, made, tokens[T_START, token], tokens[T_END, token], PINYIN | COMPANY,
                arena[entries + entry * ENTRY],
            )  # fmt: skip
        entry = arena[entries + entry * ENTRY + 3]
    return made


@kernel
def heard(
    arena: Any, chars: Any, count: int, tokens: Any, total: int, events: Any, made: int, first: int
) -> int:
    """Terms that sound like the syllables from token `first` on."""
    made = spelled(arena, tokens, first, events, made)
    classes, root = arena[2 * CLASS], arena[2 * SOUND_ROOT]
    one = arena[classes + tokens[T_SYLLABLE, first]]
    entries = arena[2 * SOUND_ENTRIES]
    if arena[root + one] < 0 or first + 1 >= total:
        return made
    start, next_start = tokens[T_START, first], tokens[T_START, first + 1]
    if next_start != tokens[T_END, first]:
        return made
    two = arena[classes + tokens[T_SYLLABLE, first + 1]]
    if tokens[T_KIND, first] == FROM_LETTERS or tokens[T_KIND, first + 1] == FROM_LETTERS:
        pairs = arena[2 * SOUND_PAIRS]
        bit = mix(one, two) & PAIR_MASK
        if not arena[pairs + (bit >> 5)] >> (bit & 31) & 1:
            return made
    else:
        # One of the first two characters is right, and where both are usual the term is longer.
        longer = LONGER if chars[USUAL, next_start] else 0
        mixed = arena[2 * SOUND_MIXED]
        bit = mix(FIRST_RIGHT + longer + chars[CODE, start], two) & MIXED_MASK
        if not arena[mixed + (bit >> 5)] >> (bit & 31) & 1:
            bit = mix(SECOND_RIGHT + longer + one, chars[CODE, next_start]) & MIXED_MASK
            if not arena[mixed + (bit >> 5)] >> (bit & 31) & 1:
                return made
    node = arena[root + one]
    token = first + 1
    while token < total and tokens[T_START, token] == tokens[T_END, token - 1]:
        edge = find_edge(arena, SOUND_EDGES, node, arena[classes + tokens[T_SYLLABLE, token]])
        if edge < 0:
            break
        node = arena[edge + 2]
        entry = arena[edge + 3]
        token += 1
        while entry >= 0:
            bits = _judge_sound(
                arena, chars, count, tokens, first, token, arena[entries + entry * ENTRY + 1]
            )
            if bits:
                made = _add(
                    events, made, tokens[T_START, first], tokens[T_END, token - 1], bits,
                    arena[entries + entry * ENTRY],
                )  # fmt: skip
            entry = arena[entries + entry * ENTRY + 3]
    return made


@kernel
def _judge_sound(
    arena: Any, chars: Any, count: int, tokens: Any, first: int, end: int, where: int
) -> int:
    """How the tokens `first:end` say a term whose syllables begin at `where`; 0 when by chance."""
    syllables, codes = arena[2 * SOUND_SYLLABLES], arena[2 * SOUND_CODES]
    info = arena[2 * INFO]
    size = end - first
    if size == 2 and not (
        tokens[T_KIND, first] == FROM_LETTERS or tokens[T_KIND, first + 1] == FROM_LETTERS
    ):
        # Of two characters one at least is right, or nothing is: most chance likeness ends here.
        if chars[USUAL, tokens[T_START, first + 1]]:
            return 0
        right = 0
        for step in range(2):
            code = chars[CODE, tokens[T_START, first + step]]
            if code == arena[codes + where + step] or (
                tokens[T_KIND, first + step] == FROM_DIGIT
                and arena[info + arena[codes + where + step]] & NUMERAL
            ):
                right += 1
        if right != 1:
            return 0
    same = letters = near = changed = digits = 0
    strange = 0  # changed characters beside which something unfamiliar stands within the term
    crossing = False
    for step in range(size):
        token = first + step
        start = tokens[T_START, token]
        if tokens[T_SYLLABLE, token] != arena[syllables + where + step]:
            near += 1
        if tokens[T_KIND, token] == FROM_LETTERS:
            letters += 1
            continue
        code = chars[CODE, start]
        if code == arena[codes + where + step]:
            same += 1
            continue
        if tokens[T_KIND, token] == FROM_DIGIT:
            # 第1 is no disguise of 第一, and found as a variant of it; 5 for 无 is one.
            if arena[info + arena[codes + where + step]] & NUMERAL:
                same += 1
            else:
                digits += 1
            continue
        changed += 1
        before = step > 0 and tokens[T_KIND, token - 1] != FROM_LETTERS
        after = step + 1 < size and tokens[T_KIND, token + 1] != FROM_LETTERS
        if (before and not chars[USUAL, start]) or (after and not chars[USUAL, start + 1]):
            strange += 1
        low, high = tokens[T_START, first], tokens[T_END, end - 1]
        crossing = crossing or _straddled(arena, chars, count, low, high, start)
    if letters == 0 and digits == 0 and changed == 0:
        return 0  # as written
    bits = 0
    if changed or digits:
        bits |= HOMOPHONE
    if letters:
        bits |= PINYIN
    if near:
        bits |= NEAR_SOUND
    if letters:
        if near or changed > same + letters:
            return 0
        if same + changed + digits == 0 and tokens[T_END, end - 1] - tokens[T_START, first] < 4:
            return 0
        # Letters of a longer word are that word's.
        if crossing or not _whole_letters(chars, count, tokens, first, end):
            return 0
        return bits
    if changed == 0:
        return bits if same > 1 and not _beside_digit(tokens, first, end) else 0
    if (
        crossing
        or strange == 0
        or near > 1
        or (near and size < 3)
        or (digits and (same < 2 or _beside_digit(tokens, first, end)))
    ):
        return 0
    if same == 0:
        if size < 3 or strange < 2 or near:
            return 0
        bits |= UNSHARED
    low, high = tokens[T_START, first], tokens[T_END, end - 1]
    if size > 2 and look_up(arena, LONG_WORDS, word_key(chars, CODE, low, high)):
        return 0
    return bits


@kernel
def _beside_digit(tokens: Any, first: int, end: int) -> bool:
    """Whether two digits stand together: then they are a number, not characters."""
    found = False
    for token in range(first, end - 1):
        found = found or (
            tokens[T_KIND, token] == FROM_DIGIT and tokens[T_KIND, token + 1] == FROM_DIGIT
        )
    return found


@kernel
def _whole_letters(chars: Any, count: int, tokens: Any, first: int, end: int) -> bool:
    """Whether no run of letters is cut so that a single letter is left over."""
    low, high = tokens[T_START, first], tokens[T_END, end - 1]
    if tokens[T_KIND, first] == FROM_LETTERS and low > 0 and chars[TOKEN, low] < 0:
        return False
    return bool(high <= count)


@kernel
def numbers(arena: Any, chars: Any, count: int, events: Any, made: int, start: int, term: int,
            ends: Any) -> int:  # fmt: skip
    """The number that begins at a place, unless it lies in one already seen; ends[0] is its end."""
    info = arena[2 * INFO]
    if start < ends[0]:
        return made
    bits = arena[info + chars[CODE, start]]
    if bits & DIGIT:
        end = _digits(arena, info, chars, count, start)
        while end < count and arena[info + chars[CODE, end]] & MAGNITUDE:
            end += 1
    elif bits & NUMERAL:
        end = _numerals(arena, info, chars, count, start)
    else:
        return made
    ends[0] = end
    if end - start > LONGEST_EVENT:
        return made
    for place in range(start + 1, end):
        if arena[info + chars[CODE, place]] & MAGNITUDE:
            made = _add(events, made, start, place, 0, term)
    return _add(events, made, start, end, 0, term)


_PERCENT, _PERMILLE, _TENTH, _HUNDRED, _PART, _OF, _POINT = (ord(one) for one in "%‰成百分之点")


@kernel
def _digits(arena: Any, info: int, chars: Any, count: int, start: int) -> int:
    """End of digits with, perhaps, a decimal point among them."""
    end = start
    while end < count and arena[info + chars[CODE, end]] & DIGIT:
        end += 1
    if end + 1 < count and chars[CODE, end] == 46 and arena[info + chars[CODE, end + 1]] & DIGIT:
        end += 1
        while end < count and arena[info + chars[CODE, end]] & DIGIT:
            end += 1
    return end


@kernel
def _numerals(arena: Any, info: int, chars: Any, count: int, start: int) -> int:
    """End of Chinese numerals with, perhaps, 点 among them."""
    end = start
    while end < count and arena[info + chars[CODE, end]] & NUMERAL:
        end += 1
    if (
        end + 1 < count
        and chars[CODE, end] == _POINT
        and arena[info + chars[CODE, end + 1]] & NUMERAL
    ):
        end += 1
        while end < count and arena[info + chars[CODE, end]] & NUMERAL:
            end += 1
    return end


@kernel
def percentages(
    arena: Any, chars: Any, count: int, events: Any, made: int, start: int, term: int, ends: Any
) -> int:
    """The percentage that begins at a place; ends[1] is the end of the last one."""
    info = arena[2 * INFO]
    if start < ends[1]:
        return made
    code = chars[CODE, start]
    bits = arena[info + code]
    end = 0
    if bits & DIGIT:
        end = _digits(arena, info, chars, count, start)
        if not (end < count and chars[CODE, end] in (_PERCENT, _PERMILLE)):
            # A number that goes on may still end before the sign: 3.5% is one, 1.2.5% is 2.5%.
            end = -1
    elif bits & NUMERAL:
        end = start
        while end < count and arena[info + chars[CODE, end]] & NUMERAL:
            end += 1
        if not (end < count and chars[CODE, end] in (_PERCENT, _PERMILLE)):
            end = -1
    else:
        return made
    if end > 0:
        end += 1
    elif start + 1 < count and chars[CODE, start + 1] == _TENTH and _is_tenth(code):
        end = start + 2
    elif code == _HUNDRED and start + 2 < count and chars[CODE, start + 1] == _PART:
        if chars[CODE, start + 2] == _HUNDRED:
            end = start + 3
        elif start + 3 < count and chars[CODE, start + 2] == _OF:
            next_bits = arena[info + chars[CODE, start + 3]]
            if next_bits & DIGIT:
                end = _digits(arena, info, chars, count, start + 3)
            elif next_bits & NUMERAL:
                end = _numerals(arena, info, chars, count, start + 3)
    if end <= 0 or end - start > LONGEST_EVENT:
        return made
    ends[1] = end
    return _add(events, made, start, end, 0, term)


_TENTHS = tuple(ord(one) for one in "0123456789一二两三四五六七八九")


@kernel
def _is_tenth(code: int) -> bool:
    found = False
    for one in _TENTHS:
        found = found or code == one
    return found
