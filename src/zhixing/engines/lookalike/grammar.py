"""The grammar of enterprise names: administrative division · trade name · industry · form.

《企业名称登记管理规定》 (State Council Decree 734) arts 6-11 fix parts and order. A name
is labelled character by character: words are matched longest first from both ends, with brackets,
branch tails and dressing words (香港…国际集团…监制) set aside, and what is left is the trade name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from .characters import CLOSE, OPEN
from .compiled import kernel
from .text import Strings, as_list, code_points, fold
from .words import sections

SEPARATOR, DIVISION, TRADE, INDUSTRY, FORM, BRANCH, SHELL = range(7)
ROLES = ("separator", "division", "trade_name", "industry", "form", "branch", "shell")

# What a dictionary word can be; one word may be several things.
_DIVISION_FULL, _DIVISION_BARE, _DISTRICT_BARE, _OVERSEAS = 1, 2, 4, 8
_COMPANY, _UNIT, _SHELL, _INDUSTRY = 16, 32, 64, 128
_LEADING = _DIVISION_FULL | _DIVISION_BARE | _DISTRICT_BARE | _OVERSEAS
_TRAILING = _COMPANY | _UNIT | _SHELL | _INDUSTRY | _OVERSEAS
_LONGEST = 24  # longest word looked for

# Levels that end a division's name; the low ones only behind another division (古镇, 水乡 …).
_LEVELS = tuple(map(ord, "省市县"))
_LOW_LEVELS = tuple(map(ord, "镇乡区"))
_NO_PLACE = tuple(map(ord, "超门城都夜菜花上早集楼股闹本全各小社专特景校厂园"))

# How a whole name reads, beside its labels.
HAS_FORM, HAS_DRESS = 1, 2  # a form of organisation; overseas place or label formula
HAS_MORE = 4  # words beside the trade name (格力电器)

Codes = NDArray[np.uint32]
Labels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Span:
    """Code points ``start`` to ``end`` (excluded) of a name play ``role`` (one of `ROLES`)."""

    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NameParts:
    """The parts of a name as written; a part that is not there is empty."""

    name: str
    division: str
    trade_name: str
    industry: str
    form: str
    branch: str
    shells: tuple[str, ...]
    spans: tuple[Span, ...]


def parse_name(name: str) -> NameParts:
    """The parts of one name, with spans into ``name``."""
    codes, offsets = code_points([name])
    labels, _ = label(fold(codes), offsets)
    spans = tuple(_spans(labels))
    texts = {
        role: "".join(name[s.start : s.end] for s in spans if s.role == role) for role in ROLES
    }
    return NameParts(
        name=name,
        division=texts["division"],
        trade_name=texts["trade_name"],
        industry=texts["industry"],
        form=texts["form"],
        branch=texts["branch"],
        shells=tuple(name[s.start : s.end] for s in spans if s.role == "shell"),
        spans=spans,
    )


def parse_names(names: Strings) -> pa.Table:
    """A column of names parsed: a string column a part, ``shells``, ``trade_start, trade_end``.

    Positions are code points into the name; both are -1 where there is no trade name.
    """
    listed = as_list(names)
    codes, offsets = code_points(listed)
    labels, _ = label(fold(codes), offsets)
    fields = ("division", "trade_name", "industry", "form", "branch")
    columns: dict[str, list[str]] = {field: [] for field in fields}
    shells: list[list[str]] = []
    starts = np.full(len(listed), -1, np.int32)
    ends = np.full(len(listed), -1, np.int32)
    for row, name in enumerate(listed):
        marks = labels[offsets[row] : offsets[row + 1]].tolist()
        parts = dict.fromkeys(fields, "")
        dress = []
        at = 0
        for mark, run in groupby(marks):
            end = at + sum(1 for _ in run)
            if mark == SHELL:
                dress.append(name[at:end])
            elif mark != SEPARATOR:
                parts[ROLES[mark]] += name[at:end]
            if mark == TRADE:
                starts[row] = at if starts[row] < 0 else starts[row]
                ends[row] = end
            at = end
        for field in fields:
            columns[field].append(parts[field])
        shells.append(dress)
    return pa.table(
        {
            **{field: pa.array(columns[field], pa.string()) for field in fields},
            "shells": pa.array(shells, pa.list_(pa.string())),
            "trade_start": starts,
            "trade_end": ends,
        }
    )


def label(folded: Codes, offsets: NDArray[np.int64]) -> tuple[Labels, NDArray[np.uint8]]:
    """The role of every code point of folded names, and `HAS_FORM | HAS_DRESS` a name."""
    forward, backward = _dictionaries()
    labels = np.zeros(len(folded), np.uint8)
    traits = np.zeros(len(offsets) - 1, np.uint8)
    _label_all(folded, offsets, *forward, *backward, labels, traits)
    return labels, traits


def _spans(labels: Labels) -> Iterable[Span]:
    at = 0
    for mark, run in groupby(labels.tolist()):
        end = at + sum(1 for _ in run)
        yield Span(ROLES[mark], at, end)
        at = end


Trie = tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.uint8]]


@cache
def _dictionaries() -> tuple[Trie, Trie]:
    """Tries of the words that lead a name and, spelled backwards, of those that end it."""
    leading: dict[str, int] = {}
    trailing: dict[str, int] = {}

    def add(table: dict[str, int], words: Iterable[str], kind: int) -> None:
        for word in words:
            table[word] = table.get(word, 0) | kind

    for level in ("province", "prefecture", "county"):
        names = sections("divisions")[level]
        add(leading, names, _DIVISION_FULL)
        for name in names:
            bare = bare_division(name)
            if len(bare) >= 2 and bare != name:
                district = level == "county" and name.endswith("区")
                add(leading, [bare], _DISTRICT_BARE if district else _DIVISION_BARE)
                add(leading, [bare + name[-1]], _DIVISION_FULL)  # 黔南州, 元江县
    add(leading, sections("shells")["overseas"], _OVERSEAS)
    add(leading, ["中国", "全国"], _OVERSEAS)
    forms = sections("forms")
    add(leading, forms["company"], _COMPANY)
    add(leading, sections("shells")["shell"], _SHELL)
    add(trailing, forms["company"], _COMPANY)
    add(trailing, [*forms["unit"], *forms["tail"]], _UNIT)
    add(trailing, sections("shells")["shell"], _SHELL)
    add(trailing, sections("shells")["overseas"], _OVERSEAS)
    add(trailing, sections("industries")[""], _INDUSTRY)
    return _trie(leading), _trie({word[::-1]: kind for word, kind in trailing.items()})


def bare_division(name: str) -> str:
    """A division's name without its level and peoples: 恩施土家族苗族自治州 → 恩施."""
    suffixes, peoples = sections("divisions")["suffix"], sections("divisions")["people"]
    for suffix in suffixes:
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            name = name[: -len(suffix)]
            break
    else:
        return name
    shortened = True
    while shortened:
        shortened = False
        for people in peoples:
            if name.endswith(people) and len(name) >= len(people) + 2:
                name, shortened = name[: -len(people)], True
    return name


