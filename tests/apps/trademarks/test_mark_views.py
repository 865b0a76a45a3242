"""Licences and their filing, checks of use, marks of origin, foreign and protected marks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.apps.people import make_officer, make_offices
from tests.apps.trademarks import examples
from zhixing.apps.leads.api import Lead, NewLead, raise_leads
from zhixing.apps.registry.models import Authorisation, TradeMark
from zhixing.apps.trademarks import indicators
from zhixing.apps.trademarks.api import UseCheck, add_check, change_check, record_filing
from zhixing.apps.trademarks.filing import FilingState, article_on, filing_state, missing
from zhixing.apps.trademarks.mark_registers import (
    ForeignLeadRegister,
    ForeignMarkRegister,
    LicenceRegister,
    OriginMarkRegister,
    ProtectedMarkRegister,
    UseCheckRegister,
)
from zhixing.apps.trademarks.selectors import (
    foreign_leads,
    foreign_marks,
    in_force_on,
    licences_to_file,
    marks_of_origin,
)
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.history import entries_for
from zhixing.kit.indicators import Period
from zhixing.kit.testing.suites import BACKEND, Cast, RegisterSuite

TODAY = date(2026, 11, 24)


def _mark(path: str, number: int = 1, **values: Any) -> TradeMark:
    given = {"expires_on": date(2033, 1, 1), "nice_classes": [30]}
    return examples.mark(path, number, **(given | values))


def _licence(path: str, number: int = 1, **values: Any) -> Authorisation:
    given: dict[str, Any] = {
        "kind": "licence",
        "goods": "大米",
        "starts_on": date(2025, 1, 1),
        "ends_on": date(2030, 1, 1) + timedelta(number),
    }
    if "mark" not in values:
        given["mark"] = _mark(path, number)
    return examples.authorisation(path, number, **(given | values))


class Views(RegisterSuite):
    """What the views of the registry's rows have in common."""

    __test__ = False

    def cast(self) -> Cast:
        return examples.cast()


class TestLicences(Views):
    """Licences and their filing."""

    __test__ = True
    register = LicenceRegister
    filtering = ({"kind": "operation"}, {"kind": "operation"}, {"kind": "licence"})
    searching = ("百味", {"mark_text": "百味轩"}, {"mark_text": "轩", "grantor_name": "甲",
                                                   "grantee_name": "乙"})  # fmt: skip

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return _licence(officer.unit_path, number, **values)


class TestForeignMarks(Views):
    """Foreign marks."""

    __test__ = True
    register = ForeignMarkRegister
    filtering = ({"status": "expired"}, {"status": "expired"}, {})
    searching = ("百味", {"text": "百味轩"}, {"text": "轩"})

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.mark(officer.unit_path, number, **({"protection": ["foreign"]} | values))


class TestMarksOfOrigin(TestForeignMarks):
    """Geographical indications and farm-produce marks."""

    register = OriginMarkRegister

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.mark(officer.unit_path, number, **({"kind": "geographical"} | values))


class TestProtectedMarks(TestForeignMarks):
    """Well-known and famous marks, registered ones alone."""

    register = ProtectedMarkRegister
    filtering = ({"kind": "collective"}, {"kind": "collective"}, {})

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.mark(officer.unit_path, number, **({"protection": ["well_known"]} | values))


class TestUseChecks(Views):
    """Checks of how marks are used."""

    __test__ = True
    register = UseCheckRegister
    filtering = ({"outcome": "label"}, {"outcome": "label"}, {"outcome": "in_order"})
    typed = {"checked_on": "2026-10-01", "outcome": "in_order"}
    wrong = ("checked_on", "2999-01-01")
    change = ("outcome", "origin")
    other_change = ("note", "产地不符")

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return _check(officer.unit_path, number, **values)

    def entered(self, cast: Cast) -> dict[str, Any]:
        mark = _mark(cast.keeper.unit_path, 90)
        user = examples.subject(cast.keeper.unit_path, 90)
        given = {"mark": mark.registration_number, "subject": user.uscc}
        return given | dict(self.typed or {})

    searching = ("百味", {"text": "百味轩"}, {"text": "轩", "name": "某店"})


