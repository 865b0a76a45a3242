"""Label texts parsed into parties and their roles.

Three readings, in this order: a key with its value (授权商：…, 【监制】…, or a key at the head of
a line before a name), a name with a formula behind it (…公司监制, 由 A 授权 B 生产), and numbers
known by their form (SC…, GB/T …, ®).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from .names import form_end, is_complete, is_overseas
from .parties import PARTY_ROLES, Party
from .rules import pattern_of, rules
from .text import Packed, pack

# What ends a value besides the next key.
_END = re.compile(r"[\n\t;。|◆●★■*【\[{]")
_COMMA = re.compile(r"[,，、/]")
_BETWEEN = re.compile(r"[\n\t,，、;。\"“”'‘’]*")
_NUMBERED = re.compile(r"^(?:\d{1,2}[.、)]|[A-Ga-g][:.、)](?=[\u4e00-\u9fff])|[①-⑨])")
_LEAD = re.compile(
    r"^(?:本产品|本品|该产品|此产品|产品|商品)?(?:是|系|由|受|经|为|承|获|蒙|根据|依据|已获|已经)?"
    r"(?:授权|委托|特许|许可|并由|并|与|和|及|由|为|受|经)*[\"“”'‘’]*"
)
_MOST = 60  # characters of a name
_LEFT = re.compile(r"[\n\t,，;。:、|◆●★■*【】\[\]\"“”‘’]")


@dataclass(frozen=True, slots=True)
class _Key:
    """A key found on a label; the value begins at `end`."""

    start: int
    end: int
    roles: tuple[str, ...]
    words: str


def parse(text: str) -> list[Party]:
    """The parties on one label, in the order of the text."""
    packed = pack(text)
    keys = _keys(packed)
    found: list[tuple[int, int, str, str]] = []
    for number, key in enumerate(keys):
        limit = keys[number + 1].start if number + 1 < len(keys) else len(packed.text)
        found += _values(packed.text, key, limit)
    taken = [(key.start, key.end) for key in keys]
    found += _suffixed(packed.text, taken, found)
    found += _numbers(packed.text, found)
    return sorted(_parties(packed, found), key=lambda party: (party.start, party.role))


def _parties(packed: Packed, found: Sequence[tuple[int, int, str, str]]) -> Iterator[Party]:
    seen: set[tuple[int, str]] = set()
    for start, end, role, words in found:
        if (start, role) in seen or role == "other" or end <= start:
            continue
        seen.add((start, role))
        name = _clean(packed.text[start:end], role)
        if not name:
            continue
        yield Party(
            role, name, words, packed.at(start), packed.at(end - 1) + 1,
            role in PARTY_ROLES and is_overseas(name),
        )  # fmt: skip


def _clean(text: str, role: str) -> str:
    if role in {"standard", "code", "licence", "barcode"}:
        return re.sub(r"[\s\t\n]+", "", text)
    return re.sub(r"[\t\n]", "", text).strip(" \"'“”‘’")


# ---------------------------------------------------------------- keys and their values

# Words that may stand before a key without changing what it says.
_BEFORE = (
    "本产品|本品|产品|商品|商标|品牌|境内|国内|中国区|中国|全国|大中华区|亚太区|联合|独家|唯一|指定|"
    "食品|化妆品|实际"
)


@cache
def _key_pattern() -> re.Pattern[str]:
    words = pattern_of(rules().labels)
    return re.compile(
        rf"(?:{_BEFORE})??(?P<key>{words})"
        rf"(?:(?:/|、|及|和|与|&|兼|\+)(?P<second>{words}))?"
        r"(?P<behind>名称|单位名称|企业名称|公司名称|信息|全称)?(?P<where>地址|住所|厂址|所在地)?"
        r"(?:\([^()\n]{1,8}\))?"
        r"(?P<mark>[*\s】\]◆●★■|]*:|[】\]]|(?<=.)[◆●★■*](?=[^\s:]))"
    )


@cache
def _bare_pattern() -> re.Pattern[str]:
    """Keys at the head of a line without a colon."""
    words = pattern_of(rules().labels)
    return re.compile(rf"(?:^|(?<=[\n\t;。|◆]))(?P<key>{words})(?P<where>地址|住所)?(?P<gap>\t?)")


@cache
def _english_pattern() -> re.Pattern[str]:
    words = pattern_of(rules().english)
    return re.compile(rf"(?<![A-Za-z])(?P<key>{words})\.? ?:", re.I)


_UNKNOWN = re.compile(r"(?:^|(?<=[\n\t;。|]))[\u4e00-\u9fff/]{2,9}:")


def _keys(packed: Packed) -> list[_Key]:
    text, labels = packed.text, rules().labels
    found: list[_Key] = []
    for match in _key_pattern().finditer(text):
        roles = tuple(labels[word] for word in match.group("key", "second") if word)
        words = match["key"] + (f"/{match['second']}" if match["second"] else "")
        found.append(_Key(match.start(), match.end(), _where(match, roles), words))
    if ":" in text:
        for match in _english_pattern().finditer(text):
            role = rules().english[match["key"].upper()]
            found.append(_Key(match.start(), match.end(), (role,), match["key"]))
        for match in _UNKNOWN.finditer(text):
            found.append(_Key(match.start(), match.end(), ("other",), match.group()))
    for match in _bare_pattern().finditer(text):
        role = labels[match["key"]]
        if _is_bare_key(text, match, role):
            found.append(_Key(match.start(), match.end(), _where(match, (role,)), match["key"]))
    return _apart(found)


def _where(match: re.Match[str], roles: tuple[str, ...]) -> tuple[str, ...]:
    return ("address",) if match["where"] else roles


def _is_bare_key(text: str, match: re.Match[str], role: str) -> bool:
    """A party's key needs a name behind it, another key a blank; else it is an ordinary word."""
    line = text[match.end() : match.end() + _MOST].split("\n")[0].split("\t")[0]
    if role in PARTY_ROLES:
        end = form_end().search(line)
        return bool(end and end.start() >= 2) or (bool(match["gap"]) and is_complete(line))
    return bool(match["gap"]) and bool(line)


