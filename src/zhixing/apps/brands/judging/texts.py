"""The parts of a label or an offer that may be names, each with its place in the text.

A signboard or a register's name is one name. A label says several things in a row: the parties and
the brand are read by `engines.labels`, the rest is parted where punctuation and line ends part it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhixing.apps.brands.models import NameKind

SHORTEST = 2
# Facts on a label that are names, beside the parties.
NAMING = ("brand", "product")
MOST_PARTS = 60
_BREAK = re.compile(r"[\n\r\t,，。.;；!！?？|｜/／、·•~～*#【】\[\]《》<>“”\"'‘’—]+|\s{1,}|[:：]")
_INNER = {" ", "'", "’", "-", "&"}


# A brand written straight before or behind other words (康帅傅红烧牛肉面) is looked for in windows
# of the length of most brands; two characters would be met by chance in any text.
WINDOWS = (3, 4, 5)
LONGEST_RUN = 30
_RUN = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text; `start` is where it begins, in characters from 0.

    `is_window` marks a stretch cut out of longer writing, which counts only when it is closely like
    the whole of a brand; `role` is what its bearer is on a label (`engines.labels.ROLES`).
    """

    text: str
    start: int
    is_window: bool = False
    role: str = ""


def parts_of(kind: str, text: str) -> list[Part]:
    """What of a text is compared with the brands: the whole of a name, the parts of a label.

    Signboards, labels and offers are also looked through by windows.
    """
    whole = [Part(text, 0)] if text.strip() else []
    if kind in (NameKind.SUBJECT, NameKind.MARK):
        return whole
    parts = whole if kind == NameKind.SHOP else _named(text)
    known = {part.text for part in parts}
    windows = (window for part in parts for window in _windows(part))
    return parts + [window for window in windows if window.text not in known]


def _named(text: str) -> list[Part]:
    """Who and what the label names by its captions and formulas, then what else stands on it."""
    from zhixing.engines.labels import PARTY_ROLES, parse

    parties = [each for each in parse(text) if each.role in (*PARTY_ROLES, *NAMING)]
    found: dict[str, Part] = {}
    rest = list(text)
    for each in parties:
        written = text[each.start : each.end]
        found.setdefault(written, Part(written, each.start, role=each.role))
        # What is told already is not read a second time; its place becomes a break.
        rest[each.start : each.end] = "\n" * len(written)
    for start, end in _pieces("".join(rest)):
        bare = text[start:end].strip()
        if len(bare) >= SHORTEST and not bare.isdecimal():
            found.setdefault(bare, Part(bare, text.index(bare, start)))
    return list(found.values())[:MOST_PARTS]


def _windows(part: Part) -> list[Part]:
    """Stretches of Chinese writing inside a part, none longer than the run it stands in."""
    found = []
    for run in _RUN.finditer(part.text):
        run_text = run.group()[:LONGEST_RUN]
        for length in WINDOWS:
            for at in range(len(run_text) - length + 1):
                if length < len(run_text):
                    start = part.start + run.start() + at
                    found.append(Part(run_text[at : at + length], start, True))
    return found


def _pieces(text: str) -> list[tuple[int, int]]:
    """Where the pieces between breaks begin and end.

    Letters keep their spaces and marks (HEAD AND SHOULDERS, LEVI'S are one name each).
    """
    pieces, at = [], 0
    for found in _BREAK.finditer(text):
        before, after = text[: found.start()][-1:], text[found.end() : found.end() + 1]
        is_inner = found.group() in _INNER and _is_letter(before) and _is_letter(after)
        if not is_inner:
            pieces.append((at, found.start()))
            at = found.end()
    return [*pieces, (at, len(text))]


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalnum()