def _check(path: str, number: int, **values: Any) -> UseCheck:
    text, name = values.pop("text", f"青禾{number}"), values.pop("name", f"某商行{number}")
    given = {
        "mark": _mark(path, number, text=text),
        "subject": examples.subject(path, number, name=name),
        "checked_on": date(2026, 1, 1) + timedelta(number // 2),
        "outcome": "in_order",
    }
    return add_check(examples.SYSTEM, given | values)


class TestForeignLeads(Views):
    """Leads about foreign marks."""

    __test__ = True
    register = ForeignLeadRegister
    filtering = ({"state": "assigned"}, {"state": "assigned"}, {})

    def cast(self) -> Cast:
        people = examples.cast()
        return replace(people, stranger=make_officer(make_offices().office, "auditor"))

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return _lead(officer.unit_path, number, **values)


def _lead(path: str, number: int, protection: str = "foreign", **values: Any) -> Lead:
    found = NewLead(
        key=(path, number),
        unit_path=path,
        title=f"海州市飘柔{number}商行 ≈ 飘柔",
        kind="shape",
        score=0.5,
        probability=0.5 + number / 100,
        evidence={"mark": "飘柔", "protection": protection, "name": f"海州市飘柔{number}商行"},
    )
    raise_leads(examples.SYSTEM, "brands", "二/(二)", [found], method="m", version="1")
    lead = Lead.objects.get(title=found.title, unit_path=path)
    if values:
        Lead.objects.filter(pk=lead.pk).update(**values)
        lead.refresh_from_db()
    return lead


@pytest.mark.django_db
def test_what_a_filing_lacks_is_named() -> None:
    """Mark, days, goods, a term within the mark's, classes of the mark; then it is ready."""
    path = examples.offices().office.path
    bare = _licence(path, 1, mark=None, mark_text="百味", goods="", starts_on=None, ends_on=None)
    assert len(list(missing(bare))) == 4
    assert filing_state(bare, TODAY) == FilingState.INCOMPLETE
    mark = _mark(path, 2, expires_on=date(2029, 1, 1))
    wide = _licence(path, 2, mark=mark, nice_classes=[30, 32])
    assert [("2029" in text, "32" in text) for text in missing(wide)] == [
        (True, False),
        (False, True),
    ]
    assert filing_state(_licence(path, 3), TODAY) == FilingState.READY


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"filed_on": date(2025, 2, 2), "filing_number": "B1"}, FilingState.FILED),
        ({"ends_on": TODAY - timedelta(1)}, FilingState.TOO_LATE),
        ({"ends_on": TODAY}, FilingState.READY),
        ({"status": "ended"}, FilingState.TOO_LATE),
        ({"kind": "distribution"}, FilingState.NONE),
    ],
)
def test_how_a_licence_stands_towards_its_filing(
    values: dict[str, Any], state: FilingState
) -> None:
    """The last day of the licence is its last day for filing."""
    path = examples.offices().office.path
    assert filing_state(_licence(path, 1, **values), TODAY) == state


def test_the_articles_on_filing_follow_the_text_in_force() -> None:
    """Article 43 until the end of 2026, article 55 from then on."""
    assert "第43条" in article_on(date(2026, 12, 31))
    assert "第55条" in article_on(date(2027, 1, 1))


@pytest.mark.django_db
def test_a_filing_is_recorded_within_the_licence_and_by_its_office(client: Any) -> None:
    """Outside the term, twice, without what it needs, or from elsewhere it is refused."""
    people = examples.cast()
    row = _licence(people.keeper.unit_path)
    for day in (date(2024, 12, 31), timezone.localdate() + timedelta(1)):
        with pytest.raises(Invalid) as refusal:
            record_filing(people.keeper, row, filing_number="B1", filed_on=day)
        assert "filed_on" in refusal.value.fields
    with pytest.raises(Refused):
        record_filing(people.elsewhere, row, filing_number="B1", filed_on=date(2025, 2, 2))
    lacking = _licence(people.keeper.unit_path, 2, goods="")
    with pytest.raises(Invalid):
        record_filing(people.keeper, lacking, filing_number="B1", filed_on=date(2025, 2, 2))
    client.force_login(people.keeper, backend=BACKEND)
    url = reverse("trademarks:licence", args=[row.pk])
    assert url in client.get(row.get_absolute_url()).content.decode()
    assert client.post(url, {"filing_number": "", "filed_on": "2025-02-02"}).status_code == 422
    sent = client.post(url, {"filing_number": "2025-B-1", "filed_on": "2025-02-02"})
    assert sent.status_code == 302
    row.refresh_from_db()
    assert (row.filing_number, row.filed_on) == ("2025-B-1", date(2025, 2, 2))
    assert entries_for(row)[0].after["filing_number"] == "2025-B-1"
    with pytest.raises(Conflict):
        record_filing(people.keeper, row, filing_number="B2", filed_on=date(2025, 2, 3))
    client.force_login(people.elsewhere, backend=BACKEND)
    assert client.get(url).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("status", Authorisation.Status.values)
def test_in_force_means_the_same_in_lists_and_rows(status: str) -> None:
    """The condition of the filter agrees with the row's own word on every border."""
    path, number = examples.offices().office.path, 0
    days = (None, TODAY - timedelta(1), TODAY, TODAY + timedelta(1))
    for start in days:
        for end in days:
            if start and end and end < start:
                continue
            number += 1
            _licence(path, number, starts_on=start, ends_on=end, status=status)
    found = set(Authorisation.objects.filter(in_force_on(TODAY)))
    assert found == {row for row in Authorisation.objects.all() if row.in_force(TODAY)}


