"""Look-alikes and hard negatives composed by hand, split by mark into two halves."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal, NamedTuple

Half = Literal["fit", "check"]


class Pair(NamedTuple):
    """A mark, a name, how the name was made, and the half the mark belongs to."""

    mark: str
    name: str
    kind: str
    half: Half

    @property
    def alike(self) -> bool:
        """Whether the name is made to be confused with the mark."""
        return not self.kind.startswith("neg")


def read_pairs(path: Path) -> list[Pair]:
    """All pairs of a file of ``mark technique:name,name …`` lines, in its order."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        words = line.split("#", 1)[0].split()
        for group in words[1:]:
            kind, names = group.split(":", 1)
            found += [Pair(words[0], name, kind, half_of(words[0])) for name in names.split(",")]
    return found


def half_of(mark: str) -> Half:
    """The half of a mark, by the parity of its hash: what is fitted on one is checked on other."""
    return "fit" if hashlib.sha256(mark.encode()).digest()[0] % 2 else "check"
