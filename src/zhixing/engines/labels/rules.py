"""The rules of `rules.toml`, read once: formulas by role, name forms, overseas places, flags."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Formula:
    """A row of the table: what a role's words are before a colon and after a name."""

    role: str
    meaning: str
    label: tuple[str, ...]
    suffix: tuple[str, ...]
    example: str
    finds: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A kind of flag: its code, its weight in [0, 1] and its sentence with placeholders."""

    code: str
    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The whole table; `labels`, `suffixes`: the role of a word before a colon, after a name."""

    formulas: tuple[Formula, ...]
    english: Mapping[str, str]
    forms: Mapping[str, tuple[str, ...]]
    overseas: Mapping[str, tuple[str, ...]]
    flags: Mapping[str, Flag]
    labels: Mapping[str, str]
    suffixes: Mapping[str, str]


@cache
def rules() -> Rules:
    """The built-in rules."""
    with (HERE / "rules.toml").open("rb") as file:
        table = tomllib.load(file)
    formulas = tuple(
        Formula(
            row["role"],
            row["meaning"],
            _words(row["label"]),
            _words(row.get("suffix", "")),
            row["example"],
            row["finds"],
        )
        for row in table["formula"]
    )
    return Rules(
        formulas=formulas,
        english={word: row["role"] for row in table["english"] for word in row["words"]},
        forms={name: _words(value) for name, value in table["forms"].items()},
        overseas={name: _words(value) for name, value in table["overseas"].items()},
        flags={row["code"]: Flag(**row) for row in table["flag"]},
        labels={word: row.role for row in formulas for word in row.label},
        suffixes={word: row.role for row in formulas for word in row.suffix},
    )


@cache
def simplified() -> Mapping[int, int]:
    """Code points of traditional characters → their simplified form."""
    text = (HERE / "traditional.txt").read_text("utf-8")
    pairs = [pair for line in text.splitlines() if line[:1] != "#" for pair in line.split()]
    return {ord(pair[0]): ord(pair[1]) for pair in pairs}


def _words(value: str | list[str]) -> tuple[str, ...]:
    return tuple(value.split()) if isinstance(value, str) else tuple(value)


def pattern_of(words: Iterable[str]) -> str:
    """A regular expression for the longest of many words at a place.

    Words share their beginnings, so that a place is left after its first wrong character; an
    alternation of all words tries each of them.
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branch(tree)


def _branch(tree: dict[str, Any]) -> str:
    ways = [re.escape(char) + _branch(below) for char, below in tree.items() if char]
    if not ways:
        return ""
    together = ways[0] if len(ways) == 1 and "" not in tree else f"(?:{'|'.join(ways)})"
    return f"{together}?" if "" in tree else together