def _trie(words: dict[str, int]) -> Trie:
    """Open-addressing table of (node, code) → node, and what each node's word is."""
    children: dict[tuple[int, int], int] = {}
    kinds = [0]
    for word, kind in sorted(words.items()):
        node = 0
        for character in word:
            step = (node, ord(character))
            if step not in children:
                children[step] = len(kinds)
                kinds.append(0)
            node = children[step]
        kinds[node] |= kind
    size = 1 << (2 * len(children)).bit_length()
    keys = np.zeros(size, np.uint64)
    nodes = np.zeros(size, np.int32)
    for (node, code), child in children.items():
        key = (node << 21) | code
        slot = ((key * _MULTIPLIER) & 0xFFFFFFFFFFFFFFFF) >> 40 & (size - 1)
        while keys[slot]:
            slot = (slot + 1) & (size - 1)
        keys[slot], nodes[slot] = key, child
    return keys, nodes, np.array(kinds, np.uint8)


_MULTIPLIER = 0x9E3779B97F4A7C15


@kernel
def _child(keys: NDArray[np.uint64], nodes: NDArray[np.int32], node: int, code: int) -> int:
    key = (np.uint64(node) << np.uint64(21)) | np.uint64(code)
    slot = ((key * np.uint64(_MULTIPLIER)) >> np.uint64(40)) & np.uint64(len(keys) - 1)
    while keys[slot] != 0:
        if keys[slot] == key:
            return int(nodes[slot])
        slot = (slot + np.uint64(1)) & np.uint64(len(keys) - 1)
    return -1


