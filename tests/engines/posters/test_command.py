"""`zhixing adlaw posters` and `transcripts` on files, with rules of a bureau's own."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from tests.engines.posters.drawn import Poster
from zhixing.cli.adlaw import adlaw

RULE = """
[[rule]]
id = "{id}"
family = "{family}"
title_zh = "试验"
title_en = "Trial"
articles = [{{ instrument = "advertising-law", article = "9(3)" }}]
severity = "serious"
valid_from = 2015-09-01
confidence = "local"
patterns = ["{pattern}"]
absent = {absent}
strength = 0.9
reason_zh = "试验用的理由"
reason_en = "A reason for trial"
hits = [{{ text = "{hit}", scope = "full" }}]
lawful = [{{ text = "{lawful}", scope = "full" }}]
"""


@pytest.fixture(autouse=True)
def own_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rules that no built-in list holds: a word, and a word that must not be missing."""
    folder = tmp_path / "law" / "advertising" / "rules"
    folder.mkdir(parents=True)
    word = RULE.format(
        id="trial-word", family="ABSOLUTE_TERM", pattern="翡翠玲珑", absent="false",
        hit="翡翠玲珑阁", lawful="玲珑阁",
    )  # fmt: skip
    missing = RULE.format(
        id="trial-missing", family="HF_WARNING_MISSING", pattern="青山字号", absent="true",
        hit="只有别的", lawful="青山字号",
    )  # fmt: skip
    (folder / "trial.toml").write_text(word + missing, encoding="utf-8")
    monkeypatch.setenv("ZHIXING_LAW_DIR", str(tmp_path / "law"))


