"""What the index of figures finds, what it does not, and how it changes."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.engines.figures.logos import ALTERATIONS, logo, png
from zhixing.engines.figures import KINDS, FigureIndex, UnusableFigureIndex, describe, phrases
from zhixing.engines.figures.whole import histogram, turned

MARKS, ASKED = 120, 12

# The least share of queries whose mark is among the first ten, well below what was measured
# (docs/methods/figures.md), so that only a real loss fails.
LEAST = {
    "turned by 30°": 0.8,
    "with letters": 0.7,
    "mirrored, with letters": 0.7,
    "negative, with letters": 0.7,
    "two thirds of it": 0.7,
}


@pytest.fixture(scope="module")
def described() -> Any:
    return describe([png(logo(number)) for number in range(MARKS)])


@pytest.fixture(scope="module")
def index(described: Any) -> FigureIndex:
    return FigureIndex.build([str(number) for number in range(MARKS)], described)


@pytest.mark.parametrize("name", ALTERATIONS)
def test_an_altered_mark_is_found(index: FigureIndex, name: str) -> None:
    """What imitators do to a logo does not hide it."""
    numbers = range(0, MARKS, MARKS // ASKED)
    queries = describe([png(ALTERATIONS[name](logo(number))) for number in numbers])
    found = [
        str(number) in [hit.key for hit in index.search(query, 10)]
        for number, query in zip(numbers, queries, strict=True)
    ]
    assert sum(found) >= math.ceil(LEAST.get(name, 0.95) * len(found))


@pytest.mark.parametrize(
    ("name", "kind"),
    [("negative", "inverted"), ("mirrored", "mirrored"), ("turned by 90°", "rotated"),
     ("small", "whole"), ("with letters", "part")],
)  # fmt: skip
def test_the_kind_says_what_was_done(index: FigureIndex, name: str, kind: str) -> None:
    """Most hits are of the kind that names the alteration, and their reasons say it in words."""
    kinds = []
    for number in range(0, MARKS, MARKS // ASKED):
        hits = index.search(describe([png(ALTERATIONS[name](logo(number)))]), 10)
        kinds += [hit.kind for hit in hits if hit.key == str(number)]
        assert all(reason.text for hit in hits for reason in hit.reasons)
        assert all(hit.reasons and hit.kind in KINDS for hit in hits)
    assert kinds.count(kind) > 0.7 * len(kinds)


def test_strangers_are_seldom_shown(index: FigureIndex) -> None:
    """A logo of its own brings up few of the others, and none as good as certain."""
    queries = describe([png(logo(number)) for number in range(9000, 9010)])
    hits = [index.search(query, 100) for query in queries]
    assert sum(map(len, hits)) / len(hits) < 0.06 * MARKS
    assert max((hit.score for each in hits for hit in each), default=0) < 0.9


def test_best_first_and_the_same_again(index: FigureIndex, described: Any) -> None:
    """A mark finds itself first with full score; scores fall; asking again changes nothing."""
    hits = index.search(described[7], 20)
    assert (hits[0].key, round(hits[0].score, 3), hits[0].kind) == ("7", 1.0, "whole")
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert index.search(described[7], 20) == hits
    assert len(index.search(described[7], 1)) == 1


def test_add_and_remove_equal_a_new_index(index: FigureIndex, described: Any) -> None:
    """What is added is found, what is removed is not, and nothing else changes."""
    small = FigureIndex.build([str(n) for n in range(50)], described[:50])
    grown = small.add([str(n) for n in range(50, MARKS)], described[50:])
    assert grown.keys == index.keys
    assert grown.search(described[70], 10) == index.search(described[70], 10)
    assert "70" not in [hit.key for hit in small.search(described[70], 100)]
    left = grown.remove(["70", "not there"])
    assert len(left) == MARKS - 1
    assert "70" not in [hit.key for hit in left.search(described[70], 100)]
    replaced = small.add(["3"], described[70:71])
    assert replaced.search(described[70], 1)[0].key == "3"
    assert len(replaced) == 50


def test_an_index_comes_back_from_disk(index: FigureIndex, described: Any, tmp_path: Path) -> None:
    """Saved and loaded, it answers alike; a folder that is none says so."""
    index.save(tmp_path / "idx")
    assert FigureIndex.load(tmp_path / "idx").search(described[5], 5) == index.search(
        described[5], 5
    )
    with pytest.raises(UnusableFigureIndex, match="no index of figures"):
        FigureIndex.load(tmp_path)
    (tmp_path / "idx" / "figures.json").write_text('{"format": 0}')
    with pytest.raises(UnusableFigureIndex, match="expected format"):
        FigureIndex.load(tmp_path / "idx")


def test_an_empty_index_answers() -> None:
    """Without marks there are no hits."""
    none = FigureIndex.build([], describe([]))
    assert none.search(describe([png(logo(1))])) == []


def test_wrong_calls_are_refused(described: Any) -> None:
    """Numbers that do not fit are named."""
    with pytest.raises(ValueError, match="as many keys"):
        FigureIndex.build(["1"], described[:2])
    with pytest.raises(ValueError, match="every key once"):
        FigureIndex.build(["1", "1"], described[:2])
    with pytest.raises(ValueError, match="k must be"):
        FigureIndex.build(["1"], described[:1]).search(described[0], 0)


@pytest.mark.parametrize("quarter", range(4))
@pytest.mark.parametrize("mirror", [False, True])
def test_turned_histograms_are_those_of_the_turned_picture(quarter: int, mirror: bool) -> None:
    """Permuting cells and bins gives what drawing the picture turned would give."""
    from zhixing.engines.figures.decode import decode
    from zhixing.engines.figures.prepare import prepare

    canvas = prepare(decode(png(logo(11)))).canvas
    drawn = np.ascontiguousarray(np.rot90(canvas[:, ::-1] if mirror else canvas, quarter))
    views = turned(histogram(canvas))
    difference = views[4 * mirror + quarter].astype(int) - histogram(drawn).astype(int)
    assert np.abs(difference).max() <= 1


def test_every_reason_is_documented() -> None:
    """Every reason code stands in the manual page."""
    page = Path(__file__).parents[3] / "docs" / "methods" / "figures.md"
    text = page.read_text(encoding="utf-8")
    assert [code for code in phrases() if f"`{code}`" not in text] == []
    assert [kind for kind in KINDS if f"`{kind}`" not in text] == []
