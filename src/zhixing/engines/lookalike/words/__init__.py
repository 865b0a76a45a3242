"""The word lists of the name grammar, compiled for this project from general knowledge."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """Words of ``name.txt`` by section; words before the first ``[section]`` are under ""."""
    found: dict[str, list[str]] = {"": []}
    current = found[""]
    for line in (Path(__file__).parent / f"{name}.txt").read_text("utf-8").splitlines():
        text = line.split("#", 1)[0].strip()
        if text.startswith("["):
            current = found.setdefault(text.strip("[]"), [])
        else:
            current.extend(text.split())
    return {section: tuple(words) for section, words in found.items() if words}


@cache
def lines(name: str, section: str = "") -> tuple[tuple[str, ...], ...]:
    """Words of ``name.txt`` line by line, of one section or, when none is named, of all."""
    text = (Path(__file__).parent / f"{name}.txt").read_text("utf-8")
    found = []
    here = not section
    for row in (tuple(line.split("#", 1)[0].split()) for line in text.splitlines()):
        if row and row[0].startswith("["):
            here = not section or row[0] == f"[{section}]"
        elif row and here:
            found.append(row)
    return tuple(found)


def words(name: str) -> tuple[str, ...]:
    """All words of ``name.txt``, whatever their section."""
    return tuple(dict.fromkeys(w for part in sections(name).values() for w in part))
