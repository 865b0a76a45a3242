"""Two texts side by side, with the characters that an engine says differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHANNELS: Mapping[str, str | Promise] = {
    "glyph": _("glyph"),
    "sound": _("sound"),
    "order": _("position"),
    "meaning": _("meaning"),
    "latin": _("letters"),
    "part": _("part of the name"),
    "identical": _("identical"),
}


@dataclass(slots=True)
class Character:
    """One character of a text; it differs when a channel names it."""

    text: str
    channels: list[str | Promise] = field(default_factory=list)


def compare(
    a: str, b: str, reasons: Iterable[Mapping[str, Any]]
) -> tuple[list[Character], list[Character]]:
    """The characters of both texts, each with the channels in which it differs.

    Args:
        a: the protected name.
        b: the name compared with it.
        reasons: as `zhixing.engines.lookalike` gives them: `position` in `a` and `b_position` in
            `b` count from 1, and 0 is the whole; `a` and `b` hold the characters concerned, an
            absence is empty.
    """
    left, right = list(map(Character, a)), list(map(Character, b))
    for reason in reasons:
        if reason.get("channel") == "identical":
            continue
        channel = CHANNELS.get(str(reason.get("channel")), str(reason.get("channel") or ""))
        _mark(left, int(reason.get("position") or 0), str(reason.get("a") or ""), channel)
        _mark(right, int(reason.get("b_position") or 0), str(reason.get("b") or ""), channel)
    return left, right


def _mark(characters: list[Character], position: int, text: str, channel: str | Promise) -> None:
    if position < 1:
        return
    for character in characters[position - 1 : position - 1 + len(text)]:
        if channel not in character.channels:
            character.channels.append(channel)
