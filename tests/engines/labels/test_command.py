"""`zhixing labels parse` on files."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from zhixing.cli.labels import labels


def run(*arguments: object) -> Result:
    return CliRunner().invoke(labels, ["parse", *map(str, arguments)])


def test_a_table_of_labels_is_parsed_and_bad_rows_are_told(tmp_path: Path) -> None:
    """Parties and flags are added, other columns stay, and a row without text is a reject."""
    source = tmp_path / "labels.csv"
    source.write_text(
        'id,text,shop\n1,"监制：香港茅台国际酒业有限公司\n生产：示范市醇香酒厂",甲\n2,,乙\n1,重复,丙\n',
        encoding="utf-8",
    )
    brands = tmp_path / "brands.csv"
    brands.write_text("brand\n茅台\n", encoding="utf-8")
    out, rejects = tmp_path / "out.jsonl", tmp_path / "rejects.csv"
    result = run(source, "-o", out, "--brands", brands, "--rejects", rejects)
    assert result.exit_code == 0, result.output
    (row,) = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert row["shop"] == "甲"
    assert [party["role"] for party in row["parties"]] == ["supervisor", "manufacturer"]
    assert row["flags"][0]["code"] == "brand_in_overseas_name"
    assert 0 < row["score"] < 1
    assert [line.split(",")[:2] for line in rejects.read_text("utf-8").splitlines()[1:]] == [
        ["4", "text is empty"],
        ["5", "id 1 was already on line 2"],
    ]


def test_unusable_input_ends_with_one_line_and_status_two(tmp_path: Path) -> None:
    """A file without the columns is told in one line."""
    source = tmp_path / "labels.csv"
    source.write_text("id,words\n1,x\n", encoding="utf-8")
    result = run(source, "-o", tmp_path / "out.csv")
    assert result.exit_code == 2
    assert "expected columns id, text" in result.output
