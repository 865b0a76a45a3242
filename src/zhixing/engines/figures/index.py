"""An index over figures: every mark compared with the query, by its whole and by its details."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zhixing.engines.types import Reason

from . import kernels, whole
from .describing import stored
from .method import METHOD

FORMAT = 1
MAX_RESULTS = 1000
_BLOCK = 4096  # marks compared at once, so that memory stays small
# Unrelated marks have edges alike by .45 on average and .61 in one of a hundred (docs/methods).
_UNRELATED, _SAME = 0.5, 0.95
_PART = 0.9  # a likeness of the largest part only, against one of the whole
_CHANCE, _SURE = 2.0, 6.0  # votes that chance brings; how many more make one certain
FLOOR = 0.4  # below this score nothing is worth showing
_CLEAR = 0.6  # edges this much alike say what kind of likeness it is, whatever the details say
_MIRRORED = 4  # first of the mirrored views


class UnusableFigureIndex(Exception):
    """A folder that is not a usable index of figures; the message says what was found."""


@dataclass(frozen=True, slots=True)
class FigureHit:
    """A mark like the query: score 0..1, kind (see `method.KINDS`), reasons, strongest first."""

    key: str
    score: float
    kind: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class FigureIndex:
    """Figures ready to be searched, by key.

    An index never changes; `add` and `remove` give another. Reading one from several threads
    while another is being made is therefore safe.
    """

    keys: tuple[str, ...]
    rows: NDArray[np.void]

    @classmethod
    def build(cls, keys: Sequence[str], descriptions: NDArray[np.void]) -> FigureIndex:
        """An index over described pictures (`describe`).

        Raises:
            ValueError: keys and descriptions differ in number, or a key stands twice.
        """
        if len(keys) != len(descriptions):
            raise ValueError(f"expected as many keys as rows; got {len(keys)}, {len(descriptions)}")
        if len(set(keys)) != len(keys):
            raise ValueError("expected every key once; one stands twice")
        return cls(tuple(keys), stored(descriptions))

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, keys: Sequence[str], descriptions: NDArray[np.void]) -> FigureIndex:
        """With more figures; a key that is known already gets the new figure."""
        new = FigureIndex.build(keys, descriptions)
        kept = self.remove(keys)
        return FigureIndex(kept.keys + new.keys, np.concatenate([kept.rows, new.rows]))

    def remove(self, keys: Sequence[str]) -> FigureIndex:
        """Without these figures; a key that is not known is passed over."""
        gone = set(keys)
        stays = np.array([key not in gone for key in self.keys], bool)
        if stays.all():
            return self
        left = tuple(key for key in self.keys if key not in gone)
        return replace(self, keys=left, rows=self.rows[stays])

    def search(self, query: NDArray[np.void], k: int = 10) -> list[FigureHit]:
        """The ``k`` marks most like one described picture, best first, none below `FLOOR`.

        Equal scores come in the order of the index. Raises ValueError unless 1 <= k <= 1000.
        """
        if not 1 <= k <= MAX_RESULTS:
            raise ValueError(f"k must be from 1 to {MAX_RESULTS}; got {k}")
        if not len(self):
            return []
        one = np.asarray(query).reshape(-1)[0]
        shape, view, is_part = _by_whole(one, self.rows)
        votes, moves, mirrored = _by_details(one, self.rows)
        voted = 1 - np.exp(-np.maximum(votes - _CHANCE, 0) / _SURE)
        score = np.maximum(shape, voted)
        best = np.argsort(-score, kind="stable")[:k]
        hits = []
        for row in best[score[best] >= FLOOR]:
            seen = _Seen(
                float(shape[row]), int(view[row]), bool(is_part[row]),
                int(votes[row]), (float(moves[row, 0]), float(moves[row, 1])), bool(mirrored[row]),
                by_whole=bool(shape[row] >= min(voted[row], _CLEAR)),
            )  # fmt: skip
            hits.append(_hit(self.keys[row], float(score[row]), one, self.rows[row], seen))
        return hits

    def save(self, path: str | Path) -> None:
        """Write the index as a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "figures.npy", self.rows)
        about = {"format": FORMAT, "method": str(METHOD), "keys": list(self.keys)}
        (folder / "figures.json").write_text(json.dumps(about), encoding="utf-8")

    @classmethod
    def load(cls, path: str | Path) -> FigureIndex:
        """Open a folder written by `save`.

        Raises:
            UnusableFigureIndex: it is no index of figures, one of another format or method, or
                incomplete.
        """
        folder = Path(path)
        try:
            about = json.loads((folder / "figures.json").read_text("utf-8"))
            rows = np.load(folder / "figures.npy", mmap_mode="r")
        except (OSError, ValueError) as error:
            raise UnusableFigureIndex(f"{folder}: no index of figures ({error})") from error
        if about.get("format") != FORMAT or about.get("method") != str(METHOD):
            found = f"format {about.get('format')} of {about.get('method')}"
            raise UnusableFigureIndex(
                f"{folder}: expected format {FORMAT} of {METHOD}; found {found}"
            )
        if len(rows) != len(about["keys"]):
            raise UnusableFigureIndex(
                f"{folder}: expected {len(about['keys'])} figures; found {len(rows)}"
            )
        return cls(tuple(about["keys"]), rows)


