"""Trade names arranged for search: equal ones once, and a sorted list for every place in a name.

Names of one length form a *block*, sorted, without repeats. For up to four characters every place
has a posting list ordered by the character that stands there, with the other characters inline, so
that a list is read from front to back; five to eight characters have one list of all places that
points into the block; Latin names and longer ones are read whole. `seeking` reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import grammar
from .characters import LATIN_UNITS, characters
from .cores import MAX_UNITS, Cores

INLINE, POINTER, WHOLE = range(3)  # kinds of lists
LONGEST_INLINE, LONGEST_LISTED = 4, 8

# Columns of `Postings.lists`.
KIND, LENGTH, BLOCK, PLACE, STARTS, IDS, CELLS, WIDTH, SKIP = range(9)
# Columns of `Postings.blocks`: characters of a name, names, first name, first cell.
SPAN, COUNT, FIRST, CELL = range(4)


class Postings(NamedTuple):
    """The arrangement; all arrays are read-only and may lie on disk.

    ``members[member_start[c]:member_start[c + 1]]`` are the rows bearing distinct trade name ``c``:
    bare marks first, then names with more words (an industry, a form), each by row.
    """

    lists: NDArray[np.int64]  # (lists, 9)
    blocks: NDArray[np.int64]  # (blocks, 4)
    starts: NDArray[np.int32]  # per list: where each unit's entries begin
    ids: NDArray[np.int32]  # entries' names, within the block; none where entry = name
    cells: NDArray[np.uint16]  # units: first of all blocks, then of the entries
    present: NDArray[np.uint8]  # unit -> whether any name has it
    member_start: NDArray[np.int32]
    members: NDArray[np.int32]
    bare: NDArray[np.uint8]  # row - `first_row` -> 1 unless it has words beside its trade name
    words: NDArray[np.uint32]  # the same -> `Cores.words`
    first_row: NDArray[np.int64]  # one number: the row `bare` begins with

    @property
    def names(self) -> int:
        """How many distinct trade names there are."""
        return len(self.member_start) - 1

    @property
    def nbytes(self) -> int:
        """Size of all arrays."""
        return sum(array.nbytes for array in self)


def arrange(parts: Cores, first_row: int = 0) -> Postings:
    """The postings of a column of trade names whose first has row number ``first_row``."""
    builder = _Builder(len(characters().codes))
    bare = (parts.traits & (grammar.HAS_FORM | grammar.HAS_MORE)) == 0
    for rows, units in _by_length(parts, bare):
        builder.add_block(rows, units)
    return builder.finish(bare.astype(np.uint8), parts.words, first_row)


def as_cores(postings: Postings) -> Cores:
    """The trade names by row again, without their positions in the texts."""
    rows = len(postings.bare)
    lengths = np.zeros(rows, np.int64)
    first = int(postings.first_row[0])
    for span, count, start, _ in postings.blocks.tolist():
        held = slice(postings.member_start[start], postings.member_start[start + count])
        lengths[postings.members[held] - first] = span
    offsets = np.zeros(rows + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    units = np.zeros(int(offsets[-1]), np.uint16)
    for span, count, start, cell in postings.blocks.tolist():
        counts = np.diff(postings.member_start[start : start + count + 1])
        held = slice(postings.member_start[start], postings.member_start[start + count])
        here = offsets[postings.members[held] - first]
        block = postings.cells[cell : cell + span * count].reshape(count, span)
        for place in range(span):
            units[here + place] = np.repeat(block[:, place], counts)
    traits = np.where(postings.bare, 0, grammar.HAS_FORM).astype(np.uint8)
    return Cores(units, np.zeros(0, np.int32), offsets, traits, postings.words)


def distinct(postings: Postings) -> Cores:
    """The distinct trade names, in the order of their numbers."""
    spans = np.repeat(postings.blocks[:, SPAN], postings.blocks[:, COUNT])
    offsets = np.zeros(len(spans) + 1, np.int64)
    np.cumsum(spans, out=offsets[1:])
    units = np.asarray(postings.cells[: int(offsets[-1])])
    nothing = np.zeros(len(spans), np.uint8), np.zeros(len(spans), np.uint32)
    return Cores(units, np.zeros(0, np.int32), offsets, *nothing)


def find(postings: Postings, name: NDArray[np.uint16]) -> int:
    """The number of a distinct trade name; -1 when there is none. Blocks are sorted."""
    for span, count, first, cell in postings.blocks.tolist():
        if span != len(name):
            continue
        block = postings.cells[cell : cell + span * count].reshape(count, span)
        low, high = 0, count
        for place in range(span):
            column = block[low:high, place]
            low, high = (
                low + int(np.searchsorted(column, name[place], side)) for side in ("left", "right")
            )
        if low < high:
            return int(first + low)
    return -1


def _by_length(
    parts: Cores, bare: NDArray[np.bool_]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint16]]]:
    """Rows of one length with their units, bare marks first; Latin ones by themselves."""
    lengths = np.diff(parts.offsets)
    for length in range(1, MAX_UNITS + 1):
        rows = np.flatnonzero(lengths == length)
        if not len(rows):
            continue
        rows = np.concatenate([rows[bare[rows]], rows[~bare[rows]]])
        units = parts.units[parts.offsets[rows][:, None] + np.arange(length)]
        latin = ((units > 0) & (units <= LATIN_UNITS)).all(axis=1) & (length > 1)
        for chosen in (~latin, latin):
            if chosen.any():
                yield rows[chosen], units[chosen]


class _Builder:
    def __init__(self, alphabet: int) -> None:
        self._alphabet = alphabet
        self._present = np.zeros(alphabet, np.uint8)
        self._blocks: list[tuple[int, int, int, int]] = []
        self._units: list[NDArray[np.uint16]] = []
        self._lists: list[list[int]] = []
        self._starts: list[NDArray[np.int32]] = []
        self._ids: list[NDArray[np.int32]] = []
        self._cells: list[NDArray[np.uint16]] = []
        self._counts: list[NDArray[np.int32]] = []
        self._members: list[NDArray[np.int64]] = []
        self._names = self._block_cells = self._id_count = self._cell_count = 0

    def add_block(self, rows: NDArray[np.int64], units: NDArray[np.uint16]) -> None:
        length = units.shape[1]
        key = _packed(units)
        order = np.argsort(key, kind="stable") if key is not None else np.lexsort(units.T[::-1])
        if key is not None:
            fresh = np.diff(key[order], prepend=~key[order[:1]]) != 0
        else:
            fresh = np.ones(len(order), bool)
            fresh[1:] = (units[order[1:]] != units[order[:-1]]).any(axis=1)
        at = np.flatnonzero(fresh)
        names = np.ascontiguousarray(units[order[at]])
        self._counts.append(np.diff(at, append=len(order)).astype(np.int32))
        self._members.append(rows[order])
        self._present[names.ravel()] = 1
        self._blocks.append((length, len(names), self._names, self._block_cells))
        self._units.append(names.ravel())
        self._add_lists(names)
        self._names += len(names)
        self._block_cells += names.size

    def _add_lists(self, names: NDArray[np.uint16]) -> None:
        length = names.shape[1]
        latin = length > 1 and bool(((names[0] > 0) & (names[0] <= LATIN_UNITS)).all())
        if latin or length > LONGEST_LISTED:
            self._add_list(WHOLE, length, 0, None, None)
        elif length > LONGEST_INLINE:
            held = np.sort(names, axis=1)
            once = np.ones(held.shape, bool)
            once[:, 1:] = held[:, 1:] != held[:, :-1]
            name, slot = np.nonzero(once)
            order = np.argsort(held[name, slot], kind="stable")
            self._add_list(POINTER, length, 0, held[name, slot], name[order].astype(np.int32))
        else:
            self._add_list(INLINE, length, 0, names[:, 0], None)
            for place in range(1, length):
                order = np.argsort(names[:, place], kind="stable")
                others = np.delete(names[order], place, axis=1)
                self._add_list(
                    INLINE, length, place, names[:, place], order.astype(np.int32), others.ravel()
                )

    def _add_list(
        self,
        kind: int,
        length: int,
        place: int,
        keys: NDArray[np.uint16] | None,
        ids: NDArray[np.int32] | None,
        cells: NDArray[np.uint16] | None = None,
    ) -> None:
        block = len(self._blocks) - 1
        entry = [kind, length, block, place, -1, -1, -1, length, 1]
        if keys is not None:
            entry[STARTS] = len(self._starts) * (self._alphabet + 1)
            starts = np.zeros(self._alphabet + 1, np.int32)
            np.cumsum(np.bincount(keys, minlength=self._alphabet), out=starts[1:])
            self._starts.append(starts)
        if ids is not None:
            entry[IDS] = self._id_count
            self._ids.append(ids)
            self._id_count += len(ids)
        if cells is not None:
            entry[CELLS] = self._cell_count  # from the end of the blocks; made absolute at the end
            entry[WIDTH], entry[SKIP] = length - 1, 0
            self._cells.append(cells)
            self._cell_count += len(cells)
        self._lists.append(entry)

    def finish(
        self, bare: NDArray[np.uint8], words: NDArray[np.uint32], first_row: int
    ) -> Postings:
        lists = np.array(self._lists, np.int64).reshape(-1, 9)
        blocks = np.array(self._blocks, np.int64).reshape(-1, 4)
        own = lists[:, CELLS] < 0
        lists[own, CELLS] = blocks[lists[own, BLOCK], CELL]
        lists[~own, CELLS] += self._block_cells
        counts = _joined(self._counts, np.int32)
        member_start = np.zeros(len(counts) + 1, np.int32)
        np.cumsum(counts, out=member_start[1:])
        made = Postings(
            lists,
            blocks,
            _joined(self._starts, np.int32),
            _joined(self._ids, np.int32),
            _joined([*self._units, *self._cells], np.uint16),
            self._present,
            member_start,
            (_joined(self._members, np.int64) + first_row).astype(np.int32),
            bare,
            words,
            np.array([first_row], np.int64),
        )
        return read_only(made)


def read_only(postings: Postings) -> Postings:
    """The same arrays, not to be written: kernels are compiled once for built and loaded ones."""
    kept: list[NDArray[Any]] = [np.asarray(array).view() for array in postings]
    for array in kept:
        array.flags.writeable = False
    return Postings(*kept)


def _packed(units: NDArray[np.uint16]) -> NDArray[np.uint64] | None:
    """Up to four units as one number of the same order."""
    if units.shape[1] > 4:
        return None
    key = np.zeros(len(units), np.uint64)
    for place in range(units.shape[1]):
        key = (key << np.uint64(16)) | units[:, place]
    return key


def _joined(arrays: Sequence[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.zeros(0, kind)
