"""How alike two drawn characters look: oriented gradients of their glyphs.

A glyph is drawn in each font, cut to its ink, and described by the direction of its edges in a
grid of overlapping cells (histograms of oriented gradients, Dalal and Triggs, CVPR 2005).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from scipy.ndimage import gaussian_filter

SIDE = 48  # pixels of the drawing
ORIENTATIONS = 8  # over half a turn: both edges of a stroke count alike
GRID = 7  # cells a side

Floats = NDArray[np.float32]


def draw(characters: Sequence[str], font_path: Path, face: int) -> tuple[Floats, NDArray[np.bool_]]:
    """Draw every character; returns images (n, SIDE, SIDE) in 0..1 and which ones the font has."""
    font = ImageFont.truetype(str(font_path), SIDE - 4, index=face)
    missing = _paint("\U0010fffd", font).tobytes()
    images = np.zeros((len(characters), SIDE, SIDE), np.float32)
    drawn = np.zeros(len(characters), bool)
    for row, character in enumerate(characters):
        image = _paint(character, font)
        drawn[row] = image.tobytes() != missing and image.getbbox() is not None
        images[row] = np.asarray(image, np.float32) / 255
    return images, drawn


def features(images: Floats) -> Floats:
    """Unit-length descriptors (n, ORIENTATIONS * GRID * GRID) of the drawings."""
    out = np.empty((len(images), ORIENTATIONS * GRID * GRID), np.float32)
    centres = np.linspace(3, SIDE - 4, GRID).round().astype(int)
    for start in range(0, len(images), 1024):
        part = gaussian_filter(images[start : start + 1024], (0, 0.7, 0.7))
        dy, dx = np.gradient(part, axis=(1, 2))
        size = np.hypot(dx, dy)
        turn = (np.arctan2(dy, dx) / np.pi % 1.0) * ORIENTATIONS
        low = np.floor(turn).astype(int) % ORIENTATIONS
        share = turn - np.floor(turn)
        cells = []
        for orientation in range(ORIENTATIONS):
            weight = np.where(low == orientation, 1 - share, 0) + np.where(
                (low + 1) % ORIENTATIONS == orientation, share, 0
            )
            smooth = gaussian_filter(size * weight, (0, 3.0, 3.0))
            cells.append(smooth[:, centres][:, :, centres].reshape(len(part), -1))
        block = np.sqrt(np.concatenate(cells, axis=1))
        block /= np.linalg.norm(block, axis=1, keepdims=True) + 1e-9
        out[start : start + len(part)] = block
    return out


def halves(looks: Floats) -> list[Floats]:
    """Unit-length descriptors of the left, right, upper and lower half of one face's `features`."""
    cell = np.arange(looks.shape[1]) % (GRID * GRID)
    across, down = cell % GRID, cell // GRID
    half = GRID // 2
    sides = (across < half, across > half, down < half, down > half)
    return [unit(looks[:, side]) for side in sides]


def blurred(images: Floats) -> Floats:
    """Drawings out of focus, less their mean, unit length: what stays when strokes blur."""
    soft = gaussian_filter(images, (0, 2.0, 2.0))[:, 1::3, 1::3].reshape(len(images), -1)
    return unit(soft - soft.mean(axis=0))


def unit(rows: Floats) -> Floats:
    """Rows scaled to length 1."""
    scaled: Floats = rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)
    return scaled.astype(np.float32)


def _paint(character: str, font: ImageFont.FreeTypeFont) -> Image.Image:
    image = Image.new("L", (SIDE, SIDE))
    ImageDraw.Draw(image).text((SIDE / 2, SIDE / 2), character, 255, font=font, anchor="mm")
    return image
