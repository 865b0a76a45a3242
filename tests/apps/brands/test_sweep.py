"""The sweep: what it finds, whom it leaves alone, and what a kill in the middle does."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.apps.brands import examples
from zhixing.apps.brands import indicators
from zhixing.apps.brands.actions import sweep_names as module
from zhixing.apps.brands.api import Sweep, start_sweep
from zhixing.apps.leads.models import Lead
from zhixing.apps.registry.models import TradeMark
from zhixing.kit.errors import Invalid, Refused
from zhixing.kit.indicators import Period
from zhixing.kit.jobs.api import Job, run_inline
from zhixing.kit.testing.suites import BACKEND

TRADES = ("食品", "饮料", "酒业", "茶叶", "水产", "乳业")
# The job commits by itself, as it does in an office.
pytestmark = pytest.mark.django_db(transaction=True)


def _sweep(officer: Any, path: str, **choices: Any) -> Sweep:
    """Start a sweep and run its job to the end."""
    sweep = start_sweep(officer, unit_path=path, **choices)
    assert sweep.job is not None
    job = run_inline(sweep.job)
    assert job.state == Job.State.DONE, job.error
    sweep.refresh_from_db()
    return sweep


def test_a_look_alike_becomes_a_lead_with_its_reasons() -> None:
    """The ordinary name does not; the lead names character, position and channel."""
    people = examples.cast()
    path = people.keeper.unit_path
    found = examples.subject(path, "海州市康帅傅食品有限公司")
    examples.subject(path, "海州市恒泰五金商行")
    examples.watched(path, "康师傅")
    sweep = _sweep(people.keeper, path)
    lead = Lead.objects.get()
    assert (lead.subject, lead.kind, lead.unit_path) == (found, "shape", path)
    reason = lead.reasons[0]
    assert (reason["position"], reason["a"], reason["b"], reason["channel"]) == (
        2, "师", "帅", "glyph",
    )  # fmt: skip
    assert (sweep.names, sweep.hits, sweep.new_leads, sweep.marks) == (2, 1, 1, 1)
    assert sweep.finished_at is not None


def test_a_second_sweep_adds_nothing() -> None:
    """Nothing is judged twice; judged anew on request, it hits again and adds no lead."""
    people = examples.cast()
    path = people.keeper.unit_path
    examples.subject(path, "海州市康帅傅食品有限公司")
    examples.watched(path, "康师傅")
    _sweep(people.keeper, path)
    again = _sweep(people.keeper, path)
    assert (again.names, again.judged, again.hits) == (1, 0, 0)
    anew = _sweep(people.keeper, path, anew=True)
    assert (anew.judged, anew.hits, anew.new_leads, Lead.objects.count()) == (1, 1, 0, 1)


def test_the_holder_and_whoever_has_left_business_are_left_alone() -> None:
    """The brand's own company by name or by its registered mark, and a deregistered imitator."""
    people = examples.cast()
    path = people.keeper.unit_path
    holder = examples.subject(path, "康师傅食品有限公司")
    mark = TradeMark.objects.create(unit_path=path, text="康师傅", holder=holder)
    examples.watched(path, "康师傅", trade_mark=mark)
    examples.watched(path, "王老吉", holder_name="王老吉药业有限公司")
    examples.subject(path, "王老吉药业有限公司")
    examples.subject(path, "海州市康帅傅食品有限公司", status="deregistered")
    assert _sweep(people.keeper, path).hits == 0
    assert not Lead.objects.exists()


def test_the_bureau_s_list_protects_every_office_below_and_no_other_area_is_swept() -> None:
    """A field office sweeps its own names against the lists of all offices above it."""
    people, offices = examples.cast(), examples.offices()
    examples.subject(offices.office.path, "海州市康帅傅食品有限公司")
    examples.subject(offices.other_office.path, "海州市康师博食品有限公司")
    examples.watched(offices.bureau.path, "康师傅")
    assert _sweep(people.keeper, offices.office.path).names == 1
    assert Lead.objects.get().unit_path == offices.office.path


