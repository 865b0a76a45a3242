"""Labels: read at once, confirmed by officers, linked to operators and marks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.apps.chains import examples
from tests.apps.chains.examples import FACTORY, LENDER
from tests.apps.registry.examples import uscc
from zhixing.apps.chains.api import ChainFinding, Label, LabelParty, confirm_parties, update_label
from zhixing.apps.chains.page import pieces
from zhixing.kit.actors import SystemActor
from zhixing.kit.errors import Invalid, Refused
from zhixing.kit.history import entries_for
from zhixing.kit.register.saving import Stale
from zhixing.kit.testing.imports import import_text
from zhixing.kit.testing.suites import BACKEND

pytestmark = pytest.mark.django_db


def sign_in(officer: Any) -> Client:
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


def parties(label: Label) -> list[tuple[str, str]]:
    return list(label.parties.values_list("role", "name"))


def test_a_label_is_read_as_it_is_entered() -> None:
    """Parties with their places, empty fields filled from the text, overseas firms told."""
    office = examples.cast().keeper.unit_path
    label = examples.label(office, text=f"{examples.TEXT}\n品牌：皇冠", brand="", product="")
    assert parties(label)[:2] == [("licensor", LENDER), ("manufacturer", FACTORY)]
    assert (label.brand, label.product) == ("皇冠", "衬衫")
    assert (label.has_lender, label.has_overseas) == (True, True)
    assert {flag["code"] for flag in label.flags} >= {"overseas_behind_factory"}
    lender = label.parties.get(role="licensor")
    assert label.text[lender.start : lender.end] == LENDER
    assert lender.is_overseas


def test_parties_are_linked_to_operators_of_any_office_by_name_or_code() -> None:
    """The overseas firm is kept by the bureau; a name that two operators bear stays a name."""
    people = examples.cast()
    lender = examples.firm("3799/", LENDER, kind="overseas")
    factory = examples.firm(people.elsewhere.unit_path, FACTORY)
    label = examples.label(people.keeper.unit_path)
    linked = dict(label.parties.exclude(subject=None).values_list("role", "subject_id"))
    assert linked == {"licensor": lender.pk, "manufacturer": factory.pk}
    examples.firm(people.keeper.unit_path, FACTORY)
    second = examples.label(people.keeper.unit_path, 2)
    assert second.parties.get(role="manufacturer").subject is None


def test_brackets_of_either_width_are_one_name() -> None:
    """The register writes （香港）, the label (香港)."""
    office = examples.cast().keeper.unit_path
    firm = examples.firm(office, "皇冠集团（香港）有限公司")
    label = examples.label(office, text="监制：皇冠集团(香港)有限公司\n生产：示范市华盛制衣厂")
    assert label.parties.get(role="supervisor").subject == firm


def test_the_mark_is_linked_when_the_brand_names_exactly_one() -> None:
    """By its text; two marks of one text leave the choice to the officer."""
    office = examples.cast().keeper.unit_path
    mark = examples.mark(office, registration_number="1000001")
    assert examples.label(office, 1, brand="皇冠").mark == mark
    examples.mark(office, registration_number="1000002")
    assert examples.label(office, 2, brand="皇冠").mark is None


def test_another_text_is_read_anew_and_has_to_be_confirmed_anew() -> None:
    """A change of the place keeps the officer's roles; a change of the text does not."""
    people = examples.cast()
    label = examples.label(people.keeper.unit_path)
    confirm_parties(people.keeper, label, [("licensor", LENDER)])
    update_label(people.keeper, label, {"place": "人民路"})
    label.refresh_from_db()
    assert label.is_confirmed
    assert parties(label) == [("licensor", LENDER)]
    update_label(people.keeper, label, {"text": "监制：示范市华盛制衣有限公司"})
    label.refresh_from_db()
    assert not label.is_confirmed
    assert parties(label) == [("supervisor", FACTORY)]


def test_an_officer_corrects_the_roles_and_the_book_keeps_both() -> None:
    """Rows that agree keep their place in the text; new ones are marked as entered."""
    people = examples.cast()
    label = examples.label(people.keeper.unit_path)
    rows = [("supervisor", LENDER), ("manufacturer", FACTORY)]
    confirm_parties(people.keeper, label, rows)
    label.refresh_from_db()
    assert sorted(parties(label)) == sorted(rows)
    assert label.parties.get(role="manufacturer").start is not None
    entered = label.parties.get(role="supervisor")
    assert (entered.is_corrected, entered.is_overseas, entered.start) == (True, True, None)
    assert label.confirmed_by == people.keeper
    assert entries_for(label)[0].deed == "label.confirm"


