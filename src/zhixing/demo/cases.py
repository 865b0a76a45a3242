"""Cases of the demo, some in every state of the procedure, so that each page has something to show.

Parties, amounts and opinions are made up; days are counted back from the day the demo is built.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from zhixing.apps.accounts.api import Officer, OrgUnit
from zhixing.apps.cases.api import (
    Case,
    add_evidence,
    appoint,
    enter_payment,
    keep_certificate,
    open_case,
    serve_document,
    start_daily,
    stop_time,
    take_measure,
    take_step,
)
from zhixing.apps.leads.api import Lead
from zhixing.kit.actors import SystemActor
from zhixing.kit.jobs.api import run_inline

ACTOR = SystemActor("demo")
PER_STATE = 4
ACTS = ("name_confusion", "mark_infringement", "advertising", "fake_goods")
CERTIFIED = ("officer", "second", "head", "reviewer")
CONDITIONS = ["evidence", "punishable", "jurisdiction", "limitation"]
REPORT = {
    "facts_found": "当事人在店招和商品标签上使用与他人有一定影响的标识近似的标识,足以引人误认。",
    "proof": "现场笔录、照片证明使用情况;进货票据证明数量和货值。",
    "nature": "擅自使用与他人有一定影响的标识近似的标识,属于混淆行为。",
    "discretion": "初次违法,立案后主动拆除招牌,货值较小。",
    "proposal": "责令停止违法行为,没收违法商品,处罚款。",
}
GOODS = {"name": "方便面", "spec": "120克", "unit": "包"}
DECISION = {
    "basis": "《反不正当竞争法》第七条、第二十三条",
    "band": "lighter",
    "band_reason": "主动消除危害后果,符合从轻条件",
}

# What is done to reach each state, in order; every word is a method of `_Work`.
PATHS: Mapping[str, str] = {
    "checking": "",
    "not_filed": "decline",
    "transferred_out": "transfer_out",
    "investigating": "file evidence measure test",
    "suspended": "file evidence suspend",
    "terminated": "file terminate",
    "reported": "file evidence report",
    "reviewing": "file evidence report send",
    "reviewed": "file evidence report send review",
    "noticed": "file evidence report send review notify",
    "hearing": "file evidence heavy send review notify hear",
    "heard": "file evidence report send review notify answer",
    "decided": "file evidence report send review notify answer decide",
    "executing": "file evidence report send review notify answer decide serve",
    "closed": "file evidence report send review notify answer decide serve pay close",
    "archived": "file evidence report send review notify answer decide serve pay close archive",
}


def plant(city: OrgUnit, today: date) -> int:
    """Open the cases, from confirmed leads as far as there are; returns how many."""
    people = {name: Officer.objects.get(username=name) for name in (*CERTIFIED, "leader")}
    for number, name in enumerate(CERTIFIED, start=1):
        keep_certificate(
            ACTOR,
            {
                "officer": people[name],
                "number": f"379900{number:04d}",
                "valid_from": today - timedelta(days=900),
                "valid_to": today + timedelta(days=900),
            },
        )
    leads = iter(Lead.objects.filter(disposition="confirmed", act_kind__in=ACTS).order_by("pk"))
    made = 0
    for path in PATHS.values():
        for number in range(PER_STATE):
            lead = next(leads, None) if number == 0 else None
            words = path.split()
            # The last thing was done a few days ago; a quarter of the cases has lain for long.
            begun = today - timedelta(days=3 * len(words) + (60 if number == 1 else 12))
            work = _Work(people, city, begun, today, made, lead)
            for word in words:
                getattr(work, word)()
            made += 1
    run_inline(start_daily(ACTOR, unit_path=city.path))
    return made


class _Work:
    """One case on its way; each method is one thing the officers do."""

    def __init__(
        self,
        people: Mapping[str, Officer],
        city: OrgUnit,
        begun: date,
        today: date,
        number: int,
        lead: Lead | None,
    ) -> None:
        self.people, self.number = people, number
        self.days = self._days(begun, today)
        values: dict[str, Any] = {
            "acted_on": next(self.days),
            "party_phone": f"1390000{number:04d}",
            "is_food": number % 3 == 0,
        }
        if lead is None:
            values |= {
                "party_name": f"示范市惠民{number + 1}号商行",
                "act_kind": ACTS[number % len(ACTS)],
                "found_on": next(self.days),
                "unit_path": city.path,
            }
        self.case: Case = open_case(people["officer"], values, lead)

    @staticmethod
    def _days(begun: date, today: date) -> Iterator[date]:
        """Days on which things are done, in order, until today."""
        day = begun
        while True:
            yield min(day, today)
            day += timedelta(days=3)

    def _step(self, by: str, code: str, **values: Any) -> None:
        values.setdefault("note", "同意")
        day = max(next(self.days), self.case.found_on)
        self.case = take_step(self.people[by], self.case, code, on=day, **values)

    def decline(self) -> None:
        self._step("head", "decline", ground="first", note="初次违法,危害轻微并已改正")

    def transfer_out(self) -> None:
        self._step("head", "transfer_out", note="属于城管部门职责,移送处理")

    def file(self) -> None:
        appoint(self.people["officer"], self.case, officer=self.people["second"], part="handler")
        self._step("head", "file", conditions=CONDITIONS, note="同意立案")

    def evidence(self) -> None:
        for title, kind, pages in (("现场笔录", "record", 3), ("进货票据", "document", 6)):
            values = {
                "title": title,
                "kind": kind,
                "pages": pages,
                "obtained_on": self.case.filed_on,
                "source": self.case.party_name,
                "proves": "违法行为的时间、地点和数量",
            }
            add_evidence(self.people["officer"], self.case, values)

    def measure(self) -> None:
        line = GOODS | {"quantity": Decimal(240), "value": Decimal(720)}
        kind = ("sealing", "detention", "preservation")[self.number % 3]
        day = next(self.days)
        take_measure(self.people["officer"], self.case, kind=kind, begun_on=day, lines=[line])

    def test(self) -> None:
        first = next(self.days)
        last = first + timedelta(days=9) if self.number % 2 else None
        stop_time(
            self.people["officer"], self.case, kind="testing", first=first, last=last,
            basis="检鉴期〔演示〕1号",
        )  # fmt: skip

    def suspend(self) -> None:
        self._step("head", "suspend", ground="untraceable", note="当事人下落不明")

    def terminate(self) -> None:
        self._step("head", "terminate", ground="ended", note="当事人已注销且无承受人")

    def report(self) -> None:
        self._step("officer", "report", proposed_fine=Decimal(8000), note="调查终结", **REPORT)

    def heavy(self) -> None:
        self._step("officer", "report", proposed_fine=Decimal(150_000), note="调查终结", **REPORT)

    def send(self) -> None:
        kind = "legal" if (self.case.proposed_fine or 0) >= 100_000 else "case"
        self._step("officer", "send_to_review", review_kind=kind, note="请审核")

    def review(self) -> None:
        self._step("reviewer", "pass_review", review_opinion="事实清楚,证据充分,程序合法")

    def notify(self) -> None:
        service = {"manner": "direct", "receiver": "店主"}
        self._step("officer", "notify", hearing_offered=True, service=service, note="已送达")

    def hear(self) -> None:
        self._step("officer", "hear", answer="hearing", note="当事人书面申请听证")

    def answer(self) -> None:
        self._step("officer", "answered", answer="statement", answer_text="请求从轻", note="已复核")

    def decide(self) -> None:
        fine = Decimal(8000)
        self._step("leader", "decide", decision="penalty", fine=fine, **DECISION)

    def serve(self) -> None:
        service = {"manner": "direct", "receiver": "店主"}
        self._step("officer", "serve", service=service, note="已送达")
        if self.number % 4 == 3:  # one in four does not pay
            day = next(self.days)
            serve_document(self.people["officer"], self.case, form_no=48, on=day, manner="mail")

    def pay(self) -> None:
        enter_payment(
            self.people["officer"], self.case, kind="fine", paid_on=next(self.days),
            amount=Decimal(8000), receipt=f"DEMO{self.number:05d}",
        )  # fmt: skip

    def close(self) -> None:
        self._step("head", "close", closing="performed", note="同意结案")

    def archive(self) -> None:
        self._step("officer", "archive", note="已立卷")
