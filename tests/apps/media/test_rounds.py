"""Rounds: the draw, what may be changed after it, targeted days, closing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.apps.media import examples
from zhixing.apps.media.actions.keep_media import set_medium_status
from zhixing.apps.media.actions.run_rounds import (
    add_days,
    close_round,
    record_day,
    start_round,
    update_round,
)
from zhixing.apps.media.models import MediumDay
from zhixing.engines.draw import digest, drawn
from zhixing.kit.errors import Conflict, Invalid, Refused

pytestmark = pytest.mark.django_db


def test_a_draw_can_be_repeated_from_seed_and_frame() -> None:
    """The days in the book are those that the engine draws from the same frame."""
    office = examples.cast().keeper.unit_path
    media = [examples.medium(office, n) for n in (1, 2)]
    found = examples.running(office)
    keys = [f"{medium.key}|2026-06-{day:02}" for medium in media for day in range(1, 11)]
    rows = found.days.order_by("position")
    assert [f"{row.medium_id}|{row.day}" for row in rows] == drawn(keys, 4, "2026")
    assert (found.frame_size, found.frame_sm3) == (20, digest(keys))
    stratum = found.strata.get()
    assert (stratum.frame_size, stratum.take) == (20, 4)


def test_only_media_in_operation_of_the_area_are_drawn() -> None:
    """Not those of other offices, not closed ones, not other kinds."""
    people = examples.cast()
    office = people.keeper.unit_path
    mine = examples.medium(office, 1)
    examples.medium(office, 2, kind="tv")
    examples.medium(people.elsewhere.unit_path, 3)
    closed = examples.medium(office, 4)
    set_medium_status(people.head, closed, "closed", reason="停刊")
    found = examples.running(office, plan={"newspaper": 50})
    assert {row.medium for row in found.days.all()} == {mine}
    assert found.frame_size == 10


def test_a_draw_is_not_repeated_and_its_frame_not_changed() -> None:
    """Name and purpose may be corrected; what was drawn from may not."""
    people = examples.cast()
    examples.medium(people.keeper.unit_path)
    found = examples.running(people.keeper.unit_path)
    with pytest.raises(Conflict):
        start_round(people.keeper, found)
    with pytest.raises(Invalid) as refusal:
        update_round(people.keeper, found, {"ends_on": date(2026, 7, 1)})
    assert "ends_on" in refusal.value.fields
    assert update_round(people.keeper, found, {"name": "夏季"}).name == "夏季"


@pytest.mark.parametrize(
    "values",
    [
        {"plan": {}},
        {"design": "targeted", "purpose": " "},
        {"ends_on": date(2026, 5, 1)},
        {"plan": {"billboard": 3}},
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_refused(values: dict[str, Any]) -> None:
    """A random round draws something; a targeted one says why."""
    office = examples.cast().keeper.unit_path
    with pytest.raises(Invalid):
        examples.planned(office, **values)


def test_days_of_a_targeted_round_are_chosen_and_those_of_a_random_one_are_not() -> None:
    """So that nobody adds a suspicious day to a sample."""
    people = examples.cast()
    office = people.keeper.unit_path
    medium = examples.medium(office)
    random = examples.running(office)
    with pytest.raises(Conflict):
        add_days(people.keeper, random, [(medium, examples.FIRST)])
    targeted = examples.running(office, 2, design="targeted", purpose="投诉集中", plan={})
    (day,) = add_days(people.keeper, targeted, [(medium, examples.FIRST)])
    assert (day.stratum, day.state) == (None, "planned")
    assert add_days(people.keeper, targeted, [(medium, examples.FIRST)]) == [day]
    with pytest.raises(Invalid):
        add_days(people.keeper, targeted, [(medium, date(2027, 1, 1))])


def test_a_round_closes_when_every_day_is_monitored_or_missed_with_a_reason() -> None:
    """A missed day says why; closed figures stand."""
    people = examples.cast()
    examples.medium(people.keeper.unit_path)
    found = examples.running(people.keeper.unit_path, plan={"newspaper": 2})
    first, second = found.days.all()
    record_day(people.keeper, first, {"state": "monitored", "items": 12})
    with pytest.raises(Conflict):
        close_round(people.keeper, found)
    with pytest.raises(Invalid):
        record_day(people.keeper, second, {"state": "missed"})
    record_day(people.keeper, second, {"state": "missed", "missed_reason": "停刊"})
    assert close_round(people.keeper, found).state == "closed"
    with pytest.raises(Conflict):
        record_day(people.keeper, MediumDay.objects.get(pk=first.pk), {"items": 13})


def test_other_offices_neither_draw_nor_record() -> None:
    """Each deed asks for the office."""
    people = examples.cast()
    medium = examples.medium(people.keeper.unit_path)
    found = examples.planned(people.keeper.unit_path)
    with pytest.raises(Refused):
        start_round(people.elsewhere, found)
    day = start_round(people.keeper, found).days.first()
    with pytest.raises(Refused):
        record_day(people.elsewhere, day, {"items": 1})
    with pytest.raises(Refused):
        set_medium_status(people.keeper, medium, "suspended", reason="试试")
