"""`zhixing clocks`: the statutory periods in force, and when clocks that run are due."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from zhixing.law.schema import Clock

COLUMNS = (
    "clock", "amount", "unit", "extension", "article", "valid_from", "valid_to", "confidence",
    "origin", "title_zh", "title_en",
)  # fmt: skip


@click.group()
def clocks() -> None:
    """Statutory periods: which there are, and where each stands in the law."""


@clocks.command("list")
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Only what is in force on this day."
)
@click.option(
    "-o", "--out", type=click.Path(dir_okay=False, path_type=Path),
    help="File to write (.csv, .tsv, .jsonl, .parquet); default: tab-separated on the screen.",
)  # fmt: skip
def list_(day: datetime | None, out: Path | None) -> None:
    """Print every clock with amount, unit, article, dates in force and confidence."""
    from zhixing.engines.tables import TableError, write_table
    from zhixing.law.errors import LawError

    try:
        rows = [_row(clock) for clock in _clocks(day)]
        if out is None:
            for row in (COLUMNS, *rows):
                click.echo("\t".join(row))
            return
        import pyarrow as pa

        columns = zip(*rows, strict=True) if rows else [()] * len(COLUMNS)
        write_table(
            out,
            pa.table(
                {
                    name: pa.array(list(column), pa.string())
                    for name, column in zip(COLUMNS, columns, strict=True)
                }
            ),
        )
    except (LawError, TableError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)


@clocks.command()
@click.argument("events", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--brief", is_flag=True, help="Dates alone, without the column why; for millions.")
@click.option(
    "--rejects", type=click.Path(dir_okay=False, path_type=Path), help="File for unusable rows."
)
def due(events: Path, out: Path, brief: bool, rejects: Path | None) -> None:
    """Say when the clocks of EVENTS (id, clock, trigger) are due.

    Optional columns: stops (JSON list of [from, to], both days included; to may be null),
    extensions (number granted), region (division code). Writes id, due, provisional, article, why;
    due is empty for a clock that a stop without end holds up.
    """
    from zhixing.cli.clock_events import read_events, write_due
    from zhixing.engines.tables import TableError, write_rejects
    from zhixing.law.errors import LawError

    try:
        found = read_events(events)
        refused = write_due(out, found, brief=brief)
        write_rejects(rejects, refused)
    except (LawError, TableError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    click.echo(f"{len(found.ids)} clocks read, {len(refused)} rejected", err=True)


@clocks.command("why")
@click.argument("code")
@click.argument("trigger")
@click.option("--stop", "stops", multiple=True, help="Days that do not count, FROM..TO or FROM..")
@click.option("--extensions", default=0, show_default=True, help="Extensions granted.")
@click.option("--region", default="", help="Division code, for local holidays.")
def why_(code: str, trigger: str, stops: tuple[str, ...], extensions: int, region: str) -> None:
    """Explain when clock CODE that began at TRIGGER is due; with stops, also without them."""
    from zhixing import law
    from zhixing.cli.clock_events import read_moment, read_stops
    from zhixing.law.errors import LawError

    try:
        spans = read_stops([stop.split("..", 1) for stop in stops])
        event = law.Event(code, read_moment(trigger), spans, extensions, region)
        click.echo(law.why(event))
        if spans or extensions:
            plain = law.Event(code, event.trigger, region=region)
            click.echo(f"无中止、延长时:{law.why(plain)}")
    except (LawError, ValueError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)


@clocks.command()
def check() -> None:
    """Load every law table, calendar and programme, also the local ones; say if all hold."""
    from zhixing.law.checks import check_all
    from zhixing.law.errors import LawError

    try:
        for line in check_all():
            click.echo(line)
    except LawError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)


def _clocks(day: datetime | None) -> Iterator[Clock]:
    from zhixing.law.schema import Clock
    from zhixing.law.tables import table

    for rows in table("clocks").rows.values():
        for row in rows:
            if isinstance(row, Clock) and (day is None or row.is_in_force(day.date())):
                yield row


def _row(clock: Clock) -> tuple[str, ...]:
    extension = clock.extension
    more = "" if extension is None else f"{extension.times} x {extension.amount or 'as approved'}"
    return (
        clock.code,
        str(clock.amount),
        clock.unit,
        more,
        clock.article,
        clock.valid_from.isoformat(),
        clock.valid_to.isoformat() if clock.valid_to else "",
        clock.confidence,
        clock.origin,
        clock.title_zh,
        clock.title_en,
    )
