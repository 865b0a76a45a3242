"""Citations in one form, so that the articles applied can be counted and searched.

`《中华人民共和国商标法》第五十七条第(一)项` and `《商标法》第57条第一项` are both kept as
`《商标法》第57条第1项`.
"""

from __future__ import annotations

import re
import unicodedata

LONG_FORM = "中华人民共和国"
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_NUMBER = r"[0-9零一二三四五六七八九十百]+"
_CITATION = re.compile(
    rf"《(?P<title>[^《》]+)》\s*第(?P<article>{_NUMBER})条(?:之(?P<inserted>{_NUMBER}))?"
    rf"(?P<rest>(?:\s*第[(]?{_NUMBER}[)]?[款项目])*)"
)
_PART = re.compile(rf"第[(]?(?P<number>{_NUMBER})[)]?(?P<word>[款项目])")
_BETWEEN = re.compile(r"[\s,、;;]+")


class Unreadable(ValueError):
    """Text among the citations that is none; `str()` is that text."""


def read_articles(text: str) -> list[str]:
    """The citations of a text in their one form, each once, in the order written.

    Raises:
        Unreadable: something else stands between them.
    """
    plain = unicodedata.normalize("NFKC", text)
    found = []
    at = 0
    for match in _CITATION.finditer(plain):
        _refuse(plain[at : match.start()])
        found.append(_written(match))
        at = match.end()
    _refuse(plain[at:])
    return list(dict.fromkeys(found))


def article_of(citation: str) -> str:
    """The citation down to its article, for counting: without paragraph and item."""
    match = _CITATION.match(citation)
    return _head(match) if match else citation


def _written(match: re.Match[str]) -> str:
    parts = "".join(
        f"第{as_number(part['number'])}{part['word']}" for part in _PART.finditer(match["rest"])
    )
    return _head(match) + parts


def _head(match: re.Match[str]) -> str:
    title = match["title"].strip().removeprefix(LONG_FORM)
    inserted = f"之{as_number(match['inserted'])}" if match["inserted"] else ""
    return f"《{title}》第{as_number(match['article'])}条{inserted}"


def _refuse(between: str) -> None:
    if rest := _BETWEEN.sub("", between):
        raise Unreadable(rest)


def as_number(text: str) -> int:
    """A number below one thousand in Chinese or Arabic digits: 五十七 → 57."""
    if text.isascii():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        else:
            total += (digit or 1) * (100 if character == "百" else 10)
            digit = 0
    return total + digit
