"""The index of all marks: on disk for every process, in memory for this one, never out of date.

A search first asks the database how the register stands (one cheap query). Marks entered or
changed since the index was built make a small second index that is searched beside it; when they
become many, a job builds the index anew while searches go on with what there is.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from django.conf import settings
from django.db.models import Count, Max

from zhixing.apps.clearance.lists import Found
from zhixing.apps.registry.api import TradeMark, describe_file
from zhixing.engines import figures, lookalike
from zhixing.kit.errors import Invalid
from zhixing.kit.files.api import EvidenceFile

# A register of this size is indexed while the first search waits (a fifth of a second); a larger
# one by a job.
SMALL = 20_000
# So many changed marks, or pictures never measured, are taken along by a search itself.
FEW, FEW_PICTURES = 2_000, 40
# A long import commits rows whose `updated` lies before that of rows read already.
OVERLAP = timedelta(hours=1)
DEPTH = 300  # marks an engine may find, before they are sorted into lists
ALIKE = 0.55  # score of the look-alike engine from which a mark is shown


class NotReady(Exception):
    """The index is being built for the first time."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """How the register stood: number of marks, last change, highest key."""

    count: int
    changed: str
    last: int


def stamp() -> Stamp:
    """How the register stands now."""
    row = TradeMark.objects.aggregate(n=Count("pk"), changed=Max("updated"), last=Max("pk"))
    changed: datetime | None = row["changed"]
    return Stamp(row["n"], changed.isoformat() if changed else "", row["last"] or 0)


@dataclass(frozen=True)
class MarkIndex:
    """Words and figures of a set of marks."""

    stamp: Stamp
    digests: dict[int, int]  # of what the index holds of each mark
    words: lookalike.Index
    pictures: figures.FigureIndex
    contents: dict[int, str]  # SM3 of the figure, by mark

    @cached_property
    def described(self) -> dict[str, Any]:
        """What was measured of each picture, by its SM3; None of one that cannot be compared."""
        places = {int(key): row for row, key in enumerate(self.pictures.keys)}
        rows = self.pictures.rows
        return {
            sm3: rows[places[key] : places[key] + 1] if key in places else None
            for key, sm3 in self.contents.items()
        }

    def words_like(self, text: str, classes: Sequence[int] = ()) -> list[Found]:
        """Marks whose words are like the text, best first; of all, those of the classes.

        Look and sound are each searched alone too: a mark far down the common list may be near the
        top of one of them.
        """
        asked = pa.table({"query": [text], "classes": [";".join(map(str, classes))]})
        found = {}
        for table in self.words.search_lists(asked, DEPTH, each=DEPTH).values():
            for row in table.to_pylist():
                if row["kind"] and row["score"] >= ALIKE:
                    key = int(row["mark_id"])
                    found[key] = Found(key, row["kind"], float(row["score"]), row["reasons"])
        return sorted(found.values(), key=lambda one: (-one.score, one.mark_id))

    def pictures_like(self, query: Any) -> list[Found]:
        """Marks whose figure is like the described picture, best first."""
        return [
            Found(int(hit.key), hit.kind, hit.score, [r.as_dict() for r in hit.reasons], True)
            for hit in self.pictures.search(query, DEPTH)
        ]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The register as a search sees it: the index, and what changed since it was built."""

    stamp: Stamp
    base: MarkIndex
    since: MarkIndex

    @property
    def figures(self) -> int:
        """How many figures are compared."""
        old = sum(1 for key in self.base.pictures.keys if int(key) not in self.since.digests)
        return old + len(self.since.pictures)

    def words_like(self, text: str, classes: Sequence[int] = ()) -> list[Found]:
        """See `MarkIndex.words_like`."""
        return self._both(lambda index: index.words_like(text, classes))

    def pictures_like(self, query: Any) -> list[Found]:
        """See `MarkIndex.pictures_like`."""
        return self._both(lambda index: index.pictures_like(query))

    def _both(self, ask: Callable[[MarkIndex], list[Found]]) -> list[Found]:
        old = [one for one in ask(self.base) if one.mark_id not in self.since.digests]
        return sorted(old + ask(self.since), key=lambda one: (-one.score, one.mark_id))


