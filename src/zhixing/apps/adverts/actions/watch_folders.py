"""Folders that other systems drop files into: looked at by a job, each file taken once.

A watched folder lies below the drop folder (`ZHIXING_DROP_DIR`). Files that are still being written
are left for the next look.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from zhixing.apps.adverts.actions.capture_ads import Seen
from zhixing.apps.adverts.actions.capture_files import capture_file
from zhixing.apps.adverts.models import Source, WatchedFolder
from zhixing.apps.media.api import Medium
from zhixing.kit.actors import Actor, SystemActor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Invalid, ProductError
from zhixing.kit.exchange.actions import map_columns, start_import
from zhixing.kit.exchange.checking import check_run
from zhixing.kit.exchange.committing import commit_run
from zhixing.kit.jobs.api import Job, JobContext, Schedule, enqueue, put_schedule
from zhixing.kit.scope import office_names

# A file that changed a moment ago may still be written.
QUIET_SECONDS = 30
LOGS = (".csv", ".tsv", ".xlsx")
FILES_AT_ONCE = 500


def drop_folder() -> Path:
    """The folder below which watched folders lie."""
    return Path(settings.DROP_DIR)


def watch_folder(
    actor: Actor, *, folder: str, unit_path: str, medium: Medium | None = None
) -> WatchedFolder:
    """Watch a folder: its files become captures of the office, every hour.

    Raises:
        Refused: the actor does not head the office.
        Invalid: the name is no plain folder name, or the folder is watched already.
    """
    row = WatchedFolder(unit_path=unit_path, folder=folder.strip(), medium=medium)
    require(actor, "adverts.watch_folder", row)
    plain = row.folder and row.folder not in {".", ".."} and not set(row.folder) & set("/\\\0:")
    if not plain:
        sentence = _("Expected the name of one folder below the drop folder, without slashes.")
        raise Invalid(sentence, fields={"folder": [sentence]})
    if WatchedFolder.objects.filter(folder=row.folder).exists():
        sentence = _("This folder is watched already.")
        raise Invalid(sentence, fields={"folder": [sentence]})
    with deed(actor, "folder.watch") as act:
        (drop_folder() / row.folder).mkdir(parents=True, exist_ok=True)
        row.save()
        act.obj = row
        office = office_names([unit_path]).get(unit_path, unit_path)
        put_schedule(
            SystemActor("watched folders"),
            name=_("Watched folders: %(office)s") % {"office": office},
            task=look_at_folders,
            every=Schedule.Every.HOUR,
            starts=timezone.now() + timedelta(minutes=1),
            unit_path=unit_path,
            params={"unit_path": unit_path},
        )
    return row


def switch_folder(actor: Actor, row: WatchedFolder, *, on: bool) -> WatchedFolder:
    """Watch a folder again, or no longer.

    Raises:
        Refused: the actor does not head the office.
    """
    require(actor, "adverts.watch_folder", row)
    with deed(actor, "folder.switch", row):
        row.is_active = on
        row.save(update_fields=["is_active", "updated"])
    return row


@transaction.atomic
def start_look(actor: Actor, unit_path: str) -> Job:
    """Queue a look at the watched folders of an office's area.

    Raises:
        Refused: the actor may not capture for that office.
    """
    require(actor, "adverts.capture_ad", WatchedFolder(unit_path=unit_path))
    return enqueue(
        look_at_folders,
        actor=actor,
        label=_("Watched folders"),
        params={"unit_path": unit_path},
        dedup_key=f"adverts.folders:{unit_path}",
        unit_path=unit_path,
    )


@task(takes_context=True)  # type: ignore[arg-type]  # our context knows more
def look_at_folders(context: JobContext, unit_path: str) -> dict[str, Any]:
    """Take the new files of the area's folders; what was taken before is left alone."""
    tally = {"taken": 0, "refused": 0}
    rows = WatchedFolder.objects.filter(unit_path__within=unit_path, is_active=True)
    for row in rows.select_related("medium").order_by("pk"):
        for path in _new_files(row):
            problem = _take(row, path)
            tally["refused" if problem else "taken"] += 1
            if problem:
                context.log(f"{row.folder}/{path.name}: {problem}")
            context.progress(tally["taken"], None, path.name)
        with deed(SystemActor("watched folders"), "folder.look", row):
            row.looked_at = timezone.now()
            row.save(update_fields=["looked_at"])
    return tally


def _new_files(row: WatchedFolder) -> Iterator[Path]:
    """Files of the folder that were not taken, the oldest name first; links are not followed."""
    folder = drop_folder() / row.folder
    if not folder.is_dir():
        return
    found = sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())
    for path in found[:FILES_AT_ONCE]:
        facts = path.stat()
        known = row.taken.get(path.name, {})
        is_known = (known.get("size"), known.get("at")) == (facts.st_size, facts.st_mtime_ns)
        if not is_known and time.time() - facts.st_mtime >= QUIET_SECONDS:
            yield path


def _take(row: WatchedFolder, path: Path) -> str:
    """Capture or import one file and remember it; returns why it was refused, if it was.

    A refused file is remembered too: it is taken again when it changes.
    """
    actor = SystemActor(f"watched folder {row.folder}")
    facts = path.stat()
    with path.open("rb") as content:
        sm3 = hashlib.file_digest(content, lambda: hashlib.new("sm3")).hexdigest()
    problem = ""
    try:
        if path.suffix.lower() in LOGS:
            problem = _import(actor, row, path)
        else:
            _capture(actor, row, path)
    except ProductError as error:
        problem = str(error)
    with deed(actor, "folder.take", row, detail={"file": path.name, "sm3": sm3, "why": problem}):
        row.taken = row.taken | {
            path.name: {
                "size": facts.st_size, "at": facts.st_mtime_ns, "sm3": sm3, "problem": problem,
            }
        }  # fmt: skip
        row.save(update_fields=["taken", "updated"])
    return problem


def _capture(actor: Actor, row: WatchedFolder, path: Path) -> None:
    day = timezone.localtime().date()
    details = Seen(text="", shown_on=day, medium=row.medium, medium_name=row.folder)
    with path.open("rb") as content:
        capture_file(
            actor, File(content, name=path.name), details, source=Source.FOLDER,
            origin=f"{row.folder}/{path.name}", unit_path=row.unit_path,
        )  # fmt: skip


def _import(actor: Actor, row: WatchedFolder, path: Path) -> str:
    """A log through the import that officers use: all rows or none."""
    with path.open("rb") as content:
        run = start_import(
            actor, "ad-placements", file_name=path.name,
            chunks=iter(lambda: content.read(1 << 20), b""), unit_path=row.unit_path,
        )  # fmt: skip
    run = map_columns(actor, run, mapping=run.mapping, constants={})
    run = check_run(run, actor, _silent)
    if run.error_count:
        return _("%(n)d error(s) in the log; see the import.") % {"n": run.error_count}
    commit_run(run, actor, _silent)
    return ""


def _silent(*_progress: Any) -> None:
    """The job tells its progress file by file."""
