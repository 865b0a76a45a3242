"""Advertisements sent on, monthly papers, training, and what the board counts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.apps.discipline import examples
from tests.apps.people import make_offices
from zhixing import law
from zhixing.apps.discipline import indicators, selectors
from zhixing.apps.discipline.actions import make_bulletins, train_advertisers
from zhixing.apps.discipline.actions import send_dispatch as deeds
from zhixing.apps.discipline.actions.step_sanction import give_notice
from zhixing.apps.discipline.duties import duties
from zhixing.apps.discipline.models import Dispatch
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.indicators import Period
from zhixing.kit.papers.api import papers_about

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))


@pytest.fixture
def people() -> Any:
    return examples.cast()


def sent(people: Any, text: str = "七天根治糖尿病") -> Dispatch:
    """Sent from the keeper's office to the office next door."""
    ad = examples.ad(people.keeper.unit_path, text)
    return deeds.send_dispatch(
        people.keeper, ad, to_path=people.elsewhere.unit_path, matter="涉嫌保证功效"
    )


def test_an_ad_sent_on_is_acknowledged_and_answered_within_its_periods(people: Any) -> None:
    """Both ends see it; the receiver answers, with the letter and the law's working days."""
    made = sent(people)
    assert made.due_on == law.deadline("ad_dispatch_receipt", TODAY()).due
    assert list(selectors.dispatches_visible(people.elsewhere)) == [made]
    (letter,) = papers_about(made)
    facts = letter.versions.get(is_issued=True).facts
    assert (facts["receiver"], facts["text"]) == ("河口所", "七天根治糖尿病")
    assert facts["findings"][0]["articles"] == "广告法 16(1)"
    with pytest.raises(Refused):
        deeds.accept(people.keeper, made)
    made = deeds.accept(people.elsewhere, made)
    assert made.due_on == law.deadline("ad_report_handling", TODAY()).due
    made = deeds.answer(
        people.elsewhere, made, outcome="case", feedback="已立案", answered_on=TODAY()
    )
    assert (made.state, made.due_on, made.was_late) == ("answered", None, False)
    with pytest.raises(Conflict):
        deeds.withdraw(people.keeper, made, reason="x")


def test_a_late_answer_is_marked_and_counted(people: Any) -> None:
    """On the board: one of two in time; one that is not yet due says nothing."""
    late, fine = sent(people), sent(people, "三天根治永不复发")
    sent(people, "根治百病无效退款")
    for one in (late, fine):
        deeds.accept(people.elsewhere, one)
    Dispatch.objects.filter(pk=late.pk).update(due_on=TODAY() - timedelta(days=1))
    for one in (late, fine):
        one.refresh_from_db()
        deeds.answer(people.elsewhere, one, outcome="unfounded", feedback="查无实据",
                     answered_on=TODAY())  # fmt: skip
    late.refresh_from_db()
    assert late.was_late
    period = Period(TODAY().replace(month=1, day=1), TODAY())
    figure = indicators.dispatches_on_time(people.keeper, period)
    assert (figure.numerator, figure.denominator) == (1, 2)


@pytest.mark.parametrize(
    "given",
    [
        {"matter": ""},
        {"to_path": "", "to_bureau": ""},
        {"to_bureau": "邻市局"},
        {"to_path": "own"},
    ],
)
def test_a_receiver_and_a_suspicion_are_needed(people: Any, given: dict[str, str]) -> None:
    """One receiver, not one's own office, and something suspected."""
    ad = examples.ad(people.keeper.unit_path, "根治糖尿病")
    values = {"to_path": people.elsewhere.unit_path, "matter": "涉嫌虚假"} | given
    if values["to_path"] == "own":
        values["to_path"] = people.keeper.unit_path
    with pytest.raises(Invalid):
        deeds.send_dispatch(people.keeper, ad, **values)


def test_a_dispatch_is_returned_or_withdrawn_and_not_sent_twice(people: Any) -> None:
    """What came back can be sent to another; strangers see none of it."""
    made = sent(people)
    with pytest.raises(Conflict):
        deeds.send_dispatch(
            people.keeper, made.ad, to_path=people.elsewhere.unit_path, matter="再转"
        )
    with pytest.raises(Refused):
        deeds.send_back(people.colleague, made, reason="不属本所")
    made = deeds.send_back(people.elsewhere, made, reason="广告主在外市")
    assert made.state == "returned"
    other = deeds.send_dispatch(people.keeper, made.ad, to_bureau="邻市局", matter="涉嫌虚假")
    assert deeds.withdraw(people.keeper, other, reason="并案处理").state == "withdrawn"
    with pytest.raises(Refused):
        selectors.dispatches_visible(people.stranger)


