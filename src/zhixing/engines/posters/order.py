"""Reading order: columns set vertically from the right, columns of text one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import fmean, median
from unicodedata import category

from .lines import Box, Line, Page

# Boxes of slanting lines reach over each other: this much of their size is cut off both ends.
SLACK = 0.25
# A gutter between columns, and the gaps inside a column, in sizes of type.
GUTTER = 1.5
LEADING = 1.0
# Columns of shorter lines are a table, read along its rows.
PARAGRAPH = 7.0
# Two lines of one paragraph: sizes and left edges alike, the upper one nearly as long as any.
ALIKE = 0.2
FULL = 0.8
# Pieces of one column: so much of the narrower lies under the broader, and so like they are.
ALIGNED = 0.6
ENDS = "。！？!?；;…"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that are read together: one line, or neighbouring vertical columns."""

    lines: tuple[Line, ...]
    box: Box

    @property
    def size(self) -> float:
        return max(line.size for line in self.lines)

    @property
    def is_vertical(self) -> bool:
        return self.lines[0].is_vertical


def page(width: int, height: int, lines: Sequence[Line]) -> Page:
    """The lines in reading order, joined to one text."""
    ordered = [line for block in _cut(_blocks(_stacked(lines))) for line in block.lines]
    # A paragraph is as wide as its longest line, so this needs all of them.
    joints = [_joint(*pair, ordered) for pair in pairwise(ordered)]
    return Page.of(width, height, ordered, [*joints, *([""] if ordered else [])])


def _stacked(lines: Sequence[Line]) -> list[Line]:
    """Columns in place of their pieces: large type set vertically is read in single characters."""
    pieces = [line for line in lines if line.is_vertical or len(line.text) == 1]
    pieces = [line for line in pieces if not _has_neighbour(line, pieces)]
    columns: list[Line] = []
    for piece in sorted(pieces, key=lambda line: line.box.top):
        for at, column in enumerate(columns):
            if _stands_on(column.box, piece.box):
                box = column.box.union(piece.box)
                sure = min(column.confidence, piece.confidence)
                columns[at] = Line(column.text + piece.text, box, sure)
                break
        else:
            columns.append(piece)
    return [line for line in lines if line not in pieces] + columns


def _stands_on(upper: Box, lower: Box) -> bool:
    """Whether a piece follows closely below another of its breadth."""
    common = min(upper.right, lower.right) - max(upper.left, lower.left)
    narrow, broad = sorted((upper.width, lower.width))
    gap = lower.top - upper.bottom
    return common >= ALIGNED * narrow and narrow >= ALIGNED * broad and -narrow / 2 < gap < narrow


def _has_neighbour(line: Line, pieces: Sequence[Line]) -> bool:
    """Whether a single character rather belongs to a row of such: type set with wide spaces."""
    if len(line.text) != 1:
        return False
    others = [one.box for one in pieces if one is not line]
    box = line.box
    beside = [
        max(box.left, other.left) - min(box.right, other.right)
        for other in others
        if _shared(box.top, box.bottom, other.top, other.bottom)
    ]
    below = [
        max(box.top, other.top) - min(box.bottom, other.bottom)
        for other in others
        if _shared(box.left, box.right, other.left, other.right)
    ]
    nearest = min(beside, default=inf)
    return nearest <= min(below, default=inf) and nearest < GUTTER * line.size


def _shared(start: int, end: int, other_start: int, other_end: int) -> bool:
    """Whether two stretches have more than half of the shorter in common."""
    common = min(end, other_end) - max(start, other_start)
    return common > min(end - start, other_end - other_start) / 2


def _blocks(lines: Sequence[Line]) -> list[Block]:
    blocks = [Block((line,), line.box) for line in lines if not line.is_vertical]
    columns: list[list[Line]] = []
    for line in sorted((one for one in lines if one.is_vertical), key=lambda one: -one.box.right):
        for column in columns:
            if _neighbours(column[-1], line):
                column.append(line)
                break
        else:
            columns.append([line])
    for column in columns:
        box = column[0].box
        for line in column[1:]:
            box = box.union(line.box)
        blocks.append(Block(tuple(column), box))
    return blocks


def _neighbours(right: Line, left: Line) -> bool:
    a, b = right.box, left.box
    near = a.left - b.right < GUTTER * max(right.size, left.size)
    return near and _shared(a.top, a.bottom, b.top, b.bottom)


