"""The way of a mark: what each step asks for, what registration does, who may not."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.apps.trademarks import examples
from zhixing.apps.registry.models import TradeMark
from zhixing.apps.trademarks.api import (
    Cultivation,
    add_cultivation,
    assign_help,
    change_cultivation,
    take_step,
    take_step_back,
)
from zhixing.apps.trademarks.selectors import cultivations_visible, help_asked
from zhixing.apps.trademarks.stages import STEPS
from zhixing.kit.actors import SystemActor
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.files.api import files_of
from zhixing.kit.history import entries_for
from zhixing.kit.testing.imports import import_text
from zhixing.kit.testing.suites import BACKEND, Cast

pytestmark = pytest.mark.django_db
DAY = examples.DAY


@pytest.fixture
def people() -> Cast:
    return examples.cast()


def _filed(people: Cast, number: int = 1, **values: Any) -> Cultivation:
    row = examples.ready(people.keeper.unit_path, number, **values)
    return take_step(people.keeper, row, "filed", on=DAY, values={"filing_number": "80123456"})


def test_a_filing_needs_its_number_classes_and_documents(people: Cast) -> None:
    """All that is missing is told at once, by field, and nothing is written."""
    row = examples.cultivation(people.keeper.unit_path)
    with pytest.raises(Invalid) as refusal:
        take_step(people.keeper, row, "filed", on=DAY)
    assert set(refusal.value.fields) == {"filing_number", "nice_classes", "documents_on"}
    row.refresh_from_db()
    assert (row.stage, row.filed_on) == ("candidate", None)
    assert len(entries_for(row)) == 1


def test_registration_enters_the_mark_with_its_lawful_term(people: Cast) -> None:
    """Ten years from the day of registration, whose day before is the last; the mark is linked."""
    holder = examples.subject(people.keeper.unit_path, 1)
    row = _filed(people, subject=holder, candidate_on=date(2020, 1, 1))
    row = take_step(
        people.keeper, row, "registered", on=date(2026, 9, 7),
        values={"registration_number": "80123456"},
    )  # fmt: skip
    mark = row.trade_mark
    assert mark is not None
    assert (mark.text, mark.holder, mark.registration_number) == (row.mark_text, holder, "80123456")
    assert mark.expires_on == date(2036, 9, 6)
    assert (mark.nice_classes, mark.filed_on) == ([30], DAY)


def test_a_mark_in_the_register_is_linked_not_doubled(people: Cast) -> None:
    """The same number and text is the same mark; the same number of another text is a mistake."""
    known = examples.mark(people.keeper.unit_path, 5, text="青禾5号", registration_number="R5")
    row = _filed(people, 5)
    moved = take_step(
        people.keeper, row, "registered", on=DAY, values={"registration_number": "r5"}
    )
    assert moved.trade_mark == known
    assert TradeMark.objects.count() == 1
    other = _filed(people, 6)
    with pytest.raises(Invalid) as refusal:
        take_step(people.keeper, other, "registered", on=DAY, values={"registration_number": "R5"})
    assert "registration_number" in refusal.value.fields


def test_use_must_be_proved_and_the_file_is_kept(
    people: Cast, settings: Any, tmp_path: Path
) -> None:
    """Without a file the step is refused; with one it is evidence of the row, under its stage."""
    settings.HOME = tmp_path
    row = examples.registered(people.keeper.unit_path)
    with pytest.raises(Invalid) as refusal:
        take_step(people.keeper, row, "in_use", on=DAY)
    assert set(refusal.value.fields) == {"file"}
    row = take_step(people.keeper, row, "in_use", on=DAY, upload=examples.paper())
    assert row.stage == "in_use"
    assert [file.name for file in files_of(row)] == ["proof.pdf"]


def test_leaving_the_way_asks_why(people: Cast) -> None:
    """Dropping without a word is refused; with one the reason stands in the change log."""
    row = examples.cultivation(people.keeper.unit_path)
    with pytest.raises(Invalid):
        take_step(people.keeper, row, "dropped", on=DAY, note=" ")
    take_step(people.keeper, row, "dropped", on=DAY, note="主体已注销")
    assert entries_for(row)[0].reason == "主体已注销"


@pytest.mark.parametrize(
    ("stage", "target"),
    [
        (stage, target)
        for stage in Cultivation.Stage.values
        for target in Cultivation.Stage.values
        if not any(step.target == target and stage in step.sources for step in STEPS)
    ],
)
def test_no_step_that_is_not_in_the_table(people: Cast, stage: str, target: str) -> None:
    """Every pair of stages without a row in the table is refused, whatever is given with it."""
    row = examples.ready(people.keeper.unit_path)
    Cultivation.objects.filter(pk=row.pk).update(
        stage=stage, registered_on=DAY, filing_number="F", registration_number="R"
    )
    with pytest.raises(Conflict):
        take_step(people.keeper, row, target, on=DAY, note="n", upload=examples.paper())


def test_days_stand_in_order_and_have_come(people: Cast) -> None:
    """A filing before the candidate, and one of tomorrow, are refused at their day."""
    row = examples.ready(people.keeper.unit_path, candidate_on=DAY)
    tomorrow = timezone.localdate() + timedelta(1)
    for day in (DAY - timedelta(1), tomorrow):
        with pytest.raises(Invalid) as refusal:
            take_step(people.keeper, row, "filed", on=day, values={"filing_number": "F"})
        assert set(refusal.value.fields) == {"filed_on"}


def test_a_step_is_taken_back_by_the_head_with_a_reason(people: Cast) -> None:
    """The officer may not, the head may; the row stands where it stood, the mark stays linked."""
    row = examples.registered(people.keeper.unit_path)
    with pytest.raises(Refused):
        take_step_back(people.keeper, row, reason="误录")
    with pytest.raises(Invalid):
        take_step_back(people.head, row, reason=" ")
    back = take_step_back(people.head, row, reason="误录")
    assert (back.stage, back.registered_on) == ("filed", None)
    assert back.trade_mark == row.trade_mark
    with pytest.raises(Conflict):
        take_step_back(people.head, examples.cultivation(row.unit_path, 9), reason="x")


def test_a_request_for_help_has_its_due_day_and_ends_with_guidance(people: Cast) -> None:
    """Ten working days by the bureau's figure; guided, it waits no more; filed, it leaves."""
    row = add_cultivation(people.keeper, {"mark_text": "青禾", "help_asked_on": date(2026, 9, 28)})
    # National Day: 1 to 7 October 2026 do not count, nor weekends but for make-up days.
    assert row.help_due_on is not None
    assert row.help_due_on > date(2026, 10, 12)
    assert row.waits_for_help
    assert list(help_asked(people.keeper)) == [row]
    assert not help_asked(people.elsewhere).exists()
    row = take_step(people.keeper, row, "guided", on=timezone.localdate())
    assert not row.waits_for_help
    assert list(help_asked(people.keeper)) == [row]


