"""``zhixing labels``: product labels read for who stands behind them, on plain files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

FILE = click.Path(path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)


@click.group()
def labels() -> None:
    """Product labels: parties, roles and suspicious formulas."""


@labels.command()
@click.argument("labels", type=FILE)
@click.option("-o", "--out", required=True, type=OUT)
@click.option("--brands", type=FILE, help="Protected brands, column brand.")
@click.option("--rejects", type=OUT, help="File for the rows that were not used.")
def parse(labels: Path, out: Path, brands: Path | None, rejects: Path | None) -> None:
    """Read LABELS (columns id, text) into parties, flags and a score.

    Adds the columns parties (role, name, formula, start, end, overseas), flags (code, text, weight,
    parties) and score; other columns stay.
    """
    from zhixing.engines.labels import parse_labels
    from zhixing.engines.tables import TableError, read_rows, write_rejects, write_table

    try:
        rows = read_rows(labels, required=["id", "text"], not_empty=["id", "text"], unique="id")
        protected = _brands(brands)
        write_rejects(rejects, rows.rejects)
        found = parse_labels(rows.table["text"], protected)
        table = rows.table
        for name in found.column_names:
            table = table.drop_columns([name]) if name in table.column_names else table
            table = table.append_column(name, found[name])
        write_table(out, table)
    except TableError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    click.echo(f"{table.num_rows} labels parsed, {len(rows.rejects)} rejected", err=True)


def _brands(path: Path | None) -> frozenset[str]:
    from zhixing.engines.tables import read_rows

    if path is None:
        return frozenset()
    return frozenset(read_rows(path, required=["brand"]).table["brand"].to_pylist())
