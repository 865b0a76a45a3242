"""Writing a checked run: batch by batch, each in one transaction with its deed.

A worker killed in between resumes at the batch after the last one committed: `run.position` moves
in the same transaction as the rows. Why so, and what the audit entries prove:
docs/decisions/0004-bulk-import-audit.md.
"""

from __future__ import annotations

import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from zhixing.kit.actors import Actor, require
from zhixing.kit.deeds import deed
from zhixing.kit.errors import Conflict, ProductError
from zhixing.kit.exchange.checking import Outcome, context_of
from zhixing.kit.exchange.importer import Context, Importer, importer_for
from zhixing.kit.exchange.models import ImportRun
from zhixing.kit.exchange.reading import Batch
from zhixing.kit.exchange.sheets import write_rejects
from zhixing.kit.exchange.staging import Progress, StagedRows, taken
from zhixing.kit.exchange.storage import outcomes_path, rows_path

State = ImportRun.State


class Superseded(Conflict):
    """Another worker wrote this batch, or the run was stopped; the run is not to be failed."""

    code = "import.superseded"


def commit_run(run: ImportRun, actor: Actor, progress: Progress) -> ImportRun:
    """Write the good rows of a checked run, or go on where an earlier attempt stopped.

    Raises:
        Refused: the actor may not import this register.
        Conflict: the run is not checked, has errors in all-or-nothing mode, or the register changed
            since the check; in the last case the run is `failed` and says what was written.
    """
    importer = importer_for(run.importer)
    require(actor, importer.permission)
    if run.state != State.RUNNING:
        begin(run, actor)
    staged = StagedRows(rows_path(run))
    outcomes = np.load(outcomes_path(run))
    start = sum(len(staged[index].rows) for index in range(run.position))
    try:
        for index in range(run.position, len(staged)):
            batch = staged[index]
            keep = outcomes[start : start + len(batch.rows)] != Outcome.BAD
            start += len(batch.rows)
            _write(run, actor, importer, taken(batch, keep), index)
            progress(index + 1, len(staged), "writing")
    except Superseded:
        raise
    except (ProductError, IntegrityError) as error:
        _fail(run, actor, error)
        if isinstance(error, ProductError):
            raise
        raise Conflict(run.message) from error
    if run.bad_row_count:
        write_rejects(run, importer)
    with deed(actor, "import.finish", run, detail=run.facts() | _counts(run)):
        run.state, run.message, run.finished = State.DONE, "", timezone.now()
        run.save()
    return run


def begin(run: ImportRun, actor: Actor) -> None:
    """Take the decision to write.

    Raises:
        Conflict: the run is not checked, or has errors in all-or-nothing mode.
    """
    if run.state != State.CHECKED:
        raise Conflict(_("Check the import first."))
    if not run.may_commit:
        raise Conflict(
            _("%(rows)s rows have errors. Correct them, or choose to write the valid rows only.")
            % {"rows": run.bad_row_count}
        )
    with deed(actor, "import.begin", run, detail=run.facts() | {"mode": run.mode}):
        run.state = State.RUNNING
        run.save()


def _write(run: ImportRun, actor: Actor, importer: Importer, batch: Batch, index: int) -> None:
    context = context_of(run, actor)
    rows = importer.parse(batch, run.mapping, run.constants)
    with deed(actor, "import.write", run, detail={"importer": run.importer}) as act:
        held = ImportRun.objects.select_for_update().get(pk=run.pk)
        if held.position != index or held.state != State.RUNNING:
            raise Superseded(_("Another worker writes this import, or it was stopped."))
        importer.check(rows, context)
        if rows.bad.any():
            raise _changed_meanwhile(rows.faults[0].row if rows.faults else 0)
        plan = importer.plan(rows, context)
        importer.apply(plan, context)
        run.created_count += len(plan.created)
        run.updated_count += len(plan.updated)
        run.unchanged_count += len(plan.unchanged)
        run.position = index + 1
        run.save()
        act.detail |= _proof(batch, importer, context, run) | {
            "created": len(plan.created),
            "updated": len(plan.updated),
            "unchanged": len(plan.unchanged),
        }


def _proof(batch: Batch, importer: Importer, context: Context, run: ImportRun) -> dict[str, object]:
    """Which rows were written, and the SM3 of their mapped cells as `digest_rows` defines it."""
    headings = sorted(heading for heading, name in run.mapping.items() if name)
    count = len(batch.rows)
    return {
        "importer_version": importer.version,
        "file_sm3": run.file_sm3,
        "office": context.unit_path,
        "columns": headings,
        "first_row": int(batch.rows[0]) if count else None,
        "last_row": int(batch.rows[-1]) if count else None,
        "rows": count,
        "rows_sm3": digest_rows(batch, headings),
    }


def digest_rows(batch: Batch, headings: list[str]) -> str:
    """SM3 of rows: each row's number and the cells of these columns, in UTF-8.

    U+001F stands between cells and U+001E after each row; neither can stand in a row that was
    written, so the digest has one reading.
    """
    digest = hashlib.new("sm3")
    columns = [pa.array(batch.rows).cast(pa.string()), *(batch.columns[name] for name in headings)]
    lines = pc.binary_join_element_wise(*columns, "\x1f")
    digest.update("".join(f"{line}\x1e" for line in lines.to_pylist()).encode())
    return digest.hexdigest()


def _changed_meanwhile(row: int) -> Conflict:
    return Conflict(
        _("The register has changed since the check (first at row %(row)s). Check the file again.")
        % {"row": row}
    )


def _counts(run: ImportRun) -> dict[str, int]:
    return {
        "created": run.created_count,
        "updated": run.updated_count,
        "unchanged": run.unchanged_count,
        "rejected": run.bad_row_count,
    }


def _fail(run: ImportRun, actor: Actor, error: Exception) -> None:
    """Keep why writing stopped and how much of it stands."""
    run.refresh_from_db()
    if run.state != State.RUNNING:
        return
    written = run.created_count + run.updated_count
    said = str(error) if isinstance(error, ProductError) else _database_refusal(error)
    with deed(actor, "import.fail", run, detail=run.facts() | _counts(run)):
        run.state = State.FAILED
        run.message = _("%(error)s Written before that: %(count)s rows.") % {
            "error": said,
            "count": written,
        }
        run.save()


def _database_refusal(error: Exception) -> str:
    return _("The register refused a row (%(detail)s). Check the file again.") % {
        "detail": str(error).splitlines()[0]
    }