def _cut(blocks: list[Block]) -> list[Block]:
    """The blocks in order, by cutting the page along its gaps again and again."""
    if len(blocks) < 2:
        return blocks
    if (halves := _columns(blocks)) or (halves := _gap(blocks, across=False)):
        return _cut(halves[0]) + _cut(halves[1])
    if halves := _gap(blocks, across=True):
        left, right = _cut(halves[0]), _cut(halves[1])
        # What is set vertically is read from the right.
        return right + left if all(one.is_vertical for one in blocks) else left + right
    return sorted(blocks, key=lambda block: (block.box.top + block.box.bottom, block.box.left))


def _ends(block: Block, across: bool) -> tuple[float, float]:
    """Where a block begins and ends, from left to right or, slackened, from top to bottom."""
    if across:
        return block.box.left, block.box.right
    cut = SLACK * min(block.size, block.box.height)
    return block.box.top + cut, block.box.bottom - cut


def _gap(blocks: list[Block], across: bool) -> tuple[list[Block], list[Block]] | None:
    """The blocks before and behind the first gap in one direction."""
    ordered = sorted(blocks, key=lambda block: _ends(block, across))
    reach = _ends(ordered[0], across)[1]
    for position, block in enumerate(ordered[1:], start=1):
        start, end = _ends(block, across)
        if start >= reach:
            return ordered[:position], ordered[position:]
        reach = max(reach, end)
    return None


def _columns(blocks: list[Block]) -> tuple[list[Block], list[Block]] | None:
    """Two columns of running text side by side, if the page is made of such."""
    size = median(block.size for block in blocks)
    ordered = sorted(blocks, key=lambda block: block.box.left)
    reach = ordered[0].box.right
    for position, block in enumerate(ordered[1:], start=1):
        left, right = ordered[:position], ordered[position:]
        wide = block.box.left - reach >= GUTTER * size
        if wide and _is_running(left, size) and _is_running(right, size):
            return left, right
        reach = max(reach, block.box.right)
    return None


def _is_running(blocks: list[Block], size: float) -> bool:
    """Whether these are lines below each other, close together and long enough for sentences."""
    if len(blocks) < 2 or fmean(len(b.lines[0].text) for b in blocks) < PARAGRAPH:
        return False
    tops = sorted((block.box.top, block.box.bottom) for block in blocks)
    return all(below[0] - above[1] < LEADING * size for above, below in pairwise(tops))


def _joint(upper: Line, lower: Line, lines: Sequence[Line]) -> str:
    """What stands between two lines in the text."""
    a, b = upper.box, lower.box
    flat = not (upper.is_vertical or lower.is_vertical)
    if flat and b.left >= a.right and _shared(a.top, a.bottom, b.top, b.bottom):
        return "" if b.left - a.right < upper.size / 2 else " "
    if not _runs_on(upper, lower, lines):
        return "\n"
    return " " if _is_latin(upper.text[-1:]) and _is_latin(lower.text[:1]) else ""


def _runs_on(upper: Line, lower: Line, lines: Sequence[Line]) -> bool:
    """Whether a sentence of `upper` may go on in `lower`: one paragraph, and a full line."""
    size = max(upper.size, lower.size)
    if (
        upper.text[-1:] in ENDS
        or upper.is_vertical != lower.is_vertical
        or abs(upper.size - lower.size) > ALIKE * size
    ):
        return False
    if upper.is_vertical:
        column = [line.box.height for line in lines if line.is_vertical]
        level = abs(upper.box.top - lower.box.top) < size
        level = level and upper.box.left - lower.box.right < LEADING * size
        return level and upper.box.height >= FULL * max(column)
    below = 0 <= lower.box.top - upper.box.top < (1 + LEADING) * max(size, upper.box.height)
    left = upper.box.left
    level = abs(left - lower.box.left) < size
    alike = [
        line.box.right
        for line in lines
        if not line.is_vertical
        and abs(line.size - size) <= ALIKE * size
        and abs(line.box.left - left) < size
    ]
    return below and level and upper.box.right - left >= FULL * (max(alike) - left)


def _is_latin(character: str) -> bool:
    return character.isascii() and category(character or " ")[0] in "LN"
