"""The pages of chains: overview, graph, findings, a contract's text, a subject's section."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.apps.chains import examples
from tests.apps.chains.examples import FACTORY, LENDER
from zhixing.apps.chains.around import around_party
from zhixing.apps.chains.drawing import broken, draw
from zhixing.apps.chains.gathering import gather
from zhixing.apps.chains.graph import FACTORY as FACTORIES
from zhixing.apps.chains.graph import MOST_NODES, PRODUCT, Graph, chain_graph
from zhixing.apps.chains.models import ChainFinding, LabelParty
from zhixing.apps.chains.registers import FindingRegister
from zhixing.apps.leads.api import Lead
from zhixing.apps.registry.api import Authorisation
from zhixing.kit.jobs.api import jobs_visible
from zhixing.kit.testing.suites import BACKEND, Cast, RegisterSuite

pytestmark = pytest.mark.django_db


def sign_in(officer: Any) -> Client:
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


def graph_of(officer: Any, key: str, depth: int = 1) -> Graph:
    around = around_party(officer, key, depth)
    return chain_graph(gather(around.labels), ChainFinding.objects.filter(gone_at=None), key)


class TestFindings(RegisterSuite):
    """Findings, which only the checks write."""

    register = FindingRegister
    filtering = ({"kind": "hub"}, {"kind": "hub"}, {"kind": "gap"})

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        from django.utils import timezone

        given = {
            "kind": "gap", "key": f"{number:064d}", "lender_name": f"香港第{number}国际有限公司",
            "lender_key": f"香港第{number}国际有限公司", "probability": number / 100,
            "reasons": [{"code": "gap", "text": "没有授权备案"}],
            "found_at": timezone.now(), "seen_at": timezone.now(), "unit_path": officer.unit_path,
        }  # fmt: skip
        return ChainFinding.objects.create(**(given | values))


def test_a_gap_is_drawn_with_words_and_a_contract_as_borne() -> None:
    """Red and dashed alone says nothing: the edge says what is missing."""
    people = examples.cast()
    examples.label(people.keeper.unit_path, brand="皇冠")
    edge = graph_of(people.keeper, LENDER).edges[LENDER, FACTORY]
    assert (edge.tone, edge.labels) == ("bad", 1)
    assert edge.words
    examples.contract(people.keeper.unit_path)
    examples.label(people.keeper.unit_path, 2, brand="皇冠")
    edge = graph_of(people.keeper, LENDER).edges[LENDER, FACTORY]
    assert edge.tone == "good"
    assert len(edge.contracts) == 1


def test_a_contract_that_does_not_hold_is_drawn_as_doubtful() -> None:
    """It ran out: dashed, with the finding's words."""
    people = examples.cast()
    examples.contract(people.keeper.unit_path, ends_on=date(2026, 2, 1))
    examples.label(people.keeper.unit_path, brand="皇冠")
    edge = graph_of(people.keeper, LENDER).edges[LENDER, FACTORY]
    assert edge.tone == "bad"
    assert edge.words == str(ChainFinding.objects.get(kind="expired").get_kind_display())


def test_columns_are_capped_and_the_rest_is_one_node_that_counts_it() -> None:
    """Thirteen products: nine drawn, four counted; edges of the rest end at it."""
    people = examples.cast()
    for number in range(1, MOST_NODES + 4):
        examples.label(people.keeper.unit_path, number)
    graph = graph_of(people.keeper, LENDER)
    products = graph.column(PRODUCT)
    assert len(products) == MOST_NODES
    assert sum(node.labels for node in products) == MOST_NODES + 3
    rest = next(node for node in products if node.key.startswith("more:"))
    assert rest.labels == 4
    assert graph.edges[FACTORY, rest.key].labels == 4
    assert draw(graph) is not None


def test_a_step_further_shows_the_licensor_s_other_factories() -> None:
    """From one factory to its licensor to the other factories of that licensor."""
    people = examples.cast()
    examples.label(people.keeper.unit_path, 1)
    examples.label(people.keeper.unit_path, 2, text=f"授权：{LENDER}\n制造：示范市美盛制衣厂")
    first = graph_of(people.keeper, FACTORY, 1).column(FACTORIES)
    further = graph_of(people.keeper, FACTORY, 2).column(FACTORIES)
    assert [node.name for node in first] == [FACTORY]
    assert {node.name for node in further} == {FACTORY, "示范市美盛制衣厂"}
    assert further[0].is_start


