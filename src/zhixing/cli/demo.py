"""`zhixing demo`: build the demo town, run the loop once, say what it found, serve it."""

from __future__ import annotations

import click

from zhixing.cli.startup import fail, with_django

SEED = 2026


@click.command()
@click.option(
    "--size", type=click.Choice(["town", "city", "metro"]), default="town", show_default=True
)
@click.option("--seed", default=SEED, show_default=True, help="The same seed gives the same city.")
@click.option("--no-serve", is_flag=True, help="Stop before serving.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@with_django
def demo(size: str, seed: int, no_serve: bool, host: str, port: int) -> None:
    """Build a made-up city with planted look-alikes, sweep it, and serve the site.

    An existing demo is served as it stands; a folder with a real bureau is never touched.
    """
    from django.core.management import call_command
    from django.utils import translation

    from zhixing.apps.accounts.api import OrgUnit
    from zhixing.demo.places import CITY

    translation.activate("zh-hans")
    call_command("migrate", interactive=False, verbosity=0)
    if not OrgUnit.objects.exists():
        _build(size, seed)
    elif not OrgUnit.objects.filter(code=CITY).exists():
        fail("this data folder holds a real bureau; give the demo its own, ZHIXING_HOME=…")
    else:
        click.echo("The demo is there already; it is served as it stands.")
    _tell_accounts(host, port)
    if not no_serve:
        from zhixing.cli.bureau import run_server

        run_server(host, port)


def _build(size: str, seed: int) -> None:
    from django.utils import timezone
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from zhixing.apps.accounts.api import Officer
    from zhixing.apps.audit import api as audit
    from zhixing.apps.brands.api import MONITOR, start_sweep
    from zhixing.apps.leads.api import Lead
    from zhixing.cli.progress import run_with_bar
    from zhixing.demo import (
        adverts,
        build,
        cases,
        chains,
        discipline,
        figures,
        marks,
        scoring,
        town,
        work,
    )

    console, today = Console(), timezone.localdate()
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bars:

        def bar(label: str) -> build.Progress:
            row = bars.add_task(label, total=None)
            return lambda done, total, what: bars.update(row, completed=done, total=total)

        bar("offices, regions, officers")(0, 1, "")
        city = build.bureau()
        made = town.build(size, seed)
        build.subjects(made.subjects, city, bar(f"{len(made.subjects):,} operators"))
        build.licences(made.subjects, city, seed, bar("licences"))
        registered = marks.register(city, today)
        figures.draw_all(registered)
        build.watch_list(city, registered)
        truth = made.truth | build.sightings() | chains.names()
        build.programme(city, today.year)
        working = bar("labels, contracts, marks, markets")
        chains.plant(city, today)
        working(1, 4, "")
        marks.cultivate(today)
        marks.recommend(registered, today)
        working(2, 4, "")
        marks.protect(today)
        working(3, 4, "")
        marks.remember(city, today)
        marks.campaign(city, today)
        working(4, 4, "")
        watching = bar("media, rounds, advertisements")
        planted_ads = adverts.plant(city, seed, today)
        watching(1, 1, "")
    sweep = start_sweep(build.ACTOR, unit_path=city.path)
    run_with_bar(sweep.job)
    raised = (
        (told["name"], told["mark"])
        for told in Lead.objects.filter(monitor=MONITOR).values_list("evidence", flat=True)
        if told["against"] == "mark"  # of trade names alike nothing was planted
    )
    _tell_score(console, "Names against the planted truth", scoring.score(truth, raised))
    _tell_score(console, "Authorisation chains against the planted truth", chains.score())
    _tell_score(console, "Advertisements against the planted truth", adverts.score(planted_ads))
    officer = Officer.objects.get(username="officer")
    _tell_score(console, "Figures of marks against their imitations", figures.score(officer))
    done = work.work_off(truth, seed)
    read = adverts.read(planted_ads, seed)
    taken = discipline.discipline(city, today)
    console.print(", ".join(f"{n} {what}" for what, n in taken.items()) + " (advertising)")
    marks.refer(today)
    console.print(f"{cases.plant(city, today)} cases in every state of the procedure")
    marks.remind(city)
    verdict = audit.verify()
    console.print(
        f"{done['decided']} leads decided, {done['assigned']} assigned, "
        f"{read} readings of advertisements finished; "
        f"audit chain: {verdict.checked:,} entries, {'unbroken' if verdict.is_whole else 'BROKEN'}"
    )


def _tell_score(console: object, title: str, score: object) -> None:
    from rich.table import Table

    from zhixing.demo.scoring import share

    table = Table(title=title)
    for heading in ("kind", "found of planted"):
        table.add_column(heading)
    for kind in sorted(score.planted):  # type: ignore[attr-defined]
        table.add_row(kind, share(score.found[kind], score.planted[kind]))  # type: ignore[attr-defined]
    table.add_section()
    table.add_row("recall", share(*score.recall))  # type: ignore[attr-defined]
    table.add_row("precision", share(*score.precision))  # type: ignore[attr-defined]
    console.print(table)  # type: ignore[attr-defined]


def _tell_accounts(host: str, port: int) -> None:
    from zhixing.demo.people import PASSWORD, PEOPLE

    click.echo(f"\nhttp://{host}:{port}/   demo accounts (password {PASSWORD}):")
    for person in PEOPLE:
        click.echo(f"  {person.username:<9} {person.name}  {', '.join(person.roles)}")
