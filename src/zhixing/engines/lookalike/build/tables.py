"""Assembles the shipped character tables: alphabet, folding, readings, nearest shapes."""

from __future__ import annotations

import importlib.metadata
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import opencc
from numpy.typing import NDArray
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict
from scipy import sparse

from . import components, glyphs

NEIGHBOURS = 64
LOWEST = 0.45  # likeness below this is not stored
LATIN = "0123456789abcdefghijklmnopqrstuvwxyz"
Face = tuple[Path, int]
Say = Callable[[str], None]


def build(faces: Sequence[Face], ids: Path, strokes: Path, out: Path, say: Say) -> None:
    """Build ``tables.npz`` and its provenance note in the folder ``out`` (two or three minutes).

    ``faces`` are (font file, face number) pairs; a character is kept when every face draws it.
    ``ids`` and ``strokes`` are the files of yi-bai/ids. ``say`` receives progress lines.
    """
    wanted = _candidates()
    images = [glyphs.draw(wanted, path, face) for path, face in faces]
    kept = np.logical_and.reduce([drawn for _, drawn in images])
    alphabet = [character for character, keep in zip(wanted, kept, strict=True) if keep]
    say(f"alphabet: {len(alphabet)} characters drawn by all {len(faces)} faces")
    looks = np.concatenate([glyphs.features(image[kept]) for image, _ in images], axis=1)
    looks -= looks.mean(axis=0)
    looks /= np.linalg.norm(looks, axis=1, keepdims=True) + 1e-9
    del images
    say(f"glyph features: {looks.shape[1]} numbers a character")
    parts = components.Parts(components.read_ids(ids), components.read_strokes(strokes))
    part_rows = components.part_matrix(alphabet, parts)
    inside = _containment_matrix(alphabet, parts)
    pairs = _nearest(looks, part_rows, inside, say)
    say(f"shape pairs: {len(pairs[0])}")
    codes = np.array([ord(c) for c in LATIN] + [ord(c) for c in alphabet], np.uint32)
    fold_from, fold_to = _folding(alphabet)
    names, readings = _readings(alphabet)
    low, high, scores = pairs
    shift = len(LATIN)
    counts = np.bincount(low, minlength=len(alphabet))
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out / "tables.npz",
        codes=codes,
        fold_from=fold_from,
        fold_to=fold_to,
        syllables=np.frombuffer(" ".join(names).encode(), np.uint8),
        readings=np.vstack([np.zeros((shift, 2), np.uint16), readings]),
        shape_counts=np.concatenate([np.zeros(shift, np.uint8), counts]).astype(np.uint16),
        shape_steps=_steps(low, high),
        shape_scores=scores,
    )
    (out / "PROVENANCE.txt").write_text(_provenance(faces, ids, strokes), encoding="utf-8")
    say(f"written: {out / 'tables.npz'} ({(out / 'tables.npz').stat().st_size / 1e6:.2f} MB)")


def _candidates() -> list[str]:
    beyond = sorted(code for code in pinyin_dict if 0x20000 <= code < 0x32000)
    codes = [0x3007, *range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *beyond]
    return [chr(code) for code in codes]


def _containment_matrix(alphabet: Sequence[str], parts: components.Parts) -> sparse.csr_matrix:
    whole, part, share = components.containments(alphabet, parts)
    shape = (len(alphabet), len(alphabet))
    values = np.concatenate([share, share])
    places = (np.concatenate([whole, part]), np.concatenate([part, whole]))
    matrix = sparse.coo_matrix((values, places), shape).tocsr()
    matrix.data = np.minimum(matrix.data, 1)
    return matrix


