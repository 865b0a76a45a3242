"""Posters read: characters found and pictures a second on one core, beside RapidOCR.

The posters are drawn here from cases of `bench/adlaw/measure.jsonl`: five lines each in three
weights, 24 to 60 pixels, on a gradient, turned by up to two degrees, blurred and with noise. They
are easier than photographs.
"""

from __future__ import annotations

import json
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from rapidfuzz.distance import Levenshtein

from bench.row import Row
from zhixing.cli.posters import STYLE_SHEET
from zhixing.engines.posters import Reader, ReaderMissing, Typeface, open_reader, page

CASES = Path(__file__).parent / "adlaw" / "measure.jsonl"
POSTERS, LINES = 30, 5
WIDTH, HEIGHT, LEFT = 900, 1200, 40
SEED = 20261124
# Emoji, invisible characters and columns are no matter of reading lines.
LEFT_OUT = {"emoji", "zerowidth", "vertical", "mixed"}


@dataclass(frozen=True)
class Poster:
    """A picture and the texts on it."""

    picture: Image.Image
    texts: tuple[str, ...]


def posters() -> list[Poster]:
    """The posters, always the same."""
    rng = np.random.default_rng(SEED)
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    texts = [row["text"] for row in rows if row["obfuscation"] not in LEFT_OUT]
    chosen = rng.choice(texts, POSTERS * LINES, replace=False)
    faces = [Typeface.of(STYLE_SHEET, weight) for weight in (300, 500, 800)]
    return [
        _poster([str(text) for text in chosen[at : at + LINES]], faces, rng)
        for at in range(0, len(chosen), LINES)
    ]


def _poster(texts: Sequence[str], faces: Sequence[Typeface], rng: np.random.Generator) -> Poster:
    top, bottom = rng.integers(150, 256, (2, 3))
    shade = np.linspace(top, bottom, HEIGHT).astype(np.uint8)
    sheet = Image.fromarray(np.repeat(shade[:, None, :], WIDTH, axis=1))
    canvas = ImageDraw.Draw(sheet)
    y = 40
    for text in texts:
        size, face = int(rng.integers(24, 61)), faces[rng.integers(len(faces))]
        ink = "#" + "".join(f"{tone:02x}" for tone in rng.integers(0, 90, 3))
        for line in face.wrapped(text, size, WIDTH - 2 * LEFT):
            face.draw(canvas, (LEFT, y + size), line, size, ink)
            y += round(1.35 * size)
        y += 30
    sheet = sheet.crop((0, 0, WIDTH, max(HEIGHT, y)))
    sheet = sheet.rotate(rng.uniform(-2, 2), Image.Resampling.BICUBIC, fillcolor=tuple(bottom))
    sheet = sheet.filter(ImageFilter.GaussianBlur(rng.uniform(0, 0.8)))
    noise = rng.normal(0, rng.uniform(2, 10), (*sheet.size[::-1], 3))
    return Poster(
        Image.fromarray(np.clip(np.asarray(sheet) + noise, 0, 255).astype(np.uint8)), tuple(texts)
    )


def missed(wanted: str, read: str) -> int:
    """How many characters of a text do not stand in what was read, by the best place for it."""
    wanted, read = _plain(wanted), _plain(read)
    if wanted in read:
        return 0
    places = range(max(1, len(read) - len(wanted) + 1))
    return min(Levenshtein.distance(wanted, read[at : at + len(wanted)]) for at in places)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def measure(reader: Reader, drawn: Sequence[Poster]) -> tuple[float, float]:
    """The share of characters found, and pictures a second of processor time."""
    reader.read(drawn[0].picture)
    started = time.process_time()
    read = [
        page(one.picture.width, one.picture.height, reader.read(one.picture)).text for one in drawn
    ]
    spent = time.process_time() - started
    wrong = sum(
        missed(text, found) for one, found in zip(drawn, read, strict=True) for text in one.texts
    )
    characters = sum(len(_plain(text)) for one in drawn for text in one.texts)
    return 1 - wrong / characters, len(drawn) / spent


def main() -> list[Row]:
    """Two rows: how well and how fast."""
    drawn = posters()
    found, pace = measure(open_reader("fast", threads=1), drawn)
    what = f"{POSTERS} drawn posters"
    peer, their_found, their_pace, note = "RapidOCR", None, None, ""
    try:
        their_found, their_pace = measure(open_reader("rapid", threads=1), drawn)
        peer = f"RapidOCR {version('rapidocr')}"
    except ReaderMissing as error:
        note = str(error)
    return [
        Row(f"{what}, characters", "share", found, peer, their_found, True, note),
        Row(f"{what}, one core", "pictures/CPU s", pace, peer, their_pace, True, note),
    ]
