"""`zhixing import`: a file into a register, by the same steps as on the page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from zhixing.cli.startup import fail, with_django

SHOWN_ERRORS = 20


@click.command("import")
@click.argument("register")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="Assign a column; an empty FIELD leaves it out.",
)
@click.option(
    "--set", "fixed", multiple=True, metavar="FIELD=VALUE", help="One value for all rows."
)
@click.option("--dry-run", is_flag=True, help="Check all rows, write nothing.")
@click.option("--valid-only", is_flag=True, help="Write the valid rows even if others have errors.")
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Rows with errors, as XLSX with the reasons.",
)
@click.option("--office", help="Code of the office the rows belong to; default: the whole bureau.")
@with_django
def import_(
    register: str,
    file: Path,
    mapping: tuple[str, ...],
    fixed: tuple[str, ...],
    dry_run: bool,
    valid_only: bool,
    rejects: Path | None,
    office: str | None,
) -> None:
    """Import FILE (CSV, TSV, XLSX, XLS, ODS; also .gz) into REGISTER, e.g. subjects.

    All rows are checked first. With errors nothing is written unless --valid-only is given, and
    the exit code is 2. Importing the same file again changes nothing.
    """
    from zhixing.apps.accounts.api import OrgUnit
    from zhixing.kit.actors import SystemActor
    from zhixing.kit.exchange.actions import map_columns, start_import
    from zhixing.kit.exchange.checking import check_run
    from zhixing.kit.exchange.committing import commit_run
    from zhixing.kit.exchange.importer import importer_for
    from zhixing.kit.exchange.models import ImportRun
    from zhixing.kit.exchange.sheets import write_rejects

    importer = importer_for(register)
    units = OrgUnit.objects.filter(code=office) if office else OrgUnit.objects.filter(parent=None)
    if (unit := units.first()) is None:
        fail(f"no office has the code {office}" if office else "no bureau yet; run  zhixing init")
        return
    actor = SystemActor(f"import {file.name}")
    run = start_import(
        actor, register, file_name=file.name, chunks=_chunks(file), unit_path=unit.path
    )
    run = map_columns(
        actor,
        run,
        mapping={**run.mapping, **_pairs("--map", mapping)},
        constants=_pairs("--set", fixed),
    )
    for note in run.notes:
        click.echo(note)
    for heading, name in run.mapping.items():
        click.echo(f"  {heading} → {importer.field(name).label if name else '—'}")
    with _bar() as progress:
        run = check_run(run, actor, progress)
    click.echo(
        f"{run.row_count:,} rows: {run.expected['created']:,} new, {run.expected['updated']:,} "
        f"changed, {run.expected['unchanged']:,} unchanged, {run.bad_row_count:,} with errors"
    )
    _show_errors(run)
    if run.bad_row_count and rejects is not None:
        shutil.copyfile(write_rejects(run, importer), rejects)
        click.echo(f"rows with errors: {rejects}")
    if dry_run:
        return
    if run.error_count and not valid_only:
        fail("nothing was written; correct the rows, or use --valid-only")
    if not run.good_row_count:
        click.echo("nothing to write")
        return
    run.mode = ImportRun.Mode.VALID_ONLY if valid_only else ImportRun.Mode.ALL_OR_NOTHING
    with _bar() as progress:
        run = commit_run(run, actor, progress)
    click.echo(
        f"written: {run.created_count:,} new, {run.updated_count:,} changed, "
        f"{run.unchanged_count:,} unchanged"
    )


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while chunk := opened.read(1 << 20):
            yield chunk


def _pairs(option: str, texts: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for text in texts:
        name, sign, value = text.rpartition("=") if option == "--map" else text.partition("=")
        if not sign:
            fail(f"{option}: expected two parts joined by “=”; got {text!r}")
        pairs[name] = value
    return pairs


def _show_errors(run: Any) -> None:
    from zhixing.kit.exchange.selectors import errors_page
    from zhixing.kit.exchange.sheets import message_of

    for fault in errors_page(run, 0, SHOWN_ERRORS):
        click.echo(f"  row {fault.row}, {fault.column or '—'}: {message_of(fault)}")
    if run.error_count > SHOWN_ERRORS:
        click.echo(f"  … {run.error_count - SHOWN_ERRORS:,} more; --rejects FILE lists all")


@contextmanager
def _bar() -> Iterator[Any]:
    """A progress bar on stderr, one task for each step."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as shown:
        tasks: dict[str, Any] = {}

        def tell(done: int, total: int, what: str) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(what, total=total)
            shown.update(tasks[what], completed=done, total=total)

        yield tell