def _nearest(
    looks: NDArray[np.float32],
    part_rows: sparse.csr_matrix,
    inside: sparse.csr_matrix,
    say: Say,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
    """Unordered pairs (low < high) with a score 0..255, the union of everyone's nearest.

    The three signals are joined as independent chances to be taken for one another:
    1 - (1 - glyph)(1 - parts)(1 - 0.6 containment). Measured better than their sum or maximum.
    """
    n = len(looks)
    low: list[NDArray[np.int64]] = []
    high: list[NDArray[np.int64]] = []
    score: list[NDArray[np.float32]] = []
    for start in range(0, n, 1024):
        stop = min(n, start + 1024)
        apart = 1 - np.clip(looks[start:stop] @ looks.T, 0, 1)
        shared = (part_rows[start:stop] @ part_rows.T).tocoo()
        apart[shared.row, shared.col] *= 1 - np.clip(shared.data, 0, 1)
        held = inside[start:stop].tocoo()
        apart[held.row, held.col] *= 1 - 0.6 * held.data
        apart[np.arange(stop - start), np.arange(start, stop)] = 2
        near = np.argpartition(apart, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
        here = np.repeat(np.arange(start, stop), NEIGHBOURS)
        there = near.ravel()
        likeness = 1 - np.take_along_axis(apart, near, axis=1).ravel()
        good = likeness >= LOWEST
        low.append(np.minimum(here, there)[good])
        high.append(np.maximum(here, there)[good])
        score.append(likeness[good])
        if start % 8192 == 0:
            say(f"nearest shapes: {stop} of {n}")
    key, first = np.unique(np.concatenate(low) * n + np.concatenate(high), return_index=True)
    # 32 steps are all the measurement is worth, and pack far better than 256
    steps = np.round(np.concatenate(score)[first] * 32).clip(0, 32)
    return key // n, key % n, np.minimum(255, steps * 8).astype(np.uint8)


def _steps(low: NDArray[np.int64], high: NDArray[np.int64]) -> NDArray[np.uint16]:
    """Partners of each character as differences, so that they pack well."""
    previous = np.where(np.diff(low, prepend=-1) != 0, low, np.concatenate([[0], high[:-1]]))
    steps: NDArray[np.uint16] = (high - previous).astype(np.uint16)
    return steps


def _folding(alphabet: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Traditional and variant characters with the simplified form they are judged as."""
    to_simple = opencc.OpenCC("t2s")
    from_japanese = opencc.OpenCC("jp2t")
    pairs = []
    for character in alphabet:
        folded = to_simple.convert(character)
        if folded == character and not _is_gb2312(character):
            folded = to_simple.convert(from_japanese.convert(character))
        if folded != character and len(folded) == 1:
            pairs.append((ord(character), ord(folded)))
    array = np.array(pairs, np.uint32)
    return array[:, 0].copy(), array[:, 1].copy()


def _is_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _readings(alphabet: Sequence[str]) -> tuple[list[str], NDArray[np.uint16]]:
    """Syllables without tone (number 0 is "none") and up to two readings a character.

    The dictionary lists many readings that only old texts use. A second reading is kept when at
    least a tenth of the phrases that hold the character read it so; the commoner one comes first.
    """
    heard: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, sounds in phrases_dict.items():
        for character, options in zip(phrase, sounds, strict=False):
            heard[character][_plain(options[0])] += 1
    found = []
    for character in alphabet:
        listed = pinyin_dict.get(ord(character), "").split(",")
        options = list(dict.fromkeys(_plain(reading) for reading in listed if reading))
        uses = heard[character]
        total = sum(uses[option] for option in options)
        usual = sorted(options, key=lambda option: -uses[option])  # stable: dictionary order
        found.append([o for i, o in enumerate(usual[:2]) if i == 0 or uses[o] * 10 >= total > 0])
    names = ["-", *sorted({name for readings in found for name in readings})]
    number = {name: row for row, name in enumerate(names)}
    table = np.zeros((len(alphabet), 2), np.uint16)
    for row, readings in enumerate(found):
        for column, name in enumerate(readings):
            table[row, column] = number[name]
    return names, table


def _plain(reading: str) -> str:
    """A reading without tone marks, ü as v."""
    letters = unicodedata.normalize("NFD", reading.replace("ü", "v"))
    letters = letters.replace("u\u0308", "v")
    return "".join(c for c in letters if c.isascii() and c.isalpha())


def default_faces() -> list[Face]:
    """The simplified Chinese faces of Debian's fonts-noto-cjk."""
    folder = Path("/usr/share/fonts/opentype/noto")
    return [(folder / "NotoSansCJK-Regular.ttc", 2), (folder / "NotoSerifCJK-Regular.ttc", 2)]


def _provenance(faces: Sequence[Face], ids: Path, strokes: Path) -> str:
    version = importlib.metadata.version
    drawn = "\n".join(f"  {path.name}, face {face}" for path, face in faces)
    return f"""\
tables.npz is numeric data made by `zhixing lookalike build-shapes`.
It holds no glyph, no outline and no description text.

Shapes: oriented-gradient likeness of glyphs drawn from
{drawn}
  (Noto CJK, Copyright Adobe, SIL Open Font License 1.1),
  joined with the likeness of parts computed from {ids.name} and {strokes.name}
  of https://github.com/yi-bai/ids (MIT License, notice below).
Readings: pypinyin {version("pypinyin")} (MIT License, Copyright mozillazg and pinyin-data authors).
Folding to simplified characters: OpenCC {version("opencc")} (Apache License 2.0).

yi-bai/ids, MIT License, Copyright (c) 2021 Yi Bai:
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions: the above copyright notice and this
permission notice shall be included in all copies or substantial portions of the Software.
THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