@kernel
def _longest(
    keys: NDArray[np.uint64],
    nodes: NDArray[np.int32],
    kinds: NDArray[np.uint8],
    text: Codes,
    begin: int,
    end: int,
    step: int,
    wanted: int,
) -> tuple[int, int]:
    """Length and kinds of the longest wanted word from ``begin`` on (1) or ``end`` back (-1)."""
    node = 0
    found, what = 0, 0
    for length in range(1, min(end - begin, _LONGEST) + 1):
        at = begin + length - 1 if step > 0 else end - length
        node = _child(keys, nodes, node, text[at])
        if node < 0:
            break
        if kinds[node] & wanted:
            found, what = length, kinds[node] & wanted
    return found, what


@kernel
def _label_all(
    folded: Codes,
    offsets: NDArray[np.int64],
    fkeys: NDArray[np.uint64],
    fnodes: NDArray[np.int32],
    fkinds: NDArray[np.uint8],
    bkeys: NDArray[np.uint64],
    bnodes: NDArray[np.int32],
    bkinds: NDArray[np.uint8],
    labels: Labels,
    traits: NDArray[np.uint8],
) -> None:
    longest = 0
    for row in range(len(offsets) - 1):
        longest = max(longest, offsets[row + 1] - offsets[row])
    text = np.empty(longest, np.uint32)
    place = np.empty(longest, np.int64)
    marks = np.empty(longest, np.uint8)
    for row in range(len(offsets) - 1):
        # Text outside brackets is parsed as one; each bracket is read alone.
        n = 0
        opened = -1
        trait = 0
        for at in range(offsets[row], offsets[row + 1]):
            code = folded[at]
            if code == OPEN:
                opened = at
            elif code == CLOSE:
                if opened >= 0:
                    m = 0
                    for inner in range(opened + 1, at):
                        if folded[inner] > CLOSE:
                            text[n + m] = folded[inner]
                            m += 1
                    length, what = _longest(
                        fkeys, fnodes, fkinds, text, n, n + m, 1, _LEADING | _SHELL
                    )
                    role = BRANCH
                    if m > 0 and length == m:
                        role = SHELL if what & (_OVERSEAS | _SHELL) else DIVISION
                        if what & _OVERSEAS:
                            trait |= HAS_DRESS
                    for inner in range(opened + 1, at):
                        if folded[inner] > CLOSE:
                            labels[inner] = role
                opened = -1
            elif code > CLOSE and opened < 0:
                text[n] = code
                place[n] = at
                n += 1
        if opened >= 0:  # never closed: not a bracket
            for at in range(opened + 1, offsets[row + 1]):
                if folded[at] > CLOSE:
                    text[n] = folded[at]
                    place[n] = at
                    n += 1
        trait |= _parse(text, n, marks, fkeys, fnodes, fkinds, bkeys, bnodes, bkinds)
        for i in range(n):
            labels[place[i]] = marks[i]
        traits[row] = trait | _more(labels[offsets[row] : offsets[row + 1]])


@kernel
def _more(labels: Labels) -> int:
    """`HAS_MORE` when there is a trade name and something else; 0 when either is all there is."""
    trade, other = False, False
    for mark in labels:
        trade = trade or mark == TRADE
        other = other or (mark != TRADE and mark != SEPARATOR)
    return HAS_MORE if trade and other else 0