def test_nothing_is_drawn_outside_the_drawing() -> None:
    """Every box and word lies inside; the table has a row for each edge, the doubtful first."""
    people = examples.cast()
    for number in (1, 2, 3):
        examples.label(people.keeper.unit_path, number, seller_name=f"第{number}商店")
    drawing = draw(graph_of(people.keeper, LENDER))
    assert drawing is not None
    for box in drawing.boxes:
        assert box.x + drawing.node_width <= drawing.width
        assert box.y + box.height <= drawing.height
        assert all(box.y < y < box.y + box.height for y, _text in box.lines)
    assert len(drawing.rows) == len(drawing.lines)
    assert drawing.rows[0][2].tone == "bad"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("皇冠", ["皇冠"]),
        ("香港皇冠国际服饰集团有限公司", ["香港皇冠国际服饰集团有限", "公司"]),
        ("", ["—"]),
    ],
)
def test_names_are_broken_into_lines(name: str, lines: list[str]) -> None:
    """Twelve characters a line."""
    assert broken(name) == lines


def test_a_name_of_any_length_takes_three_lines_at_most() -> None:
    """What does not fit ends in an ellipsis."""
    lines = broken("香港皇冠国际服饰集团有限公司" * 5)
    assert len(lines) == 3
    assert lines[-1].endswith("…")


def test_a_chain_is_seen_by_the_offices_whose_labels_it_shows() -> None:
    """Another office gets no page of a firm that none of its labels names; nor does a stranger."""
    people = examples.cast()
    examples.label(people.keeper.unit_path)
    url = f"{reverse('chains:chain')}?key={LENDER}"
    page = sign_in(people.keeper).get(url)
    assert page.status_code == 200
    assert FACTORY in page.content.decode()
    assert sign_in(people.elsewhere).get(url).status_code == 404
    assert sign_in(people.stranger).get(url).status_code == 403


def test_a_contract_of_another_office_is_said_to_exist_but_not_shown() -> None:
    """The link is borne; number and page are for the office that keeps the contract."""
    people = examples.cast()
    examples.label(people.keeper.unit_path, brand="皇冠")
    contract = examples.contract(people.elsewhere.unit_path, contract_number="XK-SECRET")
    page = sign_in(people.keeper).get(f"{reverse('chains:chain')}?key={LENDER}")
    (row,) = [row for row in page.context["section"]["rows"] if row["edge"].contracts]
    assert (row["contracts"], row["elsewhere"], row["edge"].tone) == ([], 1, "good")
    text = page.content.decode()
    assert "XK-SECRET" not in text
    assert contract.get_absolute_url() not in text


@pytest.mark.parametrize("query", ["", "depth=x", "label=x", "key=", "label=999999999999999999999"])
def test_an_address_that_leads_nowhere_leads_to_the_overview(query: str) -> None:
    """Cut-off or invented addresses break nothing."""
    people = examples.cast()
    response = sign_in(people.keeper).get(f"{reverse('chains:chain')}?{query}")
    assert response["Location"] == reverse("chains:overview")


def test_a_chain_asks_as_many_queries_for_many_labels_as_for_few() -> None:
    """No query per label, party or contract."""
    people = examples.cast()
    client, url = sign_in(people.keeper), f"{reverse('chains:chain')}?key={LENDER}"

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    for number in (1, 2):
        examples.label(people.keeper.unit_path, number)
    few = queries()
    for number in range(3, 15):
        examples.label(
            people.keeper.unit_path, number, text=f"授权：{LENDER}\n制造：示范市第{number}制衣厂"
        )
    assert queries() == few


def test_the_overview_says_what_to_do_first_and_what_stands_out_later() -> None:
    """Empty, then findings and the overseas firms; each office its own."""
    people = examples.cast()
    client, url = sign_in(people.keeper), reverse("chains:overview")
    assert "empty-state" in client.get(url).content.decode()
    examples.label(people.keeper.unit_path)
    page = client.get(url)
    assert [row["name"] for row in page.context["lenders"]] == [LENDER]
    assert page.context["finding_count"] >= 1
    assert "empty-state" in sign_in(people.elsewhere).get(url).content.decode()
    assert sign_in(people.stranger).get(url).status_code == 403


def test_the_check_of_all_is_started_from_the_overview() -> None:
    """The button leads to the job; an address opened by hand starts nothing."""
    people = examples.cast()
    client, url = sign_in(people.keeper), reverse("chains:check")
    assert client.get(url)["Location"] == reverse("chains:overview")
    assert not jobs_visible(people.keeper).exists()
    assert client.post(url).status_code == 302
    assert jobs_visible(people.keeper).count() == 1
    assert sign_in(people.stranger).post(url).status_code == 403


