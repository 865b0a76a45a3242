"""Ad watch of the demo: media, monitoring rounds, logs with planted violations, readings.

Violations stand in the logs as they are and disguised, among lawful advertisements; the truth
(which words break which family of rules) is kept aside and the engine held to it.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from zhixing.apps.accounts.api import Officer, OrgUnit
from zhixing.apps.adverts.api import (
    Ad,
    Finding,
    create_approval,
    finish_reading,
    plan_reviews,
    queue_of,
    start_screening,
    to_decide,
    turn_of,
)
from zhixing.apps.media.api import (
    Medium,
    Round,
    create_medium,
    create_round,
    record_day,
    start_round,
)
from zhixing.demo.adverts_texts import BRANDS, CLAIMS, LAWFUL, MEDIA
from zhixing.demo.scoring import Score
from zhixing.kit.actors import SystemActor
from zhixing.kit.exchange.actions import map_columns, start_import
from zhixing.kit.exchange.checking import check_run
from zhixing.kit.exchange.committing import commit_run
from zhixing.kit.jobs.api import run_inline

ACTOR = SystemActor("demo")
PRINTS = 5  # of each claim: two as they are, three disguised
PRINTS_LAWFUL = 5
CLEAN = 2
PER_DAY = 8
ROUND_DAYS = {"newspaper": 8, "tv": 10, "radio": 8, "website": 8, "live": 4, "self_media": 6}
READ = 60  # advertisements that the demo officers have read
DOUBLE = 0.2
SLIPS = 0.05  # share of answers in which a demo officer errs
_SPAN = re.compile(r"\[([^\]]*)\]")

_TRADITIONAL = str.maketrans(
    "国级疗证销专会员见题组师养气药风险质优机关", "國級療證銷專會員見題組師養氣藥風險質優機關"
)
_PINYIN = {
    "第一": "第yi", "国": "guo", "最": "zui", "治": "zhi", "保": "bao", "赚": "zhuan", "退": "tui",
    "降": "jiang", "推荐": "tuijian", "特供": "特gong", "专": "zhuan", "开光": "kai光",
    "顶": "ding", "预防": "yu防", "增强": "zeng强", "消": "xiao", "母乳": "mu乳", "包": "bao",
    "力荐": "li荐",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AdPlant:
    """One advertisement of the logs: its words, what breaks which rule, how it is disguised."""

    text: str
    category: str
    family: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    disguise: str = "clean"


def build(seed: int) -> list[AdPlant]:
    """All advertisements of the demo, in an order that the seed decides."""
    rng = np.random.default_rng(seed + 4)
    plants = []
    for number, claim in enumerate(CLAIMS):
        brands = rng.choice(BRANDS, PRINTS, replace=False)
        for copy, brand in enumerate(brands):
            how = "clean" if copy < CLEAN else DISGUISES[(number + copy) % len(DISGUISES)]
            plants.append(_plant(claim.words, claim.category, claim.family, str(brand), how))
    for category, words in LAWFUL:
        for brand in rng.choice(BRANDS, PRINTS_LAWFUL, replace=False):
            plants.append(AdPlant(words.format(brand=brand), category))
    return [plants[place] for place in rng.permutation(len(plants))]


def _plant(words: str, category: str, family: str, brand: str, how: str) -> AdPlant:
    """The claim with its spans disguised, and where they stand then."""
    text, spans, at, used = "", [], 0, "clean"
    whole = words.format(brand=brand)
    for match in _SPAN.finditer(whole):
        text += whole[at : match.start()]
        changed = _disguised(match.group(1), how)
        used = how if changed != match.group(1) else used
        spans.append((len(text), len(text) + len(changed)))
        text += changed
        at = match.end()
    return AdPlant(text + whole[at:], category, family, tuple(spans), used)


DISGUISES = ("symbol", "space", "zerowidth", "traditional", "pinyin", "fullwidth")


def _disguised(words: str, how: str) -> str:
    if how == "symbol":
        return "*".join(words)
    if how == "space":
        return " ".join(words)
    if how == "zerowidth":
        return "\u200b".join(words)
    if how == "traditional":
        return words.translate(_TRADITIONAL)
    if how == "fullwidth":
        return words.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789%"})
    if how == "pinyin":
        for chinese, letters in _PINYIN.items():
            if chinese in words:
                return words.replace(chinese, letters, 1)
    return words


def plant(city: OrgUnit, seed: int, today: date) -> list[AdPlant]:
    """Enter media and approvals, draw a round, import its log, screen; returns the truth."""
    media = _media(city)
    _approvals(city, today)
    plants = build(seed)
    drawn = _round(city, seed, today)
    targeted = create_round(
        ACTOR,
        {
            "name": "医疗健康类广告定向监测", "design": "targeted", "purpose": "投诉举报集中的媒体",
            "starts_on": today - timedelta(days=30), "ends_on": today, "unit_path": city.path,
        },
    )  # fmt: skip
    start_round(ACTOR, targeted)
    _import_log(city, _log(plants, drawn, media, today, seed))
    for day in drawn.days.all():
        record_day(ACTOR, day, {"state": "monitored"})
    run_inline(start_screening(ACTOR, unit_path=city.path))
    return plants


def _media(city: OrgUnit) -> list[Medium]:
    return [
        create_medium(
            ACTOR,
            {
                "number": number, "name": name, "kind": kind, "authority": authority,
                "unit_path": city.path,
            },
        )
        for number, name, kind, authority in MEDIA
    ]  # fmt: skip


def _approvals(city: OrgUnit, today: date) -> None:
    for number, (kind, letters, product) in enumerate(
        (
            ("drug", "药", "禾润感冒颗粒"),
            ("health_food", "食健", "安禾钙片"),
            ("device", "械", "康沐理疗仪"),
        ),
        start=1,
    ):
        create_approval(
            ACTOR,
            {
                "number": f"鲁{letters}广审(文)第26010{number}-0000{number}号", "kind": kind,
                "product": product, "valid_from": today - timedelta(days=500),
                "unit_path": city.path,
            },
        )  # fmt: skip


def _round(city: OrgUnit, seed: int, today: date) -> Round:
    found = create_round(
        ACTOR,
        {
            "name": f"{today.year}年第四季度广告监测", "number": "DEMO-R4",
            "starts_on": today - timedelta(days=40), "ends_on": today - timedelta(days=5),
            "plan": ROUND_DAYS, "seed": f"demo-{seed}", "unit_path": city.path,
        },
    )  # fmt: skip
    return start_round(ACTOR, found)


def _log(
    plants: list[AdPlant], drawn: Round, media: list[Medium], today: date, seed: int
) -> pa.Table:
    """A log of the drawn days, PER_DAY advertisements each; the rest ran on other days.

    Violations are rarer on drawn days than among what is planted, as they are in life.
    """
    rng = np.random.default_rng(seed + 5)
    lawful = [place for place, one in enumerate(plants) if not one.family]
    broken = [place for place, one in enumerate(plants) if one.family]
    rows: list[tuple[str, date, int, int]] = []
    for day in drawn.days.select_related("medium").order_by("pk"):
        for place in range(PER_DAY):
            pool = broken if rng.random() < 0.08 else lawful
            rows.append((day.medium.number, day.day, place, int(rng.choice(pool))))
    placed = {row[3] for row in rows}
    for place in range(len(plants)):
        if place not in placed:
            medium = media[int(rng.integers(len(media)))]
            rows.append((medium.number, today - timedelta(days=3), place, place))
    return pa.table({
        "媒体编号": [row[0] for row in rows],
        "播出日期": [row[1].isoformat() for row in rows],
        "播出时间": [f"{6 + n % 17:02}:{n * 7 % 60:02}:{n % 60:02}" for n in range(len(rows))],
        "时长": [str(15 * (1 + row[3] % 3)) for row in rows],
        "广告内容": [plants[row[3]].text for row in rows],
        "商品类别": [plants[row[3]].category for row in rows],
    })  # fmt: skip


def _import_log(city: OrgUnit, table: pa.Table) -> None:
    buffer = io.BytesIO()
    pacsv.write_csv(table, buffer)
    run = start_import(
        ACTOR, "ad-placements", file_name="监测日志.csv", chunks=[buffer.getvalue()],
        unit_path=city.path,
    )  # fmt: skip
    run = map_columns(ACTOR, run, mapping=run.mapping, constants={})
    run = check_run(run, ACTOR, _silent)
    commit_run(run, ACTOR, _silent)


def _silent(*_progress: object) -> None:
    """The demo shows its own bar."""


def score(plants: list[AdPlant]) -> Score:
    """Findings against the truth: the right family over at least one character of the words.

    A finding in a planted advertisement that is of another family is a false alarm too.
    """
    found = _findings()
    result = Score()
    for one in plants:
        findings = found.get(one.text, [])
        right = [f for f in findings if one.family == f[0] and _meets(f, one.spans)]
        result.false_alarms += len(findings) - len(right)
        if one.family:
            kind = f"ad: {one.disguise}"
            result.planted[kind] += 1
            result.found[kind] += bool(right)
    return result


def _findings() -> dict[str, list[tuple[str, int, int]]]:
    rows = Finding.objects.filter(is_current=True, origin="engine").exclude(family="APPROVAL_CHECK")
    found: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for text, family, start, end in rows.values_list("ad__text", "family", "start", "end"):
        found[text].append((family, start or 0, end or 0))
    return found


def _meets(finding: tuple[str, int, int], spans: tuple[tuple[int, int], ...]) -> bool:
    _family, start, end = finding
    return any(start < last and first < end for first, last in spans)


def read(plants: list[AdPlant], seed: int) -> int:
    """Let the demo officers read some of what was found, as the truth tells them, with slips.

    Returns:
        How many readings were finished.
    """
    rng = np.random.default_rng(seed + 6)
    truth = {one.text: one for one in plants}
    head, officer = (Officer.objects.get(username=name) for name in ("head", "officer"))
    plan_reviews(
        head, unit_path=head.unit_path, double_share=DOUBLE, sample_share=0.05, seed=f"demo-{seed}"
    )
    done = 0
    for reader in (officer, head):
        for ad in list(queue_of(reader)[:READ]):
            turn = turn_of(reader, ad)
            answers = {
                row.pk: _answer(row, ad, truth, rng.random() < SLIPS)
                for row in to_decide(ad, turn, None)
            }
            finish_reading(reader, ad, answers)
            done += 1
    return done


def _answer(row: Finding, ad: Ad, truth: dict[str, AdPlant], slips: bool) -> str:
    one = truth.get(ad.text)
    place = (row.family, row.start or 0, row.end or 0)
    is_right = one is not None and one.family == row.family and _meets(place, one.spans)
    return "confirmed" if is_right != slips else "rejected"