def run(command: str, *arguments: object) -> Result:
    return CliRunner().invoke(adlaw, [command, *map(str, arguments)])


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def trial(row: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The findings of the two rules of this file."""
    return {f["rule"]: f for f in row["findings"] if f["rule"].startswith("trial-")}


@pytest.fixture
def poster(tmp_path: Path) -> Path:
    """Headline with the word, body, and a statutory sentence in small print."""
    drawn = Poster().write("翡翠玲珑阁", 60, 40, 90).write("保健食品专场", 60, 200, 40)
    drawn.write("本品不能代替药物", 60, 640, 14)
    path = tmp_path / "海报.png"
    drawn.picture.save(path)
    return path


def test_findings_stand_where_the_words_stand(poster: Path, tmp_path: Path) -> None:
    """Text, boxes of the finding, an absence without a place, the size of the small print."""
    out = tmp_path / "out.jsonl"
    done = run("posters", poster, "-o", out, "--threads", 1)
    assert (done.exit_code, done.stderr) == (0, "1 pictures read, 0 rejected\n")
    (row,) = rows_of(out)
    assert row["text"] == "翡翠玲珑阁\n保健食品专场\n本品不能代替药物"
    assert (row["id"], row["width"], row["height"]) == (str(poster), 900, 700)
    found = trial(row)
    (box,) = found["trial-word"]["boxes"]
    assert box == pytest.approx([60, 40, 60 + 4 * 90, 130], abs=16)
    assert found["trial-missing"]["boxes"] == []
    (sentence,) = row["statements"]
    assert (sentence["code"], sentence["small"]) == ("health_food", True)
    assert sentence["of_main"] == pytest.approx(14 / 90, abs=0.06)


def test_an_excerpt_lacks_nothing(poster: Path, tmp_path: Path) -> None:
    """Part of a picture says nothing about what the whole leaves out."""
    out = tmp_path / "out.jsonl"
    assert run("posters", poster, "-o", out, "--scope", "excerpt", "--threads", 1).exit_code == 0
    assert set(trial(rows_of(out)[0])) == {"trial-word"}


def test_copies_show_the_findings(poster: Path, tmp_path: Path) -> None:
    """A red frame around the word, notes below; same names from two folders do not collide."""
    other = tmp_path / "other" / poster.name
    other.parent.mkdir()
    other.write_bytes(poster.read_bytes())
    out, folder = tmp_path / "out.jsonl", tmp_path / "drawn"
    done = run("posters", poster, other, "-o", out, "--draw", folder, "--threads", 1)
    assert done.exit_code == 0
    assert sorted(file.name for file in folder.iterdir()) == ["海报-1.png", "海报-2.png"]
    with Image.open(folder / "海报-1.png") as drawn:
        assert drawn.height > 700
        red = (np.asarray(drawn.convert("RGB"))[:700] == (0xC9, 0x2A, 0x2A)).all(axis=2)
    rows, columns = np.nonzero(red)
    assert (columns.max() < 450, rows.max() < 160) == (True, True)
    assert red.sum() > 1000


def test_what_is_no_picture_is_rejected_and_the_rest_read(poster: Path, tmp_path: Path) -> None:
    """One row for the good one, one reject with its reason for each other."""
    broken, gone = tmp_path / "broken.png", tmp_path / "gone.png"
    broken.write_bytes(b"no picture")
    out, rejects = tmp_path / "out.jsonl", tmp_path / "rejects.csv"
    done = run("posters", broken, poster, gone, "-o", out, "--rejects", rejects, "--threads", 1)
    assert done.exit_code == 0
    assert "1 pictures read, 2 rejected" in done.stderr
    assert [row["id"] for row in rows_of(out)] == [str(poster)]
    assert "not a readable picture" in rejects.read_text(encoding="utf-8")


def test_without_the_extra_one_line_says_what_to_install(
    poster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Status 2 and no file."""
    monkeypatch.setitem(sys.modules, "faster_paddle", None)
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    out = tmp_path / "out.jsonl"
    done = run("posters", poster, "-o", out)
    assert done.exit_code == 2
    assert done.stderr == (
        "Error: Reading pictures needs faster_paddle or rapidocr, which is not installed:"
        " pip install 'zhixing[ocr]'\n"
    )
    assert not out.exists()


def test_a_place_that_cannot_be_written_is_told(poster: Path, tmp_path: Path) -> None:
    """The file, and the folder of copies."""
    nowhere = tmp_path / "no" / "out.jsonl"
    done = run("posters", poster, "-o", nowhere, "--threads", 1)
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "no/out.jsonl: cannot be written" in done.stderr
    done = run("posters", poster, "-o", tmp_path / "o", "--typeface", poster, "--draw", tmp_path)
    assert done.exit_code == 2
    assert "not a usable typeface" in done.stderr


def test_findings_in_speech_have_their_times(tmp_path: Path) -> None:
    """From the beginning of the first cue to the end of the last that the words touch."""
    file, out = tmp_path / "live.srt", tmp_path / "out.jsonl"
    file.write_text(
        "1\n00:00:05,000 --> 00:00:07,000\n大家好\n\n"
        "2\n01:02:03,500 --> 01:02:06,000\n翡翠玲珑新款到了\n",
        encoding="utf-8",
    )
    done = run("transcripts", file, "-o", out)
    assert (done.exit_code, done.stderr) == (0, "1 transcripts read, 0 rejected\n")
    (row,) = rows_of(out)
    found = trial(row)
    assert (found["trial-word"]["from"], found["trial-word"]["to"]) == (3723.5, 3726.0)
    assert found["trial-word"]["at"] == "01:02:03"
    assert found["trial-missing"]["at"] is None
    assert row["cues"][0] == {"from": 5.0, "to": 7.0, "text": "大家好"}


def test_a_transcript_without_times_is_rejected(tmp_path: Path) -> None:
    """Also one in another encoding, and one that is not there."""
    plain, gbk = tmp_path / "plain.txt", tmp_path / "gbk.srt"
    plain.write_text("没有时间", encoding="utf-8")
    gbk.write_bytes("00:10 你好".encode("gbk"))
    out = tmp_path / "out.jsonl"
    done = run("transcripts", plain, gbk, tmp_path / "gone.srt", "-o", out)
    assert done.exit_code == 0
    assert "expected time codes" in done.stderr
    assert "0 transcripts read, 3 rejected" in done.stderr
    assert rows_of(out) == []