def test_a_monthly_paper_is_counted_drafted_and_frozen_when_issued(people: Any) -> None:
    """Random days as rates, targeted ones as counts; the paper keeps what it said."""
    path = people.keeper.unit_path
    examples.medium(path)
    examples.monitored(path, bad=2)
    examples.monitored(path, design="targeted", items=5, bad=1, days=1)
    made = make_bulletins.make_bulletin(
        people.keeper, {"kind": "notice", "month": date(2026, 6, 17), "remarks": "加强自审"}
    )
    assert made.month == date(2026, 6, 1)
    figures = made.figures
    assert (figures["total"]["item"]["rows"], figures["total"]["item"]["bad_rows"]) == (200, 10)
    assert figures["total"]["item"]["text"].startswith("5.00%(")
    assert figures["targeted"] == [
        {"name": "海州电视台1频道", "items": 5, "bad_items": 1, "serious_items": 0}
    ]
    # Only the unlawful ones were entered: nothing can be said of trades.
    assert (figures["trades"], figures["itemised"]) == ([], 0)
    examples.ad(path, "另一条根治广告", shown_on=date(2026, 6, 5))
    made = make_bulletins.count_anew(people.keeper, made)
    assert made.figures["problems"][0]["n"] == 12
    made = make_bulletins.issue(people.keeper, made)
    (paper,) = papers_about(made)
    assert paper.number.endswith("广监〔" + str(TODAY().year) + "〕1号")
    assert paper.title == "2026年6月广告监测情况通报"
    assert paper.versions.count() == 3
    for attempt in (
        lambda: make_bulletins.count_anew(people.keeper, made),
        lambda: make_bulletins.change_bulletin(people.keeper, made, {"remarks": "x"}),
    ):
        with pytest.raises(Conflict):
            attempt()
    with pytest.raises(Invalid):
        make_bulletins.make_bulletin(people.keeper, {"kind": "notice", "month": made.month})


def test_a_digest_names_the_commonest_problems_and_a_lawful_way(people: Any) -> None:
    """Of a month without random days too; the running month is drafted, not issued."""
    examples.ad(people.keeper.unit_path, "根治糖尿病", shown_on=TODAY().replace(day=1))
    made = make_bulletins.make_bulletin(people.keeper, {"kind": "digest", "month": TODAY()})
    (problem,) = made.figures["problems"]
    assert problem["remedy"].startswith("改为")
    assert made.figures["total"]["item"]["text"] == "—"
    with pytest.raises(Conflict):
        make_bulletins.issue(people.keeper, made)


def test_advertisers_with_repeated_findings_are_listed_once(people: Any) -> None:
    """Two unlawful advertisements, one is not enough; whoever was trained since is left out."""
    path = people.keeper.unit_path
    for number in range(3):
        examples.ad(path, f"华盛牌第{number}款根治糖尿病{number * 7919}", shown_on=TODAY(),
                    advertiser_name="华盛保健品店")  # fmt: skip
    examples.ad(path, "只此一条根治广告词", shown_on=TODAY(), advertiser_name="偶犯商行")
    (call,) = train_advertisers.list_advertisers(people.keeper)
    assert (call.name, call.ads) == ("华盛保健品店", 3)
    assert train_advertisers.list_advertisers(people.keeper) == []
    session = examples.training(people.keeper, 0)
    call = train_advertisers.invite(people.keeper, call, training=session)
    with pytest.raises(Refused):
        train_advertisers.record_attendance(people.elsewhere, call, has_come=True)
    call = train_advertisers.record_attendance(people.keeper, call, has_come=True)
    session.refresh_from_db()
    assert (call.state, session.is_held) == ("attended", True)
    assert train_advertisers.list_advertisers(people.keeper) == []
    with pytest.raises(Conflict):
        train_advertisers.change_training(people.keeper, session, {"topic": "x"})