# ------------------------------------------------------------------ building


Progress = Callable[[int, int], None]


class Row(NamedTuple):
    """What the index reads of a mark; classes with semicolons between them."""

    key: int
    text: str
    classes: str
    sm3: str | None = None  # of its figure
    file: int | None = None  # key of the figure's file

    def digest(self) -> int:
        """A number that changes with anything the index holds of the mark."""
        told = "\0".join((self.text, self.classes, self.sm3 or ""))
        return int.from_bytes(blake2b(told.encode(), digest_size=7).digest(), "big")


def build(
    at: Stamp,
    rows: Iterable[Row],
    known: dict[str, Any] | None = None,
    progress: Progress | None = None,
) -> MarkIndex:
    """An index of these marks.

    Args:
        known: descriptions of pictures measured before, by SM3.
        progress: told how many pictures are measured, of how many.
    """
    listed = list(rows)
    words = lookalike.build_index(
        pa.table({
            "mark_id": pa.array([str(row.key) for row in listed], pa.string()),
            "mark": pa.array([row.text for row in listed], pa.string()),
            "classes": pa.array([row.classes for row in listed], pa.string()),
        })
    )  # fmt: skip
    with_figure = [(row.key, row.sm3, row.file) for row in listed if row.sm3 and row.file]
    measured = dict(known or {})
    fresh = {sm3: file for _, sm3, file in with_figure if sm3 not in measured}
    files = EvidenceFile.objects.in_bulk(list(fresh.values()))
    for done, (sm3, file) in enumerate(fresh.items(), start=1):
        try:
            measured[sm3] = figures.stored(describe_file(files[file]))
        except Invalid:
            # A picture that cannot be compared leaves its mark to be found by its words.
            measured[sm3] = None
        if progress is not None:
            progress(done, len(fresh))
    usable = [(key, sm3) for key, sm3, _ in with_figure if measured[sm3] is not None]
    contents = {key: sm3 for key, sm3, _ in with_figure}
    described = np.concatenate([_NONE, *(measured[sm3] for _, sm3 in usable)])
    pictures = figures.FigureIndex.build([str(key) for key, _ in usable], described)
    return MarkIndex(at, {row.key: row.digest() for row in listed}, words, pictures, contents)


_NONE = figures.stored(figures.describe([]))


def read_marks(changed_since: str = "") -> list[Row]:
    """The marks of the register as `build` takes them, all or those changed since a moment."""
    marks = TradeMark.objects.order_by("pk")
    if changed_since:
        marks = marks.filter(updated__gte=datetime.fromisoformat(changed_since) - OVERLAP)
    return [
        Row(key, text, ";".join(map(str, classes)), sm3, file)
        for key, text, classes, sm3, file in marks.values_list(
            "pk", "text", "nice_classes", "image__sm3", "image_id"
        )
    ]


# ------------------------------------------------------------------ on disk


def _folder() -> Path:
    return Path(settings.HOME) / "indexes" / "marks"


def save(index: MarkIndex) -> None:
    """Write the index beside the present one, then let every process see it at once."""
    root = _folder()
    name = uuid.uuid4().hex[:12]
    index.words.save(root / name / "words")
    index.pictures.save(root / name / "figures")
    np.save(
        root / name / "digests.npy",
        np.array(sorted(index.digests.items()), np.int64).reshape(-1, 2),
    )
    about = {
        "stamp": [index.stamp.count, index.stamp.changed, index.stamp.last],
        "methods": _methods(),
        "contents": list(index.contents.items()),
    }
    (root / name / "about.json").write_text(json.dumps(about), encoding="utf-8")
    pointer = root / f"{name}.pointer"
    pointer.write_text(name, encoding="utf-8")
    before = _current()
    os.replace(pointer, root / "current")
    for old in root.iterdir():
        # The one before may still be opened by a process that has just read its name.
        if old.is_dir() and old.name not in {name, before}:
            shutil.rmtree(old, ignore_errors=True)