def test_the_page_counts_the_brands_an_area_is_swept_for(client: Any) -> None:
    """With the bureau's list alone an office sweeps, and reads that list without changing it."""
    people, offices = examples.cast(), examples.offices()
    above = examples.watched(offices.bureau.path, "康师傅")
    examples.watched(offices.bureau.path, "王老吉", is_active=False)
    examples.watched(people.elsewhere.unit_path, "伊利")
    client.force_login(people.keeper, backend=BACKEND)
    page = client.get("/brands/sweeps/")
    assert page.context["watched"] == 1
    assert "/brands/sweeps/start/" in page.content.decode()
    listed = client.get("/brands/watch-list/").content.decode()
    assert "康师傅" in listed
    assert "伊利" not in listed
    assert client.get(f"/brands/watch-list/{above.pk}/").status_code == 200
    assert client.get(f"/brands/watch-list/{above.pk}/edit/").status_code == 403


def test_a_cancelled_sweep_says_so_and_can_be_begun_anew(client: Any) -> None:
    """Its page does not pretend to run, and the next press of the button starts another."""
    people = examples.cast()
    path = people.keeper.unit_path
    examples.watched(path, "康师傅")
    first = start_sweep(people.keeper, unit_path=path)
    Job.objects.filter(pk=first.job.pk).update(state=Job.State.CANCELLED)  # type: ignore[union-attr]
    client.force_login(people.keeper, backend=BACKEND)
    page = client.get(first.get_absolute_url()).content.decode()
    assert "hx-get" not in page
    assert str(Job.State.CANCELLED.label) in page
    assert start_sweep(people.keeper, unit_path=path) != first


def test_an_empty_list_and_another_office_are_refused() -> None:
    """The officer is told to add brands first; somebody else's area is not theirs to sweep."""
    people = examples.cast()
    with pytest.raises(Invalid):
        start_sweep(people.keeper, unit_path=people.keeper.unit_path)
    examples.watched(people.keeper.unit_path, "康师傅")
    with pytest.raises(Refused):
        start_sweep(people.elsewhere, unit_path=people.keeper.unit_path)


def test_a_sweep_under_way_is_returned_instead_of_a_second() -> None:
    """Pressing the button twice starts one sweep."""
    people = examples.cast()
    path = people.keeper.unit_path
    examples.watched(path, "康师傅")
    first = start_sweep(people.keeper, unit_path=path)
    assert start_sweep(people.colleague, unit_path=path) == first
    assert start_sweep(people.colleague, unit_path=path, kinds=["mark"]) != first
    assert start_sweep(people.keeper, unit_path=path, anew=True) != first


