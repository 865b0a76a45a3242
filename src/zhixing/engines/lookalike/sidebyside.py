"""Two names side by side: which characters correspond, what they share, how they sound.

For pages: one cell a column, with the glyph parts that both characters share and those in which
they differ, so that a reader sees at a glance what was changed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from zhixing.engines.types import Reason

from . import align
from .characters import LATIN_UNITS, SHAPE_SEEN, SOUND_HEARD, characters
from .cores import cores
from .decision import decision, everyday
from .parts import differing_parts
from .reasons import compare as compared
from .reasons import operations

OPERATIONS = ("same", "changed", "added", "lost", "moved")


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of the display; a side that has nothing there is "" at position 0."""

    operation: str  # one of `OPERATIONS`
    a: str
    b: str
    a_position: int  # in the text, from 1
    b_position: int
    pinyin_a: str  # the readings that sound most alike; "" for letters
    pinyin_b: str
    shape: float  # likeness 0..1
    sound: float
    channels: tuple[str, ...]  # how they are alike: glyph, sound, meaning, latin
    shared_parts: tuple[str, ...]
    a_parts: tuple[str, ...]  # parts of a that b does not have
    b_parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two texts, their compared parts (trade names) as cells, and the verdict with reasons."""

    a: str
    b: str
    cells: tuple[Cell, ...]
    score: float
    probability: float
    kind: str
    reasons: tuple[Reason, ...]

    def as_dict(self) -> dict[str, Any]:
        """JSON values for a template or the API."""
        plain = asdict(self)
        plain["reasons"] = [reason.as_dict() for reason in self.reasons]
        return plain


def compare(a: str, b: str) -> SideBySide:
    """A protected mark ``a`` and a name ``b`` side by side.

    Cells follow the mark from left to right, with what the name adds where it stands. Whole
    renderings of one another (苹果, APPLE) have one cell a character of either, lost or added.
    """
    marks, names = cores([a]), cores([b])
    common = everyday(marks)[0], everyday(names)[0]
    found = compared(a, b, marks, 0, names, 0, *common, decision().pair)
    mark_at, name_at = marks.positions_of(0), names.positions_of(0)
    cells: list[Cell] = []
    for kind, i, j, _ in operations(marks.of(0), names.of(0)):
        if kind in (align.MATCH, align.CHANGE):
            cells.append(_cell(a, b, mark_at[i], name_at[j]))
        elif kind == align.ADDED:
            cells.append(_lone("added", "", b[name_at[j]], 0, name_at[j] + 1))
        elif kind == align.LOST:
            cells.append(_lone("lost", a[mark_at[i]], "", mark_at[i] + 1, 0))
        else:
            cells += _moved(a, b, mark_at, name_at, kind, i, j)
    return SideBySide(a, b, tuple(cells), found.score, found.probability, found.kind, found.reasons)


def _moved(
    a: str, b: str, mark_at: list[int], name_at: list[int], kind: int, i: int, j: int
) -> list[Cell]:
    """Cells of characters that changed places: each beside its own copy in the other name."""
    count = 2 if kind == align.SWAPPED else len(mark_at)
    folded = characters()
    free = list(range(j, j + count))
    cells = []
    for at in range(i, i + count):
        there = next(k for k in free if folded.unit(b[name_at[k]]) == folded.unit(a[mark_at[at]]))
        free.remove(there)
        cell = _cell(a, b, mark_at[at], name_at[there])
        values = {**_fields(cell), "operation": "moved" if there - j != at - i else "same"}
        cells.append(Cell(**values))
    return cells


def _fields(cell: Cell) -> dict[str, Any]:
    return {name: getattr(cell, name) for name in Cell.__slots__}


def _cell(a: str, b: str, at: int, there: int) -> Cell:
    """Two characters that stand for one another."""
    known = characters()
    x, y = a[at], b[there]
    one = known.unit(x) == known.unit(y) != 0
    shape = 1.0 if one else known.shape(x, y)
    sound = 1.0 if one else known.sound(x, y)
    letters = known.unit(x) <= LATIN_UNITS or known.unit(y) <= LATIN_UNITS
    said = ("", "") if letters else known.closest_readings(x, y)
    shared, left, right = ((), (), ()) if letters else differing_parts(x, y)
    channels = []
    if not one and letters and shape:
        channels.append("latin")
    elif not one:
        means = known.means(x, y)
        channels += ["meaning"] if means else []
        channels += ["glyph"] if shape >= SHAPE_SEEN and not means else []
        channels += ["sound"] if sound >= SOUND_HEARD else []
    return Cell(
        "same" if one else "changed", x, y, at + 1, there + 1, *said, round(shape, 3),
        round(sound, 3), tuple(channels), shared, left, right,
    )  # fmt: skip


def _lone(operation: str, a: str, b: str, a_position: int, b_position: int) -> Cell:
    return Cell(operation, a, b, a_position, b_position, "", "", 0.0, 0.0, (), (), (), ())
