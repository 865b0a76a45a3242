"""Subtitles (SRT, WebVTT) and plain lists of `hh:mm:ss text`, read into timed pieces of one text.

Plain lists may also write `mm:ss`, brackets around the time, and a range `00:10-00:15`.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, zip_longest
from typing import Any

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
_ARROW = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_RANGE = rf"[\[(（【]?\s*{_TIME}(?:\s*[-–—~～至]\s*{_TIME})?\s*[\])）】]?"
_LISTED = re.compile(rf"^\s*{_RANGE}(?:[\s:：]+(.*))?$")
# <b>, <c.yellow>, <v Speaker>, <00:00:01.000> in subtitles; {\an8} in some SRT files.
_TAG = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")


class UnusableTranscript(Exception):
    """A text without times, or with impossible ones; the message is one line."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A piece of text and when it is heard or shown, in seconds; None: the end is not known."""

    start: float
    end: float | None
    text: str

    def as_dict(self) -> dict[str, Any]:
        """The cue as JSON values."""
        return {"from": self.start, "to": self.end, "text": self.text}


@dataclass(frozen=True)
class Transcript:
    """Cues in order of time, and one text of theirs: each on a line of its own."""

    cues: tuple[Cue, ...]
    starts: tuple[int, ...]
    text: str

    @classmethod
    def of(cls, cues: Sequence[Cue]) -> Transcript:
        """The transcript of these cues."""
        starts = [0, *accumulate(len(cue.text) + 1 for cue in cues)][:-1]
        return cls(tuple(cues), tuple(starts), "\n".join(cue.text for cue in cues))

    def times(self, start: int, end: int) -> tuple[float, float | None]:
        """From when to when the span `start` to `end` of the text is heard, by whole cues."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no span {start} to {end} in a text of {len(self.text)} characters")
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1) - 1
        ends = [cue.end for cue in self.cues[first : last + 1]]
        known = [one for one in ends if one is not None]
        return self.cues[first].start, max(known) if len(known) == len(ends) else None


def parse(text: str) -> Transcript:
    """The transcript that `text` holds, in any of the three forms.

    Raises:
        UnusableTranscript: no time code in it, or a cue that ends before it begins.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    cues = list(_subtitles(lines) if any(map(_ARROW.match, lines)) else _listed(lines))
    if not cues:
        raise UnusableTranscript("expected time codes, such as 00:01:30 before a line; found none")
    return Transcript.of(sorted(cues, key=lambda cue: cue.start))


def clock(seconds: float) -> str:
    """Seconds as `hh:mm:ss`, rounded down, as a player shows them."""
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def _subtitles(lines: Sequence[str]) -> Iterator[Cue]:
    times: tuple[float, float] | None = None
    said: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if match := _ARROW.match(line):
            times = _seconds(*match.groups()[:4]), _seconds(*match.groups()[4:])
            if times[1] < times[0]:
                raise UnusableTranscript(f"line {number}: the cue ends before it begins ({line})")
            said = []
        elif not line.strip():
            if times and (text := _joined(said)):
                yield Cue(*times, text)
            times, said = None, []
        # Outside a cue stand its number, its name, or a note of the format.
        elif times:
            said.append(line)


def _listed(lines: Sequence[str]) -> Iterator[Cue]:
    found: list[tuple[float, float | None, list[str]]] = []
    for number, line in enumerate(lines, start=1):
        match = _LISTED.match(line)
        if match is None:
            if found and line.strip():
                found[-1][2].append(line)
            continue
        start = _seconds(*match.groups()[:4])
        end = _seconds(*match.groups()[4:8]) if match[6] else None
        if end is not None and end < start:
            raise UnusableTranscript(f"line {number}: ends before it begins ({line.strip()})")
        found.append((start, end, [match[9] or ""]))
    following = [start for start, _end, _said in found[1:]]
    for (start, end, said), after in zip_longest(found, following):
        if text := _joined(said):
            # Without an end of its own a piece lasts until the next one, if that comes later.
            until = after if after is not None and after >= start else None
            yield Cue(start, until if end is None else end, text)


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> float:
    parts = f"0.{fraction}" if fraction else "0"
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(parts)


def _joined(lines: Sequence[str]) -> str:
    """The lines of a cue as one: words of a Latin script keep a space between them."""
    plain = [html.unescape(_TAG.sub("", line)).strip() for line in lines]
    plain = [line for line in plain if line]
    joined = plain[0] if plain else ""
    for before, line in pairwise(plain):
        latin = before[-1].isascii() and line[0].isascii()
        joined += (" " if latin else "") + line
    return joined
