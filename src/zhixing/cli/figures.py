"""``zhixing figures``: the engine for figure marks on plain files."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

import click

OUT = click.Path(dir_okay=False, path_type=Path)
FILE = click.Path(path_type=Path)


@click.group()
def figures() -> None:
    """Pictures that look like a figure mark."""


def _one_line_errors(command: Callable[..., None]) -> Callable[..., None]:
    """Unusable input ends the command with one line and status 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        from zhixing.engines.figures import UnusableFigureIndex
        from zhixing.engines.tables import TableError

        try:
            command(*args, **kwargs)
        except (TableError, UnusableFigureIndex) as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(2)

    return run


@figures.command()
@click.argument("marks", type=FILE)
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Index folder.")
@click.option("--rejects", type=OUT, help="File for the rows that were not used.")
@_one_line_errors
def index(marks: Path, out: Path, rejects: Path | None) -> None:
    """Index MARKS (columns mark_id, image) into a folder; images are paths beside the table."""
    from zhixing.engines.figures import FigureIndex
    from zhixing.engines.tables import TableError, write_rejects

    rows, described = _read(marks, "mark_id")
    write_rejects(rejects, rows.rejects)
    if out.is_file():
        raise TableError(f"{out}: expected a folder for the index; found a file")
    FigureIndex.build(rows.table["mark_id"].to_pylist(), described).save(out)
    _summary(rows.table.num_rows, "figures indexed", len(rows.rejects))


@figures.command()
@click.argument("index", type=FILE)
@click.argument("queries", type=FILE)
@click.option("-k", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option("-o", "--out", required=True, type=OUT)
@click.option("--rejects", type=OUT, help="File for the rows that were not used.")
@_one_line_errors
def search(index: Path, queries: Path, k: int, out: Path, rejects: Path | None) -> None:
    """Find the K marks of INDEX most like each of QUERIES (columns query_id, image)."""
    import pyarrow as pa

    from zhixing.engines.figures import FigureIndex
    from zhixing.engines.tables import write_rejects, write_table

    opened = FigureIndex.load(index)
    rows, described = _read(queries, "query_id")
    write_rejects(rejects, rows.rejects)
    found: list[dict[str, Any]] = []
    for query_id, query in zip(rows.table["query_id"].to_pylist(), described, strict=True):
        begun = time.thread_time()
        hits = opened.search(query, k)
        spent = (time.thread_time() - begun) * 1000
        for rank, hit in enumerate(hits, start=1):
            found.append(
                {
                    "query_id": query_id,
                    "rank": rank,
                    "mark_id": hit.key,
                    "score": round(hit.score, 4),
                    "kind": hit.kind,
                    "reasons": [reason.as_dict() for reason in hit.reasons],
                    "ms": round(spent, 2) if rank == 1 else None,
                }
            )
    names = ("query_id", "rank", "mark_id", "score", "kind", "reasons", "ms")
    write_table(out, pa.table({name: pa.array([row[name] for row in found]) for name in names}))
    _summary(rows.table.num_rows, "queries answered", len(rows.rejects))


def _read(path: Path, key: str) -> tuple[Any, Any]:
    """The usable rows of a table of pictures, and their descriptions in the same order."""
    import numpy as np

    from zhixing.engines.figures import DESCRIPTION, MAX_BYTES, UnusableImage, describe
    from zhixing.engines.tables import read_rows

    described: list[Any] = []

    def check(row: Mapping[str, str]) -> str | None:
        try:
            with (path.parent / row["image"]).open("rb") as file:
                described.append(describe([file.read(MAX_BYTES + 1)]))
        except OSError as error:
            return f"image: {error.strerror or error}"
        except UnusableImage as error:
            return f"image: {error}"
        return None

    rows = read_rows(
        path, required=[key, "image"], not_empty=[key, "image"], unique=key, check=check
    )
    return rows, np.concatenate([np.zeros(0, DESCRIPTION), *described])


def _summary(done: int, what: str, rejected: int) -> None:
    click.echo(f"{done} {what}, {rejected} rejected", err=True)
