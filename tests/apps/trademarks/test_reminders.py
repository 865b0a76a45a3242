"""Reminders: what is found when, never twice, and what settles them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.apps.people import make_officer
from tests.apps.trademarks import examples
from zhixing.apps.registry.models import TradeMark
from zhixing.apps.trademarks import finding, indicators
from zhixing.apps.trademarks.api import (
    Reminder,
    record_renewal,
    record_use,
    schedule_reminders,
    start_reminders,
    take_step,
    tell_holder,
)
from zhixing.apps.trademarks.explanations import why
from zhixing.apps.trademarks.registers import ReminderRegister
from zhixing.apps.trademarks.selectors import reminders_visible
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.history import entries_for
from zhixing.kit.indicators import Period
from zhixing.kit.jobs.api import Job, run_inline
from zhixing.kit.testing.suites import BACKEND, Cast, RegisterSuite

TODAY = date(2026, 11, 24)


def _mark(path: str, number: int, **values: Any) -> TradeMark:
    return examples.mark(path, number, **({"expires_on": None} | values))


def _kinds(marks: list[TradeMark], today: date = TODAY) -> list[str]:
    return [found.kind for found in finding.about_terms(marks, today)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("end", "kinds"),
    [
        (date(2027, 11, 25), []),  # its window opens tomorrow, on the 26th a year before
        (date(2027, 11, 23), ["renewal"]),
        (TODAY, ["renewal"]),
        (TODAY - timedelta(1), ["grace"]),
        (date(2026, 5, 25), ["grace"]),
        (date(2026, 5, 22), ["expired"]),
        (date(1999, 5, 22), ["expired"]),
    ],
)
def test_a_term_is_told_of_in_its_window_in_grace_and_after(end: date, kinds: list[str]) -> None:
    """The first and the last day of each, by the text in force at the end of the term."""
    path = examples.offices().office.path
    assert _kinds([_mark(path, 1, expires_on=end)]) == kinds
    assert _kinds([_mark(path, 2, expires_on=end, status="cancelled")]) == []


@pytest.mark.django_db
def test_the_article_is_that_of_the_day_on_which_the_term_ends() -> None:
    """A term that ends in 2027 is renewed by the new text, though its window opened before."""
    path = examples.offices().office.path
    old, new = (_mark(path, n, expires_on=date(2026 + n, 1, 10)) for n in (0, 1))
    articles = [found.facts["article"] for found in finding.about_terms([old, new], TODAY)]
    assert articles == ["《商标法》第40条", "《商标法》第44条"]


@pytest.mark.django_db
def test_licences_that_end_or_outlast_the_mark_are_found() -> None:
    """In the last ninety days; beyond the term, also without an end of its own."""
    path = examples.offices().office.path
    mark = _mark(path, 1, expires_on=date(2028, 1, 1))
    soon = examples.authorisation(path, 1, mark=mark, ends_on=TODAY + timedelta(90))
    later = examples.authorisation(path, 2, mark=mark, ends_on=TODAY + timedelta(91))
    beyond = examples.authorisation(path, 3, mark=mark, ends_on=date(2028, 1, 2))
    endless = examples.authorisation(path, 4, mark=mark, ends_on=None)
    ended = examples.authorisation(path, 5, mark=mark, ends_on=date(2029, 1, 1), status="ended")
    rows = [soon, later, beyond, endless, ended]
    found = [(one.kind, one.authorisation) for one in finding.about_licences(rows, TODAY)]
    assert found == [
        ("licence_ending", soon), ("licence_beyond", beyond), ("licence_beyond", endless),
    ]  # fmt: skip


@pytest.mark.django_db
def test_three_years_without_use_are_counted_from_the_last_use() -> None:
    """Told of ninety days before; from the registration where no use is on record."""
    path = examples.offices().office.path
    mark = _mark(path, 1, registered_on=date(2020, 1, 1))
    due = date(2027, 2, 22)
    used = date(2024, 2, 22)
    assert [one.due for one in finding.about_use([(mark, used)], TODAY)] == [due]
    assert not list(finding.about_use([(mark, used)], TODAY - timedelta(1)))
    (never,) = finding.about_use([(mark, None)], TODAY)
    assert (never.due, never.facts["used"]) == (date(2023, 1, 1), "")


def _run(officer: Any, path: str) -> Job:
    job = run_inline(start_reminders(officer, unit_path=path))
    assert job.state == Job.State.DONE, job.error
    return job


@pytest.mark.django_db(transaction=True)
def test_the_daily_look_writes_each_reminder_once_and_settles_what_is_over() -> None:
    """Found again, nothing is added; a corrected register closes it, renewed or gone."""
    people, today = examples.cast(), timezone.localdate()
    path = people.keeper.unit_path
    holder = examples.subject(path, 1)
    mark = _mark(path, 1, expires_on=today + timedelta(30), holder=holder)
    other = _mark(path, 2, expires_on=today - timedelta(10))
    assert _run(people.keeper, path).result == {"found": 2, "new": 2, "settled": 0}
    assert _run(people.keeper, path).result == {"found": 2, "new": 0, "settled": 0}
    first = Reminder.objects.get(mark=mark)
    assert (first.kind, first.subject, first.due_on) == ("renewal", holder, mark.expires_on)
    assert "%(" not in why(first)
    TradeMark.objects.filter(pk=mark.pk).update(expires_on=today + timedelta(30 + 3652))
    TradeMark.objects.filter(pk=other.pk).update(status="cancelled")
    assert _run(people.keeper, path).result == {"found": 0, "new": 0, "settled": 2}
    assert set(Reminder.objects.values_list("mark", "state", "outcome")) == {
        (mark.pk, "closed", "renewed"),
        (other.pk, "closed", "gone"),
    }


@pytest.mark.django_db(transaction=True)
def test_a_look_stays_in_its_area_and_tells_the_holder_s_office() -> None:
    """A mark that the bureau keeps is told of at its holder's office; another area is untouched."""
    people, places, today = examples.cast(), examples.offices(), timezone.localdate()
    soon = today + timedelta(30)
    holder = examples.subject(people.keeper.unit_path, 1)
    _mark(places.bureau.path, 1, expires_on=soon, holder=holder)
    _mark(people.elsewhere.unit_path, 2, expires_on=soon)
    _run(people.keeper, people.keeper.unit_path)
    assert [row.unit_path for row in Reminder.objects.all()] == [people.keeper.unit_path]
    _run(people.elsewhere, people.elsewhere.unit_path)
    assert Reminder.objects.filter(state="open").count() == 2
    assert reminders_visible(people.keeper).count() == 1
    with pytest.raises(Refused):
        start_reminders(people.elsewhere, unit_path=people.keeper.unit_path)


