"""Assembles the shipped character tables: alphabet, folding, readings, nearest shapes."""

from __future__ import annotations

import importlib.metadata
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import opencc
from numpy.typing import NDArray
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict
from scipy import sparse

from . import components, glyphs, strokes

NEIGHBOURS = 64
USUAL = 40  # nearest among the usual characters (GB 2312), which rare ones must not crowd out
TRIED, TRIED_USUAL = 128, 96  # partners of each kind that are looked at closely
LOWEST = 0.45  # likeness below this is not stored
SHADES = 64  # steps of the stored likeness: all the measurement is worth, and they pack well
# How the closer look weighs: the cubes of the common run of strokes and of the best half, and the
# likeness out of focus; less what a middling pair has of them. Chosen on the fitting half of
# bench/lookalike_pairs.txt and on shibing624/pycorrector's same_stroke (Apache-2.0).
RUN, HALF, BLUR, MIDDLING = 0.75, 0.4, 0.3, 0.5
LATIN = "0123456789abcdefghijklmnopqrstuvwxyz"
Face = tuple[Path, int]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Looks:
    """What is measured of every character, row by row of the alphabet."""

    whole: NDArray[np.float32]  # oriented gradients of all faces
    halves: Sequence[NDArray[np.float32]]  # left, right, upper, lower
    blurred: NDArray[np.float32]
    parts: sparse.csr_matrix
    inside: sparse.csr_matrix
    strokes: NDArray[np.uint8]
    lengths: NDArray[np.int16]
    usual: NDArray[np.bool_]  # characters of GB 2312


def build(
    faces: Sequence[Face], ids: Path, counts: Path, orders: Path, out: Path, say: Say
) -> None:
    """Build ``tables.npz``, ``parts.npz`` and their provenance note in ``out`` (a few minutes).

    ``faces`` are (font file, face number) pairs; a character is kept when every face draws it.
    ``ids`` and ``counts`` are the files of yi-bai/ids, ``orders`` the stroke orders of pycorrector.
    ``say`` receives progress lines.
    """
    wanted = _candidates()
    images = [glyphs.draw(wanted, path, face) for path, face in faces]
    kept = np.logical_and.reduce([drawn for _, drawn in images])
    alphabet = [character for character, keep in zip(wanted, kept, strict=True) if keep]
    say(f"alphabet: {len(alphabet)} characters drawn by all {len(faces)} faces")
    drawn = [image[kept] for image, _ in images]
    del images
    described = components.read_ids(ids)
    numbers = components.read_strokes(counts)
    parts = components.Parts(described, numbers)
    written, lengths = strokes.sequences(alphabet, strokes.read_orders(orders), described, numbers)
    one_face = [glyphs.features(image) for image in drawn]
    centred = [look - look.mean(axis=0) for look in one_face]
    looks = Looks(
        whole=glyphs.unit(np.concatenate(centred, axis=1)),
        halves=[
            glyphs.unit(np.concatenate(sides, axis=1))
            for sides in zip(*(glyphs.halves(look) for look in centred), strict=True)
        ],
        blurred=glyphs.unit(np.concatenate([glyphs.blurred(image) for image in drawn], axis=1)),
        parts=components.part_matrix(alphabet, parts),
        inside=_containment_matrix(alphabet, parts),
        strokes=written,
        lengths=lengths,
        usual=np.array([_is_gb2312(character) for character in alphabet]),
    )
    del drawn, one_face, centred
    say(f"glyph features: {looks.whole.shape[1]} numbers a character")
    pairs = _nearest(looks, say)
    say(f"shape pairs: {len(pairs[0])}")
    codes = np.array([ord(c) for c in LATIN] + [ord(c) for c in alphabet], np.uint32)
    fold_from, fold_to = _folding(alphabet)
    names, readings = _readings(alphabet)
    low, high, scores = pairs
    shift = len(LATIN)
    partners = np.bincount(low, minlength=len(alphabet))
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out / "tables.npz",
        codes=codes,
        fold_from=fold_from,
        fold_to=fold_to,
        syllables=np.frombuffer(" ".join(names).encode(), np.uint8),
        readings=np.vstack([np.zeros((shift, 2), np.uint16), readings]),
        shape_counts=np.concatenate([np.zeros(shift, np.uint8), partners]).astype(np.uint16),
        shape_steps=_steps(low, high),
        shape_scores=scores,
    )
    _write_parts(alphabet, described, out / "parts.npz")
    (out / "PROVENANCE.txt").write_text(_provenance(faces, ids, counts, orders), encoding="utf-8")
    say(f"written: {out / 'tables.npz'} ({(out / 'tables.npz').stat().st_size / 1e6:.2f} MB)")