def test_help_is_given_to_an_officer_of_the_office_by_its_head(people: Cast) -> None:
    """Neither by a colleague, nor to somebody of another office."""
    row = examples.cultivation(people.keeper.unit_path)
    with pytest.raises(Refused):
        assign_help(people.keeper, row, people.colleague)
    with pytest.raises(Invalid):
        assign_help(people.head, row, people.elsewhere)
    assert assign_help(people.head, row, people.colleague).assignee == people.colleague


def test_another_office_neither_sees_nor_moves_a_mark(people: Cast) -> None:
    """Selector, step and change, from the wrong side; and no mark is given to another office."""
    row = examples.ready(people.keeper.unit_path)
    assert not cultivations_visible(people.elsewhere).exists()
    with pytest.raises(Refused):
        take_step(people.elsewhere, row, "guided", on=DAY)
    with pytest.raises(Refused):
        change_cultivation(people.elsewhere, row, {"note": "x"})
    with pytest.raises(Refused):
        change_cultivation(people.keeper, row, {"unit_path": people.elsewhere.unit_path})
    with pytest.raises(Refused):
        add_cultivation(
            people.keeper, {"mark_text": "青禾", "unit_path": people.elsewhere.unit_path}
        )


def test_the_step_page_keeps_what_was_typed(client: Any, people: Cast) -> None:
    """Refused with everything in place, then taken; whoever is too late is told so."""
    row = examples.cultivation(people.keeper.unit_path)
    client.force_login(people.keeper, backend=BACKEND)
    url = reverse("trademarks:step", args=[row.pk, "filed"])
    typed = {"on": "2026-03-02", "filing_number": "80123456", "nice_classes": "30, 99",
             "documents_on": "2026-03-01"}  # fmt: skip
    page = client.post(url, typed)
    assert page.status_code == 422
    assert "nice_classes" in page.context["form"].errors
    assert "80123456" in page.content.decode()
    done = client.post(url, typed | {"nice_classes": "30"}, follow=True)
    assert done.redirect_chain[-1][0] == row.get_absolute_url()
    row.refresh_from_db()
    assert (row.stage, row.filed_on, row.nice_classes) == ("filed", DAY, [30])
    late = client.get(url)
    assert late.status_code == 302
    client.force_login(people.elsewhere, backend=BACKEND)
    assert client.get(url).status_code == 404
    assert client.post(reverse("trademarks:assign", args=[row.pk])).status_code == 404


def test_the_contact_is_read_with_a_reason_that_is_kept(client: Any, people: Cast) -> None:
    """Masked on the page; shown once, after the reason is in the book; elsewhere not at all."""
    row = examples.cultivation(people.keeper.unit_path, 1, help_asked_on=DAY)
    client.force_login(people.keeper, backend=BACKEND)
    assert "13800000001" not in client.get(row.get_absolute_url()).content.decode()
    url = reverse("trademarks:reveal", args=[row.pk, "contact_phone"])
    assert "13800000001" not in client.get(url).content.decode()
    assert "13800000001" in client.post(url, {"reason": "联系申请人"}).content.decode()
    assert entries_for(row)[0].reason == "联系申请人"
    client.force_login(people.elsewhere, backend=BACKEND)
    assert client.get(url).status_code == 404


def test_an_import_tells_the_stage_by_the_days(people: Cast, settings: Any, tmp_path: Path) -> None:
    """Days in the file move a mark on; a day left out of the next file takes nothing back."""
    settings.HOME = tmp_path
    path, system = people.keeper.unit_path, SystemActor("test")
    examples.subject(path, 1, name="示范市青禾合作社")
    first = "商标名称,主体名称,申请日期\n青禾,示范市青禾合作社,2025-01-06\n"
    import_text(system, "cultivations", first, path)
    row = Cultivation.objects.get()
    assert (row.stage, row.candidate_on) == ("filed", date(2025, 1, 6))
    assert row.subject is not None
    second = "商标名称,注册日期,注册号\n青禾,2025-12-01,8001\n"
    run = import_text(system, "cultivations", second, path)
    assert run.updated_count == 1
    row.refresh_from_db()
    assert (row.stage, row.filed_on) == ("registered", date(2025, 1, 6))
    assert "示 范 市" in row.search_text
    wrong = "商标名称,申请日期,注册日期\n绿野,2025-12-01,2025-01-01\n"
    with pytest.raises(Conflict):
        import_text(system, "cultivations", wrong, path)
