"""People, leads, orders, markets and files for the tests of trade-mark protection."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from tests.apps.people import make_officer, make_offices
from zhixing.apps.leads.api import Lead, NewLead, dispose_lead, raise_leads
from zhixing.apps.protection.actions.ask_assistance import enter_request
from zhixing.apps.protection.actions.inspect_markets import begin_inspection, enter_market
from zhixing.apps.protection.actions.keep_files import enter_fact, open_file
from zhixing.apps.protection.actions.keep_oem import enter_order, file_enterprise
from zhixing.apps.protection.actions.transfer_crime import report_transfer
from zhixing.apps.protection.models import (
    AssistanceRequest,
    CrimeTransfer,
    FileFact,
    InfringementFile,
    Market,
    MarkInspection,
    OemEnterprise,
    OemOrder,
)
from zhixing.apps.registry.api import Subject, TradeMark, create_mark, create_subject
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


def subject(unit_path: str, number: int, /, **values: Any) -> Subject:
    """An operator."""
    given = {"name": f"海州市顺达{number}号服装店", "unit_path": unit_path}
    return create_subject(SYSTEM, given | values)


def mark(unit_path: str, number: int, /, **values: Any) -> TradeMark:
    """A registered mark."""
    given = {
        "text": f"七匹狼{number}",
        "registration_number": str(2_000_000 + number),
        "nice_classes": [25],
        "unit_path": unit_path,
        "holder_name": "七匹狼实业股份有限公司",
    }
    return create_mark(SYSTEM, given | values)


def lead(officer: Any, number: int, /, **values: Any) -> Lead:
    """A lead of the officer's office, open."""
    of = values.pop("subject", None) or subject(officer.unit_path, number)
    given = {
        "key": (number,),
        "unit_path": officer.unit_path,
        "title": f"{of.name} ≈ 七匹狼",
        "kind": "shape",
        "score": 0.9,
        "probability": 0.9,
        "subject_id": of.pk,
        "reasons": [{"code": "shape", "text": "第2字相近"}],
        "evidence": {"mark": "七匹狼", "name": of.name},
    } | values
    raise_leads(SYSTEM, "brands", "二/(二)", [NewLead(**given)], method="test", version="1")
    return Lead.objects.get(subject=of)


def confirmed(officer: Any, number: int, /, **values: Any) -> Lead:
    """A lead that its office confirmed."""
    return dispose_lead(
        officer, lead(officer, number, **values), disposition="confirmed", reason="现场核实"
    )


def file(officer: Any, number: int, /, **values: Any) -> InfringementFile:
    """An infringement file of the officer's office, open."""
    of = values.pop("subject", None)
    found = confirmed(officer, number, **({"subject": of} if of else {}))
    given = {
        "act_kind": "selling",
        "acted_on": timezone.localdate() - timedelta(days=number),
        "mark_text": "七匹狼",
        "party_name": f"顺达{number}号服装店",
    } | values
    state = given.pop("state", "")
    opened = open_file(officer, found, given)
    if state or number:
        # Days and states that an officer reaches by waiting and by steps tested elsewhere.
        opened.opened_on = timezone.localdate() - timedelta(days=number)
        opened.state = state or opened.state
        opened.save()
    return opened


def fact(officer: Any, of: InfringementFile, measure: str, amount: object) -> FileFact:
    """An amount found today."""
    return enter_fact(
        officer,
        of,
        measure=measure,
        amount=Decimal(str(amount)),
        found_on=timezone.localdate(),
        basis="账簿",
    )


def transfer(officer: Any, colleague: Any, number: int, /, **values: Any) -> CrimeTransfer:
    """A transfer reported today."""
    of = values.pop("file", None) or file(officer, number)
    made = report_transfer(officer, of, report=f"销售金额较大{number}", team=[officer, colleague])
    for name, value in values.items():
        setattr(made, name, value)
    # Each number has a moment of its own, so that lists have something to sort by.
    made.reported_at -= timedelta(hours=number)
    if made.due_at is not None:
        made.due_at -= timedelta(hours=number)
    made.save()
    return made


def request(officer: Any, number: int, /, **values: Any) -> AssistanceRequest:
    """A request received some days ago."""
    given: dict[str, Any] = {
        "direction": "in",
        "other_bureau": "邻市市场监督管理局",
        "matter": f"协助核查供货商{number}",
        "asked": "请核查该单位是否供货,并提供票据",
        "received_on": timezone.localdate() - timedelta(days=number),
    } | values
    return enter_request(officer, given)


def day(text: str) -> date:
    """A day from its ISO form."""
    return date.fromisoformat(text)


def maker(unit_path: str, number: int, /, **values: Any) -> OemEnterprise:
    """An OEM processor."""
    of = values.pop("subject", None) or subject(
        unit_path, 1000 + number, name=f"海州市宏业{number}号服装有限公司"
    )
    given = {
        "subject": of,
        "goods": "服装",
        "nice_classes": [25],
        "since": timezone.localdate() - timedelta(days=number),
        "contact_name": f"欧阳工{number}",
        "contact_phone": f"1391111{number:04d}",
    }
    return file_enterprise(SYSTEM, given | values)


def order(unit_path: str, number: int, /, **values: Any) -> OemOrder:
    """An order of a processor of its own."""
    of = values.pop("enterprise", None) or maker(unit_path, number)
    given: dict[str, Any] = {
        "enterprise": of,
        "number": f"DP-{number}",
        "client_name": "海外时尚公司",
        "mark_text": f"SUNRIDGE{number}",
        "goods": "夹克",
        "nice_classes": [25],
        "quantity": 1000,
        "ordered_on": timezone.localdate() - timedelta(days=number),
    }
    return enter_order(SYSTEM, given | values)


def market(unit_path: str, number: int, /, **values: Any) -> Market:
    """A market."""
    given = {
        "name": f"海州第{number}小商品市场",
        "kind": "wholesale",
        "stalls": 100,
        "nice_classes": [25],
        "unit_path": unit_path,
    }
    return enter_market(SYSTEM, given | values)


def inspection(officer: Any, colleague: Any, number: int, /, **values: Any) -> MarkInspection:
    """A round of a market of its own, some days ago."""
    of = values.pop("market", None) or market(officer.unit_path, number)
    begun = begin_inspection(
        officer,
        of,
        inspected_on=timezone.localdate() - timedelta(days=number),
        officers=[officer, colleague],
    )
    for name, value in values.items():
        setattr(begun, name, value)
    begun.save()
    return begun