def test_a_contract_s_text_fills_the_register_s_form() -> None:
    """What was read is shown with its words, and parties of the register are linked."""
    people = examples.cast()
    factory = examples.firm(people.keeper.unit_path, FACTORY)
    text = (
        f"商标使用许可合同\n合同编号：XK-9\n许可人：{LENDER}\n被许可人：{FACTORY}\n"
        "许可商标：皇冠\n期限自2026年1月1日至2026年12月31日"
    )
    client, url = sign_in(people.keeper), reverse("chains:contract")
    page = client.post(url, {"text": text})
    assert page.status_code == 200
    assert str(Authorisation.Kind.LICENCE.label) in [row["value"] for row in page.context["rows"]]
    values = parse_qs(urlsplit(page.context["next_url"]).query)
    assert values["grantee"] == [f"#{factory.pk}"]
    assert values["ends_on"] == ["2026-12-31"]
    form = client.get(page.context["next_url"])
    assert "XK-9" in form.content.decode()
    assert client.post(url, {"text": ""}).status_code == 422
    empty = client.post(url, {"text": "收据"})
    assert empty.context["rows"] == []
    assert sign_in(people.stranger).get(url).status_code == 403


def test_the_form_filled_from_a_contract_can_be_saved_as_it_is() -> None:
    """The officer confirms; the contract is in the register and bears the chain."""
    people = examples.cast()
    text = f"合同编号：XK-9\n许可人：{LENDER}\n被许可人：{FACTORY}\n许可商标：皇冠\n地域：全国"
    client = sign_in(people.keeper)
    next_url = client.post(reverse("chains:contract"), {"text": text}).context["next_url"]
    page = client.get(next_url)
    sent = {bound.html_name: bound.value() for bound in page.context["form"]}
    sent = {name: value for name, value in sent.items() if value not in (None, [], False)}
    assert client.post(reverse("registry:authorisations-new"), sent).status_code == 302
    examples.label(people.keeper.unit_path, brand="皇冠")
    assert not ChainFinding.objects.filter(kind="gap").exists()


def test_a_subject_s_page_shows_its_chain_and_warns() -> None:
    """The factory's file has the drawing and the most probable finding on top."""
    people = examples.cast()
    factory = examples.firm(people.keeper.unit_path, FACTORY)
    other = examples.firm(people.keeper.unit_path, "示范市无关商店")
    examples.label(people.keeper.unit_path)
    client = sign_in(people.keeper)
    page = client.get(factory.get_absolute_url())
    assert 'id="chain"' in page.content.decode()
    assert LENDER in page.content.decode()
    assert any(LENDER in alert.text for alert in page.context["alerts"])
    assert 'id="chain"' not in client.get(other.get_absolute_url()).content.decode()


def test_a_lead_shows_the_label_and_leads_to_the_chain() -> None:
    """Evidence in place: the sentences, the label's text, the ways on."""
    people = examples.cast()
    label = examples.label(people.keeper.unit_path)
    lead = Lead.objects.get(kind="gap")
    page = sign_in(people.keeper).get(lead.get_absolute_url()).content.decode()
    assert label.get_absolute_url() in page
    assert reverse("chains:chain") in page
    assert lead.reasons[0]["text"] in page


def test_labels_are_found_by_the_one_search_box() -> None:
    """By words on them, in one's own offices."""
    people = examples.cast()
    label = examples.label(people.keeper.unit_path, brand="海之韵")
    url = f"{reverse('search')}?q=之韵"
    assert label.get_absolute_url() in sign_in(people.keeper).get(url).content.decode()
    assert label.get_absolute_url() not in sign_in(people.elsewhere).get(url).content.decode()


def test_a_page_of_a_finding_names_labels_and_contracts_one_may_open() -> None:
    """Its reasons, its labels, its contract."""
    people = examples.cast()
    contract = examples.contract(people.keeper.unit_path, ends_on=date(2026, 2, 1))
    label = examples.label(people.keeper.unit_path, brand="皇冠")
    finding = ChainFinding.objects.get(kind="expired")
    page = sign_in(people.keeper).get(finding.get_absolute_url()).content.decode()
    for url in (label.get_absolute_url(), contract.get_absolute_url()):
        assert url in page
    assert LabelParty.objects.filter(label=label).exists()
