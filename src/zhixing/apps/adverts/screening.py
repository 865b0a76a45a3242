"""The rules in force on the day of an advertisement, compiled once, and what they find in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from threading import Lock

from zhixing import law
from zhixing.engines.adlaw import Finding, Screen, Screened
from zhixing.kit.acts import in_language
from zhixing.law.advertising import advertising
from zhixing.law.sources import local_directory

METHOD = "adlaw"
# What the engine knows of media, from the kinds of the register.
MEDIA = {
    "newspaper": "newspaper", "magazine": "newspaper", "tv": "tv", "radio": "radio",
    "outdoor": "image", "website": "web", "app": "web", "live": "short_video",
    "self_media": "web",
}  # fmt: skip
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Asked:
    """One text for the engine, with the day whose law applies."""

    text: str
    day: date
    category: str = ""
    medium: str = ""
    is_whole: bool = False


def version_on(day: date) -> str:
    """The version of the rules in force on a day: equal on all days with the same rules."""
    return _version_of_day(day, local_directory())


def screen(asked: Sequence[Asked]) -> list[tuple[str, Screened]]:
    """What the engine finds in each text, with the version of the rules that found it."""
    result: list[tuple[str, Screened] | None] = [None] * len(asked)
    by_version: dict[str, list[int]] = {}
    days: dict[str, date] = {}
    for place, one in enumerate(asked):
        version = version_on(one.day)
        by_version.setdefault(version, []).append(place)
        days.setdefault(version, one.day)
    for version, places in by_version.items():
        ready = _compiled(version, days[version])
        found = ready.many(
            [asked[place].text for place in places],
            [asked[place].category for place in places],
            [MEDIA.get(asked[place].medium, asked[place].medium) for place in places],
            ["full" if asked[place].is_whole else "excerpt" for place in places],
        )
        for place, screened in zip(places, found, strict=True):
            result[place] = (version, screened)
    return [answer for answer in result if answer is not None]


def _compiled(version: str, day: date) -> Screen:
    """The compiled rules; two threads that want them at once build them once."""
    with _lock:
        return _build(version, day.isoformat())


@lru_cache(maxsize=4)
def _build(_version: str, day: str) -> Screen:
    return Screen(advertising(date.fromisoformat(day)))


@lru_cache(maxsize=1024)
def _version_of_day(day: date, _directory: str) -> str:
    return _short(advertising(day).version)


def _short(version: str) -> str:
    """The engine's version without its day: equal rules are equal on every day."""
    return version.rpartition("-")[2]


def articles_in_words(codes: Iterable[str]) -> list[str]:
    """`advertising-law art 9(3)` as officers cite it: the law's title and the article."""
    known = law.instruments()
    words = []
    for code in codes:
        instrument, _space, article = code.partition(" art ")
        title = in_language(known[instrument], "title") if instrument in known else instrument
        words.append(f"{title.removeprefix('中华人民共和国')} {article}".strip())
    return words


__all__ = ["METHOD", "Asked", "Finding", "Screened", "articles_in_words", "screen", "version_on"]