@pytest.mark.django_db
def test_only_marks_that_somebody_follows_are_told_of_for_non_use() -> None:
    """Silence about a mark nobody looks at says nothing."""
    people = examples.cast()
    path = people.keeper.unit_path
    _mark(path, 1, registered_on=date(2015, 1, 1), expires_on=date(2035, 1, 1))
    followed = examples.registered(path, 2, on=date(2022, 3, 3))
    _run(people.keeper, path)
    row = Reminder.objects.get()
    assert (row.kind, row.mark) == ("non_use", followed.trade_mark)


@pytest.mark.django_db
def test_the_day_a_mark_was_put_to_use_is_a_use_on_record(settings: Any, tmp_path: Path) -> None:
    """The latest of both counts: the step to “in use”, and the uses seen since."""
    settings.HOME = tmp_path
    people = examples.cast()
    row = examples.registered(people.keeper.unit_path, 2, on=date(2022, 3, 3))
    _run(people.keeper, people.keeper.unit_path)
    assert Reminder.objects.get().facts["since"] == "2022-03-03"
    take_step(people.keeper, row, "in_use", on=date(2023, 9, 1), upload=examples.paper())
    _run(people.keeper, people.keeper.unit_path)
    old, new = Reminder.objects.order_by("pk")
    assert (old.state, new.state, new.facts["since"]) == ("closed", "open", "2023-09-01")
    record_use(people.keeper, row.trade_mark, used_on=timezone.localdate(), how="goods")
    assert not Reminder.objects.exclude(state="closed").exists()


