"""What stands on the board: every clause, honest lights, one's own offices, few queries."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.apps.people import make_officer
from tests.apps.programme.examples import (
    REASON,
    TODAY,
    Cast,
    cast,
    count_everything,
    count_only,
    fixed,
    held,
    share,
)
from zhixing import law
from zhixing.apps.leads.models import Lead
from zhixing.apps.programme import lights
from zhixing.apps.programme.api import BoardRow, ItemRow, assign_item_owner, board, set_item_target
from zhixing.apps.programme.narrowing import narrowed
from zhixing.apps.programme.selectors import programmes_visible
from zhixing.kit.actors import Actor
from zhixing.kit.errors import Refused
from zhixing.kit.indicators import Figure, Period

pytestmark = pytest.mark.django_db
SWEEP, DECIDED = "brands.sweep", "brands.leads_decided_share"
ROUNDS, TESTED = "sampling.rounds", "sampling.rounds_held"


@pytest.fixture
def people() -> Cast:
    """A bureau with a programme."""
    return cast()


def rows_of(people: Cast, actor: Actor | None = None, on: date = TODAY) -> list[BoardRow]:
    return board(actor or people.leader, people.programme.year, on)


def item_of(rows: list[BoardRow], code: str) -> ItemRow:
    return next(item for row in rows for item in row.items if item.item.code == code)


def make_lead(people: Cast, path: str, number: int, *, decided: bool) -> Lead:
    """A look-alike lead at an office, found and perhaps decided on the first day of the year."""
    first = date(people.programme.year, 1, 1)
    at = datetime.combine(first, time(9), timezone.get_current_timezone())
    decision = {
        "state": "disposed", "disposition": "confirmed", "disposed_at": at,
        "disposed_by": people.leader,
    }  # fmt: skip
    lead: Lead = Lead.objects.create(
        unit_path=path, monitor="brands", clause="二/(二)", title=f"lead {number}", score=0.9,
        probability=0.9, method="lookalike", method_version="1", dedup_key=f"key {number}",
        found_at=at, due_on=at.date(), **(decision if decided else {}),
    )  # fmt: skip
    return lead


def test_every_clause_and_item_of_the_text_is_on_the_board(people: Cast) -> None:
    """Nothing of the programme is left out or reordered, whether or not anything counts it."""
    rows, text = rows_of(people), law.programme("quality-city")
    assert [row.clause.path for row in rows] == [clause.path for clause in text.clauses]
    on_board = [item.item.code for row in rows for item in row.items]
    assert sorted(on_board) == sorted(item.code for item in text.items)
    for row in rows:
        assert bool(row.items) == bool(row.clause.text), row.clause.path


def test_what_nobody_counts_is_not_monitored_and_never_good(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without one registered figure the whole board is grey, and says how many items it lacks."""
    count_only(monkeypatch)
    for row in rows_of(people):
        assert row.light == lights.UNMONITORED
        assert row.unmonitored == len(row.items)
        assert all(item.light == lights.UNMONITORED and item.figure is None for item in row.items)


def test_only_counted_items_may_be_good(people: Cast) -> None:
    """With what the platform really registers: a good light always has a figure or rounds."""
    for item in (item for row in rows_of(people) for item in row.items):
        if item.light == lights.GOOD:
            assert item.figure is not None or item.rounds is not None
        if item.figure is None and item.rounds is None:
            assert item.light == lights.UNMONITORED