def _apart(found: list[_Key]) -> list[_Key]:
    """Keys in order; of those that overlap the first and longest stays, a known one first."""
    kept: list[_Key] = []
    for key in sorted(found, key=lambda key: (key.start, key.roles == ("other",), -key.end)):
        if kept and key.start < kept[-1].end:
            known = key.roles != ("other",)
            if kept[-1].roles == ("other",) and known and key.end == kept[-1].end:
                kept[-1] = key
            continue
        kept.append(key)
    return kept


def _values(text: str, key: _Key, limit: int) -> Iterator[tuple[int, int, str, str]]:
    for role in key.roles:
        if role == "other":
            continue
        if role in PARTY_ROLES:
            for start, end in _names(text, key.end, limit):
                yield start, end, role, key.words
        else:
            start, end = _fact(text, key.end, limit, role)
            yield start, end, role, key.words


def _fact(text: str, begin: int, limit: int, role: str) -> tuple[int, int]:
    start = begin + len(_skip(text[begin:limit]))
    end = _stop(text, start, limit, _END)
    value = text[start:end]
    if role == "brand":
        value = re.split(r"[®,，(]|\(R\)", value)[0]
    if role == "standard" and (number := _STANDARD.search(value)):
        return start + number.start(), start + number.end()
    if role in {"contract", "licence"}:
        value = re.split(r"[,，]", value)[0]
    return start, start + len(value.rstrip(" .,，"))


def _names(text: str, begin: int, limit: int) -> Iterator[tuple[int, int]]:
    """The names of a party's value: one, or several in a list."""
    at = begin
    while at < limit:
        start = at + len(_skip(text[at:limit]))
        end = _name_end(text, start, limit)
        if end <= start:
            return
        yield start, end
        at = _next_in_list(text, end, limit)
        if at < 0:
            return


def _skip(text: str) -> str:
    """What stands before a value: blanks, quotation marks, the number of a list."""
    lead = re.match(r"[\s\"“‘']*", text)
    skipped = lead.group() if lead else ""
    number = _NUMBERED.match(text[len(skipped) :])
    return skipped + (number.group() if number else "")


def _name_end(text: str, start: int, limit: int) -> int:
    """Where the name that begins at `start` ends; over a line break while it is unfinished."""
    stop = _over_breaks(text, start, _stop(text, start, limit, _END), limit)
    value = text[start:stop]
    # "CO., LTD" is no list.
    latin = value.isascii()
    if not latin and (comma := _COMMA.search(value)):
        value = value[: comma.start()]
    forms = list(form_end().finditer(value))
    if forms and not latin:
        value = value[: forms[0].end() if _is_list(value, forms) else forms[-1].end()]
    return (
        start + len(value[:_MOST].rstrip(" .()（" if not latin else " ("))
        if value.strip()
        else start
    )


def _over_breaks(text: str, start: int, stop: int, limit: int) -> int:
    """`stop`, or the end of one of the next two lines with which an unfinished name is complete."""
    if is_complete(text[start:stop]):
        return stop
    further = stop
    for _line in range(2):
        if further >= limit or text[further] not in "\n\t" or further - start > _MOST:
            return stop
        begin, further = further + 1, _stop(text, further + 1, limit, _END)
        line = text[begin:further]
        if is_complete(line) or form_end().search(line):
            return further
    return stop


def _is_list(value: str, forms: list[re.Match[str]]) -> bool:
    return len(forms) > 1 and value[forms[0].end() :][:1] in {"和", "与", "及", "、"}


