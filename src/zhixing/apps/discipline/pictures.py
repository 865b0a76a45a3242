"""Reading the words of a picture that somebody sends to be checked; nothing of it is kept.

Needs a program that reads pictures (extra `ocr`). Without one, pictures are not asked for.
"""

from __future__ import annotations

import io
from functools import lru_cache
from threading import Lock

from django.utils.translation import gettext as _
from PIL import Image

from zhixing.engines.posters import (
    Reader,
    ReaderMissing,
    UnusablePicture,
    load,
    open_reader,
    page,
)
from zhixing.kit.errors import Invalid

MAX_BYTES = 5_000_000
# A photo of a phone; reading takes time with every pixel, and anybody may ask.
MAX_PIXELS = 25_000_000
_lock = Lock()


def can_read() -> bool:
    """Whether a program that reads pictures is installed."""
    return _reader() is not None


def words_of(content: bytes) -> str:
    """The words of a picture in reading order; empty where none are found.

    Raises:
        Invalid: no reader, no picture, or one that is too large.
    """
    reader = _reader()
    if reader is None:
        raise _refused(_("Pictures cannot be read here; type the words of the advertisement."))
    if len(content) > MAX_BYTES:
        raise _refused(_("Expected a picture of at most 5 MB; make it smaller."))
    try:
        with Image.open(io.BytesIO(content)) as opened:
            pixels = opened.width * opened.height
        if pixels > MAX_PIXELS:
            raise _refused(_("Expected a picture of at most 25 million pixels; make it smaller."))
        picture = load(content)
    except (UnusablePicture, OSError, ValueError, Image.DecompressionBombError) as error:
        raise _refused(
            _("The file cannot be read as a picture; send PNG, JPEG or WebP.")
        ) from error
    with _lock:
        # One picture at a time: a reader keeps its models and takes every core it is given.
        lines = reader.read(picture)
    return page(picture.width, picture.height, lines).text


@lru_cache(maxsize=1)
def _reader() -> Reader | None:
    try:
        return open_reader(threads=1)
    except ReaderMissing:
        return None


def _refused(sentence: str) -> Invalid:
    return Invalid(sentence, code="picture.refused", fields={"picture": [sentence]})
