"""Infringement files: from a confirmed lead to a decision, by steps, each refused when not due."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from tests.apps.protection import examples
from zhixing.apps.protection import selectors
from zhixing.apps.protection.actions import keep_files as deeds
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.history import entries_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Any:
    return examples.cast()


def _given(**more: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {"act_kind": "selling", "acted_on": today, "mark_text": "七匹狼"} | more


def test_only_a_confirmed_lead_becomes_a_file(people: Any) -> None:
    """An open lead and a dismissed one are refused; a confirmed one once."""
    lead = examples.lead(people.keeper, 1)
    with pytest.raises(Conflict):
        deeds.open_file(people.keeper, lead, _given())
    lead = examples.confirmed(people.keeper, 2)
    file = deeds.open_file(people.keeper, lead, _given())
    assert (file.lead, file.subject, file.party_name) == (lead, lead.subject, lead.subject.name)
    with pytest.raises(Conflict):
        deeds.open_file(people.colleague, lead, _given())


@pytest.mark.parametrize("who", ["elsewhere", "stranger"])
def test_whoever_is_not_of_the_office_can_do_nothing(people: Any, who: str) -> None:
    """Another office's officer and an auditor neither open nor work on a file."""
    outsider = getattr(people, who)
    with pytest.raises(Refused):
        deeds.open_file(outsider, examples.confirmed(people.keeper, 1), _given())
    file = examples.file(people.keeper, 2)
    fact = examples.fact(people.keeper, file, "sales", 10)
    for attempt in (
        lambda: examples.fact(outsider, file, "sales", 10),
        lambda: deeds.withdraw_fact(outsider, fact, reason="误"),
        lambda: deeds.finish_investigation(outsider, file, findings="查"),
        lambda: deeds.suspend_file(outsider, file, reason="争议"),
        lambda: deeds.change_file(outsider, file, {"mark_text": "别"}),
    ):
        with pytest.raises(Refused):
            attempt()


@pytest.mark.parametrize(
    ("field", "value"),
    [("acted_on", "tomorrow"), ("act_kind", "theft"), ("marks_count", 0), ("mark_text", "")],
)
def test_what_cannot_be_right_is_refused_by_field(people: Any, field: str, value: Any) -> None:
    """A day in the future, an unknown act, no mark."""
    if value == "tomorrow":
        value = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Invalid) as refused:
        deeds.open_file(
            people.keeper, examples.confirmed(people.keeper, 1), _given(**{field: value})
        )
    assert field in refused.value.fields


def test_steps_follow_one_another(people: Any) -> None:
    """Decide only after the investigation, close only after the decision, nothing afterwards."""
    file, today = examples.file(people.keeper, 0), timezone.localdate()
    decide = {"outcome": "责令立即停止侵权,罚款", "decided_on": today}
    with pytest.raises(Conflict):
        deeds.decide_file(people.keeper, file, **decide)
    deeds.finish_investigation(people.keeper, file, findings="查明销售")
    with pytest.raises(Conflict):
        deeds.close_file(people.keeper, file)
    with pytest.raises(Conflict):
        deeds.finish_investigation(people.keeper, file, findings="再查")
    deeds.decide_file(people.keeper, file, **decide)
    with pytest.raises(Conflict):
        examples.fact(people.keeper, file, "sales", 10)
    with pytest.raises(Conflict):
        deeds.change_file(people.keeper, file, {"mark_text": "别"})
    closed = deeds.close_file(people.keeper, file)
    assert (closed.state, closed.closed_on) == ("closed", today)
    log = [entry.deed for entry in entries_for(closed)]
    assert log[0] == "infringement.close"
    assert "infringement.open" in log


