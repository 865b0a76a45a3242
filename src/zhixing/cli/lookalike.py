"""``zhixing lookalike``: the look-alike engine on plain files."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

OUT = click.Path(dir_okay=False, path_type=Path)
FILE = click.Path(path_type=Path)


@click.group()
def lookalike() -> None:
    """Names that are confusingly like a protected mark."""


def _one_line_errors(command: Callable[..., None]) -> Callable[..., None]:
    """Unusable input ends the command with one line and status 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        from zhixing.engines.lookalike import UnusableIndex
        from zhixing.engines.tables import TableError

        try:
            command(*args, **kwargs)
        except (TableError, UnusableIndex) as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(2)

    return run


@lookalike.command()
@click.argument("marks", type=FILE)
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Index folder.")
@click.option("--rejects", type=OUT, help="File for the rows that were not used.")
@_one_line_errors
def index(marks: Path, out: Path, rejects: Path | None) -> None:
    """Index MARKS (columns mark_id, mark) into a folder."""
    from zhixing.engines.lookalike import build_index
    from zhixing.engines.tables import TableError, read_rows, write_rejects

    rows = read_rows(
        marks, required=["mark_id", "mark"], not_empty=["mark_id", "mark"], unique="mark_id"
    )
    write_rejects(rejects, rows.rejects)
    if out.is_file():
        raise TableError(f"{out}: expected a folder for the index; found a file")
    build_index(rows.table).save(out)
    _summary(rows.table.num_rows, "marks indexed", len(rows.rejects))


@lookalike.command()
@click.argument("index", type=FILE)
@click.argument("queries", type=FILE)
@click.option("-k", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option("-o", "--out", required=True, type=OUT)
@click.option("--rejects", type=OUT, help="File for the rows that were not used.")
@click.option("--exact", is_flag=True, help="Compare with every mark, not only the candidates.")
@_one_line_errors
def search(
    index: Path, queries: Path, k: int, out: Path, rejects: Path | None, exact: bool
) -> None:
    """Find the K marks of INDEX most like each of QUERIES (columns query_id, query)."""
    from zhixing.engines.lookalike import Index
    from zhixing.engines.tables import read_rows, write_rejects, write_table

    opened = Index.load(index)
    rows = read_rows(
        queries, required=["query_id", "query"], not_empty=["query_id", "query"], unique="query_id"
    )
    write_rejects(rejects, rows.rejects)
    found = opened.search(rows.table, k, exact=exact)
    asked = rows.table.take(found["query_row"])
    table = found.drop_columns(["query_row", "mark_row"])
    table = table.add_column(0, "query_id", asked["query_id"])
    write_table(out, table.add_column(1, "query", asked["query"]))
    _summary(rows.table.num_rows, "queries answered", len(rows.rejects))


@lookalike.command()
@click.argument("pairs", type=FILE)
@click.option("-o", "--out", required=True, type=OUT)
@click.option("--rejects", type=OUT, help="File for the rows that were not used.")
@_one_line_errors
def judge(pairs: Path, out: Path, rejects: Path | None) -> None:
    """Judge PAIRS: is the name b confusingly like the protected mark a?"""
    import pyarrow as pa

    from zhixing.engines.lookalike import judge as judge_columns
    from zhixing.engines.tables import read_rows, write_rejects, write_table

    rows = read_rows(pairs, required=["a", "b"], not_empty=["a", "b"])
    write_rejects(rejects, rows.rejects)
    judged = judge_columns(rows.table["a"], rows.table["b"])
    table = rows.table
    for name in ("score", "probability", "confusing", "kind", "reasons"):
        column = judged[name].cast(pa.int8()) if name == "confusing" else judged[name]
        table = table.drop_columns([name]) if name in table.column_names else table
        table = table.append_column(name, column)
    write_table(out, table)
    _summary(rows.table.num_rows, "pairs judged", len(rows.rejects))


@lookalike.command("build-shapes")
@click.argument("ids", type=FILE)
@click.argument("strokes", type=FILE)
@click.option(
    "--font",
    "fonts",
    multiple=True,
    metavar="FILE[:FACE]",
    help="Font file, and the number of the face in a collection; repeat for more fonts.",
)
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Folder.")
@_one_line_errors
def build_shapes(ids: Path, strokes: Path, fonts: tuple[str, ...], out: Path) -> None:
    """Build the character tables from fonts and the IDS and STROKES files of yi-bai/ids.

    Needs the ``shapes`` extra; without --font the Noto CJK fonts of Debian are used.
    """
    from zhixing.engines.tables import TableError

    try:
        from zhixing.engines.lookalike.build import tables
    except ImportError as error:
        raise TableError(f"build-shapes needs the extra zhixing[shapes] ({error})") from error
    faces = [_face(font) for font in fonts] or tables.default_faces()
    for path in [ids, strokes, *(path for path, _ in faces)]:
        if not path.is_file():
            raise TableError(f"{path}: no such file")
    tables.build(faces, ids, strokes, out, click.echo)


@lookalike.command("fit-decision")
@click.argument("marks", type=FILE)
@click.option("--pairs", type=FILE, help="Labelled pairs: columns famous_mark, name, kind.")
@click.option("-o", "--out", required=True, type=OUT, help="The model, as JSON.")
@click.option("--seed", default=20, show_default=True)
@_one_line_errors
def fit_decision(marks: Path, pairs: Path | None, out: Path, seed: int) -> None:
    """Fit the decision model on look-alikes made from MARKS (one a line) and labelled PAIRS."""
    from zhixing.engines.lookalike.build import fitting
    from zhixing.engines.tables import TableError, read_rows

    if not marks.is_file():
        raise TableError(f"{marks}: no such file")
    listed = fitting.read_marks(marks)
    labelled = read_rows(pairs, required=["famous_mark", "name", "kind"]).table if pairs else None
    fitting.fit(listed, labelled, out, seed, click.echo)


def _face(text: str) -> tuple[Path, int]:
    name, _, number = text.rpartition(":")
    return (Path(name), int(number)) if name and number.isdigit() else (Path(text), 0)


def _summary(done: int, what: str, rejected: int) -> None:
    click.echo(f"{done} {what}, {rejected} rejected", err=True)
