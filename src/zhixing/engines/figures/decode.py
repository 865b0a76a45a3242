"""Pictures as they come from outside, read without trusting them."""

from __future__ import annotations

import io
import warnings

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, UnidentifiedImageError

Grey = NDArray[np.float32]

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 25_000_000  # a scan of an A4 page at 400 dpi has 15 million
MIN_SIDE = 12
WORKING_SIDE = 512  # larger pictures are reduced before anything is measured


class UnusableImage(ValueError):
    """A picture that cannot be compared.

    Attributes:
        problem: `empty`, `bytes`, `format`, `pixels`, `broken`, `small` or `blank`.
        expected: the limit or the kinds that would have been right, as text.
        found: what came, as text.
    """

    def __init__(self, problem: str, expected: str = "", found: str = "") -> None:
        super().__init__(f"{problem}: expected {expected}; found {found}")
        self.problem, self.expected, self.found = problem, expected, found


def decode(data: bytes) -> Grey:
    """The picture in grey, from 0 (black) to 1 (white), transparency on white.

    Of an animation the first frame is taken. The size is read from the header and refused before
    a single pixel is unpacked, so that a small file cannot claim gigabytes of memory.

    Raises:
        UnusableImage: not one of `FORMATS`, too large, damaged or tiny.
    """
    return _grey(_open(data))


def thumbnail(data: bytes, side: int) -> bytes:
    """The picture at most `side` pixels wide and high, drawn anew as a PNG without its metadata.

    What is shown to the public never is the file as it was received, which may say where and by
    whom it was taken.

    Raises:
        UnusableImage: see `decode`.
    """
    picture = _open(data).convert("RGBA")
    picture.thumbnail((side, side))
    clean = Image.new("RGB", picture.size, "white")
    clean.paste(picture, mask=picture.getchannel("A"))
    out = io.BytesIO()
    clean.save(out, "PNG")
    return out.getvalue()


def _open(data: bytes) -> Image.Image:
    if not data:
        raise UnusableImage("empty", "a picture", "nothing")
    if len(data) > MAX_BYTES:
        raise UnusableImage("bytes", f"{MAX_BYTES // 1024**2} MB", f"{len(data) / 1024**2:.1f} MB")
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            _check_size(opened.size)
            opened.draft("RGB", (WORKING_SIDE, WORKING_SIDE))  # JPEG unpacks at a fraction at once
            opened.load()
            return opened.convert("RGBA")
    except UnusableImage:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnusableImage("pixels", f"{MAX_PIXELS:,}", "more") from error
    except UnidentifiedImageError as error:
        raise UnusableImage("format", ", ".join(FORMATS), "something else") from error
    # A damaged file makes the decoders raise almost anything; whatever it is, it is no picture.
    except Exception as error:
        raise UnusableImage("broken", "a whole picture", type(error).__name__) from error


def from_array(pixels: NDArray[np.generic]) -> Grey:
    """A picture given as an array of rows: grey in 0..1 or 0..255, or RGB(A) in 0..255.

    Raises:
        UnusableImage: the array has another shape, or is tiny.
    """
    if pixels.ndim == 3 and pixels.shape[2] in (3, 4):
        mode = "RGB" if pixels.shape[2] == 3 else "RGBA"
        return _grey(Image.frombytes(mode, pixels.shape[1::-1], pixels.astype(np.uint8).tobytes()))
    if pixels.ndim != 2:
        raise UnusableImage("format", "two dimensions, or three with 3 or 4", str(pixels.shape))
    _check_side(pixels.shape[::-1])
    grey = pixels.astype(np.float32)
    shade: Grey = np.clip(grey / 255 if pixels.dtype == np.uint8 else grey, 0, 1)
    return shade


def _check_size(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MAX_PIXELS:
        raise UnusableImage("pixels", f"{MAX_PIXELS:,}", f"{size[0] * size[1]:,}")
    _check_side(size)


def _check_side(size: tuple[int, ...]) -> None:
    if min(size) < MIN_SIDE:
        raise UnusableImage("small", f"{MIN_SIDE} pixels a side", f"{size[0]} × {size[1]}")


def _grey(picture: Image.Image) -> Grey:
    """Reduced to the working size, on white, in the lightness the eye gives the colours."""
    picture = picture.convert("RGBA")
    picture.thumbnail((WORKING_SIDE, WORKING_SIDE), Image.Resampling.BOX)
    white = Image.new("RGBA", picture.size, "white")
    white.alpha_composite(picture)
    grey: Grey = np.asarray(white.convert("L"), np.float32) / np.float32(255)
    return grey


# A picture cut short is refused, not completed with grey.
ImageFile.LOAD_TRUNCATED_IMAGES = False
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
