"""The registers of cases by the generic suite, and their pages."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.apps.cases import examples
from tests.apps.cases.examples import ago, confirmed_lead
from tests.apps.people import make_officer, make_offices
from zhixing.apps.cases.models import Case
from zhixing.apps.cases.registers import CaseRegister, CertificateRegister, EvidenceRegister
from zhixing.kit.testing.suites import BACKEND, Cast, RegisterSuite


class TestCases(RegisterSuite):
    """Cases."""

    register = CaseRegister
    filtering = ({"state": "investigating"}, {"state": "investigating"}, {"state": "checking"})
    searching = ("顺发", {"party_name": "示范市顺发超市"}, {"party_name": "示范市发顺超市"})
    wrong = ("act_kind", "nothing")
    change = ("party_name", "示范市新名称商店")
    other_change = ("summary", "补充核查")

    @property
    def typed(self) -> dict[str, Any]:  # type: ignore[override]
        return {
            "party_name": "示范市某店",
            "party_kind": "entity",
            "act_kind": "advertising",
            "found_on": ago(3).isoformat(),
        }

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.case(officer, number, **values)


class TestEvidence(RegisterSuite):
    """Evidence."""

    register = EvidenceRegister
    filtering = ({"kind": "object"}, {"kind": "object"}, {"kind": "record"})
    change = ("proves", "广告发布时间")
    other_change = ("objection", "对时间有异议")

    def cast(self) -> Cast:
        self.people = examples.cast()
        return self.people

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.evidence(officer, examples.case(officer, number), number, **values)


class TestCertificates(RegisterSuite):
    """Certificates."""

    register = CertificateRegister
    filtering = (
        {"valid": "true"}, {"valid_to": date(2099, 1, 1)}, {"valid_to": date(2021, 1, 1)}
    )  # fmt: skip

    def cast(self) -> Cast:
        # Heads keep the certificates.
        offices = make_offices()
        return Cast(
            keeper=make_officer(offices.office, "head"),
            colleague=make_officer(offices.office, "head"),
            head=make_officer(offices.office, "leader"),
            elsewhere=make_officer(offices.other_office, "head"),
            stranger=make_officer(offices.office, "auditor"),
        )

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.certificate(officer, number, **values)

    change = ("number", "37990099")
    other_change = ("valid_to", "2031-01-01")
    typed: ClassVar[Any] = {
        "number": "37990001", "valid_from": "2024-01-01", "valid_to": "2030-01-01"
    }  # fmt: skip
    wrong = ("valid_to", "never")

    def entered(self, cast: Cast) -> dict[str, Any]:
        return {"officer": str(cast.keeper.pk), **self.typed}


@pytest.mark.django_db
class TestPages:
    """Page of a case, board, referral."""

    def client(self, officer: Any) -> Client:
        client = Client()
        client.force_login(officer, backend=BACKEND)
        return client

    def test_the_page_says_what_is_missing_and_why_a_date_is_the_date(self) -> None:
        """Guards with article, the clock's sentence, and the steps as forms."""
        people = examples.team(certified=False)
        case = examples.case(people.one)
        page = self.client(people.head).get(case.get_absolute_url()).content.decode()
        assert "《中华人民共和国行政处罚法》第42条" in page
        assert "15个工作日" in page
        assert reverse("cases:cases-step", args=[case.pk, "file"]) in page
        mine = self.client(people.one).get(case.get_absolute_url()).content.decode()
        assert reverse("cases:cases-step", args=[case.pk, "file"]) not in mine

    def test_a_refused_step_keeps_what_was_typed(self) -> None:
        """422, the reason with its article, and the opinion still in its box."""
        people = examples.team(certified=False)
        case = examples.case(people.one)
        url = reverse("cases:cases-step", args=[case.pk, "file"])
        typed = {"on": ago(1).isoformat(), "note": "同意立案,请尽快办理"}
        answer = self.client(people.head).post(url, typed)
        assert answer.status_code == 422
        assert "同意立案,请尽快办理" in answer.content.decode()
        assert "第42条" in answer.content.decode()

    def test_steps_are_taken_on_the_page(self) -> None:
        """Filing through the form."""
        people = examples.team()
        case = examples.case(people.one)
        url = reverse("cases:cases-step", args=[case.pk, "appoint"])
        client = self.client(people.one)
        assert client.post(url, {"officer": people.two.pk, "part": "handler"}).status_code == 302
        conditions = ["evidence", "punishable", "jurisdiction", "limitation"]
        typed = {"on": ago(1).isoformat(), "note": "同意", "conditions": conditions}
        url = reverse("cases:cases-step", args=[case.pk, "file"])
        assert self.client(people.head).post(url, typed).status_code == 302
        case.refresh_from_db()
        assert case.state == "investigating"
        measure = {
            "kind": "sealing", "begun_on": ago(0).isoformat(),
            "lines": "减肥茶,30袋,12,盒,360\n广告牌，2m，1，块",
        }  # fmt: skip
        url = reverse("cases:cases-step", args=[case.pk, "measure"])
        assert client.post(url, measure | {"lines": "减肥茶 12盒"}).status_code == 422
        assert client.post(url, measure).status_code == 302
        assert case.measures.get().lines.count() == 2

    def test_a_confirmed_lead_is_referred_from_its_page(self) -> None:
        """The button on the lead, the form, the case; then the lead names it."""
        people = examples.cast()
        lead = confirmed_lead(people.keeper)
        client = self.client(people.keeper)
        url = reverse("cases:cases-open", args=[lead.pk])
        assert url in client.get(lead.get_absolute_url()).content.decode()
        form = client.get(url).context["form"]
        typed = {name: form.get_initial_for_field(field, name) or "" for name, field in
                 form.fields.items()}  # fmt: skip
        typed |= {"party_name": "示范市康帅商贸", "party_kind": "entity", "subject": "",
                  "found_on": form.initial["found_on"].isoformat()}  # fmt: skip
        answer = client.post(url, typed)
        assert answer.status_code == 302, answer.context and answer.context["form"].errors
        case = Case.objects.get(lead=lead)
        assert case.number in client.get(lead.get_absolute_url()).content.decode()
        assert self.client(people.elsewhere).get(url).status_code == 404

    def test_the_board_needs_as_many_queries_for_ten_clocks_as_for_one(self) -> None:
        """No query per line; another office's clocks are not on it."""
        people = examples.cast()

        def queries() -> int:
            client = self.client(people.keeper)
            with CaptureQueriesContext(connection) as seen:
                client.get(reverse("cases:board"))
            return len(seen)

        first = examples.case(people.keeper)
        few = queries()
        for number in range(2, 11):
            examples.case(people.keeper, number)
        assert queries() == few
        page = self.client(people.elsewhere).get(reverse("cases:board")).content.decode()
        assert first.title not in page
