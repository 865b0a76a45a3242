"""Pictures read by the real programs, and by stand-ins where a program's answer must be known."""

from __future__ import annotations

import io
import sys
from itertools import pairwise
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.engines.posters.drawn import Poster
from zhixing.engines.posters import (
    Line,
    Reader,
    ReaderMissing,
    UnusablePicture,
    load,
    open_reader,
    page,
)
from zhixing.engines.posters import pictures as limits
from zhixing.engines.posters.fast import FastReader
from zhixing.engines.posters.lines import Box
from zhixing.engines.posters.tiles import cut, read_tiles


@pytest.fixture(scope="module")
def reader() -> Reader:
    """The default reader, on one core."""
    return open_reader("auto", threads=1)


def text_of(poster: Poster, reader: Reader) -> str:
    return page(poster.width, poster.height, reader.read(poster.picture)).text


def test_a_poster_is_read_with_its_small_print_and_vertical_lines(reader: Reader) -> None:
    """Headline, body, column and footnote, each found where it was written."""
    poster = (
        Poster(1000, 800).write("夏季新品上市", 60, 40, 80).write("全棉短袖每件五十九元", 60, 180)
    )
    poster.stand("新店开张", 860, 160).write("活动截至八月三十一日", 60, 740, 18)
    found = page(1000, 800, reader.read(poster.picture))
    assert sorted(line.text for line in found.lines) == sorted(line.text for line in poster.lines)
    for line in found.lines:
        (written,) = [one for one in poster.lines if one.text == line.text]
        assert line.box.overlap(written.box) > 0.8
        assert line.size == pytest.approx(written.size, rel=0.4)


def test_a_doubtful_line_is_read_again_by_the_larger_model() -> None:
    """Traditional characters in poor print: the tiny model errs, the cascade does not."""
    poster = Poster(500, 160, "#cfe0ff").write("耳鳴耳聾，保證恢復聽力", 30, 60, 30, "#7a86a0")
    noise = np.random.default_rng(7).normal(0, 14, (160, 500, 3))
    blurred = np.clip(np.asarray(poster.picture) + noise, 0, 255).astype(np.uint8)
    poster.picture = Image.fromarray(blurred)
    eyes = FastReader(threads=1)
    once = [line.confidence for line in _tiny(eyes, poster.picture)]
    assert min(once) < 0.975
    assert text_of(poster, eyes) == "耳鳴耳聾，保證恢復聽力"


def _tiny(eyes: FastReader, picture: Image.Image) -> list[Line]:
    from zhixing.engines.posters.fast import _read

    return _read(eyes._tiny, picture)


def test_a_picture_without_text_gives_no_lines(reader: Reader) -> None:
    """White paper."""
    assert reader.read(Image.new("RGB", (400, 300), "white")) == []


def test_a_long_page_is_read_in_pieces(reader: Reader) -> None:
    """Forty lines on 600 x 6000 pixels, some on the seams: each read once, in order."""
    poster = Poster(600, 6000)
    wanted = [f"第{number}段：商品详情说明文字" for number in range(40)]
    for number, text in enumerate(wanted):
        poster.write(text, 30, 20 + 149 * number, 30)
    assert text_of(poster, reader).splitlines() == wanted


def test_pieces_cover_a_page_and_share_a_strip() -> None:
    """No row of the picture is left out, in either direction; ordinary pictures stay whole."""
    assert cut(900, 1200) == [Box(0, 0, 900, 1200)]
    assert cut(1800, 200) == [Box(0, 0, 1800, 200)]
    tall = cut(750, 9001)
    assert (tall[0].top, tall[-1].bottom) == (0, 9001)
    assert all(b.top < a.bottom for a, b in pairwise(tall))
    wide = cut(9001, 750)
    assert [box.left for box in wide] == [box.top for box in tall]


def test_a_line_cut_by_a_seam_is_taken_from_the_piece_that_holds_it_whole() -> None:
    """The broken reading of one piece gives way to the whole one of the next."""
    first, second = cut(800, 2400)[:2]
    whole = Line("整行文字", Box(10, first.bottom - 12, 90, first.bottom + 8), 0.9)

    def read(piece: Image.Image) -> list[Line]:
        seen.append(piece)
        if len(seen) == 1:
            return [Line("整行", Box(10, whole.box.top, 90, first.bottom), 0.99)]
        if len(seen) == 2:
            return [Line(whole.text, whole.box.moved(0, -second.top), 0.9)]
        return []

    seen: list[Image.Image] = []
    assert read_tiles(Image.new("RGB", (800, 2400)), read) == [whole]