def test_roles_are_confirmed_by_case_workers_of_the_office_alone() -> None:
    """Not from elsewhere, not with an unknown role, not over a colleague."""
    people = examples.cast()
    label = examples.label(people.keeper.unit_path)
    with pytest.raises(Refused):
        confirm_parties(people.elsewhere, label, [])
    with pytest.raises(Refused):
        update_label(people.elsewhere, label, {"place": "x"})
    with pytest.raises(Invalid):
        confirm_parties(people.keeper, label, [("owner", "x")])
    stamp = label.updated
    confirm_parties(people.colleague, label, [("licensor", LENDER)])
    with pytest.raises(Stale):
        confirm_parties(people.keeper, label, [], stamp=stamp)


def test_the_page_of_roles_keeps_what_is_typed() -> None:
    """Read lines are shown; a name too long is told beside it; saving leads back to the label."""
    people = examples.cast()
    label = examples.label(people.keeper.unit_path)
    client, url = sign_in(people.keeper), reverse("chains:roles", args=[label.pk])
    page = client.get(url).content.decode()
    assert LENDER in page
    sent = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "stamp": label.updated.isoformat(),
            "form-0-role": "supervisor", "form-0-name": LENDER,
            "form-1-role": "brand", "form-1-name": ""}  # fmt: skip
    refused = client.post(url, sent | {"form-1-name": "长" * 201})
    assert refused.status_code == 422
    assert "长" * 201 in refused.content.decode()
    assert client.post(url, sent).status_code == 302
    assert parties(label) == [("supervisor", LENDER)]
    assert client.post(url, sent).status_code == 422  # a colleague's stamp has passed
    assert sign_in(people.elsewhere).get(url).status_code == 404
    assert sign_in(people.stranger).get(url).status_code == 403


def test_an_import_reads_its_labels_and_links_them() -> None:
    """Texts are parsed, sellers linked by code, and the same file again changes nothing."""
    people = examples.cast()
    shop = examples.firm(people.keeper.unit_path, "示范市百味商店", uscc=uscc(12))
    head = "标签编号,标签内容,经营者代码,日期"
    rows = [f'L{n},"监制：{LENDER} 生产：{FACTORY}",{shop.uscc},2026-05-0{n}' for n in (1, 2, 3)]
    run = import_text(
        SystemActor("test"), "labels", "\n".join([head, *rows]), people.keeper.unit_path
    )
    assert (run.state, run.created_count) == (run.State.DONE, 3), run.message
    labels = list(Label.objects.order_by("number"))
    assert [label.seller for label in labels] == [shop] * 3
    assert [label.has_lender for label in labels] == [True] * 3
    assert labels[0].seen_on == date(2026, 5, 1)
    assert parties(labels[0]) == [("supervisor", LENDER), ("manufacturer", FACTORY)]


def test_an_import_asks_as_many_queries_for_many_labels_as_for_few() -> None:
    """Names are looked up together, not one by one."""
    office = examples.cast().keeper.unit_path

    def queries(first: int, count: int) -> int:
        rows = [
            f"L{n},监制：香港第{n}国际有限公司 生产：第{n}制衣厂"
            for n in range(first, first + count)
        ]
        text = "\n".join(["标签编号,标签内容", *rows])
        with CaptureQueriesContext(connection) as asked:
            import_text(SystemActor("test"), "labels", text, office)
        return len(asked)

    queries(0, 5)
    assert abs(queries(100, 40) - queries(200, 10)) <= 2


def test_a_seller_s_name_is_linked_when_entered() -> None:
    """Typed on a phone, the shop's full name is enough."""
    office = examples.cast().keeper.unit_path
    shop = examples.firm(office, "示范市百味商店")
    assert examples.label(office).seller == shop


def test_text_is_cut_at_names() -> None:
    """Marked pieces and the text between them make up the text; overlaps are marked once."""
    made = [
        LabelParty(role="brand", name="b", start=2, end=4),
        LabelParty(role="product", name="c", start=3, end=5),
        LabelParty(role="origin", name="d", start=None, end=None),
    ]
    cut = pieces("一二三四五六", made)
    assert [piece.text for piece in cut] == ["一二", "三四", "五六"]
    assert [bool(piece.role) for piece in cut] == [False, True, False]


def test_findings_and_parties_go_with_their_label() -> None:
    """A label that is corrected leaves no stale party behind."""
    people = examples.cast()
    label = examples.label(people.keeper.unit_path)
    update_label(people.keeper, label, {"text": "净含量：500ml"})
    assert not LabelParty.objects.filter(label=label, role="licensor").exists()
    assert not ChainFinding.objects.filter(label=label, gone_at=None, kind="formula").exists()
