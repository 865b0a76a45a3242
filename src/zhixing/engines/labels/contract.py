"""A contract's text read for what a register of authorisations asks: parties, mark, term, goods.

What is found is a proposal with its place in the text; a person confirms it against the paper.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from .names import form_end
from .rules import HERE
from .text import fold

_KEY = (
    r"(?:^|(?<=[\n\s(，,;。]))(?:{})(?:名称|单位)?(?:\((?:以下)?(?:简)?称?[^()\n]{{1,10}}\))?"
    r"\s*[::]\s*"
)
_DAY = r"(?P<{0}y>\d{{4}})\s*[年./-]\s*(?P<{0}m>\d{{1,2}})\s*[月./-]\s*(?P<{0}d>\d{{1,2}})\s*日?"
_TERM = re.compile(
    _DAY.format("a")
    + r"\s*(?:起)?\s*[,，]?\s*(?:至|到|起至|—+|-+|~|截止到|止于)\s*"
    + _DAY.format("b")
)
_YEARS = re.compile(
    r"(?:自|从)\s*"
    + _DAY.format("a")
    + r"\s*起?[^。\n]{0,12}?(?P<n>[1-9]\d?|[一二三四五六七八九十])\s*年"
)
_NUMERALS = {word: n for n, word in enumerate("一二三四五六七八九十", start=1)}
_CLASSES = re.compile(r"第\s*((?:\d{1,2}\s*[、,，和及]?\s*(?:第)?\s*)+)类")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The table of `contract.toml`, compiled."""

    grantor: str
    grantee: str
    facts: tuple[tuple[str, re.Pattern[str]], ...]
    words: tuple[tuple[str, str | bool, re.Pattern[str]], ...]


@cache
def _patterns() -> _Patterns:
    table = tomllib.loads((HERE / "contract.toml").read_text("utf-8"))
    return _Patterns(
        table["grantor"],
        table["grantee"],
        tuple((row["field"], re.compile(row["pattern"])) for row in table["fact"]),
        tuple((row["field"], row["value"], re.compile(row["pattern"])) for row in table["word"]),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A value for a field of the register, and where it stands in the text."""

    field: str
    value: str | date | bool | list[int]
    start: int
    end: int


def read_contract(text: str) -> list[Found]:
    """What a contract says, in the order of the text; each field at most once.

    Fields: grantor_name, grantee_name, kind, exclusivity, mark_text, registration_number,
    nice_classes, goods, territory, export_only, contract_number, starts_on, ends_on.
    """
    folded = fold(text)
    first: dict[str, Found] = {}
    for found in [*_parties(folded), *_facts(folded), *_term(folded), *_words(folded)]:
        first.setdefault(found.field, found)
    return sorted(first.values(), key=lambda found: (found.start, found.field))


def _parties(text: str) -> Iterator[Found]:
    known = _patterns()
    for field, words in (("grantee_name", known.grantee), ("grantor_name", known.grantor)):
        ways = (_KEY.format(words), _SIDE_KEY.format(words), _SIDES[field])
        for pattern in ways:
            match = re.search(pattern + r"(?P<v>[^\n]{2,80})", text)
            if match and (span := _name(match)):
                yield Found(field, text[span[0] : span[1]], *span)
                break


# 甲方(许可人):… and the bare sides; in contracts on marks the holder is by custom 甲方.
_SIDE_KEY = r"[甲乙丙]方\s*\((?:{})\)\s*[::]\s*"
_SIDES = {
    "grantor_name": r"(?:^|(?<=\n))\s*甲\s*方(?:\((?:盖章|签章|公章)\))?\s*[::]\s*",
    "grantee_name": r"(?:^|(?<=\n))\s*乙\s*方(?:\((?:盖章|签章|公章)\))?\s*[::]\s*",
}


def _name(match: re.Match[str]) -> tuple[int, int] | None:
    """Start and end of the company's name at the head of a value."""
    value = match["v"]
    form = form_end().search(value)
    end = form.end() if form else len(re.split(r"[\s,，;。(]", value)[0])
    start = match.start("v")
    return (start, start + end) if end >= 2 else None


def _facts(text: str) -> Iterator[Found]:
    for field, pattern in _patterns().facts:
        match = pattern.search(text)
        if match:
            value = match["v"].strip(" ,，、")
            start = match.start("v") + match["v"].index(value) if value else match.start("v")
            if value:
                yield Found(field, value, start, start + len(value))
    classes = _CLASSES.search(text)
    if classes:
        numbers = sorted({int(n) for n in re.findall(r"\d+", classes.group()) if 1 <= int(n) <= 45})
        if numbers:
            yield Found("nice_classes", numbers, *classes.span())


def _term(text: str) -> Iterator[Found]:
    match = _TERM.search(text)
    if match:
        starts, ends = _day(match, "a"), _day(match, "b")
        if starts and ends and starts <= ends:
            yield Found("starts_on", starts, match.start("ay"), _end(match, "a"))
            yield Found("ends_on", ends, match.start("by"), match.end())
        return
    match = _YEARS.search(text)
    if match and (starts := _day(match, "a")):
        years = _NUMERALS.get(match["n"]) or int(match["n"])
        yield Found("starts_on", starts, match.start("ay"), _end(match, "a"))
        yield Found("ends_on", _years_on(starts, years), match.start("n"), match.end())


def _day(match: re.Match[str], side: str) -> date | None:
    try:
        return date(*(int(match[f"{side}{part}"]) for part in "ymd"))
    except ValueError:
        return None


def _end(match: re.Match[str], side: str) -> int:
    end = match.end(f"{side}d")
    return end + 1 if match.string[end : end + 1] == "日" else end


def _years_on(starts: date, years: int) -> date:
    """The last day of a term of whole years: the day before the anniversary."""
    try:
        anniversary = starts.replace(year=starts.year + years)
    except ValueError:  # 29 February
        anniversary = date(starts.year + years, 3, 1)
    return date.fromordinal(anniversary.toordinal() - 1)


def _words(text: str) -> Iterator[Found]:
    """Kind, exclusivity and the like: of the words of a field the first in the text decides."""
    places = [
        (match.start(), field, value, match.end())
        for field, value, pattern in _patterns().words
        if (match := pattern.search(text))
    ]
    for start, field, value, end in sorted(places, key=lambda place: place[0]):
        yield Found(field, value, start, end)
