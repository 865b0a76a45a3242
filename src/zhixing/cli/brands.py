"""`zhixing sweep`: all names against the watch list, with a progress bar."""

from __future__ import annotations

import click

from zhixing.cli.startup import fail, with_django


@click.command()
@click.option("--office", help="Code of the office whose area is swept; default: the whole bureau.")
@click.option(
    "--min-probability",
    type=click.FloatRange(0, 1),
    default=0.3,
    show_default=True,
    help="Lowest probability of a lead.",
)
@with_django
def sweep(office: str | None, min_probability: float) -> None:
    """Sweep all names of an area against its watch list; each hit becomes a lead, once."""
    from zhixing.apps.accounts.api import OrgUnit
    from zhixing.apps.brands.api import start_sweep
    from zhixing.cli.progress import run_with_bar
    from zhixing.kit.actors import SystemActor

    units = OrgUnit.objects.filter(code=office) if office else OrgUnit.objects.filter(parent=None)
    if (unit := units.first()) is None:
        fail(f"no office has the code {office}" if office else "no bureau yet; run  zhixing init")
        return
    run = start_sweep(
        SystemActor("cli sweep"), unit_path=unit.path, min_probability=min_probability
    )
    run_with_bar(run.job)
    run.refresh_from_db()
    click.echo(
        f"{run.names:,} names against {run.marks:,} brands: {run.hits:,} hits, "
        f"{run.new_leads:,} new leads"
    )
