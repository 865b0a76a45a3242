"""Near-duplicates: what prints of one advertisement are found, what others are kept apart."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from zhixing.engines.neardup import BANDS, SAME, bands, key_of, likeness, plain, signatures

WORDS = (
    "示范 酱油 老味道 新品 上市 每天 现做 手工 传统 工艺 精选 大豆 自然 晒制 家家 喜爱 欢迎 品尝 "
    "送货 上门 满减 优惠 门店 地址 人民路 电话 咨询 会员 积分 周末 活动 全家 团圆 好礼 相送 限时 "
    "健康 早餐 牛奶 面包 水果 新鲜 直达 产地 果园 采摘 甜蜜 多汁 清脆 爽口 冷链 配送 次日 达"
).split()


def text(rng: np.random.Generator, words: int) -> str:
    """A made-up advertisement of so many words."""
    return "，".join("".join(rng.choice(WORDS, 4)) for _n in range(words // 4))


def varied(rng: np.random.Generator, original: str) -> str:
    """The same advertisement as another medium prints it: symbols, a phone number, some words."""
    kind = int(rng.integers(4))
    if kind == 0:
        return "★".join(original)
    if kind == 1:
        return f"{original}，电话{rng.integers(10**7, 10**8)}"
    place = int(rng.integers(0, len(original) - 4))
    if kind == 2:
        return original[:place] + original[place + 3 :]
    return original[:place] + str(rng.choice(WORDS)) + original[place:]


def share_a_band(a: str, b: str) -> bool:
    """Whether two texts become candidates."""
    found = bands(signatures([a, b]))
    return bool(set(found[0].tolist()) & set(found[1].tolist()))


def test_variants_are_found_and_other_texts_are_not() -> None:
    """Of 400 variants at least 97 in 100 are found; of 400 other texts none is taken for one."""
    rng = np.random.default_rng(7)
    originals = [text(rng, 24) for _n in range(400)]
    variants = [varied(rng, one) for one in originals]
    found = [
        share_a_band(a, b) and likeness(a, b) >= SAME
        for a, b in zip(originals, variants, strict=True)
    ]
    assert sum(found) >= 0.97 * len(found), sum(found)
    assert not [pair for pair in pairwise(originals) if likeness(*pair) >= SAME]


def test_a_signature_does_not_depend_on_the_batch() -> None:
    """Texts of any length stand side by side, one of them empty and one a single character."""
    texts = ["", "酒", "酒水", "老味道酱油新品上市"]
    together = signatures(texts)
    alone = np.concatenate([signatures([one]) for one in texts])
    assert (together == alone).all()
    assert bands(together).shape == (4, BANDS)


def test_signatures_agree_as_often_as_the_sets_of_runs_are_alike() -> None:
    """The mean agreement over many pairs is near the Jaccard likeness (MinHash)."""
    rng = np.random.default_rng(3)

    def jaccard(a: str, b: str) -> float:
        runs = [{one[i : i + 3] for i in range(len(one) - 2)} for one in (plain(a), plain(b))]
        return len(runs[0] & runs[1]) / len(runs[0] | runs[1])

    errors = []
    for _n in range(60):
        a = text(rng, 24)
        b = varied(rng, a)
        pair = signatures([a, b])
        errors.append(float((pair[0] == pair[1]).mean()) - jaccard(a, b))
    assert abs(float(np.mean(errors))) < 0.04


@pytest.mark.parametrize(
    ("a", "b"),
    [("国家级，好茶", "国★家-级 好茶"), ("ＡＢ１２", "ab12"), ("冠军👑茶", "冠军 👑 茶")],
)
def test_symbols_and_width_do_not_tell_texts_apart(a: str, b: str) -> None:
    """Equal keys."""
    assert key_of(a) == key_of(b)


def test_pictures_that_stand_for_words_do() -> None:
    """冠军👑 is not 冠军🍵."""
    assert key_of("冠军👑") != key_of("冠军🍵")
