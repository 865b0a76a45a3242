"""Pictures from files or bytes, made ready to be read: upright, in colour, on white."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from PIL import Image, ImageOps

# A page of a web shop has some ten million; more is a mistake, or an attack on memory.
MAX_PIXELS = 100_000_000


class UnusablePicture(Exception):
    """A file that cannot be read as a picture; the message is one line."""


def load(source: Path | bytes) -> Image.Image:
    """The picture as an upright RGB image; of several frames the first.

    Raises:
        UnusablePicture: no picture, damaged, or larger than `MAX_PIXELS`.
    """
    try:
        with warnings.catch_warnings():
            # Pillow only warns between one and two times its own limit; ours is checked below.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(source) if isinstance(source, bytes) else source) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    size = f"{opened.width} x {opened.height}"
                    raise UnusablePicture(f"expected at most {MAX_PIXELS:,} pixels; found {size}")
                return _on_white(ImageOps.exif_transpose(opened))
    except Image.DecompressionBombError as error:
        raise UnusablePicture(f"expected at most {MAX_PIXELS:,} pixels ({error})") from error
    except (OSError, SyntaxError, ValueError) as error:
        # Pillow raises SyntaxError for some damaged files.
        raise UnusablePicture(f"not a readable picture ({error})") from error


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    paper = Image.new("RGB", layered.size, "white")
    paper.paste(layered, mask=layered.getchannel("A"))
    return paper