def test_a_suspended_file_goes_on_where_it_stopped(people: Any) -> None:
    """Ownership disputed: suspended with its reason, resumed into the state before."""
    file = examples.file(people.keeper, 0)
    deeds.finish_investigation(people.keeper, file, findings="查明")
    with pytest.raises(Invalid):
        deeds.suspend_file(people.keeper, file, reason=" ")
    suspended = deeds.suspend_file(people.keeper, file, reason="权属争议,已诉")
    assert (suspended.state, suspended.suspended_for) == ("suspended", "权属争议,已诉")
    with pytest.raises(Conflict):
        deeds.decide_file(people.keeper, file, outcome="罚", decided_on=timezone.localdate())
    resumed = deeds.resume_file(people.keeper, file, reason="判决生效")
    assert (resumed.state, resumed.suspended_for) == ("investigated", "")


def test_amounts_add_up_and_a_withdrawn_one_leaves_the_sum(people: Any) -> None:
    """The alert follows the sum up and down; the withdrawn amount stays readable."""
    file = examples.file(people.keeper, 1)
    examples.fact(people.keeper, file, "sales", "30000")
    assert not selectors.files_visible(people.keeper).get(pk=file.pk).crime_suspected
    second = examples.fact(people.colleague, file, "sales", "20000.00")
    fresh = selectors.files_visible(people.keeper).get(pk=file.pk)
    assert selectors.totals_of(fresh) == {"sales": Decimal(50_000)}
    assert fresh.crime_suspected
    with pytest.raises(Invalid):
        deeds.withdraw_fact(people.keeper, second, reason="")
    deeds.withdraw_fact(people.keeper, second, reason="重复计算")
    fresh.refresh_from_db()
    assert selectors.totals_of(fresh) == {"sales": Decimal(30_000)}
    assert not fresh.crime_suspected
    assert [fact.withdrawn_for for fact in selectors.facts_of(people.keeper, fresh)] == [
        "", "重复计算",
    ]  # fmt: skip
    with pytest.raises(Conflict):
        deeds.withdraw_fact(people.keeper, second, reason="再次")


@pytest.mark.parametrize("amount", ["0", "-5"])
def test_an_amount_is_positive(people: Any, amount: str) -> None:
    """Nothing and less than nothing are refused."""
    with pytest.raises(Invalid):
        examples.fact(people.keeper, examples.file(people.keeper, 1), "sales", amount)


def test_a_change_of_the_act_compares_anew(people: Any) -> None:
    """The same amount is a crime as selling and none as a similar mark."""
    file = examples.file(people.keeper, 1)
    examples.fact(people.keeper, file, "sales", 60_000)
    changed = deeds.change_file(people.keeper, file, {"act_kind": "similar_mark"})
    assert not changed.crime_suspected


def test_a_decision_without_transfer_says_why(people: Any) -> None:
    """Where the bar of a crime is reached, a penalty does not stand in for a transfer."""
    file, today = examples.file(people.keeper, 0), timezone.localdate()
    examples.fact(people.keeper, file, "sales", 60_000)
    deeds.finish_investigation(people.keeper, file, findings="查明")
    with pytest.raises(Invalid) as refused:
        deeds.decide_file(people.keeper, file, outcome="罚款", decided_on=today)
    assert "why_no_transfer" in refused.value.fields
    decided = deeds.decide_file(
        people.keeper, file, outcome="罚款", decided_on=today, why_no_transfer="公安机关已书面答复"
    )
    assert decided.why_no_transfer == "公安机关已书面答复"


def test_earlier_decided_files_of_the_same_subject_are_counted(people: Any) -> None:
    """Decided ones within five years, not open ones and not those of others."""
    of = examples.subject(people.keeper.unit_path, 1)
    today = timezone.localdate()
    file = examples.file(people.keeper, 0, subject=of)
    assert selectors.earlier_files(of, today).count() == 0
    deeds.finish_investigation(people.keeper, file, findings="查明")
    deeds.decide_file(people.keeper, file, outcome="罚", decided_on=today)
    assert selectors.earlier_files(of, today).count() == 1
    other = examples.subject(people.keeper.unit_path, 2)
    assert selectors.earlier_files(other, today).count() == 0
    assert selectors.earlier_files(of, today + timedelta(days=6 * 366)).count() == 0
