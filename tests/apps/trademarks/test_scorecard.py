"""The board, the scorecard, and what the programme board counts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.apps.people import make_officer
from tests.apps.trademarks import examples
from zhixing.apps.trademarks import indicators
from zhixing.apps.trademarks.api import take_step
from zhixing.apps.trademarks.board import lanes
from zhixing.apps.trademarks.scorecard import scorecard
from zhixing.kit.indicators import Period
from zhixing.kit.testing.suites import BACKEND

pytestmark = pytest.mark.django_db
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))


def _town() -> Any:
    """Two marks of 2025 and one of 2024 at one office, one of 2025 at the other."""
    places = examples.offices()
    examples.registered(places.office.path, 1, on=date(2025, 3, 3))
    examples.registered(places.office.path, 2, on=date(2025, 8, 4))
    examples.registered(places.office.path, 3, on=date(2024, 5, 6))
    examples.registered(places.other_office.path, 4, on=date(2025, 5, 6))
    return places


def test_offices_are_ranked_by_the_share_of_their_targets_met(client: Any) -> None:
    """Two of four is behind one of one; the figures lead to their very rows."""
    places = _town()
    examples.target(places.office.path, 2025, registered=4)
    examples.target(places.other_office.path, 2025, registered=1)
    head = make_officer(places.district, "head")
    card = scorecard(head, 2025, date(2026, 2, 1))
    assert [(line.name, line.rank, line.met) for line in card.lines] == [
        ("河口所", 1, 1.0),
        ("城关所", 2, 0.5),
    ]
    cell = card.lines[1].cells[0]
    assert (cell.count, cell.base, cell.target, card.lines[1].stock) == (2, 1, 4, 3)
    assert (card.total.cells[0].count, card.total.stock, card.several) == (3, 4, 1)
    client.force_login(head, backend=BACKEND)
    for url, number in ((cell.url, 2), (cell.base_url, 1), (card.lines[1].stock_url, 3)):
        assert client.get(url).context["listing"].count.number == number, url


def test_an_office_without_target_is_listed_unranked_and_equal_shares_share_a_rank() -> None:
    """No number is made up for it; passing a target by far does not make up for missing another."""
    places = _town()
    examples.target(places.office.path, 2025, registered=1, in_use=1)
    head = make_officer(places.district, "head")
    card = scorecard(head, 2025, date(2026, 2, 1))
    assert [(line.name, line.rank, line.met) for line in card.lines] == [
        ("城关所", 1, 0.5),
        ("河口所", None, None),
    ]
    examples.target(places.other_office.path, 2025, registered=2)
    card = scorecard(head, 2025, date(2026, 2, 1))
    assert [line.rank for line in card.lines] == [1, 1]


def test_the_scorecard_of_one_office_shows_no_other(client: Any) -> None:
    """An officer of the other office sees its own line alone; the auditor sees none."""
    places, people = _town(), examples.cast()
    card = scorecard(people.elsewhere, 2025, date(2026, 2, 1))
    assert [line.name for line in card.lines] == ["河口所"]
    assert card.total.cells[0].count == 1
    client.force_login(people.elsewhere, backend=BACKEND)
    page = client.get(reverse("trademarks:scorecard") + "?year=2025").content.decode()
    assert places.other_office.name in page
    assert places.office.name not in page
    client.force_login(people.stranger, backend=BACKEND)
    assert client.get(reverse("trademarks:scorecard")).status_code == 403
    assert client.get(reverse("trademarks:board")).status_code == 403


def test_the_board_shows_the_longest_standing_first_and_leads_to_all(client: Any) -> None:
    """Lanes hold what stands in them; another office's marks and address change nothing."""
    people = examples.cast()
    path = people.keeper.unit_path
    late = examples.cultivation(path, 1, candidate_on=date(2025, 5, 5))
    early = examples.cultivation(path, 2, candidate_on=date(2024, 5, 5))
    gone = examples.cultivation(path, 3)
    take_step(people.keeper, gone, "dropped", on=examples.DAY, note="撤回")
    examples.cultivation(people.elsewhere.unit_path, 4)
    found = {lane.stage: lane for lane in lanes(people.keeper)}
    assert list(found["candidate"].cards) == [early, late]
    assert (found["candidate"].count, found["dropped"].count) == (2, 1)
    client.force_login(people.keeper, backend=BACKEND)
    page = client.get(reverse("trademarks:board"), {"office": people.elsewhere.unit_path})
    assert page.context["office"] == ""
    rows = client.get(found["candidate"].url).context["listing"]
    assert rows.count.number == 2


def test_the_share_of_filings_searched_counts_searches_made_before(client: Any) -> None:
    """A search after the filing does not count; the drill-down lists the denominator."""
    people = examples.cast()
    path = people.keeper.unit_path
    assert indicators.filings_searched(people.keeper, YEAR).value is None
    for number, searched in ((1, date(2025, 1, 5)), (2, date(2025, 3, 9)), (3, None)):
        row = examples.ready(
            path, number, searched_on=searched, documents_on=date(2025, 1, 5),
            candidate_on=date(2025, 1, 1),
        )  # fmt: skip
        filing = {"filing_number": f"F{number}"}
        take_step(people.keeper, row, "filed", on=date(2025, 2, 3), values=filing)
    figure = indicators.filings_searched(people.keeper, YEAR)
    assert (figure.numerator, figure.denominator) == (1, 3)
    assert indicators.filings_searched(people.elsewhere, YEAR).denominator == 0
    client.force_login(people.keeper, backend=BACKEND)
    assert client.get(figure.rows_url).context["listing"].count.number == 3


def test_the_share_of_offices_with_several_marks_is_counted_as_the_law_table_says(
    client: Any,
) -> None:
    """Two marks make several; a mark refused later is not alive; each actor's area is its own."""
    places = _town()
    head = make_officer(places.bureau, "head")
    figure = indicators.offices_with_marks(head, YEAR)
    assert (figure.numerator, figure.denominator, figure.value) == (1, 2, 0.5)
    other = examples.cast().elsewhere
    assert indicators.offices_with_marks(other, YEAR).numerator == 0
    client.force_login(head, backend=BACKEND)
    assert client.get(figure.rows_url).status_code == 200


def test_a_year_to_come_is_not_shown(client: Any) -> None:
    """A made-up year in the address shows the running one."""
    people = examples.cast()
    client.force_login(people.keeper, backend=BACKEND)
    for word in ("3000", "x", "1"):
        page = client.get(reverse("trademarks:scorecard"), {"year": word})
        assert page.context["card"].year == timezone.localdate().year


def test_the_way_in_counts_what_waits_for_the_officer(client: Any) -> None:
    """What waits in one's own offices; every place it names opens; an auditor has none."""
    people = examples.cast()
    examples.cultivation(people.keeper.unit_path, 1, help_asked_on=examples.DAY)
    examples.cultivation(people.elsewhere.unit_path, 2, help_asked_on=examples.DAY)
    client.force_login(people.keeper, backend=BACKEND)
    page = client.get(reverse("trademarks:home"))
    lines = [line for _label, lines in page.context["groups"] for line in lines]
    assert {line.place.page: line.count for line in lines}["help"] == 1
    for line in lines:
        assert client.get(line.url).status_code == 200, line.url
    client.force_login(people.stranger, backend=BACKEND)
    assert client.get(reverse("trademarks:home")).status_code == 403
