"""Product labels and contracts of the demo; some chains are planted wrong, and the truth is kept.

Factories, overseas firms and numbers are made up; the brands they ride on are the demo's watched
ones. A label without a kind is in order, or at least not for the checks to find.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from zhixing.apps.accounts.api import OrgUnit
from zhixing.apps.chains.api import ChainFinding, Label, create_label
from zhixing.apps.registry.api import create_authorisation, create_subject
from zhixing.demo.brands import Plant
from zhixing.demo.scoring import Score
from zhixing.kit.actors import SystemActor

ACTOR = SystemActor("demo")
FACTORY = "示范市恒昌食品厂"
OTHER_FACTORY = "示范市绿源日化有限公司"
HONEST_FACTORY = "示范市百川饮料有限公司"


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract on file; days are counted from the day the demo is built."""

    grantor: str
    grantee: str
    mark: str
    kind: str = "oem"
    starts: int = -400
    ends: int | None = 700
    export_only: bool = False
    territory: str = ""


@dataclass(frozen=True, slots=True)
class ChainPlant:
    """One label, the finding that must be made of it (None: nothing), and the brand it rides on."""

    number: str
    text: str
    kind: str | None
    brand: str = ""
    product: str = ""
    rides_on: str = ""
    likeness: str = ""


CONTRACTS = (
    Contract("香港康师傅国际集团有限公司", FACTORY, "康帅傅", ends=-30),
    Contract("美国立白日化集团有限公司", OTHER_FACTORY, "立日", export_only=True),
    Contract("香港澳威食品控股有限公司", FACTORY, "澳威", starts=60),
    Contract("示范市百川饮料有限公司", "示范市清泉饮品厂", "百川", kind="licence"),
    Contract("上海海之蓝饮品有限公司", HONEST_FACTORY, "海之蓝", kind="oem"),
)

LABELS = (
    ChainPlant(
        "DEMO-01",
        "品名:方便面 品牌:康帅傅 香港康师傅国际集团有限公司授权 生产商:示范市恒昌食品厂 "
        "产地:示范市 SC10137990100011",
        "expired",
        "康帅傅",
        "方便面",
        "康师傅",
        "shape",
    ),
    ChainPlant(
        "DEMO-02",
        "品名:矿泉水 品牌:农天山泉 法国农夫山泉国际集团有限公司监制 生产商:示范市恒昌食品厂",
        "gap",
        "农天山泉",
        "矿泉水",
        "农夫山泉",
        "shape",
    ),
    ChainPlant(
        "DEMO-03",
        "品名:洗衣粉 品牌:立日 美国立白日化集团有限公司委托 被委托方:示范市绿源日化有限公司",
        "export_only",
        "立日",
        "洗衣粉",
        "立白",
        "shape",
    ),
    ChainPlant(
        "DEMO-04",
        "品名:凉茶 品牌:王佬吉 香港王老吉(集团)国际有限公司荣誉出品 技术支持:英国皇家饮料研究所",
        "no_factory",
        "王佬吉",
        "凉茶",
        "王老吉",
        "shape+sound",
    ),
    ChainPlant(
        "DEMO-05",
        "品名:饼干 品牌:澳威 香港澳威食品控股有限公司授权 制造商:示范市恒昌食品厂",
        "not_begun",
        "澳威",
        "饼干",
    ),
    ChainPlant(
        "DEMO-06",
        "品名:果汁 品牌:鲜之源 香港鲜之源国际集团有限公司授权 生产商:示范市恒昌食品厂",
        "contradicting_licensors",
        "鲜之源",
        "果汁",
    ),
    ChainPlant(
        "DEMO-07",
        "品名:果汁 品牌:鲜之源 日本鲜之源株式会社授权 生产商:示范市恒昌食品厂",
        "contradicting_licensors",
        "鲜之源",
        "果汁",
    ),
    ChainPlant(
        "DEMO-08",
        "品名:饮用水 品牌:百川 示范市百川饮料有限公司授权 生产商:示范市清泉饮品厂 产地:示范市",
        None,
        "百川",
        "饮用水",
    ),
    ChainPlant(
        "DEMO-09",
        "品名:气泡水 委托方:上海海之蓝饮品有限公司 受委托生产企业:示范市百川饮料有限公司 "
        "产地:示范市",
        None,
        "海之蓝",
        "气泡水",
    ),
    ChainPlant(
        "DEMO-10",
        "品名:酱油 生产商:示范市恒昌食品厂 地址:示范市人民路8号 产品标准号:GB/T 18186",
        None,
        "恒昌",
        "酱油",
    ),
    ChainPlant("DEMO-11", "品名:挂面 制造商:示范市丰年面业有限公司 产地:示范市", None, "", "挂面"),
)


def names() -> dict[str, Plant]:
    """The truth about the names on the labels, which are judged as well: by text."""
    return {
        label.text: Plant(label.rides_on, label.text, label.likeness)
        for label in LABELS
        if label.rides_on
    }


def plant(city: OrgUnit, today: date) -> None:
    """Enter factories, contracts and labels, as officers would."""
    for name in (FACTORY, OTHER_FACTORY, HONEST_FACTORY):
        create_subject(ACTOR, {"name": name, "unit_path": city.path})
    for number, contract in enumerate(CONTRACTS, start=1):
        create_authorisation(ACTOR, _contract(contract, number, city, today))
    for label in LABELS:
        values = {
            "number": label.number,
            "text": label.text,
            "brand": label.brand,
            "product": label.product,
            "seen_on": today - timedelta(days=7),
            "unit_path": city.path,
        }
        create_label(ACTOR, values)


def _contract(contract: Contract, number: int, city: OrgUnit, today: date) -> dict[str, object]:
    ends = None if contract.ends is None else today + timedelta(days=contract.ends)
    return {
        "kind": contract.kind,
        "grantor_name": contract.grantor,
        "grantee_name": contract.grantee,
        "mark_text": contract.mark,
        "contract_number": f"DEMO-HT-{number:02d}",
        "starts_on": today + timedelta(days=contract.starts),
        "ends_on": ends,
        "export_only": contract.export_only,
        "territory": contract.territory,
        "unit_path": city.path,
    }


def score() -> Score:
    """Findings on the planted labels against the truth; one true finding of its kind is enough."""
    pk_of = dict(Label.objects.filter(number__startswith="DEMO-").values_list("pk", "number"))
    found: dict[str, set[str]] = {label.number: set() for label in LABELS}
    for kind, labels in ChainFinding.objects.filter(gone_at=None).values_list("kind", "labels"):
        for pk in labels:
            if pk in pk_of:
                found[pk_of[pk]].add(kind)
    result = Score()
    for label in LABELS:
        if label.kind is None:
            result.false_alarms += bool(found[label.number])
            continue
        kind = f"chain: {label.kind}"
        result.planted[kind] += 1
        result.found[kind] += label.kind in found[label.number]
    return result
