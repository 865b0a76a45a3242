"""What a file is, by its bytes and not by its name; and in which encoding its text is."""

from __future__ import annotations

import codecs
import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from django.utils.translation import gettext as _

from zhixing.kit.exchange.reading.source import UnreadableFile

CHUNK = 1 << 20
# Office files of real rows were measured at 10 to 40 times; far beyond that is a bomb.
MAX_RATIO = 300
RATIO_FROM_BYTES = 100 << 20
# Text that is UTF-8 apart from a few damaged places has few replacement characters among its
# non-ASCII ones; GB18030 text read as UTF-8 has mostly those.
DAMAGED_SHARE = 0.2


def kind_of(path: Path) -> str:
    """One of `xlsx`, `spreadsheet` (XLS, XLSB, ODS), `gzip`, `text`.

    Raises:
        UnreadableFile: the file is empty, or of a kind that holds no rows.
    """
    with path.open("rb") as file:
        head = file.read(512)
    if not head.strip():
        raise UnreadableFile(
            _("a table with headings and rows"), _("an empty file"), _("Choose another file.")
        )
    if head.startswith(b"PK"):
        return _office_kind(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "spreadsheet"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "text"
    if b"\0" in head or head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        raise _no_table(_("a file of another kind"))
    if head.lstrip().lower().startswith((b"<html", b"<!doctype", b"<?xml", b"<table")):
        raise _no_table(_("a web page saved under a table's name"))
    return "text"


def _no_table(found: str) -> UnreadableFile:
    return UnreadableFile(
        _("a CSV, TSV, XLSX, XLS or ODS file"),
        found,
        _("Open it in a spreadsheet program and save it as XLSX."),
    )


def _office_kind(path: Path) -> str:
    names = set(open_zip(path, None).namelist())
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names or "content.xml" in names:
        return "spreadsheet"
    raise _no_table(_("an archive without a worksheet"))


def open_zip(path: Path, max_bytes: int | None) -> zipfile.ZipFile:
    """The archive, if it is whole and does not unpack to an absurd size.

    Raises:
        UnreadableFile: the archive is broken, or would unpack to more than `max_bytes`.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise broken_workbook() from error
    packed = max(path.stat().st_size, 1)
    unpacked = sum(info.file_size for info in archive.infolist())
    absurd = unpacked > RATIO_FROM_BYTES and unpacked / packed > MAX_RATIO
    if absurd or (max_bytes is not None and unpacked > max_bytes):
        archive.close()
        raise too_large(unpacked)
    return archive


def broken_workbook() -> UnreadableFile:
    return UnreadableFile(
        _("a whole spreadsheet file"),
        _("a broken one, cut short or damaged"),
        _("Open it in a spreadsheet program, save it anew and send it again."),
    )


def too_large(size: int) -> UnreadableFile:
    return UnreadableFile(
        _("a file that unpacks to a usual size"),
        _("one that unpacks to over %(size)s MB") % {"size": size >> 20},
        _("Split the table into several files."),
    )


def byte_chunks(path: Path, *, gzipped: bool, max_bytes: int | None) -> Iterator[bytes]:
    """The (unpacked) bytes of the file in pieces.

    Raises:
        UnreadableFile: the gzip stream is broken or unpacks to more than `max_bytes`.
    """
    size = 0
    with path.open("rb") as packed:
        file = cast(IO[bytes], gzip.GzipFile(fileobj=packed)) if gzipped else packed
        while chunk := _read(file):
            size += len(chunk)
            if max_bytes is not None and size > max_bytes:
                raise too_large(size)
            yield chunk


def _read(file: IO[bytes]) -> bytes:
    try:
        return file.read(CHUNK)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableFile(
            _("a whole .gz file"),
            _("a broken one, cut short or damaged"),
            _("Pack the table again and send it again."),
        ) from error


def encoding_of(path: Path, *, gzipped: bool, max_bytes: int | None) -> str:
    """`utf-8-sig`, `utf-16` or `gb18030`: the one in which the whole file is valid.

    Raises:
        UnreadableFile: valid in none; the sentence names the first line that is not.
    """
    chunks = byte_chunks(path, gzipped=gzipped, max_bytes=max_bytes)
    first = next(chunks, b"")
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    elif first.startswith(codecs.BOM_UTF8):
        candidates = ["utf-8-sig"]
    else:
        candidates = ["utf-8-sig", "gb18030"]
    faults: list[tuple[int, str]] = []
    for encoding in candidates:
        fault = _first_fault(path, gzipped, encoding)
        if fault is None:
            return encoding
        faults.append(fault)
        if encoding == "utf-8-sig" and _is_damaged_utf8(path, gzipped):
            break
    line, shown = faults[0] if len(faults) == 1 else max(faults)
    raise UnreadableFile(
        _("text in UTF-8 or GB18030"),
        _("bytes at line %(line)s that are neither (%(bytes)s)") % {"line": line, "bytes": shown},
        _("Correct that line, or save the whole file anew as “CSV UTF-8”."),
    )


def _first_fault(path: Path, gzipped: bool, encoding: str) -> tuple[int, str] | None:
    """The line of the first byte that is not valid in the encoding, and the bytes themselves."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    for chunk in byte_chunks(path, gzipped=gzipped, max_bytes=None):
        try:
            line += decoder.decode(chunk).count("\n")
        except UnicodeDecodeError as error:
            good = bytes(error.object[: error.start]).decode(encoding, "ignore").count("\n")
            return line + good, bytes(error.object[error.start : error.start + 4]).hex(" ")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return line, bytes(error.object[error.start :]).hex(" ")
    return None


def _is_damaged_utf8(path: Path, gzipped: bool) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    replaced = other = 0
    for chunk in byte_chunks(path, gzipped=gzipped, max_bytes=None):
        text = decoder.decode(chunk)
        bad = text.count("\ufffd")
        replaced += bad
        other += sum(map((127).__lt__, map(ord, text))) - bad
    return replaced < DAMAGED_SHARE * other
