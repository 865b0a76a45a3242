"""Media, monitored months, measures and advertisements sent on, for the tests of discipline."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from tests.apps.people import make_officer, make_offices
from zhixing.apps.adverts.api import Ad, Finding, Seen, capture
from zhixing.apps.discipline.actions import (
    make_bulletins,
    propose_sanctions,
    send_dispatch,
    step_sanction,
    train_advertisers,
)
from zhixing.apps.discipline.models import Bulletin, Dispatch, Sanction, Training, TrainingCall
from zhixing.apps.media.api import (
    Medium,
    MediumDay,
    add_days,
    create_medium,
    create_round,
    record_day,
    start_round,
)
from zhixing.kit.actors import SystemActor
from zhixing.kit.testing.suites import Cast

SYSTEM = SystemActor("test")
MONTH = date(2026, 6, 1)


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


def leader() -> Any:
    """The leader of the city bureau."""
    return make_officer(make_offices().bureau, "leader")


def medium(unit_path: str, number: int = 1, /, **values: Any) -> Medium:
    """A television channel of the office."""
    given = {
        "name": f"海州电视台{number}频道", "kind": "tv", "unit_path": unit_path,
        "operator_name": f"海州广播电视台{number}", "authority": "海州市文化广电和旅游局",
    }  # fmt: skip
    return create_medium(SYSTEM, given | values)


def monitored(
    unit_path: str,
    *,
    month: date = MONTH,
    days: int = 5,
    items: int = 40,
    bad: int = 4,
    serious: int = 0,
    category: str = "drug",
    design: str = "random",
) -> list[MediumDay]:
    """A round of the month over the office's channels: each day so many items, some unlawful.

    Without `items` the advertisements entered are all there were, one lawful one among them.
    """
    drawn = create_round(
        SYSTEM,
        {
            "name": f"{month:%Y-%m} {design}", "starts_on": month,
            "ends_on": month + timedelta(days=27), "design": design,
            "plan": {"tv": days} if design == "random" else {}, "purpose": "投诉集中",
            "seed": "2026" if design == "random" else "", "unit_path": unit_path,
        },
    )  # fmt: skip
    start_round(SYSTEM, drawn)
    if design == "targeted":
        media = Medium.objects.filter(unit_path=unit_path)
        add_days(SYSTEM, drawn, [(one, month + timedelta(days=20 + n))
                                 for one in media for n in range(days)])  # fmt: skip
    found = list(drawn.days.all())
    for day in found:
        sizes = {"items": items, "seconds": items * 15} if items else {}
        record_day(SYSTEM, day, {"state": "monitored"} | sizes)
        for n in range(bad + (not items)):
            verdict = "serious" if n < serious else "violating" if n < bad else "clear"
            ad(unit_path, f"{drawn.pk}号{day.pk}日第{n}则根治糖尿病无效退款的广告词{n * 7919}",
               verdict=verdict, medium=day.medium, shown_on=day.day, seconds=15,
               category=category)  # fmt: skip
    return found


def ad(unit_path: str, text: str, *, verdict: str = "violating", **values: Any) -> Ad:
    """An advertisement that officers have read, with one confirmed finding."""
    given: dict[str, Any] = {"text": text, "shown_on": MONTH, "category": "drug"} | values
    capture(SYSTEM, [Seen(**given)], source="paste", unit_path=unit_path, content=text.encode())
    made = Ad.objects.latest("pk")
    at = timezone.make_aware(datetime.combine(given["shown_on"], time(9)))
    # What the review desk writes; its own deeds are tested there.
    Ad.objects.filter(pk=made.pk).update(verdict=verdict, decided_at=at)
    if verdict != "clear":
        Finding.objects.create(
            ad=made, rule="med-efficacy", family="MED_EFFICACY_GUARANTEE", span="根治",
            start=text.find("根治"), end=text.find("根治") + 2, probability=0.95,
            severity="serious" if verdict == "serious" else "ordinary",
            articles=["advertising-law art 16(1)"],
            reason="含有表示功效的断言", remedy="改为“请按药品说明书或者在药师指导下购买和使用”",
            ruleset_version="test", decision="confirmed", decided_at=at, found_at=at,
        )  # fmt: skip
    made.refresh_from_db()
    return made


def sanction(officer: Any, number: int = 1, /, **values: Any) -> Sanction:
    """A measure that an officer proposed on a channel of its own."""
    name = values.pop("medium_name", f"海州电视台{number}频道")
    found = values.pop("medium", None) or medium(officer.unit_path, number, name=name)
    made = propose_sanctions.propose_by_hand(
        officer, found, step=values.pop("step", "warning"), month=MONTH, grounds=f"屡教不改{number}"
    )
    # Each number has a day of its own, so that lists have something to sort by.
    made.proposed_on -= timedelta(days=number)
    for name, value in values.items():
        setattr(made, name, value)
    made.save()
    return made


def noticed(officer: Any, number: int = 1, /, **values: Any) -> Sanction:
    """A measure of which notice was given and to which the medium replied today."""
    found = step_sanction.give_notice(officer, sanction(officer, number, **values))
    return step_sanction.record_reply(
        officer, found, reply="我台已停播", replied_on=timezone.localdate()
    )


def approved(officer: Any, number: int = 1, /, **values: Any) -> Sanction:
    """A measure that the leader approved."""
    case = values.pop("case_number", "")
    found = step_sanction.submit(officer, noticed(officer, number, **values), opinion="建议采取")
    return step_sanction.approve(leader(), found, case_number=case)


def issued(officer: Any, number: int = 1, /, **values: Any) -> Sanction:
    """A measure in force."""
    until = timezone.localdate() + timedelta(days=90)
    return step_sanction.issue(officer, approved(officer, number, **values), until=until)


def dispatch(officer: Any, number: int = 1, /, **values: Any) -> Dispatch:
    """A suspected advertisement sent to a bureau elsewhere."""
    text = values.pop("text", f"{number}号产品七天根治糖尿病{number * 7919}")
    given = {"to_bureau": "邻市市场监督管理局", "matter": f"涉嫌虚假宣传{number}"}
    state = values.pop("state", "")
    made = send_dispatch.send_dispatch(officer, ad(officer.unit_path, text), **(given | values))
    made.sent_on -= timedelta(days=number)
    made.due_on -= timedelta(days=number)
    made.state = state or made.state
    made.save()
    return made


def bulletin(officer: Any, number: int = 0, /, **values: Any) -> Bulletin:
    """The notice of a month of its own."""
    month = date(2024 + number // 12, number % 12 + 1, 1)
    given = {"kind": "notice", "month": month, "remarks": f"要求{number}"}
    return make_bulletins.make_bulletin(officer, given | values)


def training(officer: Any, number: int = 1, /, **values: Any) -> Training:
    """A session some days from now."""
    given = {"topic": f"广告法培训{number}", "held_on": timezone.localdate() + timedelta(number)}
    return train_advertisers.plan_training(officer, given | values)


def call(officer: Any, number: int = 1, /, **values: Any) -> TrainingCall:
    """An advertiser on the list."""
    given = {
        "unit_path": officer.unit_path, "name": f"海州市{number}号保健品店", "ads": number,
        "listed_on": timezone.localdate() - timedelta(days=number), "why": "两条以上",
    }  # fmt: skip
    return TrainingCall.objects.create(**(given | values))
