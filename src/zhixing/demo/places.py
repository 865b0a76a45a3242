"""Regions and offices of the demo city 示范市; its codes lie outside the provinces of GB/T 2260."""

from __future__ import annotations

from dataclasses import dataclass

PROVINCE = "990000"
CITY = "990100"
CITY_NAME = "示范市"
# Centre of the made-up map, in the sea: nobody's address.
LONGITUDE, LATITUDE = 122.9, 30.2


@dataclass(frozen=True, slots=True)
class Place:
    """A division with its GB/T 2260-like code, statistical class and place on the made-up map."""

    code: str
    name: str
    level: str
    parent: str
    urban_rural: str
    longitude: float
    latitude: float


DISTRICTS = (
    ("02", "城中区", ("中山路街道", "鼓楼街道", "人民路街道", "东门街道")),
    ("03", "城东区", ("学府街道", "车站街道", "花园街道", "东湖街道")),
    ("04", "高新区", ("科苑街道", "创业街道", "软件园街道")),
    ("21", "临江县", ("江口镇", "石桥镇", "柳林乡", "白沙乡")),
    ("22", "青山县", ("青山镇", "茶亭镇", "云岭乡", "双溪乡")),
    ("81", "长河市", ("城关街道", "长河镇", "马头镇", "渡口乡")),
)
VILLAGES = ("一", "二", "三")


def places() -> list[Place]:
    """Province, city, districts, townships and villages, parents first."""
    rows = [
        Place(PROVINCE, "示范省", "province", "", "", LONGITUDE, LATITUDE),
        Place(CITY, CITY_NAME, "city", PROVINCE, "", LONGITUDE, LATITUDE),
    ]
    for d, (suffix, district, towns) in enumerate(DISTRICTS):
        code = f"{CITY[:4]}{suffix}"
        x, y = LONGITUDE + 0.25 * (d % 3 - 1), LATITUDE + 0.2 * (d // 3) - 0.1
        rows.append(Place(code, district, "county", CITY, "", x, y))
        for t, town in enumerate(towns):
            town_code = f"{code}{t + 1:03d}"
            tx, ty = x + 0.05 * (t % 2) - 0.02, y + 0.05 * (t // 2) - 0.02
            rows.append(Place(town_code, town, "township", code, _class_of(town), tx, ty))
            for v, number in enumerate(VILLAGES):
                name = (
                    f"{town[:-2]}{number}社区"
                    if town.endswith("街道")
                    else f"{town[:-1]}{number}村"
                )
                kind = "111" if town.endswith("街道") else "220"
                vx, vy = tx + 0.012 * (v - 1), ty + 0.008 * (v - 1)
                rows.append(
                    Place(f"{town_code}{v + 1:03d}", name, "village", town_code, kind, vx, vy)
                )
    return rows


def _class_of(town: str) -> str:
    if town.endswith("街道"):
        return "111"
    return "121" if town.endswith("镇") else "210"


@dataclass(frozen=True, slots=True)
class Office:
    """A bureau or field office with the region it looks after."""

    code: str
    name: str
    kind: str
    parent: str
    region: str


def offices() -> list[Office]:
    """City bureau, county bureaus, field offices (one per township), parents first."""
    rows = [Office(CITY, "示范市市场监督管理局", "city", "", CITY)]
    for suffix, district, towns in DISTRICTS:
        code = f"{CITY[:4]}{suffix}"
        rows.append(Office(code, f"{district}市场监督管理局", "county", CITY, code))
        for t, town in enumerate(towns):
            short = town.removesuffix("街道").removesuffix("镇").removesuffix("乡")
            town_code = f"{code}{t + 1:03d}"
            rows.append(Office(town_code, f"{short}市场监管所", "office", code, town_code))
    return rows
