"""Kernels that read an ad: UTF-8 to folded characters, and letters to syllables."""

from __future__ import annotations

from typing import Any

from .compiled import kernel
from .layout import (
    CLAUSE,
    DIGIT,
    FOLD,
    HOW,
    INFO,
    KNOWN,
    LATIN,
    LETTERS,
    MORE,
    MORE_START,
    SENTENCE,
    SYLLABLE,
)
from .text import LIMIT, SYMBOL
from .trie import look_up, mix

# Rows of the array of characters; each is as long as the longest ad.
(
    CODE,  # folded code
    AT,  # place in the original, in code points
    BEGIN,  # where the clause of the character begins
    CLAUSES,  # clause ends before it
    SENTENCES,  # sentence ends before it
    SOUND,  # syllable
    TOKEN,  # first syllable token at the character, or -1
    USUAL,  # whether ordinary text is full of this character behind the one before it
    FIRST,  # first event that begins here
    CHARACTER_ROWS,
) = range(10)  # fmt: skip

# Rows of the array of syllable tokens.
T_SYLLABLE, T_START, T_END, T_KIND, TOKEN_ROWS = range(5)
FROM_HAN, FROM_LETTERS, FROM_DIGIT = range(3)

_POINT = 46
_LONGEST_SYLLABLE = 6
LONGEST_RUN = 40  # letters in a row that are read as syllables


@kernel
def read(arena: Any, data: Any, low: int, high: int, chars: Any, how: Any) -> int:
    """Fold the UTF-8 bytes `data[low:high]`; returns the number of folded characters.

    Fills the rows of `chars` but TOKEN, by folded character, and `how`, by place in the original.
    Row AT has the length of the original behind its last character. -1 when `chars` is too short.
    """
    fold, more_start, more = arena[2 * FOLD], arena[2 * MORE_START], arena[2 * MORE]
    ways, known = arena[2 * HOW], arena[2 * KNOWN]
    most = (arena[2 * KNOWN + 1] - known) * 32 - 1
    before = 0
    info, sounds = arena[2 * INFO], arena[2 * SYLLABLE]
    count = place = begin = clauses = sentences = 0
    point = -1  # a kept point that still lacks the digit behind it
    at = low
    room = len(how) - 2
    while at < high:
        if place >= room:
            return -1
        byte = data[at]
        if byte < 0x80:
            code = int(byte)
            at += 1
        elif byte < 0xE0:
            code = (int(byte) & 0x1F) << 6 | int(data[at + 1]) & 0x3F
            at += 2
        elif byte < 0xF0:
            code = (
                (int(byte) & 0x0F) << 12
                | (int(data[at + 1]) & 0x3F) << 6
                | int(data[at + 2]) & 0x3F
            )
            at += 3
        else:
            code = (
                (int(byte) & 0x07) << 18
                | (int(data[at + 1]) & 0x3F) << 12
                | (int(data[at + 2]) & 0x3F) << 6
                | int(data[at + 3]) & 0x3F
            )
            at += 4
        folded = int(arena[fold + code]) if code < LIMIT else 0
        how[place] = 0
        if folded != code:
            how[place] = arena[ways + code] if code < LIMIT else SYMBOL
        if folded == _POINT and not (
            count
            and arena[info + chars[CODE, count - 1]] & DIGIT
            and chars[AT, count - 1] == place - 1
        ):
            folded = 0
            how[place] = SYMBOL
        first = last = 0
        if folded >= LIMIT:
            first, last = arena[more_start + folded - LIMIT], arena[more_start + folded - LIMIT + 1]
        elif folded:
            last = 1
        for step in range(first, last):
            one = int(arena[more + step]) if folded >= LIMIT else folded
            bits = arena[info + one]
            if point >= 0:
                if not (bits & DIGIT and point == count - 1 and chars[AT, point] == place - 1):
                    count = point  # the point was none
                point = -1
            if one == _POINT:
                if folded >= LIMIT:
                    continue
                point = count
            if count + 2 >= chars.shape[1]:
                return -1
            chars[CODE, count] = one
            chars[AT, count] = place
            chars[BEGIN, count] = begin
            chars[CLAUSES, count] = clauses
            chars[SENTENCES, count] = sentences
            chars[SOUND, count] = arena[sounds + one]
            bit = mix(before, one) & most
            chars[USUAL, count] = arena[known + (bit >> 5)] >> (bit & 31) & 1
            before = one
            count += 1
            if bits & CLAUSE:
                clauses += 1
                begin = count
                if bits & SENTENCE:
                    sentences += 1
        place += 1
    if point >= 0:
        count = point
    chars[CODE, count] = chars[USUAL, count] = 0
    chars[AT, count] = place
    chars[BEGIN, count] = begin
    chars[CLAUSES, count] = clauses
    chars[SENTENCES, count] = sentences
    return count


@kernel
def syllables(arena: Any, chars: Any, count: int, tokens: Any, best: Any) -> int:
    """The syllable tokens of a folded ad; returns their number and fills row TOKEN."""
    info = arena[2 * INFO]
    made = 0
    at = 0
    while at < count:
        code = chars[CODE, at]
        chars[TOKEN, at] = -1
        if chars[SOUND, at] and not arena[info + code] & LATIN:
            chars[TOKEN, at] = made
            tokens[T_SYLLABLE, made] = chars[SOUND, at]
            tokens[T_START, made] = at
            tokens[T_END, made] = at + 1
            tokens[T_KIND, made] = FROM_DIGIT if arena[info + code] & DIGIT else FROM_HAN
            made += 1
            at += 1
        elif arena[info + code] & LATIN:
            end = at
            while end < count and arena[info + chars[CODE, end]] & LATIN:
                chars[TOKEN, end] = -1
                end += 1
            made = _letters(arena, chars, at, end, tokens, made, best)
            at = end
        else:
            at += 1
    return made


@kernel
def _letters(
    arena: Any, chars: Any, start: int, end: int, tokens: Any, made: int, best: Any
) -> int:
    """Letters as the fewest syllables that they can be, the earlier ones as long as can be."""
    length = end - start
    if length > LONGEST_RUN or length < 2:
        return made
    # best[i]: fewest syllables of the letters from i on, and best[LONGEST_RUN + 1 + i] the first.
    best[length] = 0
    for place in range(length - 1, -1, -1):
        best[place] = 1000
        key = 0
        for size in range(1, min(_LONGEST_SYLLABLE, length - place) + 1):
            key = key * 27 + chars[CODE, start + place + size - 1] - 96
            if look_up(arena, LETTERS, key) and best[place + size] + 1 <= best[place]:
                best[place] = best[place + size] + 1
                best[LONGEST_RUN + 1 + place] = size
    if best[0] >= 1000:
        return made
    place = 0
    while place < length:
        size = best[LONGEST_RUN + 1 + place]
        key = 0
        for step in range(size):
            key = key * 27 + chars[CODE, start + place + step] - 96
        chars[TOKEN, start + place] = made
        tokens[T_SYLLABLE, made] = look_up(arena, LETTERS, key)
        tokens[T_START, made] = start + place
        tokens[T_END, made] = start + place + size
        tokens[T_KIND, made] = FROM_LETTERS
        made += 1
        place += size
    return made
