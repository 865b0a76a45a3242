"""Requests for assistance: counted in working days, delayed in time, answered once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.apps.protection import examples
from zhixing import law
from zhixing.apps.protection import selectors
from zhixing.apps.protection.actions import ask_assistance as deeds
from zhixing.kit.errors import Conflict, Invalid, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Any:
    return examples.cast()


def test_the_answer_is_due_after_fifteen_working_days(people: Any) -> None:
    """The National Day holiday of 2025 does not count, its make-up days (28 Sep, 11 Oct) do."""
    request = examples.request(people.keeper, 1, received_on=examples.day("2025-09-22"))
    assert request.due_on == examples.day("2025-10-17")
    assert request.waiting_until == request.due_on
    assert not request.due_is_provisional


def test_a_due_day_in_a_year_without_holidays_is_provisional(
    people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The calendar's own word is kept with the request."""
    real = law.deadline

    def unannounced(*args: Any, **kwargs: Any) -> Any:
        found = real(*args, **kwargs)
        return type(found)(found.due, True, found.counted, found.excluded)

    monkeypatch.setattr(law, "deadline", unannounced)
    assert examples.request(people.keeper, 1).due_is_provisional


def test_a_request_sent_is_counted_from_its_arrival_once_known(people: Any) -> None:
    """Until then from the day it was sent."""
    request = examples.request(
        people.keeper, 1, direction="out", received_on=None, sent_on=examples.day("2025-09-01")
    )
    assert request.due_on == law.deadline("assistance_reply", examples.day("2025-09-01")).due
    changed = deeds.change_request(
        people.keeper, request, {"received_on": examples.day("2025-09-05")}
    )
    assert changed.due_on == law.deadline("assistance_reply", examples.day("2025-09-05")).due


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"received_on": None}, "received_on"),
        ({"direction": "out", "received_on": None}, "sent_on"),
        ({"received_on": "tomorrow"}, "received_on"),
        ({"received_on": "2019-01-01"}, "received_on"),
        ({"asked": ""}, "asked"),
        ({"other_bureau": ""}, "other_bureau"),
    ],
)
def test_what_cannot_be_right_is_refused_by_field(
    people: Any, values: dict[str, Any], field: str
) -> None:
    """No day to count from, a day to come, a time before the tables, nothing asked, of nobody."""
    given = dict(values)
    if given.get("received_on") == "tomorrow":
        given["received_on"] = timezone.localdate() + timedelta(days=1)
    elif isinstance(given.get("received_on"), str):
        given["received_on"] = examples.day(given["received_on"])
    with pytest.raises(Invalid) as refused:
        examples.request(people.keeper, 1, **given)
    assert field in refused.value.fields


def test_a_delay_is_announced_before_the_period_ends(people: Any) -> None:
    """In time it moves the day; afterwards it is refused, and so is an earlier day."""
    request = examples.request(people.keeper, 1)
    later = request.due_on + timedelta(days=10)
    with pytest.raises(Invalid):
        deeds.announce_delay(people.keeper, request, until=request.due_on, reason="取证需时")
    with pytest.raises(Invalid):
        deeds.announce_delay(people.keeper, request, until=later, reason=" ")
    moved = deeds.announce_delay(people.keeper, request, until=later, reason="取证需时")
    assert (moved.waiting_until, moved.due_on) == (later, request.due_on)
    late = examples.request(people.keeper, 60)
    with pytest.raises(Conflict):
        deeds.announce_delay(people.keeper, late, until=later, reason="取证需时")


def test_an_answer_ends_the_waiting(people: Any) -> None:
    """Overdue ones come first and leave the list when they are answered; once only."""
    fresh, late = examples.request(people.keeper, 1), examples.request(people.keeper, 60)
    assert list(selectors.assistance_waiting(people.keeper)) == [late, fresh]
    today = timezone.localdate()
    for wrong in (today + timedelta(days=1), late.received_on - timedelta(days=1)):
        with pytest.raises(Invalid):
            deeds.answer_request(people.keeper, late, answer="已核查", answered_on=wrong)
    deeds.answer_request(people.keeper, late, answer="已核查", answered_on=today)
    assert list(selectors.assistance_waiting(people.keeper)) == [fresh]
    for attempt in (
        lambda: deeds.answer_request(people.keeper, late, answer="再答", answered_on=today),
        lambda: deeds.withdraw_request(people.keeper, late, reason="不需要"),
        lambda: deeds.change_request(people.keeper, late, {"matter": "别的"}),
    ):
        with pytest.raises(Conflict):
            attempt()


@pytest.mark.parametrize("who", ["elsewhere", "stranger"])
def test_whoever_is_not_of_the_office_can_do_nothing(people: Any, who: str) -> None:
    """Neither answer, delay, withdraw nor change; nor enter one for the office."""
    request, outsider = examples.request(people.keeper, 1), getattr(people, who)
    later = timezone.localdate() + timedelta(days=90)
    for attempt in (
        lambda: deeds.answer_request(
            outsider, request, answer="答", answered_on=timezone.localdate()
        ),
        lambda: deeds.announce_delay(outsider, request, until=later, reason="迟"),
        lambda: deeds.withdraw_request(outsider, request, reason="撤"),
        lambda: deeds.change_request(outsider, request, {"matter": "别"}),
    ):
        with pytest.raises(Refused):
            attempt()
    file = examples.file(people.keeper, 2)
    with pytest.raises(Refused):
        examples.request(outsider, 3, file=file)
