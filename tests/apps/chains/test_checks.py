"""The checks of chains on the register's own rows: findings, leads, what no longer holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.apps.chains import examples
from tests.apps.chains.examples import FACTORY, LENDER
from zhixing.apps.chains.actions.check_chains import MONITOR, check_around, start_check
from zhixing.apps.chains.api import ChainFinding, Label
from zhixing.apps.chains.gathering import gather, limits
from zhixing.apps.chains.indicators import chains_checked
from zhixing.apps.chains.models import LabelParty
from zhixing.apps.chains.parties import EVERYWHERE
from zhixing.apps.leads.api import Lead, dispose_lead
from zhixing.apps.registry.api import update_authorisation, update_mark
from zhixing.kit.errors import Refused
from zhixing.kit.indicators import Period
from zhixing.kit.jobs.api import run_inline

pytestmark = pytest.mark.django_db


def holding(kind: str = "") -> list[ChainFinding]:
    rows = ChainFinding.objects.filter(gone_at=None).order_by("-probability", "pk")
    return list(rows.filter(kind=kind) if kind else rows)


def kinds() -> set[str]:
    return {finding.kind for finding in holding()}


def run(officer: Any) -> Any:
    return run_inline(start_check(officer, unit_path=officer.unit_path))


def test_a_label_without_contract_raises_a_lead_with_its_evidence() -> None:
    """Clause (二), the sentence, the label's text; the subject is the factory if registered."""
    office = examples.cast().keeper.unit_path
    factory = examples.firm(office, FACTORY)
    label = examples.label(office, brand="皇冠")
    (finding,) = holding("gap")
    lead = Lead.objects.get(monitor=MONITOR, kind="gap")
    assert (lead.clause, lead.subject, lead.unit_path) == ("二/(二)", factory, office)
    assert lead.evidence["label"] == label.pk
    assert LENDER in lead.reasons[0]["text"]
    assert lead.probability == finding.probability >= 0.6


def test_a_contract_of_any_office_bears_the_link_and_the_gap_is_gone() -> None:
    """The contract is kept elsewhere; the finding stays on record, the lead in the inbox."""
    people = examples.cast()
    label = examples.label(people.keeper.unit_path, brand="皇冠")
    examples.contract(people.elsewhere.unit_path)
    check_around(EVERYWHERE, label)
    assert "gap" not in kinds()
    assert ChainFinding.objects.get(kind="gap").gone_at is not None
    assert Lead.objects.filter(kind="gap").exists()


def test_a_contract_entered_answers_the_gap_at_once(
    django_capture_on_commit_callbacks: Any,
) -> None:
    """The officer need not start a check; when it is withdrawn the chain is doubtful again."""
    office = examples.cast().keeper.unit_path
    examples.label(office, brand="皇冠")
    with django_capture_on_commit_callbacks(execute=True):
        contract = examples.contract(office)
    assert "gap" not in kinds()
    with django_capture_on_commit_callbacks(execute=True):
        update_authorisation(examples.SYSTEM, contract, {"status": "revoked"})
    assert "expired" in kinds()


def test_a_contract_that_names_operators_without_linking_them_is_found() -> None:
    """Parties came into the register after the contract; their names are enough."""
    office = examples.cast().keeper.unit_path
    examples.contract(office)
    examples.firm(office, FACTORY)
    examples.firm(office, LENDER, kind="overseas")
    examples.label(office, brand="皇冠")
    assert kinds() == set()


def test_words_that_a_contract_explains_are_no_finding() -> None:
    """A licensed overseas name is left alone; contradictions on the label itself are not."""
    office = examples.cast().keeper.unit_path
    examples.contract(office)
    examples.label(office, 1, brand="皇冠")
    assert kinds() == set()
    twice = f"授权商：{LENDER}\n制造商：{FACTORY}\n生产商：示范市美盛制衣厂"
    examples.label(office, 2, brand="皇冠", text=twice)
    assert "several_manufacturers" in str([finding.reasons for finding in holding()])


def test_words_about_a_gap_are_reasons_of_the_gap_not_a_second_lead() -> None:
    """One suspicion, one lead."""
    office = examples.cast().keeper.unit_path
    examples.label(office, brand="皇冠")
    (finding,) = holding()
    assert finding.kind == "gap"
    assert "overseas_behind_factory" in [reason["code"] for reason in finding.reasons]
    assert Lead.objects.count() == 1