@pytest.mark.django_db
def test_only_kinds_that_are_filed_are_listed() -> None:
    """A commission or a distribution contract is no licence to file."""
    people = examples.cast()
    kinds = Authorisation.Kind.values
    for number, kind in enumerate(kinds, start=1):
        _licence(people.keeper.unit_path, number, kind=kind)
    assert {row.kind for row in licences_to_file(people.keeper)} == {"licence", "operation"}


@pytest.mark.django_db
def test_the_share_filed_counts_licences_in_force(client: Any) -> None:
    """One of two; the ended one is out; elsewhere nothing is counted."""
    people = examples.cast()
    path = people.keeper.unit_path
    _licence(path, 1, filed_on=date(2025, 2, 2), filing_number="B1")
    _licence(path, 2)
    _licence(path, 3, status="ended")
    period = Period(date(2026, 1, 1), date(2026, 12, 31))
    figure = indicators.licences_filed(people.keeper, period)
    assert (figure.numerator, figure.denominator) == (1, 2)
    assert indicators.licences_filed(people.elsewhere, period).value is None
    client.force_login(people.keeper, backend=BACKEND)
    assert client.get(figure.rows_url).context["listing"].count.number == 2


@pytest.mark.django_db
def test_marks_of_origin_show_their_users_and_checks_to_their_office() -> None:
    """A farm-produce mark is one by its cultivation; other offices' contracts are not counted."""
    people, places = examples.cast(), examples.offices()
    path = people.keeper.unit_path
    kept = _mark(places.bureau.path, 1, kind="geographical")
    _licence(path, 1, mark=kept)
    _licence(path, 2, mark=kept, status="ended")
    _licence(people.elsewhere.unit_path, 3, mark=kept)
    user = examples.subject(path, 5)
    for day in (date(2026, 3, 1), date(2026, 5, 1)):
        checked = {"mark": kept, "subject": user, "checked_on": day, "outcome": "in_order"}
        add_check(people.keeper, checked)
    farm = examples.registered(path, 7, kind="agricultural").trade_mark
    _mark(path, 8)
    rows = {row.pk: row for row in marks_of_origin(people.keeper)}
    assert farm is not None
    assert set(rows) == {kept.pk, farm.pk}
    found = rows[kept.pk]
    assert (found.users, found.checked, found.checked_last) == (1, 2, date(2026, 5, 1))
    there = marks_of_origin(people.elsewhere).get(pk=kept.pk)
    assert (there.users, there.checked, there.checked_last) == (1, 0, None)


@pytest.mark.django_db
def test_a_check_belongs_to_the_operator_s_office() -> None:
    """Another office may neither enter nor correct it, and a day to come is refused."""
    people = examples.cast()
    row = _check(people.keeper.unit_path, 1)
    assert row.unit_path == people.keeper.unit_path
    values = {"mark": row.mark, "subject": row.subject, "checked_on": TODAY, "outcome": "label"}
    with pytest.raises(Refused):
        add_check(people.elsewhere, values)
    with pytest.raises(Refused):
        change_check(people.elsewhere, row, {"note": "x"})
    with pytest.raises(Invalid):
        add_check(people.keeper, values | {"checked_on": date(2999, 1, 1)})


@pytest.mark.django_db
def test_foreign_marks_and_leads_stay_in_their_offices() -> None:
    """Leads of other protections and offices are left out."""
    people = examples.cast()
    path = people.keeper.unit_path
    mark = _mark(path, 1, protection=["foreign", "well_known"])
    _mark(path, 2)
    assert list(foreign_marks(people.keeper)) == [mark]
    assert not foreign_marks(people.elsewhere).exists()
    _lead(path, 1), _lead(path, 2)
    _lead(path, 3, protection="local")
    _lead(people.elsewhere.unit_path, 4)
    assert foreign_leads(people.keeper).count() == 2


@pytest.mark.django_db
def test_protected_marks_are_counted_once_and_while_registered(client: Any) -> None:
    """Well-known and famous is one mark; a cancelled one and another office's are none."""
    people = examples.cast()
    path = people.keeper.unit_path
    _mark(path, 1, protection=["well_known", "provincial"])
    _mark(path, 2, protection=["provincial"])
    _mark(path, 3, protection=["well_known"], status="cancelled")
    _mark(people.elsewhere.unit_path, 4, protection=["well_known"])
    figure = indicators.protected(people.keeper, Period(date(2026, 1, 1), TODAY))
    assert figure.value == 2
    client.force_login(people.keeper, backend=BACKEND)
    assert client.get(figure.rows_url).context["listing"].count.number == 2
