"""The registers of ad discipline, by the generic suite, and the steps on their pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.apps.discipline import examples
from zhixing.apps.discipline.models import Sanction
from zhixing.apps.discipline.registers import (
    BulletinRegister,
    CallRegister,
    DispatchRegister,
    SanctionRegister,
    TrainingRegister,
)
from zhixing.kit.testing.suites import BACKEND, Cast, RegisterSuite


class TestSanctions(RegisterSuite):
    """Measures on media."""

    register = SanctionRegister
    filtering = ({"step": "rectify"}, {"step": "rectify"}, {"step": "warning"})
    searching = ("都市", {"medium_name": "海州都市台"}, {"medium_name": "海州综合台"})

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.sanction(officer, number, **values)


class TestDispatches(RegisterSuite):
    """Suspected advertisements sent on."""

    register = DispatchRegister
    filtering = ({"state": "accepted"}, {"state": "accepted"}, {"state": "sent"})
    searching = ("蜂胶", {"matter": "蜂胶保证功效"}, {"matter": "酱油虚假宣传"})

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.dispatch(officer, number, **values)


class TestBulletins(RegisterSuite):
    """Monthly papers."""

    register = BulletinRegister
    filtering = ({"kind": "digest"}, {"kind": "digest"}, {"kind": "notice"})
    typed = {"kind": "notice", "month": "2025-03-01", "remarks": "请各媒体加强自审"}
    wrong = ("month", "2999-01-01")
    change = ("remarks", "请限期自查")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.bulletin(officer, number, **values)


class TestTrainings(RegisterSuite):
    """Training sessions."""

    register = TrainingRegister
    filtering = ({"is_held": "true"}, {"is_held": True}, {"is_held": False})
    typed = {"topic": "三品一械广告", "held_on": "2026-12-01", "place": "市局", "hours": "2"}
    wrong = ("topic", "")
    change = ("topic", "绝对化用语")
    other_change = ("place", "三楼会议室")

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        is_held = values.pop("is_held", False)
        made = examples.training(officer, number, **values)
        made.is_held = is_held
        made.save()
        return made


class TestCalls(RegisterSuite):
    """The training list."""

    register = CallRegister
    filtering = ({"state": "excused"}, {"state": "excused"}, {"state": "listed"})
    searching = ("华盛", {"name": "华盛保健品店"}, {"name": "万盛保健品店"})

    def cast(self) -> Cast:
        return examples.cast()

    def make(self, officer: Any, number: int, /, **values: Any) -> Any:
        return examples.call(officer, number, **values)


def client_of(officer: Any) -> Client:
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


@pytest.mark.django_db
def test_a_measure_is_taken_through_its_pages() -> None:
    """Ladder, notice, reply, leader, issue: each by its own form, each only when it is open."""
    people, boss = examples.cast(), examples.leader()
    path = people.keeper.unit_path
    examples.medium(path)
    examples.monitored(path, serious=1)
    officer, leader = client_of(people.keeper), client_of(boss)
    home = officer.get(reverse("discipline:home"), {"month": "2026-06-15"}).content.decode()
    assert "10.00%" in home
    officer.post(reverse("discipline:propose"), {"month": "2026-06-15"})
    made = Sanction.objects.get()

    def step(client: Client, code: str, **typed: Any) -> int:
        return client.post(
            reverse("discipline:sanctions-step", args=[made.pk, code]), typed
        ).status_code

    today = timezone.localdate().isoformat()
    assert step(officer, "issue") == 409
    assert step(officer, "notice", grounds="") == 302
    assert step(officer, "reply", reply="", replied_on=today) == 422
    assert step(officer, "reply", reply="已停播", replied_on=today) == 302
    assert step(officer, "submit", opinion="建议限期整改") == 302
    assert step(officer, "approve") == 403
    assert step(leader, "approve") == 302
    assert step(officer, "issue") == 302
    made.refresh_from_db()
    assert (made.state, made.decided_by) == ("issued", boss)
    page = officer.get(made.get_absolute_url()).content.decode()
    assert "广告〔" in page
    assert client_of(people.elsewhere).get(made.get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_an_ad_is_sent_on_from_its_page() -> None:
    """What is missing is said beside its field; the receiver finds it in his list."""
    people = examples.cast()
    ad = examples.ad(people.keeper.unit_path, "七天根治糖尿病")
    url = reverse("discipline:dispatch-send", args=[ad.pk])
    officer = client_of(people.keeper)
    assert url in officer.get(ad.get_absolute_url()).content.decode()
    assert officer.post(url, {"matter": "涉嫌虚假"}).status_code == 422
    sent = officer.post(url, {"matter": "涉嫌虚假", "to_path": people.elsewhere.unit_path})
    assert sent.status_code == 302
    receiver = client_of(people.elsewhere)
    page = receiver.get(sent["Location"]).content.decode()
    assert "七天根治糖尿病" in page
    assert officer.post(url, {"matter": "再", "to_path": people.elsewhere.unit_path}
                        ).status_code == 409  # fmt: skip
    assert client_of(people.stranger).get(sent["Location"]).status_code in (403, 404)


@pytest.mark.django_db
def test_an_own_proposal_and_the_training_list_have_their_pages() -> None:
    """A second proposal on one medium is refused with what was typed."""
    people = examples.cast()
    officer = client_of(people.keeper)
    medium = examples.medium(people.keeper.unit_path)
    typed = {"medium": medium.pk, "step": "warning", "month": "2026-06-01", "grounds": "扰乱秩序"}
    url = reverse("discipline:own-proposal")
    assert officer.post(url, typed | {"grounds": ""}).status_code == 422
    assert officer.post(url, typed).status_code == 302
    refused = officer.post(url, typed)
    assert refused.status_code == 409
    assert "扰乱秩序" in refused.content.decode()
    assert officer.post(reverse("discipline:calls-update")).status_code == 302
    assert client_of(people.stranger).get(reverse("discipline:home")).status_code == 403