def _write_parts(alphabet: Sequence[str], ids: Mapping[str, str], path: Path) -> None:
    """Parts one level down of every character, and of every part that is divided itself."""
    flat: dict[str, str] = {}
    waiting = list(alphabet)
    while waiting:
        character = waiting.pop()
        pieces = "".join(p for p in ids.get(character, "") if p not in components.ARITY)
        if character not in flat and len(pieces) > 1 and character not in pieces:
            flat[character] = pieces
            waiting += pieces
    whole = sorted(flat)
    np.savez_compressed(
        path,
        whole=np.array([ord(character) for character in whole], np.uint32),
        parts=np.array([ord(p) for character in whole for p in flat[character]], np.uint32),
        counts=np.array([len(flat[character]) for character in whole], np.uint8),
    )


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
    looks: Looks, say: Say
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
    """Unordered pairs (low < high) with a score 0..255, the union of everyone's nearest.

    Glyph, parts and containment are joined as independent chances to be taken for one another:
    1 - (1 - glyph)(1 - parts)(1 - 0.6 containment); measured better than their sum or maximum, and
    than a logistic regression or a conditional logit on all features. The best of each character
    are then looked at closely: see `_closer`.
    """
    n = len(looks.whole)
    usual = np.flatnonzero(looks.usual)
    low: list[NDArray[np.int64]] = []
    high: list[NDArray[np.int64]] = []
    score: list[NDArray[np.float32]] = []
    for start in range(0, n, 1024):
        stop = min(n, start + 1024)
        apart = 1 - np.clip(looks.whole[start:stop] @ looks.whole.T, 0, 1)
        shared = (looks.parts[start:stop] @ looks.parts.T).tocoo()
        apart[shared.row, shared.col] *= 1 - np.clip(shared.data, 0, 1)
        held = looks.inside[start:stop].tocoo()
        apart[held.row, held.col] *= 1 - 0.6 * held.data
        apart[np.arange(stop - start), np.arange(start, stop)] = 2
        for near, most in (
            (np.argpartition(apart, TRIED, axis=1)[:, :TRIED], NEIGHBOURS),
            (usual[np.argpartition(apart[:, usual], TRIED_USUAL, axis=1)[:, :TRIED_USUAL]], USUAL),
        ):
            here, there, likeness = _best(start, near, apart, most, looks)
            low.append(np.minimum(here, there))
            high.append(np.maximum(here, there))
            score.append(likeness)
        if start % 8192 == 0:
            say(f"nearest shapes: {stop} of {n}")
    key, first = np.unique(np.concatenate(low) * n + np.concatenate(high), return_index=True)
    shades = np.round(np.concatenate(score)[first] * SHADES).clip(0, SHADES)
    return key // n, key % n, np.minimum(255, shades * (256 // SHADES)).astype(np.uint8)


def _best(
    start: int, near: NDArray[np.int64], apart: NDArray[np.float32], most: int, looks: Looks
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """The ``most`` alike of the partners ``near`` of each row from ``start`` on, and how alike."""
    rows = np.arange(start, start + len(near))
    first_look = np.take_along_axis(apart, near, axis=1).ravel()
    here = np.repeat(rows, near.shape[1])
    likeness = _closer(here, near.ravel(), first_look, looks).reshape(near.shape)
    best = np.argpartition(-likeness, most, axis=1)[:, :most]
    kept = np.take_along_axis(likeness, best, axis=1).ravel()
    there = np.take_along_axis(near, best, axis=1).ravel()
    good = kept >= LOWEST
    return np.repeat(rows, most)[good], there[good], kept[good]


def _closer(
    here: NDArray[np.int64], there: NDArray[np.int64], apart: NDArray[np.float32], looks: Looks
) -> NDArray[np.float32]:
    """Likeness of pairs by all features, from how far ``apart`` they are at first look."""
    run = np.zeros(len(here), np.float32)
    # Pairs are looked at in one direction, so that both give the same number.
    strokes.common_runs(
        looks.strokes, looks.lengths, np.minimum(here, there), np.maximum(here, there), run
    )
    half = np.zeros(len(here), np.float32)
    for side in looks.halves:
        half = np.maximum(half, _alike(side, here, there))
    blur = np.clip(_alike(looks.blurred, here, there), 0, 1)
    more = RUN * run**3 + HALF * np.clip(half, 0, 1) ** 3 + BLUR * blur - MIDDLING
    result: NDArray[np.float32] = 1 - np.clip(apart, 0, 1) * np.exp(-more)
    return result.astype(np.float32)


def _alike(
    rows: NDArray[np.float32], here: NDArray[np.int64], there: NDArray[np.int64]
) -> NDArray[np.float32]:
    found = np.empty(len(here), np.float32)
    for at in range(0, len(here), 65536):
        part = slice(at, at + 65536)
        found[part] = np.einsum("ij,ij->i", rows[here[part]], rows[there[part]])
    return found


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


def _provenance(faces: Sequence[Face], ids: Path, counts: Path, orders: Path) -> str:
    version = importlib.metadata.version
    drawn = "\n".join(f"  {path.name}, face {face}" for path, face in faces)
    return f"""\
tables.npz and parts.npz are numeric data made by `zhixing lookalike build-shapes`.
They hold no glyph and no outline; parts.npz holds which parts a character consists of, from
{ids.name} of https://github.com/yi-bai/ids (MIT License, notice below).

Shapes: oriented-gradient likeness of glyphs drawn from
{drawn}
  (Noto CJK, Copyright Adobe, SIL Open Font License 1.1),
  joined with the likeness of parts computed from {ids.name} and {counts.name}
  of https://github.com/yi-bai/ids (MIT License, notice below), and of strokes from {orders.name}
  of https://github.com/shibing624/pycorrector (Apache License 2.0, Copyright XuMing).
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
