"""Ordinary enterprise names for the demo, drawn from hand-written word lists."""

from __future__ import annotations

import numpy as np

# Characters that trade names are commonly made of; the pairs and triples are drawn at random.
FIRST = (
    "鑫宏盛华金恒永佳泰瑞德祥兴隆顺达安康福乐美嘉源丰广通润信诚博远东"
    "南北新天海江山云龙凤春晨明阳光华联万众合和正大长久百利吉庆富贵雅致"
)
SECOND = (
    "达源丰盛昌隆泰和顺祥瑞兴旺发利通康宁安乐福田园林海洋江河湖泉川峰"
    "岭霞辉煌腾飞跃进展宇航科创智慧美佳嘉诚信义德馨香味鲜农果茶稻麦禾"
)
THIRD = "达源丰盛泰和顺祥兴利通康安乐福园林海江泉川峰辉腾飞宇航"

INDUSTRIES: tuple[tuple[str, str], ...] = (
    # words in the name, GB/T 4754 code
    ("食品", "F5129"), ("食品经营", "F5229"), ("超市", "F5212"), ("便利店", "F5213"),
    ("粮油", "F5121"), ("调味品", "F5129"), ("酒业", "F5127"), ("茶叶", "F5126"),
    ("水产", "F5124"), ("乳业", "C1440"), ("餐饮", "H6210"), ("餐饮管理", "H6210"),
    ("医药", "F5251"), ("日化", "F5134"), ("化妆品", "F5134"), ("服饰", "F5132"),
    ("体育用品", "F5142"), ("电器", "F5137"), ("五金", "F5174"), ("建材", "F5165"),
    ("装饰材料", "F5283"), ("装饰工程", "E5010"), ("汽车配件", "F5172"), ("汽车维修", "O8111"),
    ("文具", "F5141"), ("农资", "F5166"), ("农业科技", "M7511"), ("种植", "A0141"),
    ("养殖", "A0390"), ("贸易", "F5199"), ("商贸", "F5199"), ("科技", "M7590"),
    ("电子商务", "F5292"), ("物流", "G5431"), ("广告", "L7259"), ("文化传媒", "R8890"),
    ("美容", "O8051"), ("家具", "F5283"), ("母婴用品", "F5239"), ("鞋业", "C1952"),
)  # fmt: skip
FORMS = ("有限公司", "有限责任公司", "股份有限公司", "经营部", "商行", "店", "厂", "专业合作社")
FORM_WEIGHTS = (0.42, 0.06, 0.01, 0.22, 0.1, 0.12, 0.03, 0.04)
SELF_EMPLOYED = ("经营部", "商行", "店")


def trade_names(rng: np.random.Generator, n: int) -> list[str]:
    """`n` made-up trade names of two (85 %) or three characters."""
    first = rng.choice(list(FIRST), n)
    second = rng.choice(list(SECOND), n)
    third = np.where(rng.random(n) < 0.15, rng.choice(list(THIRD), n), "")
    return [f"{a}{b}{c}" for a, b, c in zip(first, second, third, strict=True)]


def full_name(division: str, trade_name: str, industry: str, form: str) -> str:
    """Division + trade name + industry + form, as the name rule of 2021 orders them (art. 6)."""
    return f"{division}{trade_name}{industry}{form}"
