"""Recommendation dossiers: criteria from the law table, the way and its clocks, who may send."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from tests.apps.people import make_officer
from tests.apps.trademarks import examples
from zhixing import law
from zhixing.apps.trademarks.api import (
    Dossier,
    DossierCriterion,
    begin_dossier,
    change_dossier,
    judge_criterion,
    take_dossier_step,
)
from zhixing.apps.trademarks.dossier_register import DossierRegister
from zhixing.apps.trademarks.dossiers import STEPS, lacking, tasks
from zhixing.apps.trademarks.selectors import dossiers_visible
from zhixing.kit.errors import Conflict, Invalid, Refused
from zhixing.kit.files.api import attach
from zhixing.kit.history import entries_for
from zhixing.kit.testing.suites import BACKEND, Cast, RegisterSuite
from zhixing.law import LawError

DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _own_store(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path


def _dossier(path: str, number: int = 1, **values: Any) -> Dossier:
    given: dict[str, Any] = {
        "kind": "agricultural",
        "mark_text": f"青禾{number}号",
        "unit_path": path,
        "draft_on": DAY,
    }
    return begin_dossier(examples.SYSTEM, given | values)


class TestDossiers(RegisterSuite):
    """The register."""

    register = DossierRegister
    filtering = ({"kind": "geographical"}, {"kind": "geographical"}, {})
    searching = ("青禾", {"mark_text": "青禾良品"}, {"mark_text": "禾青"})
    typed = {"kind": "well_known", "mark_text": "青禾"}
    wrong = ("case_filed_on", "2999-01-01")
    change = ("note", "重点推荐")
    other_change = ("mark_text", "青禾良品")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        if number % 3:
            values = {"case_filed_on": DAY + timedelta(number)} | values
        return _dossier(officer.unit_path, number, **({"kind": "well_known"} | values))


def _paper(row: Any) -> None:
    attach(examples.SYSTEM, row, ContentFile(f"%PDF-1.4\n{row.pk}\n%%EOF\n".encode(), "proof.pdf"))


def _ready(people: Cast, **values: Any) -> Dossier:
    """A dossier with every criterion met and proved."""
    path = people.keeper.unit_path
    holder = examples.subject(path, 1)
    mark = examples.mark(path, 1, holder=holder, expires_on=date(2033, 1, 1))
    row = _dossier(path, mark=mark, mark_text="", **values)
    for criterion in row.criteria.all():
        _paper(criterion)
        judge_criterion(people.keeper, criterion, verdict="met", papers=[0], note="有证书")
    return row


@pytest.mark.django_db
def test_a_dossier_begins_with_the_criteria_of_its_kind() -> None:
    """All are open; what is missing names each of them, the mark and the applicant."""
    row = _dossier(examples.offices().office.path, kind="well_known")
    found = tasks(row)
    assert [task.row.code for task in found] == [
        criterion.code for criterion in law.dossier_kind("well_known").criteria_on(DAY)
    ]
    words = lacking(row, found)
    # case, mark, applicant; two things (verdict, file) of each required criterion
    assert len(words) == 3 + 2 * sum(task.criterion.required for task in found)


def test_the_criteria_follow_the_text_in_force() -> None:
    """The five factors stand in article 14 until the end of 2026, in article 63 from then on."""
    kind = law.dossier_kind("well_known")
    for day, article in ((date(2026, 12, 31), "14"), (date(2027, 1, 1), "63")):
        factors = [c for c in kind.criteria_on(day) if c.articles[0].instrument == "trademark-law"]
        assert [c.articles[0].article for c in factors] == [article] * 5
    assert law.dossier_kind("provincial").header.ended


def test_a_local_file_replaces_a_kind_and_a_broken_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bureau's own criteria are used; an unknown clock or instrument is refused at load."""
    folder = tmp_path / "dossiers"
    folder.mkdir()
    monkeypatch.setenv("ZHIXING_LAW_DIR", str(tmp_path))
    text = """
[dossier]
code = "agricultural"
title_zh = "农产品"
title_en = "Farm produce"
confidence = "local"
[[criterion]]
code = "own"
title_zh = "本局条件"
title_en = "Our own"
evidence_zh = ["证明"]
evidence_en = ["Proof"]
articles = [{ instrument = "INSTRUMENT", article = "1" }]
valid_from = 2020-01-01
confidence = "local"
"""
    file = folder / "agricultural.toml"
    file.write_text(text.replace("INSTRUMENT", "nothing"), encoding="utf-8")
    with pytest.raises(LawError, match="nothing"):
        law.dossier_kinds()
    law.dossiers._kinds.cache_clear()
    file.write_text(text.replace("INSTRUMENT", "trademark-law"), encoding="utf-8")
    kind = law.dossier_kind("agricultural")
    assert [c.code for c in kind.criteria] == ["own"]
    assert kind.origin == "local:dossiers/agricultural.toml"


