"""Everybody who trades in the demo city: ordinary operators and planted ones, as import columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhixing.demo.brands import PLANTS, WATCHED, Plant
from zhixing.demo.names import (
    FORM_WEIGHTS,
    FORMS,
    INDUSTRIES,
    SELF_EMPLOYED,
    full_name,
    trade_names,
)
from zhixing.demo.places import CITY_NAME, Place, places
from zhixing.engines.identifiers import generate_uscc

SIZES = {"town": 5_000, "city": 200_000, "metro": 2_000_000}
SURNAMES = list(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔"
)
GIVEN = list("伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰建国志华文玉春梅红云飞波宁")
PHONE_HEADS = ("30", "35", "38", "50", "58", "77", "86", "99")
# Statuses of real registers: most operators are active, some have left.
STATUSES, STATUS_WEIGHTS = ("active", "deregistered", "revoked"), (0.9, 0.08, 0.02)
FIRST_DAY, LAST_DAY = date(2005, 1, 4), date(2026, 10, 30)


@dataclass(frozen=True, slots=True)
class Town:
    """The city's operators as import columns, and which of them were planted."""

    subjects: pa.Table
    # Enterprise name → the plant, for measuring the sweep; never stored in the database.
    truth: dict[str, Plant]


def build(size: str, seed: int) -> Town:
    """Make the operators of a city of the given size.

    Args:
        size: one of `SIZES`.
        seed: the same seed gives the same city.
    """
    rng = np.random.default_rng(seed)
    n = SIZES[size] - len(PLANTS)
    spots = [place for place in places() if place.level == "village"]
    planted = [_planted_name(plant, rng) for plant in PLANTS]
    names = _ordinary_names(n, rng, avoid=set(planted)) + planted
    industries = np.concatenate([
        rng.integers(0, len(INDUSTRIES), n),
        np.array([_industry_of(plant) for plant in PLANTS]),
    ])  # fmt: skip
    order = rng.permutation(len(names))
    names = [names[i] for i in order]
    table = _columns(names, industries[order], spots, rng)
    # A planted operator trades, or the sweep could not be held to the truth.
    trades = pc.is_in(table["name"], value_set=pa.array(planted))
    status = pc.if_else(trades, "active", table["status"])
    table = table.set_column(table.schema.get_field_index("status"), "status", status)
    return Town(table, dict(zip(planted, PLANTS, strict=True)))


def _ordinary_names(n: int, rng: np.random.Generator, avoid: set[str]) -> list[str]:
    """`n` distinct names that are none of the planted ones."""
    watched = {brand for brand, _protection, _industry in WATCHED}
    names: dict[str, None] = {}
    while len(names) < n:
        trade = trade_names(rng, n)
        industry = rng.integers(0, len(INDUSTRIES), n)
        form = rng.choice(FORMS, n, p=FORM_WEIGHTS)
        for t, i, f in zip(trade, industry, form, strict=True):
            name = full_name(CITY_NAME, t, INDUSTRIES[i][0], f)
            if t not in watched and name not in avoid:
                names[name] = None
    return list(names)[:n]


def _planted_name(plant: Plant, rng: np.random.Generator) -> str:
    if plant.full_name:
        return plant.full_name
    industry = INDUSTRIES[_industry_of(plant)][0]
    return full_name(CITY_NAME, plant.trade_name, industry, str(rng.choice(FORMS, p=FORM_WEIGHTS)))


def _industry_of(plant: Plant) -> int:
    wanted = next(industry for brand, _protection, industry in WATCHED if brand == plant.brand)
    return next(i for i, (words, _code) in enumerate(INDUSTRIES) if words == wanted)


def _columns(
    names: list[str], industries: np.ndarray, spots: list[Place], rng: np.random.Generator
) -> pa.Table:
    n = len(names)
    spot = [spots[i] for i in rng.integers(0, len(spots), n)]
    called = {place.code: place.name for place in places()}
    days = rng.integers(0, (LAST_DAY - FIRST_DAY).days, n)
    numbers = rng.integers(1, 400, n)
    columns = {
        "uscc": generate_uscc(rng, n, np.array([place.code[:6] for place in spot])),
        "name": names,
        "kind": [
            "self_employed" if name.endswith(SELF_EMPLOYED) else "enterprise" for name in names
        ],
        "industry": [INDUSTRIES[i][1] for i in industries],
        "status": rng.choice(STATUSES, n, p=STATUS_WEIGHTS),
        "address": [
            CITY_NAME + called[place.code[:6]] + called[place.code[:9]] + f"{place.name}{number}号"
            for place, number in zip(spot, numbers, strict=True)
        ],
        "region": [place.code for place in spot],
        "office": [place.code[:9] for place in spot],
        "longitude": np.round([place.longitude for place in spot] + rng.normal(0, 0.004, n), 5),
        "latitude": np.round([place.latitude for place in spot] + rng.normal(0, 0.003, n), 5),
        "phone": _phones(n, rng),
        "legal_representative": _people(n, rng),
        "registered_on": [(FIRST_DAY + timedelta(days=int(d))).isoformat() for d in days],
    }
    return pa.table({name: pa.array(map(str, values)) for name, values in columns.items()})


def _people(n: int, rng: np.random.Generator) -> list[str]:
    second = np.where(rng.random(n) < 0.6, rng.choice(GIVEN, n), "")
    names = zip(rng.choice(SURNAMES, n), rng.choice(GIVEN, n), second, strict=True)
    return ["".join(parts) for parts in names]


def _phones(n: int, rng: np.random.Generator) -> list[str]:
    heads, tails = rng.choice(PHONE_HEADS, n), rng.integers(0, 100_000_000, n)
    return [f"1{head}{tail:08d}" for head, tail in zip(heads, tails, strict=True)]