def test_nobody_attends_a_session_to_come(people: Any) -> None:
    """Nor is anybody taken off without a reason."""
    call = train_advertisers.invite(
        people.keeper, examples.call(people.keeper), training=examples.training(people.keeper, 5)
    )
    with pytest.raises(Conflict):
        train_advertisers.record_attendance(people.keeper, call, has_come=True)
    with pytest.raises(Invalid):
        train_advertisers.excuse(people.keeper, call, reason="")
    assert train_advertisers.excuse(people.keeper, call, reason="已停业").state == "excused"


def test_the_board_counts_rates_with_intervals_from_random_days(people: Any) -> None:
    """By item, time, serious and focus; each figure names its rows; other offices see nothing."""
    path = people.keeper.unit_path
    examples.medium(path)
    examples.monitored(path, bad=4, serious=1)
    figure = indicators.illegal_rate_item(people.keeper, JUNE)
    assert figure.value == pytest.approx(0.1)
    assert figure.interval is not None
    assert figure.interval[0] < 0.1 < figure.interval[1]
    assert (figure.numerator, figure.denominator) == (20, 200)
    assert "month=2026-06-30" in figure.rows_url
    assert indicators.illegal_rate_time(people.keeper, JUNE).value == pytest.approx(0.1)
    assert indicators.serious_rate(people.keeper, JUNE).value == pytest.approx(0.025)
    assert indicators.priority_illegal_rate(people.keeper, JUNE).value is None
    assert indicators.illegal_rate_item(people.elsewhere, JUNE).value is None


def test_trades_are_rated_from_days_on_which_everything_was_entered(people: Any) -> None:
    """Two unlawful of three entered on each of two days."""
    path = people.keeper.unit_path
    examples.medium(path)
    examples.monitored(path, days=2, items=0, bad=2)
    figure = indicators.priority_illegal_rate(people.keeper, JUNE)
    assert figure.value == pytest.approx(2 / 3)
    made = make_bulletins.make_bulletin(people.keeper, {"kind": "notice", "month": JUNE.start})
    (trade,) = made.figures["trades"]
    assert (trade["code"], trade["item"]["rows"], trade["item"]["bad_rows"]) == ("drug", 6, 4)


def test_the_ladder_counts_as_applied_when_people_have_decided(people: Any) -> None:
    """Dropping a proposal with a reason is a decision; leaving it lie is not."""
    year = Period(TODAY().replace(month=1, day=1), TODAY())
    path = people.keeper.unit_path
    examples.medium(path)
    examples.monitored(path, serious=1)
    from zhixing.apps.discipline.actions.propose_sanctions import propose_sanctions
    from zhixing.apps.discipline.actions.step_sanction import drop

    (made,) = propose_sanctions(people.keeper, examples.MONTH)
    assert indicators.ladder_applied(people.keeper, year).value == 0
    drop(people.keeper, made, reason="已口头告诫")
    assert indicators.ladder_applied(people.keeper, year).value == 1
    examples.sanction(people.keeper, 3)
    assert indicators.ladder_applied(people.keeper, year).denominator == 1


def test_every_figure_is_named_in_the_programme() -> None:
    """A figure that no item shows would be counted for nobody."""
    programme = law.programme("quality-city")
    named = {item.indicator for item in programme.items if item.indicator}
    assert make_offices() is not None
    assert {
        "adverts.illegal_rate_item", "adverts.illegal_rate_time", "adverts.serious_rate",
        "adverts.priority_illegal_rate", "adverts.clues_decided_share", "adverts.handling_days",
        "adverts.dispatches_on_time_share", "adverts.ladder_applied_share",
    } <= named  # fmt: skip


def test_the_desk_names_what_is_due(people: Any) -> None:
    """A receipt, a reply, a term: each by its day, to the offices concerned alone."""
    made = sent(people)
    noticed = give_notice(people.keeper, examples.sanction(people.keeper))
    in_force = examples.issued(people.keeper, 2, step="rectify")
    far = TODAY() + timedelta(days=60)
    found = {(duty.due_on, duty.url) for duty in duties(people.keeper, far, 10)}
    assert found == {
        (made.due_on, made.get_absolute_url()),
        (noticed.reply_due, noticed.get_absolute_url()),
        (in_force.term_until, in_force.get_absolute_url()),
    }
    assert {duty.url for duty in duties(people.elsewhere, far, 10)} == {made.get_absolute_url()}
    assert list(duties(people.stranger, far, 10)) == []
