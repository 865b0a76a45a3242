"""Index, guard and judge."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from zhixing.engines.lookalike import (
    KINDS,
    Guard,
    Index,
    UnusableIndex,
    build_index,
    guard,
    judge,
    reasons_of,
)
from zhixing.engines.lookalike.build.imitation import imitations, ordinary_names

FAMOUS = [
    "雀巢",
    "两面针",
    "喜之郎",
    "银鹭",
    "海天",
    "霸王",
    "费列罗",
    "云南白药",
    "COLGATE",
    "FILA",
]


@pytest.fixture(scope="module")
def crowd() -> list[str]:
    """Ten thousand ordinary trade names and the famous marks before them."""
    return FAMOUS + ordinary_names(10_000, np.random.default_rng(7))


@pytest.fixture(scope="module")
def crowd_index(crowd: list[str]) -> Index:
    """The crowd indexed."""
    return build_index(crowd)


@pytest.mark.parametrize(
    ("name", "mark", "kind"),
    [
        ("两面什", "两面针", "shape"),
        ("银露", "银鹭", "sound"),
        ("费列萝", "费列罗", "shape+sound"),
        ("喜郎之", "喜之郎", "order"),
        ("COLGOTE", "COLGATE", "latin"),
        ("香港雀巢国际食品集团有限公司监制", "雀巢", "affix"),
        ("雀巢", "雀巢", "identical"),
        ("金雀巢", "雀巢", "insert"),
        ("云南白", "云南白药", "delete"),
    ],
)
def test_look_alike_finds_its_mark(
    crowd: list[str], crowd_index: Index, name: str, mark: str, kind: str
) -> None:
    """The famous mark is the first answer, with the kind of likeness named."""
    first = crowd_index.search([name], 10).slice(0, 1).to_pylist()[0]
    assert (first["mark"], first["rank"], first["kind"]) == (mark, 1, kind)
    assert kind in KINDS
    assert first["ms"] >= 0


def test_scores_fall_with_rank(crowd_index: Index) -> None:
    """Answers come best first; equal scores by row."""
    table = crowd_index.search(["海夭"], 50)
    found = list(zip(table["score"].to_pylist(), table["mark_row"].to_pylist(), strict=True))
    assert found == sorted(found, key=lambda pair: (-pair[0], pair[1]))
    assert table["rank"].to_pylist() == list(range(1, len(found) + 1))


def test_bare_mark_comes_before_a_full_name() -> None:
    """Of equal scores the mark itself is shown before companies of that trade name."""
    index = build_index(["上海银鹭食品有限公司", "厦门银鹭商贸有限公司", "银鹭"])
    assert index.search(["银路"], 3, each=3)["mark_row"].to_pylist() == [2, 0, 1]


def test_saved_index_answers_alike(tmp_path: Path, crowd_index: Index) -> None:
    """An index read back from disk gives the same table."""
    crowd_index.save(tmp_path / "idx")
    again = Index.load(tmp_path / "idx")
    queries = ["两面什", "雀剿", "COLGOTE"]
    columns = ["query_row", "mark_id", "score", "kind", "reasons"]
    before, after = crowd_index.search(queries, 5), again.search(queries, 5)
    assert before.select(columns).equals(after.select(columns))
    assert again.nbytes == crowd_index.nbytes


def test_unusable_index_says_what_is_wrong(tmp_path: Path, crowd_index: Index) -> None:
    """A missing folder, another format and a lost file are told apart."""
    with pytest.raises(UnusableIndex, match=r"index\.json"):
        Index.load(tmp_path / "nothing")
    build_index(["雀巢"]).save(tmp_path / "idx")
    (tmp_path / "idx" / "cells.npy").unlink()
    with pytest.raises(UnusableIndex, match="incomplete"):
        Index.load(tmp_path / "idx")
    about = json.loads((tmp_path / "idx" / "index.json").read_text())
    (tmp_path / "idx" / "index.json").write_text(json.dumps({**about, "format": 99}))
    with pytest.raises(UnusableIndex, match="found 99"):
        Index.load(tmp_path / "idx")


def test_bad_parameters_are_named() -> None:
    """Parameters out of range say what was expected and what came."""
    index = build_index(["雀巢"])
    with pytest.raises(ValueError, match="from 1 to 1000; got 0"):
        index.search(["雀巢"], 0)
    with pytest.raises(ValueError, match=r"in \[0, 1\]; got 2"):
        guard(["雀巢"], ["雀巢"], min_probability=2)
    with pytest.raises(ValueError, match="at least 1; got 0"):
        guard(["雀巢"], ["雀巢"], workers=0)
    with pytest.raises(ValueError, match="got 1 and 2"):
        judge(["雀巢"], ["雀巢", "鸟巢"])


def test_nothing_in_gives_nothing_out() -> None:
    """Empty columns, empty names and names of unknown characters are answered with no rows."""
    assert build_index([]).search(["雀巢"], 5).num_rows == 0
    assert build_index(["雀巢"]).search(["", "!!", "ひらがな"], 5).num_rows == 0
    assert guard([], ["雀巢"]).num_rows == 0
    assert guard(["", "乐清市建设开发公司"], ["雀巢"]).num_rows == 0
    assert judge([], []).num_rows == 0
    assert judge(["雀巢"], [""])["score"].to_pylist() == [0.0]


def test_guard_hit_names_position_and_channel() -> None:
    """A hit carries the differing characters, where they stand, and a sentence to paste."""
    (hit,) = guard(
        ["上海两面什日化有限公司", "上海光阳机械有限公司"], ["两面针", "喜之郎"]
    ).to_pylist()
    assert (hit["name_row"], hit["mark"], hit["kind"]) == (0, "两面针", "shape")
    assert 0.5 <= hit["probability"] <= 1
    (reason,) = hit["reasons"]
    assert (reason["code"], reason["channel"], reason["position"]) == ("shape", "glyph", 3)
    assert (reason["a"], reason["b"], reason["b_position"]) == ("针", "什", 5)
    assert hit["text"] == "第3字“什”与“针”字形相近(0.77)"
    (again,) = reasons_of(hit["reasons"])
    assert again.evidence["channel"] == "glyph"


def test_identical_trade_name_is_identical() -> None:
    """The same trade name under another division, industry and form is identical."""
    (hit,) = guard(["杭州雀巢食品有限公司"], ["雀巢"]).to_pylist()
    assert (hit["kind"], hit["score"]) == ("identical", 1.0)
    (hit,) = guard(["杭州覇王日化有限公司"], ["霸王洗发"]).to_pylist() or [None]
    assert hit is None or hit["kind"] != "identical"
    (pair,) = judge(["霸王"], ["覇王"]).to_pylist()
    assert pair["kind"] == "identical"
    assert [reason["code"] for reason in pair["reasons"]][:2] == ["identical", "folded"]


def test_sweep_does_not_depend_on_chunks_or_threads(crowd: list[str]) -> None:
    """Chunks, threads and short output buffers change nothing in the answer."""
    rng = np.random.default_rng(5)
    names = ordinary_names(45_000, rng) + [name for _, name, _ in imitations(crowd[:300], rng)]
    prepared = Guard(crowd[:300])
    whole = prepared.sweep(names, min_probability=0.1)
    assert whole.num_rows > 300
    assert prepared.sweep(names, min_probability=0.1, workers=2).equals(whole)
    cut = 20_111
    parts = [prepared.sweep(names[:cut], min_probability=0.1)]
    parts.append(prepared.sweep(names[cut:], min_probability=0.1))
    joined = pa.concat_tables(parts).drop_columns(["name_row"])
    assert joined.equals(whole.drop_columns(["name_row"]))


def test_probability_decides_what_is_a_hit() -> None:
    """Raising the least probability only removes hits; 0 keeps all that is comparable."""
    names = ordinary_names(5_000, np.random.default_rng(11))
    rows = [guard(names, FAMOUS, min_probability=p).num_rows for p in (0.0, 0.05, 0.5, 0.99, 1.0)]
    assert rows == sorted(rows, reverse=True)
    assert rows[0] > rows[-1] == 0


def test_ordinary_names_rarely_alarm() -> None:
    """Of made-up ordinary names well under one in two hundred alarms."""
    names = ordinary_names(20_000, np.random.default_rng(13))
    hits = guard(names, FAMOUS)
    assert len(set(hits["name_row"].to_pylist())) < 100


def test_judge_separates_look_alikes_from_near_misses() -> None:
    """Look-alikes are confusing; names that only share a character are not."""
    alike = judge(
        ["银鹭", "小护士", "费列罗", "CASIO", "雀巢"],
        ["银路", "小护土", "菲列罗", "CASOI", "香港雀巢国际食品集团有限公司监制"],
    )
    assert alike["confusing"].to_pylist() == [True] * 5
    other = judge(
        ["双汇", "恒源祥", "晨光", "CANON", "椰树"], ["双星", "恒大", "阳光", "CANDY", "树人"]
    )
    assert other["confusing"].to_pylist() == [False] * 5
