"""Company names on labels: where one ends, and whether it is that of an overseas company."""

from __future__ import annotations

import re
from functools import cache

from .rules import pattern_of, rules

_CJK = re.compile(r"[\u3400-\u9fff]")
# How mainland companies write 有限公司 in Latin letters.
_CO_LTD = re.compile(r"CO\., ?LTD\.?$")
_PLACE_END = re.compile(r"[\u4e00-\u9fff]{2,6}(?:省|市|自治区|县)")


@cache
def form_end() -> re.Pattern[str]:
    """A strong form of organisation with what belongs to it: a branch, or brackets behind it."""
    strong, branch = pattern_of(rules().forms["strong"]), pattern_of(rules().forms["branch"])
    more = (
        rf"(?:集团)?(?:\([^()\n]{{2,12}}\)(?={branch}))?"
        rf"(?:[\u4e00-\u9fff]{{0,8}}?(?:{branch})(?![\u4e00-\u9fff]))?"
    )
    return re.compile(rf"(?:{strong}){more}")


@cache
def _weak_end() -> re.Pattern[str]:
    forms = (*rules().forms["strong"], *rules().forms["weak"], *rules().forms["branch"])
    latin = pattern_of(tuple(word.rstrip(".") for word in rules().overseas["english_forms"]))
    return re.compile(
        rf"(?:{pattern_of(forms)}|(?<![A-Za-z])(?:{latin}|LTD|CO|FACTORY|COMPANY)\.?)\)?$", re.I
    )


def is_complete(name: str) -> bool:
    """Whether the text ends as names of operators end."""
    return bool(_weak_end().search(name))


@cache
def _overseas_chinese() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = rules().overseas
    places, not_behind = pattern_of(words["places"]), pattern_of(words["not_behind"])
    head = re.compile(rf"^\(?(?:{places})\)?(?!{not_behind})")
    inside = re.compile(rf"\((?:{places})\)|(?:{pattern_of(words['forms'])})$")
    domestic = re.compile(rf"\((?:{pattern_of(words['domestic'])}|[\u4e00-\u9fff]{{2,4}}[省市])\)")
    return head, inside, domestic


@cache
def _overseas_english() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = rules().overseas
    edge = r"(?<![A-Z])(?:{})(?![A-Z])"
    return (
        re.compile(edge.format(pattern_of(words["english"]))),
        re.compile(edge.format(pattern_of(words["english_forms"]))),
        re.compile(edge.format(pattern_of(words["english_domestic"]))),
    )


def is_overseas(name: str) -> bool:
    """Whether a company's name (folded) says that it is registered outside the mainland.

    A name tells what it claims, not what is registered: the finding is a reason to look.
    """
    if not _CJK.search(name):
        return _is_overseas_english(name.upper())
    head, inside, domestic = _overseas_chinese()
    if domestic.search(name):
        return False
    if head.search(name):
        return is_complete(name) or len(name) >= 6
    return bool(inside.search(name)) and not _PLACE_END.match(name)


def _is_overseas_english(name: str) -> bool:
    places, forms, domestic = _overseas_english()
    if domestic.search(name) and not places.search(name):
        return False
    return bool(places.search(name)) or bool(forms.search(name) and not _CO_LTD.search(name))