def test_found_again_is_the_same_finding_and_an_officer_s_decision_stays() -> None:
    """Checks repeat every day; the inbox does not grow."""
    people = examples.cast()
    label = examples.label(people.keeper.unit_path)
    before = (ChainFinding.objects.count(), Lead.objects.count())
    dispose_lead(
        people.keeper, Lead.objects.get(kind="gap"), disposition="dismissed", reason="合同已核"
    )
    check_around(EVERYWHERE, label)
    run(people.keeper)
    assert (ChainFinding.objects.count(), Lead.objects.count()) == before
    assert Lead.objects.get(kind="gap").disposition == "dismissed"


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"ends_on": date(2026, 5, 1)}, "expired"),
        ({"starts_on": date(2026, 7, 1)}, "not_begun"),
        ({"status": "revoked"}, "expired"),
        ({"territory": "广东省"}, "territory"),
        ({"goods": "电饭煲"}, "goods"),
        ({"export_only": True}, "export_only"),
        ({"grantor_name": "皇冠控股有限公司"}, "contract_contradicts"),
    ],
)
def test_each_weakness_of_a_contract_is_found(values: dict[str, Any], kind: str) -> None:
    """Through the register's rows, with the contract named."""
    office = examples.cast().keeper.unit_path
    contract = examples.contract(office, **values)
    examples.label(office, brand="皇冠", place="示范市城东区", product="男式衬衫")
    (finding,) = holding(kind)
    assert finding.contracts == [contract.pk]
    assert Lead.objects.get(kind=kind).evidence["contract"] == contract.pk


def test_weaknesses_of_the_mark_are_found() -> None:
    """Expired, cancelled, held by somebody else, outlasted by the contract."""
    office = examples.cast().keeper.unit_path
    mark = examples.mark(office)
    contract = examples.contract(office, mark=mark)
    label = examples.label(office, brand="皇冠")
    for changes, kind in (
        ({"expires_on": date(2026, 1, 5)}, "mark_dead"),
        ({"expires_on": date(2033, 1, 1), "status": "cancelled"}, "mark_dead"),
        ({"status": "registered", "holder_name": "皇冠控股有限公司"}, "not_holder"),
    ):
        update_mark(examples.SYSTEM, mark, changes)
        check_around(EVERYWHERE, label)
        assert kind in kinds(), kind
    update_mark(examples.SYSTEM, mark, {"holder_name": LENDER})
    update_authorisation(examples.SYSTEM, contract, {"ends_on": date(2040, 1, 1)})
    check_around(EVERYWHERE, label)
    assert kinds() & {"mark_dead", "not_holder", "beyond_mark"} == {"beyond_mark"}


def test_labels_of_one_product_that_contradict_are_found() -> None:
    """By bar code; the labels lie in different offices."""
    people = examples.cast()
    examples.label(people.keeper.unit_path, barcode="6901234567892")
    examples.label(
        people.elsewhere.unit_path, barcode="6901234567892",
        text="授权：英国皇冠有限公司\n制造商：示范市美盛制衣厂",
    )  # fmt: skip
    assert {"contradicting_licensors", "contradicting_factories"} <= kinds()


def test_a_lender_behind_many_factories_is_found_by_the_limits_of_the_law_table() -> None:
    """Three factories by default."""
    office = examples.cast().keeper.unit_path
    for n in range(1, limits().hub_factories + 1):
        assert "hub" not in kinds()
        examples.label(office, n, text=f"授权商：{LENDER}\n制造商：示范市第{n}制衣厂")
    (finding,) = holding("hub")
    assert finding.label_count == limits().hub_factories


def test_an_overseas_name_like_a_protected_mark_is_found() -> None:
    """Judged by the look-alike engine; the holder itself is left alone."""
    office = examples.cast().keeper.unit_path
    examples.mark(office, "康师傅", holder_name="康师傅控股有限公司", protection=["well_known"])
    examples.label(office, text=f"监制：香港康帅傅国际食品有限公司\n生产：{FACTORY}")
    (finding,) = holding("lookalike")
    assert finding.probability >= 0.5
    assert len(finding.reasons) > 1
    label = examples.label(office, 2, text=f"监制：康师傅控股有限公司\n生产：{FACTORY}")
    check_around(EVERYWHERE, label)
    assert len(holding("lookalike")) == 1


def test_an_operator_that_comes_into_the_register_later_is_linked_by_the_check() -> None:
    """The label was read before the factory was registered."""
    people = examples.cast()
    label = examples.label(people.keeper.unit_path)
    factory = examples.firm(people.keeper.unit_path, FACTORY)
    run(people.keeper)
    party = label.parties.get(role="manufacturer")
    assert (party.subject, party.party_key) == (factory, f"s{factory.pk}")


def test_a_check_is_for_the_own_area_by_whoever_works_cases() -> None:
    """From the wrong side: another office, an auditor."""
    people = examples.cast()
    with pytest.raises(Refused):
        start_check(people.keeper, unit_path=people.elsewhere.unit_path)
    with pytest.raises(Refused):
        start_check(people.stranger, unit_path=people.stranger.unit_path)