def test_a_kill_in_the_middle_neither_loses_nor_doubles(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second chunk dies before it commits; the next attempt goes on at the checkpoint."""
    people = examples.cast()
    path = people.keeper.unit_path
    for number in range(6):
        examples.subject(path, f"海州市康帅傅{TRADES[number]}有限公司")
    examples.watched(path, "康师傅")
    monkeypatch.setattr(module, "CHUNK", 2)
    sweep = start_sweep(people.keeper, unit_path=path)
    written = module.record_findings
    calls = []

    def dying(*args: Any, **values: Any) -> Any:
        result = written(*args, **values)
        calls.append(result)
        if len(calls) == 2:
            raise MemoryError("the worker died")
        return result

    monkeypatch.setattr(module, "record_findings", dying)
    assert sweep.job is not None
    assert run_inline(sweep.job).state != Job.State.DONE
    assert Lead.objects.count() == 2, "the chunk that died left nothing"
    Job.objects.filter(pk=sweep.job.pk).update(state=Job.State.WAITING, run_after=timezone.now())
    assert run_inline(sweep.job).state == Job.State.DONE
    sweep.refresh_from_db()
    assert (sweep.names, sweep.hits, sweep.new_leads, Lead.objects.count()) == (6, 6, 6, 6)


def test_the_board_counts_what_was_decided_and_leads_to_those_very_rows(client: Any) -> None:
    """Figure, interval and rounds; the drill-down lists the leads of the denominator."""
    from zhixing.apps.leads.api import dispose_lead

    people = examples.cast()
    path, today = people.keeper.unit_path, timezone.localdate()
    for number in range(4):
        examples.subject(path, f"海州市康帅傅{TRADES[number]}有限公司")
    examples.watched(path, "康师傅")
    period = Period(today.replace(month=1, day=1), today)
    assert indicators.lookalike_leads_decided(people.keeper, period).value is None
    _sweep(people.keeper, path)
    lead = Lead.objects.order_by("pk").first()
    assert lead is not None
    dispose_lead(people.keeper, lead, disposition="confirmed", reason="属实")
    figure = indicators.lookalike_leads_decided(people.keeper, period)
    assert (figure.value, figure.numerator, figure.denominator) == (0.25, 1, 4)
    assert figure.interval is not None
    assert figure.interval[0] < 0.25 < figure.interval[1]
    assert indicators.lookalike_leads_decided(people.elsewhere, period).denominator == 0
    client.force_login(people.keeper, backend=BACKEND)
    assert client.get(figure.rows_url).content.decode().count("≈ 康师傅") == 4
    assert len(indicators.sweeps_held(people.keeper, period)) == 1
    assert not indicators.sweeps_held(people.elsewhere, period)


def test_sweeps_are_started_and_followed_on_their_pages(client: Any) -> None:
    """The list explains itself when empty; the button queues a sweep and shows its progress."""
    people = examples.cast()
    client.force_login(people.keeper, backend=BACKEND)
    empty = client.get("/brands/sweeps/").content.decode()
    assert "empty-state" in empty
    assert "/brands/sweeps/start/" not in empty
    assert client.get("/brands/sweeps/start/")["Location"] == "/brands/sweeps/"
    examples.watched(people.keeper.unit_path, "康师傅")
    page = client.post("/brands/sweeps/start/", follow=True)
    sweep = Sweep.objects.get()
    assert page.redirect_chain[-1][0] == sweep.get_absolute_url()
    assert "hx-get" in page.content.decode()
    run_inline(sweep.job)  # type: ignore[arg-type]
    assert "hx-get" not in client.get(sweep.get_absolute_url()).content.decode()
    client.force_login(people.elsewhere, backend=BACKEND)
    assert client.get(sweep.get_absolute_url()).status_code == 404


def test_a_new_version_of_the_engine_judges_everything_again_and_resumes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every name of every kind, each once, also through a kill; then nothing is due."""
    from zhixing.engines import lookalike
    from zhixing.engines.types import MethodRef

    people = examples.cast()
    path = people.keeper.unit_path
    examples.watched(path, "康师傅")
    for number in range(4):
        examples.subject(path, f"海州市康帅傅{TRADES[number]}有限公司")
    examples.sighting(path, "康帅傅面馆")
    examples.label(path, "品牌:康帅傅")
    assert _sweep(people.keeper, path).judged == 0, "all were judged as they arrived"
    monkeypatch.setattr(lookalike, "METHOD", MethodRef("lookalike.pairs", "next"))
    monkeypatch.setattr(module, "CHUNK", 2)
    before, calls, remembered = Lead.objects.count(), [], module.remember_judged

    def dying(*args: Any, **values: Any) -> None:
        calls.append(args)
        if len(calls) == 4:
            raise MemoryError("the worker died")
        remembered(*args, **values)

    monkeypatch.setattr(module, "remember_judged", dying)
    sweep = start_sweep(people.keeper, unit_path=path)
    assert sweep.job is not None
    assert run_inline(sweep.job).state != Job.State.DONE
    sweep.refresh_from_db()
    assert sweep.judged == 2, "the chunk that died left nothing"
    Job.objects.filter(pk=sweep.job.pk).update(state=Job.State.WAITING, run_after=timezone.now())
    assert run_inline(sweep.job).state == Job.State.DONE
    sweep.refresh_from_db()
    assert (sweep.judged, sweep.new_leads, Lead.objects.count()) == (6, 0, before)
    assert sweep.method_version.startswith("next")
    assert _sweep(people.keeper, path).judged == 0
