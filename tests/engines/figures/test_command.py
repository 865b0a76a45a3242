"""`zhixing figures` on plain files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.engines.figures.logos import ALTERATIONS, logo, png
from zhixing.cli.figures import figures


def run(*arguments: object) -> Result:
    return CliRunner().invoke(figures, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five logos in a table, one of them damaged, and two questions."""
    for number in range(4):
        (tmp_path / f"{number}.png").write_bytes(png(logo(number)))
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nxx")
    lines = [f"m{number},{number}.png" for number in range(4)]
    text = "\n".join(["mark_id,image", *lines, "m5,broken.png", "m6,missing.png"])
    (tmp_path / "marks.csv").write_text(text, encoding="utf-8")
    (tmp_path / "asked.png").write_bytes(png(ALTERATIONS["mirrored"](logo(2))))
    (tmp_path / "queries.csv").write_text("query_id,image\nq1,asked.png\n", encoding="utf-8")
    return tmp_path


def test_index_then_search(folder: Path) -> None:
    """The mark is found with kind and reasons; unusable rows are reported with their line."""
    result = run("index", folder / "marks.csv", "-o", folder / "idx", "--rejects", folder / "r.csv")
    assert result.exit_code == 0, result.output
    with (folder / "r.csv").open(encoding="utf-8", newline="") as source:
        rejects = [(row["line"], row["reason"]) for row in csv.DictReader(source)]
    assert [line for line, _ in rejects] == ["6", "7"]
    assert all(reason.startswith("image: ") for _, reason in rejects)
    out = folder / "hits.csv"
    assert run("search", folder / "idx", folder / "queries.csv", "-k", 3, "-o", out).exit_code == 0
    with out.open(encoding="utf-8", newline="") as source:
        first = next(csv.DictReader(source))
    assert (first["query_id"], first["rank"], first["mark_id"]) == ("q1", "1", "m2")
    assert first["kind"] == "mirrored"
    assert {reason["code"] for reason in json.loads(first["reasons"])} >= {"edges", "mirrored"}
    assert float(first["ms"]) >= 0


def test_unusable_input_ends_with_status_2(folder: Path) -> None:
    """One line says what is wrong."""
    result = run("search", folder, folder / "queries.csv", "-o", folder / "hits.csv")
    assert result.exit_code == 2
    assert "no index of figures" in result.output
