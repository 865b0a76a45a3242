"""People, cases and steps for the tests of cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from tests.apps.leads import examples as leads
from tests.apps.people import make_officer, make_offices
from zhixing.apps.accounts.api import Officer
from zhixing.apps.cases.api import (
    Case,
    CaseOfficer,
    add_evidence,
    appoint,
    keep_certificate,
    open_case,
    take_step,
)
from zhixing.apps.cases.guards import CONDITIONS
from zhixing.apps.leads.api import Lead, dispose_lead
from zhixing.kit.actors import SystemActor
from zhixing.kit.testing.suites import Cast

SYSTEM = SystemActor("test")


def cast() -> Cast:
    """Two officers and the head of one office, an officer of another, and an auditor."""
    offices = make_offices()
    return Cast(
        keeper=make_officer(offices.office, "officer"),
        colleague=make_officer(offices.office, "officer"),
        head=make_officer(offices.office, "head"),
        elsewhere=make_officer(offices.other_office, "officer"),
        stranger=make_officer(offices.office, "auditor"),
    )


@dataclass(frozen=True, slots=True)
class Team:
    """Two handlers with certificates, a reviewer, the head and the leader, in one office."""

    one: Officer
    two: Officer
    reviewer: Officer
    head: Officer
    leader: Officer


def team(certified: bool = True) -> Team:
    """The people of one case."""
    office = make_offices().office
    found = Team(
        *(make_officer(office, "officer") for _ in range(3)),
        make_officer(office, "head"),
        make_officer(office, "leader"),
    )
    for number, officer in enumerate((found.one, found.two)):
        if certified:
            certificate(officer, number)
    return found


def certificate(officer: Officer, number: int, valid_to: date | None = None) -> Any:
    """A certificate of an officer."""
    return keep_certificate(
        SYSTEM,
        {
            "officer": officer,
            "number": f"3799{officer.pk:04d}{number}",
            "valid_from": date(2020, 1, 1),
            "valid_to": valid_to or date(2099, 1, 1),
        },
    )


def confirmed_lead(officer: Officer) -> Lead:
    """A lead about a name that the officer confirmed."""
    lead = leads.lead(officer.unit_path, 1, act_kind="name_confusion")
    return dispose_lead(officer, lead, disposition="confirmed", reason="现场核实")


def ago(days: int) -> date:
    """A day before today."""
    return timezone.localdate() - timedelta(days=days)


def case(officer: Any, number: int = 1, /, **values: Any) -> Case:
    """A case being checked."""
    given: dict[str, Any] = {
        "party_name": f"示范市顺达{number}号食品店",
        "act_kind": "advertising",
        "found_on": ago(40 + number),
        "acted_on": ago(60 + number),
        "party_phone": f"1380000{number:04d}",
        "unit_path": officer.unit_path,
    } | values
    state = given.pop("state", None)
    made = open_case(officer, given)
    if state:
        Case.objects.filter(pk=made.pk).update(state=state)
        made.refresh_from_db()
    return made


REPORT = {
    "facts_found": "当事人发布虚假广告",
    "proof": "现场笔录证明广告在店内发布",
    "nature": "发布虚假广告",
    "discretion": "初次违法,主动改正",
    "proposal": "责令停止发布,罚款",
}
DECISION = {
    "decision": "penalty",
    "basis": "《广告法》第五十五条第一款",
    "band": "lighter",
    "band_reason": "主动消除危害后果",
}


def investigated(people: Team, **values: Any) -> Case:
    """A case that is filed, with two handlers and a piece of evidence."""
    made = case(people.one, **values)
    appoint(people.one, made, officer=people.two, part=CaseOfficer.Part.HANDLER)
    take_step(people.head, made, "file", on=ago(35), note="同意立案", conditions=list(CONDITIONS))
    evidence(people.one, made)
    return made


def evidence(officer: Any, of: Case, number: int = 1, /, **values: Any) -> Any:
    """A piece of evidence."""
    given: dict[str, Any] = {
        "kind": "record",
        "title": f"现场笔录{number}",
        "obtained_on": ago(30),
        "pages": 2,
        "proves": "广告内容",
    }
    return add_evidence(officer, of, given | values)


def reviewed(people: Team, fine: int = 5000, **values: Any) -> Case:
    """A case whose review is passed."""
    made = investigated(people, **values)
    take_step(
        people.one, made, "report", on=ago(28), note="调查终结", **REPORT,
        proposed_fine=Decimal(fine), is_complex=values.get("is_complex", False),
    )  # fmt: skip
    kind = "legal" if fine >= 100_000 or values.get("is_complex") else "case"
    take_step(people.one, made, "send_to_review", on=ago(28), note="送审", review_kind=kind)
    take_step(
        people.reviewer, made, "pass_review", on=ago(25), note="同意", review_opinion="事实清楚"
    )
    return made


def decided(people: Team, fine: int = 5000, **values: Any) -> Case:
    """A case with a decision on a fine."""
    made = reviewed(people, fine, **values)
    take_step(
        people.one, made, "notify", on=ago(24), note="送达", hearing_offered=fine >= 100_000,
        service={"manner": "direct", "receiver": "店主"},
    )  # fmt: skip
    take_step(
        people.one,
        made,
        "answered",
        on=ago(15),
        note="期满",
        answer="statement",
        answer_text="请轻罚",
    )
    take_step(
        people.leader, made, "decide", on=ago(14), note="同意", fine=Decimal(fine),
        discussed_on=ago(14), discussion="一致同意", **DECISION,
    )  # fmt: skip
    made.refresh_from_db()
    return made
