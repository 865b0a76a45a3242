"""`zhixing sweep`: names against the watch lists, with a progress bar."""

from __future__ import annotations

import click

from zhixing.cli.startup import fail, with_django

# As `brands.NameKind`, which needs Django; a test keeps the two alike.
KINDS = ("subject", "mark", "shop", "label", "listing")


@click.command()
@click.option("--office", help="Code of the office whose area is swept; default: the whole bureau.")
@click.option(
    "--min-probability",
    type=click.FloatRange(0, 1),
    default=0.3,
    show_default=True,
    help="Lowest probability of a lead.",
)
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(KINDS),
    multiple=True,
    help="Kind of names to sweep, may be repeated; default: all kinds.",
)
@click.option("--anew", is_flag=True, help="Judge also names that nothing has changed about.")
@with_django
def sweep(office: str | None, min_probability: float, kinds: tuple[str, ...], anew: bool) -> None:
    """Sweep what is due of an area's names against its watch lists; each hit becomes a lead."""
    from zhixing.apps.accounts.api import OrgUnit
    from zhixing.apps.brands.api import NameKind, start_sweep
    from zhixing.cli.progress import run_with_bar
    from zhixing.kit.actors import SystemActor

    units = OrgUnit.objects.filter(code=office) if office else OrgUnit.objects.filter(parent=None)
    if (unit := units.first()) is None:
        fail(f"no office has the code {office}" if office else "no bureau yet; run  zhixing init")
        return
    run = start_sweep(
        SystemActor("cli sweep"),
        unit_path=unit.path,
        min_probability=min_probability,
        kinds=kinds,
        anew=anew,
    )
    run_with_bar(run.job)
    run.refresh_from_db()
    click.echo(
        f"{run.names:,} names against {run.marks:,} brands: {run.judged:,} judged, "
        f"{run.hits:,} hits, {run.excluded:,} left alone, {run.new_leads:,} new leads"
    )
    for kind in NameKind.values:
        told = run.tallies.get(kind)
        if told:
            click.echo(f"  {kind:<8} {told['judged']:,} judged, {told['hits']:,} hits")
