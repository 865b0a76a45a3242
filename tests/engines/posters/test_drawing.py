"""Findings drawn on a picture, in Chinese."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.engines.posters.drawn import FACE
from zhixing.cli.posters import STYLE_SHEET
from zhixing.engines.posters import Box, Mark, Typeface, annotate


def ink(picture: Image.Image) -> int:
    """How many pixels are not white."""
    return int((np.asarray(picture.convert("L")) < 250).sum())


def test_a_frame_is_drawn_and_the_note_stands_below() -> None:
    """The picture itself stays as it was but for the frame and its number."""
    plain = Image.new("RGB", (600, 400), "white")
    made = annotate(
        plain, [Mark("绝对化用语：全国第一", (Box(100, 200, 300, 240),), "serious")], FACE
    )
    assert made.width == 600
    assert made.height > 400
    inside = np.asarray(made)[:400]
    rows, columns = np.nonzero((inside != 255).any(axis=2))
    assert (rows.min() >= 180, rows.max() < 246) == (True, True)
    assert (columns.min() >= 94, columns.max() < 306) == (True, True)
    assert ink(made.crop((0, 400, 600, made.height))) > 200


def test_what_is_missing_has_a_note_and_no_frame() -> None:
    """An absence is listed; nothing is drawn into the picture."""
    plain = Image.new("RGB", (600, 400), "white")
    made = annotate(plain, [Mark("未标明广告批准文号")], FACE)
    assert ink(made.crop((0, 0, 600, 400))) == 0
    assert ink(made.crop((0, 400, 600, made.height))) > 100


def test_without_findings_the_picture_is_unchanged() -> None:
    """No strip below, no mark."""
    plain = Image.new("RGB", (60, 40), "#abcdef")
    assert np.array_equal(np.asarray(annotate(plain, [], FACE)), np.asarray(plain))


def test_a_long_note_is_broken_and_all_of_it_drawn() -> None:
    """Every line fits the width."""
    lines = FACE.wrapped("保证治愈的断言" * 12, 20, 300)
    assert "".join(lines) == "保证治愈的断言" * 12
    assert all(FACE.width(line, 20) <= 300 for line in lines)
    assert len(lines) > 4


def test_every_character_of_a_sentence_has_its_own_shape() -> None:
    """The slices of the web font hold the characters: no two are the same empty box."""
    shapes = set()
    for character in "绝对化用语根治率，%2No":
        sheet = Image.new("L", (48, 48), 255)
        FACE.draw(ImageDraw.Draw(sheet), (4, 40), character, 36, "black")
        shapes.add(sheet.tobytes())
    assert len(shapes) == 13


def test_a_single_font_file_is_a_typeface_too() -> None:
    """As given with --typeface."""
    slice_file = sorted(STYLE_SHEET.parent.glob("files/*.woff2"))[0]
    assert Typeface.of(slice_file).width("最", 30) > 10


def test_a_style_sheet_without_fonts_is_refused(tmp_path: Path) -> None:
    """The message names the file."""
    sheet = tmp_path / "empty.css"
    sheet.write_text("body { color: red }", encoding="utf-8")
    with pytest.raises(ValueError, match=r"empty\.css: no @font-face with a unicode-range"):
        Typeface.of(sheet)
