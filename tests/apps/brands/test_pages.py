"""The guard's first page, the page of a hit, schedules and taking over; what the board counts."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.apps.brands import examples
from zhixing.apps.accounts.api import Region
from zhixing.apps.brands import indicators
from zhixing.apps.brands.api import Hit, NameKind, WatchedMark, schedule_sweeps
from zhixing.apps.leads.api import Lead, dispose_lead
from zhixing.apps.registry.api import create_mark
from zhixing.kit.errors import Refused
from zhixing.kit.indicators import Period
from zhixing.kit.jobs.api import Schedule
from zhixing.kit.testing.suites import BACKEND

ACTOR = examples.ACTOR
# What listens to deeds hears of them when they are committed.
pytestmark = pytest.mark.django_db(transaction=True)
TRADES = ("食品", "饮料", "酒业", "茶叶", "水产", "乳业", "糖果", "粮油")


def _found(people: Any, number: int) -> None:
    for trade in TRADES[:number]:
        examples.subject(people.keeper.unit_path, f"海州市康帅傅{trade}有限公司")


def test_the_first_page_says_what_is_watched_judged_due_and_found(client: Any) -> None:
    """Every figure leads to its rows; another office sees nothing of it."""
    people = examples.cast()
    client.force_login(people.keeper, backend=BACKEND)
    assert "empty-state" in client.get("/brands/").content.decode()
    examples.watched(people.keeper.unit_path, "康师傅", holder_name="康师傅控股有限公司")
    _found(people, 2)
    examples.subject(people.keeper.unit_path, "康师傅控股有限公司")
    examples.sighting(people.keeper.unit_path, "康帅傅面馆")
    view = client.get("/brands/").context["view"]
    assert [(str(f.label), f.number) for f in view.by_kind] == [
        (str(NameKind.SUBJECT.label), 2), (str(NameKind.SHOP.label), 1),
    ]  # fmt: skip
    assert [figure.number for figure in view.by_channel] == [3]
    assert [figure.number for figure in view.left_alone] == [1]
    assert (view.judged.number, view.due_brands, view.brands) == (4, 1, 1)
    for figure in (*view.by_kind, *view.by_channel, *view.left_alone, *view.watched):
        rows = client.get(figure.url).context["listing"].page.rows
        assert len(rows) == figure.number, figure.url
    assert len(client.get(view.due_url).context["listing"].page.rows) == 1
    client.force_login(people.elsewhere, backend=BACKEND)
    assert "empty-state" in client.get("/brands/").content.decode()
    client.force_login(people.stranger, backend=BACKEND)
    assert client.get("/brands/").status_code == 403


def test_pages_need_as_many_queries_for_many_hits_as_for_few(client: Any) -> None:
    """First page and sweep page: no query a row."""
    people = examples.cast()
    client.force_login(people.keeper, backend=BACKEND)
    examples.watched(people.keeper.unit_path, "康师傅", holder_name="康师傅控股有限公司")

    def count(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    _found(people, 1)
    few = count("/brands/")
    for trade in TRADES[1:]:
        examples.subject(people.keeper.unit_path, f"海州市康帅傅{trade}有限公司")
    assert count("/brands/") == few <= 25


def test_a_hit_left_alone_has_a_page_for_its_own_offices(client: Any) -> None:
    """It says the ground; the other office does not find it."""
    people = examples.cast()
    examples.watched(people.keeper.unit_path, "康师傅", holder_name="康师傅控股有限公司")
    examples.subject(people.keeper.unit_path, "康师傅控股有限公司")
    hit = Hit.objects.get()
    client.force_login(people.keeper, backend=BACKEND)
    assert "康师傅控股有限公司" in client.get(hit.get_absolute_url()).content.decode()
    client.force_login(people.elsewhere, backend=BACKEND)
    assert client.get(hit.get_absolute_url()).status_code == 404


def test_marks_are_taken_over_after_a_question(client: Any) -> None:
    """The page says how many; nothing happens before the button."""
    people = examples.cast()
    create_mark(
        ACTOR,
        {"text": "康师傅", "unit_path": people.keeper.unit_path, "protection": ["well_known"]},
    )
    client.force_login(people.keeper, backend=BACKEND)
    assert "1" in client.get("/brands/watch-list/take-over/").content.decode()
    assert not WatchedMark.objects.exists()
    client.post("/brands/watch-list/take-over/")
    assert WatchedMark.objects.get().trade_mark is not None
    client.force_login(people.stranger, backend=BACKEND)
    assert client.post("/brands/watch-list/take-over/").status_code == 403


def test_the_head_lets_sweeps_come_round_once_per_office(client: Any) -> None:
    """Pressing twice changes nothing; an officer may not."""
    people = examples.cast()
    client.force_login(people.head, backend=BACKEND)
    for _press in range(2):
        assert client.post("/brands/sweeps/schedule/").status_code == 302
    schedule = Schedule.objects.get()
    assert (schedule.every, schedule.unit_path) == ("day", people.head.unit_path)
    with pytest.raises(Refused):
        schedule_sweeps(people.keeper, people.keeper.unit_path)


def test_the_board_counts_hits_and_lists(client: Any) -> None:
    """Precision of what was decided, foreign marks decided, marks watched; each with its rows."""
    people = examples.cast()
    path, today = people.keeper.unit_path, timezone.localdate()
    period = Period(today.replace(month=1, day=1), today)
    for code, function in indicators.FIGURES.items():
        assert function(people.keeper, period).value is None, code
    for number, (text, values) in enumerate(
        (
            ("飘柔", {"protection": ["foreign"]}),
            ("康师傅", {"protection": ["well_known"]}),
            ("王老吉", {"protection": ["well_known"]}),
            ("五常大米", {"kind": "geographical"}),
        )
    ):
        mark = {"text": text, "unit_path": path, "registration_number": f"8{number}", **values}
        create_mark(ACTOR, mark)
    examples.watched(path, "飘柔", protection="foreign")
    examples.watched(path, "康师傅")
    _found(people, 3)
    examples.subject(path, "海州市飘揉日化有限公司")
    leads = list(Lead.objects.order_by("pk"))
    dispose_lead(people.keeper, leads[0], disposition="confirmed", reason="属实")
    dispose_lead(people.keeper, leads[1], disposition="dismissed", reason="不足以误认")
    figures = {code: count(people.keeper, period) for code, count in indicators.FIGURES.items()}
    counted = {code: (figure.numerator, figure.denominator) for code, figure in figures.items()}
    assert counted == {
        "brands.leads_decided_share": (2, 4),
        "brands.sweep_precision": (1, 2),
        "brands.foreign_leads_decided_share": (0, 1),
        "brands.well_known_watched_share": (1, 2),
        "brands.gi_watched_share": (0, 1),
    }
    client.force_login(people.keeper, backend=BACKEND)
    for code, figure in figures.items():
        rows = client.get(figure.rows_url).context["listing"].page.rows
        assert len(rows) == figure.denominator, code
    assert indicators.sweep_precision(people.elsewhere, period).denominator == 0


def test_a_lead_stands_side_by_side_with_readings_and_parts(client: Any) -> None:
    """The words that are alike beside the brand, and where they stand in the whole label."""
    people = examples.cast()
    examples.watched(people.keeper.unit_path, "康师傅")
    examples.label(people.keeper.unit_path, "品名:方便面\n品牌:康帅傅\n生产商:海州市恒昌食品厂")
    client.force_login(people.keeper, backend=BACKEND)
    page = client.get(Lead.objects.get(monitor="brands").get_absolute_url()).content.decode()
    assert "<mark>康帅傅</mark>" in page
    assert page.count("cell-character") == 6
    assert "shuài" in page
    assert "巾" in page, "the part that both glyphs share"
    verdict = {"kind": "label", "text": "品名:方便面 品牌:康帅傅"}
    typed = client.post("/brands/check/verdict/", verdict).content.decode()
    assert "<mark>康帅傅</mark>" in typed


def test_the_page_of_a_brand_says_where_it_is_protected_and_what_was_found(client: Any) -> None:
    """Divisions by their names; hits of the officer's own offices."""
    people = examples.cast()
    Region.objects.create(code="379901", name="城东区", level="county")
    brand = examples.watched(
        people.keeper.unit_path.split("/")[0] + "/", "康师傅", territory=["379901", "3798"]
    )
    examples.sighting(people.keeper.unit_path, "康帅傅面馆")
    client.force_login(people.keeper, backend=BACKEND)
    page = client.get(brand.get_absolute_url()).content.decode()
    assert "3798、城东区" in page
    assert "康帅傅" in page
    client.force_login(people.elsewhere, backend=BACKEND)
    assert "康帅傅" not in client.get(brand.get_absolute_url()).content.decode()
