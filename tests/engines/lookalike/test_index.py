"""The index against its own definition: every mark aligned, every change as if built anew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhixing.engines.lookalike import CHANNELS, Guard, Index, build_index, decision, judge, seeking
from zhixing.engines.lookalike.build.imitation import imitations, ordinary_names
from zhixing.engines.lookalike.cores import cores
from zhixing.engines.lookalike.reasons import compare

FOUND = ["query_row", "rank", "mark_id", "mark", "score", "probability", "kind", "reasons"]
# Characters with many relations among them, letters, one the alphabet does not know.
LETTERS = "帅师狮王玉主天夭大太诗是士土阿啊里黑利丽力金斤a1ilo0ecあ"
words = st.text(st.sampled_from(LETTERS), min_size=0, max_size=9)
texts = st.one_of(
    words,
    words.map(lambda word: f"南昌市{word}食品有限公司"),
    st.text(st.sampled_from("cognale1"), min_size=2, max_size=12),
    st.sampled_from(
        "苹果 APPLE 日头 太阳 SUN WANGSHI 王师 LVHUA LUHUA 绿华 青岛啤酒 雪花啤酒 雪花 雪茶啤酒"
        " 长城汽车 沈阳雪花啤酒有限公司 青鸟啤酒厂 哈尔滨锅炉有限公司 香港青岛啤酒国际集团".split()
    ),
)


@pytest.fixture(scope="module")
def crowd() -> list[str]:
    """Ordinary trade names, half of them within full names, and some letters."""
    rng = np.random.default_rng(7)
    names = ordinary_names(6_000, rng)
    full = [f"九江市{name}贸易有限公司" for name in ordinary_names(4_000, rng)]
    letters = ["".join(rng.choice(list("COLGATENIKE"), rng.integers(2, 10))) for _ in range(500)]
    return [*names, *full, *letters, "龙", "一品天下第一楼大酒店", "雀巢", "COLGATE"]


def _numbered(marks: Sequence[str], first: int = 0) -> pa.Table:
    return pa.table({"mark_id": [f"m{first + at}" for at in range(len(marks))], "mark": marks})


def _same(one: pa.Table, other: pa.Table) -> bool:
    return bool(one.select(FOUND).equals(other.select(FOUND)))


@pytest.mark.parametrize("channel", CHANNELS)
def test_search_is_the_exact_scan(crowd: list[str], channel: str) -> None:
    """The first hundred are those of aligning every mark, rank by rank, in every channel."""
    index = build_index(crowd)
    made = [name for _, name, _ in imitations(crowd[:40], np.random.default_rng(3))]
    queries = [*made[::3], "龙", "COLGOTE", "一品天下第一楼", "雀剿", "3只松鼠", "あい"]
    for k in (1, 10, 100):
        fast = index.search(queries, k, channel=channel)
        assert _same(fast, index.scan(queries, k, channel=channel))
    assert fast.num_rows > 70 * len(queries)


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, max_size=40), st.lists(texts, min_size=1, max_size=4), st.integers(1, 30))
def test_bounds_never_lose_a_mark(marks: list[str], queries: list[str], k: int) -> None:
    """Search equals the scan for whatever names there are."""
    index = build_index(marks)
    for channel in CHANNELS:
        fast = index.search(queries, k, channel=channel)
        assert _same(fast, index.scan(queries, k, channel=channel))


@settings(max_examples=30, deadline=None)
@given(st.lists(texts, min_size=1, max_size=30), texts)
def test_scan_is_every_pair_judged(marks: list[str], query: str) -> None:
    """The scan holds every mark that judging it by itself finds alike, by falling score.

    Those more than three times as long as the other are not comparable.
    """
    found = build_index(marks).scan([query], 1000, each=1000).to_pylist()
    alone = judge(marks, [query] * len(marks))["score"].to_pylist()
    scores = {row["mark_row"]: row["score"] for row in found}
    assert [row["score"] for row in found] == sorted(scores.values(), reverse=True)
    parts = cores([*marks, query])
    lengths = np.diff(parts.offsets).tolist()
    for row, score in enumerate(alone):
        longest, shortest = max(lengths[row], lengths[-1]), min(lengths[row], lengths[-1])
        if row in scores:
            assert scores[row] == pytest.approx(score, abs=1e-6)
        else:
            assert score < seeking.LEAST_SCORE + 1 / seeking.STEPS or longest > 3 * shortest


changes = st.lists(
    st.one_of(
        st.lists(texts, min_size=1, max_size=6),  # marks to add
        st.lists(st.integers(0, 40), min_size=1, max_size=6),  # numbers of marks to remove
    ),
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(texts, max_size=20), changes, st.lists(texts, min_size=1, max_size=3))
def test_changed_index_equals_one_built_anew(
    marks: list[str], steps: list[list[str] | list[int]], queries: list[str]
) -> None:
    """After any additions and removals, search, scan and sweep answer as a fresh index does."""
    index = build_index(_numbered(marks))
    guard = Guard(index)
    present = {f"m{row}": mark for row, mark in enumerate(marks)}
    given_out = len(marks)
    for step in steps:
        if isinstance(step[0], str):
            added = _numbered([str(mark) for mark in step], given_out)
            index.add(added)
            present |= dict(
                zip(added["mark_id"].to_pylist(), added["mark"].to_pylist(), strict=True)
            )
            given_out += len(step)
        else:
            gone = {f"m{number}" for number in step}
            assert index.remove(sorted(gone)) == len(gone & set(present))
            present = {name: mark for name, mark in present.items() if name not in gone}
        fresh = build_index(pa.table({"mark_id": list(present), "mark": list(present.values())}))
        assert len(index) == len(fresh) == len(present)
        assert _same(index.search(queries, 10), fresh.search(queries, 10))
        swept, wanted = (
            one.sweep(queries, min_probability=0.05).drop_columns(["mark_row"])
            for one in (guard, Guard(fresh))
        )
        assert swept.equals(wanted)


@settings(max_examples=30, deadline=None)
@given(st.lists(texts, min_size=1, max_size=12), st.lists(texts, min_size=1, max_size=6))
def test_sweep_is_every_pair_by_the_stream_model(marks: list[str], names: list[str]) -> None:
    """A sweep raises what judging every pair by the same model raises, at any probability."""
    parsed, held = cores(names), cores(marks)
    common, everyday_name = decision.everyday(held), decision.everyday(parsed)
    model = decision.decision().stream
    pairs = {
        (n, m): compare(mark, name, held, m, parsed, n, common[m], everyday_name[n], model)
        for n, name in enumerate(names)
        for m, mark in enumerate(marks)
    }
    for least in (0.05, 0.2, 0.5, 0.9):
        hits = Guard(marks).sweep(names, min_probability=least, explain=False)
        found = set(zip(hits["name_row"].to_pylist(), hits["mark_row"].to_pylist(), strict=True))
        assert found == {
            pair for pair, c in pairs.items() if c.probability >= least and c.score >= 0.5
        }


def test_changes_are_saved_over_the_open_index(tmp_path: Path) -> None:
    """An index loaded from a folder is changed, saved into it, and equals one built anew."""
    marks = ["雀巢", "两面针", "银鹭", "COLGATE"]
    build_index(_numbered(marks)).save(tmp_path / "idx")
    index, other = Index.load(tmp_path / "idx"), Index.load(tmp_path / "idx")
    index.add(_numbered(["海天", "雀巣"], 4))
    assert index.remove(["m1", "nothing"]) == 1
    index.save(tmp_path / "idx")
    queries = ["雀剿", "海夭", "两面什"]
    again = Index.load(tmp_path / "idx").search(queries, 5)
    kept = _numbered([*marks, "海天", "雀巣"]).take([0, 2, 3, 4, 5])
    fresh = build_index(kept).search(queries, 5)
    assert _same(again, fresh)
    assert again["mark_row"].equals(fresh["mark_row"])
    assert other.search(["两面什"], 1)["mark"].to_pylist() == ["两面针"]
    assert [path.name for path in tmp_path.iterdir()] == ["idx"]


def test_ids_are_not_given_twice() -> None:
    """A known or repeated id is refused and changes nothing; a removed one may come back."""
    index = build_index(_numbered(["雀巢", "银鹭"]))
    with pytest.raises(ValueError, match="m1 is in the index already"):
        index.add(_numbered(["海天"], 1))
    with pytest.raises(ValueError, match="m7 is in the index already or given twice"):
        index.add(pa.table({"mark_id": ["m7", "m7"], "mark": ["海天", "海夭"]}))
    assert len(index) == 2
    index.remove(["m1"])
    index.add(_numbered(["海天"], 1))
    assert index.search(["海夭"], 1)["mark_id"].to_pylist() == ["m1"]


def test_many_additions_are_merged() -> None:
    """A large second segment is merged into the first by itself, as is an index half removed."""
    names = ordinary_names(45_000, np.random.default_rng(2))
    index = build_index(_numbered(names[:100]))
    index.add(_numbered(names[100:20_000], 100))
    assert len(index.segments) == 2
    index.add(_numbered(names[20_000:], 20_000))
    assert len(index.segments) == 1
    index.remove([f"m{row}" for row in range(30_000)])
    assert (len(index), len(index.kept)) == (15_000, 0)


def test_marks_of_the_asked_classes_come_first() -> None:
    """Same or no class before others, best first in either part; the rest fills up the list."""
    marks = pa.table(
        {
            "mark_id": ["a", "b", "c", "d"],
            "mark": ["雀巢", "雀剿", "雀巢", "雀笼"],
            "classes": ["9", "30;32", "", "5,30"],
        }
    )
    index = build_index(marks)
    asked = pa.table({"query": ["雀巢", "雀巢"], "classes": ["30", ""]})
    found = index.search(asked, 4, each=4)
    by_query = [
        [row["mark_id"] for row in found.to_pylist() if row["query_row"] == at] for at in (0, 1)
    ]
    assert by_query == [["c", "b", "d", "a"], ["a", "c", "b", "d"]]
    index.add(pa.table({"mark_id": ["e"], "mark": ["雀巢"], "classes": ["30"]}))
    index.remove(["c"])
    assert index.search(asked.slice(0, 1), 2)["mark_id"].to_pylist() == ["e", "b"]
    index.compact()
    assert index.search(asked.slice(0, 1), 2)["mark_id"].to_pylist() == ["e", "b"]


def test_channels_are_lists_of_their_own() -> None:
    """By glyph a homophone is a stranger, by sound a look-alike is; merged both are found."""
    index = build_index(["两面针", "银鹭", "雀巢"])
    lists = index.search_lists(["两面什", "银路"], 2)
    best = {
        channel: {row["query_row"]: (row["mark"], row["score"]) for row in table.to_pylist()[::-1]}
        for channel, table in lists.items()
    }
    assert list(lists) == ["all", "glyph", "sound"]
    assert best["glyph"][0][1] == pytest.approx(best["all"][0][1], abs=1e-5)
    assert best["sound"][0] == ("两面针", pytest.approx(2 / 3, abs=0.01))
    assert best["all"][1][1] > best["sound"][1][1] > best["glyph"][1][1]
    with pytest.raises(ValueError, match="one of all, glyph, sound; got smell"):
        index.search(["银路"], 1, channel="smell")


def test_bytes_a_mark() -> None:
    """Postings of short names stay within 48 bytes a mark, beside the fixed tables."""
    index = build_index(ordinary_names(60_000, np.random.default_rng(4)))
    fixed = sum(segment.postings.starts.nbytes for segment in index.segments)
    assert (index.nbytes - fixed) / len(index) < 48
