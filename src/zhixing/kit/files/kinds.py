"""What kinds of file are evidence here, told by their content; the name's ending must agree."""

from __future__ import annotations

import codecs
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePath

OFFICE = "application/vnd.openxmlformats-officedocument"
HEAD = 4096
CHUNK = 1 << 20

Test = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file.

    Attributes:
        media_type: what the file is served as.
        endings: what its name may end in, in lower case.
        is_shown: a browser may show it in place; everything else is only downloaded.
        fits: whether the first bytes are those of the kind.
    """

    media_type: str
    endings: tuple[str, ...]
    is_shown: bool = False
    fits: Test = field(default=lambda head: False, repr=False)


def _starts(*signatures: bytes) -> Test:
    return lambda head: head.startswith(signatures)


def _riff(form: bytes) -> Test:
    return lambda head: head.startswith(b"RIFF") and head[8:12] == form


def _ftyp(*brands: bytes) -> Test:
    """ISO base media (ISO/IEC 14496-12): the brand tells a film from a HEIC picture."""
    return lambda head: head[4:8] == b"ftyp" and head[8:12].lower().startswith(brands)


def _packed_warc(head: bytes) -> bool:
    """A crawl packed record by record: what the first bytes unpack to tells (ISO 28500)."""
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 16).startswith(b"WARC/")
    except zlib.error:
        return False


SIGNED = (
    Kind("image/jpeg", ("jpg", "jpeg"), True, _starts(b"\xff\xd8\xff")),
    Kind("image/png", ("png",), True, _starts(b"\x89PNG\r\n\x1a\n")),
    Kind("image/gif", ("gif",), True, _starts(b"GIF87a", b"GIF89a")),
    Kind("image/webp", ("webp",), True, _riff(b"WEBP")),
    Kind("application/pdf", ("pdf",), True, _starts(b"%PDF-")),
    Kind("application/warc", ("warc",), False, _starts(b"WARC/")),
    Kind("application/gzip", ("gz",), False, _packed_warc),
    Kind("audio/wav", ("wav",), False, _riff(b"WAVE")),
    # An ID3 tag, or the frame sync of MPEG-1, -2 or -2.5 layer III with or without checksum.
    Kind("audio/mpeg", ("mp3",), False, _starts(
        b"ID3", b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2", b"\xff\xe3", b"\xff\xe2",
    )),
    Kind("video/mp4", ("mp4", "m4v"), False, _ftyp(
        b"iso", b"mp4", b"avc1", b"m4v", b"3gp", b"dash", b"msnv",
    )),
    Kind("video/quicktime", ("mov",), False, _ftyp(b"qt  ")),
)  # fmt: skip
DOCUMENTS = {
    "word/document.xml": Kind(f"{OFFICE}.wordprocessingml.document", ("docx",)),
    "xl/workbook.xml": Kind(f"{OFFICE}.spreadsheetml.sheet", ("xlsx",)),
}
MACROS = "vbaproject.bin"
HTML = Kind("text/html", ("html", "htm"))
# Text does not say of itself whether it is a table; its ending does.
TEXTS = {"txt": "text/plain", "csv": "text/csv", "tsv": "text/tab-separated-values"}
TEXT = Kind("text/plain", tuple(TEXTS))
KINDS = (*SIGNED, *DOCUMENTS.values(), HTML, TEXT)
ALLOWED = sorted({ending for kind in KINDS for ending in kind.endings})
# Control characters that no text has; tab, line feed, form feed and carriage return are none.
CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13}) + b"\x7f"
ENCODINGS = ("utf-8", "gb18030")


def ending_of(name: str) -> str:
    """The file name's ending in lower case, without the dot."""
    return PurePath(name).suffix.lower().lstrip(".")


def kind_of(path: Path) -> Kind | None:
    """The kind of file by its content alone; None when it is none of `KINDS`."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    for kind in SIGNED:
        if kind.fits(head):
            return kind
    if head.startswith(b"PK"):
        return _document(path)
    if not head or not _is_text(path):
        return None
    return HTML if _is_page(head) else TEXT


def media_type_of(kind: Kind | None, name: str) -> str | None:
    """What a file of the kind and name is served as; None when the ending does not agree."""
    ending = ending_of(name)
    if kind is None or ending not in kind.endings:
        return None
    return TEXTS[ending] if kind is TEXT else kind.media_type


def is_shown(media_type: str) -> bool:
    """Whether a browser may show the kind in place."""
    return any(kind.media_type == media_type and kind.is_shown for kind in KINDS)


def _document(path: Path) -> Kind | None:
    """Word and Excel files without macros; only the list of members is read."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names or any(n.lower().endswith(MACROS) for n in names):
        return None
    return next((kind for main, kind in DOCUMENTS.items() if main in names), None)


def _is_page(head: bytes) -> bool:
    start = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if start.startswith((b"<!--", b"<?xml")):
        return b"<html" in start
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))


def _is_text(path: Path) -> bool:
    """UTF-8 or GB18030 throughout, without control characters; read piece by piece."""
    decoders = [codecs.getincrementaldecoder(name)() for name in ENCODINGS]
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK)
            if len(chunk.translate(None, CONTROLS)) != len(chunk):
                return False
            decoders = [decoder for decoder in decoders if _decodes(decoder, chunk)]
            if not decoders or not chunk:
                return bool(decoders)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk, final=not chunk)
    except UnicodeDecodeError:
        return False
    return True