def _current() -> str:
    try:
        return (_folder() / "current").read_text(encoding="utf-8")
    except OSError:
        return ""


def _load(name: str) -> MarkIndex | None:
    """The index on disk, or None when it is damaged or was made by other methods."""
    folder = _folder() / name
    try:
        about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        if about["methods"] != _methods():
            return None
        digests = dict(np.load(folder / "digests.npy").tolist())
        return MarkIndex(
            Stamp(*about["stamp"]),
            digests,
            lookalike.Index.load(folder / "words"),
            figures.FigureIndex.load(folder / "figures"),
            {int(key): sm3 for key, sm3 in about["contents"]},
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    except (lookalike.UnusableIndex, figures.UnusableFigureIndex):
        return None


def _methods() -> list[str]:
    return [str(lookalike.METHOD), str(figures.METHOD)]


# ------------------------------------------------------------------ in this process


@dataclass(slots=True)
class _Kept:
    name: str = ""
    base: MarkIndex | None = None
    snapshot: Snapshot | None = None


_kept = _Kept()
_lock = threading.Lock()


def forget() -> None:
    """Drop what this process keeps in memory (after a restore, and in tests)."""
    global _kept
    with _lock:
        _kept = _Kept()


def snapshot(ask_for_rebuild: Callable[[], object]) -> Snapshot:
    """The register as it stands now, ready to be searched.

    Args:
        ask_for_rebuild: called when the index should be built anew by a job.

    Raises:
        NotReady: the register is large and has no index yet; the job was asked for.
    """
    with _lock:
        now = stamp()
        _take_from_disk()
        if _kept.base is None:
            if now.count > SMALL:
                ask_for_rebuild()
                raise NotReady
            _kept.base = build(now, read_marks())
        if _kept.snapshot is None or _kept.snapshot.stamp != now:
            _kept.snapshot = _catch_up(_kept.base, now, ask_for_rebuild)
        return _kept.snapshot


def _take_from_disk() -> None:
    name = _current()
    if name and name != _kept.name:
        loaded = _load(name)
        if loaded is not None:
            _kept.base, _kept.snapshot = loaded, None
        _kept.name = name


def _catch_up(base: MarkIndex, now: Stamp, ask_for_rebuild: Callable[[], object]) -> Snapshot:
    """The index with what changed since; if that is much, a small register is indexed anew."""
    if base.stamp == now:
        return Snapshot(now, base, build(now, []))
    rows = read_marks(base.stamp.changed)
    rows = [row for row in rows if base.digests.get(row.key) != row.digest()]
    new = sum(1 for row in rows if row.key not in base.digests)
    missing = now.count != len(base.digests) + new
    unseen = {row.sm3 for row in rows if row.sm3} - base.described.keys()
    if len(rows) <= FEW and len(unseen) <= FEW_PICTURES and not missing:
        return Snapshot(now, base, build(now, rows, base.described))
    if now.count <= SMALL and len(unseen) <= FEW_PICTURES:
        _kept.base = build(now, read_marks(), base.described)
        return Snapshot(now, _kept.base, build(now, []))
    ask_for_rebuild()
    # Until the job is done, words are complete; a picture not measured yet is not compared.
    seen = [row if row.sm3 not in unseen else row._replace(sm3=None) for row in rows]
    return Snapshot(now, base, build(now, seen, base.described))


def described_on_disk() -> dict[str, Any]:
    """What the index on disk knows of pictures, by their SM3, so that none is measured twice."""
    name = _current()
    known = _load(name) if name else None
    return dict(known.described) if known is not None else {}
