"""The commands on plain files, as the interface fixes them."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from zhixing.cli.lookalike import lookalike


def run(*arguments: object) -> Result:
    """Run the command; separate output streams."""
    return CliRunner().invoke(lookalike, [str(argument) for argument in arguments])


def rows(path: Path) -> list[dict[str, str]]:
    """A written csv or tsv file."""
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter="\t" if path.suffix == ".tsv" else ","))


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    """Five protected marks."""
    path = tmp_path / "marks.csv"
    path.write_text(
        "mark_id,mark\nm1,雀巢\nm2,两面针\nm3,银鹭\nm4,COLGATE\nm5,海天\n", encoding="utf-8"
    )
    return path


def test_index_then_search(tmp_path: Path, marks: Path) -> None:
    """Each query gets ranked rows with reasons; time stands in the first."""
    queries = tmp_path / "queries.tsv"
    queries.write_text(
        "query_id\tquery\nq1\t两面什\nq2\t香港雀巢国际集团有限公司监制\n", encoding="utf-8"
    )
    assert run("index", marks, "-o", tmp_path / "idx").exit_code == 0
    out = tmp_path / "hits.csv"
    assert run("search", tmp_path / "idx", queries, "-k", 3, "-o", out).exit_code == 0
    found = rows(out)
    first = {row["query_id"]: row for row in found if row["rank"] == "1"}
    wanted = ["query_id", "query", "rank", "mark_id", "mark", "score", "kind", "reasons", "ms"]
    assert [name for name in found[0] if name in wanted] == wanted
    assert (first["q1"]["mark_id"], first["q1"]["kind"]) == ("m2", "shape")
    assert (first["q2"]["mark"], first["q2"]["kind"]) == ("雀巢", "affix")
    assert json.loads(first["q1"]["reasons"])[0]["channel"] == "glyph"
    assert float(first["q1"]["ms"]) >= 0


def test_index_is_changed_in_place_or_elsewhere(tmp_path: Path, marks: Path) -> None:
    """Marks are added to and removed from an index; -o leaves the old one as it was."""
    idx, other, more = tmp_path / "idx", tmp_path / "other", tmp_path / "more.csv"
    gone, queries, out = tmp_path / "gone.csv", tmp_path / "q.csv", tmp_path / "hits.csv"
    more.write_text("mark_id,mark\nm6,海夭\n", encoding="utf-8")
    gone.write_text("mark_id\nm5\nm99\n", encoding="utf-8")
    queries.write_text("query_id,query\nq1,海天\n", encoding="utf-8")
    assert run("index", marks, "-o", idx).exit_code == 0
    assert "1 marks added" in run("index", more, "--add", idx, "-o", other).output
    assert "1 marks removed" in run("index", gone, "--remove", other).output
    for folder, found in ((idx, ["m5"]), (other, ["m6"])):
        assert run("search", folder, queries, "-k", 3, "-o", out).exit_code == 0
        assert [row["mark_id"] for row in rows(out)] == found
    again = run("index", more, "--add", other)
    assert again.exit_code == 2
    assert "m6 is in the index already" in again.output
    for wrong in (["--add", idx, "--remove", idx], []):
        assert run("index", more, *wrong).exit_code == 2
    assert run("index", more, "--add", tmp_path / "none").exit_code == 2


def test_channels_are_told_apart(tmp_path: Path, marks: Path) -> None:
    """Each channel is a list of its own with ranks from 1; one channel alone has no such column."""
    queries, out = tmp_path / "q.csv", tmp_path / "hits.csv"
    queries.write_text("query_id,query,classes\nq1,银路,30\n", encoding="utf-8")
    assert run("index", marks, "-o", tmp_path / "idx").exit_code == 0
    search = ["search", tmp_path / "idx", queries, "-k", 1, "-o", out]
    assert run(*search, "--channel", "each").exit_code == 0
    assert [(row["channel"], row["rank"], row["mark"]) for row in rows(out)] == [
        ("all", "1", "银鹭"),
        ("glyph", "1", "银鹭"),
        ("sound", "1", "银鹭"),
    ]
    assert run(*search, "--channel", "sound", "--exact").exit_code == 0
    assert "channel" not in rows(out)[0]


def test_judge_keeps_columns_and_rejects_bad_rows(tmp_path: Path) -> None:
    """Pairs come back unchanged with the verdict; a bad row is reported with its line."""
    pairs = tmp_path / "pairs.csv.gz"
    with gzip.open(pairs, "wt", encoding="utf-8") as out:
        out.write("a,b,note\n银鹭,银路,x\n雀巢,,y\n双汇,双星\n双汇,双星,z\n")
    out, rejects = tmp_path / "out.tsv", tmp_path / "rejects.csv"
    result = run("judge", pairs, "-o", out, "--rejects", rejects)
    assert result.exit_code == 0, result.output
    judged = rows(out)
    assert [(row["a"], row["b"], row["note"]) for row in judged] == [
        ("银鹭", "银路", "x"),
        ("双汇", "双星", "z"),
    ]
    assert [row["confusing"] for row in judged] == ["1", "0"]
    assert [(row["line"], row["reason"]) for row in rows(rejects)] == [
        ("3", "b is empty"),
        ("4", "expected 3 fields; found 2"),
    ]


def test_endings_decide_the_format(tmp_path: Path) -> None:
    """jsonl in, parquet out, and back."""
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text('{"a": "银鹭", "b": "银路"}\nnot json\n', encoding="utf-8")
    out, rejects = tmp_path / "out.parquet", tmp_path / "rejects.jsonl"
    assert run("judge", pairs, "-o", out, "--rejects", rejects).exit_code == 0
    table = pq.read_table(out)
    assert table["confusing"].to_pylist() == [1]
    assert json.loads(rejects.read_text(encoding="utf-8"))["line"] == 2
    again = tmp_path / "again.jsonl"
    assert run("judge", out, "-o", again).exit_code == 0
    assert json.loads(again.read_text(encoding="utf-8"))["kind"] == "shape+sound"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no such file"),
        (b"mark_id,name\n1,x\n", "expected columns mark_id, mark; found mark_id, name"),
        (b"", "found none"),
        ("mark_id,mark\n1,雀巢\n".encode("gb18030"), None),
        ("编号,mark\n".encode("gb18030"), "UTF-8"),
    ],
)
def test_unusable_marks_end_with_status_two(
    tmp_path: Path, content: bytes | None, said: str | None
) -> None:
    """One clear line and status 2; a row in another encoding is only rejected."""
    path = tmp_path / "marks.csv"
    if content is not None:
        path.write_bytes(content)
    rejects = tmp_path / "rejects.csv"
    result = run("index", path, "-o", tmp_path / "idx", "--rejects", rejects)
    if said is None:
        assert result.exit_code == 0
        assert rows(rejects)[0]["reason"] == "not valid UTF-8"
        return
    assert result.exit_code == 2
    assert said in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_repeated_ids_and_strange_places_are_refused(tmp_path: Path, marks: Path) -> None:
    """A repeated mark_id is a reject; an unknown ending and a missing index are unusable."""
    marks.write_text("mark_id,mark\nm1,雀巢\nm1,银鹭\n", encoding="utf-8")
    rejects = tmp_path / "rejects.csv"
    assert run("index", marks, "-o", tmp_path / "idx", "--rejects", rejects).exit_code == 0
    assert rows(rejects)[0]["reason"] == "mark_id m1 was already on line 2"
    assert run("index", tmp_path / "x.xlsx", "-o", tmp_path / "idx").exit_code == 2
    queries = tmp_path / "q.csv"
    queries.write_text("query_id,query\n1,雀巢\n", encoding="utf-8")
    missing = run("search", tmp_path / "none", queries, "-o", tmp_path / "o.csv")
    assert missing.exit_code == 2
    assert "index.json" in missing.output


def test_building_shapes_needs_its_inputs(tmp_path: Path) -> None:
    """build-shapes names the file it cannot find."""
    result = run(
        "build-shapes",
        *(tmp_path / f"{name}.txt" for name in ("ids", "ts", "order")),
        "-o",
        tmp_path,
    )
    assert result.exit_code == 2
