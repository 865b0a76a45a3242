"""The deeds of an import, one for each step an officer takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, Refused
from zhixing.kit.exchange import tasks
from zhixing.kit.exchange.committing import begin
from zhixing.kit.exchange.importer import importer_for
from zhixing.kit.exchange.mapping import check_mapping, suggest
from zhixing.kit.exchange.models import ImportRun
from zhixing.kit.exchange.staging import Head, head
from zhixing.kit.exchange.storage import keep
from zhixing.kit.scope import is_within

State = ImportRun.State
NAME_LENGTH = 200


def start_import(
    actor: Actor, slug: str, *, file_name: str, chunks: Iterable[bytes], unit_path: str
) -> ImportRun:
    """Keep an upload and suggest where its columns go.

    Args:
        slug: the importer.
        file_name: what the officer called the file.
        chunks: its bytes, in pieces.
        unit_path: the office its rows will belong to.

    Raises:
        Refused: the actor may not import this register, or not for that office.
        Invalid: the file is too large; `UnreadableFile` when it holds no usable table.
    """
    importer = importer_for(slug)
    require(actor, importer.permission)
    if unit_path not in dict(importer.offices(actor)):
        raise Refused(_("Rows can only be imported for an office of yours."))
    sm3, size = keep(chunks)
    run = ImportRun(
        importer=slug,
        file_name=file_name[-NAME_LENGTH:],
        file_sm3=sm3,
        file_size=size,
        unit_path=unit_path,
        created_by_id=actor.actor_id,
    )
    first = head(run)
    run.mapping, run.notes = suggest(importer, first.header), first.notes
    with deed(actor, "import.upload", detail=run.facts() | {"size": size}) as act:
        run.save()
        act.obj = run
    return run


def _require_run(actor: Actor, run: ImportRun) -> None:
    """The importer's permission, and the run's office among the actor's."""
    require(actor, importer_for(run.importer).permission)
    if not is_within(run.unit_path, actor.scope_paths):
        raise Refused(_("This import belongs to another office."))


def map_columns(
    actor: Actor, run: ImportRun, *, mapping: Mapping[str, str], constants: Mapping[str, str]
) -> ImportRun:
    """Say which column goes to which field, and which fields have one value for all rows.

    Raises:
        Refused: the actor may not import this register for this office.
        Conflict: the run is being worked on or over.
        Invalid: see `mapping.check_mapping`.
    """
    importer = importer_for(run.importer)
    _require_run(actor, run)
    if run.state not in {State.UPLOADED, State.MAPPED, State.CHECKED, State.FAILED} or run.position:
        raise Conflict(_("The columns of this import can no longer be changed."))
    first: Head = head(run)
    complete, fixed = check_mapping(importer, first.header, mapping, constants)
    with deed(actor, "import.map", run):
        run.mapping, run.constants, run.state, run.message = complete, fixed, State.MAPPED, ""
        run.save()
    return run


def request_check(actor: Actor, run: ImportRun) -> ImportRun:
    """Have a mapped run checked in the background.

    Raises:
        Refused, Conflict: as `map_columns`.
    """
    _require_run(actor, run)
    if run.state not in {State.MAPPED, State.CHECKED, State.FAILED} or run.position:
        raise Conflict(_("Assign the columns first."))
    with deed(actor, "import.request_check", run):
        run.state = State.CHECKING
        run.job = tasks.enqueue_check(run, actor)
        run.save()
    return run


def request_commit(actor: Actor, run: ImportRun, *, mode: str) -> ImportRun:
    """Decide to write a checked run in a mode of `ImportRun.Mode`, in the background.

    Raises:
        Refused: the actor may not import this register for this office.
        Conflict: not checked, or with errors in all-or-nothing mode.
    """
    _require_run(actor, run)
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run.pk)
        run.mode = ImportRun.Mode(mode)
        begin(run, actor)
        run.job = tasks.enqueue_commit(run, actor)
        run.save(update_fields=["job"])
    return run


def resume_import(actor: Actor, run: ImportRun) -> ImportRun:
    """Go on with a run whose job ended before its work did.

    Raises:
        Refused: the actor may not import this register for this office.
        Conflict: its job is still at work, or there is nothing left to do.
    """
    _require_run(actor, run)
    if not run.is_waiting or not tasks.has_ended(run):
        raise Conflict(_("There is nothing to go on with."))
    with deed(actor, "import.resume", run):
        enqueue = tasks.enqueue_commit if run.state == State.RUNNING else tasks.enqueue_check
        run.job = enqueue(run, actor)
        run.save()
    return run


def cancel_import(actor: Actor, run: ImportRun, *, reason: str) -> ImportRun:
    """Give up a run; what it has written stays, and the run says how much that is.

    Raises:
        Refused: the actor may not import this register for this office.
        Conflict: it is over already.
    """
    _require_run(actor, run)
    if run.state in {State.DONE, State.CANCELLED}:
        raise Conflict(_("This import is over."))
    # A job at work sees the new state at its next batch and stops there.
    with deed(actor, "import.cancel", run, reason=reason) as act:
        act.obj = run = ImportRun.objects.select_for_update().get(pk=run.pk)
        written = run.created_count + run.updated_count
        run.state = State.CANCELLED
        run.message = _("Stopped; %(count)s rows had been written.") % {"count": written}
        run.save()
    return run
