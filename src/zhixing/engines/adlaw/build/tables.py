"""Build `data/tables.npz`: everything the engine knows about characters and words."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..pictures import pictures
from ..text import tables as shipped
from . import familiar, folding

LONGEST_SPLIT = 3


@dataclass(frozen=True, slots=True)
class Characters:
    """What is taken over about characters: foldings, two readings each, look-alikes, best first."""

    traditional: Mapping[str, str]
    readings: Mapping[str, tuple[str, str]]
    alike: Mapping[str, str]


def build(
    characters: Characters,
    splits: Path,
    words: Path,
    texts: Sequence[Path],
    out: Path,
    say: Callable[[str], None],
) -> None:
    """Write the tables to the folder `out`.

    Args:
        characters: what is known about single characters.
        splits: chaizi-jt.txt.gz, a character and the ways to split it on each line.
        words: jieba's dict.txt.
        texts: running text, one passage a line.
        out: the folder.
        say: told about each table.
    """
    tables = folding.build(characters.traditional, list(pictures()))
    # What follows folds texts itself, with the table as just made.
    _save(out, tables)
    shipped.cache_clear()
    sounding = sorted(characters.readings)
    syllables = ["", *sorted({one for pair in characters.readings.values() for one in pair if one})]
    number = {name: row for row, name in enumerate(syllables)}
    tables |= {
        "syllables": _text(syllables),
        "sounding": _text(sounding),
        "readings": np.array(
            [[number[one] for one in characters.readings[han]] for han in sounding], np.uint16
        ),
        "alike": _text(f"{han}{others}" for han, others in sorted(characters.alike.items())),
        "splits": _text(_splits(splits, set(characters.alike))),
    }
    tables |= familiar.build(words, texts)
    _save(out, tables)
    for name, array in tables.items():
        say(f"{name}: {array.shape[0]}")


def _save(out: Path, tables: Mapping[str, NDArray[Any]]) -> None:
    np.savez_compressed(out / "tables.npz", allow_pickle=False, **tables)


def _text(lines: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def _splits(path: Path, wanted: set[str]) -> Iterable[str]:
    """A line for each character that can be split: itself, then its ways, tab-separated."""
    with gzip.open(path, "rt") as lines:
        for line in lines:
            han, *ways = line.rstrip("\n").split("\t")
            joined = [
                way.replace(" ", "") for way in ways if 2 <= len(way.split()) <= LONGEST_SPLIT
            ]
            if han in wanted and joined:
                yield "\t".join([han, *dict.fromkeys(joined)])