def _by_whole(
    query: np.void, rows: NDArray[np.void]
) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.bool_]]:
    """Likeness 0..1 of the edges, the view of the query it holds for, and whether of a part only.

    Both sides are compared whole and by their largest part: an added word may stand on either.
    """
    views = whole.unit(whole.turned(query["cells"]))
    parts = whole.unit(whole.turned(query["main"])) if query["main"].any() else None
    score = np.zeros(len(rows), np.float32)
    view = np.zeros(len(rows), np.int64)
    is_part = np.zeros(len(rows), bool)
    for start in range(0, len(rows), _BLOCK):
        block = slice(start, start + _BLOCK)
        cells, main = whole.unit(rows["cells"][block]), whole.unit(rows["main"][block])
        tries = [(views @ cells.T, 1.0), (views @ main.T, _PART)]
        if parts is not None:
            tries += [(parts @ cells.T, _PART), (parts @ main.T, _PART)]
        for likeness, weight in tries:
            best = likeness.argmax(0)
            found = np.clip((likeness.max(0) - _UNRELATED) / (_SAME - _UNRELATED), 0, 1) * weight
            better = found > score[block]
            score[block][better] = found[better]
            view[block][better] = best[better]
            is_part[block][better] = weight < 1
    return score, view, is_part


def _by_details(
    query: np.void, rows: NDArray[np.void]
) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.bool_]]:
    """Details that agree, how they are moved, and whether only in a mirror."""
    found = []
    for prefix in ("", "mirrored_"):
        count = int(query[f"{prefix}count"])
        votes, moves = np.zeros(len(rows), np.int32), np.zeros((len(rows), 2), np.float32)
        kernels.agreeing(
            np.ascontiguousarray(query[f"{prefix}bits"][:count]),
            np.ascontiguousarray(query[f"{prefix}place"][:count]),
            np.ascontiguousarray(rows["count"]),
            np.ascontiguousarray(rows["bits"]),
            np.ascontiguousarray(rows["place"]),
            votes,
            moves,
        )
        found.append((votes, moves))
    (plain, plain_moves), (mirror, mirror_moves) = found
    mirrored = mirror > plain
    moves = np.where(mirrored[:, None], mirror_moves, plain_moves)
    return np.maximum(plain, mirror), moves, mirrored


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was measured between the query and one mark.

    Attributes:
        shape: likeness of the edges, for this view of the query, of a part only or the whole.
        votes: details that agree; `moves` is the logarithm of the size ratio and the turn.
        by_whole: whether the edges rather than the details say what kind of likeness it is.
    """

    shape: float
    view: int
    is_part: bool
    votes: int
    moves: tuple[float, float]
    mirrored: bool
    by_whole: bool


def _hit(key: str, score: float, query: np.void, row: np.void, seen: _Seen) -> FigureHit:
    """Kind and reasons of one hit."""
    inverted = bool(query["dark_ground"]) != bool(row["dark_ground"])
    by_whole, is_part = seen.by_whole, seen.is_part
    degrees = 90 * (seen.view % 4) if by_whole else round(math.degrees(_around(seen.moves[1])))
    mirrored = seen.view >= _MIRRORED if by_whole else seen.mirrored
    turned = abs(degrees) > _SLIGHT
    reasons = []
    if seen.shape >= FLOOR:
        reasons.append(_reason("main_part" if is_part else "edges", seen.shape))
    if seen.votes > _CHANCE + 1:
        total = int(min(query["count"], row["count"]))
        reasons.append(_reason("details", None, agree=seen.votes, total=total))
        percent = round(100 * math.exp(seen.moves[0]))
        if not by_whole and abs(percent - 100) > _SLIGHT:
            reasons.append(_reason("size", None, percent=percent))
    if not by_whole:
        reasons.sort(key=lambda reason: reason.code not in {"details", "size"})
    if mirrored:
        reasons.append(_reason("mirrored", None))
    if turned:
        reasons.append(_reason("turned", None, degrees=abs(degrees)))
    if inverted:
        reasons.append(_reason("inverted", None))
    if mirrored:
        kind = "mirrored"
    elif turned:
        kind = "rotated"
    elif is_part or not by_whole:
        kind = "part"
    else:
        kind = "inverted" if inverted else "whole"
    return FigureHit(key, score, kind, tuple(reasons))


_SLIGHT = 15  # degrees or per cent that need no mention


def _around(turn: float) -> float:
    """An angle as one between -180 and 180 degrees, in radians."""
    return (turn + math.pi) % (2 * math.pi) - math.pi


@cache
def phrases() -> dict[str, str]:
    """Sentence templates by reason code."""
    text = (Path(__file__).parent / "phrases.toml").read_text("utf-8")
    templates: dict[str, str] = tomllib.loads(text)["zh"]
    return templates


def _reason(code: str, value: float | None, **evidence: int) -> Reason:
    text = phrases()[code].format(value=value or 0.0, **evidence)
    return Reason(code, text, value, evidence)
