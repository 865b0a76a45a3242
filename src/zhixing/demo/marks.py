"""What the demo bureau does for marks: the register, cultivation, markets, orders, assistance.

All operators, numbers and events are made up; the brands are the watched ones of the demo.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile

from zhixing.apps.accounts.api import Officer, OrgUnit
from zhixing.apps.campaigns.api import enter_campaign, start_campaign
from zhixing.apps.leads.api import Lead
from zhixing.apps.precedents.api import enter_precedent, publish_precedent
from zhixing.apps.protection.api import (
    Seen,
    begin_inspection,
    enter_fact,
    enter_market,
    enter_order,
    enter_request,
    enter_stall,
    file_enterprise,
    finish_inspection,
    open_file,
    report_transfer,
)
from zhixing.apps.registry.api import Subject, TradeMark, create_mark
from zhixing.apps.trademarks.api import (
    add_cultivation,
    begin_dossier,
    judge_criterion,
    set_target,
    start_reminders,
)
from zhixing.demo.brands import CLASSES, WATCHED
from zhixing.demo.places import CITY
from zhixing.kit.actors import SystemActor
from zhixing.kit.files.api import attach
from zhixing.kit.jobs.api import run_inline

ACTOR = SystemActor("demo")
PROTECTIONS = {"well_known": ["well_known"], "famous": ["provincial"], "foreign": ["foreign"]}
FOREIGN_PARTY = {"holder_country": "域外", "agent_name": "示范商标代理有限公司"}
TERM = timedelta(days=3652)
# Days from today until the term of every seventh mark ends, so that the reminders have work.
NEAR_ENDS = (-60, 20, 90, 200, 340, 20, 150, -200)

CULTIVATED = (
    # mark, goods, class, days since candidate, guided, filed, registered, in use
    ("示范山茶", "茶叶", 30, 700, 680, 640, 300, 250),
    ("河口稻香", "大米", 30, 640, 620, 600, 280, None),
    ("城关老醋", "食醋", 30, 420, 400, 360, 20, None),
    ("白石柿饼", "果干", 29, 300, 280, 200, None, None),
    ("清溪豆腐", "豆制品", 29, 120, 100, None, None, None),
    ("东岭蜂蜜", "蜂蜜", 30, 60, 40, None, None, None),
    ("南湖莲藕", "新鲜蔬菜", 31, 20, None, None, None, None),
    ("柳编人家", "柳编织品", 20, 8, None, None, None, None),
)

PRECEDENTS = (
    (
        "某食品公司字号与驰名商标仅一字之差案",
        "mark_confusion",
        "康师傅",
        "康帅傅",
        [30],
        "established",
        "当事人以与他人驰名商标仅一字形近之差的文字作字号,在同类食品上突出使用,消费者现场辨认多数误认。",
        "责令停止违法行为,限期变更名称。",
    ),
    (
        "某饮料商行店招近似不成立案",
        "mark_confusion",
        "王老吉",
        "王老五",
        [32],
        "not_established",
        "两者含义、读音均明显不同,店内商品来源标注清楚,未见误认证据。",
        "",
    ),
    (
        "某厂受境外公司“监制”生产近似包装案",
        "shell_name",
        "农夫山泉",
        "农天山泉",
        [32],
        "established",
        "标签突出境外登记公司名称并称“监制”,该公司与权利人无任何授权关系,合同链条缺失。",
        "没收侵权商品,责令停止。",
    ),
    (
        "某店销售近似商标洗涤用品案",
        "mark_infringement",
        "立白",
        "立日",
        [3],
        "established",
        "近似商标使用于同一种商品,容易导致混淆;经营者能说明合法来源。",
        "责令停止销售。",
    ),
)


def register(city: OrgUnit, today: date) -> dict[str, TradeMark]:
    """The watched brands as registered marks, by their text."""
    marks = {}
    for number, (text, protection, industry) in enumerate(WATCHED, start=1):
        near = number % 7 == 0
        ends = NEAR_ENDS[number // 7 % len(NEAR_ENDS)] if near else 1000 + 40 * number
        expires = today + timedelta(days=ends)
        values = {
            "text": text,
            "registration_number": str(9_000_000 + number),
            "kind": "geographical" if protection == "geographical" else "ordinary",
            "protection": PROTECTIONS.get(protection, []),
            "nice_classes": CLASSES[industry],
            "holder_name": f"{text}商标权利人",
            **(FOREIGN_PARTY if protection == "foreign" else {}),
            "registered_on": expires - TERM,
            "expires_on": expires,
            "unit_path": city.path,
        }
        marks[text] = create_mark(ACTOR, values)
    return marks


def cultivate(today: date) -> None:
    """Marks that field offices help to grow, and the targets of the year."""
    offices = list(OrgUnit.objects.filter(kind="office").order_by("path"))
    for number, (text, goods, nice_class, *days) in enumerate(CULTIVATED):
        office = offices[number % 4]
        subject = Subject.objects.filter(unit_path=office.path).order_by("pk")[number]
        stages = ("candidate_on", "guided_on", "filed_on", "registered_on", "in_use_on")
        values: dict[str, object] = {
            stage: today - timedelta(days=ago)
            for stage, ago in zip(stages, days, strict=True)
            if ago is not None
        }
        values |= {
            "subject": subject,
            "mark_text": text,
            "goods": goods,
            "nice_classes": [nice_class],
            "unit_path": office.path,
        }
        if "filed_on" in values:
            values |= {
                "filing_number": str(7_100_000 + number),
                "searched_on": values["filed_on"],
                "documents_on": values["filed_on"],
            }
        if "registered_on" in values:
            values["registration_number"] = str(7_200_000 + number)
        if len(values) and days[1] is None:
            values["help_asked_on"] = today - timedelta(days=5)
            values["request"] = "请帮助查询商标能否注册,并准备申请材料"
        add_cultivation(ACTOR, values)
    for office in offices[:4]:
        values = {"unit_path": office.path, "year": today.year, "registered": 2, "in_use": 1}
        set_target(ACTOR, values)


def recommend(marks: dict[str, TradeMark], today: date) -> None:
    """A dossier for protection as a well-known mark, half gathered."""
    head = Officer.objects.get(username="head")
    mark = next(mark for mark in marks.values() if "provincial" in mark.protection)
    dossier = begin_dossier(
        head,
        {
            "kind": "well_known",
            "mark": mark,
            "mark_text": mark.text,
            "draft_on": today - timedelta(days=9),
            "unit_path": mark.unit_path,
        },
    )
    first, second, *_rest = dossier.criteria.order_by("pk")
    paper = ContentFile("保护请求书(演示)\n".encode(), "request.txt")
    attach(head, first, paper, caption="保护请求书")
    judge_criterion(head, first, verdict="met", papers=[0], note="请求书已收")
    judge_criterion(head, second, verdict="uncertain", papers=[0], note="缺最早使用的发票")


def protect(today: date) -> None:
    """A market inspected, two orders of a processor, requests between bureaus."""
    officer, head = (Officer.objects.get(username=name) for name in ("officer", "head"))
    city = OrgUnit.objects.get(code=CITY)
    market = enter_market(
        head,
        {
            "name": "示范市城东日用品批发市场",
            "kind": "wholesale",
            "address": "示范市城东路1号",
            "stalls": 260,
            "goods": "日化、服装、小家电",
            "nice_classes": [3, 7, 11, 25],
            "unit_path": city.path,
        },
    )
    county = Officer.objects.get(username="county")
    team = [one for one in (officer, head, county) if one.has_perm("leads.take_lead", market)]
    inspection = begin_inspection(
        officer, market, inspected_on=today - timedelta(days=12), officers=team[:2]
    )
    enter_stall(
        officer,
        inspection,
        stall="A-017",
        operator_name="示范市洁美日用品商行",
        seen=[Seen("立白", "no", "供货单据不能说明来源"), Seen("六神", "yes")],
    )
    enter_stall(officer, inspection, stall="B-102", seen=[Seen("波司登", "unsure", "店主不在场")])
    finish_inspection(officer, inspection)
    _orders(head, city, today)
    _assistance(officer, city, today)


def _orders(head: Officer, city: OrgUnit, today: date) -> None:
    factory = Subject.objects.get(name="示范市绿源日化有限公司")
    enterprise = file_enterprise(
        head, {"subject": factory, "goods": "洗涤用品", "nice_classes": [3], "unit_path": city.path}
    )
    for number, mark, client, domestic in (
        ("DD-2026-01", "立日", "美国立白日化集团有限公司", 2000),
        ("DD-2026-02", "绿源", "示范市绿源日化有限公司销售部", 5000),
    ):
        values = {
            "enterprise": enterprise,
            "number": number,
            "client_name": client,
            "mark_text": mark,
            "goods": "洗衣粉",
            "nice_classes": [3],
            "quantity": 5000,
            "domestic_quantity": domestic,
            "export_only": number.endswith("01"),
            "ordered_on": today - timedelta(days=30),
        }
        enter_order(head, values)


def _assistance(officer: Officer, city: OrgUnit, today: date) -> None:
    for direction, days, bureau, matter in (
        ("out", 6, "邻州市市场监督管理局", "核查供货商资质"),
        ("in", 40, "远海市市场监督管理局", "协助调查加工企业"),
    ):
        enter_request(
            officer,
            {
                "direction": direction,
                "other_bureau": bureau,
                "matter": matter,
                "asked": "请协助核查涉案商品的来源、数量和销售去向,并复印有关合同、票据。",
                "sent_on" if direction == "out" else "received_on": today - timedelta(days=days),
                "mark_text": "立白",
                "unit_path": city.path,
            },
        )


def refer(today: date) -> None:
    """One confirmed lead becomes a file; its turnover reaches the threshold and is reported."""
    officer, head = (Officer.objects.get(username=name) for name in ("officer", "head"))
    confirmed = Lead.objects.filter(disposition="confirmed", monitor="brands")
    lead = confirmed.exclude(subject=None).order_by("pk").first()
    if lead is None:
        return
    file = open_file(
        officer,
        lead,
        {
            "act_kind": "identical_mark",
            "acted_on": today - timedelta(days=20),
            "mark_text": lead.evidence["mark"],
        },
    )
    enter_fact(
        officer,
        file,
        measure="turnover",
        amount=Decimal(68000),
        found_on=today - timedelta(days=3),
        basis="现场账册与销售单据",
    )
    file.refresh_from_db()
    told = "非法经营数额达到刑事追诉标准,建议移送。"
    report_transfer(officer, file, report=told, team=[officer, head])


def remind(city: OrgUnit) -> None:
    """The daily look at renewals and licences, once."""
    run_inline(start_reminders(ACTOR, unit_path=city.path))


def remember(city: OrgUnit, today: date) -> None:
    """Decided cases in the library, each read by a second person."""
    officer, head = (Officer.objects.get(username=name) for name in ("officer", "head"))
    for number, (title, act, protected, accused, classes, outcome, facts, penalty) in enumerate(
        PRECEDENTS, start=1
    ):
        precedent = enter_precedent(
            officer,
            {
                "title": title,
                "number": f"示范市监处〔{today.year - 1}〕{number}号",
                "act_kind": act,
                "parties": "某当事人",
                "facts": facts,
                "protected": protected,
                "accused": accused,
                "nice_classes": classes,
                "outcome": outcome,
                "penalty": penalty,
                "decided_by": "示范市市场监督管理局",
                "decided_on": today - timedelta(days=200 + 30 * number),
                "source": "own",
                "unit_path": city.path,
            },
        )
        publish_precedent(head, precedent)


def campaign(city: OrgUnit, today: date) -> None:
    """The campaign against free-riding on brands, under way in every county."""
    head = Officer.objects.get(username="head")
    counties = OrgUnit.objects.filter(kind="county").order_by("path")
    plan = enter_campaign(
        head,
        {
            "title": f"{today.year}年打击“傍名牌”专项执法行动",
            "purpose": "集中排查与驰名商标近似的企业名称、招牌和商品标签,查处一批典型案件。",
            "act_kinds": ["name_confusion", "shell_name", "mark_confusion", "mark_infringement"],
            "offices": [county.path for county in counties],
            "measures": ["leads.found", "leads.decided", "leads.justified"],
            "starts_on": today - timedelta(days=45),
            "ends_on": today + timedelta(days=45),
            "base_year": today.year - 1,
        },
    )
    start_campaign(head, plan)
