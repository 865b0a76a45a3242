"""A trie in flat arrays: built once, walked by the kernels.

Edges lie in one hash table with open addressing: a row holds node, code, the next node and the
first entry there. The first step is a plain table by code, and a bit table of the first two codes
tells at once that most places of a text begin nothing.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .compiled import kernel

EDGE = 4  # columns of an edge: node, code, next node, first entry
ENTRY = 4  # columns of an entry: three values, next entry
PAIR_BITS = 20  # the bit table has this power of two bits
PAIR_MASK = (1 << PAIR_BITS) - 1


class Trie(NamedTuple):
    """Tables of a trie, see the parts of the same names in `layout`."""

    pairs: NDArray[np.int32]
    root: NDArray[np.int32]
    edges: NDArray[np.int32]
    entries: NDArray[np.int32]
    root_entries: NDArray[np.int32]


@kernel
def mix(first: int, second: int) -> int:
    """A well spread number below 2**31 made of two."""
    x = (first * 0x9E3779B1 + second * 0x85EBCA77) & 0xFFFFFFFF
    x ^= x >> 15
    x = (x * 0x2C1B3C6D) & 0xFFFFFFFF
    x ^= x >> 13
    return x & 0x7FFFFFFF


@kernel
def _insert(
    starts: Any, codes: Any, values: Any, root: Any, root_entries: Any, edges: Any, entries: Any,
    pairs: Any,
) -> int:  # fmt: skip
    """Put every sequence of codes into the tables; returns the number of nodes."""
    nodes = 1
    mask = len(edges) // EDGE - 1
    bits = len(pairs) * 32 - 1
    for row in range(len(starts) - 1):
        first, end = starts[row], starts[row + 1]
        entry = row * ENTRY
        for column in range(3):
            entries[entry + column] = values[row, column]
        if end - first == 1:
            entries[entry + 3] = root_entries[codes[first]]
            root_entries[codes[first]] = row
            continue
        bit = mix(codes[first], codes[first + 1]) & bits
        pairs[bit >> 5] |= np.int32(1 << (bit & 31))
        if root[codes[first]] < 0:
            root[codes[first]] = nodes
            nodes += 1
        node = root[codes[first]]
        at = 0
        for place in range(first + 1, end):
            code = codes[place]
            at = mix(node, code) & mask
            while edges[at * EDGE] >= 0 and (
                edges[at * EDGE] != node or edges[at * EDGE + 1] != code
            ):
                at = (at + 1) & mask
            if edges[at * EDGE] < 0:
                edges[at * EDGE] = node
                edges[at * EDGE + 1] = code
                edges[at * EDGE + 2] = nodes
                nodes += 1
            node = edges[at * EDGE + 2]
        entries[entry + 3] = edges[at * EDGE + 3]
        edges[at * EDGE + 3] = row
    return nodes


def build(
    starts: NDArray[np.int32], codes: NDArray[np.int32], values: NDArray[np.int32], alphabet: int
) -> Trie:
    """The trie of sequences `codes[starts[i]:starts[i + 1]]`, each with three values."""
    steps = max(int((np.diff(starts) - 1).sum()), 1)
    size = 1 << int(np.ceil(np.log2(steps * 2 + 2)))
    root = np.full(alphabet, -1, np.int32)
    root_entries = np.full(alphabet, -1, np.int32)
    edges = np.full(size * EDGE, -1, np.int32)
    entries = np.full(max(len(starts) - 1, 1) * ENTRY, -1, np.int32)
    pairs = np.zeros(1 << (PAIR_BITS - 5), np.int32)
    nodes = _insert(starts, codes, values, root, root_entries, edges, entries, pairs)
    # Terms share beginnings: a table of the size that is needed stays in the processor's cache.
    small = np.full((1 << int(np.ceil(np.log2(nodes * 1.5 + 2)))) * EDGE, -1, np.int32)
    _copy(edges, small)
    return Trie(pairs, root, small, entries, root_entries)


@kernel
def _copy(edges: Any, small: Any) -> None:
    """Put all edges into a smaller table."""
    mask = len(small) // EDGE - 1
    for row in range(0, len(edges), EDGE):
        if edges[row] < 0:
            continue
        at = mix(edges[row], edges[row + 1]) & mask
        while small[at * EDGE] >= 0:
            at = (at + 1) & mask
        for column in range(EDGE):
            small[at * EDGE + column] = edges[row + column]


@kernel
def find_edge(arena: Any, number: int, node: int, code: int) -> int:
    """Where in the arena the edge from a node by a code lies; -1 when there is none.

    `number` is the part of the arena that holds the edges.
    """
    first = arena[2 * number]
    mask = (arena[2 * number + 1] - first) // EDGE - 1
    at = mix(node, code) & mask
    while True:
        row = first + at * EDGE
        if arena[row] < 0:
            return -1
        if arena[row] == node and arena[row + 1] == code:
            return int(row)
        at = (at + 1) & mask


def hash_table(keys: NDArray[np.int32], values: NDArray[np.int32]) -> NDArray[np.int32]:
    """Open addressing: rows of key and value; free rows have key -1. Keys are not negative."""
    size = 1 << max(int(np.ceil(np.log2(len(keys) * 2 + 2))), 1)
    table = np.full(size * 2, -1, np.int32)
    _fill(table, keys.astype(np.int32), values.astype(np.int32))
    return table


@kernel
def _fill(table: Any, keys: Any, values: Any) -> None:
    mask = len(table) // 2 - 1
    for row in range(len(keys)):
        at = mix(keys[row], 0) & mask
        while table[at * 2] >= 0 and table[at * 2] != keys[row]:
            at = (at + 1) & mask
        table[at * 2] = keys[row]
        table[at * 2 + 1] = values[row]


@kernel
def look_up(arena: Any, number: int, key: int) -> int:
    """The value of a key in a part of the arena; 0 when it is not there."""
    first = arena[2 * number]
    mask = (arena[2 * number + 1] - first) // 2 - 1
    at = mix(key, 0) & mask
    while True:
        row = first + at * 2
        if arena[row] < 0:
            return 0
        if arena[row] == key:
            return int(arena[row + 1])
        at = (at + 1) & mask


@kernel
def set_bits(table: Any, first: Any, second: Any) -> None:
    """Set the bit of every pair of codes."""
    bits = len(table) * 32 - 1
    for row in range(len(first)):
        bit = mix(first[row], second[row]) & bits
        table[bit >> 5] |= np.int32(1 << (bit & 31))


@kernel
def pair_key(first: int, second: int) -> int:
    """The key of two neighbouring CJK ideographs; -1 for others."""
    if first < 0x4E00 or second < 0x4E00 or first > 0x9FFF or second > 0x9FFF:
        return -1
    return (first - 0x4E00) * 0x5200 + second - 0x4E00


@kernel
def word_key(codes: Any, row: int, start: int, end: int) -> int:
    """The key of the word in a row of codes."""
    key = 17
    for place in range(start, end):
        key = mix(key, codes[row, place])
    return key


@kernel
def word_keys(starts: Any, codes: Any, keys: Any) -> None:
    """The keys of all words `codes[0, starts[i]:starts[i + 1]]`."""
    for row in range(len(starts) - 1):
        keys[row] = word_key(codes, 0, starts[row], starts[row + 1])
