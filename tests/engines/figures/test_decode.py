"""Pictures from outside: every kind is read, and none can harm."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.engines.figures.logos import logo, png
from zhixing.engines.figures import UnusableImage, decode, describe
from zhixing.engines.figures import decode as decode_picture
from zhixing.engines.figures.decode import MAX_BYTES, MAX_PIXELS


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP"])
def test_every_kind_of_picture_is_read(kind: str) -> None:
    """The same logo in every format is described alike."""
    first, other = describe([png(logo(1)), png(logo(1), kind)])
    difference = np.abs(first["cells"].astype(int) - other["cells"].astype(int))
    assert difference.mean() < 2


def test_transparent_ground_is_white() -> None:
    """A mark on nothing is the mark on white."""
    grey = logo(2)
    clear = Image.merge("LA", (grey, grey.point(lambda v: 0 if v == 255 else 255)))
    assert np.array_equal(decode(png(clear.convert("RGBA"))), decode(png(grey)))


def _png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [5_001, 10_000, 14_000, 60_000])
def test_a_decompression_bomb_is_refused_by_its_header(side: int) -> None:
    """A small file that unpacks to more than the limit is not unpacked."""
    assert side * side > MAX_PIXELS
    with pytest.raises(UnusableImage) as refused:
        decode(_png_that_claims(side, side))
    assert refused.value.problem == "pixels"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b"x" * (MAX_BYTES + 1), "bytes"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "format"),
        (b"%PDF-1.7 not a picture", "format"),
        (png(logo(3))[:400], "broken"),
        (png(Image.new("L", (5, 5))), "small"),
    ],
)
def test_what_is_no_picture_says_why(data: bytes, problem: str) -> None:
    """Each refusal names its problem."""
    with pytest.raises(UnusableImage) as refused:
        decode_picture(data)
    assert refused.value.problem == problem


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_a_blank_picture_holds_no_mark(shade: int) -> None:
    """One even shade cannot be compared."""
    with pytest.raises(UnusableImage) as refused:
        describe([png(Image.new("L", (64, 64), shade))])
    assert refused.value.problem == "blank"


@settings(max_examples=150)
@given(st.data())
def test_damaged_files_are_refused_or_read_never_worse(data: st.DataObject) -> None:
    """Whatever a damaged file holds, the answer is a description or an UnusableImage."""
    kind = data.draw(st.sampled_from(["PNG", "JPEG", "WEBP", "GIF", "BMP"]))
    whole = bytearray(png(logo(4).resize((48, 48)), kind))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        (row,) = describe([bytes(whole)])
    except UnusableImage:
        return
    assert row["cells"].any()


def test_arrays_are_pictures_too() -> None:
    """Grey and colour arrays give what the file of the same pixels gives."""
    grey = np.asarray(logo(5))
    assert describe([grey]).tobytes() == describe([np.stack([grey] * 3, axis=2)]).tobytes()
    with pytest.raises(UnusableImage):
        describe([np.zeros((3, 3, 3, 3))])
