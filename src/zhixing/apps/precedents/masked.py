"""Telling a case without its parties: names of operators and people, codes and numbers hidden.

What is masked here is what the platform knows of the operator, and what has the form of a code or
number. Names of other people in free text it cannot know; that is why a second person reads each
draft before it enters the library.
"""

from __future__ import annotations

import re

from zhixing.apps.registry.api import Subject
from zhixing.engines.lookalike import parse_name
from zhixing.kit.masking import MASKS

SOME = "某"
# Identity numbers and credit codes (18), mobile numbers (11).
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{17}[0-9A-Zx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def masked_party(name: str) -> str:
    """海州市康帅傅食品有限公司 → 海州市某食品有限公司: the trade name is hidden."""
    parts = parse_name(name)
    if not parts.trade_name or parts.trade_name not in name:
        return SOME
    return name.replace(parts.trade_name, SOME)


def masked_text(text: str, subject: Subject | None = None) -> str:
    """The text without the subject's names, people, address and codes, and without numbers."""
    if subject is not None:
        known = {subject.name: masked_party(subject.name)}
        if subject.legal_representative:
            known[subject.legal_representative] = MASKS["name"](subject.legal_representative)
        if subject.address:
            known[subject.address] = MASKS["address"](subject.address)
        for plain, hidden in known.items():
            text = text.replace(plain, hidden)
    text = _CODE.sub(lambda found: "*" * len(found[0]), text)
    return _MOBILE.sub(lambda found: MASKS["phone"](found[0]), text)


def has_numbers(text: str) -> bool:
    """Whether an identity number, credit code or mobile number stands in the text."""
    return bool(_CODE.search(text) or _MOBILE.search(text))
