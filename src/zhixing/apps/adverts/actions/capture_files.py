"""Files as they come in: text, web page, Word, WARC, picture; the file itself is the evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from zhixing.apps.adverts.actions.capture_ads import Seen, capture, keep
from zhixing.apps.adverts.models import Ad, Capture, Source
from zhixing.apps.adverts.sources import (
    Snapshot,
    Unreadable,
    decoded,
    docx_text,
    read_page,
    snapshots,
)
from zhixing.apps.media.api import Medium
from zhixing.kit.actors import Actor, SystemActor
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid
from zhixing.kit.files import store
from zhixing.kit.files.api import files_of
from zhixing.kit.jobs.api import JobContext, enqueue

# Several advertisements in one text are parted by a line of three or more of these.
PARTING = re.compile(r"(?m)^\s*[-=—_*]{3,}\s*$")
PICTURES = ("jpg", "jpeg", "png", "gif", "webp", "pdf", "mp3", "wav", "mp4", "m4v", "mov")
TEXTS = ("txt",)
PAGES = ("html", "htm")
PAGES_AT_ONCE = 100
REJECTS_KEPT = 200


def capture_text(
    actor: Actor, text: str, details: Seen, *, source: str = Source.PASTE, origin: str = ""
) -> Capture:
    """Keep pasted words; several advertisements are parted by a line of dashes.

    The words are kept as a text file too, so that there is a file with a hash.

    Raises:
        Refused: the actor may not capture.
        Invalid: there are no words.
    """
    from django.core.files.base import ContentFile

    content = text.encode()
    file = ContentFile(content, name="text.txt") if text.strip() else None
    parts = [replace(details, text=part) for part in PARTING.split(text) if part.strip()]
    name = details.title or " ".join(text.split())[:60]
    if not parts:
        file = None
    return capture(
        actor, parts, source=source, name=name, origin=origin, file=file, content=content
    )


def capture_file(
    actor: Actor,
    file: File[Any],
    details: Seen,
    *,
    source: str = Source.UPLOAD,
    origin: str = "",
    unit_path: str = "",
) -> Capture:
    """Keep a file and the words in it.

    Text, web pages and Word documents are read at once, a WARC file by a job. A picture, a film or
    a PDF is evidence of the words in `details.text`.

    Raises:
        Refused: the actor may not capture.
        Invalid: the file is of no such kind, cannot be read, or comes without words.
    """
    name = file.name or "file"
    ending = PurePath(name).suffix.lower().lstrip(".")
    given: dict[str, Any] = {
        "source": source, "name": name, "origin": origin, "file": file, "unit_path": unit_path,
    }  # fmt: skip
    if ending in ("warc", "gz"):
        return _capture_warc(actor, details, given)
    if ending in ("xlsx", "csv", "tsv"):
        raise _refused(
            name,
            _("Logs go through the import, where you assign the columns (Placements, Import)."),
        )
    seen = _words_of(file, name, ending, details)
    return capture(actor, seen, **given)


def _words_of(file: File[Any], name: str, ending: str, details: Seen) -> list[Seen]:
    if ending in PICTURES:
        if not details.text.strip():
            raise _refused(name, _("Type the words that are seen or heard in it."))
        return _parts(details.text, details)
    if ending not in (*TEXTS, *PAGES, "docx"):
        raise _refused(name, _("Expected text, HTML, DOCX, WARC or a picture."))
    file.seek(0)
    try:
        if ending == "docx":
            return _parts(docx_text(file), details)
        content = file.read()
        if ending in PAGES:
            page = read_page(content)
            return [replace(details, text=page.text, title=details.title or page.title)]
        return _parts(decoded(content), details)
    except Unreadable as error:
        raise _refused(name, _("It cannot be read: %(why)s.") % {"why": error}) from error
    finally:
        file.seek(0)


def _parts(text: str, details: Seen) -> list[Seen]:
    return [replace(details, text=part) for part in PARTING.split(text) if part.strip()]


def _refused(name: str, advice: str) -> Invalid:
    sentence = f"{name}: {advice}"
    return Invalid(sentence, fields={"file": [sentence]})


def _capture_warc(actor: Actor, details: Seen, given: dict[str, Any]) -> Capture:
    with transaction.atomic():
        row = capture(actor, [], **(given | {"source": Source.CRAWL}))
        row.job = enqueue(
            read_warc,
            actor=actor,
            label=_("Reading of a crawl: %(name)s") % {"name": row.name},
            params={
                "capture_id": row.pk,
                "medium_id": details.medium.pk if details.medium else None,
                "day": details.shown_on.isoformat(),
            },
            unit_path=row.unit_path,
        )
        row.save(update_fields=["job"])
    return row


@task(takes_context=True)  # type: ignore[arg-type]  # our context knows more
def read_warc(
    context: JobContext, capture_id: int, medium_id: int | None, day: str
) -> dict[str, Any]:
    """Keep the pages of a crawl, so many at once; goes on where an earlier attempt stopped."""
    from zhixing.apps.adverts.actions.screen_ads import start_screening

    row = Capture.objects.get(pk=capture_id)
    file = files_of(row).first()
    if file is None:
        return {"texts": 0}
    actor = SystemActor(f"capture {row.pk}")
    at = context.restored or {"record": 0}
    hosts = _hosts(row.unit_path)
    fixed = Medium.objects.filter(pk=medium_id).first() if medium_id else None
    with store.path_of(file.sm3).open("rb") as content:
        found = (page for page in snapshots(content) if page.record > at["record"])
        while pages := list(islice(found, PAGES_AT_ONCE)):
            with transaction.atomic():
                _keep_pages(actor, row, pages, fixed, hosts, datetime.fromisoformat(day))
                context.checkpoint({"record": pages[-1].record})
            context.progress(row.texts, None)
    if Ad.objects.filter(placements__capture=row, is_due=True).exists():
        start_screening(SystemActor("screening"), unit_path=row.unit_path)
    return {"texts": row.texts, "new_ads": row.new_ads, "rejects": len(row.rejects)}


def _hosts(unit_path: str) -> dict[str, Medium]:
    """Web sites of the area by the host in their address."""
    kinds = (Medium.Kind.WEBSITE, Medium.Kind.APP, Medium.Kind.SELF_MEDIA)
    rows = Medium.objects.filter(unit_path__within=unit_path, kind__in=kinds).exclude(address="")
    return {_host(medium.address): medium for medium in rows.order_by("-pk")}


def _host(address: str) -> str:
    host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    return host.removeprefix("www.")


def _keep_pages(
    actor: Actor,
    row: Capture,
    pages: Sequence[Snapshot],
    fixed: Medium | None,
    hosts: dict[str, Medium],
    day: datetime,
) -> None:
    with deed(actor, "ad.crawl", row) as act:
        taken = keep(row, list(_seen(pages, fixed, hosts, day)))
        bad = [page for page in pages if page.page is None]
        row.rejects = [
            *row.rejects, *({"where": page.url or row.name, "why": page.problem} for page in bad)
        ][:REJECTS_KEPT]  # fmt: skip
        row.texts += len(pages) - len(bad)
        row.new_ads += taken.new_ads
        row.new_placements += taken.new_placements
        row.save()
        act.detail = {
            "pages": len(pages),
            "new_ads": taken.new_ads,
            "records": [pages[0].record, pages[-1].record],
        }


def _seen(
    pages: Sequence[Snapshot], fixed: Medium | None, hosts: dict[str, Medium], day: datetime
) -> Iterator[Seen]:
    for page in pages:
        if page.page is None:
            continue
        moment = timezone.localtime(page.at) if page.at is not None else None
        host = _host(page.url)
        yield Seen(
            text=page.page.text,
            title=page.page.title,
            shown_on=moment.date() if moment else day.date(),
            shown_at=moment.time().replace(microsecond=0) if moment else None,
            medium=fixed or hosts.get(host),
            medium_name=host,
            url=page.url,
            where=str(page.record),
        )
