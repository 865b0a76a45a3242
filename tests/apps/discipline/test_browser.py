"""Pages of ad discipline in a real browser, wide and on a phone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests.apps.discipline import examples
from tests.harness.browser import (
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
    sign_in,
)
from zhixing.apps.discipline.actions.propose_sanctions import propose_sanctions
from zhixing.apps.discipline.actions.step_sanction import give_notice

pytestmark = pytest.mark.django_db(transaction=True)


def _check(page: Any, name: str) -> None:
    screenshot(page, f"discipline-{name}")
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def _look(page: Any) -> None:
    people = examples.cast()
    path = people.keeper.unit_path
    medium = examples.medium(path)
    examples.monitored(path, month=date(2026, 5, 1), days=6, items=0, bad=1)
    examples.monitored(path, days=6, items=0, bad=2, serious=1)
    examples.monitored(path, days=2, items=5, bad=1, design="targeted")
    (made,) = propose_sanctions(people.keeper, examples.MONTH)
    give_notice(people.keeper, made)
    in_force = examples.issued(people.keeper, 2, step="suspend")
    sent = examples.dispatch(people.keeper, 1)
    paper = examples.bulletin(people.keeper, kind="notice", month=examples.MONTH)
    call = examples.call(people.keeper)
    training = examples.training(people.keeper)
    sign_in(page, people.keeper)
    for name, url in {
        "home": reverse("discipline:home") + "?month=2026-06-01",
        "home-empty": reverse("discipline:home") + "?month=2020-01-01",
        "sanctions": reverse("discipline:sanctions"),
        "sanction": made.get_absolute_url(),
        "sanction-issued": in_force.get_absolute_url(),
        "propose": reverse("discipline:own-proposal"),
        "dispatches": reverse("discipline:dispatches"),
        "dispatch": sent.get_absolute_url(),
        "send": reverse("discipline:dispatch-send", args=[sent.ad_id]),
        "bulletins": reverse("discipline:bulletins"),
        "bulletin": paper.get_absolute_url(),
        "bulletin-new": reverse("discipline:bulletins-new"),
        "calls": reverse("discipline:calls"),
        "call": call.get_absolute_url(),
        "training": training.get_absolute_url(),
        "papers": reverse("papers:papers"),
        "medium": medium.get_absolute_url(),
        "check-my-ad": reverse("portal:ad"),
    }.items():
        page.goto(url)
        _check(page, name)


def test_every_page_is_finished_at_desktop_width(page: Any) -> None:
    """Accessible, and nothing sticks out."""
    _look(page)


def test_every_page_is_finished_on_a_phone(phone: Any) -> None:
    """The same at 390 px."""
    _look(phone)