@pytest.mark.django_db
def test_the_head_sets_the_daily_look_once() -> None:
    """An officer may not; set again it is the same schedule."""
    people = examples.cast()
    path = people.keeper.unit_path
    with pytest.raises(Refused):
        schedule_reminders(people.keeper, unit_path=path)
    assert schedule_reminders(people.head, unit_path=path) == schedule_reminders(
        people.head, unit_path=path
    )


def _reminder(path: str, number: int = 1, **values: Any) -> Reminder:
    from zhixing.apps.trademarks.actions.find_reminders import as_reminder

    mark = values.pop("mark", None) or _mark(
        path, number, expires_on=timezone.localdate() + timedelta(20 + number)
    )
    (found,) = finding.about_terms([mark], timezone.localdate())
    row = as_reminder(found)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


class TestReminders(RegisterSuite):
    """The register."""

    register = ReminderRegister
    filtering = ({"state": "open"}, {}, {"state": "closed", "settled_on": TODAY})
    searching = ("百味", {"title": "百味轩"}, {"title": "味百"})

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return _reminder(officer.unit_path, number, **values)


@pytest.mark.django_db
def test_telling_the_holder_is_written_down(client: Any) -> None:
    """When, how, by whom; a day to come is refused on the page with what was typed still there."""
    people = examples.cast()
    row = _reminder(people.keeper.unit_path)
    client.force_login(people.keeper, backend=BACKEND)
    url = row.get_absolute_url()
    late = {"on": "2999-01-01", "channel": "phone", "note": "已致电"}
    refused = client.post(url, late)
    assert refused.status_code == 422
    assert "已致电" in refused.content.decode()
    assert client.post(url, late | {"on": "2026-11-20"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.told_by, row.note) == ("told", people.keeper, "已致电")
    assert entries_for(row)[0].reason == "已致电"
    client.force_login(people.elsewhere, backend=BACKEND)
    assert client.get(url).status_code == 404
    with pytest.raises(Refused):
        tell_holder(people.elsewhere, row, on=TODAY, channel="phone")
    Reminder.objects.filter(pk=row.pk).update(state="closed", settled_on=TODAY)
    with pytest.raises(Conflict):
        tell_holder(people.keeper, row, on=TODAY, channel="phone")


@pytest.mark.django_db
def test_a_renewal_gives_the_next_term_and_settles_the_reminders() -> None:
    """Ten years on from the old end; outside window and grace it is refused, elsewhere too."""
    people = examples.cast()
    row = _reminder(people.keeper.unit_path)
    mark, end = row.mark, row.due_on
    assert mark is not None
    for day in (end - timedelta(400), end + timedelta(400)):
        with pytest.raises(Invalid):
            record_renewal(people.keeper, mark, filed_on=day)
    with pytest.raises(Refused):
        record_renewal(people.elsewhere, mark, filed_on=timezone.localdate())
    renewed = record_renewal(people.keeper, mark, filed_on=timezone.localdate())
    assert renewed.expires_on is not None
    assert renewed.expires_on.year == end.year + 10
    row.refresh_from_db()
    assert (row.state, row.outcome, row.settled_on) == ("closed", "renewed", timezone.localdate())


@pytest.mark.django_db
def test_the_share_renewed_in_time_counts_each_term_once(client: Any) -> None:
    """In the window counts, in grace does not; a mark given up does not count at all."""
    people, today = examples.cast(), timezone.localdate()
    path = people.keeper.unit_path
    in_time, late, open_one, given_up = (
        _mark(path, n, expires_on=today - timedelta(40 + n)) for n in range(4)
    )
    record_renewal(people.keeper, in_time, filed_on=today - timedelta(60))
    record_renewal(people.keeper, late, filed_on=today - timedelta(5))
    _reminder(path, mark=open_one)
    _reminder(path, mark=given_up)
    TradeMark.objects.filter(pk=given_up.pk).update(status="cancelled")
    period = Period(today - timedelta(365), today)
    figure = indicators.renewed_on_time(people.keeper, period)
    assert (figure.numerator, figure.denominator) == (1, 3)
    assert indicators.renewed_on_time(people.elsewhere, period).value is None
    client.force_login(people.keeper, backend=BACKEND)
    assert client.get(figure.rows_url).context["listing"].count.number == 4


@pytest.mark.django_db
def test_a_use_settles_the_reminder_that_it_makes_untrue(
    client: Any, settings: Any, tmp_path: Path
) -> None:
    """Recorded on the mark's page with a file; an older use settles nothing."""
    settings.HOME = tmp_path
    people = examples.cast()
    path = people.keeper.unit_path
    mark = examples.registered(path, 2, on=date(2022, 3, 3)).trade_mark
    assert mark is not None
    _run(people.keeper, path)
    record_use(people.keeper, mark, used_on=date(2022, 3, 3), how="goods")
    assert Reminder.objects.get().state == "open"
    client.force_login(people.keeper, backend=BACKEND)
    url = reverse("trademarks:use", args=[mark.pk])
    typed = {"used_on": "2026-10-01", "how": "package", "file": examples.paper()}
    assert client.post(url, typed).status_code == 302
    assert Reminder.objects.get().outcome == "gone"
    assert "2026" in client.get(mark.get_absolute_url()).content.decode()
    with pytest.raises(Invalid):
        record_use(people.keeper, mark, used_on=date(2999, 1, 1), how="goods")


@pytest.mark.django_db
def test_the_operator_s_page_warns_until_somebody_told_them(client: Any) -> None:
    """An alert for each reminder not passed on; none for another office or an auditor."""
    people = examples.cast()
    holder = examples.subject(people.keeper.unit_path, 1)
    mark = _mark(
        people.keeper.unit_path, 1, holder=holder, expires_on=timezone.localdate() + timedelta(9)
    )
    row = _reminder(people.keeper.unit_path, mark=mark)
    client.force_login(people.keeper, backend=BACKEND)
    assert row.get_absolute_url() in client.get(holder.get_absolute_url()).content.decode()
    assert row.get_absolute_url() in client.get(mark.get_absolute_url()).content.decode()
    tell_holder(people.keeper, row, on=timezone.localdate(), channel="visit")
    page = client.get(holder.get_absolute_url())
    assert not [alert for alert in page.context["alerts"] if alert.url == row.get_absolute_url()]


@pytest.mark.django_db
def test_the_what_if_page_works_out_supposed_days(client: Any) -> None:
    """The register's own days first; another day in the address gives other days."""
    people = examples.cast()
    mark = _mark(people.keeper.unit_path, 1, registered_on=date(2020, 5, 5))
    client.force_login(people.keeper, backend=BACKEND)
    url = reverse("trademarks:dates", args=[mark.pk])
    assert "2030" in client.get(url).content.decode()
    page = client.get(url, {"published_on": "2027-01-01"}).content.decode()
    assert "第36条" in page
    assert "2030" in page, "what is not supposed stays as the register has it"
    cleared = client.get(url, {"registered_on": ""}).content.decode()
    assert "2030" not in cleared
    client.force_login(people.elsewhere, backend=BACKEND)
    assert client.get(url).status_code == 404


@pytest.mark.django_db
def test_the_overview_counts_one_s_own(client: Any) -> None:
    """Each figure leads to its rows; another office's reminders are not in it."""
    people = examples.cast()
    _reminder(people.keeper.unit_path)
    _reminder(people.elsewhere.unit_path, 2)
    head = make_officer(examples.offices().office, "head")
    client.force_login(head, backend=BACKEND)
    page = client.get(reverse("trademarks:reminder_overview"))
    counts = {kind: dict(cells)["open"] for kind, _label, cells in page.context["kinds"]}
    assert (counts["renewal"], counts["grace"]) == (1, 0)
    client.post(reverse("trademarks:daily_reminders"))
    assert client.get(reverse("trademarks:reminder_overview")).context["is_daily"]