@kernel
def _unlisted(text: Codes, begin: int, end: int, divisions: int) -> int:
    """Length of a division that no list holds, told by its level (某某市, 济南市某某镇); or 0.

    Divisions are renamed and founded faster than lists follow. The level must stand third or
    fourth, a trade name must be left behind it, and the character before must not make another
    word of it (超市, 门市, 城市).
    """
    for length in (3, 4):
        if end - begin - length < 3:
            break
        level, before = text[begin + length - 1], text[begin + length - 2]
        if level in _LEVELS or (divisions and level in _LOW_LEVELS):
            return 0 if before in _NO_PLACE else length
    return 0


@kernel
def _parse(
    text: Codes,
    n: int,
    marks: Labels,
    fkeys: NDArray[np.uint64],
    fnodes: NDArray[np.int32],
    fkinds: NDArray[np.uint8],
    bkeys: NDArray[np.uint64],
    bnodes: NDArray[np.int32],
    bkinds: NDArray[np.uint8],
) -> int:
    """Labels ``text[:n]`` (no brackets, no punctuation); returns the traits."""
    marks[:n] = TRADE
    traits = 0
    end = n
    # 1. The head office ends at its form; what follows is dressing or the branch.
    for at in range(2, n):
        length, _ = _longest(fkeys, fnodes, fkinds, text, at, n, 1, _COMPANY)
        if length >= 2:
            tail = at + length
            while True:  # 集团有限公司股份有限公司 and the like
                more, _ = _longest(fkeys, fnodes, fkinds, text, tail, n, 1, _COMPANY)
                if more == 0:
                    break
                tail += more
            marks[at:tail] = FORM
            traits |= HAS_FORM
            if tail < n:
                dress, _ = _longest(fkeys, fnodes, fkinds, text, tail, n, 1, _SHELL)
                marks[tail:n] = SHELL if dress else BRANCH
                if dress:
                    traits |= HAS_DRESS
            end = at
            break
    # 2. Divisions, overseas places and 中国 lead.
    begin = 0
    last, last_bare = 0, False
    divisions = 0
    while end - begin > 2:
        wanted = _DIVISION_FULL | _DIVISION_BARE | _OVERSEAS
        if divisions:
            wanted |= _DISTRICT_BARE
        length, what = _longest(fkeys, fnodes, fkinds, text, begin, end, 1, wanted)
        if length == 0:
            length, what = _unlisted(text, begin, end, divisions), _DIVISION_FULL
        full = what & _DIVISION_FULL
        if length == 0 or (end - begin - length < 2 and not (traits & HAS_FORM)):
            break
        if not full and not (traits & HAS_FORM) and not what & _OVERSEAS and end - begin < 6:
            break  # 云南白药: a short mark keeps its place name
        overseas = what & _OVERSEAS and not what & (_DIVISION_FULL | _DIVISION_BARE)
        marks[begin : begin + length] = SHELL if overseas else DIVISION
        if overseas and not (length == 2 and text[begin] == 20013 and text[begin + 1] == 22269):
            traits |= HAS_DRESS
        last, last_bare = begin, not full and not overseas
        divisions += 1
        begin += length
    # 3. Trades, units and dressing words end what is left.
    while end > begin:
        length, what = _longest(bkeys, bnodes, bkinds, text, begin, end, -1, _TRAILING)
        rest = end - begin - length
        if length == 0 or (what & _OVERSEAS and not what & _SHELL and rest < 2):
            break
        place = rest == 0 and last_bare  # 青岛啤酒(香港)国际集团
        if rest < 2 and not (traits & HAS_FORM) and rest + divisions < 2 and not place:
            break
        if length == 1 and (rest < 3 or what & _UNIT == 0) and not divisions:
            break
        if rest == 1 and length < 2:
            break
        if what & (_COMPANY | _UNIT):
            role = FORM
            traits |= HAS_FORM
        elif what & (_SHELL | _OVERSEAS):
            role = SHELL
        else:
            role = INDUSTRY
        if rest == 1 and length >= 2 and not divisions and not (traits & HAS_FORM):
            break
        marks[end - length : end] = role
        end -= length
    # 4. A place name written short may itself be the trade name: 鄂尔多斯羊绒集团.
    if begin == end and last_bare:
        marks[last:begin] = TRADE
    return traits
