"""What rates are made of: monitored days of random rounds, by verdict and category."""

from __future__ import annotations

from typing import Any

import pytest

from tests.apps.adverts import examples
from tests.apps.media import examples as media
from zhixing.apps.adverts.api import Ad, Placement, rate_rows, violations_of_medium
from zhixing.apps.adverts.models import Finding
from zhixing.apps.media.api import MediumDay, add_days, record_day

pytestmark = pytest.mark.django_db
PERIOD = {"start": media.FIRST, "end": media.LAST}


def drawn(office: str, **values: Any) -> MediumDay:
    """One drawn day of one newspaper."""
    media.medium(office)
    found = media.running(office, plan={"newspaper": 1}, **values)
    return found.days.get()


def placed(office: str, day: MediumDay, text: str, verdict: str = "", **values: Any) -> Ad:
    """An advertisement on the day, with its verdict."""
    examples.taken(
        office, examples.seen(text, shown_on=day.day, medium=day.medium, seconds=15, **values)
    )
    ad = Ad.objects.latest("pk")
    Ad.objects.filter(pk=ad.pk).update(verdict=verdict)
    return ad


def test_a_random_day_is_counted_with_its_verdicts_and_frame() -> None:
    """Sizes are counted where nobody recorded them; the stratum says what the day stands for."""
    office = media.cast().keeper.unit_path
    day = drawn(office)
    placed(office, day, "全国第一的酱油", "serious", category="food")
    placed(office, day, "老味道的食醋新品", "clear", category="food")
    placed(office, day, "七天见效的胶囊品", "violating", category="drug")
    record_day(examples.SYSTEM, day, {"state": "monitored"})
    (row,) = rate_rows(**PERIOD)
    assert (row.stratum_frame, row.stratum_taken, row.is_counted) == (10, 1, True)
    assert (row.all.monitored.items, row.all.monitored.seconds) == (3, 45)
    assert (row.all.bad.items, row.all.serious.items, row.all.bad.seconds) == (2, 1, 30)
    assert row.by_category["drug"].bad.items == 1
    assert row.by_category["food"].monitored.items == 2


def test_recorded_sizes_go_before_counted_ones() -> None:
    """An officer monitored forty and entered the one that was wrong."""
    office = media.cast().keeper.unit_path
    day = drawn(office)
    placed(office, day, "全国第一的酱油", "violating")
    record_day(examples.SYSTEM, day, {"state": "monitored", "items": 40})
    (row,) = rate_rows(**PERIOD)
    assert (row.all.monitored.items, row.all.bad.items, row.is_counted) == (40, 1, False)


def test_targeted_days_never_come_into_a_random_answer() -> None:
    """Nor do advertisements that a complaint led to."""
    office = media.cast().keeper.unit_path
    medium = media.medium(office)
    targeted = media.running(office, design="targeted", purpose="投诉集中", plan={})
    (day,) = add_days(examples.SYSTEM, targeted, [(medium, media.FIRST)])
    placed(office, day, "全国第一的酱油", "violating")
    record_day(examples.SYSTEM, day, {"state": "monitored"})
    assert Placement.objects.get().design == "targeted"
    assert rate_rows(**PERIOD) == []
    (row,) = rate_rows(**PERIOD, design="targeted")
    assert (row.all.bad.items, row.stratum_frame) == (1, None)


def test_a_day_that_was_not_monitored_is_left_out() -> None:
    """Drawn is not monitored."""
    office = media.cast().keeper.unit_path
    day = drawn(office)
    placed(office, day, "全国第一的酱油", "violating")
    assert rate_rows(**PERIOD) == []


def test_a_day_of_two_rounds_is_whole_in_both() -> None:
    """A placement names one of them; neither rate loses it."""
    office = media.cast().keeper.unit_path
    first = drawn(office)
    second = media.running(office, 2, plan={"newspaper": 10}).days.get(day=first.day)
    placed(office, first, "全国第一的酱油", "violating")
    for day in (first, second):
        record_day(examples.SYSTEM, day, {"state": "monitored"})
    assert [row.all.bad.items for row in rate_rows(**PERIOD)] == [1, 1]


def test_confirmed_findings_of_a_medium_are_told() -> None:
    """For notices, from any design."""
    office = media.cast().keeper.unit_path
    day = drawn(office)
    ad = placed(office, day, "全国第一的酱油", "violating")
    for decision in ("confirmed", "rejected"):
        Finding.objects.create(
            ad=ad, family="ABSOLUTE_TERM", start=0, end=4, span="全国第一", probability=0.9,
            ruleset_version="x", decision=decision, found_at="2026-06-01T00:00Z",
        )  # fmt: skip
    found = violations_of_medium(day.medium_id, **PERIOD)
    assert [finding.decision for finding in found] == ["confirmed"]
