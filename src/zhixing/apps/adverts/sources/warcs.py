"""Pages of a crawl: the HTML responses of a WARC file, one by one in bounded memory.

WARC is ISO 28500; warcio reads it, packed record by record (`.warc.gz`) or not.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from zhixing.apps.adverts.sources.pages import WebPage, read_page
from zhixing.apps.adverts.sources.texts import Unreadable

# A page larger than this is no advertisement; its rest is not read.
MOST_BYTES = 3 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A page as it was when it was crawled, or why it could not be used.

    Attributes:
        record: number of the record in the file, from 1.
        digest: payload digest as the crawler wrote it.
    """

    record: int
    url: str
    at: datetime | None
    page: WebPage | None
    digest: str = ""
    problem: str = ""


def snapshots(file: IO[bytes]) -> Iterator[Snapshot]:
    """The HTML responses with status 200, in the order of the file.

    A file that is none, or that breaks off in a page, ends with a snapshot that says so; what came
    before can be used.
    """
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(file), start=1):
            if record.rec_type in ("response", "resource"):
                found = _snapshot(number, record)
                if found is not None:
                    yield found
    except (ArchiveLoadFailed, EOFError, OSError, zlib.error, AttributeError) as error:
        # The last one is what warcio answers to a header that is cut off.
        problem = f"the WARC file cannot be read on: {error}"
        yield Snapshot(number + 1, "", None, None, problem=problem)


def _snapshot(number: int, record: Any) -> Snapshot | None:
    """The record as a page; None when it is none."""
    headers = record.http_headers
    status = headers.get_statuscode() if headers is not None else "200"
    kind = (headers or record.rec_headers).get_header("Content-Type") or ""
    if status != "200" or "html" not in kind.lower():
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    at = _instant(record.rec_headers.get_header("WARC-Date") or "")
    digest = record.rec_headers.get_header("WARC-Payload-Digest") or ""
    declared = kind.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    try:
        content = record.content_stream().read(MOST_BYTES)
        if len(content) < MOST_BYTES and getattr(record.raw_stream, "limit", 0) > 0:
            return Snapshot(number, url, at, None, digest, "the WARC file breaks off here")
        page = read_page(content, declared)
    except Unreadable as error:
        return Snapshot(number, url, at, None, digest, str(error))
    if not page.text:
        return Snapshot(number, url, at, None, digest, "no words on the page")
    return Snapshot(number, url, at, page, digest)


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