def _next_in_list(text: str, end: int, limit: int) -> int:
    """Where the next name of a list begins, or -1."""
    joint = re.match(r"[\n\t]?(?:[、;和与及](?:\d{1,2}[.、)])?|\n(?=\d[.、)]))", text[end:limit])
    if not joint or not is_complete(text[max(0, end - 8) : end]):
        return -1
    begin = end + joint.end()
    line = text[begin : min(limit, begin + _MOST)]
    name = line[: _stop(line, 0, len(line), _END)]
    return begin if form_end().search(name) or is_complete(name) else -1


def _stop(text: str, start: int, limit: int, pattern: re.Pattern[str]) -> int:
    match = pattern.search(text, start, limit)
    return match.start() if match else limit


# ---------------------------------------------------------------- a formula behind a name


@cache
def _suffix_pattern() -> re.Pattern[str]:
    words = pattern_of(rules().suffixes)
    return re.compile(rf"(?P<key>{words})(?!日期|批号|许可|标准|商:|方:|者:|企业:|单位:|厂)")


def _suffixed(
    text: str, keys: list[tuple[int, int]], found: list[tuple[int, int, str, str]]
) -> Iterator[tuple[int, int, str, str]]:
    """Names with a formula behind them; text that a key has claimed is left alone."""
    claimed = sorted([*keys, *((start, end) for start, end, _role, _words in found)])
    for match in _suffix_pattern().finditer(text):
        if any(start < match.end() and match.start() < end for start, end in claimed):
            continue
        name = _name_before(text, match.start())
        if name and not any(start < name[1] and name[0] < end for start, end in keys):
            yield *name, rules().suffixes[match["key"]], match["key"]


def _name_before(text: str, place: int) -> tuple[int, int] | None:
    """The company name that ends right before `place`."""
    end = place
    while end and text[end - 1] in '\n\t"”’ ':
        end -= 1
    begin = max(0, end - _MOST)
    piece = text[begin:end]
    left = [match.end() for match in _LEFT.finditer(piece)]
    begin += left[-1] if left else 0
    begin = _open_bracket(text, begin, end)
    piece = text[begin:end]
    for form in form_end().finditer(piece):
        if form.end() < len(piece) and not is_branch(piece[form.end() :]):
            begin += form.end()
            piece = text[begin:end]
            break
    lead = _LEAD.match(piece)
    begin += lead.end() if lead else 0
    if end - begin < 4 or not is_complete(text[begin:end]):
        return None
    return begin, end


def is_branch(rest: str) -> bool:
    """Whether what follows a form is the rest of the same name."""
    return rest in rules().forms["branch"] or rest.startswith(("(", "集团"))


def _open_bracket(text: str, begin: int, end: int) -> int:
    """Behind a bracket that is opened but not closed before the name ends."""
    depth = 0
    for at in range(end - 1, begin - 1, -1):
        if text[at] == ")":
            depth += 1
        elif text[at] == "(":
            depth -= 1
            if depth < 0:
                return at + 1
    return begin


# ---------------------------------------------------------------- numbers known by their form

_STANDARD = re.compile(
    r"(?<![A-Za-z0-9/])(?:GB|QB|SB|NY|FZ|HG|JB|DL|YY|LY|SC|BB|CJ|JC|YC|SN|TB|DB\d{0,6}|Q)"
    r"(?:/[A-Z]{1,6})?[\s\t]?\d{3,6}[A-Z]{0,3}(?:\.\d{1,3})?(?:[-—–]\d{2,4})?(?!\d)"
)
_QS = r"(?<![A-Za-z])QS\s?\d{4}\s?\d{4}\s?\d{4}"
_NUMBERS = (
    ("licence", re.compile(rf"(?<![A-Za-z])SC\s?\d{{14}}(?!\d)|{_QS}")),
    ("code", re.compile(r"(?<![0-9A-Z])[1-9AY][1-59]\d{6}[0-9A-HJ-NP-RTUWXY]{10}(?![0-9A-Z])")),
    ("standard", _STANDARD),
    ("barcode", re.compile(r"(?<!\d)69\d{11}(?!\d)")),
    (
        "brand",
        re.compile(r"(?:(?<=[\n\t,，。;|])|^)(?P<value>[\u4e00-\u9fffA-Za-z·]{2,12}) ?(?:®|\(R\))"),
    ),
    (
        "origin",
        re.compile(
            r"(?i:(?:MADE|PRODUCED) IN|PRODUCT OF) (?P<value>[A-Za-z. ]{2,20}?)(?=[\n\t.,;|]|$)"
        ),
    ),
)


def _numbers(
    text: str, found: list[tuple[int, int, str, str]]
) -> Iterator[tuple[int, int, str, str]]:
    for role, pattern in _NUMBERS:
        for match in pattern.finditer(text):
            start, end = match.span("value" if "value" in pattern.groupindex else 0)
            if role == "standard" and re.match(r"SC\s?\d{14}", text[start:]):
                continue
            same = [row for row in found if row[2] == role and row[0] < end and start < row[1]]
            if not same:
                yield start, end, role, ""
