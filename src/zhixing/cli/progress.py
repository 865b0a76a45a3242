"""A job under a progress bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhixing.cli.startup import fail

if TYPE_CHECKING:
    from zhixing.kit.jobs.models import Job


def run_with_bar(job: Job | None) -> None:
    """Run a queued job in this process and draw its progress; a job that fails ends with exit 2."""
    if job is None:
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from zhixing.kit.jobs.api import run_inline

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns) as progress:
        bar = progress.add_task(job.label, total=None)

        def show(done: int, total: int | None, _message: str) -> None:
            progress.update(bar, completed=done, total=total)

        job = run_inline(job, show)
    if job.state != job.State.DONE:
        first_line = job.error.partition("\n")[0]
        fail(f"{job.label}: {job.get_state_display()}. {first_line}")
