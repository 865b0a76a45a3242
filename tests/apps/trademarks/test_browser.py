"""The trade-mark services in a real browser: board, scorecard, one mark, its steps."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.apps.people import make_officer
from tests.apps.trademarks import examples
from tests.apps.trademarks.test_registers import TestCultivations as CultivationSuite
from tests.harness.browser import (
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
    sign_in,
)
from zhixing.apps.trademarks.api import (
    Cultivation,
    Reminder,
    add_check,
    assign_help,
    begin_dossier,
    judge_criterion,
    start_reminders,
    take_step,
)
from zhixing.kit.files.api import attach
from zhixing.kit.jobs.api import run_inline
from zhixing.kit.testing.suites import RegisterBrowserSuite

NAMES = ("青禾", "绿野仙踪", "海之韵", "百味轩", "山水谣", "金穗", "东篱")


def _check(page: Any, name: str) -> None:
    screenshot(page, name)
    assert_accessible(page)
    assert_no_sideways_scroll(page)


class TestCultivationPages(RegisterBrowserSuite):
    """The register of marks cultivated."""

    suite = CultivationSuite

    def open(self, page: Any, officer: Any, url: str) -> None:
        sign_in(page, officer)
        page.goto(url)

    def check(self, page: Any) -> None:
        assert_accessible(page)
        assert_no_sideways_scroll(page)


def _town() -> Any:
    """Marks at every stage, at two offices with targets."""
    places, today = examples.offices(), timezone.localdate()
    head = make_officer(places.district, "head", name="陈所长")
    holder = examples.subject(places.office.path, 1, name="示范市青禾粮油专业合作社")
    for number, name in enumerate(NAMES, start=1):
        values: dict[str, Any] = {"mark_text": name, "subject": holder}
        if number < 3:
            values |= {"help_asked_on": today - timedelta(20 * number), "request": "大米商标申请"}
        examples.cultivation(
            places.office.path, number, candidate_on=today - timedelta(300), **values
        )
    done = examples.registered(places.office.path, 20, on=date(today.year, 1, 5), subject=holder)
    assign_help(head, done, make_officer(places.office, "officer", name="李卫东"))
    examples.registered(places.other_office.path, 21, on=date(today.year - 1, 5, 5))
    examples.target(places.office.path, today.year, registered=4, in_use=1)
    examples.target(places.other_office.path, today.year, registered=1)
    return head, done


def _look(page: Any) -> None:
    head, done = _town()
    sign_in(page, head)
    for name, url in (
        ("marks-board", reverse("trademarks:board")),
        ("marks-scorecard", reverse("trademarks:scorecard")),
        ("marks-help", reverse("trademarks:help")),
        ("mark-candidate", Cultivation.objects.get(mark_text="青禾").get_absolute_url()),
        ("mark-registered", done.get_absolute_url()),
        ("mark-step", reverse("trademarks:step", args=[done.pk, "in_use"])),
        ("marks-targets", reverse("trademarks:targets")),
    ):
        page.goto(url)
        _check(page, name)


def _look_at_services(page: Any) -> None:
    head, done = _town()
    mark, today = done.trade_mark, timezone.localdate()
    user = examples.subject(done.unit_path, 30, name="示范市绿野米业有限公司")
    soon = examples.mark(
        done.unit_path, 31, text="金穗", expires_on=today + timedelta(60), holder=user,
        registered_on=date(2017, 3, 3), kind="geographical", protection=["foreign", "well_known"],
    )  # fmt: skip
    lasting = today + timedelta(60)
    licence = examples.authorisation(
        done.unit_path, 1, kind="licence", mark=mark, grantee=user, ends_on=lasting
    )
    check = add_check(
        head, {"mark": soon, "subject": user, "checked_on": today, "outcome": "label"}
    )
    dossier = begin_dossier(
        head,
        {"kind": "well_known", "mark": done.trade_mark, "unit_path": done.unit_path,
         "case_filed_on": today - timedelta(25)},
    )  # fmt: skip
    criterion = dossier.criteria.all()[0]
    attach(head, criterion, examples.paper())
    judge_criterion(head, criterion, verdict="met", papers=[0], note="已提交请求书")
    run_inline(start_reminders(head, unit_path=head.unit_path))
    reminder = Reminder.objects.get(mark=soon)
    sign_in(page, head)
    for name, url in (
        ("marks-home", reverse("trademarks:home")),
        ("marks-reminders", reverse("trademarks:reminder_overview")),
        ("marks-reminder", reminder.get_absolute_url()),
        ("marks-reminder-list", reverse("trademarks:reminders")),
        ("mark-dates", reverse("trademarks:dates", args=[soon.pk]) + "?published_on=2027-01-01"),
        ("mark-page", soon.get_absolute_url()),
        ("mark-renewal", reverse("trademarks:renewal", args=[soon.pk])),
        ("mark-licence", reverse("trademarks:licence", args=[licence.pk])),
        ("mark-licence-contract", licence.get_absolute_url()),
        ("marks-licences", reverse("trademarks:licences")),
        ("marks-origin", reverse("trademarks:origin-marks")),
        ("marks-foreign", reverse("trademarks:foreign-marks")),
        ("marks-protected", reverse("trademarks:protected-marks")),
        ("mark-check", check.get_absolute_url()),
        ("mark-check-new", reverse("trademarks:checks-new")),
        ("mark-dossiers", reverse("trademarks:dossiers")),
        ("mark-dossier", dossier.get_absolute_url()),
        ("mark-dossier-new", reverse("trademarks:dossiers-new")),
        ("mark-criterion", criterion.get_absolute_url()),
        ("mark-dossier-step", reverse("trademarks:dossier_step", args=[dossier.pk, "complete"])),
        ("mark-dossier-cover", reverse("trademarks:dossier_cover", args=[dossier.pk])),
        ("mark-subject", user.get_absolute_url()),
    ):
        page.goto(url)
        _check(page, name)


@pytest.mark.django_db(transaction=True)
def test_the_services_are_finished_at_desktop_width(page: Any) -> None:
    """Reminders, dates, licences, views and checks: accessible, and nothing sticks out."""
    _look_at_services(page)


@pytest.mark.django_db(transaction=True)
def test_the_services_are_finished_on_a_phone(phone: Any) -> None:
    """The same at 390 px."""
    _look_at_services(phone)


@pytest.mark.django_db(transaction=True)
def test_every_page_is_finished_at_desktop_width(page: Any) -> None:
    """Accessible, and nothing sticks out."""
    _look(page)


@pytest.mark.django_db(transaction=True)
def test_every_page_is_finished_on_a_phone(phone: Any) -> None:
    """The same at 390 px."""
    _look(phone)


@pytest.mark.django_db(transaction=True)
def test_a_mark_is_brought_on_from_the_board(page: Any) -> None:
    """From the lane to the row, by its button to the form, and back with the next stage."""
    people = examples.cast()
    row = examples.ready(people.keeper.unit_path, 1)
    sign_in(page, people.keeper)
    page.goto(reverse("trademarks:board"))
    page.get_by_role("link", name=row.mark_text).click()
    page.locator(f"a[href='{reverse('trademarks:step', args=[row.pk, 'filed'])}']").click()
    page.locator("#id_filing_number").fill("80123456")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".way [aria-current=step]")).to_contain_text(
        str(Cultivation.Stage.FILED.label)
    )
    row.refresh_from_db()
    assert row.stage == "filed"
    take_step(people.keeper, row, "refused", on=timezone.localdate(), note="与在先商标近似")
    page.reload()
    expect(page.locator(".way [aria-current=step]")).to_contain_text(
        str(Cultivation.Stage.REFUSED.label)
    )
