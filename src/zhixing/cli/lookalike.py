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
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Index folder to write.")
@click.option("--add", "added_to", type=FILE, help="Add the marks to this index instead.")
@click.option("--remove", "removed_from", type=FILE, help="Remove the marks from this index.")
@click.option("--rejects", type=OUT, help="File for the rows that were not used.")
@_one_line_errors
def index(
    marks: Path,
    out: Path | None,
    added_to: Path | None,
    removed_from: Path | None,
    rejects: Path | None,
) -> None:
    """Index MARKS (columns mark_id, mark and, optionally, classes such as 5;30) into a folder.

    With --add or --remove an index is changed without building it anew; -o then writes the changed
    index elsewhere. To remove, MARKS needs only the column mark_id.
    """
    from zhixing.engines.lookalike import Index, build_index
    from zhixing.engines.tables import TableError, read_rows, write_rejects

    if added_to and removed_from:
        raise TableError("--add and --remove: expected one of them; found both")
    changed = added_to or removed_from
    target = out or changed
    if target is None:
        raise TableError("expected -o, --add or --remove with an index folder; found none")
    if target.is_file():
        raise TableError(f"{target}: expected a folder for the index; found a file")
    columns = ["mark_id"] if removed_from else ["mark_id", "mark"]
    rows = read_rows(marks, required=columns, not_empty=columns, unique="mark_id")
    write_rejects(rejects, rows.rejects)
    done, what = rows.table.num_rows, "marks indexed"
    opened = Index.load(changed) if changed else build_index(rows.table)
    if removed_from:
        done, what = opened.remove(rows.table["mark_id"]), "marks removed"
    elif added_to:
        try:
            opened.add(rows.table)
        except ValueError as error:
            raise TableError(f"{marks}: {error}") from error
        what = "marks added"
    opened.save(target)
    _summary(done, what, len(rows.rejects))


@lookalike.command()
@click.argument("index", type=FILE)
@click.argument("queries", type=FILE)
@click.option("-k", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option("-o", "--out", required=True, type=OUT)
@click.option("--rejects", type=OUT, help="File for the rows that were not used.")
@click.option("--exact", is_flag=True, help="Align every mark: the audit of the index.")
@click.option(
    "--channel",
    default="all",
    show_default=True,
    type=click.Choice(["all", "glyph", "sound", "each"]),
    help="What counts as likeness; each gives the three lists, told apart by a column channel.",
)
@_one_line_errors
def search(
    index: Path,
    queries: Path,
    k: int,
    out: Path,
    rejects: Path | None,
    exact: bool,
    channel: str,
) -> None:
    """Find the K marks of INDEX most like each of QUERIES (columns query_id, query).

    With a column classes (5;30), marks of one of these classes or of none come first.
    """
    import pyarrow as pa

    from zhixing.engines.lookalike import CHANNELS, Index
    from zhixing.engines.tables import read_rows, write_rejects, write_table

    opened = Index.load(index)
    rows = read_rows(
        queries, required=["query_id", "query"], not_empty=["query_id", "query"], unique="query_id"
    )
    write_rejects(rejects, rows.rejects)
    lists = []
    for one in CHANNELS if channel == "each" else [channel]:
        found = opened.search(rows.table, k, channel=one, exact=exact)
        asked = rows.table.take(found["query_row"])
        table = found.drop_columns(["query_row", "mark_row"])
        table = table.add_column(0, "query_id", asked["query_id"])
        table = table.add_column(1, "query", asked["query"])
        if channel == "each":
            table = table.append_column("channel", pa.array([one] * len(table), pa.string()))
        lists.append(table)
    write_table(out, pa.concat_tables(lists))
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
@click.argument("counts", type=FILE)
@click.argument("orders", type=FILE)
@click.option(
    "--font",
    "fonts",
    multiple=True,
    metavar="FILE[:FACE]",
    help="Font file, and the number of the face in a collection; repeat for more fonts.",
)
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Folder.")
@_one_line_errors
def build_shapes(ids: Path, counts: Path, orders: Path, fonts: tuple[str, ...], out: Path) -> None:
    """Build the character tables from fonts, IDS and stroke COUNTS of yi-bai/ids, stroke ORDERS.

    Needs the ``shapes`` extra; without --font the Noto CJK fonts of Debian are used.
    """
    from zhixing.engines.tables import TableError

    try:
        from zhixing.engines.lookalike.build import tables
    except ImportError as error:
        raise TableError(f"build-shapes needs the extra zhixing[shapes] ({error})") from error
    faces = [_face(font) for font in fonts] or tables.default_faces()
    for path in [ids, counts, orders, *(path for path, _ in faces)]:
        if not path.is_file():
            raise TableError(f"{path}: no such file")
    tables.build(faces, ids, counts, orders, out, click.echo)


@lookalike.command("build-commonness")
@click.argument("names", type=FILE)
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Folder.")
@_one_line_errors
def build_commonness(names: Path, out: Path) -> None:
    """Count how common characters, pairs and trade names are in NAMES (one a line, may be .gz)."""
    from zhixing.engines.lookalike.build import commonness
    from zhixing.engines.tables import TableError

    if not names.is_file():
        raise TableError(f"{names}: no such file")
    commonness.build(names, out, click.echo)


@lookalike.command("fit-decision")
@click.argument("marks", type=FILE)
@click.argument("pairs", type=FILE)
@click.argument("names", type=FILE)
@click.option("-o", "--out", required=True, type=OUT, help="The model, as JSON.")
@click.option("--seed", default=20, show_default=True)
@_one_line_errors
def fit_decision(marks: Path, pairs: Path, names: Path, out: Path, seed: int) -> None:
    """Fit the decision model on PAIRS composed by hand, look-alikes made from MARKS, and NAMES.

    MARKS has one mark a line, PAIRS is like bench/lookalike_pairs.txt, NAMES are ordinary trade
    names, one a line (may be .gz), of which the quarter that is not counted is used.
    """
    from zhixing.engines.lookalike.build import commonness, fitting
    from zhixing.engines.lookalike.build.pairs import read_pairs
    from zhixing.engines.tables import TableError

    for path in (marks, pairs, names):
        if not path.is_file():
            raise TableError(f"{path}: no such file")
    _, ordinary = commonness.read_names(names)
    fitting.fit(fitting.read_marks(marks), read_pairs(pairs), ordinary, out, seed, click.echo)


def _face(text: str) -> tuple[Path, int]:
    name, _, number = text.rpartition(":")
    return (Path(name), int(number)) if name and number.isdigit() else (Path(text), 0)


def _summary(done: int, what: str, rejected: int) -> None:
    click.echo(f"{done} {what}, {rejected} rejected", err=True)