def test_a_clause_shows_its_worst_monitored_item(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One good and one bad item make the clause bad; the figure shown is the bad one's."""
    count_only(
        monkeypatch,
        {DECIDED: fixed(share(95, 100)), "brands.chains_checked_share": fixed(share(10, 100))},
    )
    for code in (SWEEP, chain_item()):
        set_item_target(people.leader, people.programme, code, target=0.8, reason=REASON)
    row = next(row for row in rows_of(people) if row.clause.path == "二/(二)")
    assert row.light == lights.BAD
    assert row.telling is not None
    assert row.telling.item.code == chain_item()
    assert row.unmonitored == len(row.items) - 2


def chain_item() -> str:
    """The item that the share of checked authorisation chains belongs to."""
    text = law.programme("quality-city")
    return next(i.code for i in text.items if i.indicator == "brands.chains_checked_share")


def test_a_straddling_interval_is_cannot_tell(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """83 of 100 may well be below 80 percent."""
    count_only(monkeypatch, {DECIDED: fixed(share(83, 100))})
    set_item_target(people.leader, people.programme, SWEEP, target=0.8, reason=REASON)
    assert item_of(rows_of(people), SWEEP).light == lights.UNKNOWN


def test_rounds_that_nobody_holds_are_not_none_of_four(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unknown rounds are no dots; counted ones are, with what is due and this week's news."""
    count_only(monkeypatch)
    assert item_of(rows_of(people), ROUNDS).rounds is None
    count_only(
        monkeypatch,
        {TESTED: fixed(Figure(2.0, "/rows/", TODAY))},
        {ROUNDS: held(date(2025, 12, 1), date(2026, 3, 2), TODAY - timedelta(days=6))},
    )
    item = item_of(rows_of(people), ROUNDS)
    assert (item.held, item.due, item.required, item.light) == (2, 3, 4, lights.LATE)
    assert [held_.on for held_ in item.rounds or ()] == [
        TODAY - timedelta(days=6),
        date(2026, 3, 2),
    ]
    assert len(item.changes) == 1
    a_day_later = item_of(rows_of(people, on=TODAY + timedelta(days=1)), ROUNDS)
    assert a_day_later.changes == ()


def test_this_weeks_change_is_the_difference_to_seven_days_ago(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The figure as it stood seven days before, counted anew, not remembered."""
    old = TODAY - timedelta(days=7)
    count_only(
        monkeypatch,
        {DECIDED: lambda _a, period: share(90 if period.end > old else 85, 100, period.end)},
    )
    (change,) = item_of(rows_of(people), SWEEP).changes
    assert change.startswith("+5.0")


def test_the_figure_is_of_ones_own_offices(people: Cast) -> None:
    """The bureau counts all leads, an office its own; narrowing the bureau gives the office's."""
    offices = people.offices
    for number, (path, decided) in enumerate(
        [
            (offices.office.path, True),
            (offices.office.path, False),
            (offices.other_office.path, True),
        ]
    ):
        make_lead(people, path, number, decided=decided)

    def counted(actor: Actor) -> tuple[int | None, int | None]:
        figure = item_of(rows_of(people, actor), SWEEP).figure
        assert figure is not None
        return figure.numerator, figure.denominator

    assert counted(people.leader) == (2, 3)
    assert counted(people.officer) == (1, 2)
    assert counted(narrowed(people.leader, offices.office.path)) == (1, 2)
    assert counted(narrowed(people.leader, offices.other_office.path)) == (1, 1)


def test_narrowing_opens_nothing(people: Cast) -> None:
    """Wrong side: an officer can look at no office but the own, and keeps the own permissions."""
    offices = people.offices
    for path in (offices.other_office.path, offices.district.path, "", "3798/"):
        if path:
            with pytest.raises(Refused):
                narrowed(people.officer, path)
    assert narrowed(people.officer, "") is people.officer
    narrow = narrowed(people.leader, offices.office.path)
    assert narrow.has_perm("programme.view_programme")
    assert narrow.actor_id == people.leader.pk
    with pytest.raises(Refused):
        narrowed(narrow, offices.other_office.path)
    auditor = make_officer(offices.bureau, "auditor")
    with pytest.raises(Refused):
        board(narrowed(auditor, offices.office.path), 2026, TODAY)


def test_the_rows_behind_a_narrowed_figure_are_narrowed_too(people: Cast) -> None:
    """The drill-down leads to as many leads as the figure counted."""
    path = people.offices.office.path
    item = item_of(rows_of(people, narrowed(people.leader, path)), SWEEP)
    assert "office=3799%2F379901%2F37990101%2F" in item.rows_url
    assert "office=" not in item_of(rows_of(people), SWEEP).rows_url


def test_every_counted_figure_leads_to_its_rows(people: Cast) -> None:
    """A cell without a drill-down is a defect."""
    figures = [i for row in rows_of(people) for i in row.items if i.figure is not None]
    assert len(figures) >= 3
    assert all(item.rows_url.startswith("/") for item in figures)


def test_the_programme_counts_its_own_owners() -> None:
    """Items with an office or officer, and those with a named officer, out of all items."""
    people = cast(year=timezone.localdate().year)
    items = len(people.programme.text.items)
    assign_item_owner(
        people.leader, people.programme, SWEEP, unit=people.offices.district, officer=None,
        reason=REASON,
    )  # fmt: skip
    assign_item_owner(
        people.leader, people.programme, ROUNDS, unit=None, officer=people.officer, reason=REASON
    )
    rows = rows_of(people, on=timezone.localdate())
    counted = {
        item.indicator.code: (item.figure.numerator, item.figure.denominator)
        for row in rows
        for item in row.items
        if item.indicator and item.figure and item.indicator.code.startswith("programme.")
    }
    assert counted["programme.items_with_owner_share"] == (2, items)
    assert counted["programme.duties_with_person_share"] == (1, items)


def test_queries_do_not_grow_with_what_is_counted(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The board of twenty leads and ten owners asks as often as that of none."""

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            rows_of(people)
        return len(asked)

    rows_of(people)
    before = queries()
    for number in range(20):
        make_lead(people, people.offices.office.path, number, decided=number % 2 == 0)
    for item in people.programme.text.items[:10]:
        assign_item_owner(
            people.leader, people.programme, item.code, unit=people.offices.district,
            officer=people.officer, reason=REASON,
        )  # fmt: skip
    assert queries() == before
    count_everything(monkeypatch, people.programme)
    assert queries() <= 4


def test_a_figure_and_rounds_are_judged_together(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both on time: good. One behind: behind. Only one of them counted: no better than unknown."""
    on_time = held(*(date(2026, month, 5) for month in (2, 5, 8)))
    behind = held(date(2026, 2, 5))
    three, one, nothing = (fixed(Figure(n, "/rows/", TODAY)) for n in (3.0, 1.0, None))
    for figures, rounds, light in (
        ({TESTED: three}, {ROUNDS: on_time}, lights.GOOD),
        ({TESTED: three}, {ROUNDS: behind}, lights.LATE),
        ({TESTED: one}, {ROUNDS: on_time}, lights.LATE),
        ({TESTED: three}, {}, lights.UNKNOWN),
        ({}, {ROUNDS: on_time}, lights.UNKNOWN),
        ({TESTED: nothing}, {ROUNDS: on_time}, lights.UNKNOWN),
    ):
        count_only(monkeypatch, figures, rounds)
        item = item_of(rows_of(people), ROUNDS)
        assert item.light == light, item.why


def test_the_own_target_goes_before_that_of_the_text(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text says 4; the bureau sets 6; taken back, it is 4 again."""
    count_only(monkeypatch, {TESTED: fixed(Figure(4.0, "/rows/", TODAY))})
    for own, target in ((None, 4.0), (6.0, 6.0), (None, 4.0)):
        set_item_target(people.leader, people.programme, ROUNDS, target=own, reason=REASON)
        item = item_of(rows_of(people), ROUNDS)
        assert (item.target, item.has_own_target) == (target, own is not None)


def test_goals_are_held_against_the_base_year(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A goal without a target compares with the whole base year and shows its figure."""

    def pass_rate(_actor: Actor, period: Period) -> Figure:
        return share(900 if period.start.year == 2025 else 960, 1000, period.end)

    count_only(monkeypatch, {"sampling.goods_pass_rate": pass_rate})
    item = item_of(rows_of(people), "goals.goods_pass_rate")
    assert item.light == lights.GOOD
    assert item.base is not None
    assert (item.base.value, item.base.as_of) == (0.9, date(2025, 12, 31))


def test_an_owner_is_the_texts_until_the_bureau_names_one(people: Cast) -> None:
    """The proposed unit stands there as proposed; an office named takes its place."""
    item = item_of(rows_of(people), ROUNDS)
    assert (item.is_owned, item.proposed_owner.code) == (False, "consumer")
    assign_item_owner(
        people.leader, people.programme, ROUNDS, unit=people.offices.bureau, officer=None,
        reason=REASON,
    )  # fmt: skip
    item = item_of(rows_of(people), ROUNDS)
    assert item.setting is not None
    assert item.setting.owner_unit == people.offices.bureau


def test_a_programme_is_seen_by_its_own_bureau_and_working_roles(people: Cast) -> None:
    """From the leader down to an office; outsiders by role are refused."""
    for officer in (people.leader, people.district_head, people.officer):
        assert list(programmes_visible(officer)) == [people.programme]
    for role in ("laboratory", "operator", "auditor", "administrator"):
        with pytest.raises(Refused):
            programmes_visible(make_officer(people.offices.office, role))


def test_a_year_without_a_programme_has_no_board(people: Cast) -> None:
    """Nothing is made up for a year that was not adopted."""
    assert board(people.leader, 2025, TODAY) == []
