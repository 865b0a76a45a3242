"""The board: the whole text, honest lights, figures of one's own offices."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.people import make_officer, make_offices
from tests.apps.programme.counting import (
    INDICATOR,
    ITEM,
    SYSTEM,
    TODAY,
    adopted,
    figure,
    registered,
    rounds_on,
)
from zhixing import law
from zhixing.apps.accounts.models import Role
from zhixing.apps.programme.actions.set_item import assign_item_owner, set_item_target
from zhixing.apps.programme.board import BoardRow, ItemRow, board
from zhixing.apps.programme.narrowing import narrowed
from zhixing.apps.programme.selectors import programme_of, programmes_visible
from zhixing.kit.errors import Refused
from zhixing.kit.indicators import Figure, Period

pytestmark = pytest.mark.django_db


def items(rows: list[BoardRow]) -> dict[str, ItemRow]:
    """The items of a board by code."""
    return {item.item.code: item for row in rows for item in row.items}


def one_item(code: str = ITEM, on: date = TODAY, actor: Any = SYSTEM) -> ItemRow:
    """An item as the board of 2026 shows it."""
    return items(board(actor, 2026, on))[code]


def test_every_clause_of_the_text_is_on_the_board() -> None:
    """Goals, (一) to (七) and 三.1 to 三.3 each have a row with all their items."""
    adopted()
    text, rows = law.programme(), board(SYSTEM, 2026, TODAY)
    assert [row.clause.path for row in rows] == [clause.path for clause in text.clauses]
    assert {row.clause.path for row in rows if row.items} == {
        "一", "二/(一)", "二/(二)", "二/(三)", "二/(四)", "二/(五)", "二/(六)", "二/(七)",
        "三/1", "三/2", "三/3",
    }  # fmt: skip
    assert list(items(rows)) == [item.code for item in text.items]


def test_without_anything_counted_every_light_is_grey() -> None:
    """No item and no clause is good, behind or missed when no app counts anything."""
    adopted()
    with registered():
        rows = board(SYSTEM, 2026, TODAY)
    assert {row.light for row in rows} == {"unmonitored"}
    assert {item.light for item in items(rows).values()} == {"unmonitored"}
    assert all(item.figure is None and item.rounds is None for item in items(rows).values())


def test_rounds_asked_for_are_shown_before_anybody_holds_them() -> None:
    """Oversight and goods testing show 0 of 4, grey, although the year is nearly over."""
    adopted()
    with registered():
        rows = items(board(SYSTEM, 2026, TODAY))
    for code in ("oversight.rounds", "sampling.rounds"):
        row = rows[code]
        assert (row.light, row.held, row.required, row.due) == ("unmonitored", 0, 4, 3), code


def test_no_item_is_good_without_a_registered_figure() -> None:
    """With the apps as they are, every item that is not grey has something counted behind it."""
    adopted()
    for item in items(board(SYSTEM, 2026, TODAY)).values():
        counted = item.figure is not None or item.rounds is not None
        assert counted or item.light == "unmonitored", item.item.code
        if item.light == "good":
            assert item.figure is not None, item.item.code
            assert item.figure.value is not None, item.item.code


def test_a_figure_and_rounds_are_judged_together() -> None:
    """Both on time: good. One behind: behind. Only one of them counted: no better than unknown."""
    adopted()
    held, few = rounds_on(*[date(2026, m, 5) for m in (2, 5, 8)]), rounds_on(date(2026, 2, 5))
    for figures, rounds, light in (
        ({INDICATOR: figure(3)}, {ITEM: held}, "good"),
        ({INDICATOR: figure(3)}, {ITEM: few}, "late"),
        ({INDICATOR: figure(1)}, {ITEM: held}, "late"),
        ({INDICATOR: figure(3)}, {}, "unknown"),
        ({}, {ITEM: held}, "unknown"),
        ({INDICATOR: figure(None)}, {ITEM: held}, "unknown"),
    ):
        with registered(figures, rounds):
            row = one_item()
        assert row.light == light, (figures, rounds, row.why)


def test_a_clause_shows_its_worst_monitored_item_and_how_many_are_missing() -> None:
    """Two of five items counted: the worse decides, three are named as not monitored."""
    adopted()
    figures = {
        "sampling.rural_share": figure(0.5),
        "sampling.published_on_time_share": figure(0.2),
    }
    for code, target in (("sampling.rural_tilt", 0.4), ("sampling.publication", 0.9)):
        set_item_target(SYSTEM, adopted_programme(), code, target=target, reason="decided")
    with registered(figures):
        (row,) = [row for row in board(SYSTEM, 2026, TODAY) if row.clause.path == "二/(四)"]
    assert (row.light, row.unmonitored, len(row.items)) == ("bad", 3, 5)
    assert row.telling is not None
    assert row.telling.item.code == "sampling.publication"
    assert row.with_rounds is not None
    assert row.with_rounds.item.code == ITEM


def adopted_programme() -> Any:
    """The programme adopted before."""
    programme = programme_of(SYSTEM, 2026)
    assert programme is not None
    return programme


def test_goals_are_held_against_the_base_year() -> None:
    """A goal without a target compares this year with the base year and shows its tick."""
    adopted()

    def pass_rate(actor: Any, period: Period) -> Figure:
        value = 0.9 if period.start.year == 2025 else 0.96
        return Figure(value, "/rows/", period.end, interval=(value - 0.02, value + 0.02))

    with registered({"sampling.goods_pass_rate": pass_rate}):
        row = one_item("goals.goods_pass_rate")
    assert row.light == "good"
    assert row.base is not None
    assert (row.base.value, row.base.as_of) == (0.9, date(2025, 12, 31))


def test_the_own_target_goes_before_that_of_the_text() -> None:
    """The text says 4; the bureau set 6; taken back, 4 again."""
    programme = adopted()
    with registered(
        {INDICATOR: figure(4)}, {ITEM: rounds_on(*[date(2026, m, 1) for m in (1, 4, 7)])}
    ):
        assert (one_item().target, one_item().light) == (4.0, "good")
        set_item_target(SYSTEM, programme, ITEM, target=6, reason="more is needed")
        assert (one_item().target, one_item().light, one_item().has_own_target) == (
            6.0,
            "late",
            True,
        )
        set_item_target(SYSTEM, programme, ITEM, target=None, reason="back to the text")
        assert one_item().target == 4.0


def test_this_week_shows_new_rounds_and_how_the_figure_moved() -> None:
    """Rounds of the last seven days, and the figure less that of a week ago."""
    adopted()

    def rising(actor: Any, period: Period) -> Figure:
        return Figure(0.5 if period.end < date(2026, 11, 20) else 0.625, "/rows/", period.end)

    figures = {"brands.leads_decided_share": rising}
    rounds = {"brands.sweep": rounds_on(date(2026, 11, 17), date(2026, 11, 18), TODAY)}
    with registered(figures, rounds):
        row = one_item("brands.sweep")
        quiet = one_item("brands.sweep", on=date(2026, 11, 10))
    assert len(row.changes) == 2
    assert row.changes[0].startswith("+12.5")
    assert "2" in row.changes[1]
    assert quiet.changes == ()


def test_rounds_stand_newest_first() -> None:
    """The list begins with the latest round."""
    adopted()
    with registered({}, {ITEM: rounds_on(date(2026, 2, 1), date(2026, 9, 1), date(2026, 5, 1))}):
        rounds = one_item().rounds
    assert rounds is not None
    assert [held.on.month for held in rounds] == [9, 5, 2]


def test_an_owner_is_the_texts_until_the_bureau_names_one() -> None:
    """The proposed unit stands there as proposed; an office named takes its place."""
    programme, offices = adopted(), make_offices()
    row = one_item()
    assert (row.is_owned, row.proposed_owner.code) == (False, "consumer")
    assign_item_owner(SYSTEM, programme, ITEM, unit=offices.bureau, officer=None, reason="ours")
    row = one_item()
    assert row.is_owned
    assert row.setting is not None
    assert row.setting.owner_unit == offices.bureau


def test_the_share_of_items_with_somebody_in_charge_is_counted() -> None:
    """The programme counts its own organisation: one office, one of them with a person."""
    programme, offices = adopted(), make_offices()
    officer = make_officer(offices.office, Role.OFFICER)
    given = {"unit": offices.bureau, "officer": None, "reason": "ours"}
    assign_item_owner(SYSTEM, programme, ITEM, **given)
    assign_item_owner(SYSTEM, programme, "brands.sweep", **given | {"officer": officer})
    rows, n = items(board(SYSTEM, 2026, TODAY)), len(law.programme().items)
    owned, personal = rows["organisation.office"], rows["organisation.personal_duty"]
    for row, count, word in ((owned, 2, "owner"), (personal, 1, "person")):
        assert row.figure is not None
        assert (row.figure.numerator, row.figure.denominator) == (count, n)
        assert row.figure.rows_url.endswith(f"in_charge={word}")


def test_figures_are_counted_for_the_viewers_offices() -> None:
    """Each function gets the viewer; the filter narrows to one district, never to a foreign one."""
    adopted()
    offices = make_offices()
    seen: list[Any] = []

    def count(actor: Any, period: Period) -> Figure:
        seen.append(tuple(actor.scope_paths))
        return Figure(0.5, "/rows/?a=b", period.end)

    head = make_officer(offices.district, Role.HEAD)
    with registered({"brands.leads_decided_share": count}):
        board(head, 2026, TODAY)
        assert set(seen) == {(offices.district.path,)}
        seen.clear()
        row = one_item("brands.sweep", actor=narrowed(head, offices.office.path))
        assert set(seen) == {(offices.office.path,)}
    assert row.rows_url == "/rows/?a=b&office=3799%2F379901%2F37990101%2F"
    for foreign in (offices.bureau.path, "3798/", "379"):
        with pytest.raises(Refused):
            narrowed(head, foreign)


def test_a_programme_is_seen_by_its_own_bureau_alone() -> None:
    """Everyone from the leader to an office sees it; another city's bureau and outsiders do not."""
    programme, offices = adopted(), make_offices()
    for unit, role in (
        (offices.bureau, Role.LEADER),
        (offices.district, Role.HEAD),
        (offices.office, Role.OFFICER),
        (offices.office, Role.REPORTER),
    ):
        assert list(programmes_visible(make_officer(unit, role))) == [programme], role
    offices.bureau.pk, offices.bureau.code, offices.bureau.path = None, "3798", "3798/"
    offices.bureau.save()
    assert not programmes_visible(make_officer(offices.bureau, Role.LEADER)).exists()
    for role in (Role.LABORATORY, Role.OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR):
        with pytest.raises(Refused):
            programmes_visible(make_officer(offices.office, role))


def test_a_year_without_a_programme_has_no_board() -> None:
    """Nothing is made up for a year that was not adopted."""
    adopted()
    assert board(SYSTEM, 2025, TODAY) == []


def test_the_board_needs_as_many_queries_for_many_settings_as_for_none() -> None:
    """No query is made per clause, item or setting."""
    programme, offices = adopted(), make_offices()
    officer = make_officer(offices.office, Role.OFFICER)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            board(SYSTEM, 2026, TODAY)
        return len(queries)

    few = count()
    for item in law.programme().items[:20]:
        assign_item_owner(
            SYSTEM, programme, item.code, unit=offices.bureau, officer=officer, reason="ours"
        )
    assert count() == few <= 40
