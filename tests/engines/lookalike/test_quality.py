"""The engine is better than plain edit distance on look-alikes it was not shown.

Where the shared development pairs are at hand (``ZHIXING_SHARED``, or ``shared`` beside the
checkout) they are one more case.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from rapidfuzz import fuzz

from zhixing.engines.lookalike import judge
from zhixing.engines.lookalike.build.imitation import imitations, near_misses

Pairs = tuple[list[tuple[str, str]], list[tuple[str, str]]]

_HERE = Path(__file__).resolve().parents[3]
_SHARED = Path(os.environ.get("ZHIXING_SHARED") or _HERE.parent / "shared")
_PAIRS = _SHARED / "data" / "brand" / "dev_pairs.tsv"


def made_by_rule() -> Pairs:
    """Look-alikes and near misses of invented marks."""
    rng = np.random.default_rng(17)
    marks = [
        "柏翎",
        "沁禾园",
        "朗逸斯",
        "鹿鸣泉",
        "七彩雀",
        "铭蓝",
        "砚池春",
        "稻语",
        "VELTINO",
        "KORASI",
    ]
    marks += [
        "苍岭",
        "望舒阁",
        "青黛坊",
        "麦朵朵",
        "栖霞堂",
        "桐庐记",
        "墨痕",
        "溪谷源",
        "云裳里",
        "枫桥",
    ]
    alike = [(a, b) for a, b, kind in imitations(marks, rng) if kind in ("shape", "sound", "latin")]
    return alike, list(near_misses(marks, rng))


def development() -> Pairs:
    """The shared development pairs."""
    rows = [line.split("\t") for line in _PAIRS.read_text("utf-8").splitlines()[1:]]
    alike = [(row[0], row[1]) for row in rows if not row[2].startswith("neg")]
    return alike, [(row[0], row[1]) for row in rows if row[2].startswith("neg")]


SETS = [made_by_rule, *([development] if _PAIRS.is_file() else [])]


def _auc(score: NDArray[np.float64], count: int) -> float:
    above = score[:count, None] - score[count:]
    return float((above > 0).mean() + 0.5 * (above == 0).mean())


@pytest.mark.parametrize("pairs", SETS, ids=lambda pairs: pairs.__name__)
def test_verdicts_beat_edit_distance(pairs: object) -> None:
    """Scores and probabilities tell look-alikes from near misses, edit distance hardly."""
    assert callable(pairs)
    alike, unlike = pairs()
    both = alike + unlike
    judged = judge([a for a, _ in both], [b for _, b in both])
    ratio = np.array([fuzz.ratio(a.lower(), b.lower()) for a, b in both])
    for column in ("score", "probability"):
        ours = _auc(judged[column].to_numpy().astype(float), len(alike))
        assert ours > 0.95
        assert ours > _auc(ratio, len(alike)) + 0.1
    confusing = judged["confusing"].to_numpy(zero_copy_only=False)
    assert confusing[: len(alike)].mean() > 0.85
    assert confusing[len(alike) :].mean() < 0.1