def test_the_second_reading_does_not_take_the_line_below() -> None:
    """A cut around a slanting line shows the next line's beginning: it is left out."""
    eyes = FastReader.__new__(FastReader)
    eyes._threads = 1
    eyes._tiny = _Engine([("甲乙丙丁戊己庚辛", (20, 20, 400, 70), 0.9)])
    eyes._small = _Engine(
        [("甲乙丙丁戊己庚辛", (18, 20, 390, 50), 0.99), ("壬癸", (18, 58, 90, 78), 0.99)]
    )
    (line,) = eyes.read(Image.new("RGB", (500, 200)))
    assert (line.text, line.confidence) == ("甲乙丙丁戊己庚辛", 0.99)


@pytest.mark.parametrize(
    ("again", "wanted"),
    [
        ([], "原来的读法"),
        ([("的", (18, 20, 40, 50), 0.99)], "原来的读法"),
        ([("别的什么字", (18, 20, 390, 50), 0.2)], "原来的读法"),
        ([("原来的", (18, 20, 200, 50), 0.99), ("读法", (205, 20, 390, 50), 0.98)], "原来的读法"),
        ([("原來的讀法", (18, 20, 390, 50), 0.99)], "原來的讀法"),
    ],
)
def test_only_a_reading_that_is_like_the_first_replaces_it(again: list[Any], wanted: str) -> None:
    """Nothing, a fragment or a worse guess changes nothing; two halves are one line."""
    eyes = FastReader.__new__(FastReader)
    eyes._threads = 1
    eyes._tiny = _Engine([("原来的读法", (20, 20, 400, 60), 0.9)])
    eyes._small = _Engine(again)
    (line,) = eyes.read(Image.new("RGB", (500, 200)))
    assert line.text == wanted


class _Engine:
    """Answers as faster-paddle does, always the same."""

    def __init__(self, lines: list[Any]) -> None:
        self._lines = lines

    def ocr(self, encoded: bytes) -> dict[str, Any]:
        assert encoded[:2] == b"BM"
        bounds = {
            at: {
                "text": text,
                "topLeftCoord": box[:2],
                "bottomRightCoord": box[2:],
                "confidence": confidence,
            }
            for at, (text, box, confidence) in enumerate(self._lines)
        }
        return {"bounds": bounds}


def test_the_other_reader_gives_upright_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    """RapidOCR answers with four corners each; the picture is given as OpenCV has it."""

    class Answer:
        boxes = np.array([[[10.2, 5.0], [90.7, 9.0], [90.0, 30.4], [9.6, 26.0]]])
        txts = ("八折优惠",)
        scores = (0.97,)

    class RapidOCR:
        def __init__(self, params: dict[str, Any]) -> None:
            assert params["EngineConfig.onnxruntime.intra_op_num_threads"] == 2

        def __call__(self, picture: np.ndarray) -> Answer:
            assert picture[0, 0].tolist() == [3, 2, 1]
            return Answer()

    module = ModuleType("rapidocr")
    monkeypatch.setattr(module, "RapidOCR", RapidOCR, raising=False)
    monkeypatch.setitem(sys.modules, "rapidocr", module)
    eyes = open_reader("rapid", threads=2)
    assert eyes.name == "rapid"
    assert eyes.read(Image.new("RGB", (100, 60), (1, 2, 3))) == [
        Line("八折优惠", Box(9, 5, 91, 31), 0.97)
    ]


@pytest.mark.parametrize(
    ("name", "packages", "extra"),
    [
        ("auto", "faster_paddle or rapidocr", "ocr"),
        ("fast", "faster_paddle", "ocr"),
        ("rapid", "rapidocr", "ocr-rapid"),
    ],
)
def test_a_missing_reader_is_told_in_one_line(
    name: str, packages: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is missing, and what to install."""
    # None in sys.modules makes an import fail as if the package were not installed.
    monkeypatch.setitem(sys.modules, "faster_paddle", None)
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(ReaderMissing) as caught:
        open_reader(name)
    assert str(caught.value) == (
        f"Reading pictures needs {packages}, which is not installed: pip install 'zhixing[{extra}]'"
    )


def test_a_photo_is_turned_upright_and_put_on_white() -> None:
    """Orientation of the camera, transparency, palettes."""
    turned = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20), "red").save(turned, "JPEG", exif=exif)
    assert load(turned.getvalue()).size == (20, 40)
    clear = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(clear, "PNG")
    assert load(clear.getvalue()).getpixel((0, 0)) == (255, 255, 255)


def test_what_is_no_picture_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Damaged, something else, or too large: one line each."""
    whole = io.BytesIO()
    Image.new("RGB", (64, 64)).save(whole, "PNG")
    for bad in (b"", b"%PDF-1.7", whole.getvalue()[:60]):
        with pytest.raises(UnusablePicture, match="not a readable picture"):
            load(bad)
    monkeypatch.setattr(limits, "MAX_PIXELS", 1000)
    with pytest.raises(UnusablePicture, match="expected at most 1,000 pixels; found 64 x 64"):
        load(whole.getvalue())
