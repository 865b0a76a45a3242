"""`zhixing worker`: run waiting jobs."""

from __future__ import annotations

import sys

import click

from zhixing.cli.startup import with_django


@click.command()
@click.option(
    "--concurrency", type=click.IntRange(1, 64), default=1, show_default=True,
    help="Jobs at a time, each in a process of its own.",
)  # fmt: skip
@click.option("--once", is_flag=True, help="Run one job, or none if none is due, and end.")
@click.option("--until-empty", is_flag=True, help="End when no job is due and none runs.")
@click.option("--supervised", is_flag=True, hidden=True, help="Start the worker anew if it dies.")
@click.option("--parent", type=int, hidden=True, help="End when this process is gone.")
def worker(
    concurrency: int, once: bool, until_empty: bool, supervised: bool, parent: int | None
) -> None:
    """Run jobs until stopped. SIGTERM gives a running job back to the queue with its checkpoint."""
    if concurrency == 1 and not supervised:
        run_here(once, until_empty, parent)
        return
    from zhixing.kit.jobs.embedded import supervise

    options = ["--once"] * once + ["--until-empty"] * until_empty
    sys.exit(supervise(concurrency, options, parent=parent))


@with_django
def run_here(once: bool, until_empty: bool, parent: int | None) -> None:
    """One worker in this process."""
    from zhixing.kit.jobs.worker import Worker

    taken = Worker(parent=parent).run(until_empty=until_empty, once=once)
    if once or until_empty:
        click.echo(f"{taken} jobs")