@pytest.mark.django_db
def test_a_criterion_is_met_only_with_a_file_and_otherwise_needs_a_reason() -> None:
    """Judged from elsewhere it is refused; the reason stands in its change log."""
    people = examples.cast()
    criterion = _dossier(people.keeper.unit_path).criteria.all()[0]
    with pytest.raises(Invalid) as refusal:
        judge_criterion(people.keeper, criterion, verdict="met", papers=[])
    assert "verdict" in refusal.value.fields
    with pytest.raises(Invalid):
        judge_criterion(people.keeper, criterion, verdict="uncertain", papers=[])
    with pytest.raises(Refused):
        judge_criterion(people.elsewhere, criterion, verdict="not_met", papers=[], note="x")
    judged = judge_criterion(
        people.keeper, criterion, verdict="not_met", papers=[1, 0], note="未提供"
    )
    assert (judged.verdict, judged.papers) == ("not_met", [0, 1])
    assert entries_for(judged)[0].reason == "未提供"


@pytest.mark.django_db
def test_a_dossier_is_complete_only_when_nothing_is_missing() -> None:
    """Each gap is told; then it is closed for changes until it is gathered further."""
    people = examples.cast()
    bare = _dossier(people.keeper.unit_path, 9)
    with pytest.raises(Invalid) as refusal:
        take_dossier_step(people.keeper, bare, "complete", on=DAY)
    assert "on" in refusal.value.fields
    row = _ready(people)
    assert lacking(row, tasks(row)) == []
    row = take_dossier_step(people.keeper, row, "complete", on=DAY)
    criterion = DossierCriterion.objects.filter(dossier=row)[0]
    with pytest.raises(Conflict):
        judge_criterion(people.keeper, criterion, verdict="not_met", papers=[], note="x")
    with pytest.raises(Invalid):
        take_dossier_step(people.keeper, row, "draft", on=DAY)
    again = take_dossier_step(people.keeper, row, "draft", on=DAY, note="补充材料")
    assert (again.stage, again.complete_on) == ("draft", None)


@pytest.mark.django_db
def test_the_clocks_of_order_66_run_along_the_way() -> None:
    """Thirty days from the case, thirty at the province, sixty after the reply; then none."""
    people = examples.cast()
    row = _ready(people, kind="well_known", case_filed_on=date(2026, 3, 2))
    assert row.due_on == law.deadline("wk_dossier_city", date(2026, 3, 2)).due
    head = people.head
    row = take_dossier_step(people.keeper, row, "complete", on=date(2026, 3, 10))
    with pytest.raises(Refused):
        take_dossier_step(people.keeper, row, "sent_up", on=date(2026, 3, 11))
    row = take_dossier_step(head, row, "sent_up", on=date(2026, 3, 11))
    assert row.due_on is None
    row = take_dossier_step(head, row, "province", on=date(2026, 3, 16))
    assert row.due_on == law.deadline("wk_dossier_province", date(2026, 3, 16)).due
    row = take_dossier_step(head, row, "office", on=date(2026, 4, 10))
    assert row.due_on is None
    with pytest.raises(Invalid):
        take_dossier_step(head, row, "recognised", on=date(2026, 7, 1))
    row = take_dossier_step(head, row, "recognised", on=date(2026, 7, 1), upload=examples.paper())
    assert row.due_on == law.deadline("wk_case_after_reply", date(2026, 7, 1)).due
    assert row.mark is not None
    row.mark.refresh_from_db()
    assert row.mark.protection == ["well_known"]
    row = change_dossier(people.keeper, row, {"case_closed_on": date(2026, 8, 1)})
    assert row.due_on is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stage", "target"),
    [
        (stage, target)
        for stage in Dossier.Stage.values
        for target in Dossier.Stage.values
        if not any(step.target == target and stage in step.sources for step in STEPS)
    ],
)
def test_no_step_that_is_not_in_the_table(stage: str, target: str) -> None:
    """Every pair of stages without a row in the table is refused, whatever is given with it."""
    people = examples.cast()
    row = _dossier(people.keeper.unit_path)
    Dossier.objects.filter(pk=row.pk).update(stage=stage)
    with pytest.raises(Conflict):
        take_dossier_step(people.head, row, target, on=DAY, note="n", upload=examples.paper())


