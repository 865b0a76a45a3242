"""CSV and TSV, in whatever encoding the bureau's old systems wrote them."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from zhixing.kit.exchange.reading.sniff import byte_chunks, encoding_of
from zhixing.kit.exchange.reading.source import (
    BATCH_ROWS,
    Batch,
    BatchBuilder,
    Source,
    UnreadableFile,
    checked_header,
)

# A cell longer than this is an unclosed quotation mark that swallowed the lines after it.
MAX_CELL = 100_000
SEPARATORS = (",", "\t", ";", "|")


def open_delimited(path: Path, name: str, *, gzipped: bool, max_bytes: int | None) -> Source:
    """Open a text table; encoding and separator are found from its contents.

    Raises:
        UnreadableFile: see `open_source`.
    """
    encoding = encoding_of(path, gzipped=gzipped, max_bytes=max_bytes)
    state = _Reading(total=max(path.stat().st_size * (4 if gzipped else 1), 1))
    lines = _lines(path, gzipped, encoding, max_bytes, state)
    first = next(lines, "")
    separator = _separator(first, name)
    rows = csv.reader(_chain(first, lines), delimiter=separator, strict=False)
    csv.field_size_limit(MAX_CELL)
    header = checked_header(next(rows, []), 1)
    if encoding == "gb18030":
        state.notes.append(_("The text is in GB18030 and was converted."))
    return Source(header, _batches(rows, header, state.notes), state.notes, lambda: state.share)


class _Reading:
    """How far the file has been read, and what there is to say about it."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.read = 0
        self.notes: list[str] = []

    @property
    def share(self) -> float:
        return min(self.read / self.total, 1.0)


def _lines(
    path: Path, gzipped: bool, encoding: str, max_bytes: int | None, state: _Reading
) -> Iterator[str]:
    """Lines with their ends, so that a quoted cell keeps its line breaks."""
    decoder = codecs.getincrementaldecoder(encoding)()
    rest = ""
    for chunk in byte_chunks(path, gzipped=gzipped, max_bytes=max_bytes):
        state.read += len(chunk)
        text = rest + decoder.decode(chunk)
        end = text.rfind("\n") + 1
        rest = text[end:]
        yield from text[:end].splitlines(keepends=True) if _plain(text) else _split(text[:end])
    rest += decoder.decode(b"", final=True)
    if rest:
        yield from _split(rest)


def _plain(text: str) -> bool:
    """Whether `splitlines` would split at line feeds only (it also splits at others)."""
    return not any(mark in text for mark in "\v\f\x1c\x1d\x1e\x85\u2028\u2029")


def _split(text: str) -> list[str]:
    parts = text.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _chain(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _separator(header: str, name: str) -> str:
    counts = {separator: header.count(separator) for separator in SEPARATORS}
    if counts["\t"] and ".tsv" in name.lower():
        return "\t"
    best = max(counts, key=lambda separator: counts[separator])
    return best if counts[best] else ","


def _batches(rows: Iterator[list[str]], header: list[str], notes: list[str]) -> Iterator[Batch]:
    builder = BatchBuilder(header)
    line_of = rows.line_num  # type: ignore[attr-defined]
    before = line_of
    try:
        for cells in rows:
            builder.add(before + 1, cells)
            before = rows.line_num  # type: ignore[attr-defined]
            if len(builder) == BATCH_ROWS:
                yield builder.build()
    except csv.Error as error:
        raise UnreadableFile(
            _("every quotation mark closed"),
            _("one open from line %(line)s on") % {"line": before + 1},
            _("Close or delete it and send the file again."),
        ) from error
    if builder.blank:
        notes.append(_("%(count)s blank rows were left out.") % {"count": builder.blank})
    yield builder.build()
