"""Where the nodes and edges of a chain stand, in pixels of a drawing, from left to right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from zhixing.apps.chains.graph import Edge, Graph, Node, column_titles

WIDTH, GAP, MARGIN = 184, 132, 12
LINE, PAD, BETWEEN, HEAD = 20, 9, 14, 34
# Width of one line of a node, in half characters of 7 pixels.
LINE_UNITS = 24
MOST_LINES = 3
_WIDE = re.compile(r"[\u2e80-\uffff]")


@dataclass(frozen=True, slots=True)
class Box:
    """A node with its place and its name broken into lines."""

    node: Node
    x: int
    y: int
    height: int
    lines: tuple[tuple[int, str], ...]  # y of the line, text

    @property
    def centre(self) -> int:
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Line:
    """An edge with its curve and the place of its words."""

    edge: Edge
    path: str
    x: int
    y: int
    half: int  # half the width of the words' background

    @property
    def left(self) -> int:
        return self.x - self.half

    @property
    def top(self) -> int:
        return self.y - 15


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole drawing, and the rows of the table that says the same."""

    width: int
    height: int
    heads: tuple[tuple[int, str], ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    rows: tuple[tuple[Node, Node, Edge], ...]

    @property
    def node_width(self) -> int:
        return WIDTH


def draw(graph: Graph) -> Drawing | None:
    """The drawing of a graph; None when there is nothing to draw."""
    if not graph.nodes:
        return None
    columns = [graph.column(number) for number in range(len(column_titles()))]
    shown = [number for number, nodes in enumerate(columns) if nodes]
    boxes: dict[str, Box] = {}
    height = 0
    heads = []
    for place, number in enumerate(shown):
        x = MARGIN + place * (WIDTH + GAP)
        heads.append((x, column_titles()[number]))
        y = HEAD
        for node in columns[number]:
            box = _box(node, x, y)
            boxes[node.key] = box
            y = box.y + box.height + BETWEEN
        height = max(height, y)
    edges = [e for e in graph.edges.values() if e.source in boxes and e.target in boxes]
    leaving, coming = Counter(e.source for e in edges), Counter(e.target for e in edges)
    lines = [
        _line(e, boxes[e.source], boxes[e.target], leaving[e.source] >= coming[e.target])
        for e in edges
    ]
    return Drawing(
        2 * MARGIN + len(shown) * WIDTH + (len(shown) - 1) * GAP,
        height + MARGIN,
        tuple(heads),
        tuple(boxes.values()),
        tuple(_apart(lines)),
        tuple((graph.nodes[e.source], graph.nodes[e.target], e) for e in _worst_first(edges)),
    )


def _worst_first(edges: Sequence[Edge]) -> list[Edge]:
    rank = {"bad": 0, "good": 1}
    return sorted(edges, key=lambda edge: (rank.get(edge.tone, 2), -edge.labels))


def _box(node: Node, x: int, y: int) -> Box:
    texts = [*broken(node.name), *([node.note] if node.note else [])]
    lines = tuple((y + PAD + 15 + LINE * number, text) for number, text in enumerate(texts))
    return Box(node, x, y, 2 * PAD + LINE * len(texts), lines)


def broken(name: str) -> list[str]:
    """A name in lines of a node's width; what does not fit ends in an ellipsis."""
    lines, line, used = [], "", 0
    for character in name:
        units = 2 if _WIDE.match(character) else 1
        if used + units > LINE_UNITS:
            lines.append(line.strip())
            line, used = "", 0
        line, used = line + character, used + units
    lines.append(line.strip())
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][:-1]}…"]
    return [line for line in lines if line] or ["—"]


def _line(edge: Edge, source: Box, target: Box, at_target: bool) -> Line:
    """The curve of an edge; its words stand at the end where fewer curves meet."""
    half = 6 + sum(7 if _WIDE.match(c) else 4 for c in edge.words)
    if source.x == target.x:  # both in one column: an arc on its right
        x, reach = source.x + WIDTH, GAP - 24
        far = x + reach
        path = (
            f"M{x},{source.centre} C{far},{source.centre} {far},{target.centre} {x},{target.centre}"
        )
        return Line(edge, path, x + reach * 3 // 4, (source.centre + target.centre) // 2, half)
    forward = source.x < target.x
    start = source.x + WIDTH if forward else source.x
    end = target.x if forward else target.x + WIDTH
    bend = (end - start) // 2
    path = (
        f"M{start},{source.centre} C{start + bend},{source.centre}"
        f" {end - bend},{target.centre} {end},{target.centre}"
    )
    away = half + (16 if at_target else 6)
    x, y = (end, target.centre) if at_target else (start, source.centre)
    to_left = at_target == forward
    return Line(edge, path, x - away if to_left else x + away, y + 4, half)


def _apart(lines: Sequence[Line]) -> list[Line]:
    """Words that would cover each other are moved down."""
    taken: list[tuple[int, int, int]] = []
    placed = []
    for line in sorted(lines, key=lambda line: (line.x, line.y)):
        y = line.y
        while any(
            abs(x - line.x) < half + line.half and abs(other - y) < 20 for x, other, half in taken
        ):
            y += 20
        taken.append((line.x, y, line.half))
        placed.append(Line(line.edge, line.path, line.x, y, line.half))
    return placed