@pytest.mark.django_db
def test_days_stand_in_order_and_the_kind_stays() -> None:
    """A step before the one it follows is refused at its day; another kind is another dossier."""
    people = examples.cast()
    row = take_dossier_step(people.keeper, _ready(people), "complete", on=date(2026, 3, 10))
    for day in (date(2026, 3, 9), timezone.localdate() + timedelta(1)):
        with pytest.raises(Invalid) as refusal:
            take_dossier_step(people.head, row, "sent_up", on=day)
        assert set(refusal.value.fields) == {"sent_up_on"}
    with pytest.raises(Invalid):
        change_dossier(people.keeper, row, {"kind": "geographical"})


@pytest.mark.django_db
def test_another_office_neither_sees_nor_moves_it(client: Any) -> None:
    """Selector, pages, deeds, files: all from the wrong side."""
    people = examples.cast()
    row = _ready(people)
    criterion = row.criteria.all()[0]
    assert not dossiers_visible(people.elsewhere).exists()
    with pytest.raises(Refused):
        take_dossier_step(people.elsewhere, row, "complete", on=DAY)
    with pytest.raises(Refused):
        change_dossier(people.elsewhere, row, {"note": "x"})
    with pytest.raises(Refused):
        begin_dossier(
            people.keeper,
            {"kind": "agricultural", "mark_text": "x", "unit_path": people.elsewhere.unit_path},
        )
    client.force_login(people.elsewhere, backend=BACKEND)
    for url in (
        criterion.get_absolute_url(),
        reverse("trademarks:dossier_cover", args=[row.pk]),
        reverse("trademarks:dossier_step", args=[row.pk, "complete"]),
    ):
        assert client.get(url).status_code == 404, url
    outsider = make_officer(examples.offices().other_office, "head")
    with pytest.raises(Refused):
        attach(outsider, criterion, examples.paper())


@pytest.mark.django_db
def test_the_pages_lead_from_task_to_task_and_print(client: Any) -> None:
    """The list names what is missing, a criterion is judged on its page, the cover lists files."""
    people = examples.cast()
    row = _dossier(people.keeper.unit_path)
    client.force_login(people.keeper, backend=BACKEND)
    page = client.get(row.get_absolute_url())
    assert page.context["lacking"]
    criterion = row.criteria.all()[0]
    url = criterion.get_absolute_url()
    refused = client.post(url, {"verdict": "met", "papers": ["0"], "note": "已核"})
    assert refused.status_code == 422
    assert "已核" in refused.content.decode()
    _paper(criterion)
    assert client.post(url, {"verdict": "met", "papers": ["0"]}).status_code == 302
    step = reverse("trademarks:dossier_step", args=[row.pk, "complete"])
    assert client.post(step, {"on": "2026-03-02"}).status_code == 422
    assert client.get(reverse("trademarks:criterion", args=[row.pk, "nothing"])).status_code == 404
    cover = client.get(reverse("trademarks:dossier_cover", args=[row.pk])).content.decode()
    assert "proof.pdf" in cover
    sent = reverse("trademarks:dossier_step", args=[row.pk, "sent_up"])
    assert client.get(sent).status_code == 302
