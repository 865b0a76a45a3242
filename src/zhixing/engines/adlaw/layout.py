"""Where things lie in the arrays that the kernels work on.

A rule set is one array of integers, the *arena*: first, for each part, where it begins and ends,
then the parts. One array instead of fifty keeps the call of a kernel short, and a call per ad is
what screening one by one consists of.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

# Parts of the arena.
(
    FOLD,  # code point -> folded code, 0 dropped, from LIMIT on a row of MORE
    HOW,  # code point -> how it was written (bits of `text`)
    MORE_START, MORE,  # row -> folded codes
    INFO,  # folded code -> bits below
    SYLLABLE,  # folded code -> its syllable, 0 for none
    CLASS,  # syllable -> its class; alike syllables share one
    LETTERS,  # hash table: letters of a syllable as a number, syllable
    KNOWN,  # bit table of neighbouring characters that ordinary text is full of
    FAMILIAR,  # hash table: pair of codes, level; exact, for the few that need it
    LONG_WORDS,  # hash table of words of three and four characters
    ALIKE_START, ALIKE,  # folded code -> characters it may stand for
    JOINED,  # hash table: two codes, first row of
    PARTS_OF,  # rows: character, third part or 0, next row
    PAIRS,  # bit table of neighbouring codes that begin a term
    ROOT,  # folded code -> node
    EDGES,  # hash table: node, code, next node, first entry there
    ENTRIES,  # rows: term, bits, 0, next entry
    ROOT_ENTRIES,  # folded code -> first entry of disguised terms of one character
    ONE,  # folded code -> the term that is this character, or -1
    BENT,  # bit table of neighbours that begin a term when one stands for another character
    SOUND_PAIRS,  # bit table of neighbouring classes
    SOUND_MIXED,  # bit table of a character and the class beside it that begin a term
    SOUND_ROOT, SOUND_EDGES,
    SOUND_ENTRIES,  # rows: term, where its syllables begin, their number, next entry
    SOUND_SYLLABLES,
    SOUND_CODES,  # the characters of the term, beside its syllables
    TERM_START, TERM_SYMBOLS,  # term -> rows: symbol, 1 when only undisguised
    CUE_START, CUES,  # term -> rows: category, weight in thousandths
    ARM_START, ARMS,  # term -> rows: plan whose rarest step it is, 1 when only undisguised
    LONGEST,  # symbol -> characters of its longest term
    PLANS, STEPS,  # rows, see below
    OWNER_START, OWNERS,  # plan -> rules
    RULES, TESTS, TEST_PLANS,  # rows, see below
    ABSENT,  # rules about what must not be missing
    ABSENT_START, ABSENT_PLANS,
    PRIORS,  # category -> log prior in thousandths
    NUMBERS,  # size of: symbols, categories; terms that are a number, a percentage
    PARTS,
) = range(49)  # fmt: skip

# What is added to a number so that bits of different meaning lie apart in one table.
FIRST_BENT, SECOND_BENT, FIRST_RIGHT, SECOND_RIGHT, LONGER = (
    1 << 18, 1 << 19, 1 << 18, 1 << 19, 1 << 20,
)  # fmt: skip
MIXED_BITS = 22
MIXED_MASK = (1 << MIXED_BITS) - 1

# Bits of INFO.
DIGIT, NUMERAL, LATIN, CLAUSE, SENTENCE, MAGNITUDE, PUNCTUATION, HAN, PASSES, JOINS = (
    1, 2, 4, 8, 16, 32, 64, 128, 256, 512,
)  # fmt: skip

# Columns of PLANS, STEPS, RULES and TESTS.
(
    P_FIRST, P_STEPS, P_ANCHOR, P_AT_START, P_AT_END, P_END_GAP, P_CATEGORIES, P_MEDIA, P_WIDTH,
) = range(9)  # fmt: skip
S_SYMBOL, S_GAP, S_COMMAS, S_WIDTH = range(4)
R_CATEGORIES, R_MEDIA, R_UNLESS, R_NEEDS, R_END, R_FAMILY, R_WIDTH = range(7)
T_WITHIN, T_FIRST, T_END, T_CATEGORIES, T_WIDTH = range(5)
BEFORE, AFTER, IN_CLAUSE, IN_SENTENCE, IN_TEXT, AROUND = range(6)

# How an event was written, beyond the bits of `text`.
(
    HOMOPHONE, PINYIN, NEAR_SOUND, GLYPH, SPLIT, REPEAT, LOOSE, COMPANY, UNSHARED, NUMERALS, FUSED,
) = (
    1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15, 1 << 16, 1 << 17, 1 << 18,
)  # fmt: skip
CHANGED = HOMOPHONE | PINYIN | NEAR_SOUND | GLYPH | SPLIT | LOOSE | COMPANY | UNSHARED
"""Bits of an event that does not read as its term; `COMPANY` needs other steps beside it.

`FUSED` marks entries of terms made of two steps of a plan, which are looked for disguised only.
"""

# Columns of what the kernel answers with, one row per hit.
(
    H_AD, H_RULE, H_START, H_END, H_HOW, H_EXEMPT, H_FIRST, H_LAST, H_PLAN, H_SHARE, H_CATEGORY,
    H_SENTENCE, H_KINDS, H_WIDTH,
) = range(14)  # fmt: skip

ALL = 0x7FFFFFFF  # every category, every medium


def pack(parts: Mapping[int, NDArray[np.int32]]) -> NDArray[np.int32]:
    """All parts in one array behind the table of where they lie."""
    sizes = [parts[part].size for part in range(PARTS)]
    arena = np.empty(2 * PARTS + sum(sizes), np.int32)
    place = 2 * PARTS
    for part, size in enumerate(sizes):
        arena[2 * part], arena[2 * part + 1] = place, place + size
        arena[place : place + size] = parts[part].ravel()
        place += size
    return arena
