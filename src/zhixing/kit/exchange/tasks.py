"""Checking and writing as jobs: the same functions as on the command line, with progress."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django_tasks import task

from zhixing.kit.actors import Actor, SystemActor
from zhixing.kit.errors import Conflict, ProductError
from zhixing.kit.exchange.checking import check_run
from zhixing.kit.exchange.committing import commit_run
from zhixing.kit.exchange.models import ImportRun
from zhixing.kit.exchange.staging import Progress
from zhixing.kit.jobs.api import Job, JobContext, enqueue


@task(takes_context=True)  # type: ignore[arg-type]  # our context knows more
def check_import(context: JobContext, run_id: int, officer_id: int | None) -> dict[str, Any]:
    """Check a run; a refusal stands in the run and is no failure of the job."""
    run = ImportRun.objects.get(pk=run_id)
    if run.state != ImportRun.State.CHECKING:
        return {"state": run.state}
    try:
        run = check_run(run, _officer(officer_id), _progress(context, run))
    except ProductError as error:
        return {"refused": str(error)}
    return {"rows": run.row_count, "errors": run.error_count}


@task(takes_context=True)  # type: ignore[arg-type]  # our context knows more
def commit_import(context: JobContext, run_id: int, officer_id: int | None) -> dict[str, Any]:
    """Write a run, from where an earlier attempt stopped (`run.position`)."""
    run = ImportRun.objects.get(pk=run_id)
    if run.state != ImportRun.State.RUNNING:
        return {"state": run.state}
    try:
        run = commit_run(run, _officer(officer_id), _progress(context, run))
    except ProductError as error:
        return {"refused": str(error)}
    return {
        "created": run.created_count,
        "updated": run.updated_count,
        "unchanged": run.unchanged_count,
        "rejected": run.bad_row_count,
    }


def _officer(pk: int | None) -> Actor:
    if pk is None:
        return SystemActor("import")
    officer: Actor = get_user_model()._default_manager.get(pk=pk)
    return officer


def _progress(context: JobContext, run: ImportRun) -> Progress:
    """Tells the job how far it is, and stops it when the run was cancelled meanwhile."""

    def tell(done: int, total: int, _what: str) -> None:
        context.progress(done, total)
        if ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.CANCELLED).exists():
            raise Conflict(_("This import was stopped."))

    return tell


def enqueue_check(run: ImportRun, actor: Actor) -> Job:
    """Queue the check."""
    return _enqueue(check_import, _("Check of %(file)s") % {"file": run.file_name}, run, actor)


def enqueue_commit(run: ImportRun, actor: Actor) -> Job:
    """Queue the writing."""
    return _enqueue(commit_import, _("Import of %(file)s") % {"file": run.file_name}, run, actor)


def _enqueue(what: Any, label: str, run: ImportRun, actor: Actor) -> Job:
    return enqueue(
        what,
        actor=actor,
        label=label,
        params={"run_id": run.pk, "officer_id": actor.actor_id},
        unit_path=run.unit_path,
        dedup_key=f"import:{run.pk}",
    )


def has_ended(run: ImportRun) -> bool:
    """Whether no job is at work for the run any more."""
    return run.job_id is None or not Job.objects.filter(pk=run.job_id, state__in=Job.LIVE).exists()