def test_thousands_of_labels_of_one_lender_cost_a_fixed_number_of_queries() -> None:
    """Gathering and keeping ask no query per label."""
    people = examples.cast()
    first = examples.label(people.keeper.unit_path)

    def grow(start: int, count: int) -> None:
        labels = [
            Label(text=first.text, seen_on=first.seen_on, brand=f"b{n}", product_key=f"p{n}",
                  has_lender=True, unit_path=first.unit_path)
            for n in range(start, start + count)
        ]  # fmt: skip
        Label.objects.bulk_create(labels)
        LabelParty.objects.bulk_create(
            LabelParty(label=label, role=party.role, name=party.name, party_key=party.party_key,
                       is_overseas=party.is_overseas)
            for label in labels
            for party in first.parties.all()
        )  # fmt: skip

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            gather(Label.objects.all())
        return len(asked)

    grow(0, 5)
    few = queries()
    grow(100, 1500)
    assert queries() == few
    job = run(people.keeper)
    assert job.state == job.State.DONE, job.error
    assert holding("hub")[0].label_count == 1506
    assert len(holding("hub")[0].labels) == 20


def test_the_share_of_chains_checked_counts_confirmed_labels_of_the_area() -> None:
    """Labels that name no licensor are no chain; other areas are not counted."""
    people = examples.cast()
    office, today = people.keeper.unit_path, timezone.localdate()
    labels = [examples.label(office, n, seen_on=today) for n in (1, 2, 3, 4)]
    examples.label(office, 9, seen_on=today, text="生产商：示范市华盛制衣有限公司")
    examples.label(people.elsewhere.unit_path, 8, seen_on=today)
    from zhixing.apps.chains.api import confirm_parties

    confirm_parties(people.keeper, labels[0], [("licensor", LENDER), ("manufacturer", FACTORY)])
    figure = chains_checked(people.keeper, Period(today, today))
    assert (figure.numerator, figure.denominator, figure.value) == (1, 4, 0.25)
    assert "has_lender=true" in figure.rows_url
    empty = chains_checked(people.keeper, Period(date(2020, 1, 1), date(2020, 12, 31)))
    assert empty.value is None


def night(office: Any) -> Any:
    """The job of the standing schedule of an office, as a worker runs it."""
    from zhixing.apps.chains.actions.check_chains import check_area
    from zhixing.kit.jobs.api import enqueue

    job = enqueue(
        check_area, actor=examples.SYSTEM, label="night", params={"unit_path": office},
        unit_path=office,
    )  # fmt: skip
    return run_inline(job)


def test_the_nightly_check_tells_a_contract_that_ran_out_yesterday() -> None:
    """Nobody touches it; the next night the link is a finding, and its drawing says so."""
    office = examples.cast().keeper.unit_path
    today = timezone.localdate()
    contract = examples.contract(office, ends_on=today)
    examples.label(office, brand="皇冠", seen_on=today - timedelta(30))
    night(office)
    assert kinds() == set()
    type(contract).objects.filter(pk=contract.pk).update(ends_on=today - timedelta(1))
    night(office)
    (finding,) = holding()
    assert (finding.kind, finding.contracts) == ("lapsed", [contract.pk])
    assert Lead.objects.get().kind == "lapsed"
    examples.contract(office, contract_number="XK-2", starts_on=today - timedelta(1))
    night(office)
    assert kinds() == set()
    assert Lead.objects.count() == 1, "the officer closes it"


def test_checking_one_office_keeps_what_only_the_whole_bureau_shows() -> None:
    """A licensor behind factories of several offices stays a hub when one of them is checked."""
    people = examples.cast()
    for number in range(4):
        office = (people.keeper if number % 2 else people.elsewhere).unit_path
        text = f"授权商：{LENDER}\n制造商：示范市第{number}制衣有限公司\n品名：衬衫"
        examples.label(office, number, text=text)
    night("3799/")
    (hub,) = holding("hub")
    assert hub.label_count == 4
    for path in (people.keeper.unit_path, people.elsewhere.unit_path):
        night(path)
        (hub,) = holding("hub")
        assert hub.label_count == 4


def test_labels_read_by_another_version_of_the_engine_are_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Batch by batch, each once; roles that an officer confirmed stay as they are."""
    from zhixing.apps.chains.actions import check_chains
    from zhixing.apps.chains.actions.keep_labels import confirm_parties

    people = examples.cast()
    office = people.keeper.unit_path
    labels = [examples.label(office, number) for number in range(1, 4)]
    confirm_parties(people.keeper, labels[0], [("manufacturer", "示范市另一制衣厂")])
    Label.objects.update(method_version="0")
    LabelParty.objects.exclude(label=labels[0]).delete()
    monkeypatch.setattr(check_chains, "READ_AT_ONCE", 2)
    asked: list[int] = []
    reread = check_chains.reread_labels

    def counted(actor: Any, rows: Any) -> None:
        asked.append(len(rows))
        reread(actor, rows)

    monkeypatch.setattr(check_chains, "reread_labels", counted)
    night(office)
    night(office)
    assert asked == [2, 1]
    makers = LabelParty.objects.filter(role="manufacturer").order_by("label")
    assert list(makers.values_list("name", flat=True)) == ["示范市另一制衣厂", FACTORY, FACTORY]
