"""The parts of a label or an offer that may be names, each with its place in the text.

A signboard or a register's name is one name. A label says several things in a row: the parties and
the brand are those its register has read (and officers corrected), or else are read here by
`engines.labels`; the rest is parted where punctuation and line ends part it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhixing.apps.brands.models import NameKind
from zhixing.apps.registry.api import NamedParty

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
    """A part of a text; `start` is where it begins, in characters from 0; None if nowhere.

    `is_window` marks a stretch cut out of longer writing, which counts only when it is closely like
    the whole of a brand; `role` is what its bearer is on a label (`engines.labels.ROLES`).
    """

    text: str
    start: int | None
    is_window: bool = False
    role: str = ""


def parts_of(kind: str, text: str, parties: Sequence[NamedParty] | None = None) -> list[Part]:
    """What of a text is compared with the brands: the whole of a name, the parts of a label.

    Signboards, labels and offers are also looked through by windows.

    Args:
        parties: whom and what the text names, where that is known; None to read it here.
    """
    whole = [Part(text, 0)] if text.strip() else []
    if kind in (NameKind.SUBJECT, NameKind.MARK):
        return whole
    parts = whole if kind == NameKind.SHOP else _named(text, parties)
    known = {part.text for part in parts}
    windows = (window for part in parts for window in _windows(part))
    return parts + [window for window in windows if window.text not in known]


def _named(text: str, parties: Sequence[NamedParty] | None) -> list[Part]:
    """Who and what the text names by captions and formulas, then what else stands on it."""
    found: dict[str, Part] = {}
    rest = list(text)
    for each in _read(text) if parties is None else parties:
        if each.start is None or each.end is None:
            at = text.find(each.name)
            start, end = (at, at + len(each.name)) if at >= 0 else (None, None)
        else:
            start, end = each.start, each.end
        written = each.name if start is None else text[start:end]
        found.setdefault(written, Part(written, start, role=each.role))
        if start is not None and end is not None:
            # What is told already is not read a second time; its place becomes a break.
            rest[start:end] = "\n" * len(written)
    for start, end in _pieces("".join(rest)):
        bare = text[start:end].strip()
        if len(bare) >= SHORTEST and not bare.isdecimal():
            found.setdefault(bare, Part(bare, text.index(bare, start)))
    return list(found.values())[:MOST_PARTS]


def _read(text: str) -> list[NamedParty]:
    """The names that the engine finds on a label or in an offer."""
    from zhixing.engines.labels import PARTY_ROLES, parse

    return [
        NamedParty(each.role, each.name, each.start, each.end)
        for each in parse(text)
        if each.role in (*PARTY_ROLES, *NAMING)
    ]


def _windows(part: Part) -> list[Part]:
    """Stretches of Chinese writing inside a part, none longer than the run it stands in."""
    found = []
    for run in _RUN.finditer(part.text):
        run_text = run.group()[:LONGEST_RUN]
        for length in WINDOWS:
            for at in range(len(run_text) - length + 1):
                if length < len(run_text):
                    start = None if part.start is None else part.start + run.start() + at
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
